#include "output/put.h"

#include <math.h>
#include <string.h>

#include "output/digits.h"

/* Sees to it that `n` more bytes and the 0 behind them fit. Values are short: GString's own functions would take longer to find out
 * that there is room than to write. */
static inline char *room(GString *out, gsize n) {
    if (out->allocated_len - out->len <= n) {
        gsize len = out->len;
        g_string_set_size(out, len + n);
        out->len = len;
    }
    return out->str + out->len;
}

static inline void put_bytes(GString *out, const char *bytes, gsize n) {
    char *at = room(out, n);
    memcpy(at, bytes, n);
    at[n] = 0;
    out->len += n;
}

static inline void put_key(GString *out, const char *key) {
    gsize n = key ? strlen(key) : 0;
    char before = out->len ? out->str[out->len - 1] : '[', *at = room(out, n + 4), *start = at;
    if (before != '[' && before != '{') *at++ = ',';
    if (key) {
        *at++ = '"';
        memcpy(at, key, n);
        memcpy(at + n, "\":", 2);
        at += n + 2;
    }
    *at = 0;
    out->len += (gsize)(at - start);
}

void dab_put_open(GString *out, const char *key, char bracket) {
    put_key(out, key);
    put_bytes(out, &bracket, 1);
}

void dab_put_close(GString *out, char bracket) {
    put_bytes(out, &bracket, 1);
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
    put_bytes(out, "\"", 1);
    for (const char *p = text; p < end; p++) {
        guchar c = (guchar)*p;
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        put_bytes(out, plain, (gsize)(p - plain));
        escape(out, c);
        plain = p + 1;
    }
    put_bytes(out, plain, (gsize)(end - plain));
    put_bytes(out, "\"", 1);
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

static void put_string(GString *out, const char *text) {
    put_bytes(out, text, strlen(text));
}

void dab_put_number(GString *out, const char *key, double number) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    put_string(out, dab_digits_of(number, digits));
}

void dab_put_decimals(GString *out, const char *key, double number, guint decimals) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    put_string(out, dab_digits_rounded(number, decimals, digits));
}

void dab_put_count(GString *out, const char *key, guint64 count) {
    char digits[DAB_DIGITS];
    put_key(out, key);
    put_string(out, dab_digits_count(count, digits));
}

void dab_put_flag(GString *out, const char *key, gboolean flag) {
    put_key(out, key);
    put_string(out, flag ? "true" : "false");
}

void dab_put_null(GString *out, const char *key) {
    put_key(out, key);
    put_bytes(out, "null", 4);
}

void dab_put_again(GString *out, gsize at, gsize len) {
    char *copy = room(out, len);
    memcpy(copy, out->str + at, len);
    copy[len] = 0;
    out->len += len;
}
