/* Normalising: cases of tests/cases/normalise (input | expected), the map home, lines and joints. Run from the project's folder. */
#include <locale.h>
#include <string.h>

#include "parsers/normalise.h"

static DabLayout *layout_new(DabPool *pool) {
    DabLayout *layout = dab_pool_new0(pool, DabLayout);
    layout->glyphs = dab_pool_array(pool, sizeof(DabGlyph));
    layout->lines = dab_pool_array(pool, sizeof(DabLine));
    return layout;
}

/* A line for each part of `text` between '\n'. Returns the number of lines. */
static guint add_lines(DabLayout *layout, const char *text) {
    g_auto(GStrv) parts = g_strsplit(text, "\n", -1);
    for (guint i = 0; parts[i]; i++) {
        DabLine line = {.first_glyph = layout->glyphs->len};
        for (const char *p = parts[i]; *p; p = g_utf8_next_char(p)) {
            DabGlyph glyph = {.ch = g_utf8_get_char(p)};
            g_array_append_val(layout->glyphs, glyph);
        }
        line.n_glyphs = layout->glyphs->len - line.first_glyph;
        g_array_append_val(layout->lines, line);
    }
    return g_strv_length(parts);
}

/* \n \t \\ and \uXXXX; \| for a bar. */
static char *unescape(const char *s) {
    GString *out = g_string_new(NULL);
    while (*s) {
        if (*s != '\\') {
            g_string_append_c(out, *s++);
            continue;
        }
        s++;
        if (*s == 'u' || *s == 'U') {
            guint digits = *s == 'u' ? 4 : 6;
            g_autofree char *hex = g_strndup(s + 1, digits);
            g_string_append_unichar(out, (gunichar)g_ascii_strtoull(hex, NULL, 16));
            s += 1 + strlen(hex);
        } else if (*s) {
            g_string_append_c(out, *s == 'n' ? '\n' : *s == 'r' ? '\r' : *s == 't' ? '\t' : *s);
            s++;
        }
    }
    return g_string_free(out, FALSE);
}

static void check_valid(const DabText *text) {
    g_assert_true(g_utf8_validate(text->utf8->str, (gssize)text->utf8->len, NULL));
    g_assert_cmpuint(text->utf8->len, ==, text->glyph->len);
    for (gsize i = 0; i < text->utf8->len; i++) {
        g_assert_true((guchar)text->utf8->str[i] >= 0x20 && text->utf8->str[i] != 0x7f);
        if (((guchar)text->utf8->str[i] & 0xC0) == 0x80) /* the bytes of a character have one home */
            g_assert_cmpuint(g_array_index(text->glyph, guint32, i), ==, g_array_index(text->glyph, guint32, i - 1));
    }
}

static void run_case(const char *file, guint number, const char *line, gboolean keep) {
    const char *bar = strstr(line, " | ");
    if (!bar) g_error("%s:%u: no bar in the case", file, number);
    g_autofree char *raw = g_strndup(line, (gsize)(bar - line));
    g_autofree char *input = unescape(raw), *expected = unescape(bar + 3);
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = layout_new(pool);
    guint n = add_lines(layout, input);
    DabText *text = dab_text_new(pool);
    dab_normalise_lines(text, layout, 0, n, keep);
    check_valid(text);
    if (strcmp(text->utf8->str, expected)) {
        g_test_fail_printf("%s:%u: %s gives [%s], expected [%s]", file, number, raw, text->utf8->str, expected);
        return;
    }
    if (keep) return;
    DabText *plain = dab_text_new(pool); /* the same as one string */
    dab_normalise_string(plain, input, -1);
    check_valid(plain);
    g_assert_cmpstr(plain->utf8->str, ==, expected);
}

static void run_file(gconstpointer name) {
    g_autofree char *path = g_strdup_printf("tests/cases/normalise/%s.txt", (const char *)name), *all = NULL;
    g_assert_true(g_file_get_contents(path, &all, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    guint cases = 0;
    for (guint i = 0; lines[i]; i++)
        if (lines[i][0] && lines[i][0] != '#') {
            run_case(path, i + 1, lines[i], g_str_has_prefix(name, "titles"));
            cases++;
        }
    g_assert_cmpuint(cases, >, 10);
}

/* Each byte leads to the glyph it stands for. */
static void map(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = layout_new(pool);
    DabText *text = dab_text_new(pool);
    g_string_append_c(text->utf8, '\n'); /* something before */
    guint32 none = DAB_NO_GLYPH;
    g_array_append_val(text->glyph, none);
    guint n = add_lines(layout, "共 ９０ ％\nof\n\uFB01ve");
    DabSpan span = dab_normalise_lines(text, layout, 0, n, FALSE);
    g_assert_cmpstr(text->utf8->str + span.start, ==, "共90%of five");
    const guint32 home[] = {0, 0, 0, 2, 3, 5, 6, 7, DAB_NO_GLYPH, 8, 8, 9, 10};
    g_assert_cmpuint(dab_span_len(span), ==, G_N_ELEMENTS(home));
    for (guint i = 0; i < G_N_ELEMENTS(home); i++)
        g_assert_cmpuint(g_array_index(text->glyph, guint32, span.start + i), ==, home[i]);
}

static void string_index(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabText *text = dab_text_new(pool);
    const char bytes[] = "达\xff 1\0002 km two";
    dab_normalise_string(text, bytes, sizeof bytes - 1);
    g_assert_cmpstr(text->utf8->str, ==, "达1 2 km two");
    const guint32 home[] = {0, 0, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    for (guint i = 0; i < G_N_ELEMENTS(home); i++) g_assert_cmpuint(g_array_index(text->glyph, guint32, i), ==, home[i]);
}

static void joint(const char *first, const char *second, const char *expected) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = layout_new(pool);
    guint n = add_lines(layout, first), m = add_lines(layout, second);
    DabText *text = dab_text_new(pool);
    g_string_append(text->utf8, "7\n");
    g_array_set_size(text->glyph, 2);
    DabSpan span = dab_normalise_lines(text, layout, 0, n, FALSE);
    dab_normalise_more(text, layout, span.start, n, m);
    g_assert_cmpuint(text->utf8->len, ==, text->glyph->len);
    g_assert_cmpstr(text->utf8->str + 2, ==, expected);
}

static void joints(void) {
    joint("共新增床位12", "00张", "共新增床位1200张");
    joint("完成率达到", "95 %，", "完成率达到95%，");
    joint("the public", "health", "the public health");
    joint("infor-", "mation", "information");
    joint("甲  乙 the", "end", "甲 乙the end");
    joint("3", "—5个", "3-5个");
    joint("", "空", "空");
    joint("空", "", "空");
    joint("二○", "二一年", "二〇二一年");
}

/* Nothing that a file can hold breaks the promises: valid UTF-8, a home for each byte, no control characters. */
static void any_code_point(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = layout_new(pool);
    for (gunichar c = 0; c < 0x112000; c++) {
        DabGlyph glyph = {.ch = c};
        g_array_append_val(layout->glyphs, glyph);
    }
    DabGlyph wild = {.ch = 0xFFFFFFFF};
    g_array_append_val(layout->glyphs, wild);
    DabLine line = {.n_glyphs = layout->glyphs->len};
    g_array_append_val(layout->lines, line);
    DabText *text = dab_text_new(pool);
    dab_normalise_lines(text, layout, 0, 1, FALSE);
    check_valid(text);
    DabSpan past = dab_normalise_lines(text, layout, 1, 7, FALSE); /* lines that are not there */
    g_assert_cmpuint(dab_span_len(past), ==, 0);
}

int main(int argc, char **argv) {
    static const char *const files[] = {"forms", "blanks", "numbers", "lines", "titles"};
    setlocale(LC_ALL, "C.UTF-8");
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_strconcat("/normalise/", files[i], NULL);
        g_test_add_data_func(path, files[i], run_file);
    }
    g_test_add_func("/normalise/map", map);
    g_test_add_func("/normalise/string-index", string_index);
    g_test_add_func("/normalise/joints", joints);
    g_test_add_func("/normalise/any-code-point", any_code_point);
    return g_test_run();
}
