/* Where things stand: places, sentences; and the numbers that nothing claimed, of which no more is known. */
#include "output/json_report.h"

void dab_json_put_row_id(GString *o, const char *key, const char *table_id, guint row) {
    char id[64];
    g_snprintf(id, sizeof id, "%s.r%u", table_id, row + 1);
    dab_put_text(o, key, id);
}

void dab_json_put_box(GString *o, DabBox box) {
    if (dab_box_is_zero(box)) {
        dab_put_null(o, "bbox");
        return;
    }
    const float side[] = {box.x0, box.y0, box.x1, box.y1};
    dab_put_open(o, "bbox", '[');
    for (gsize i = 0; i < G_N_ELEMENTS(side); i++) dab_put_decimals(o, NULL, side[i], 2);
    dab_put_close(o, ']');
}

void dab_json_put_raw(const DabJsonReport *w, GString *o, const DabNumber *n) {
    dab_put_text_len(o, "raw", w->document->text->utf8->str + n->span.start, dab_span_len(n->span));
}

void dab_json_put_sentence(DabJsonReport *w, GString *o, gint index) {
    if (index < 0 || (guint)index >= w->document->sentences->len) {
        dab_put_text(o, "sentence", "");
        return;
    }
    if (index == w->sentence) {
        dab_put_again(o, w->sentence_at, w->sentence_len);
        return;
    }
    const DabSentence *s = &g_array_index(w->document->sentences, DabSentence, index);
    w->sentence = index;
    w->sentence_at = o->len;
    dab_put_text_len(o, "sentence", w->document->text->utf8->str + s->span.start, dab_span_len(s->span));
    w->sentence_len = o->len - w->sentence_at;
}

void dab_json_put_where(const DabJsonReport *w, GString *o, guint page, DabBox box, gint section, gint table, gint row,
                        gint column) {
    const DabDocument *d = w->document;
    const char *table_id = table < 0 ? NULL : ((const DabDocTable *)g_ptr_array_index(d->tables, table))->id;
    dab_put_open(o, "where", '{');
    dab_put_count(o, "page", page);
    dab_json_put_box(o, box);
    dab_put_text(o, "section", section < 0 ? NULL : g_array_index(d->sections, DabSection, section).id);
    dab_put_text(o, "table", table_id);
    if (table_id && row >= 0)
        dab_json_put_row_id(o, "row", table_id, (guint)row);
    else
        dab_put_null(o, "row");
    dab_json_put_if(o, "column", table_id && column >= 0, column);
    dab_put_close(o, '}');
}

/* The sentence whose numbers `index` is one of, or -1: sentences hold them in order. */
static gint sentence_of(const GArray *sentences, guint index) {
    guint low = 0, high = sentences->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const DabSentence *s = &g_array_index(sentences, DabSentence, middle);
        if (s->first_number + s->n_numbers <= index)
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= sentences->len || g_array_index(sentences, DabSentence, low).first_number > index) return -1;
    return (gint)low;
}

/* The table column of a passage: its cell counts among the row's cells, which may span several columns. */
static gint column_of(const DabDocument *d, const DabPassage *p) {
    if (p->table < 0 || p->row < 0 || p->cell < 0) return -1;
    const DabDocTable *t = g_ptr_array_index(d->tables, p->table);
    const DabRow *row = &g_array_index(t->layout->rows, DabRow, p->row);
    return (gint)g_array_index(row->cells, DabCell, p->cell).column;
}

void dab_json_unclaimed(DabJsonReport *w) {
    const DabDocument *d = w->document;
    const GArray *unclaimed = w->report->ledger.unclaimed_numbers;
    dab_json_open_array(w, "unclaimed");
    for (guint i = 0; unclaimed && i < unclaimed->len; i++) {
        guint index = g_array_index(unclaimed, guint, i);
        const DabNumber *n = &g_array_index(d->numbers, DabNumber, index);
        gint sentence = sentence_of(d->sentences, index);
        DabBox box = {0};
        guint page = dab_document_place(d, n->span, &box);
        static const DabPassage nowhere = {.section = -1, .table = -1, .row = -1, .cell = -1};
        const DabPassage *p = &nowhere;
        if (sentence >= 0) p = &g_array_index(d->passages, DabPassage, g_array_index(d->sentences, DabSentence, sentence).passage);
        GString *o = dab_json_open_member(w);
        dab_json_put_raw(w, o, n);
        dab_json_put_sentence(w, o, sentence);
        dab_json_put_where(w, o, page, box, p->section, p->table, p->row, column_of(d, p));
        dab_put_close(o, '}');
    }
    dab_json_close_array(w);
}
