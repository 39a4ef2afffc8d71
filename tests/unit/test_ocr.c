/* What is told of a scan by its ink, without recognition: percent signs, marks in numbers, ones, lines, turns. */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "extract/number_marks.h"
#include "extract/ocr.h"
#include "extract/ocr_lines.h"
#include "extract/page.h"
#include "extract/percent_signs.h"
#include "extract/pixel_table.h"
#include "extract/put_signs.h"

#define TEXT 36

static DabImage *new_paper(guint width, guint height) {
    DabImage *image = dab_image_new(width, height, 2);
    memset(image->grey, 255, (gsize)width * height);
    image->text = TEXT;
    return image;
}

static void fill(DabImage *image, guint x0, guint y0, guint x1, guint y1) {
    for (guint y = y0; y < y1; y++) memset(image->grey + (gsize)y * image->width + x0, 0, x1 - x0);
}

static void draw_ring(DabImage *image, float cx, float cy, float rx, float ry) {
    for (guint y = 0; y < image->height; y++)
        for (guint x = 0; x < image->width; x++) {
            float dx = ((float)x - cx) / rx, dy = ((float)y - cy) / ry, r = dx * dx + dy * dy;
            float ix = ((float)x - cx) / (rx - 3), iy = ((float)y - cy) / (ry - 3), inner = ix * ix + iy * iy;
            if (r <= 1 && inner >= 1) image->grey[(gsize)y * image->width + x] = 0;
        }
}

/* From (x0, y0) to (x1, y1), upwards to the right, three pixels wide. */
static void draw_stroke(DabImage *image, float x0, float y0, float x1, float y1) {
    for (float y = y1; y <= y0; y += 1) {
        guint x = (guint)(x0 + (x1 - x0) * (y0 - y) / (y0 - y1));
        fill(image, x - 1, (guint)y, x + 2, (guint)y + 1);
    }
}

/* 28 pixels high, 26 wide, its upper left corner at (x, y). */
static void draw_percent(DabImage *image, float x, float y) {
    draw_ring(image, x + 6, y + 7, 6, 7);
    draw_ring(image, x + 20, y + 21, 6, 7);
    draw_stroke(image, x + 7, y + 27, x + 19, y);
}

static void test_percent_sign(void) {
    g_autoptr(DabImage) image = new_paper(120, 60);
    draw_percent(image, 40, 16);
    g_autoptr(GArray) signs = dab_percent_signs_find(image);
    g_assert_cmpuint(signs->len, ==, 1);
    DabPercentSign s = g_array_index(signs, DabPercentSign, 0);
    g_assert_cmpuint(s.ch, ==, '%');
    g_assert_cmpint(abs((int)s.x0 - 40), <=, 1);
    g_assert_cmpint(abs((int)s.y1 - 44), <=, 1);
    g_assert_cmpint(abs((int)s.x1 - 66), <=, 1);
}

static void test_permille_sign(void) {
    g_autoptr(DabImage) image = new_paper(120, 60);
    draw_percent(image, 40, 16);
    draw_ring(image, 40 + 34, 16 + 21, 6, 7);
    g_autoptr(GArray) signs = dab_percent_signs_find(image);
    g_assert_cmpuint(signs->len, ==, 1);
    g_assert_cmpuint(g_array_index(signs, DabPercentSign, 0).ch, ==, 0x2030);
    g_assert_cmpuint(g_array_index(signs, DabPercentSign, 0).x1, >=, 80);
}

/* 9 and 6 are rings too, with a tail down and a tail up: no stroke runs through. */
static void test_no_percent_sign(void) {
    g_autoptr(DabImage) digits = new_paper(120, 60), rings = new_paper(120, 60);
    draw_ring(digits, 46, 24, 7, 8);
    fill(digits, 50, 24, 53, 44);
    draw_ring(digits, 64, 36, 7, 8);
    fill(digits, 57, 16, 60, 36);
    g_autoptr(GArray) none = dab_percent_signs_find(digits);
    g_assert_cmpuint(none->len, ==, 0);
    draw_ring(rings, 46, 23, 6, 7); /* 0。 */
    draw_ring(rings, 62, 37, 6, 7);
    g_autoptr(GArray) neither = dab_percent_signs_find(rings);
    g_assert_cmpuint(neither->len, ==, 0);
}

/* Paper that is all grain, and paper of unknown text. */
static void test_noise(void) {
    g_autoptr(DabImage) image = new_paper(900, 900);
    guint32 seed = 1;
    for (gsize i = 0; i < 900 * 900; i++) {
        seed = seed * 1664525u + 1013904223u;
        image->grey[i] = (guint8)(seed >> 24);
    }
    g_array_unref(dab_percent_signs_find(image));
    image->text = 0;
    g_autoptr(GArray) none = dab_percent_signs_find(image);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_cmpuint(dab_ones_count(image, 0, 0, 900, 900), ==, 0);
}

/* Symbols of one line, each 18 pixels wide from x = 20 on, 28 high from y = 16 on. */
static GArray *symbols_of(const char *text) {
    GArray *symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    gint x = 20;
    for (const char *p = text; *p; p = g_utf8_next_char(p), x += 18) {
        DabSymbol s = {g_utf8_get_char(p), 0.9f, symbols->len == 0, symbols->len == 0, x, 16, x + 16, 44};
        g_array_append_val(symbols, s);
    }
    return symbols;
}
static char *text_of(const GArray *symbols) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < symbols->len; i++) g_string_append_unichar(text, g_array_index(symbols, DabSymbol, i).ch);
    return g_string_free(text, FALSE);
}

static GArray *one_sign(guint x0, gunichar ch) {
    GArray *signs = g_array_new(FALSE, FALSE, sizeof(DabPercentSign));
    DabPercentSign sign = {x0, 16, x0 + 24, 44, ch};
    g_array_append_val(signs, sign);
    return signs;
}

static void check_put(const char *read, guint sign_x, const char *wanted) {
    g_autoptr(DabImage) image = new_paper(300, 60);
    g_autoptr(GArray) symbols = symbols_of(read);
    image->signs = one_sign(sign_x, '%');
    g_assert_true(dab_signs_put(image, 0, 0, 300, 60, symbols, 0));
    g_autofree char *text = text_of(symbols);
    g_assert_cmpstr(text, ==, wanted);
    for (guint i = 0; i < symbols->len; i++) g_assert_true(g_array_index(symbols, DabSymbol, i).begins_line == (i == 0));
}

static void test_put_signs(void) {
    check_put("率98", 74, "率98%");
    check_put("98、", 50, "98%、");
    check_put("98、", 40, "98%、"); /* boxes are rough: behind the figure is meant */
    check_put("", 100, "%");
    g_autoptr(DabImage) image = new_paper(300, 60);
    g_autoptr(GArray) symbols = symbols_of("6.4");
    image->signs = one_sign(12, '%'); /* 96.4 was taken for %.4 */
    g_array_remove_index(symbols, 0);
    g_array_index(symbols, DabSymbol, 0).begins_line = TRUE;
    g_assert_false(dab_signs_put(image, 0, 0, 300, 60, symbols, 0));
    g_assert_cmpuint(image->signs->len, ==, 0);
}

/* Two digits of blocks, and what stands between them at the line they stand on. */
static void check_mark(const char *read, guint below, const char *wanted) {
    g_autoptr(DabImage) image = new_paper(300, 70);
    g_autoptr(GArray) symbols = symbols_of(read);
    for (guint i = 0; i < symbols->len; i++) {
        const DabSymbol *s = &g_array_index(symbols, DabSymbol, i);
        if (g_unichar_isdigit(s->ch))
            fill(image, (guint)s->x0 + 2, 16, (guint)s->x1 - 2, 44);
        else
            fill(image, (guint)s->x0 + 6, 40, (guint)s->x0 + 10, 44 + below);
    }
    dab_number_marks_mend(image, symbols, 0);
    g_autofree char *text = text_of(symbols);
    g_assert_cmpstr(text, ==, wanted);
}

static void test_number_marks(void) {
    check_mark("1.200", 6, "1,200");
    check_mark("1.200", 0, "1.200");
    check_mark("1.20", 6, "1.20"); /* no group of three: it was read so */
    check_mark("3,2", 0, "3.2");
    check_mark("3。2", 0, "3.2");
}

static void test_lost_mark(void) {
    g_autoptr(DabImage) image = new_paper(300, 70);
    g_autoptr(GArray) symbols = symbols_of("96x5");
    g_array_remove_index(symbols, 2);
    for (guint i = 0; i < symbols->len; i++) {
        const DabSymbol *s = &g_array_index(symbols, DabSymbol, i);
        fill(image, (guint)s->x0 + 2, 16, (guint)s->x1 - 2, 44);
    }
    fill(image, 62, 40, 66, 44);
    dab_number_marks_mend(image, symbols, 0);
    g_autofree char *text = text_of(symbols);
    g_assert_cmpstr(text, ==, "96.5");
}

static void test_ones(void) {
    g_autoptr(DabImage) image = new_paper(200, 60);
    fill(image, 30, 16, 34, 44);
    g_assert_cmpuint(dab_ones_count(image, 20, 10, 180, 50), ==, 0); /* may be a piece of a ruling */
    fill(image, 48, 16, 52, 44);
    g_assert_cmpuint(dab_ones_count(image, 20, 10, 180, 50), ==, 2);
    fill(image, 27, 41, 55, 44); /* feet that touch */
    g_assert_cmpuint(dab_ones_count(image, 20, 10, 180, 50), ==, 2);
    fill(image, 70, 16, 90, 20);
    g_assert_cmpuint(dab_ones_count(image, 20, 10, 180, 50), ==, 0);
}

static void test_turn(void) {
    g_autoptr(DabImage) image = new_paper(5, 3);
    for (guint i = 0; i < 15; i++) image->grey[i] = (guint8)i;
    g_autoptr(DabImage) left = dab_image_turn(image, 1), over = dab_image_turn(image, 2), right = dab_image_turn(image, 3);
    g_assert_cmpuint(left->width, ==, 3);
    g_assert_cmpuint(left->grey[0], ==, 4); /* what was the right end of the first row is the top of the first column */
    g_assert_cmpuint(over->grey[0], ==, 14);
    g_assert_cmpuint(right->grey[0], ==, 10);
    g_autoptr(DabImage) again = dab_image_turn(left, 3);
    g_assert_cmpmem(again->grey, 15, image->grey, 15);
}

static void check_lines(const char *read, const char *wanted) {
    g_autoptr(GArray) symbols = symbols_of(read), chars = g_array_new(FALSE, TRUE, sizeof(DabChar));
    dab_ocr_lines_take(symbols, 2, chars);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < chars->len; i++) g_string_append_unichar(text, g_array_index(chars, DabChar, i).glyph.ch);
    g_assert_cmpstr(text->str, ==, wanted);
}

static void test_mended(void) {
    check_lines("达9O%。", "达90%。");
    check_lines("率9o℅。", "率90%。");
    check_lines("完成90/0。", "完成90/0。"); /* may be a score */
    check_lines("占1l.5%", "占11.5%");
    check_lines("有1I2家", "有112家");
    check_lines("长8。5米", "长8.5米");
    check_lines("计1，200人", "计1,200人");
    check_lines("率5%o，", "率5‰，");
    check_lines("分之力十。", "分之九十。");
    check_lines("计四十入。", "计四十八。");
    check_lines("用力十分大", "用力十分大");
    check_lines("OK股", "OK股");
    check_lines("培训〈人次)", "培训(人次)");
    check_lines("科研站《家）", "科研站（家）");
    check_lines("《规划(草案)》", "《规划(草案)》");
}

static void test_rows(void) {
    g_autoptr(DabImage) image = new_paper(200, 200);
    for (guint i = 0; i < 3; i++) fill(image, 20, 20 + i * 50, 150, 52 + i * 50);
    g_autoptr(GArray) rows = dab_rows_find(image, 0, 0, 200, 200);
    g_assert_cmpuint(rows->len, ==, 3);
    DabPixelRow row = g_array_index(rows, DabPixelRow, 1);
    g_assert_true(dab_row_trim(image, &row));
    g_assert_cmpuint(row.y0, ==, 70);
    g_assert_cmpuint(row.x1, ==, 150);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabPixelZone));
    fill(image, 10, 160, 14, 164);
    dab_row_cut(image, (DabPixelRow){0, 158, 200, 168}, pieces);
    g_assert_cmpuint(pieces->len, ==, 1);
    fill(image, 150, 160, 154, 164);
    dab_row_cut(image, (DabPixelRow){0, 158, 200, 168}, pieces);
    g_assert_cmpuint(pieces->len, ==, 3);
}

/* Rows of a table stand close; a narrow gap of the header parts two names where the figures below are parted. */
static void test_open_table(void) {
    static const guint cells[4][6] = {
        {20, 100, 400, 540, 570, 720}, {20, 160, 420, 500, 640, 700}, {20, 170, 420, 500, 640, 700}, {20, 150, 440, 500, 650, 700}};
    g_autoptr(DabImage) image = new_paper(900, 400);
    for (guint i = 0; i < 4; i++)
        for (guint k = 0; k < 6; k += 2) fill(image, cells[i][k], 20 + i * 46, cells[i][k + 1], 52 + i * 46);
    fill(image, 10, 57, 890, 60); /* a rule below the header */
    dab_rules_wipe(image);
    g_autoptr(GArray) table = dab_zones_find(image);
    g_assert_cmpuint(table->len, ==, 12);
    for (guint i = 0; i < table->len; i++) {
        DabPixelZone zone = g_array_index(table, DabPixelZone, i);
        g_assert_true(zone.single);
        g_assert_cmpuint(zone.row.x0, ==, cells[i / 3][i % 3 * 2]);
        g_assert_cmpuint(zone.row.x1, ==, cells[i / 3][i % 3 * 2 + 1]);
    }
    g_autoptr(DabImage) prose = new_paper(900, 400);
    for (guint i = 0; i < 4; i++)
        for (guint k = 0; k < 8; k++) fill(prose, 20 + k * 100, 20 + i * 46, 105 + k * 100, 52 + i * 46);
    g_autoptr(GArray) zones = dab_zones_find(prose);
    g_assert_cmpuint(zones->len, ==, 1);
    g_assert_false(g_array_index(zones, DabPixelZone, 0).single);
}

/* A page that takes too long is given up. */
static void test_time(void) {
    g_autoptr(DabImage) image = new_paper(200, 60);
    g_autoptr(GArray) symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    if (dab_ocr_missing()) {
        g_test_skip("no OCR");
        return;
    }
    fill(image, 30, 30, 60, 33); /* a dash */
    dab_ocr_allow(0);
    g_assert_true(dab_ocr_ran_out());
    dab_ocr_read(image, DAB_OCR_LINE, 0, 0, 200, 60, symbols);
    g_assert_cmpuint(symbols->len, ==, 0);
    dab_ocr_allow(100);
    g_assert_false(dab_ocr_ran_out());
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ocr/percent-sign", test_percent_sign);
    g_test_add_func("/ocr/permille-sign", test_permille_sign);
    g_test_add_func("/ocr/no-percent-sign", test_no_percent_sign);
    g_test_add_func("/ocr/noise", test_noise);
    g_test_add_func("/ocr/put-signs", test_put_signs);
    g_test_add_func("/ocr/number-marks", test_number_marks);
    g_test_add_func("/ocr/lost-mark", test_lost_mark);
    g_test_add_func("/ocr/ones", test_ones);
    g_test_add_func("/ocr/turn", test_turn);
    g_test_add_func("/ocr/mended", test_mended);
    g_test_add_func("/ocr/rows", test_rows);
    g_test_add_func("/ocr/open-table", test_open_table);
    g_test_add_func("/ocr/time", test_time);
    return g_test_run();
}
