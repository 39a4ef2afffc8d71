#include "extract/draft.h"

#define MAX_HEADER 6      /* rows; no table has a deeper one */
#define MAX_NAME 24       /* characters: a column's name is short */
#define MAX_ROWS_ABOVE 40 /* of a form, above the table within it */

static const DabGlyph *next_visible(const DabLayout *layout, const GArray *lines, guint *line, guint *glyph) {
    for (; *line < lines->len; ++*line, *glyph = 0) {
        const DabLine *l = &g_array_index(lines, DabLine, *line);
        while (*glyph < l->n_glyphs) {
            const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, l->first_glyph + (*glyph)++);
            if (g->ch != ' ') return g;
        }
    }
    return NULL;
}

static gboolean same_text(const DabLayout *layout, const GArray *a, const GArray *b) {
    guint la = 0, ga = 0, lb = 0, gb = 0;
    for (;;) {
        const DabGlyph *x = next_visible(layout, a, &la, &ga), *y = next_visible(layout, b, &lb, &gb);
        if (!x || !y) return x == y;
        if (x->ch != y->ch) return FALSE;
    }
}

static gboolean same_row(const DabLayout *layout, const GArray *a, const GArray *b) {
    gboolean any = FALSE;
    if (a->len != b->len) return FALSE;
    for (guint i = 0; i < a->len; i++) {
        const DabDraftCell *x = &g_array_index(a, DabDraftCell, i), *y = &g_array_index(b, DabDraftCell, i);
        if (x->cell.column != y->cell.column || !same_text(layout, x->lines, y->lines)) return FALSE;
        any = any || x->lines->len;
    }
    return any;
}

/* How many rows at the top of the new part say again what rows of the draft from `at` on said. */
static guint count_repeated(const DabDraft *d, guint at, const GPtrArray *rows) {
    guint n = 0;
    while (n < MAX_HEADER && at + n < d->rows->len && n < rows->len &&
           same_row(d->layout, dab_draft_row(d->rows, at + n), dab_draft_row(rows, n)))
        n++;
    return n;
}

static guint visible_glyphs(const DabLayout *layout, const DabDraftCell *c) {
    guint n = 0, line = 0, glyph = 0;
    while (next_visible(layout, c->lines, &line, &glyph)) n++;
    return n;
}

/* A row of names: most columns have one, all are short, none is a bare number. */
static gboolean looks_like_header(const DabDraft *d, const GArray *row) {
    guint filled = 0, columns = 0;
    for (guint i = 0; i < row->len; i++) {
        const DabDraftCell *c = &g_array_index(row, DabDraftCell, i);
        guint n = visible_glyphs(d->layout, c);
        if (!n) continue;
        if (n > MAX_NAME) return FALSE;
        gboolean digits = TRUE;
        for (guint k = 0; k < c->lines->len && digits; k++)
            digits = dab_line_is_digits(d->layout, &g_array_index(c->lines, DabLine, k));
        if (digits) return FALSE;
        filled++;
        columns += c->cell.col_span;
    }
    return filled >= 2 && columns * 2 > d->xs->len - 1;
}

guint dab_draft_skip_headers(DabDraft *d, const GPtrArray *rows) {
    guint n = count_repeated(d, 0, rows);
    if (n) d->repeated = MAX(d->repeated, n);
    for (guint at = 1; !n && rows->len && at < d->rows->len && at < MAX_ROWS_ABOVE; at++)
        if (looks_like_header(d, dab_draft_row(d->rows, at))) n = MIN(1, count_repeated(d, at, rows));
    return n;
}

/* Header cells that span rows or columns tell how deep the header is. */
guint dab_draft_count_headers(const DabDraft *d) {
    if (d->n_header) return MIN(d->n_header, d->rows->len - 1);
    if (d->repeated) return d->repeated;
    const GArray *top = dab_draft_row(d->rows, 0);
    if (d->rows->len < 2 || !looks_like_header(d, top)) return 0;
    guint depth = 1;
    gboolean spans_columns = FALSE;
    for (guint i = 0; i < top->len; i++) {
        const DabCell *c = &g_array_index(top, DabDraftCell, i).cell;
        spans_columns = spans_columns || c->col_span > 1;
        depth = MAX(depth, MIN(c->row_span, MAX_HEADER));
    }
    return spans_columns ? MIN(depth, d->rows->len - 1) : 1;
}
