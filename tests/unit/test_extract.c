/* PDF → layout: cases of tests/cases/extract (NAME.pdf, NAME.expected) and tiny PDFs written here. Run from the project's folder.
 */
#include <locale.h>

#include "dabiao/error.h"
#include "extract/assemble.h"
#include "make_pdf.h"
#include "show_layout.h"

static DabLayout *extract(DabPool *pool, const char *bytes, gsize n, GError **error) {
    DabSource source = {
        .path = "test.pdf", .media_type = "application/pdf", .data = (const guint8 *)bytes, .bytes = n, .ocr = DAB_OCR_NEVER};
    return dab_extract_pdf(pool, &source, error);
}

static void expect(const GString *pdf, const char *expected) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabLayout *layout = extract(pool, pdf->str, pdf->len, &error);
    g_assert_no_error(error);
    g_autofree char *shown = show_layout(layout);
    g_assert_cmpstr(shown, ==, expected);
}

static void expect_page(const GString *content, const char *keys, const char *form, const char *expected) {
    const char *pages[] = {content->str, NULL};
    g_autoptr(GString) pdf = make_pdf(pages, keys, form);
    expect(pdf, expected);
}

static void test_case(gconstpointer name) {
    g_autofree char *pdf = g_strdup_printf("tests/cases/extract/%s.pdf", (const char *)name);
    g_autofree char *file = g_strdup_printf("tests/cases/extract/%s.expected", (const char *)name);
    g_autofree char *bytes = NULL, *expected = NULL;
    gsize n = 0;
    g_assert_true(g_file_get_contents(pdf, &bytes, &n, NULL));
    g_assert_true(g_file_get_contents(file, &expected, NULL, NULL));
    GString whole = {bytes, n, n};
    expect(&whole, expected);
}

/* A grid of 3 columns at x 50 120 190 260, rows every 20 points from `down` on. */
static void put_rows(GString *c, double down, guint n, const char *const *text) {
    for (guint r = 0; r <= n; r++) g_string_append_printf(c, "50 %g m 260 %g l S\n", 400 - down - 20 * r, 400 - down - 20 * r);
    for (guint k = 0; k < 4; k++)
        g_string_append_printf(c, "%u %g m %u %g l S\n", 50 + 70 * k, 400 - down, 50 + 70 * k, 400 - down - 20 * n);
    for (guint i = 0; i < 3 * n; i++) put_text(c, 10, 54 + 70 * (i % 3), down + 14 + 20 * (i / 3), text[i]);
}

static const char *const rows[] = {"No", "Task", "Result", "1", "Roads", "12 km"};

/* A wide table set along the height of a page that nobody turns: read upright, and its boxes are where it stands on the paper. */
static void test_sideways(void) {
    g_autoptr(GString) c = g_string_new("q 0 1 -1 0 400 0 cm\n");
    put_text(c, 10, 50, 40, "The roads of the year, and what was built of them:");
    put_rows(c, 60, 2, rows);
    g_string_append(c, "Q\n");
    for (guint down = 0; down < 2; down++) { /* the lines go up, or down */
        g_autoptr(GString) drawn = g_string_new(down ? "-1 0 0 -1 300 400 cm\n" : "");
        g_string_append(drawn, c->str);
        const char *pages[] = {drawn->str, NULL};
        g_autoptr(GString) pdf = make_pdf(pages, NULL, NULL);
        expect(pdf, "P1 The roads of the year, and what was built of them:\nT1 3 columns, 1 header, pages 1-1\n  No|Task|Result\n"
                    "  1|Roads|12 km\n");
        g_autoptr(DabPool) pool = dab_pool_new();
        DabSource source = {.path = "x.pdf", .media_type = "application/pdf", .data = (const guint8 *)pdf->str, .bytes = pdf->len};
        const DabLayout *layout = dab_extract_pdf(pool, &source, NULL);
        const DabPage *page = &g_array_index(layout->pages, DabPage, 0);
        DabBox box = g_array_index(((const DabTable *)g_ptr_array_index(layout->tables, 0))->boxes, DabBox, 0);
        g_assert_cmpfloat_with_epsilon(page->width, 300, 0.5);
        g_assert_cmpfloat_with_epsilon(page->height, 400, 0.5);
        g_assert_cmpfloat_with_epsilon(box.y1 - box.y0, 210, 1);
        g_assert_cmpfloat_with_epsilon(box.x1 - box.x0, 40, 1);
        g_assert_cmpfloat_with_epsilon(box.y1, down ? 260 : 350, 1);
    }
}

static void test_turned_page(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_rows(c, 60, 2, rows);
    expect_page(c, NULL, NULL, "T1 3 columns, 1 header, pages 1-1\n  No|Task|Result\n  1|Roads|12 km\n");
    /* the same drawn sideways on a page that its reader turns back */
    g_autoptr(GString) turned = g_string_new("q 0 1 -1 0 400 0 cm\n");
    g_string_append_printf(turned, "%sQ\n", c->str);
    expect_page(turned, "/MediaBox[0 0 400 300]/Rotate 90", NULL,
                "T1 3 columns, 1 header, pages 1-1\n  No|Task|Result\n  1|Roads|12 km\n");
    expect_page(c, "/CropBox[20 10 290 380]", NULL, "T1 3 columns, 1 header, pages 1-1\n  No|Task|Result\n  1|Roads|12 km\n");
}

static void test_rules_in_form(void) {
    g_autoptr(GString) rules = g_string_new(NULL), text = g_string_new("/Fx Do\n");
    const char *none[] = {"", "", "", "", "", ""};
    put_rows(rules, 60, 2, none);
    for (guint i = 0; i < 6; i++) put_text(text, 10, 54 + 70 * (i % 3), 74 + 20 * (i / 3), rows[i]);
    g_autofree char *paths = g_strndup(rules->str, (gsize)(strstr(rules->str, "BT") - rules->str));
    expect_page(text, NULL, paths, "T1 3 columns, 1 header, pages 1-1\n  No|Task|Result\n  1|Roads|12 km\n");
    expect_page(text, NULL, "/Fx Do /Fx Do /Fx Do", "P1 No Task Result/1 Roads 12 km\n"); /* a form that draws itself ends */
}

static void test_repeated_header(void) {
    const char *const more[] = {"No", "Task", "Result", "2", "Bridges", "3"};
    g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
    put_rows(one, 300, 2, rows);
    put_rows(two, 40, 2, more);
    const char *pages[] = {one->str, two->str, NULL};
    g_autoptr(GString) pdf = make_pdf(pages, NULL, NULL);
    expect(pdf, "T1 3 columns, 1 header, pages 1-2\n  No|Task|Result\n  1|Roads|12 km\n  2|Bridges|3\n");
}

/* A row that a page's end cuts is whole again: the new page leaves its key empty, and most of what the row said. A row that says
 * more than it leaves empty is one of its own. */
static void test_cut_row(void) {
    const char *const rest[] = {"", "the river", "", "3", "Ports", "5"}, *const own[] = {"", "Ports", "5", "4", "Ferries", "6"};
    const char *const *const next[] = {rest, own};
    const char *const expected[] = {"  2|Bridges over/the river|3\n  3|Ports|5\n",
                                    "  2|Bridges over|3\n  |Ports|5\n  4|Ferries|6\n"};
    for (guint i = 0; i < 2; i++) {
        g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
        put_rows(one, 300, 2, rows);
        g_string_append(one, "50 10 m 260 10 l S\n"); /* a higher row, whose text does not reach its bottom */
        for (guint k = 0; k < 4; k++) g_string_append_printf(one, "%u 60 m %u 10 l S\n", 50 + 70 * k, 50 + 70 * k);
        put_text(one, 10, 54, 354, "2");
        put_text(one, 10, 124, 354, "Bridges over");
        put_text(one, 10, 194, 354, "3");
        put_rows(two, 40, 2, next[i]);
        const char *pages[] = {one->str, two->str, NULL};
        g_autoptr(GString) pdf = make_pdf(pages, NULL, NULL);
        g_autofree char *all =
            g_strconcat("T1 3 columns, 1 header, pages 1-2\n  No|Task|Result\n  1|Roads|12 km\n", expected[i], NULL);
        expect(pdf, all);
    }
}

/* Two lines with a gap in them are no columns; more of them are. */
static void test_few_lines(void) {
    static const char *const left[] = {"The county has built roads", "and new bridges in towns", "and schools in villages too"};
    static const char *const right[] = {"Farmers have sold more of", "their rice than years before", "in markets near the sea."};
    for (guint n = 2; n <= 3; n++) {
        g_autoptr(GString) c = g_string_new(NULL);
        for (guint i = 0; i < n; i++) {
            put_text(c, 10, 15, 50 + 14 * i, left[i]);
            put_text(c, 10, 160, 50 + 14 * i, right[i]);
        }
        expect_page(c, NULL, NULL,
                    n == 2
                        ? "P1 The county has built roads Farmers have sold more of/and new bridges in towns their rice than years "
                          "before\n"
                        : "P1 The county has built roads/and new bridges in towns/and schools in villages too\n"
                          "+1 Farmers have sold more of/their rice than years before/in markets near the sea.\n");
    }
}

static void test_furniture(void) {
    GString *c[3];
    for (guint i = 0; i < 3; i++) {
        c[i] = g_string_new(NULL);
        put_text(c[i], 8, 50, 20, "Annual report of the county");
        put_text(c[i], 10, 50, 100,
                 i == 0   ? "The first page says how the year began."
                 : i == 1 ? "The second page says how it went on."
                          : "The third page says how it ended.");
        g_autofree char *number = g_strdup_printf("- %u -", i + 1);
        put_text(c[i], 8, 140, 385, number);
    }
    const char *pages[] = {c[0]->str, c[1]->str, c[2]->str, NULL};
    g_autoptr(GString) pdf = make_pdf(pages, NULL, NULL);
    expect(pdf, "P1 The first page says how the year began.\nF1 Annual report of the county\nF1 - 1 -\n"
                "P2 The second page says how it went on.\nF2 Annual report of the county\nF2 - 2 -\n"
                "P3 The third page says how it ended.\nF3 Annual report of the county\nF3 - 3 -\n");
    for (guint i = 0; i < 3; i++) g_string_free(c[i], TRUE);
}

/* A wide gap is one blank; bold imitated by printing twice is one text. */
static void test_line(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_text(c, 10, 50, 50, "Unit: A");
    put_text(c, 10, 180, 50, "Date: B");
    put_text(c, 10, 50, 90, "Strong");
    put_text(c, 10, 52, 90.2, "Strong");
    expect_page(c, NULL, NULL, "P1 Unit: A Date: B\nP1 Strong\n");
}

static void expect_error(const char *bytes, gsize n, int code) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(extract(pool, bytes, n, &error));
    g_assert_error(error, DAB_ERROR, code);
    g_assert_cmpuint(strlen(error->message), >, 10);
}

static void test_errors(void) {
    g_autofree char *bytes = NULL;
    gsize n;
    const char *blank[] = {"", NULL};
    g_autoptr(GString) empty = make_pdf(blank, NULL, NULL);
    expect_error("%PDF-1.4 nothing more", 21, DAB_ERROR_DAMAGED);
    expect_error("", 0, DAB_ERROR_DAMAGED);
    expect_error(empty->str, empty->len, DAB_ERROR_EMPTY);
    g_assert_true(g_file_get_contents("tests/cases/extract/locked.pdf", &bytes, &n, NULL));
    expect_error(bytes, n, DAB_ERROR_ENCRYPTED);
}

/* Every cut and a few thousand changed bytes: an error or a layout, nothing else. */
static void test_hostile(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_rows(c, 60, 2, rows);
    const char *pages[] = {c->str, NULL};
    g_autoptr(GString) pdf = make_pdf(pages, NULL, "/Fx Do 10 10 m 20 20 l S");
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (guint i = 0; i < 600; i++) {
        g_autoptr(DabPool) pool = dab_pool_new();
        g_autoptr(GError) error = NULL;
        g_autofree char *copy = g_memdup2(pdf->str, pdf->len);
        gsize n = i % 3 ? pdf->len : (gsize)g_rand_int_range(rand, 0, (gint32)pdf->len);
        for (guint k = 0; i % 3 && k < 8; k++) copy[g_rand_int_range(rand, 0, (gint32)n)] = (char)g_rand_int_range(rand, 0, 256);
        DabLayout *layout = extract(pool, copy, n, &error);
        g_assert_true((layout != NULL) != (error != NULL));
    }
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C");
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/extract/columns", "columns", test_case);
    g_test_add_data_func("/extract/table", "table", test_case);
    g_test_add_data_func("/extract/form", "form", test_case);
    g_test_add_data_func("/extract/open", "open", test_case);
    g_test_add_data_func("/extract/open-more", "open-more", test_case);
    g_test_add_data_func("/extract/storeys", "storeys", test_case);
    g_test_add_data_func("/extract/names-above", "names-above", test_case);
    g_test_add_data_func("/extract/cells-of-lines", "cells-of-lines", test_case);
    g_test_add_data_func("/extract/stubs", "stubs", test_case);
    g_test_add_data_func("/extract/beside", "beside", test_case);
    g_test_add_data_func("/extract/told", "told", test_case);
    g_test_add_data_func("/extract/newspaper", "newspaper", test_case);
    g_test_add_data_func("/extract/goes-on", "goes-on", test_case);
    g_test_add_func("/extract/sideways", test_sideways);
    g_test_add_func("/extract/turned-page", test_turned_page);
    g_test_add_func("/extract/rules-in-form", test_rules_in_form);
    g_test_add_func("/extract/repeated-header", test_repeated_header);
    g_test_add_func("/extract/cut-row", test_cut_row);
    g_test_add_func("/extract/few-lines", test_few_lines);
    g_test_add_func("/extract/furniture", test_furniture);
    g_test_add_func("/extract/line", test_line);
    g_test_add_func("/extract/errors", test_errors);
    g_test_add_func("/extract/hostile", test_hostile);
    return g_test_run();
}
