#include "extract/draft.h"

#define MAX_ROW_SPAN 2000 /* a cell over more rows exists only in hostile files */

/* The cell that holds `column` in the draft's last row, be it begun rows above. */
static DabDraftCell *last_cell(const DabDraft *d, guint column, guint *row) {
    for (guint up = 0; up < d->rows->len && up < MAX_ROW_SPAN; up++) {
        GArray *cells = dab_draft_row(d->rows, d->rows->len - 1 - up);
        for (guint i = 0; i < cells->len; i++) {
            DabDraftCell *c = &g_array_index(cells, DabDraftCell, i);
            if (c->cell.column <= column && column < c->cell.column + c->cell.col_span && c->cell.row_span > up) {
                *row = d->rows->len - 1 - up;
                return c;
            }
        }
    }
    return NULL;
}

/* The text of the cell reaches its bottom edge and stops there in mid-sentence. */
static gboolean is_cut(const DabDraft *d, const DabDraftCell *cell, gboolean *reaches) {
    const DabLine *last = cell->lines->len ? &g_array_index(cell->lines, DabLine, cell->lines->len - 1) : NULL;
    *reaches = last && d->bottom - last->box.y1 < 1.8f * last->size;
    return *reaches && !dab_line_ends_sentence(d->layout, last) && cell->width - (last->box.x1 - last->box.x0) < 1.6f * last->size;
}

gboolean dab_draft_row_goes_on(const DabDraft *d, const GArray *row, gboolean open) {
    guint filled = 0, fits = 0, cut = 0, left_empty = 0;
    gboolean key_empty = FALSE, key_seen = FALSE;
    for (guint i = 0; i < row->len; i++) {
        const DabDraftCell *c = &g_array_index(row, DabDraftCell, i);
        guint at;
        const DabDraftCell *above = last_cell(d, c->cell.column, &at);
        if (!above || above->cell.column != c->cell.column || above->cell.col_span != c->cell.col_span) return FALSE;
        gboolean reaches = FALSE, in_sentence = is_cut(d, above, &reaches), group = above->cell.row_span > 1;
        if (!group && above->lines->len && !key_seen) {
            key_seen = TRUE;
            key_empty = !c->lines->len;
        }
        if (!c->lines->len) {
            left_empty += above->lines->len > 0 && !group;
            continue;
        }
        filled++;
        fits += reaches || !above->lines->len;
        cut += in_sentence;
    }
    if (open) return TRUE;
    if (!filled || !left_empty) return FALSE;
    return (key_empty && left_empty > filled) || (fits == filled && (cut || left_empty >= filled));
}

static void append_lines(DabDraftCell *to, const DabDraftCell *from) {
    g_array_append_vals(to->lines, from->lines->data, from->lines->len);
    to->width = MAX(to->width, from->width);
}

void dab_draft_join_row(DabDraft *d, const GArray *row) {
    for (guint i = 0; i < row->len; i++) {
        const DabDraftCell *c = &g_array_index(row, DabDraftCell, i);
        guint at;
        DabDraftCell *above = last_cell(d, c->cell.column, &at);
        append_lines(above, c);
        above->cell.row_span += c->cell.row_span - 1;
    }
}

void dab_draft_extend_groups(DabDraft *d, GArray *row) {
    gboolean open = FALSE;
    for (guint i = 0; i < row->len;) {
        const DabDraftCell *c = &g_array_index(row, DabDraftCell, i);
        guint at;
        DabDraftCell *above = last_cell(d, c->cell.column, &at);
        gboolean same = above && above->cell.column == c->cell.column && above->cell.col_span == c->cell.col_span;
        if (c->lines->len || !same || !(open || above->cell.row_span > 1 || c->cell.row_span > 1)) break;
        open = TRUE; /* what the group holds goes on with it */
        above->cell.row_span += c->cell.row_span;
        g_array_remove_index(row, i);
    }
}
