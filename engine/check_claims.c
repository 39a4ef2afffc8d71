/* Claims that the numbers contradict; figures over a bound. */
#include <string.h>

#include "engine/audit.h"

static gboolean same_row(const DabMeasure *a, const DabMeasure *b) {
    return a->table >= 0 && a->table == b->table && a->row == b->row;
}

/* 未完成 stands for all of a row: it is contradicted only when everything in the row was met. */
static gboolean whole_row_met(const DabAudit *a, const DabMeasure *t) {
    const GArray *links = a->report->links;
    for (guint i = 0; i < links->len; i++) {
        const DabLink *l = &g_array_index(links, DabLink, i);
        if (l->verdict != DAB_VERDICT_MET && same_row(dab_audit_measure(a, l->target), t)) return FALSE;
    }
    return TRUE;
}

void dab_check_claims(const DabAudit *a) {
    const DabRules *rules = a->report->rules;
    for (guint i = 0; i < a->report->links->len; i++) {
        const DabLink *l = &g_array_index(a->report->links, DabLink, i);
        const DabMeasure *t = dab_audit_measure(a, l->target), *o = dab_audit_measure(a, l->outcome);
        if (l->agrees != FALSE || (l->verdict == DAB_VERDICT_MET && !whole_row_met(a, t))) continue;
        const char *verdict = dab_rules_map(rules, "verdict_words", dab_verdict_name(l->verdict));
        const char *const fields[] = {"indicator", t->indicator,
                                      "target",    dab_audit_raw(a, t->number),
                                      "outcome",   dab_audit_raw(a, o->number),
                                      "verdict",   verdict ? verdict : dab_verdict_name(l->verdict),
                                      "claim",     l->reported,
                                      NULL};
        const guint numbers[] = {t->number, o->number};
        dab_audit_add(a, numbers, 2, fields);
    }
}

/* `pattern` is matched with the indicator, `set.over` is the bound, `set.unless` are words of names that it does not hold for. */
void dab_check_bounds(const DabAudit *a) {
    const DabRule *rule = a->rule;
    const char *over = dab_yaml_text(rule->set, "over"), *unit = dab_yaml_text(rule->set, "unit");
    const char *role = dab_yaml_text(rule->set, "role");
    if (!over) return;
    double bound = g_ascii_strtod(over, NULL);
    for (guint i = 0; i < a->report->measures->len; i++) {
        const DabMeasure *m = dab_audit_measure(a, i);
        const DabNumber *n = dab_audit_number(a, m->number);
        if (!n->has_value || m->change != DAB_CHANGE_NONE || n->value * m->factor <= bound) continue;
        if ((unit && strcmp(unit, m->unit)) || (role && strcmp(role, dab_role_name(m->role)))) continue;
        if (!dab_audit_name_holds(a, m, NULL)) continue;
        if (dab_audit_set_has(a, "unless", m->indicator, strlen(m->indicator))) continue;
        const char *const fields[] = {"indicator", m->indicator,     "said", dab_audit_raw(a, m->number), "bound", over,
                                      "unit",      unit ? unit : "", NULL};
        dab_audit_add(a, &m->number, 1, fields);
    }
}
