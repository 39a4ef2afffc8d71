/* Any pattern (the first line) on any text (the rest): matches stand inside the text, on whole characters, and whatever words the
 * pattern was said to need are there wherever it matches. */
#include <string.h>

#include "base/needs.h"
#include "base/pattern.h"
#include "tests/fuzz/fuzz.h"

static gboolean has_any(const DabWords *words, gboolean (*holds)(const GString *, gsize, const char *), const GString *framed,
                        gsize at) {
    for (guint i = 0; words && i < words->n; i++)
        if (holds(framed, at, words->list[i])) return TRUE;
    return !words;
}
static gboolean holds(const GString *framed, gsize at, const char *word) {
    (void)at;
    return memmem(framed->str, framed->len, word, strlen(word)) != NULL;
}
static gboolean begins(const GString *framed, gsize at, const char *word) {
    return at <= framed->len && framed->len - at >= strlen(word) && memcmp(framed->str + at, word, strlen(word)) == 0;
}
static gboolean ends(const GString *framed, gsize at, const char *word) {
    gsize len = strlen(word);
    return at >= len && memcmp(framed->str + at - len, word, len) == 0;
}

static void check_needs(const DabNeeds *needs, const GString *framed, const DabMatch *m) {
    gsize end = framed->len - 1; /* of the text, in the frame, where all stands one byte further */
    for (guint i = 0; i < needs->n; i++) g_assert_true(has_any(needs->anywhere[i], holds, framed, 0));
    g_assert_true(has_any(needs->first, begins, framed, 1));
    g_assert_true(has_any(needs->last, ends, framed, end) ||
                  (end > 1 && framed->str[end - 1] == '\n' && has_any(needs->last, ends, framed, end - 1)));
    g_assert_true(m->spans[0] == 0 || has_any(needs->left, ends, framed, m->spans[0] + 1));
    g_assert_true(has_any(needs->head, begins, framed, m->spans[0] + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    if (!line || line - data > 300) return 0;
    g_autofree char *bytes = g_strndup((const char *)data, (gsize)(line - data));
    g_autofree char *regex = g_utf8_make_valid(bytes, -1);
    g_autofree char *rest = g_utf8_make_valid((const char *)line + 1, (gssize)(size - (gsize)(line - data) - 1));
    gsize len = strlen(rest), offset = 0;
    g_autofree char *text = g_memdup2(rest, len + 1); /* a block of its own length: reading past the end is seen */
    g_autoptr(GError) error = NULL;
    g_autoptr(DabPattern) pattern = dab_pattern_new(regex, &offset, &error);
    g_assert_true(!pattern == !!error);
    if (!pattern) return 0;
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GString) framed = g_string_new(DAB_TEXT_START);
    DabNeeds needs;
    g_string_append_len(framed, text, (gssize)len);
    g_string_append(framed, DAB_TEXT_END);
    dab_needs_find(pool, regex, &needs);
    DabMatch m;
    for (gsize at = 0; at <= len && dab_pattern_match(pattern, text, len, at, &m);) {
        for (guint i = 0; i < 2 * m.n; i++) g_assert_true(m.spans[i] == G_MAXSIZE || m.spans[i] <= len);
        g_assert_cmpuint(m.spans[0], >=, at);
        if (m.spans[0] > m.spans[1]) break; /* \K in a lookahead */
        check_needs(&needs, framed, &m);
        at = m.spans[1] > at ? m.spans[1] : at + 1;
        while (at < len && ((guchar)text[at] & 0xC0) == 0x80) at++;
    }
    return 0;
}
