/* Tables whose columns no rule parts, and what only looks like one. Pages are 300 × 400 points, in Helvetica. */
#include <locale.h>

#include "extract/assemble.h"
#include "make_pdf.h"
#include "show_layout.h"

static void expect_pages(const char *const *pages, const char *keys, const char *expected) {
    g_autoptr(GString) pdf = make_pdf(pages, keys, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabSource source = {.path = "test.pdf", .media_type = "application/pdf", .data = (const guint8 *)pdf->str, .bytes = pdf->len};
    DabLayout *layout = dab_extract_pdf(pool, &source, &error);
    g_assert_no_error(error);
    g_autofree char *shown = show_layout(layout);
    g_assert_cmpstr(shown, ==, expected);
}

static void expect(const GString *content, const char *expected) {
    const char *pages[] = {content->str, NULL};
    expect_pages(pages, NULL, expected);
}

static void put_rule(GString *c, double from, double to, double down) {
    g_string_append_printf(c, "%g %g m %g %g l S\n", from, 400 - down, to, 400 - down);
}

/* One row: texts at these places, NULL: nothing there. */
static void put_row(GString *c, double down, const double *xs, const char *const *texts, guint n) {
    for (guint i = 0; i < n; i++)
        if (texts[i]) put_text(c, 10, xs[i], down, texts[i]);
}

static const double four[] = {40, 120, 180, 240};
static const char *const head[] = {"Name", "Plan", "Done", "Share"};
static const char *const body[][4] = {
    {"Roads", "12.5", "13.0", "104%"}, {"Bridges", "4", "3", "75%"}, {"Ports in the east", "1,200", "980", "82%"}};

static void put_body(GString *c, double down) {
    for (guint i = 0; i < 3; i++) put_row(c, down + 16 * i, four, body[i], 4);
}
#define BODY "  Roads|12.5|13.0|104%\n  Bridges|4|3|75%\n  Ports in the east|1,200|980|82%\n"

static void test_three_lines(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_text(c, 10, 40, 40, "The year went well for the ports and the roads alike.");
    put_rule(c, 36, 270, 60);
    put_row(c, 74, four, head, 4);
    put_rule(c, 36, 270, 80);
    put_body(c, 94);
    put_rule(c, 36, 270, 134);
    put_text(c, 10, 40, 160, "What was not finished goes on in the coming year.");
    expect(
        c,
        "P1 The year went well for the ports and the roads alike.\nT1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n" BODY
        "P1 What was not finished goes on in the coming year.\n");
}

/* No line with figures stands next to another: there is no usual step from row to row. */
static void test_no_pace(void) {
    static const char *const more[] = {"in the north", "of stone", "and of the river"};
    g_autoptr(GString) c = g_string_new(NULL);
    put_rule(c, 36, 270, 60);
    put_row(c, 74, four, head, 4);
    put_rule(c, 36, 270, 80);
    for (guint i = 0; i < 3; i++) {
        put_row(c, 94 + 32 * i, four, body[i], 4);
        put_text(c, 10, 40, 106 + 32 * i, more[i]);
    }
    put_rule(c, 36, 270, 176);
    expect(c, "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n  Roads//in the north|12.5|13.0|104%\n"
              "  Bridges//of stone|4|3|75%\n  Ports in the east/and of the river|1,200|980|82%\n");
}

/* No rule at all: figures tell. */
static void test_no_rules(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_row(c, 74, four, head, 4);
    put_body(c, 92);
    put_text(c, 10, 40, 170, "What was not finished goes on in the coming year.");
    expect(c, "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n" BODY
              "P1 What was not finished goes on in the coming year.\n");
}

/* Names over groups of columns, with no more than their place to tell. */
static void test_groups(void) {
    static const double xs[] = {40, 105, 155, 205, 255};
    static const char *const names[] = {NULL, "Plan", "Done", "Plan", "Done"};
    static const char *const rows[][5] = {
        {"North", "12", "13", "14", "15"}, {"South", "21", "22", "23", "24"}, {"West", "31", "32", "33", "34"}};
    g_autoptr(GString) c = g_string_new(NULL);
    put_rule(c, 36, 290, 60);
    put_text(c, 10, 129, 74, "2021");
    put_text(c, 10, 229, 74, "2022");
    put_text(c, 10, 40, 82, "Place");
    put_row(c, 90, xs, names, 5);
    put_rule(c, 36, 290, 96);
    for (guint i = 0; i < 3; i++) put_row(c, 110 + 16 * i, xs, rows[i], 5);
    put_rule(c, 36, 290, 150);
    expect(c, "T1 5 columns, 2 header, pages 1-1\n  Place^2|2021<2|2022<2\n  Plan|Done|Plan|Done\n  North|12|13|14|15\n"
              "  South|21|22|23|24\n  West|31|32|33|34\n");
}

/* Rules between the rows only, and texts of several lines, set in the middle. */
static void test_row_rules(void) {
    static const double xs[] = {40, 140, 180};
    static const char *const names[] = {"Task", "Goal", "Result"};
    g_autoptr(GString) c = g_string_new(NULL);
    put_row(c, 50, xs, names, 3);
    put_rule(c, 36, 280, 58);
    put_text(c, 10, 40, 72, "Schools built");
    put_text(c, 10, 140, 72, "12");
    put_text(c, 10, 180, 66.5, "13 opened, 3,900");
    put_text(c, 10, 180, 77.5, "places for children");
    put_rule(c, 36, 280, 84);
    put_text(c, 10, 40, 92.5, "Houses made");
    put_text(c, 10, 40, 103.5, "new again");
    put_text(c, 10, 140, 98, "58");
    put_text(c, 10, 180, 98, "60 begun, 41 done");
    put_rule(c, 36, 280, 110);
    put_text(c, 10, 40, 124, "Parks");
    put_text(c, 10, 140, 124, "20");
    put_text(c, 10, 180, 124, "22 laid out");
    put_rule(c, 36, 280, 130);
    expect(c, "T1 3 columns, 1 header, pages 1-1\n  Task|Goal|Result\n  Schools built|12|13 opened, 3,900/places for children\n"
              "  Houses made/new again|58|60 begun, 41 done\n  Parks|20|22 laid out\n");
}

/* A table that goes on over the page with its header said again. */
static void test_over_pages(void) {
    static const char *const more[] = {"Canals", "7", "8", "114%"};
    g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
    put_rule(one, 36, 270, 306);
    put_row(one, 320, four, head, 4);
    put_rule(one, 36, 270, 326);
    put_body(one, 340);
    put_rule(one, 36, 270, 380);
    put_rule(two, 36, 270, 36);
    put_row(two, 50, four, head, 4);
    put_rule(two, 36, 270, 56);
    put_row(two, 70, four, more, 4);
    put_row(two, 86, four, body[1], 4);
    put_rule(two, 36, 270, 94);
    const char *pages[] = {one->str, two->str, NULL};
    expect_pages(pages, NULL,
                 "T1 4 columns, 1 header, pages 1-2\n  Name|Plan|Done|Share\n" BODY "  Canals|7|8|114%\n  Bridges|4|3|75%\n");
}

/* One row of it stands on the next page, which goes on with text: too few to be a table by itself. */
static void test_last_row_over_page(void) {
    static const char *const more[] = {"Canals", "7", "8", "114%"};
    g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
    put_row(one, 320, four, head, 4);
    put_body(one, 340);
    put_row(two, 40, four, more, 4);
    put_text(two, 10, 40, 80, "What was not finished goes on in the coming year.");
    const char *pages[] = {one->str, two->str, NULL};
    expect_pages(pages, NULL,
                 "T1 4 columns, 1 header, pages 1-2\n  Name|Plan|Done|Share\n" BODY
                 "  Canals|7|8|114%\nP2 What was not finished goes on in the coming year.\n");
    /* text between them: the table ended, and the row says something else */
    g_autoptr(GString) ended = g_string_new(NULL);
    put_row(ended, 280, four, head, 4);
    put_body(ended, 300);
    put_text(ended, 10, 40, 350, "The table ends here, and the text goes on.");
    pages[0] = ended->str;
    expect_pages(pages, NULL,
                 "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n" BODY
                 "P1 The table ends here, and the text goes on.\nP2 Canals 7 8 114%\n"
                 "P2 What was not finished goes on in the coming year.\n");
}

/* Its names and one row end the page before. */
static void test_first_row_over_page(void) {
    static const char *const more[] = {"Canals", "7", "8", "114%"};
    g_autoptr(GString) one = g_string_new(NULL), two = g_string_new(NULL);
    put_rule(one, 36, 270, 336);
    put_row(one, 350, four, head, 4);
    put_rule(one, 36, 270, 356);
    put_row(one, 370, four, more, 4);
    put_rule(two, 36, 270, 36);
    put_row(two, 50, four, head, 4);
    put_rule(two, 36, 270, 56);
    put_body(two, 70);
    put_rule(two, 36, 270, 110);
    const char *pages[] = {one->str, two->str, NULL};
    expect_pages(pages, NULL, "T1 4 columns, 1 header, pages 1-2\n  Name|Plan|Done|Share\n  Canals|7|8|114%\n" BODY);
}

/* The columns are drawn in the header only; the rows of figures share one cell. */
static void test_half_ruled(void) {
    static const double edges[] = {36, 110, 170, 230, 290};
    g_autoptr(GString) c = g_string_new(NULL);
    for (guint i = 0; i < 5; i++) g_string_append_printf(c, "%g 340 m %g 320 l S\n", edges[i], edges[i]);
    g_string_append(c, "36 320 m 36 260 l S 290 320 m 290 260 l S\n");
    for (guint i = 0; i < 5; i++) put_rule(c, 36, 290, 60 + 20 * i);
    put_row(c, 74, four, head, 4);
    for (guint i = 0; i < 3; i++) put_row(c, 94 + 20 * i, four, body[i == 2 ? 1 : i], 4);
    expect(c, "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n  Roads|12.5|13.0|104%\n  Bridges|4|3|75%\n  "
              "Bridges|4|3|75%\n");
    g_autoptr(GString) d = g_string_new(NULL);
    for (guint i = 0; i < 5; i++) g_string_append_printf(d, "%g 340 m %g 260 l S\n", edges[i], edges[i]);
    put_rule(d, 36, 290, 60);
    put_rule(d, 36, 290, 80);
    put_rule(d, 36, 290, 140);
    put_row(d, 74, four, head, 4);
    for (guint i = 0; i < 3; i++) put_row(d, 94 + 18 * i, four, body[i == 2 ? 1 : i], 4);
    expect(d, "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n  Roads|12.5|13.0|104%\n  Bridges|4|3|75%\n  "
              "Bridges|4|3|75%\n");
}

static void test_side_by_side(void) {
    static const double left[] = {30, 110}, right[] = {170, 250};
    static const char *const names[] = {"Place", "Sum"};
    static const char *const a[][2] = {{"North", "12"}, {"South", "15"}, {"West", "9"}}, *const b[][2] = {{"Hill", "3"},
                                                                                                          {"Dale", "4"},
                                                                                                          {"Lake", "6"}};
    g_autoptr(GString) c = g_string_new(NULL);
    for (guint i = 0; i < 3; i++) {
        put_rule(c, 26, 140, (double[]){60, 80, 134}[i]);
        put_rule(c, 166, 280, (double[]){60, 80, 134}[i]);
        put_row(c, 94 + 16 * i, left, a[i], 2);
        put_row(c, 94 + 16 * i, right, b[i], 2);
    }
    put_row(c, 74, left, names, 2);
    put_row(c, 74, right, names, 2);
    expect(c, "T1 2 columns, 1 header, pages 1-1\n  Place|Sum\n  North|12\n  South|15\n  West|9\n"
              "T1 2 columns, 1 header, pages 1-1\n  Place|Sum\n  Hill|3\n  Dale|4\n  Lake|6\n");
}

/* Landscape by /Rotate: the same table drawn sideways on a page that is turned when shown. */
static void test_turned(void) {
    g_autoptr(GString) c = g_string_new("q 0 1 -1 0 400 0 cm\n");
    put_rule(c, 36, 270, 60);
    put_row(c, 74, four, head, 4);
    put_rule(c, 36, 270, 80);
    put_body(c, 94);
    put_rule(c, 36, 270, 134);
    g_string_append(c, "Q\n");
    const char *pages[] = {c->str, NULL};
    expect_pages(pages, "/MediaBox[0 0 400 300]/Rotate 90", "T1 4 columns, 1 header, pages 1-1\n  Name|Plan|Done|Share\n" BODY);
}

/* Every other row is shaded, and nothing else parts them. */
static void test_shaded(void) {
    static const char *const texts[][3] = {
        {"Task", "Begun", "Ended"}, {"Roads", "spring", "autumn"}, {"Parks", "summer", "winter"}, {"Ports", "autumn", "winter"}};
    static const double xs[] = {40, 130, 210};
    g_autoptr(GString) c = g_string_new("0.8 0.9 1 rg\n");
    for (guint i = 0; i < 4; i += 2) g_string_append_printf(c, "36 %u 240 16 re f\n", 400 - 66 - 16 * i - 10);
    g_string_append(c, "0 g\n");
    for (guint i = 0; i < 4; i++) put_row(c, 71 + 16 * i, xs, texts[i], 3);
    expect(c, "T1 3 columns, 1 header, pages 1-1\n  Task|Begun|Ended\n  Roads|spring|autumn\n  Parks|summer|winter\n  "
              "Ports|autumn|winter\n");
}

/* Two columns of running text between two rules across the page. */
static void test_text_is_no_table(void) {
    static const char *const left[] = {"In the year 2021 the 12 roads of", "the county were mended and the",
                                       "33 bridges were looked over by", "the 5 offices of the county, and",
                                       "in 2022 so were the harbours."};
    static const char *const right[] = {"The 47 schools took in all of the", "1,204 children of the 9 towns in",
                                        "the east, and 88 teachers came to", "live there with the 61 families",
                                        "that had left in the year 2019."};
    g_autoptr(GString) c = g_string_new(NULL);
    put_rule(c, 20, 285, 40);
    for (guint i = 0; i < 5; i++) {
        put_text(c, 8, 22, 60 + 12 * i, left[i]);
        put_text(c, 8, 158, 60 + 12 * i, right[i]);
    }
    put_rule(c, 20, 285, 130);
    expect(c, "P1 In the year 2021 the 12 roads of/the county were mended and the/33 bridges were looked over by/the 5 offices of "
              "the county, and/"
              "in 2022 so were the harbours.\n"
              "P1 The 47 schools took in all of the/1,204 children of the 9 towns in/the east, and 88 teachers came to/live there "
              "with the 61 families\n"
              "P1 that had left in the year 2019.\n");
}

/* Contents and addresses. */
static void test_lists_are_no_tables(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_text(c, 10, 40, 60, "1. Roads ...................................... 3");
    put_text(c, 10, 40, 76, "2. Bridges .................................... 7");
    put_text(c, 10, 40, 92, "3. Ports ...................................... 12");
    put_text(c, 10, 40, 150, "Office: A");
    put_text(c, 10, 150, 150, "Phone: 88886666");
    put_text(c, 10, 40, 166, "Street: B");
    put_text(c, 10, 150, 166, "Code: 310000");
    expect(c, "P1 1. Roads ...................................... 3\nP1 2. Bridges .................................... 7\n"
              "P1 3. Ports ...................................... 12\nP1 Office: A Phone: 88886666/Street: B Code: 310000\n");
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "");
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/open-tables/no-pace", test_no_pace);
    g_test_add_func("/open-tables/three-lines", test_three_lines);
    g_test_add_func("/open-tables/no-rules", test_no_rules);
    g_test_add_func("/open-tables/groups", test_groups);
    g_test_add_func("/open-tables/row-rules", test_row_rules);
    g_test_add_func("/open-tables/last-row-over-page", test_last_row_over_page);
    g_test_add_func("/open-tables/first-row-over-page", test_first_row_over_page);
    g_test_add_func("/open-tables/over-pages", test_over_pages);
    g_test_add_func("/open-tables/half-ruled", test_half_ruled);
    g_test_add_func("/open-tables/side-by-side", test_side_by_side);
    g_test_add_func("/open-tables/turned", test_turned);
    g_test_add_func("/open-tables/shaded", test_shaded);
    g_test_add_func("/open-tables/text-is-no-table", test_text_is_no_table);
    g_test_add_func("/open-tables/lists-are-no-tables", test_lists_are_no_tables);
    return g_test_run();
}
