/* sideways.c: text that lies on a side → upright, and its boxes back. */
#include "extract/sideways.h"

#include <math.h>

#define MIN_STEPS 30u /* from a character to the next, that tell a direction */
#define SAMPLE 200u   /* steps after which upright text is known for what it is */
#define NARROW 0.75f  /* of the font size: digits and Latin letters are narrower; hanzi below each other are no text on its side */

typedef enum { RIGHT, DOWN, LEFT, UP } Direction;

static DabBox quarter_left(DabBox box, float width) {
    return (DabBox){box.y0, width - box.x1, box.y1, width - box.x0};
}

DabBox dab_quarter_right(DabBox box, float height) {
    return (DabBox){height - box.y1, box.x0, height - box.y0, box.x1};
}

/* Where most characters stand as seen from the one before. FALSE: there is no such direction. */
static gboolean find_direction(const GArray *chars, Direction *direction) {
    guint n[4] = {0}, all = 0, narrow = 0;
    for (guint i = 1; i < chars->len; i++) {
        const DabChar *a = &g_array_index(chars, DabChar, i - 1), *b = &g_array_index(chars, DabChar, i);
        if ((a->style | b->style) & DAB_CHAR_BLANK) continue;
        float x = dab_mid(b->glyph.box.x0, b->glyph.box.x1) - dab_mid(a->glyph.box.x0, a->glyph.box.x1);
        float y = dab_mid(b->glyph.box.y0, b->glyph.box.y1) - dab_mid(a->glyph.box.y0, a->glyph.box.y1);
        float size = a->glyph.size, step = fabsf(x) + fabsf(y);
        if (step > 1.5f * size || step < 0.1f * size || MIN(fabsf(x), fabsf(y)) > 0.25f * size) continue;
        Direction d = fabsf(x) > fabsf(y) ? (x > 0 ? RIGHT : LEFT) : y > 0 ? DOWN : UP;
        n[d]++;
        narrow += d == DOWN && step < NARROW * size;
        if (++all == SAMPLE && n[RIGHT] * 2 > all) return FALSE;
    }
    for (Direction d = DOWN; d <= UP; d++) {
        if (all < MIN_STEPS || n[d] * 5 < all * 4 || (d == DOWN && narrow * 3 < n[d])) continue;
        *direction = d;
        return TRUE;
    }
    return FALSE;
}

gboolean dab_sideways_lies(const GArray *chars) {
    Direction d = RIGHT;
    return find_direction(chars, &d) && d != LEFT;
}

static void turn_boxes(GArray *boxes, float width) {
    for (guint i = 0; boxes && i < boxes->len; i++) {
        DabBox *box = &g_array_index(boxes, DabBox, i);
        *box = quarter_left(*box, width);
    }
}

static void turn_left(DabRawPage *page) {
    float width = page->width;
    for (guint i = 0; i < page->chars->len; i++) {
        DabBox *box = &g_array_index(page->chars, DabChar, i).glyph.box;
        *box = quarter_left(*box, width);
    }
    for (guint i = 0; i < page->segments->len; i++) {
        DabSegment *s = &g_array_index(page->segments, DabSegment, i), old = *s;
        *s = old.vertical ? (DabSegment){FALSE, width - old.at, old.from, old.to}
                          : (DabSegment){TRUE, old.at, width - old.to, width - old.from};
    }
    turn_boxes(page->images, width);
    turn_boxes(page->shades, width);
    page->width = page->height;
    page->height = width;
}

guint dab_sideways_set_upright(DabRawPage *page) {
    Direction d;
    if (!find_direction(page->chars, &d)) return 0;
    for (guint i = 0; i < d; i++) turn_left(page); /* DOWN: once, LEFT: twice, UP: three times */
    return d;
}

static DabBox move(DabBoxFunc func, gconstpointer data, DabBox box) {
    return dab_box_is_zero(box) ? box : func(data, box);
}

static void move_table(DabTable *table, guint index, DabBoxFunc func, gconstpointer data) {
    if (index < table->first_page || index > table->last_page) return;
    if (index - table->first_page < table->boxes->len) {
        DabBox *box = &g_array_index(table->boxes, DabBox, index - table->first_page);
        *box = move(func, data, *box);
    }
    for (guint i = 0; i < table->rows->len; i++) {
        GArray *cells = g_array_index(table->rows, DabRow, i).cells;
        for (guint k = 0; k < cells->len; k++) {
            DabCell *cell = &g_array_index(cells, DabCell, k);
            if (cell->page == index) cell->box = move(func, data, cell->box);
        }
    }
}

void dab_page_boxes_move(DabLayout *layout, guint index, DabBoxFunc func, gconstpointer data) {
    const DabPage *page = &g_array_index(layout->pages, DabPage, index);
    for (guint i = 0; i < page->n_glyphs; i++) {
        DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, page->first_glyph + i);
        g->box = move(func, data, g->box);
    }
    for (guint i = 0; i < layout->lines->len; i++) {
        DabLine *line = &g_array_index(layout->lines, DabLine, i);
        if (line->page == index) line->box = move(func, data, line->box);
    }
    for (guint i = 0; i < layout->blocks->len; i++) {
        DabBlock *block = &g_array_index(layout->blocks, DabBlock, i);
        if (block->page == index) block->box = move(func, data, block->box);
    }
    for (guint i = 0; i < layout->tables->len; i++) move_table(g_ptr_array_index(layout->tables, i), index, func, data);
}

typedef struct {
    guint quarters;
    float width, height; /* of the page as it was turned */
} Back;

static DabBox lay_back(gconstpointer data, DabBox box) {
    const Back *back = data;
    for (guint i = 0; i < back->quarters; i++) box = dab_quarter_right(box, i % 2 ? back->width : back->height);
    return box;
}

void dab_sideways_lay_back(DabLayout *layout, guint index, guint quarters) {
    DabPage *page = &g_array_index(layout->pages, DabPage, index);
    Back back = {quarters, page->width, page->height};
    if (!quarters) return;
    dab_page_boxes_move(layout, index, lay_back, &back);
    page->width = quarters % 2 ? back.height : back.width;
    page->height = quarters % 2 ? back.width : back.height;
}
