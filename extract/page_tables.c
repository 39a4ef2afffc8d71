/* page_tables.c: the tables of a page. */
#include "extract/page_tables.h"

#include "extract/cells.h"
#include "extract/refine.h"
#include "extract/unruled.h"

/* The grid that ends the page before and is as wide as this one, which may go on from it; or NULL. */
static const DabGrid *grid_before(const DabGrid *grid, const DabPageWork *before) {
    if (!before || !before->grids->len) return NULL;
    const DabGrid *last = before->grids->pdata[before->grids->len - 1];
    float left = grid->box.x0 - last->box.x0, right = grid->box.x1 - last->box.x1;
    return ABS(left) < 4 && ABS(right) < 4 ? last : NULL;
}

/* A frame around text, or the rules between the columns of a newspaper, makes a grid too. One row or one column is a
 * table only where a table of the same width ends the page before it. */
static gboolean is_table(const DabGrid *grid, const DabPageWork *before, gfloat page_height) {
    if (dab_grid_rows(grid) > 1 && dab_grid_columns(grid) > 1) return TRUE;
    if (grid_before(grid, before)) return TRUE;
    return dab_grid_columns(grid) > 1 && grid->box.y1 - grid->box.y0 < 0.15f * page_height;
}

static gboolean holds(DabBox outer, DabBox inner) {
    return inner.x0 > outer.x0 - 1 && inner.x1 < outer.x1 + 1 && inner.y0 > outer.y0 - 1 && inner.y1 < outer.y1 + 1;
}

/* Lines that make many cells with next to no text in them are a drawing, and so is what stands around one: axes, bars, a
 * frame, a legend. */
static gboolean is_drawing(DabPool *pool, const DabGrid *grid, const DabWordRows *words, const GArray *drawings) {
    guint filled = dab_grid_count_filled(pool, grid, words);
    if (filled < 2 || filled * 6 < grid->cells->len || (filled == 2 && grid->cells->len > 4)) return TRUE;
    for (guint i = 0; i < drawings->len; i++)
        if (holds(grid->box, g_array_index(drawings, DabBox, i))) return TRUE;
    return FALSE;
}

/* Grids that are none go; what they draw is kept in `drawings`. Twice: a frame may come before what it is around. */
static void drop_drawings(DabPool *pool, DabPageWork *page, const DabPageWork *before, const DabWordList *list, GArray *drawings) {
    for (guint round = 0; round < 2; round++)
        for (guint i = 0; i < page->grids->len;) {
            DabGrid *grid = page->grids->pdata[i];
            const DabWordRows *words = dab_words_in(pool, list, grid->box);
            const DabGrid *last = grid_before(grid, before);
            if (!last && is_drawing(pool, grid, words, drawings)) {
                g_array_append_val(drawings, grid->box);
                g_ptr_array_remove_index(page->grids, i);
                continue;
            }
            if (round) dab_grid_refine(pool, grid, words, last && last->by_lines);
            i++;
        }
}

void dab_page_tables_find(DabPool *pool, DabPageWork *page, const DabPageWork *before) {
    page->grids = dab_grids_find(pool, &page->raw);
    for (guint i = 0; i < page->grids->len;) {
        if (is_table(g_ptr_array_index(page->grids, i), before, page->raw.height))
            i++;
        else
            g_ptr_array_remove_index(page->grids, i);
    }
    page->runs = dab_runs_make(pool, page->raw.chars, NULL);
    const DabWordList *words = dab_words_read(pool, page->raw.chars, page->runs);
    g_autoptr(GArray) drawings = g_array_new(FALSE, FALSE, sizeof(DabBox));
    if (page->grids->len) drop_drawings(pool, page, before, words, drawings);
    dab_unruled_find(pool, page, before, words, drawings);
    if (page->grids->len) page->runs = dab_runs_make(pool, page->raw.chars, dab_cells_place(pool, page));
}
