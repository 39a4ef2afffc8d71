#include "output/value.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "output/digits.h"

/* cJSON leaves out what it has no memory for; GLib ends the process, as everywhere else, and no key gets lost. */
static void take_memory_from_glib(void) {
    static cJSON_Hooks hooks = {g_malloc, g_free};
    cJSON_InitHooks(&hooks);
}

DabValue *dab_value_new_object(void) {
    take_memory_from_glib();
    return cJSON_CreateObject();
}

DabValue *dab_value_new_array(void) {
    take_memory_from_glib();
    return cJSON_CreateArray();
}

DabValue *dab_value_parse(const char *text, gsize len) {
    take_memory_from_glib();
    return cJSON_ParseWithLength(text, len);
}

void dab_value_free(DabValue *value) {
    cJSON_Delete(value);
}

void dab_value_put(DabValue *into, const char *key, DabValue *member) {
    if (cJSON_IsArray(into))
        cJSON_AddItemToArray(into, member);
    else
        cJSON_AddItemToObject(into, key, member);
}

void dab_value_put_text_len(DabValue *into, const char *key, const char *text, gsize len) {
    g_autofree char *copy = g_utf8_make_valid(text, (gssize)len);
    dab_value_put(into, key, cJSON_CreateString(copy));
}

void dab_value_put_text(DabValue *into, const char *key, const char *text) {
    if (!text)
        dab_value_put_null(into, key);
    else if (g_utf8_validate(text, -1, NULL))
        dab_value_put(into, key, cJSON_CreateString(text));
    else
        dab_value_put_text_len(into, key, text, strlen(text));
}

void dab_value_put_number(DabValue *into, const char *key, double number) {
    char digits[DAB_DIGITS];
    dab_value_put(into, key, cJSON_CreateRaw(dab_digits_of(number, digits)));
}

void dab_value_put_decimals(DabValue *into, const char *key, double number, guint decimals) {
    char digits[DAB_DIGITS];
    dab_value_put(into, key, cJSON_CreateRaw(dab_digits_rounded(number, decimals, digits)));
}

void dab_value_put_count(DabValue *into, const char *key, guint64 count) {
    char digits[DAB_DIGITS];
    dab_value_put(into, key, cJSON_CreateRaw(dab_digits_count(count, digits)));
}

void dab_value_put_flag(DabValue *into, const char *key, gboolean flag) {
    dab_value_put(into, key, cJSON_CreateBool(flag));
}

void dab_value_put_null(DabValue *into, const char *key) {
    dab_value_put(into, key, cJSON_CreateNull());
}

void dab_value_write(const DabValue *value, GString *out) {
    char *text = cJSON_PrintUnformatted(value);
    if (text) g_string_append(out, text);
    cJSON_free(text);
}

const DabValue *dab_value_get(const DabValue *object, const char *key) {
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

const char *dab_value_text(const DabValue *object, const char *key) {
    return dab_value_as_text(dab_value_get(object, key));
}

gboolean dab_value_has_number(const DabValue *object, const char *key, double *number) {
    const cJSON *item = dab_value_get(object, key);
    if (!cJSON_IsNumber(item)) return FALSE;
    *number = item->valuedouble;
    return TRUE;
}

double dab_value_number(const DabValue *object, const char *key, double otherwise) {
    return dab_value_as_number(dab_value_get(object, key), otherwise);
}

gint dab_value_integer(const DabValue *object, const char *key, gint otherwise) {
    double number = dab_value_number(object, key, otherwise);
    return number >= G_MAXINT ? G_MAXINT : number > G_MININT ? (gint)number : G_MININT; /* NaN too becomes the smallest */
}

int dab_value_tristate(const DabValue *object, const char *key) {
    const cJSON *item = dab_value_get(object, key);
    return cJSON_IsTrue(item) ? 1 : cJSON_IsFalse(item) ? 0 : -1;
}

gboolean dab_value_flag(const DabValue *object, const char *key) {
    return dab_value_tristate(object, key) == 1;
}

const DabValue *dab_value_first(const DabValue *array) {
    return cJSON_IsArray(array) || cJSON_IsObject(array) ? array->child : NULL;
}

const DabValue *dab_value_next(const DabValue *member) {
    return member->next;
}

const char *dab_value_as_text(const DabValue *member) {
    return cJSON_IsString(member) ? member->valuestring : NULL;
}

double dab_value_as_number(const DabValue *member, double otherwise) {
    return cJSON_IsNumber(member) ? member->valuedouble : otherwise;
}
