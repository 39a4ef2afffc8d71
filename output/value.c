#include "output/value.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

DabValue *dab_value_new_object(void) {
    return cJSON_CreateObject();
}

DabValue *dab_value_new_array(void) {
    return cJSON_CreateArray();
}

DabValue *dab_value_parse(const char *text, gsize len) {
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

/* Drops the zeros that end a decimal fraction: 72.50 → 72.5, 90.00 → 90, -0 → 0. */
static void strip_zeros(char *digits) {
    char *dot = strchr(digits, '.');
    if (dot) {
        char *end = digits + strlen(digits);
        while (end[-1] == '0') end--;
        if (end - 1 == dot) end--;
        *end = 0;
    }
    if (strcmp(digits, "-0") == 0) memmove(digits, digits + 1, 2);
}

/* Fifteen significant digits (DBL_DIG) bring every decimal of up to fifteen digits back as it was written, and hide the
 * noise of a multiplication: 52.3 × 10000 is 523000, not 523000.00000000006. */
void dab_value_put_number(DabValue *into, const char *key, double number) {
    if (!isfinite(number)) {
        dab_value_put_null(into, key);
        return;
    }
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, fabs(number) < 1e15 && number == floor(number) ? "%.0f" : "%.15g", number);
    if (!strchr(digits, 'e')) strip_zeros(digits);
    dab_value_put(into, key, cJSON_CreateRaw(digits));
}

void dab_value_put_decimals(DabValue *into, const char *key, double number, guint decimals) {
    if (!isfinite(number) || fabs(number) >= 1e15) {
        dab_value_put_number(into, key, number);
        return;
    }
    char format[8], digits[64];
    g_snprintf(format, sizeof format, "%%.%uf", MIN(decimals, 15u));
    g_ascii_formatd(digits, sizeof digits, format, number);
    strip_zeros(digits);
    dab_value_put(into, key, cJSON_CreateRaw(digits));
}

void dab_value_put_count(DabValue *into, const char *key, guint64 count) {
    char digits[24];
    g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, count);
    dab_value_put(into, key, cJSON_CreateRaw(digits));
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

const char *dab_value_key(const DabValue *member) {
    return member->string;
}

const char *dab_value_as_text(const DabValue *member) {
    return cJSON_IsString(member) ? member->valuestring : NULL;
}

double dab_value_as_number(const DabValue *member, double otherwise) {
    return cJSON_IsNumber(member) ? member->valuedouble : otherwise;
}
