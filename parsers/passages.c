#include "parsers/passages.h"

#include <math.h>

#include "parsers/normalise.h"

#define MAX_BETWEEN 400u /* blocks between two parts of a paragraph: those of a newspaper page */
#define SAME_SIZE 0.06f  /* of the font size */

static void end_passage(DabDocument *d) {
    g_string_append_c(d->text->utf8, '\n');
    guint32 none = DAB_NO_GLYPH;
    g_array_append_val(d->text->glyph, none);
}

static void add_passage(DabDocument *d, DabPassage p) {
    if (!dab_span_len(p.span)) return;
    end_passage(d);
    g_array_append_val(d->passages, p);
}

static DabPassageKind kind_of(DabBlockKind kind) {
    switch (kind) {
    case DAB_BLOCK_HEADING:
        return DAB_PASSAGE_HEADING;
    case DAB_BLOCK_CAPTION:
        return DAB_PASSAGE_CAPTION;
    case DAB_BLOCK_FURNITURE:
        return DAB_PASSAGE_FURNITURE;
    default:
        return DAB_PASSAGE_PARAGRAPH;
    }
}

/* The paragraphs of a cell: its lines, cut where the page shows that a paragraph begins. */
static void read_cell(DabDocument *d, const DabCell *cell, DabPassage place) {
    const GArray *lines = d->layout->lines;
    for (guint i = 0; i < cell->n_lines;) {
        guint first = cell->first_line + i, n = 1;
        while (i + n < cell->n_lines && !g_array_index(lines, DabLine, first + n).new_paragraph) n++;
        place.span = dab_normalise_lines(d->text, d->layout, first, n, FALSE);
        place.page = g_array_index(lines, DabLine, first).page + 1;
        add_passage(d, place);
        i += n;
    }
}

/* What a cell says in one string: its passages with '\n' between. */
static const char *cell_text(DabDocument *d, guint first_passage) {
    if (first_passage == d->passages->len) return "";
    gsize start = g_array_index(d->passages, DabPassage, first_passage).span.start;
    gsize end = g_array_index(d->passages, DabPassage, d->passages->len - 1).span.end;
    return dab_pool_strndup(d->pool, d->text->utf8->str + start, end - start);
}

static void read_table(DabDocument *d, gint index) {
    DabDocTable *t = dab_pool_new0(d->pool, DabDocTable);
    t->layout = d->layout->tables->pdata[index];
    t->id = dab_pool_printf(d->pool, "t%d", index + 1);
    t->cell_text = dab_pool_ptr_array(d->pool);
    for (guint r = 0; r < t->layout->rows->len; r++) {
        const DabRow *row = &g_array_index(t->layout->rows, DabRow, r);
        for (guint c = 0; c < row->cells->len; c++) {
            guint first = d->passages->len;
            read_cell(d, &g_array_index(row->cells, DabCell, c),
                      (DabPassage){.kind = DAB_PASSAGE_CELL, .section = -1, .table = index, .row = (gint)r, .cell = (gint)c});
            g_ptr_array_add(t->cell_text, (gpointer)cell_text(d, first));
        }
    }
    d->tables->pdata[index] = t;
}

static float size_of(const DabLayout *layout, const DabBlock *b) {
    return b->n_lines ? g_array_index(layout->lines, DabLine, b->first_line).size : 0;
}

/* The paragraph that the block goes on from: the last one before it whose text is of its size; -1: none is near. */
static gint goes_on_from(const DabLayout *layout, guint index) {
    const DabBlock *b = &g_array_index(layout->blocks, DabBlock, index);
    for (guint i = index; b->continues && i-- > 0 && index - i < MAX_BETWEEN;) {
        const DabBlock *before = &g_array_index(layout->blocks, DabBlock, i);
        if (before->kind == DAB_BLOCK_PARAGRAPH &&
            fabsf(size_of(layout, before) - size_of(layout, b)) <= SAME_SIZE * size_of(layout, b))
            return (gint)i;
    }
    return -1;
}

/* The blocks in an order in which a paragraph's parts stand together: what interrupts one (a page's end, a note, a photo's caption,
 * a table) comes after it. */
static GArray *reading_order(const DabLayout *layout) {
    guint n = layout->blocks->len;
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), n);
    g_autofree guint *next = g_new0(guint, n + 1); /* where a paragraph goes on; 0: nowhere */
    g_autofree gboolean *part = g_new0(gboolean, n + 1);
    for (guint i = 0; i < n; i++) {
        gint from = goes_on_from(layout, i);
        if (from < 0 || next[from]) continue;
        next[from] = i;
        part[i] = TRUE;
    }
    for (guint i = 0; i < n; i++) {
        if (part[i]) continue;
        g_array_append_val(order, i);
        for (guint k = next[i]; k; k = next[k]) g_array_append_val(order, k);
    }
    return order;
}

/* Whether the block goes on with the passage that the text ends with. */
static gboolean goes_on(const DabDocument *d, const DabBlock *b) {
    if (!b->continues || !d->passages->len) return FALSE;
    const DabPassage *last = &g_array_index(d->passages, DabPassage, d->passages->len - 1);
    return last->kind == DAB_PASSAGE_PARAGRAPH && last->span.end + 1 == d->text->utf8->len;
}

void dab_passages_read(DabDocument *d) {
    g_ptr_array_set_size(d->tables, (gint)d->layout->tables->len);
    g_autoptr(GArray) order = reading_order(d->layout);
    for (guint i = 0; i < order->len; i++) {
        const DabBlock *b = &g_array_index(d->layout->blocks, DabBlock, g_array_index(order, guint, i));
        if (b->kind == DAB_BLOCK_TABLE) {
            read_table(d, b->table);
        } else if (goes_on(d, b)) {
            DabPassage *last = &g_array_index(d->passages, DabPassage, d->passages->len - 1);
            g_string_truncate(d->text->utf8, last->span.end);
            g_array_set_size(d->text->glyph, (guint)last->span.end);
            dab_normalise_more(d->text, d->layout, last->span.start, b->first_line, b->n_lines);
            last->span.end = d->text->utf8->len;
            end_passage(d);
        } else {
            DabPassage p = {.kind = kind_of(b->kind), .section = -1, .table = -1, .row = -1, .cell = -1, .page = b->page + 1};
            p.span = dab_normalise_lines(d->text, d->layout, b->first_line, b->n_lines, b->kind == DAB_BLOCK_HEADING);
            add_passage(d, p);
        }
    }
}

void dab_passages_ask(DabDocument *d, const DabRules *rules) {
    for (guint i = 0; i < d->passages->len; i++) {
        DabPassage *p = &g_array_index(d->passages, DabPassage, i);
        p->asks = dab_rules_passage_asks(rules, d->text->utf8->str + p->span.start, dab_span_len(p->span));
    }
}
