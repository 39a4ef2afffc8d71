/* Which figures of a chart are of one series: bars and the line over them, bars side by side, bars one upon the other. What is told
 * by nothing but a colour is not told here. */
#include <math.h>
#include <string.h>

#include "parsers/chart_series.h"

#include "dabiao/likeness.h"

#define CLEARLY 3.0 /* times: figures of a level against those of a growth, where nothing else tells them apart */

static gboolean is_percent(const char *unit) {
    return *unit == '%' || !strcmp(unit, "\xe2\x80\xb0"); /* ‰ */
}

/* The figures of each place; FALSE where places have several numbers of them. */
static gboolean collect(DabSeriesGrid *s) {
    DabChart *c = s->c;
    guint full = 0, some = 0;
    g_autofree guint *count = g_new0(guint, s->n + 1);
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *t = c->tokens->pdata[i];
        if (t->fate != DAB_FATE_LABEL) continue;
        count[t->place]++;
        s->k = MAX(s->k, count[t->place]);
    }
    if (!s->k || s->k > DAB_MAX_SERIES) return FALSE;
    for (guint i = 0; i < s->n; i++) {
        full += count[i] == s->k;
        some += count[i] > 0;
    }
    if (full < 2 || (s->k > 1 && full * 5 < some * 4)) return FALSE;
    s->at = g_new0(DabToken *, s->n * s->k);
    memset(count, 0, s->n * sizeof *count);
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->fate == DAB_FATE_LABEL) s->at[(guint)t->place * s->k + count[t->place]++] = t;
    }
    for (guint i = 0; i < s->n; i++)
        if (count[i] != s->k) memset(s->at + i * s->k, 0, s->k * sizeof *s->at);
    return TRUE;
}

/* ---- what stands in the drawing beside its figures ---- */

static void take_unit(DabSeriesGrid *s, const char *unit) {
    if (!unit || !*unit) return;
    const char **slot = &s->unit[is_percent(unit)];
    if (!*slot) *slot = unit;
}

static int legend_order(gconstpointer a, gconstpointer b) {
    const DabToken *x = *(DabToken *const *)a, *y = *(DabToken *const *)b;
    float d = dab_token_y(x) - dab_token_y(y);
    if (fabsf(d) < x->size / 2) d = dab_token_x(x) - dab_token_x(y);
    return d < 0 ? -1 : d > 0;
}

static void read_around(DabSeriesGrid *s) {
    DabChart *c = s->c;
    for (guint i = 0; i < G_N_ELEMENTS(c->units); i++) take_unit(s, c->units[i]);
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->kind == DAB_TOKEN_UNIT || t->kind == DAB_TOKEN_WORD) take_unit(s, t->unit);
        if (t->kind == DAB_TOKEN_WORD && t->fate == DAB_FATE_OPEN && t->place < 0) g_ptr_array_add(s->legend, t);
    }
    g_ptr_array_sort(s->legend, legend_order);
}

const char *dab_legend_word(const DabSeriesGrid *s, guint i) {
    const DabToken *t = s->legend->pdata[i];
    return dab_pool_strndup(s->c->d->pool, s->c->d->text->utf8->str + t->name.start, dab_span_len(t->name));
}

void dab_series_unit(const DabSeriesGrid *s, DabChartSeries *out, const char *unit) {
    out->unit = dab_unit_split(s->c->rules, unit ? unit : "", &out->factor);
}

/* ---- levels and percentages ---- */

static void swap(DabSeriesGrid *s, guint place) {
    DabToken *first = dab_figure(s, place, 0);
    s->at[place * 2] = dab_figure(s, place, 1);
    s->at[place * 2 + 1] = first;
}

/* How unlike two figures of one series are: by magnitude, by digits behind the point. */
static double unlike(const DabToken *a, const DabToken *b) {
    double x = fabs(a->number) + 1, y = fabs(b->number) + 1;
    return fabs(log(x / y)) + (a->decimals != b->decimals ? 0.7 : 0) + (strcmp(a->unit, b->unit) ? 4 : 0);
}

/* Puts figures of one kind together, place after place; the greater first. */
static void sort_by_likeness(DabSeriesGrid *s) {
    const DabToken *const *last = NULL;
    for (guint i = 0; i < s->n; i++) {
        if (!dab_figure(s, i, 0)) continue;
        DabToken *a = dab_figure(s, i, 0), *b = dab_figure(s, i, 1);
        gboolean turn = last ? unlike(last[0], b) + unlike(last[1], a) < unlike(last[0], a) + unlike(last[1], b)
                             : fabs(b->number) > fabs(a->number);
        if (turn) swap(s, i);
        last = (const DabToken *const *)(s->at + i * 2);
    }
}

static double middle_of(const DabSeriesGrid *s, guint series) {
    double sum = 0;
    guint n = 0;
    for (guint i = 0; i < s->n; i++) {
        if (!dab_figure(s, i, series)) continue;
        sum += fabs(dab_figure(s, i, series)->number);
        n++;
    }
    return n ? sum / n : 0;
}

static gboolean all(const DabSeriesGrid *s, guint series, gboolean (*holds)(const DabToken *)) {
    for (guint i = 0; i < s->n; i++)
        if (dab_figure(s, i, series) && !holds(dab_figure(s, i, series))) return FALSE;
    return TRUE;
}

static gboolean says_percent(const DabToken *t) {
    return is_percent(t->unit);
}
static gboolean not_negative(const DabToken *t) {
    return t->number >= 0;
}
static gboolean two_decimals(const DabToken *t) {
    return t->decimals >= 2;
}
static gboolean one_decimal(const DabToken *t) {
    return t->decimals == 1;
}

/* Levels into series 0, percentages into 1. FALSE where they might as well be the other way round. */
static gboolean part_levels(DabSeriesGrid *s) {
    sort_by_likeness(s);
    gboolean turn = FALSE, sure = FALSE;
    for (guint k = 0; k < 2 && !sure; k++) {
        gboolean percent = all(s, k, says_percent) && !all(s, 1 - k, says_percent);
        gboolean falls = !all(s, k, not_negative) && all(s, 1 - k, not_negative);
        gboolean fewer = all(s, k, one_decimal) && all(s, 1 - k, two_decimals);
        sure = percent || falls || fewer;
        turn = k == 0;
    }
    if (!sure) turn = FALSE; /* the first is the greater */
    for (guint i = 0; turn && i < s->n; i++)
        if (dab_figure(s, i, 0)) swap(s, i);
    return sure || middle_of(s, 0) > CLEARLY * middle_of(s, 1);
}

/* ---- names ---- */

/* One series: what the caption says, or, where it says two and the figures are percentages alone, the second. */
static gboolean name_single(DabSeriesGrid *s, DabChartSeries *out) {
    DabChart *c = s->c;
    gboolean change, rate = dab_chart_is_rate(c->rules, c->name, &change);
    gboolean percent = s->unit[1] && !s->unit[0];
    if (c->second && !c->part && s->unit[0] && s->unit[1]) return FALSE; /* which of the two is told by a colour */
    if (c->second && (percent || (c->part && all(s, 0, says_percent)))) {
        out->indicator = c->second;
        out->share = c->share;
        out->change = c->second_change;
        dab_series_unit(s, out, "%");
        return TRUE;
    }
    out->indicator = c->name;
    out->change = rate && change;
    dab_series_unit(s, out, s->unit[0] ? s->unit[0] : s->unit[1] || rate ? "%" : NULL);
    return !(rate && s->unit[0] && s->unit[1]);
}

/* Two series, the second in percent. */
static gboolean name_two(DabSeriesGrid *s, DabChartSeries *out) {
    DabChart *c = s->c;
    gboolean change;
    const char *level = c->name, *rate = c->second;
    for (guint i = 0; !rate && s->legend->len == 2 && i < 2; i++) {
        if (!dab_chart_is_rate(c->rules, dab_legend_word(s, i), &change)) continue;
        level = dab_legend_word(s, 1 - i);
        rate = dab_legend_word(s, i);
        c->second_change = change;
    }
    if (!rate || (s->k == 2 && !part_levels(s))) return FALSE;
    out[0].indicator = level;
    out[1].indicator = rate;
    out[1].change = c->second_change;
    out[1].share = c->second ? c->share : NULL;
    dab_series_unit(s, &out[0], s->unit[0]);
    dab_series_unit(s, &out[1], "%");
    return TRUE;
}

/* Whether a word stands in a row with the figures of most places: a row of a table, in which nothing is drawn. */
static gboolean has_row(const DabSeriesGrid *s) {
    for (guint w = 0; w < s->legend->len; w++) {
        const DabToken *word = s->legend->pdata[w];
        guint beside = 0;
        for (guint i = 0; i < s->n * s->k; i++)
            beside += s->at[i] && fabsf(dab_token_y(s->at[i]) - dab_token_y(word)) < word->size / 2;
        if (beside > 1 && beside * 5 >= s->n * 3) return TRUE;
    }
    return FALSE;
}

static gboolean name_all(DabSeriesGrid *s, DabChartSeries *out) {
    if (s->c->boxes && !s->c->upright && has_row(s)) return FALSE;
    if (s->k == 1) return name_single(s, out);
    if (s->k == 2 && ((s->c->second && !s->c->part) || (s->unit[0] && s->unit[1]))) return name_two(s, out);
    return !(s->unit[0] && s->unit[1]) && dab_series_by_legend(s, out);
}

/* Figures that have their names beside them: percentages are shares, or the name says already what they are. */
static gboolean name_paired(DabSeriesGrid *s, DabChartSeries *out) {
    DabChart *c = s->c;
    gboolean change, rate = dab_chart_is_rate(c->rules, c->name, &change);
    read_around(s);
    gboolean percent = (s->unit[1] || rate) && !s->unit[0];
    out[0] = (DabChartSeries){.indicator = c->name};
    out[1] = (DabChartSeries){.indicator = c->name, .change = rate && change, .share = rate ? NULL : c->share};
    dab_series_unit(s, &out[0], s->unit[0]);
    dab_series_unit(s, &out[1], "%");
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->fate != DAB_FATE_LABEL) continue;
        t->series = *t->unit ? is_percent(t->unit) : percent;
        if (!*t->unit && !s->unit[0] && !percent) return FALSE; /* 1 beside a name may be anything: a key of a map */
    }
    return TRUE;
}

gboolean dab_chart_series_find(DabChart *c, DabChartSeries *out) {
    g_autoptr(GPtrArray) legend = g_ptr_array_new();
    DabSeriesGrid s = {.c = c, .n = c->places->len, .legend = legend};
    if (c->paired) return name_paired(&s, out);
    gboolean found = FALSE;
    if (collect(&s)) {
        read_around(&s);
        found = name_all(&s, out);
        for (guint i = 0; found && i < s.n * s.k; i++)
            if (s.at[i]) s.at[i]->series = (gint)(i % s.k);
    }
    g_free(s.at);
    return found;
}
