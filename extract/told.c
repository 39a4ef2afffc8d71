/* told.c: shapes of tables → rows of words that have them. */
#include "extract/told.h"

#define ROW_STEP 4.0f /* of the font size: rows further apart are of no one table */
#define CELL_GAP 0.9f /* of the font size: between two cells */
#define MAX_TRIED 20u /* tables of one page that rows are compared with */
#define MIN_ROWS 2u

static gboolean is_taken(const GPtrArray *taken, const DabWordRow *row) {
    for (guint i = 0; i < taken->len; i++) {
        DabBox box = ((const DabGrid *)taken->pdata[i])->box;
        float y = dab_mid(row->y0, row->y1);
        if (y > box.y0 && y < box.y1 && dab_overlap(row->x0, row->x1, box.x0, box.x1) > 0) return TRUE;
    }
    return FALSE;
}

static gboolean may_be_row(const DabWordRows *w, guint index, const GPtrArray *taken) {
    const DabWordRow *row = dab_word_row(w, index);
    gboolean gap = FALSE;
    for (guint i = row->first + 1; i < row->first + row->n && !gap; i++)
        gap = dab_word(w, i)->box.x0 - dab_word(w, i - 1)->box.x1 > CELL_GAP * row->size;
    return gap && !row->leader && !is_taken(taken, row);
}

/* Rows from `first` on that may be those of one table; where they end. */
static guint end_of_rows(const DabWordRows *w, guint first, const GPtrArray *taken) {
    guint end = first;
    while (end < w->rows->len && may_be_row(w, end, taken) &&
           (end == first || dab_row_mid(w, end) - dab_row_mid(w, end - 1) < ROW_STEP * dab_word_row(w, end)->size))
        end++;
    return end;
}

/* The grid of the rows if they have the shape that is told: as many columns, as many rows, none of which is empty. */
static DabGrid *fit(DabPool *pool, const DabWordRows *w, guint first, guint end, const DabToldTable *told) {
    guint header = first + MIN(told->n_header, end - first - 1);
    DabOpenTable t = {.words = w, .first = first, .header = header, .end = end, .box = {G_MAXFLOAT, G_MAXFLOAT, 0, 0}};
    g_autofree guint *votes = g_new(guint, end - first);
    for (guint i = first; i < end; i++) votes[i - first] = i;
    t.inks = dab_gaps_find(pool, w, votes, end - first, first, first, NULL);
    if (t.inks->len != told->n_columns) return NULL;
    dab_open_table_set_box(&t);
    DabGrid *grid = dab_open_grid_make(pool, &t);
    return grid && dab_grid_rows(grid) == told->n_rows ? grid : NULL;
}

/* Marks the tables of the tree that others have found, one for each. */
static void mark_known(const GArray *told, guint page, const GPtrArray *taken, gboolean *used) {
    for (guint i = 0; i < taken->len; i++) {
        const DabGrid *grid = taken->pdata[i];
        for (guint k = 0; k < told->len; k++) {
            const DabToldTable *t = &g_array_index(told, DabToldTable, k);
            if (used[k] || t->page != page || t->n_rows != dab_grid_rows(grid) || t->n_columns != dab_grid_columns(grid)) continue;
            used[k] = TRUE;
            break;
        }
    }
}

GPtrArray *dab_told_find(DabPool *pool, DabPdf *pdf, guint page, const DabWordRows *w, const GPtrArray *taken) {
    GPtrArray *found = dab_pool_ptr_array(pool);
    const GArray *told = NULL;
    g_autofree gboolean *used = NULL;
    for (guint i = 0, end; i < w->rows->len; i = MAX(end, i + 1)) {
        end = end_of_rows(w, i, taken);
        if (end - i < MIN_ROWS) continue;
        if (!told) {
            told = dab_pdf_told_tables(pdf);
            used = g_new0(gboolean, told->len + 1);
            mark_known(told, page, taken, used);
        }
        for (guint k = 0, tried = 0; k < told->len && tried < MAX_TRIED; k++) {
            const DabToldTable *t = &g_array_index(told, DabToldTable, k);
            if (used[k] || t->page != page || t->n_columns < 2 || t->n_rows < MIN_ROWS || t->n_rows > end - i) continue;
            DabGrid *grid = fit(pool, w, i, end, t);
            tried++;
            if (!grid) continue;
            used[k] = TRUE;
            g_ptr_array_add(found, grid);
            break;
        }
    }
    return found;
}
