#include "output/put.h"

#include <math.h>
#include <string.h>

#include "output/digits.h"

static void put_key(GString *out, const char *key) {
    char before = out->len ? out->str[out->len - 1] : '[';
    if (before != '[' && before != '{') g_string_append_c(out, ',');
    if (!key) return;
    g_string_append_c(out, '"');
    g_string_append(out, key);
    g_string_append_len(out, "\":", 2);
}

void dab_put_open(GString *out, const char *key, char bracket) {
    put_key(out, key);
    g_string_append_c(out, bracket);
}

void dab_put_close(GString *out, char bracket) {
    g_string_append_c(out, bracket);
}

static void escape(GString *out, guchar c) {
    static const char names[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    const char *name = c ? strchr(names, c) : NULL;
    if (name)
        g_string_append_printf(out, "\\%c", name[1]);
    else
        g_string_append_printf(out, "\\u%04x", c);
}

static void put_valid(GString *out, const char *text, gsize len) {
    const char *end = text + len, *plain = text;
    g_string_append_c(out, '"');
    for (const char *p = text; p < end; p++) {
        guchar c = (guchar)*p;
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        g_string_append_len(out, plain, p - plain);
        escape(out, c);
        plain = p + 1;
    }
    g_string_append_len(out, plain, end - plain);
    g_string_append_c(out, '"');
}

void dab_put_text_len(GString *out, const char *key, const char *text, gsize len) {
    put_key(out, key);
    if (g_utf8_validate_len(text, len, NULL))
        put_valid(out, text, len);
    else {
        g_autofree char *valid = g_utf8_make_valid(text, (gssize)len);
        put_valid(out, valid, strlen(valid));
    }
}

void dab_put_text(GString *out, const char *key, const char *text) {
    if (text)
        dab_put_text_len(out, key, text, strlen(text));
    else
        dab_put_null(out, key);
}

void dab_put_number(GString *out, const char *key, double number) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    g_string_append(out, dab_digits_of(number, digits));
}

void dab_put_decimals(GString *out, const char *key, double number, guint decimals) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    g_string_append(out, dab_digits_rounded(number, decimals, digits));
}

void dab_put_count(GString *out, const char *key, guint64 count) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    g_string_append(out, dab_digits_count(count, digits));
}

void dab_put_flag(GString *out, const char *key, gboolean flag) {
    put_key(out, key);
    g_string_append(out, flag ? "true" : "false");
}

void dab_put_null(GString *out, const char *key) {
    put_key(out, key);
    g_string_append_len(out, "null", 4);
}
