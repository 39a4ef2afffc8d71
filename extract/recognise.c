/* recognise.c: symbols of a picture → characters of a page. */
#include "extract/recognise.h"

#include <math.h>
#include <string.h>

#include "dabiao/limits.h"
#include "extract/grid.h"
#include "extract/number_marks.h"
#include "extract/ocr.h"
#include "extract/ocr_lines.h"
#include "extract/percent_signs.h"
#include "extract/pixel_rows.h"
#include "extract/pixel_table.h"
#include "extract/pose.h"
#include "extract/put_signs.h"
#include "extract/scan.h"
#include "extract/sideways.h"
#include "extract/vertical.h"

#define LEAST_INK 0.0001f /* share of black pixels: less is an empty page */
#define LEAST_INK_PIXELS 12u
#define EDGE 2u
#define SURE_ONE 0.9f
#define BLACK 140
#define FRAME 2     /* a cell wider and higher than a half of the page */
#define MOSTLY 0.6f /* share of symbols that makes a page one of vertical writing */

struct DabRecognition {
    float angle;         /* by which it was turned to lie straight, radians clockwise */
    guint quarters;      /* before that it was turned to the left, to stand upright */
    gboolean vertical;   /* the page's lines go down: layout has them turned */
    float width, height; /* points, upright */
    const char *warning;
    gboolean cut;
};

void dab_recognition_free(DabRecognition *r) {
    g_free(r);
}

typedef struct {
    guint x0, y0, x1, y1;
} Rectangle;

static guint to_pixel(float at, float density, guint limit) {
    return (guint)CLAMP(lroundf(at * density), 0, (long)limit);
}
static Rectangle to_pixels(const DabImage *image, DabBox box) {
    float d = image->density;
    return (Rectangle){to_pixel(box.x0, d, image->width), to_pixel(box.y0, d, image->height), to_pixel(box.x1, d, image->width),
                       to_pixel(box.y1, d, image->height)};
}

static gboolean has_ink(const DabImage *image, Rectangle r) {
    guint n = 0;
    for (guint y = r.y0; y < r.y1; y++)
        for (guint x = r.x0; x < r.x1; x++)
            if (image->grey[(gsize)y * image->width + x] < BLACK && ++n > LEAST_INK_PIXELS) return TRUE;
    return FALSE;
}

static void wipe(DabImage *image, Rectangle r) {
    for (guint i = 0; i < image->signs->len;) {
        const DabPercentSign *s = &g_array_index(image->signs, DabPercentSign, i);
        guint x = (s->x0 + s->x1) / 2, y = (s->y0 + s->y1) / 2;
        if (x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1)
            g_array_remove_index(image->signs, i);
        else
            i++;
    }
    for (guint y = r.y0; y < r.y1; y++) memset(image->grey + (gsize)y * image->width + r.x0, 255, r.x1 - r.x0);
}

/* A frame around half a page holds columns and headlines; a cell holds lines. */
static DabOcrMode mode_of(const DabImage *image, Rectangle cell) {
    gboolean page = (cell.x1 - cell.x0) * FRAME > image->width && (cell.y1 - cell.y0) * FRAME > image->height;
    return page ? DAB_OCR_PAGE : DAB_OCR_BLOCK;
}

/* A line of ones and nothing else, but for a percent sign behind them. */
static gboolean read_ones(const DabImage *image, DabPixelRow row, GArray *symbols) {
    guint end = row.x1, first = symbols->len;
    for (guint i = 0; i < image->signs->len; i++) {
        const DabPercentSign *s = &g_array_index(image->signs, DabPercentSign, i);
        if (s->x0 > row.x0 && s->x1 + EDGE >= row.x1 && s->x1 <= row.x1 + EDGE && s->y0 + EDGE >= row.y0 && s->y1 <= row.y1 + EDGE)
            end = s->x0;
    }
    gint n = (gint)dab_ones_count(image, row.x0, row.y0, end, row.y1), width = (gint)(end - row.x0);
    for (gint i = 0; i < n; i++) {
        DabSymbol one = {.ch = '1',
                         .confidence = SURE_ONE,
                         .begins_line = i == 0,
                         .begins_word = i == 0,
                         .x0 = (gint)row.x0 + width * i / n,
                         .x1 = (gint)row.x0 + width * (i + 1) / n,
                         .y0 = (gint)row.y0,
                         .y1 = (gint)row.y1};
        g_array_append_val(symbols, one);
    }
    return n && dab_signs_put(image, row.x0, row.y0, row.x1, row.y1, symbols, first);
}

/* A neural net sees what there is, and only about where: the ends of a line are those of its ink. */
static void read_line(const DabImage *image, DabPixelRow row, GArray *symbols) {
    guint first = symbols->len;
    if (!read_ones(image, row, symbols)) {
        g_array_set_size(symbols, first);
        /* with the pale edges of its strokes */
        dab_ocr_read(image, DAB_OCR_LINE, row.x0 - MIN(row.x0, EDGE), row.y0 - MIN(row.y0, EDGE), MIN(row.x1 + EDGE, image->width),
                     MIN(row.y1 + EDGE, image->height), symbols);
    }
    if (symbols->len == first) return;
    g_array_index(symbols, DabSymbol, first).x0 = (gint)row.x0;
    g_array_index(symbols, DabSymbol, symbols->len - 1).x1 = (gint)row.x1;
    for (guint i = first; i < symbols->len; i++) {
        DabSymbol *s = &g_array_index(symbols, DabSymbol, i);
        s->begins_line = i == first;
        s->y0 = (gint)row.y0;
        s->y1 = (gint)row.y1;
    }
}

/* A cell's lines stand close, and Tesseract takes two for one: they are parted here, where the picture lies straight. */
static void read_cell(DabImage *image, Rectangle cell, GArray *symbols) {
    DabOcrMode mode = mode_of(image, cell);
    g_autoptr(GArray) rows = mode == DAB_OCR_BLOCK ? dab_rows_find(image, cell.x0, cell.y0, cell.x1, cell.y1) : NULL;
    if (!rows) dab_ocr_read(image, mode, cell.x0, cell.y0, cell.x1, cell.y1, symbols);
    for (guint i = 0; rows && i < rows->len; i++) {
        DabPixelRow row = g_array_index(rows, DabPixelRow, i);
        if (dab_row_trim(image, &row)) read_line(image, row, symbols);
    }
}

static void read_cells(DabImage *image, DabRawPage *page, GArray *symbols) {
    g_autoptr(DabPool) pool = dab_pool_new();
    GPtrArray *grids = dab_grids_find(pool, page);
    guint first = symbols->len;
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *grid = g_ptr_array_index(grids, i);
        for (guint k = 0; k < grid->cells->len; k++) {
            Rectangle cell = to_pixels(image, g_array_index(grid->cells, DabGridCell, k).box);
            if (has_ink(image, cell)) read_cell(image, cell, symbols);
        }
        dab_number_marks_mend(image, symbols, first);
        first = symbols->len;
        wipe(image, to_pixels(image, grid->box));
    }
}

/* The page's lines go down: it is read laid down, as if a quarter turn to the left had been given. */
static gboolean read_vertical(const DabImage *image, DabRawPage *page, GArray *symbols) {
    float height = page->height;
    g_array_set_size(symbols, 0);
    g_array_set_size(page->segments, 0);
    dab_vertical_read(image, symbols);
    page->height = page->width;
    page->width = height;
    return TRUE;
}

/* TRUE when the page was laid down. */
static gboolean read_symbols(DabImage *image, DabRawPage *page, GArray *symbols, const char **warning) {
    read_cells(image, page, symbols);
    guint in_cells = symbols->len;
    Rectangle all = {0, 0, image->width, image->height};
    dab_rules_wipe(image);
    if (!has_ink(image, all)) return FALSE;
    float vertical = 0;
    g_autoptr(GArray) zones = dab_zones_find(image);
    for (guint i = 0; i < zones->len; i++) {
        const DabPixelZone *zone = &g_array_index(zones, DabPixelZone, i);
        if (zone->single)
            read_line(image, zone->row, symbols);
        else
            vertical =
                MAX(vertical, dab_ocr_read(image, DAB_OCR_PAGE, zone->row.x0, zone->row.y0, zone->row.x1, zone->row.y1, symbols));
    }
    dab_number_marks_mend(image, symbols, in_cells);
    if (vertical < MOSTLY || in_cells) return FALSE;
    *warning = dab_ocr_vertical_missing();
    return !*warning && read_vertical(image, page, symbols);
}

/* The picture, clean and upright: turned as it must be. */
static DabPose set_upright(DabImage **image, GArray *segments, float *angle, float *ink) {
    DabPose pose = {0, FALSE};
    g_autoptr(DabImage) paper = dab_image_turn(*image, 0);
    *angle = dab_scan_clean(*image, segments, ink);
    if (*ink < LEAST_INK || !paper) return pose;
    pose = dab_pose_find(*image);
    if (!pose.quarters) return pose;
    dab_image_free(*image);
    *image = dab_image_turn(paper, pose.quarters);
    g_array_set_size(segments, 0);
    *angle = dab_scan_clean(*image, segments, ink);
    return pose;
}

DabRecognition *dab_recognise(DabImage *taken, DabRawPage *page) {
    float ink = 0;
    g_autoptr(GArray) segments = g_array_new(FALSE, TRUE, sizeof(DabSegment)),
                      symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    DabRecognition r = {.angle = 0};
    dab_ocr_allow(DAB_OCR_PAGE_SECONDS);
    DabPose pose = set_upright(&taken, segments, &r.angle, &ink);
    g_autoptr(DabImage) image = taken;
    if (ink < LEAST_INK) return NULL;
    image->signs = dab_percent_signs_find(image);
    DabRawPage fresh = *page;
    fresh.segments = segments;
    r.quarters = pose.quarters;
    r.width = fresh.width = (float)image->width / image->density;
    r.height = fresh.height = (float)image->height / image->density;
    r.vertical = pose.vertical ? read_vertical(image, &fresh, symbols) : read_symbols(image, &fresh, symbols, &r.warning);
    r.cut = dab_ocr_ran_out();
    if (!symbols->len) return NULL;
    page->width = fresh.width;
    page->height = fresh.height;
    g_array_set_size(page->segments, 0);
    g_array_append_vals(page->segments, segments->data, segments->len);
    g_array_set_size(page->chars, 0);
    g_array_set_size(page->images, 0); /* the scan itself: no figure among the text */
    dab_ocr_lines_take(symbols, image->density, page->chars);
    return g_memdup2(&r, sizeof r);
}

const char *dab_recognition_warning(const DabRecognition *r) {
    return r->warning;
}

gboolean dab_recognition_is_cut(const DabRecognition *r) {
    return r->cut;
}

/* The box moves with its middle: it stays a box. */
static DabBox lay_askew(const DabRecognition *r, DabBox box) {
    float c = cosf(r->angle), s = sinf(r->angle);
    float x = dab_mid(box.x0, box.x1) - r->width / 2, y = dab_mid(box.y0, box.y1) - r->height / 2;
    float dx = x * c + y * s - x, dy = y * c - x * s - y;
    return (DabBox){box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
}

static DabBox turn(gconstpointer data, DabBox box) {
    const DabRecognition *r = data;
    if (r->vertical) box = dab_quarter_right(box, r->width);
    box = lay_askew(r, box);
    for (guint i = 0; i < r->quarters; i++) box = dab_quarter_right(box, i % 2 ? r->width : r->height);
    return box;
}

void dab_recognition_turn_back(const DabRecognition *r, DabLayout *layout, guint index) {
    DabPage *page = &g_array_index(layout->pages, DabPage, index);
    page->width = r->quarters % 2 ? r->height : r->width;
    page->height = r->quarters % 2 ? r->width : r->height;
    if (r->angle != 0 || r->vertical || r->quarters) dab_page_boxes_move(layout, index, turn, r);
}
