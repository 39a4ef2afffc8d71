/* HTML → layout: cases of tests/cases/html (NAME.html, NAME.expected), encodings, hostile pages. Run from the project's folder. */
#include <locale.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/html.h"
#include "extract/media.h"
#include "show_layout.h"

static DabLayout *extract(DabPool *pool, const char *bytes, gsize n, GError **error) {
    g_autofree guint8 *copy = g_malloc(n + 1); /* as dab_source_open leaves it */
    if (n) memcpy(copy, bytes, n);
    copy[n] = 0;
    DabSource source = {.path = "test.html", .media_type = "text/html", .data = copy, .bytes = n};
    return dab_extract_html(pool, &source, error);
}

static char *shown(const char *bytes, gsize n) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabLayout *layout = extract(pool, bytes, n, &error);
    g_assert_no_error(error);
    return show_layout(layout);
}

static void expect(const char *html, const char *expected) {
    g_autofree char *got = shown(html, strlen(html));
    g_assert_cmpstr(got, ==, expected);
}

static void test_case(gconstpointer name) {
    g_autofree char *html = g_strdup_printf("tests/cases/html/%s.html", (const char *)name);
    g_autofree char *file = g_strdup_printf("tests/cases/html/%s.expected", (const char *)name);
    g_autofree char *bytes = NULL, *expected = NULL;
    gsize n = 0;
    g_assert_true(g_file_get_contents(html, &bytes, &n, NULL));
    g_assert_cmpstr(dab_media_type((guint8 *)bytes, n), ==, "text/html");
    g_autofree char *got = shown(bytes, n);
    if (g_getenv("DAB_WRITE_EXPECTED")) g_file_set_contents(file, got, -1, NULL); /* then read the difference */
    g_assert_true(g_file_get_contents(file, &expected, NULL, NULL));
    g_assert_cmpstr(got, ==, expected);
}

/* A page saved with all that belongs to it in one file, in GBK. */
static void test_mht(void) {
    static const char page[] = "<html><body><h1>供水情况</h1><p>日供水能力5万吨，达到100%。</p><!-- -- --></body></html>";
    for (guint quoted = 0; quoted < 2; quoted++) {
        gsize n = 0;
        g_autofree char *bytes = g_convert(page, -1, "GBK", "UTF-8", NULL, &n, NULL);
        g_autofree char *base64 = g_base64_encode((const guchar *)bytes, n);
        g_autoptr(GString) codes = g_string_new(NULL);
        for (gsize i = 0; i < n; i++) g_string_append_printf(codes, i % 20 ? "=%02X" : "=%02X=\n", (guint8)bytes[i]);
        g_autofree char *file =
            g_strdup_printf("From: <Saved by>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=\"==b\"\n\n"
                            "--==b\nContent-Type: text/css\n\np {}\n--==b\ncontent-type: text/html\n"
                            "Content-Transfer-Encoding: %s\n\n%s\n--==b--\n",
                            quoted ? "quoted-printable" : "base64", quoted ? codes->str : base64);
        g_assert_cmpstr(dab_media_type((guint8 *)file, strlen(file)), ==, "multipart/related");
        expect(file, "H1 供水情况\nP1 日供水能力5万吨，达到100%。\n");
        file[strlen(file) - 40] = 0; /* cut off */
        g_autofree char *got = shown(file, strlen(file));
        g_assert_nonnull(strstr(got, "供水情况"));
    }
    g_assert_cmpstr(dab_media_type((guint8 *)"MIME-Version: 1.0\n95%\n", 22), ==, "text/plain");
}

/* Whatever the page says of its encoding, or does not say. */
static void test_encodings(void) {
    static const struct {
        const char *says, *is;
    } cases[] = {{"gb2312", "GB18030"}, {"gbk", "GBK"},     {"utf-8", "UTF-8"}, {"gb2312", "UTF-8"},
                 {"utf-8", "GBK"},      {"no-such", "GBK"}, {"big5", "BIG5"},   {"utf-16", "UTF-16"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *html =
            g_strdup_printf("<html><head><meta http-equiv=Content-Type content=\"text/html; charset=%s\"></head>"
                            "<body><p>全市中小布局安全合格率98.5%%。</p></body></html>",
                            cases[i].says);
        gsize n = 0;
        g_autofree char *bytes = g_convert(html, -1, cases[i].is, "UTF-8", NULL, &n, NULL);
        g_assert_nonnull(bytes);
        g_assert_cmpstr(dab_media_type((guint8 *)bytes, n), ==, "text/html");
        g_autofree char *got = shown(bytes, n);
        g_assert_cmpstr(got, ==, "P1 全市中小布局安全合格率98.5%。\n");
    }
}

static void test_small(void) {
    expect("<p>10<sup>4</sup>家，PM<sub>2.5</sub>下降<p>x", "P1 10⁴家，PM2.5下降\nP1 x\n");
    expect("<table><tr><td>一格</td></tr></table><table><tr><td rowspan=0>a<td>b<tr><td>c</table>",
           "P1 一格\nT1 2 columns, 1 header, pages 1-1\n  a^2|b\n  c\n");
    expect("<table><tr><td colspan=100>标题<tr><td>甲<td>1<tr><td>乙<td>2</table>",
           "T1 2 columns, 0 header, pages 1-1\n  标题<2\n  甲|1\n  乙|2\n");
    /* names of most columns are a header; of two out of five they are none */
    expect("<table><tr><td>甲<td>乙<td>丙<td><td><tr><td>a<td>1<td>2<td>3<td>4</table>",
           "T1 5 columns, 1 header, pages 1-1\n  甲|乙|丙||\n  a|1|2|3|4\n");
    expect("<table><tr><td>甲<td>乙<td><td><td><tr><td>a<td>1<td>2<td>3<td>4</table>",
           "T1 5 columns, 0 header, pages 1-1\n  甲|乙|||\n  a|1|2|3|4\n");
    expect("<p>一<!-- 注释5 -->二</p><script>7</script><textarea>8</textarea>", "P1 一二\n");
    expect(
        "<p style='font-size:22pt;text-align:center'>标题<br>两行</p><p>正文正文正文正文正文正文正文正文，正文正文正文正文。</p>",
        "H1 标题\nH1 两行\nP1 正文正文正文正文正文正文正文正文，正文正文正文正文。\n");
    expect("<style>@media print{p{display:none}} .plan .h , h9{FONT-SIZE : 21pt;color:red} p.no, #pop{display:none}</style><p "
           "class=h>不在其中，正文正文。</p>"
           "<div class='box plan'><p class='h x'>明年看点</p></div><p class=no>一</p><b id=pop>二</b>",
           "P1 不在其中，正文正文。\nH1 明年看点\n");
    expect("<p>甲</p><p hidden>乙</p><div style='display:none'>丙<p>丁</div>", "P1 甲\n");
}

/* A cell stands in the first column that none from above holds. */
static void test_columns(void) {
    static const char html[] =
        "<table><tr><td rowspan=2>a<td>b<td rowspan=3>c<tr><td>d<tr><td colspan=2>e<tr><td>f<td>g<td>h</table>";
    static const guint columns[4][3] = {{0, 1, 2}, {1}, {0}, {0, 1, 2}};
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = extract(pool, html, strlen(html), NULL);
    g_assert_nonnull(layout);
    const DabTable *table = layout->tables->pdata[0];
    g_assert_cmpuint(table->rows->len, ==, 4);
    for (guint r = 0; r < 4; r++) {
        const GArray *cells = g_array_index(table->rows, DabRow, r).cells;
        for (guint c = 0; c < cells->len; c++) g_assert_cmpuint(g_array_index(cells, DabCell, c).column, ==, columns[r][c]);
    }
}

static void fails(const char *bytes, gsize n, int code) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(extract(pool, bytes, n, &error));
    g_assert_error(error, DAB_ERROR, code);
}

static void test_broken(void) {
    fails("", 0, DAB_ERROR_EMPTY);
    fails("<html>", 6, DAB_ERROR_EMPTY);
    fails("<p>&nbsp;</p>", 13, DAB_ERROR_EMPTY);
    fails("<html><script>95%</script>", 26, DAB_ERROR_EMPTY);
    char noise[4096];
    for (guint i = 0; i < sizeof noise; i++) noise[i] = (char)(i * 2654435761u >> 13);
    fails(noise, sizeof noise, DAB_ERROR_DAMAGED);
}

/* Structures without end. In seconds, not hours. */
static void test_endless(void) {
    static const char *const units[] = {"<div>",
                                        "<b>",
                                        "<p>",
                                        "<table>",
                                        "<table><tr><td>",
                                        "<td>",
                                        "</div>",
                                        "<ul><li>",
                                        "<br>",
                                        "<a href=x>1</a>",
                                        "&amp;",
                                        "&#x4E00;",
                                        "<",
                                        "<!--",
                                        "<tr><td rowspan=65534 colspan=1000>1",
                                        "<sup>",
                                        "<font size=7>",
                                        "<ol><li>1",
                                        "<p style='a:b;;:'>",
                                        "<title>",
                                        "</p>",
                                        "<body>",
                                        "<html>",
                                        "<form>",
                                        "<style>.a{",
                                        "<select><option>",
                                        "<h1>1",
                                        "<span>1</div>"};
    for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
        GString *s = g_string_new("<html><body>开头12%");
        while (s->len < 300000) g_string_append(s, units[i]);
        g_string_append(s, "结尾");
        g_autoptr(DabPool) pool = dab_pool_new();
        g_autoptr(GError) error = NULL;
        DabLayout *layout = extract(pool, s->str, s->len, &error);
        if (!layout) g_assert_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE);
        g_string_free(s, TRUE);
    }
}

/* Pieces of pages in any order, by a fixed generator. */
static void test_shuffled(void) {
    static const char *const bits[] = {"<table>",
                                       "<tr>",
                                       "<td>",
                                       "<th colspan=3>",
                                       "<td rowspan=2>",
                                       "</table>",
                                       "<p>",
                                       "</p>",
                                       "<div>",
                                       "</div>",
                                       "<br>",
                                       "文字12%",
                                       "<a href=1>",
                                       "</a>",
                                       "<ol>",
                                       "<li>",
                                       "</ol>",
                                       "<sup>",
                                       "</sup>",
                                       "<h1>",
                                       "</h1>",
                                       "<pre>",
                                       "</pre>",
                                       "\n",
                                       "<div class=footer>",
                                       "<b>",
                                       "</b>",
                                       "<caption>",
                                       "<thead>",
                                       "<!--",
                                       "-->",
                                       "<style>.x{display:none}</style>",
                                       "<p class=x>",
                                       "&lt;",
                                       "。",
                                       "<title>文字</title>",
                                       "<form>",
                                       "<center>",
                                       "<span style='display:block'>"};
    guint32 state = 4711;
    for (guint round = 0; round < 600; round++) {
        GString *s = g_string_new("<html>始");
        for (guint k = 0; k < 120; k++) {
            state = state * 1664525u + 1013904223u;
            g_string_append(s, bits[(state >> 16) % G_N_ELEMENTS(bits)]);
        }
        g_autoptr(DabPool) pool = dab_pool_new();
        DabLayout *layout = extract(pool, s->str, s->len, NULL);
        for (guint i = 0; layout && i < layout->tables->len; i++) { /* cells stand in order and within the table */
            const DabTable *t = layout->tables->pdata[i];
            for (guint r = 0; r < t->rows->len; r++) {
                const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
                for (guint c = 0, at = 0; c < cells->len; c++) {
                    const DabCell *cell = &g_array_index(cells, DabCell, c);
                    g_assert_cmpuint(cell->column, >=, at);
                    at = cell->column + cell->col_span;
                    g_assert_cmpuint(at, <=, t->n_columns);
                    g_assert_cmpuint(r + cell->row_span, <=, t->rows->len);
                    g_assert_cmpuint(cell->first_line + cell->n_lines, <=, layout->lines->len);
                }
            }
        }
        g_string_free(s, TRUE);
    }
}

static void test_too_large(void) {
    gsize n = (gsize)DAB_MAX_GLYPHS + 100;
    char *bytes = g_malloc(n);
    memset(bytes, 'a', n);
    memcpy(bytes, "<p>", 3);
    fails(bytes, n, DAB_ERROR_TOO_LARGE);
    g_free(bytes);
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8");
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/html/site", "site", test_case);
    g_test_add_data_func("/html/layout-table", "layout-table", test_case);
    g_test_add_func("/html/mht", test_mht);
    g_test_add_data_func("/html/ends", "ends", test_case);
    g_test_add_data_func("/html/plain", "plain", test_case);
    g_test_add_func("/html/encodings", test_encodings);
    g_test_add_func("/html/small", test_small);
    g_test_add_func("/html/columns", test_columns);
    g_test_add_func("/html/broken", test_broken);
    g_test_add_func("/html/endless", test_endless);
    g_test_add_func("/html/shuffled", test_shuffled);
    g_test_add_func("/html/too-large", test_too_large);
    return g_test_run();
}
