/* recognise.c: symbols of a picture → characters of a page. */
#include "extract/recognise.h"

#include <math.h>
#include <string.h>

#include "extract/grid.h"
#include "extract/ocr.h"
#include "extract/ocr_lines.h"
#include "extract/pixel_rows.h"
#include "extract/scan.h"

#define LEAST_INK 0.0001f /* share of black pixels: less is an empty page */
#define LEAST_INK_PIXELS 12u
#define EDGE 2u
#define BLACK 140
#define FRAME 2     /* a cell wider and higher than a half of the page */
#define MOSTLY 0.6f /* share of symbols that makes a page one of vertical writing */

struct DabRecognition {
    float angle;       /* by which it was turned to lie straight, radians clockwise */
    gboolean vertical; /* the page's lines go down: layout has them turned */
    float width, height;
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
    for (guint y = r.y0; y < r.y1; y++) memset(image->grey + (gsize)y * image->width + r.x0, 255, r.x1 - r.x0);
}

/* A frame around half a page holds columns and headlines; a cell holds lines. */
static DabOcrMode mode_of(const DabImage *image, Rectangle cell) {
    gboolean page = (cell.x1 - cell.x0) * FRAME > image->width && (cell.y1 - cell.y0) * FRAME > image->height;
    return page ? DAB_OCR_PAGE : DAB_OCR_BLOCK;
}

/* A neural net sees what there is, and only about where: the ends of a line are those of its ink. */
static void read_line(const DabImage *image, DabPixelRow row, GArray *symbols) {
    guint first = symbols->len;
    /* with the pale edges of its strokes */
    dab_ocr_read(image, DAB_OCR_LINE, row.x0 - MIN(row.x0, EDGE), row.y0 - MIN(row.y0, EDGE), MIN(row.x1 + EDGE, image->width),
                 MIN(row.y1 + EDGE, image->height), symbols);
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
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *grid = g_ptr_array_index(grids, i);
        for (guint k = 0; k < grid->cells->len; k++) {
            Rectangle cell = to_pixels(image, g_array_index(grid->cells, DabGridCell, k).box);
            if (has_ink(image, cell)) read_cell(image, cell, symbols);
        }
        wipe(image, to_pixels(image, grid->box));
    }
}

/* (x, y) → (y, width − x): what was the first line, the rightmost, is the topmost. */
static void lay_down(guint image_width, GArray *symbols, DabRawPage *page) {
    gint width = (gint)image_width;
    for (guint i = 0; i < symbols->len; i++) {
        DabSymbol *s = &g_array_index(symbols, DabSymbol, i), old = *s;
        s->x0 = old.y0;
        s->x1 = old.y1;
        s->y0 = width - old.x1;
        s->y1 = width - old.x0;
    }
    float height = page->height;
    g_array_set_size(page->segments, 0);
    page->height = page->width;
    page->width = height;
}

/* TRUE when the page was laid down. */
static gboolean read_symbols(DabImage *image, DabRawPage *page, GArray *symbols) {
    read_cells(image, page, symbols);
    guint in_cells = symbols->len;
    Rectangle all = {0, 0, image->width, image->height};
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
    if (vertical < MOSTLY || in_cells) return FALSE;
    g_array_set_size(symbols, 0);
    dab_ocr_read(image, DAB_OCR_VERTICAL, 0, 0, all.x1, all.y1, symbols);
    lay_down(image->width, symbols, page);
    return TRUE;
}

DabRecognition *dab_recognise(DabImage *taken, DabRawPage *page) {
    g_autoptr(DabImage) image = taken;
    float ink = 0;
    g_autoptr(GArray) segments = g_array_new(FALSE, TRUE, sizeof(DabSegment)),
                      symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    DabRecognition r = {.angle = dab_scan_clean(image, segments, &ink)};
    if (ink < LEAST_INK) return NULL;
    DabRawPage fresh = *page;
    fresh.segments = segments;
    r.width = fresh.width = (float)image->width / image->density;
    r.height = fresh.height = (float)image->height / image->density;
    r.vertical = read_symbols(image, &fresh, symbols);
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

/* The box moves with its middle: it stays a box. */
static DabBox turn(const DabRecognition *r, DabBox box) {
    if (dab_box_is_zero(box)) return box;
    if (r->vertical) box = (DabBox){r->width - box.y1, box.x0, r->width - box.y0, box.x1};
    float c = cosf(r->angle), s = sinf(r->angle);
    float x = dab_mid(box.x0, box.x1) - r->width / 2, y = dab_mid(box.y0, box.y1) - r->height / 2;
    float dx = x * c + y * s - x, dy = y * c - x * s - y;
    return (DabBox){box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
}

static void turn_table(const DabRecognition *r, DabTable *table, guint index) {
    if (index < table->first_page || index > table->last_page) return;
    if (index - table->first_page < table->boxes->len) {
        DabBox *box = &g_array_index(table->boxes, DabBox, index - table->first_page);
        *box = turn(r, *box);
    }
    for (guint i = 0; i < table->rows->len; i++) {
        GArray *cells = g_array_index(table->rows, DabRow, i).cells;
        for (guint k = 0; k < cells->len; k++) {
            DabCell *cell = &g_array_index(cells, DabCell, k);
            if (cell->page == index) cell->box = turn(r, cell->box);
        }
    }
}

void dab_recognition_turn_back(const DabRecognition *r, DabLayout *layout, guint index) {
    DabPage *page = &g_array_index(layout->pages, DabPage, index);
    page->width = r->width;
    page->height = r->height;
    if (r->angle == 0 && !r->vertical) return;
    for (guint i = 0; i < page->n_glyphs; i++) {
        DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, page->first_glyph + i);
        g->box = turn(r, g->box);
    }
    for (guint i = 0; i < layout->lines->len; i++) {
        DabLine *line = &g_array_index(layout->lines, DabLine, i);
        if (line->page == index) line->box = turn(r, line->box);
    }
    for (guint i = 0; i < layout->blocks->len; i++) {
        DabBlock *block = &g_array_index(layout->blocks, DabBlock, i);
        if (block->page == index) block->box = turn(r, block->box);
    }
    for (guint i = 0; i < layout->tables->len; i++) turn_table(r, g_ptr_array_index(layout->tables, i), index);
}
