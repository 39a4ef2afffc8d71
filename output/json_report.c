/* One document: the order of its keys, and those that are short. */
#include <string.h>

#include "output/json.h"
#include "output/json_report.h"

void dab_json_put_if(GString *o, const char *key, gboolean has, double number) {
    if (has)
        dab_put_number(o, key, number);
    else
        dab_put_null(o, key);
}

/* A line `"key": {…},`. */
static GString *open_line(DabJsonReport *w, const char *key) {
    g_string_append_printf(w->out, " \"%s\": {", key);
    return w->out;
}

static void close_line(DabJsonReport *w) {
    g_string_append(w->out, "},\n");
}

void dab_json_open_array(DabJsonReport *w, const char *key) {
    g_string_append_printf(w->out, " \"%s\": [", key);
    w->first = TRUE;
}

void dab_json_next(DabJsonReport *w) {
    g_string_append(w->out, w->first ? "\n  " : ",\n  ");
    w->first = FALSE;
}

GString *dab_json_open_member(DabJsonReport *w) {
    dab_json_next(w);
    g_string_append_c(w->out, '{');
    return w->out;
}

void dab_json_close_array(DabJsonReport *w) {
    g_string_append(w->out, w->first ? "],\n" : "\n ],\n");
}

static void write_head(DabJsonReport *w) {
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
    dab_json_put_if(o, "year", d->year != 0, d->year);
    dab_put_text(o, "genre", d->genre ? d->genre : "other");
    close_line(w);
}

static void write_sections(DabJsonReport *w) {
    const GArray *sections = w->document->sections;
    dab_json_open_array(w, "sections");
    for (guint i = 0; i < sections->len; i++) {
        const DabSection *s = &g_array_index(sections, DabSection, i);
        GString *o = dab_json_open_member(w);
        dab_put_text(o, "id", s->id);
        dab_put_text(o, "parent", s->parent < 0 ? NULL : g_array_index(sections, DabSection, s->parent).id);
        dab_put_count(o, "level", s->level);
        dab_put_text(o, "label", s->label ? s->label : "");
        dab_put_text(o, "title", s->title ? s->title : "");
        dab_put_count(o, "page", s->page);
        dab_put_close(o, '}');
    }
    dab_json_close_array(w);
}

static void write_findings(DabJsonReport *w) {
    dab_json_open_array(w, "findings");
    for (guint i = 0; i < w->report->findings->len; i++) {
        const DabFinding *f = &g_array_index(w->report->findings, DabFinding, i);
        GString *o = dab_json_open_member(w);
        dab_put_text(o, "kind", f->kind);
        dab_put_open(o, "measures", '[');
        for (guint k = 0; f->measures && k < f->measures->len; k++)
            dab_put_text(o, NULL, g_array_index(w->report->measures, DabMeasure, g_array_index(f->measures, guint, k)).id);
        dab_put_close(o, ']');
        dab_put_text(o, "message", f->message ? f->message : "");
        dab_put_text(o, "rule", f->rule ? f->rule : "");
        dab_put_close(o, '}');
    }
    dab_json_close_array(w);
}

static void write_ledger(DabJsonReport *w) {
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

static void put_warnings(DabJsonReport *w, const GArray *warnings) {
    for (guint i = 0; i < warnings->len; i++) {
        const DabWarning *warning = &g_array_index(warnings, DabWarning, i);
        GString *o = dab_json_open_member(w);
        dab_put_text(o, "code", warning->code);
        dab_put_text(o, "message", warning->message);
        dab_json_put_if(o, "page", warning->page != 0, warning->page);
        dab_put_close(o, '}');
    }
}

/* The last of the arrays: no comma follows. */
static void write_warnings(DabJsonReport *w) {
    dab_json_open_array(w, "warnings");
    put_warnings(w, w->document->layout->warnings);
    put_warnings(w, w->report->warnings);
    g_string_append(w->out, w->first ? "]\n" : "\n ]\n");
}

char *dab_json_report(const DabReport *report, gsize *len) {
    DabJsonReport w = {.report = report, .document = report->document, .out = g_string_sized_new(64 * 1024), .sentence = -1};
    g_string_append(w.out, "{\n \"schema\": \"" DAB_DOCUMENT_SCHEMA "\",\n");
    write_head(&w);
    write_sections(&w);
    dab_json_tables(&w);
    dab_json_measures(&w);
    dab_json_links(&w);
    write_findings(&w);
    write_ledger(&w);
    dab_json_unclaimed(&w);
    write_warnings(&w);
    g_string_append(w.out, "}\n");
    if (len) *len = w.out->len;
    return g_string_free(w.out, FALSE);
}
