#include "extract/charset.h"

#include <errno.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

#define REPLACEMENT "\357\277\275" /* U+FFFD */
#define MIN_UNITS 32               /* of UTF-16 that no mark tells of: fewer may look like anything */

typedef struct {
    gsize chars, broken;  /* of more than one byte */
    gsize common, others; /* GB18030: common hanzi and signs; the rest, but for the strokes of drawn tables */
    gsize control;
} Tally;

static gboolean is_control(guint8 c) {
    return (c < 0x20 && !(c >= '\t' && c <= '\r')) || c == 0x7F;
}

static Tally tally_utf8(const guint8 *p, const guint8 *end) {
    Tally t = {0};
    while (p < end) {
        if (*p < 0x80) {
            t.control += is_control(*p++);
            continue;
        }
        gunichar c = g_utf8_get_char_validated((const char *)p, end - p);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            t.broken++;
            p++;
        } else {
            t.chars++;
            p = (const guint8 *)g_utf8_next_char((const char *)p);
        }
    }
    return t;
}

static Tally tally_gb18030(const guint8 *p, const guint8 *end) {
    Tally t = {0};
    while (p < end) {
        if (*p < 0x80) {
            t.control += is_control(*p++);
            continue;
        }
        guint8 lead = *p, trail = p + 1 < end ? p[1] : 0;
        if (lead == 0x80 || lead == 0xFF || trail < 0x30 || trail == 0x7F || trail == 0xFF || (trail > 0x39 && trail < 0x40)) {
            t.broken++;
            p++;
            continue;
        }
        gboolean four = trail <= 0x39;
        t.chars++;
        if (!four && trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3)))
            t.common++;
        else if (four || lead != 0xA9)
            t.others++;
        p += four ? MIN(4, end - p) : 2;
    }
    return t;
}

static gboolean looks_like_gb18030(const Tally *t) {
    return t->chars && t->broken * 100 <= t->chars && t->common * 5 >= (t->common + t->others) * 4;
}

static GString *from_utf8(const guint8 *p, const guint8 *end) {
    GString *out = g_string_sized_new((gsize)(end - p) + 1);
    const char *s = (const char *)p;
    while (s < (const char *)end) {
        const char *bad;
        g_utf8_validate_len(s, (gsize)((const char *)end - s), &bad);
        g_string_append_len(out, s, bad - s);
        if (bad == (const char *)end) break;
        g_string_append(out, REPLACEMENT);
        s = bad + 1;
    }
    return out;
}

static GString *from_gb18030(const guint8 *p, const guint8 *end) {
    GIConv converter = g_iconv_open("UTF-8", "GB18030");
    if (converter == (GIConv)-1) return NULL;
    GString *out = g_string_sized_new((gsize)(end - p) * 3 / 2 + 1);
    char *in = (char *)p; /* iconv does not write to it */
    gsize left = (gsize)(end - p);
    while (left) {
        char buffer[8192], *to = buffer;
        gsize room = sizeof buffer;
        gsize result = g_iconv(converter, &in, &left, &to, &room);
        g_string_append_len(out, buffer, to - buffer);
        if (result != (gsize)-1 || errno == E2BIG) continue;
        g_string_append(out, REPLACEMENT);
        in++;
        left--;
    }
    g_iconv_close(converter);
    for (gsize i = 0; i < out->len; i++)
        if (!out->str[i]) out->str[i] = ' ';
    return out;
}

static gunichar unit_at(const guint8 *p, gboolean little) {
    return little ? (gunichar)(p[0] | p[1] << 8) : (gunichar)(p[0] << 8 | p[1]);
}

static GString *from_utf16(const guint8 *p, const guint8 *end, gboolean little) {
    GString *out = g_string_sized_new((gsize)(end - p) * 3 / 2 + 1);
    for (; end - p >= 2; p += 2) {
        gunichar c = unit_at(p, little);
        gunichar low = end - p >= 4 ? unit_at(p + 2, little) : 0;
        if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            p += 2;
        }
        g_string_append_unichar(out, c == 0 || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c);
    }
    return out;
}

/* What a report in UTF-16 is made of: hanzi, their marks and full-width forms, ASCII, numbers in circles, drawn lines. */
static gboolean is_usual(gunichar c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= ' ' && c < 0x7F) ||
           (c >= '\t' && c <= '\r') || (c >= 0x2000 && c <= 0x206F) || (c >= 0x2460 && c <= 0x25FF);
}

gboolean dab_charset_is_utf16(const guint8 *data, gsize bytes, gboolean *little) {
    gsize units = bytes / 2, usual[2] = {0}, hanzi[2] = {0};
    if (bytes % 2 || units < MIN_UNITS) return FALSE;
    for (const guint8 *p = data; p < data + bytes; p += 2)
        for (guint k = 0; k < 2; k++) {
            gunichar c = unit_at(p, k);
            usual[k] += is_usual(c);
            hanzi[k] += c >= 0x4E00 && c <= 0x9FFF;
        }
    *little = usual[1] > usual[0];
    return usual[*little] * 100 >= units * 98 && hanzi[*little] * 5 >= units &&
           usual[!*little] * 10 < units * 9; /* two letters of ASCII are a hanzi both ways round */
}

static GString *decode(const guint8 *data, const guint8 *end, GError **error) {
    gboolean little;
    if (end - data >= 2 && data[0] == 0xFF && data[1] == 0xFE) return from_utf16(data + 2, end, TRUE);
    if (end - data >= 2 && data[0] == 0xFE && data[1] == 0xFF) return from_utf16(data + 2, end, FALSE);
    if (end - data >= 3 && !memcmp(data, "\357\273\277", 3)) data += 3;
    Tally utf8 = tally_utf8(data, end);
    if (utf8.broken * 50 > utf8.chars && dab_charset_is_utf16(data, (gsize)(end - data), &little))
        return from_utf16(data, end, little);
    if (utf8.control * 50 > (gsize)(end - data)) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "this is no text: it is full of control characters");
        return NULL;
    }
    if (utf8.broken * 50 <= utf8.chars) return from_utf8(data, end);
    Tally gb = tally_gb18030(data, end);
    GString *text = looks_like_gb18030(&gb) ? from_gb18030(data, end) : NULL;
    if (!text) g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the text is neither UTF-8 nor GB18030; save it as UTF-8");
    return text;
}

GString *dab_charset_decode(const guint8 *data, gsize bytes, GError **error) {
    GString *text = NULL;
    if (bytes <= (gsize)DAB_MAX_GLYPHS * 4) {
        text = decode(data, data + bytes, error);
        if (!text) return NULL;
    }
    if (!text || g_utf8_strlen(text->str, (gssize)text->len) > (glong)DAB_MAX_GLYPHS) {
        if (text) g_string_free(text, TRUE);
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u characters; cut the text into parts", DAB_MAX_GLYPHS);
        return NULL;
    }
    return text;
}
