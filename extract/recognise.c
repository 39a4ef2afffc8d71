/* recognise.c: symbols of a picture → characters of a page. */
#include "extract/recognise.h"

#include <math.h>
#include <string.h>

#include "extract/grid.h"
#include "extract/ocr.h"
#include "extract/ocr_lines.h"
#include "extract/scan.h"

#define LEAST_INK 0.0001f /* share of black pixels: less is an empty page */
#define LEAST_INK_PIXELS 12u
#define BLACK 140
#define MOSTLY 0.6f /* share of symbols that makes a page one of vertical writing */

struct DabRecognition {
    DabImage *image;
    float angle;       /* by which it was turned to lie straight, radians clockwise */
    gboolean vertical; /* the page's lines go down: layout has them turned */
    float width, height;
};

DabRecognition *dab_recognition_begin(DabImage *image, DabRawPage *page) {
    float ink = 0;
    g_autoptr(GArray) segments = g_array_new(FALSE, TRUE, sizeof(DabSegment));
    float angle = dab_scan_clean(image, segments, &ink);
    if (ink < LEAST_INK) {
        dab_image_free(image);
        return NULL;
    }
    DabRecognition *r = g_new0(DabRecognition, 1);
    *r = (DabRecognition){.image = image, .angle = angle};
    r->width = page->width = (float)image->width / image->density;
    r->height = page->height = (float)image->height / image->density;
    g_array_set_size(page->segments, 0);
    if (segments->len) g_array_append_vals(page->segments, segments->data, segments->len);
    return r;
}

void dab_recognition_free(DabRecognition *r) {
    if (!r) return;
    dab_image_free(r->image);
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

static void read_cells(DabRecognition *r, const GPtrArray *grids, GArray *symbols) {
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *grid = g_ptr_array_index(grids, i);
        for (guint k = 0; k < grid->cells->len; k++) {
            Rectangle cell = to_pixels(r->image, g_array_index(grid->cells, DabGridCell, k).box);
            if (has_ink(r->image, cell)) dab_ocr_read(r->image, DAB_OCR_BLOCK, cell.x0, cell.y0, cell.x1, cell.y1, symbols);
        }
        Rectangle all = to_pixels(r->image, grid->box);
        wipe(r->image, all);
    }
}

/* (x, y) → (y, width − x): what was the first line, the rightmost, is the topmost. */
static void lay_down(DabRecognition *r, GArray *symbols, DabRawPage *page) {
    gint width = (gint)r->image->width;
    for (guint i = 0; i < symbols->len; i++) {
        DabSymbol *s = &g_array_index(symbols, DabSymbol, i), old = *s;
        s->x0 = old.y0;
        s->x1 = old.y1;
        s->y0 = width - old.x1;
        s->y1 = width - old.x0;
    }
    g_array_set_size(page->segments, 0);
    page->width = r->height;
    page->height = r->width;
    r->vertical = TRUE;
}

void dab_recognition_read(DabRecognition *r, const GPtrArray *grids, DabRawPage *page) {
    g_autoptr(GArray) symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    read_cells(r, grids, symbols);
    guint in_cells = symbols->len;
    Rectangle all = {0, 0, r->image->width, r->image->height};
    if (has_ink(r->image, all)) {
        float vertical = dab_ocr_read(r->image, DAB_OCR_PAGE, 0, 0, all.x1, all.y1, symbols);
        if (vertical > MOSTLY && !in_cells) {
            g_array_set_size(symbols, 0);
            dab_ocr_read(r->image, DAB_OCR_VERTICAL, 0, 0, all.x1, all.y1, symbols);
            lay_down(r, symbols, page);
        }
    }
    g_array_set_size(page->chars, 0);
    g_array_set_size(page->images, 0); /* the scan itself: no figure among the text */
    dab_ocr_lines_take(symbols, r->image->density, page->chars);
    g_clear_pointer(&r->image, dab_image_free);
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
