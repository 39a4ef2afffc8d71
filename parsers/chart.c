#include "parsers/chart.h"

#include "parsers/chart_run.h"

#define MIN_FIGURES 3   /* of a chart: with fewer nothing is lost by reading them as text */
#define MAX_CHARTS 1000 /* of a document: the thickest yearbooks have some hundred */

static const DabPassage *passage(const DabDocument *d, guint i) {
    return &g_array_index(d->passages, DabPassage, i);
}

static void add_label(DabChartRun *r, const DabToken *t, DabLabel label) {
    label.span = t->kind == DAB_TOKEN_WORD || !dab_span_len(t->value) ? t->span : t->value;
    if (t->kind == DAB_TOKEN_VALUE || t->kind == DAB_TOKEN_NAMED) label.span.end = t->span.end;
    r->split[t->passage] = TRUE;
    g_array_append_val(r->d->labels, label);
}

static const char *kind_of(const DabToken *t) {
    if (t->fate == DAB_FATE_AXIS) return g_intern_static_string("axis");
    if (t->fate == DAB_FATE_DATE) return g_intern_static_string("date");
    return g_intern_static_string("chart");
}

static DabLabel label_of(const DabChart *c, const DabToken *t, const DabChartSeries *s) {
    const DabChartPlace *place = &g_array_index(c->places, DabChartPlace, t->place);
    DabLabel label = {.indicator = dab_chart_name(c, s, place->name),
                      .unit = s->unit,
                      .factor = s->factor,
                      .change = s->change,
                      .planned = c->planned,
                      .as_of = place->as_of,
                      .year = place->year ? place->year : c->year,
                      .rule = c->rule->id};
    if (!label.as_of && label.year) label.as_of = dab_pool_printf(c->d->pool, "%d", label.year);
    return label;
}

static guint count_figures(const DabChart *c) {
    guint n = 0;
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *t = c->tokens->pdata[i];
        n += t->kind == DAB_TOKEN_VALUE || t->kind == DAB_TOKEN_NAMED || t->kind == DAB_TOKEN_PERIOD;
    }
    return n;
}

/* A drawing without a number whose figures fit no axis is no chart. */
void dab_chart_read_figures(DabChartRun *r, DabChart *c) {
    DabChartSeries series[DAB_MAX_SERIES] = {0};
    if (count_figures(c) < MIN_FIGURES || ++r->charts > MAX_CHARTS) return;
    dab_chart_caption_read(c);
    gboolean axis = dab_chart_axis_find(c), known = axis || dab_chart_pairs_find(c);
    known = known && *c->name && dab_chart_series_find(c, series);
    if (!known && (!c->numbered || !axis)) return;
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *t = c->tokens->pdata[i];
        if (t->kind != DAB_TOKEN_VALUE && t->kind != DAB_TOKEN_NAMED && t->kind != DAB_TOKEN_PERIOD) continue;
        if (known && t->fate == DAB_FATE_LABEL && t->series >= 0)
            add_label(r, t, label_of(c, t, &series[t->series]));
        else
            add_label(r, t, (DabLabel){.kind = kind_of(t)});
    }
}

/* The passages [first, end) of a page; the last one of text before it. */
static void read_page(DabChartRun *r, guint first, guint end) {
    gint before = (gint)first - 1;
    while (before >= 0 && passage(r->d, (guint)before)->kind == DAB_PASSAGE_FURNITURE) before--;
    for (guint i = first; i <= end; i++) {
        if (i < end && passage(r->d, i)->kind == DAB_PASSAGE_FURNITURE) continue;
        if (i < end && dab_chart_run_take(r, i)) continue;
        dab_chart_run_end(r, before, i < end ? (gint)i : -1);
        before = (gint)i;
    }
}

/* Whether a page may have a chart: most have none, and are not looked at closer. */
static gboolean may_have_chart(DabChartRun *r, guint first, guint end) {
    while (first < end && !dab_chart_run_begins(r, first)) first++;
    return first < end;
}

/* Where a caption begins that was joined to the paragraph before it: in a line of its own. 0: nowhere. */
static gsize joined_caption(const DabDocument *d, const DabRules *rules, const DabPassage *p) {
    const char *text = d->text->utf8->str + p->span.start;
    DabMatch m;
    gboolean text_block = p->kind == DAB_PASSAGE_PARAGRAPH || p->kind == DAB_PASSAGE_HEADING;
    const DabRule *rule = text_block && p->asks >> DAB_PASSAGE_ASK_CAPTION & 1
                              ? dab_chart_rule(rules, "joined", text, dab_span_len(p->span), &m)
                              : NULL;
    int group = rule ? dab_pattern_group(rule->pattern, "joined") : -1;
    if (!rule || !dab_match_has(&m, group) || !m.spans[2 * group]) return 0;
    gsize at = p->span.start + m.spans[2 * group];
    guint32 a = g_array_index(d->text->glyph, guint32, at - 1), b = g_array_index(d->text->glyph, guint32, at);
    if (a == DAB_NO_GLYPH || b == DAB_NO_GLYPH) return 0;
    const DabGlyph *last = &g_array_index(d->layout->glyphs, DabGlyph, a), *first = &g_array_index(d->layout->glyphs, DabGlyph, b);
    return first->box.y0 > last->box.y0 + last->size / 2 ? at : 0;
}

static void part_captions(DabDocument *d, const DabRules *rules) {
    GArray *parted = NULL;
    for (guint i = 0; i < d->passages->len; i++) {
        DabPassage p = *passage(d, i), caption = p;
        gsize at = joined_caption(d, rules, &p);
        if (at && !parted) {
            parted = dab_pool_array(d->pool, sizeof(DabPassage));
            g_array_append_vals(parted, d->passages->data, i);
        }
        if (!parted) continue;
        if (at) { /* two lines between drawings look like a heading; but the first is a sentence */
            p.span.end = caption.span.start = at;
            p.kind = caption.kind = DAB_PASSAGE_PARAGRAPH;
        }
        g_array_append_val(parted, p);
        if (at) g_array_append_val(parted, caption);
    }
    if (parted) d->passages = parted;
}

/* The passages of charts become one for each label, so that every figure is read for itself. */
static void split_passages(DabChartRun *r) {
    DabDocument *d = r->d;
    GArray *parted = dab_pool_array(d->pool, sizeof(DabPassage));
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < d->passages->len; i++) {
        DabPassage p = *passage(d, i);
        if (!r->split[i]) {
            g_array_append_val(parted, p);
            continue;
        }
        g_ptr_array_set_size(tokens, 0);
        (void)dab_chart_tokens_read(d, r->rules, i, tokens);
        p.kind = DAB_PASSAGE_CHART;
        for (guint t = 0; t < tokens->len; t++) {
            p.span = ((DabToken *)tokens->pdata[t])->span;
            g_array_append_val(parted, p);
        }
    }
    d->passages = parted;
}

static int by_place(gconstpointer a, gconstpointer b) {
    const DabLabel *x = a, *y = b;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

void dab_charts_find(DabDocument *d, const DabRules *rules) {
    if (!dab_rules_stage(rules, "chart")->len) return;
    part_captions(d, rules);
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) items = g_array_new(FALSE, TRUE, sizeof(DabChartItem)),
                      captions = g_array_new(FALSE, TRUE, sizeof(DabChartCaption));
    g_autofree guint8 *split = g_new0(guint8, d->passages->len + 1);
    DabChartRun r = {.d = d, .rules = rules, .tokens = tokens, .items = items, .captions = captions, .split = split};
    for (guint first = 0, end; first < d->passages->len; first = end) {
        for (end = first + 1; end < d->passages->len && passage(d, end)->page == passage(d, first)->page;) end++;
        if (may_have_chart(&r, first, end)) read_page(&r, first, end);
    }
    if (!d->labels->len) return;
    g_array_sort(d->labels, by_place);
    split_passages(&r);
}

/* The number of a figure: the only one in its span. What is none, or several, is context. */
static void number_label(DabDocument *d, DabLabel *label, guint first, guint end) {
    label->number = first;
    if (end != first + 1 || !g_array_index(d->numbers, DabNumber, first).has_value) label->indicator = NULL;
    for (guint i = first; i < end; i++) {
        DabNumber *n = &g_array_index(d->numbers, DabNumber, i);
        if (label->indicator) { /* 120 over a bar is no telephone number */
            if (n->context) n->kind = g_intern_static_string("number");
            n->rule = NULL;
        } else if (!n->context) {
            n->kind = label->kind ? label->kind : g_intern_static_string("chart");
        }
        n->context = !label->indicator;
    }
}

void dab_charts_number(DabDocument *d) {
    guint number = 0;
    for (guint i = 0; i < d->labels->len; i++) {
        DabLabel *label = &g_array_index(d->labels, DabLabel, i);
        while (number < d->numbers->len && g_array_index(d->numbers, DabNumber, number).span.end <= label->span.start) number++;
        guint first = number;
        while (number < d->numbers->len && g_array_index(d->numbers, DabNumber, number).span.start < label->span.end) number++;
        number_label(d, label, first, number);
    }
}
