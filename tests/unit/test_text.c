/* Text files → layout: cases of tests/cases/text (NAME.txt, NAME.expected), encodings, hostile bytes. Run from the project's
 * folder. An expected file has a line a block: P paragraph, + one that continues, H heading, F furniture, with '/' where lines met;
 * T a table, and below it a line a row: cells parted by '|', lines of a cell by '/', paragraphs of a cell by '//', spans as <2 and
 * ^2. */
#include <locale.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/text.h"

static DabLayout *extract(DabPool *pool, const char *bytes, gsize n, GError **error) {
    DabSource source = {.path = "test.txt", .media_type = "text/plain", .data = (const guint8 *)bytes, .bytes = n};
    return dab_extract_text(pool, &source, error);
}

static void show_line(GString *out, const DabLayout *layout, guint i) {
    const DabLine *line = &g_array_index(layout->lines, DabLine, i);
    for (guint g = 0; g < line->n_glyphs; g++)
        g_string_append_unichar(out, g_array_index(layout->glyphs, DabGlyph, line->first_glyph + g).ch);
}

static void show_table(GString *out, const DabLayout *layout, const DabTable *table) {
    g_string_append_printf(out, "T %u columns, %u header\n", table->n_columns, table->n_header_rows);
    for (guint r = 0; r < table->rows->len; r++) {
        const GArray *cells = g_array_index(table->rows, DabRow, r).cells;
        for (guint c = 0; c < cells->len; c++) {
            const DabCell *cell = &g_array_index(cells, DabCell, c);
            g_string_append(out, c ? "|" : "  ");
            for (guint i = 0; i < cell->n_lines; i++) {
                if (i) g_string_append(out, g_array_index(layout->lines, DabLine, cell->first_line + i).new_paragraph ? "//" : "/");
                show_line(out, layout, cell->first_line + i);
            }
            if (cell->row_span > 1) g_string_append_printf(out, "^%u", cell->row_span);
            if (cell->col_span > 1) g_string_append_printf(out, "<%u", cell->col_span);
        }
        g_string_append_c(out, '\n');
    }
}

static char *show(const DabLayout *layout) {
    static const char letters[] = "PHCFT";
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        if (b->kind == DAB_BLOCK_TABLE) {
            show_table(out, layout, layout->tables->pdata[b->table]);
            continue;
        }
        g_string_append_printf(out, "%c ", b->continues ? '+' : letters[b->kind]);
        for (guint k = 0; k < b->n_lines; k++) {
            if (k) g_string_append_c(out, '/');
            show_line(out, layout, b->first_line + k);
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* What every layout promises, whatever the bytes. */
static void check(const DabLayout *layout) {
    guint lines = 0;
    g_assert_cmpuint(layout->pages->len, ==, 1);
    g_assert_cmpuint(g_array_index(layout->pages, DabPage, 0).n_glyphs, ==, layout->glyphs->len);
    for (guint i = 0; i < layout->lines->len; i++) {
        const DabLine *l = &g_array_index(layout->lines, DabLine, i);
        g_assert_cmpuint(l->n_glyphs, >, 0);
        g_assert_cmpuint(l->first_glyph + l->n_glyphs, <=, layout->glyphs->len);
    }
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        lines += b->n_lines;
        if (b->kind != DAB_BLOCK_TABLE) continue;
        const DabTable *t = layout->tables->pdata[b->table];
        for (guint r = 0; r < t->rows->len; r++) {
            const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
            guint column = 0;
            for (guint c = 0; c < cells->len; c++) {
                const DabCell *cell = &g_array_index(cells, DabCell, c);
                g_assert_cmpuint(cell->column, >=, column);
                column = cell->column + cell->col_span;
                lines += cell->n_lines;
            }
            g_assert_cmpuint(column, <=, t->n_columns);
        }
    }
    g_assert_cmpuint(lines, ==, layout->lines->len);
}

static void run_case(gconstpointer name) {
    g_autofree char *input = g_strdup_printf("tests/cases/text/%s.txt", (const char *)name);
    g_autofree char *result = g_strdup_printf("tests/cases/text/%s.expected", (const char *)name);
    g_autofree char *bytes = NULL, *expected = NULL;
    gsize n = 0;
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_get_contents(input, &bytes, &n, NULL));
    DabLayout *layout = extract(pool, bytes, n, &error);
    g_assert_no_error(error);
    check(layout);
    g_autofree char *got = show(layout);
    if (g_getenv("DAB_WRITE_EXPECTED")) g_file_set_contents(result, got, -1, NULL); /* then read the difference */
    g_assert_true(g_file_get_contents(result, &expected, NULL, NULL));
    if (strcmp(got, expected)) g_test_fail_printf("%s gives\n%s", input, got);
}

static void add_cases(void) {
    g_autoptr(GDir) dir = g_dir_open("tests/cases/text", 0, NULL);
    g_assert_nonnull(dir);
    guint n = 0;
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (!g_str_has_suffix(name, ".txt")) continue;
        char *stem = g_strndup(name, strlen(name) - 4);
        g_autofree char *path = g_strconcat("/text/", stem, NULL);
        g_test_add_data_func_full(path, stem, run_case, g_free);
        n++;
    }
    g_assert_cmpuint(n, >, 8);
}

static const char *const plain = "全年新增养老床位320张，完成年度任务的106.7%。\n群众满意度达到96.5%。\n";

static void same_as_plain(const char *bytes, gsize n) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabLayout *layout = extract(pool, bytes, n, &error);
    g_assert_no_error(error);
    g_autofree char *got = show(layout);
    g_assert_cmpstr(got, ==, "P 全年新增养老床位320张，完成年度任务的106.7%。\nP 群众满意度达到96.5%。\n");
}

static void encodings(void) {
    static const char *const names[] = {"UTF-8", "GB18030", "GBK", "UTF-16"}; /* iconv's UTF-16 has a byte order mark */
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        gsize n = 0;
        g_autofree char *bytes = g_convert(plain, -1, names[i], "UTF-8", NULL, &n, NULL);
        same_as_plain(bytes, n);
    }
    g_autofree char *marked = g_strconcat("\357\273\277", plain, NULL);
    same_as_plain(marked, strlen(marked));
    gsize n = 0;
    g_autofree char *big = g_convert(plain, -1, "UTF-16BE", "UTF-8", NULL, &n, NULL);
    g_autoptr(GString) with_mark = g_string_new("\376\377");
    g_string_append_len(with_mark, big, (gssize)n);
    same_as_plain(with_mark->str, with_mark->len);
    same_as_plain(big, n);
    g_autofree char *little = g_convert(plain, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
    same_as_plain(little, n);
    g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
    g_autofree char *dos = g_strjoinv("\r\n", lines), *mac = g_strjoinv("\r", lines);
    same_as_plain(dos, strlen(dos));
    same_as_plain(mac, strlen(mac));
}

/* The strokes of drawn tables, of which a text may hold more than hanzi, are no sign of another encoding. */
static void drawn_in_gb18030(void) {
    g_autoptr(GString) s = g_string_new(plain);
    for (guint i = 0; i < 40; i++) g_string_append(s, "├────┼────┤\n│水厂    │2座    │\n");
    gsize n = 0;
    g_autofree char *bytes = g_convert(s->str, -1, "GB18030", "UTF-8", NULL, &n, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabLayout *layout = extract(pool, bytes, n, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(layout->tables->len, ==, 1);
}

/* A few broken bytes in a long text are no other encoding. */
static void some_broken_bytes(void) {
    GString *s = g_string_new(NULL);
    for (guint i = 0; i < 20; i++) g_string_append(s, plain);
    s->str[0] = '\x80';
    g_string_truncate(s, s->len - 3);
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = extract(pool, s->str, s->len, NULL);
    g_assert_nonnull(layout);
    g_assert_cmpuint(g_array_index(layout->glyphs, DabGlyph, 0).ch, ==, 0xFFFD);
    check(layout);
    g_string_free(s, TRUE);
}

static void fails(const char *bytes, gsize n, int code) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(extract(pool, bytes, n, &error));
    g_assert_error(error, DAB_ERROR, code);
}

static void hostile(void) {
    char bytes[65536];
    fails("", 0, DAB_ERROR_EMPTY);
    fails(" \n\t\n \f\n\r\n\xe3\x80\x80\n", 12, DAB_ERROR_EMPTY);
    fails("\357\273\277", 3, DAB_ERROR_EMPTY);
    fails("\377\376", 2, DAB_ERROR_EMPTY);
    memset(bytes, 0, sizeof bytes);
    fails(bytes, sizeof bytes, DAB_ERROR_DAMAGED);
    for (guint i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 2654435761u >> 13); /* no text */
    fails(bytes, sizeof bytes, DAB_ERROR_DAMAGED);
    memset(bytes, '\xff', sizeof bytes);
    fails(bytes, sizeof bytes, DAB_ERROR_DAMAGED);
    static const char latin[] = "caf\xe9 r\xe9sum\xe9 na\xefve d\xe9j\xe0 vu";
    fails(latin, sizeof latin - 1, DAB_ERROR_DAMAGED);
}

static void too_large(void) {
    gsize n = (gsize)DAB_MAX_GLYPHS + 1;
    char *bytes = g_malloc(n);
    memset(bytes, 'a', n);
    fails(bytes, n, DAB_ERROR_TOO_LARGE);
    g_free(bytes);
}

/* Structures without end: one long line, many short ones, tabs, bars, numbers, blanks. In seconds, not hours. */
static void endless(void) {
    static const char *const units[] = {"数",
                                        "a\n",
                                        "\t",
                                        "\ta\n",
                                        "a\tb\n",
                                        "|",
                                        "|a|b|\n",
                                        "1\n",
                                        "a  b  c\n",
                                        "12\n\n",
                                        "\f1\n",
                                        "\ta\n\n",
                                        "—\n",
                                        "（一）\n",
                                        "a\tb\tc\n\n\td\n",
                                        "a|b\n",
                                        "a,b,c\n",
                                        "a,b,1\n",
                                        "a b c\n1 2 3\n",
                                        "a  b  c\n\n",
                                        "\xe7\x94\xb2  \xe4\xb9\x99  \xe4\xb8\x99\n"};
    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *s = g_string_new("开头\n");
        while (s->len < 400000) g_string_append(s, units[i]);
        g_autoptr(DabPool) pool = dab_pool_new();
        DabLayout *layout = extract(pool, s->str, s->len, NULL);
        g_assert_nonnull(layout);
        check(layout);
        g_string_free(s, TRUE);
    }
}

/* Bytes of Chinese text shuffled by a fixed generator: no crash, all promises kept. */
static void shuffled(void) {
    static const char *const bits[] = {"全",     "县", "，", "。", "\n",    "\n\n", "\t", "  ",   "　",   "1.", "2、",
                                       "（一）", "35", "|",  "\f", "- 3 -", "——",   "；", "word", "\r\n", "│",  "├──┤"};
    guint32 state = 12345;
    for (guint round = 0; round < 400; round++) {
        GString *s = g_string_new("始");
        for (guint k = 0; k < 200; k++) {
            state = state * 1664525u + 1013904223u;
            g_string_append(s, bits[(state >> 16) % G_N_ELEMENTS(bits)]);
        }
        g_autoptr(DabPool) pool = dab_pool_new();
        DabLayout *layout = extract(pool, s->str, s->len, NULL);
        g_assert_nonnull(layout);
        check(layout);
        g_string_free(s, TRUE);
    }
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8");
    g_test_init(&argc, &argv, NULL);
    add_cases();
    g_test_add_func("/text/encodings", encodings);
    g_test_add_func("/text/drawn_in_gb18030", drawn_in_gb18030);
    g_test_add_func("/text/some-broken-bytes", some_broken_bytes);
    g_test_add_func("/text/hostile", hostile);
    g_test_add_func("/text/too-large", too_large);
    g_test_add_func("/text/endless", endless);
    g_test_add_func("/text/shuffled", shuffled);
    return g_test_run();
}
