/* One document. Top-level keys stand on lines of their own, and so does each measure, link, section, row …: what a rule
 * change changed can be seen with diff, and a measure found with grep. */
#include "output/json.h"
#include "output/put.h"

#include <math.h>
#include <string.h>

typedef struct {
    const DabReport *report;
    const DabDocument *document;
    GString *out;
    gboolean first;                  /* no member of the open array has been written yet */
    gint sentence;                   /* the one written last; -1: none */
    gsize sentence_at, sentence_len; /* where it stands in `out`, with its key */
} Writer;

static void put_id(GString *o, const char *key, const char *prefix, gint index) {
    char id[32];
    g_snprintf(id, sizeof id, "%s%d", prefix, index + 1);
    dab_put_text(o, key, index < 0 ? NULL : id);
}

static void put_box(GString *o, DabBox box) {
    if (dab_box_is_zero(box)) {
        dab_put_null(o, "bbox");
        return;
    }
    const float side[] = {box.x0, box.y0, box.x1, box.y1};
    dab_put_open(o, "bbox", '[');
    for (gsize i = 0; i < G_N_ELEMENTS(side); i++) dab_put_decimals(o, NULL, side[i], 2);
    dab_put_close(o, ']');
}

static void put_number_if(GString *o, const char *key, gboolean has, double number) {
    if (has)
        dab_put_number(o, key, number);
    else
        dab_put_null(o, key);
}

/* A line `"key": {…},`. */
static GString *open_line(Writer *w, const char *key) {
    g_string_append_printf(w->out, " \"%s\": {", key);
    return w->out;
}

static void close_line(Writer *w) {
    g_string_append(w->out, "},\n");
}

static void open_array(Writer *w, const char *key) {
    g_string_append_printf(w->out, " \"%s\": [", key);
    w->first = TRUE;
}

static void next_member(Writer *w) {
    g_string_append(w->out, w->first ? "\n  " : ",\n  ");
    w->first = FALSE;
}

static GString *open_member(Writer *w) {
    next_member(w);
    g_string_append_c(w->out, '{');
    return w->out;
}

static void close_array(Writer *w) {
    g_string_append(w->out, w->first ? "],\n" : "\n ],\n");
}

static void write_head(Writer *w) {
    static const char *const text_from[] = {"text", "ocr", "mixed"};
    const DabDocument *d = w->document;
    GString *o = open_line(w, "tool");
    dab_put_text(o, "version", DAB_VERSION);
    dab_put_text(o, "rules", dab_rules_digest(w->report->rules));
    close_line(w);

    open_line(w, "source");
    dab_put_text(o, "path", d->source->path);
    dab_put_text(o, "sha256", d->source->sha256);
    dab_put_text(o, "media_type", d->source->media_type);
    dab_put_count(o, "bytes", d->source->bytes);
    dab_put_count(o, "pages", d->layout->pages->len);
    dab_put_text(o, "text_from", text_from[d->layout->text_from]);
    close_line(w);

    open_line(w, "document");
    dab_put_text(o, "title", d->title);
    dab_put_text(o, "issuer", d->issuer);
    dab_put_text(o, "region", d->region);
    dab_put_text(o, "number", d->number);
    dab_put_text(o, "date", d->date);
    put_number_if(o, "year", d->year != 0, d->year);
    dab_put_text(o, "genre", d->genre ? d->genre : "other");
    close_line(w);
}

static void write_sections(Writer *w) {
    const GArray *sections = w->document->sections;
    open_array(w, "sections");
    for (guint i = 0; i < sections->len; i++) {
        const DabSection *s = &g_array_index(sections, DabSection, i);
        GString *o = open_member(w);
        dab_put_text(o, "id", s->id);
        dab_put_text(o, "parent", s->parent < 0 ? NULL : g_array_index(sections, DabSection, s->parent).id);
        dab_put_count(o, "level", s->level);
        dab_put_text(o, "label", s->label ? s->label : "");
        dab_put_text(o, "title", s->title ? s->title : "");
        dab_put_count(o, "page", s->page);
        dab_put_close(o, '}');
    }
    close_array(w);
}

static void write_row(Writer *w, const DabDocTable *t, const DabRow *row, guint index, guint *cell) {
    GString *o = w->out;
    g_string_append_c(o, '{');
    char id[64];
    g_snprintf(id, sizeof id, "%s.r%u", t->id, index + 1);
    dab_put_text(o, "id", id);
    dab_put_open(o, "cells", '[');
    for (guint i = 0; i < row->cells->len; i++, (*cell)++) {
        const DabCell *c = &g_array_index(row->cells, DabCell, i);
        dab_put_open(o, NULL, '{');
        dab_put_count(o, "column", c->column);
        dab_put_count(o, "row_span", c->row_span);
        dab_put_count(o, "col_span", c->col_span);
        dab_put_text(o, "text", *cell < t->cell_text->len ? g_ptr_array_index(t->cell_text, *cell) : "");
        dab_put_count(o, "page", c->page + 1);
        put_box(o, c->box);
        dab_put_close(o, '}');
    }
    dab_put_close(o, ']');
    dab_put_close(o, '}');
}

/* The roles that every reader of a document knows. A finer one that the rules give stands beside, as "detail". */
static void put_column_role(GString *o, const char *role) {
    static const char *const known[] = {"target", "outcome", "task", "status", "unit", "deadline", "index", "other", NULL};
    gboolean is_known = !role || g_strv_contains(known, role);
    dab_put_text(o, "role", role && is_known ? role : "other");
    if (!is_known) dab_put_text(o, "detail", role);
}

static void write_table(Writer *w, const DabDocTable *t) {
    next_member(w);
    g_string_append_printf(w->out, "{\"id\":\"%s\",\"pages\":[", t->id);
    for (guint page = t->layout->first_page; page <= t->layout->last_page; page++)
        g_string_append_printf(w->out, "%s%u", page > t->layout->first_page ? "," : "", page + 1);
    g_string_append(w->out, "],\"columns\":[");
    for (guint i = 0; i < t->columns->len; i++) {
        const DabColumn *c = &g_array_index(t->columns, DabColumn, i);
        GString *o = w->out;
        dab_put_open(o, NULL, '{');
        dab_put_text(o, "name", c->name ? c->name : "");
        put_column_role(o, c->role);
        dab_put_close(o, '}');
    }
    g_string_append(w->out, "],\"rows\":[");
    guint cell = 0;
    for (guint i = 0; i < t->layout->rows->len; i++) {
        g_string_append(w->out, i ? ",\n   " : "\n   ");
        write_row(w, t, &g_array_index(t->layout->rows, DabRow, i), i, &cell);
    }
    g_string_append(w->out, "]}");
}

static void write_tables(Writer *w) {
    open_array(w, "tables");
    for (guint i = 0; i < w->document->tables->len; i++) write_table(w, g_ptr_array_index(w->document->tables, i));
    close_array(w);
}

/* A sentence stands in the result once for each of its measures: it is made ready once. */
static void put_sentence(Writer *w, GString *o, gint index) {
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

static void put_where(Writer *w, GString *o, guint page, DabBox box, gint section, gint table, gint row, gint column) {
    const DabDocument *d = w->document;
    const char *table_id = table < 0 ? NULL : ((const DabDocTable *)g_ptr_array_index(d->tables, table))->id;
    dab_put_open(o, "where", '{');
    dab_put_count(o, "page", page);
    put_box(o, box);
    dab_put_text(o, "section", section < 0 ? NULL : g_array_index(d->sections, DabSection, section).id);
    dab_put_text(o, "table", table_id);
    if (table_id && row >= 0) {
        g_autofree char *prefix = g_strconcat(table_id, ".r", NULL);
        put_id(o, "row", prefix, row);
    } else
        dab_put_null(o, "row");
    put_number_if(o, "column", table_id && column >= 0, column);
    dab_put_close(o, '}');
}

static const DabNumber *number_of(Writer *w, guint index) {
    return &g_array_index(w->document->numbers, DabNumber, index);
}

static void put_raw(Writer *w, GString *o, const DabNumber *n) {
    dab_put_text_len(o, "raw", w->document->text->utf8->str + n->span.start, dab_span_len(n->span));
}

static void put_quantity(Writer *w, GString *o, const DabMeasure *m) {
    const DabNumber *n = number_of(w, m->number);
    dab_put_open(o, "quantity", '{');
    put_number_if(o, "value", n->has_value, dab_measure_value(w->report, m));
    put_number_if(o, "low", n->has_low, n->low * m->factor);
    put_number_if(o, "high", n->has_high, n->high * m->factor);
    dab_put_text(o, "unit", m->unit ? m->unit : "");
    dab_put_text(o, "comparator", dab_comparator_sign(m->comparator));
    dab_put_flag(o, "approximate", n->approximate);
    put_raw(w, o, n);
    dab_put_close(o, '}');
}

/* How sure the recogniser was of the number's most doubtful character; nothing where the file has it as text. */
static void put_confidence(Writer *w, GString *o, const DabNumber *n) {
    const DabDocument *d = w->document;
    float least = 2;
    for (gsize i = n->span.start; i < n->span.end && i < d->text->glyph->len; i++) {
        guint32 glyph = g_array_index(d->text->glyph, guint32, i);
        if (glyph == DAB_NO_GLYPH) continue;
        float confidence = g_array_index(d->layout->glyphs, DabGlyph, glyph).confidence;
        if (confidence > 0) least = MIN(least, confidence);
    }
    if (least <= 1) dab_put_decimals(o, "confidence", least, 2);
}

static void put_year(GString *o, gint year) {
    if (year > 0)
        dab_put_count(o, "year", (guint64)year);
    else
        dab_put_null(o, "year");
}

static void write_measure(Writer *w, const DabMeasure *m) {
    GString *o = open_member(w);
    dab_put_text(o, "id", m->id);
    dab_put_text(o, "role", dab_role_name(m->role));
    dab_put_text(o, "indicator", m->indicator ? m->indicator : "");
    put_quantity(w, o, m);
    if (m->change == DAB_CHANGE_NONE)
        dab_put_null(o, "change");
    else {
        dab_put_open(o, "change", '{');
        dab_put_text(o, "direction", dab_change_name(m->change));
        dab_put_text(o, "since", m->since);
        dab_put_close(o, '}');
    }
    dab_put_text(o, "deadline", m->deadline);
    dab_put_text(o, "as_of", m->as_of);
    put_year(o, m->year);
    dab_put_text(o, "scope", m->scope);
    put_sentence(w, o, (gint)m->sentence);
    put_where(w, o, m->page, m->box, m->section, m->table, m->row, m->column);
    dab_put_text(o, "rule", m->rule ? m->rule : "");
    put_confidence(w, o, number_of(w, m->number));
    dab_put_close(o, '}');
}

/* 87 − 90.2 is -3.2: a difference has no more decimals than 15 digits of the larger number leave it. */
static void put_margin(Writer *w, GString *o, const DabLink *l) {
    if (!l->has_margin) {
        dab_put_null(o, "margin");
        return;
    }
    const DabMeasure *measures = (const DabMeasure *)(void *)w->report->measures->data;
    double larger =
        fmax(fabs(dab_measure_value(w->report, &measures[l->target])), fabs(dab_measure_value(w->report, &measures[l->outcome])));
    int whole_digits = larger >= 1 ? (int)floor(log10(larger)) + 1 : 1;
    dab_put_decimals(o, "margin", l->margin, (guint)CLAMP(14 - whole_digits, 0, 10));
}

static void write_links(Writer *w) {
    const GArray *measures = w->report->measures;
    open_array(w, "links");
    for (guint i = 0; i < w->report->links->len; i++) {
        const DabLink *l = &g_array_index(w->report->links, DabLink, i);
        GString *o = open_member(w);
        dab_put_text(o, "target", g_array_index(measures, DabMeasure, l->target).id);
        dab_put_text(o, "outcome", g_array_index(measures, DabMeasure, l->outcome).id);
        dab_put_text(o, "verdict", dab_verdict_name(l->verdict));
        put_margin(w, o, l);
        dab_put_text(o, "reported", l->reported);
        if (l->agrees < 0)
            dab_put_null(o, "agrees");
        else
            dab_put_flag(o, "agrees", l->agrees);
        dab_put_text(o, "rule", l->rule ? l->rule : "");
        dab_put_close(o, '}');
    }
    close_array(w);
}

static void write_findings(Writer *w) {
    open_array(w, "findings");
    for (guint i = 0; i < w->report->findings->len; i++) {
        const DabFinding *f = &g_array_index(w->report->findings, DabFinding, i);
        GString *o = open_member(w);
        dab_put_text(o, "kind", f->kind);
        dab_put_open(o, "measures", '[');
        for (guint k = 0; f->measures && k < f->measures->len; k++)
            dab_put_text(o, NULL, g_array_index(w->report->measures, DabMeasure, g_array_index(f->measures, guint, k)).id);
        dab_put_close(o, ']');
        dab_put_text(o, "message", f->message ? f->message : "");
        dab_put_text(o, "rule", f->rule ? f->rule : "");
        dab_put_close(o, '}');
    }
    close_array(w);
}

static void write_ledger(Writer *w) {
    const DabLedger *ledger = &w->report->ledger;
    GString *o = open_line(w, "numbers");
    dab_put_count(o, "total", ledger->total);
    dab_put_count(o, "measures", ledger->measures);
    dab_put_count(o, "context", ledger->context);
    dab_put_count(o, "unclaimed", ledger->unclaimed);
    g_autoptr(GList) names = ledger->context_kinds ? g_hash_table_get_keys(ledger->context_kinds) : NULL;
    names = g_list_sort(names, (GCompareFunc)strcmp);
    dab_put_open(o, "context_kinds", '{');
    for (GList *n = names; n; n = n->next)
        dab_put_count(o, n->data, GPOINTER_TO_UINT(g_hash_table_lookup(ledger->context_kinds, n->data)));
    dab_put_close(o, '}');
    close_line(w);
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

static void write_unclaimed(Writer *w) {
    const DabDocument *d = w->document;
    const GArray *unclaimed = w->report->ledger.unclaimed_numbers;
    open_array(w, "unclaimed");
    for (guint i = 0; unclaimed && i < unclaimed->len; i++) {
        guint index = g_array_index(unclaimed, guint, i);
        const DabNumber *n = number_of(w, index);
        gint sentence = sentence_of(d->sentences, index);
        DabBox box = {0};
        guint page = dab_document_place(d, n->span, &box);
        static const DabPassage nowhere = {.section = -1, .table = -1, .row = -1, .cell = -1};
        const DabPassage *p = &nowhere;
        if (sentence >= 0) p = &g_array_index(d->passages, DabPassage, g_array_index(d->sentences, DabSentence, sentence).passage);
        GString *o = open_member(w);
        put_raw(w, o, n);
        put_sentence(w, o, sentence);
        put_where(w, o, page, box, p->section, p->table, p->row, column_of(d, p));
        dab_put_close(o, '}');
    }
    close_array(w);
}

static void write_warnings(Writer *w) {
    const GArray *warnings = w->document->layout->warnings;
    open_array(w, "warnings");
    for (guint i = 0; i < warnings->len; i++) {
        const DabWarning *warning = &g_array_index(warnings, DabWarning, i);
        GString *o = open_member(w);
        dab_put_text(o, "code", warning->code);
        dab_put_text(o, "message", warning->message);
        put_number_if(o, "page", warning->page != 0, warning->page);
        dab_put_close(o, '}');
    }
    g_string_append(w->out, w->first ? "]\n" : "\n ]\n");
}

char *dab_json_report(const DabReport *report, gsize *len) {
    Writer w = {.report = report, .document = report->document, .out = g_string_sized_new(64 * 1024), .sentence = -1};
    g_string_append(w.out, "{\n \"schema\": \"" DAB_DOCUMENT_SCHEMA "\",\n");
    write_head(&w);
    write_sections(&w);
    write_tables(&w);
    open_array(&w, "measures");
    for (guint i = 0; i < report->measures->len; i++) write_measure(&w, &g_array_index(report->measures, DabMeasure, i));
    close_array(&w);
    write_links(&w);
    write_findings(&w);
    write_ledger(&w);
    write_unclaimed(&w);
    write_warnings(&w);
    g_string_append(w.out, "}\n");
    if (len) *len = w.out->len;
    return g_string_free(w.out, FALSE);
}
