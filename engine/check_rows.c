/* Figures of one row of a table that must agree: 计划数, 完成数 and 完成率; this year, last year and 增长率. */
#include <math.h>
#include <string.h>

#include "engine/audit.h"

#define EPSILON 1e-9
#define FULL 100.0 /* percent: what is overfulfilled is often told as 100 */

typedef struct {
    const DabAudit *audit;
    guint first, end; /* measures of the row */
} Row;

static const char *column_of(const DabAudit *a, const DabMeasure *m) {
    const DabDocTable *t = a->report->document->tables->pdata[m->table];
    return dab_table_column(t, (guint)m->row, (guint)m->column)->name;
}

static gboolean is_percent(const DabAudit *a, const DabMeasure *m) {
    return !strcmp(dab_audit_number(a, m->number)->kind, "percent") || !strcmp(m->unit, "%");
}

/* Whether the rate lies within what part and whole can be, as they are printed; cut off figures allowed for. */
static gboolean agrees(double low, double high, const DabPrinted *rate) {
    double slack = 2 * rate->half + EPSILON * fmax(1, fabs(rate->value));
    return high >= rate->value - slack && low <= rate->value + slack;
}

static void add(const DabAudit *a, const DabMeasure *rate, const DabMeasure *of, const DabMeasure *now, double computed) {
    const guint numbers[] = {rate->number, of->number, now->number};
    const char *const fields[] = {"indicator", now->indicator,
                                  "said",      dab_audit_raw(a, rate->number),
                                  "computed",  dab_audit_write(a, computed, rate->number),
                                  "whole",     dab_audit_raw(a, of->number),
                                  "part",      dab_audit_raw(a, now->number),
                                  "from",      dab_audit_raw(a, of->number),
                                  "to",        dab_audit_raw(a, now->number),
                                  NULL};
    dab_audit_add(a, numbers, 3, fields);
}

/* The rate must fit one goal and one outcome of the row; nothing is said where one of them cannot be reckoned with, or less is
 * better. */
static void check_share(const Row *r, const DabMeasure *rate, const DabPrinted *said) {
    const DabAudit *a = r->audit;
    const DabMeasure *goal = NULL, *done = NULL;
    for (guint i = r->first; i < r->end; i++) {
        const DabMeasure *t = dab_audit_measure(a, i);
        DabPrinted w, p;
        if (t->role != DAB_ROLE_TARGET || t == rate) continue;
        if (t->change != DAB_CHANGE_NONE || dab_measure_lower_is_better(a->report->rules, t)) return;
        if (!dab_printed_read(a, t->number, &w) || w.value - w.half <= 0) return;
        for (guint k = r->first; k < r->end; k++) {
            const DabMeasure *o = dab_audit_measure(a, k);
            if (o == rate || o->role != DAB_ROLE_OUTCOME || o->change != DAB_CHANGE_NONE || strcmp(o->unit, t->unit)) continue;
            if (!dab_printed_read(a, o->number, &p)) return;
            double low = 100 * (p.value - p.half) / (w.value + w.half), high = 100 * (p.value + p.half) / (w.value - w.half);
            if (agrees(low, high, said) || (said->value == FULL && high >= FULL)) return;
            goal = t, done = o;
        }
    }
    if (!done) return;
    DabPrinted w, p;
    dab_printed_read(a, goal->number, &w);
    dab_printed_read(a, done->number, &p);
    add(a, rate, goal, done, 100 * p.value / w.value);
}

/* One figure of this year and one of last year. */
static void check_growth(const Row *r, const DabMeasure *rate, const DabPrinted *said) {
    const DabAudit *a = r->audit;
    const DabMeasure *now = NULL, *before = NULL;
    if (rate->change == DAB_CHANGE_NONE) return;
    for (guint i = r->first; i < r->end; i++) {
        const DabMeasure *m = dab_audit_measure(a, i);
        if (m == rate || m->change != DAB_CHANGE_NONE || m->role == DAB_ROLE_TARGET) continue;
        gboolean past = m->role == DAB_ROLE_REFERENCE || m->year < rate->year; /* 2020年完成 beside 2021年完成 */
        const DabMeasure **which = past ? &before : &now;
        if (*which) return;
        *which = m;
    }
    DabPrinted p, b;
    if (!now || !before || is_percent(a, now) || strcmp(now->unit, before->unit)) return;
    if (dab_audit_set_has(a, "unless", now->indicator, strlen(now->indicator))) return;
    if (!dab_printed_read(a, now->number, &p) || !dab_printed_read(a, before->number, &b) || b.value - b.half <= 0) return;
    DabPrinted x = *said;
    x.value = fabs(x.value) * (rate->change == DAB_CHANGE_DECREASE ? -1 : 1);
    double low = 100 * ((p.value - p.half) / (b.value + b.half) - 1), high = 100 * ((p.value + p.half) / (b.value - b.half) - 1);
    if (!agrees(low, high, &x)) add(a, rate, before, now, 100 * (p.value / b.value - 1));
}

static void check_row(const Row *r, gboolean growth) {
    for (guint i = r->first; i < r->end; i++) {
        const DabMeasure *m = dab_audit_measure(r->audit, i);
        const char *name = column_of(r->audit, m);
        DabPrinted said;
        DabMatch match;
        if (!is_percent(r->audit, m) || !dab_printed_read(r->audit, m->number, &said)) continue;
        if (!r->audit->rule->pattern || !dab_pattern_match(r->audit->rule->pattern, name, strlen(name), 0, &match)) continue;
        growth ? check_growth(r, m, &said) : check_share(r, m, &said);
    }
}

static void check_rows(const DabAudit *a, gboolean growth) {
    const GArray *measures = a->report->measures;
    for (guint i = 0; i < measures->len;) {
        const DabMeasure *m = dab_audit_measure(a, i);
        Row r = {a, i, i + 1};
        while (r.end < measures->len && dab_audit_measure(a, r.end)->table == m->table &&
               dab_audit_measure(a, r.end)->row == m->row)
            r.end++;
        if (m->table >= 0) check_row(&r, growth);
        i = r.end;
    }
}

void dab_check_row_shares(const DabAudit *a) {
    check_rows(a, FALSE);
}

void dab_check_row_growth(const DabAudit *a) {
    check_rows(a, TRUE);
}
