/* Pages of running text, whose drawings nobody reads, and those that only look so at first. PDF pages are 300 × 400 points. */
#include <locale.h>

#include "extract/assemble.h"
#include "extract/prose.h"
#include "make_pdf.h"
#include "show_layout.h"

#define SIZE 10.0f

static DabRawPage new_page(void) {
    return (DabRawPage){.width = 300, .height = 400, .chars = g_array_new(FALSE, TRUE, sizeof(DabChar))};
}

static void put_char(DabRawPage *page, float x, float down, gunichar ch, guint8 style) {
    DabChar c = {.glyph = {.ch = ch, .size = SIZE, .box = {x, down, x + SIZE, down + SIZE}}, .style = style};
    g_array_append_val(page->chars, c);
}

/* `n` hanzi on a line. */
static void put_line(DabRawPage *page, float x, float down, guint n) {
    for (guint i = 0; i < n; i++) put_char(page, x + SIZE * (float)i, down, 0x4E00 + i, 0);
}

static void put_lines(DabRawPage *page, guint lines) {
    for (guint i = 0; i < lines; i++) put_line(page, i ? 40 : 60, 60 + 16 * (float)i, i ? 20 : 18);
}

static void expect(DabRawPage *page, gboolean prose) {
    g_assert_cmpint(dab_prose_is_all(page), ==, prose);
    g_array_unref(page->chars);
}

static void test_lines(void) {
    DabRawPage page = new_page();
    put_lines(&page, 8);
    put_char(&page, 240, 60 + 16 * 7, ' ', DAB_CHAR_BLANK);
    put_char(&page, 245, 60 + 16 * 7, '5', 0); /* half a blank */
    expect(&page, TRUE);
    page = new_page();
    put_lines(&page, 8);
    put_char(&page, 250, 60 + 16 * 7, '5', 0); /* a whole one may part cells */
    expect(&page, FALSE);
    page = new_page();
    put_lines(&page, 4);
    expect(&page, FALSE); /* too little text to tell */
}

static void test_beside(void) {
    DabRawPage page = new_page();
    put_lines(&page, 8);
    put_line(&page, 245, 60, 4); /* a second column begins at the top */
    expect(&page, FALSE);
    page = new_page();
    put_lines(&page, 8);
    put_line(&page, 250, 60 + 16 * 7 + 6, 4); /* half a line further down: a cell set in the middle of its row */
    expect(&page, FALSE);
    page = new_page();
    put_lines(&page, 8);
    put_line(&page, 40, 60 + 16 * 7, 4); /* printed twice */
    expect(&page, FALSE);
}

static void test_signs(void) {
    DabRawPage page = new_page();
    put_lines(&page, 8);
    put_char(&page, 40, 200, 0x4E00, DAB_CHAR_WHITE); /* seen only on something dark */
    expect(&page, FALSE);
    page = new_page();
    put_lines(&page, 8);
    for (guint i = 0; i < 20; i++) put_char(&page, 40 + SIZE * (float)i, 200, 0xE000 + i, 0); /* a font that lies */
    expect(&page, FALSE);
}

static void expect_pages(const char *const *pages, const char *expected) {
    g_autoptr(GString) pdf = make_pdf(pages, NULL, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    DabSource source = {.path = "test.pdf", .media_type = "application/pdf", .data = (const guint8 *)pdf->str, .bytes = pdf->len};
    DabLayout *layout = dab_extract_pdf(pool, &source, &error);
    g_assert_no_error(error);
    g_autofree char *shown = show_layout(layout);
    g_assert_cmpstr(shown, ==, expected);
}

static void put_prose(GString *c, double x, double down) {
    static const char *const lines[] = {"Roads were built in all parts of", "the county, and bridges over two",
                                        "rivers that had none; schools of", "the east have new roofs and wells."};
    for (guint i = 0; i < 4; i++) put_text(c, 10, x, down + 14 * i, lines[i]);
}
#define PROSE                                                                                                                      \
    "Roads were built in all parts of/the county, and bridges over two/rivers that had none; schools of/the east have new roofs "  \
    "and wells."

static void put_line_across(GString *c, double down) {
    g_string_append_printf(c, "50 %g m 260 %g l S\n", 400 - down, 400 - down);
}

/* Two columns, the first of them 30 points wide, in rows at these heights. */
static void put_grid(GString *c, const double *down, guint n) {
    static const double at[] = {50, 80, 260};
    for (guint i = 0; i < n; i++) put_line_across(c, down[i]);
    for (guint i = 0; i < 3; i++) g_string_append_printf(c, "%g %g m %g %g l S\n", at[i], 400 - down[0], at[i], 400 - down[n - 1]);
}

static void test_lines_that_say_nothing(void) {
    g_autoptr(GString) c = g_string_new(NULL);
    put_prose(c, 50, 60);
    put_line_across(c, 64); /* underlined, with a rule above the foot of the page */
    put_line_across(c, 380);
    const char *pages[] = {c->str, NULL};
    expect_pages(pages, "P1 " PROSE "\n");
}

static void test_table_behind_prose(void) {
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    const double down[] = {60, 80, 100};
    put_prose(first, 50, 60);
    put_grid(second, down, 3);
    put_text(second, 10, 54, 74, "No");
    put_text(second, 10, 84, 74, "Task");
    put_text(second, 10, 54, 94, "1");
    put_text(second, 10, 84, 94, "Roads");
    const char *pages[] = {first->str, second->str, NULL};
    expect_pages(pages, "P1 " PROSE "\nT2 2 columns, 1 header, pages 2-2\n  No|Task\n  1|Roads\n");
}

/* What is left of a row's last cell fills a page: text like any other, but for the lines around it and the table before it. */
static void test_cell_like_prose(void) {
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    const double down[] = {300, 320, 380}, rest[] = {40, 380};
    put_grid(first, down, 3);
    put_text(first, 10, 54, 314, "No");
    put_text(first, 10, 84, 314, "Task");
    put_text(first, 10, 54, 334, "1");
    put_text(first, 10, 84, 334, "All of what was done in the");
    put_text(first, 10, 84, 348, "year is told here in short, as");
    put_text(first, 10, 84, 362, "the office that did it wrote of");
    put_grid(second, rest, 2);
    put_prose(second, 84, 54);
    const char *pages[] = {first->str, second->str, NULL};
    expect_pages(pages,
                 "T1 2 columns, 1 header, pages 1-2\n  No|Task\n  1|All of what was done in the//year is told here in short, "
                 "as//the office that did it wrote of/Roads were built in all parts of//the county, and bridges over two/rivers "
                 "that had none; schools of/the east have new roofs and wells.\n");
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8");
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/prose/lines", test_lines);
    g_test_add_func("/prose/beside", test_beside);
    g_test_add_func("/prose/signs", test_signs);
    g_test_add_func("/prose/lines-that-say-nothing", test_lines_that_say_nothing);
    g_test_add_func("/prose/table-behind-prose", test_table_behind_prose);
    g_test_add_func("/prose/cell-like-prose", test_cell_like_prose);
    return g_test_run();
}
