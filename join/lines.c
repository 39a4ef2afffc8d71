/* The lines of links.jsonl and findings.jsonl. */
#include <math.h>
#include <string.h>

#include "dabiao/message.h"
#include "join/item.h"
#include "output/value.h"

typedef struct {
    const DabJoinItem *outcome;
    double fit;
    gboolean early;
} Answer;

/* The best one; of equals that of the same issuer, then of the later document, then the first. */
static gboolean better(const DabJoinItem *t, const Answer *a, const Answer *b) {
    if (!b->outcome || a->fit != b->fit) return !b->outcome || a->fit > b->fit;
    const DabJoinDoc *x = a->outcome->doc, *y = b->outcome->doc;
    gboolean own_x = x->issuer && x->issuer == t->doc->issuer, own_y = y->issuer && y->issuer == t->doc->issuer;
    if (own_x != own_y) return own_x;
    gint later = g_strcmp0(x->date, y->date);
    return later > 0 || (later == 0 && x->index < y->index);
}

static void look_under(const DabJoin *j, const char *what, const char *place, const DabJoinItem *t, Answer *best) {
    const GPtrArray *items = dab_join_look(j, what, place, t->year);
    for (guint i = 0; items && i < items->len; i++) {
        Answer a = {.outcome = items->pdata[i]};
        a.fit = dab_join_fit(j->rules, t, a.outcome, &a.early);
        if (a.fit > 0 && better(t, &a, best)) *best = a;
    }
}

static DabValue *measure_value(const DabJoinItem *i) {
    DabValue *o = dab_value_new_object();
    dab_value_put_text(o, "output", i->doc->name);
    dab_value_put_text(o, "id", i->id);
    return o;
}

/* A difference has no more decimals than 15 digits of the larger number leave it. */
static void put_margin(DabValue *line, const DabJoinItem *t, const DabJoinItem *o, double margin) {
    if (isnan(margin)) {
        dab_value_put_null(line, "margin");
        return;
    }
    double larger = fmax(fabs(t->has_value ? t->value : t->high), fabs(o->has_value ? o->value : o->high));
    int whole_digits = larger >= 1 ? (int)floor(log10(larger)) + 1 : 1;
    dab_value_put_decimals(line, "margin", margin, (guint)CLAMP(14 - whole_digits, 0, 10));
}

static void write_link(const DabRules *rules, const DabJoinItem *t, const Answer *a, GString *out) {
    const DabJoinItem *o = a->outcome;
    double margin;
    g_autoptr(GString) why = g_string_new(NULL);
    gboolean region = t->doc->place && o->doc->place;
    g_string_append_printf(why, "same %s %s, %s", region ? "region" : "issuer", region ? t->doc->place : t->doc->issuer,
                           t->essence == o->essence ? "same indicator" : "like indicator ");
    if (t->essence != o->essence) g_string_append(why, o->indicator);
    DabVerdict verdict = dab_join_judge(rules, t, o, a->early, &margin, why);
    g_autoptr(DabValue) line = dab_value_new_object();
    dab_value_put(line, "target", measure_value(t));
    dab_value_put(line, "outcome", measure_value(o));
    dab_value_put_text(line, "indicator", t->indicator);
    dab_value_put_count(line, "year", (guint64)t->year);
    dab_value_put_text(line, "verdict", dab_verdict_name(verdict));
    put_margin(line, t, o, margin);
    dab_value_put_text(line, "why", why->str);
    dab_value_write(line, out);
    g_string_append_c(out, '\n');
}

GString *dab_join_links(DabJoin *j, guint *n_links) {
    GString *out = g_string_new(NULL);
    *n_links = 0;
    dab_join_file(j);
    for (guint i = 0; i < j->items->len; i++) {
        const DabJoinItem *t = j->items->pdata[i];
        Answer best = {0};
        if (!t->target || t->answered) continue;
        look_under(j, "region", t->doc->place, t, &best);
        look_under(j, "issuer", t->doc->issuer, t, &best);
        if (!best.outcome) continue;
        write_link(j->rules, t, &best, out);
        ++*n_links;
    }
    return out;
}

/* ---- targets easier than those of the year before ---- */

/* Of one value, and of a sense that is known for sure. */
static gboolean is_plain(const DabRules *rules, const DabRule *rule, const DabJoinItem *t) {
    DabMatch m;
    gboolean lower = dab_join_lower_is_better(rules, t), most = t->comparator == DAB_LE || t->comparator == DAB_LT;
    if (!t->target || !t->has_value || t->approximate || (t->comparator != DAB_EQ && lower != most)) return FALSE;
    return !rule->pattern || dab_pattern_match(rule->pattern, t->indicator, strlen(t->indicator), 0, &m);
}

static gboolean is_easier(const DabRules *rules, const DabJoinItem *t, const DabJoinItem *before) {
    double other = before->value * dab_unit_ratio(&before->unit_class, &t->unit_class), slack = 1e-9 * fmax(1, fabs(t->value));
    return dab_join_lower_is_better(rules, t) ? t->value > other + slack : t->value < other - slack;
}

/* The target of the year before, of a document that is not the younger one: one of the same name, of equals the first. */
static const DabJoinItem *target_before(const DabJoin *j, const DabRule *rule, const DabJoinItem *t) {
    const char *const keys[] = {"region", t->doc->place, "issuer", t->doc->issuer};
    for (guint k = 0; k < G_N_ELEMENTS(keys); k += 2) {
        const GPtrArray *items = dab_join_look(j, keys[k], keys[k + 1], t->year - 1);
        for (guint i = 0; items && i < items->len; i++) {
            const DabJoinItem *b = items->pdata[i];
            if (b->doc == t->doc || !is_plain(j->rules, rule, b) || dab_join_before(t->doc->date, b->doc->date)) continue;
            if (b->essence != t->essence || b->change != t->change || b->nature.added != t->nature.added) continue;
            if (b->nature.cumulative != t->nature.cumulative || b->nature.further || t->nature.further) continue;
            if (dab_unit_fit(&b->unit_class, &t->unit_class) == 1 && dab_join_alike(j->rules, t, b)) return b;
        }
    }
    return NULL;
}

static void write_finding(const DabRule *rule, const DabJoinItem *t, const DabJoinItem *b, GString *out) {
    const char *const fields[] = {"indicator", t->indicator, "said", t->raw, "other", b->raw, NULL};
    g_autofree char *message = dab_message_fill(dab_yaml_text(rule->set, "message"), fields);
    g_autoptr(DabValue) line = dab_value_new_object();
    DabValue *measures = dab_value_new_array();
    dab_value_put_text(line, "kind", rule->kind ? rule->kind : "");
    dab_value_put(measures, NULL, measure_value(t));
    dab_value_put(measures, NULL, measure_value(b));
    dab_value_put(line, "measures", measures);
    dab_value_put_text(line, "message", message);
    dab_value_put_text(line, "rule", rule->id);
    dab_value_write(line, out);
    g_string_append_c(out, '\n');
}

GString *dab_join_findings(DabJoin *j, guint *n_findings) {
    GString *out = g_string_new(NULL);
    const GPtrArray *stage = dab_rules_stage(j->rules, "finding");
    *n_findings = 0;
    dab_join_file(j);
    for (guint i = 0; i < j->items->len; i++)
        for (guint k = 0; k < stage->len; k++) {
            const DabRule *rule = stage->pdata[k];
            const DabJoinItem *t = j->items->pdata[i];
            if (g_strcmp0(dab_yaml_text(rule->set, "check"), "target_fell")) continue;
            if (g_strcmp0(dab_yaml_text(rule->set, "against"), "target") || !is_plain(j->rules, rule, t)) continue;
            const DabJoinItem *before = target_before(j, rule, t);
            if (!before || !is_easier(j->rules, t, before)) continue;
            write_finding(rule, t, before, out);
            ++*n_findings;
        }
    return out;
}
