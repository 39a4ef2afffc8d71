/* Measures, and the links between them. */
#include <math.h>

#include "output/json_report.h"

static const DabNumber *number_of(DabJsonReport *w, guint index) {
    return &g_array_index(w->document->numbers, DabNumber, index);
}

static void put_quantity(DabJsonReport *w, GString *o, const DabMeasure *m) {
    const DabNumber *n = number_of(w, m->number);
    dab_put_open(o, "quantity", '{');
    dab_json_put_if(o, "value", n->has_value, dab_measure_value(w->report, m));
    dab_json_put_if(o, "low", n->has_low, n->low * m->factor);
    dab_json_put_if(o, "high", n->has_high, n->high * m->factor);
    dab_put_text(o, "unit", m->unit ? m->unit : "");
    dab_put_text(o, "comparator", dab_comparator_sign(m->comparator));
    dab_put_flag(o, "approximate", n->approximate);
    dab_json_put_raw(w, o, n);
    dab_put_close(o, '}');
}

/* How sure the recogniser was of the number's most doubtful character; nothing where the file has it as text. */
static void put_confidence(DabJsonReport *w, GString *o, const DabNumber *n) {
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

static void write_measure(DabJsonReport *w, const DabMeasure *m) {
    GString *o = dab_json_open_member(w);
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
    dab_json_put_sentence(w, o, (gint)m->sentence);
    dab_json_put_where(w, o, m->page, m->box, m->section, m->table, m->row, m->column);
    dab_put_text(o, "rule", m->rule ? m->rule : "");
    put_confidence(w, o, number_of(w, m->number));
    dab_put_close(o, '}');
}

void dab_json_measures(DabJsonReport *w) {
    const GArray *measures = w->report->measures;
    dab_json_open_array(w, "measures");
    for (guint i = 0; i < measures->len; i++) write_measure(w, &g_array_index(measures, DabMeasure, i));
    dab_json_close_array(w);
}

/* 87 − 90.2 is -3.2: a difference has no more decimals than 15 digits of the larger number leave it. */
static void put_margin(DabJsonReport *w, GString *o, const DabLink *l) {
    if (!l->has_margin) {
        dab_put_null(o, "margin");
        return;
    }
    const DabMeasure *target = &g_array_index(w->report->measures, DabMeasure, l->target);
    const DabMeasure *outcome = &g_array_index(w->report->measures, DabMeasure, l->outcome);
    double larger = fmax(fabs(dab_measure_value(w->report, target)), fabs(dab_measure_value(w->report, outcome)));
    int whole_digits = larger >= 1 ? (int)floor(log10(larger)) + 1 : 1;
    dab_put_decimals(o, "margin", l->margin, (guint)CLAMP(14 - whole_digits, 0, 10));
}

void dab_json_links(DabJsonReport *w) {
    const GArray *measures = w->report->measures;
    dab_json_open_array(w, "links");
    for (guint i = 0; i < w->report->links->len; i++) {
        const DabLink *l = &g_array_index(w->report->links, DabLink, i);
        GString *o = dab_json_open_member(w);
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
    dab_json_close_array(w);
}
