/* What an auditor wants to see first: claims the numbers contradict, shares over 100 %. */
#include <string.h>

#include "engine/draft.h"

static void add(DabReport *r, const char *kind, const char *message, guint first, gint second) {
    DabFinding f = {.kind = kind, .message = message, .measures = dab_pool_array(r->document->pool, sizeof(guint))};
    g_array_append_val(f.measures, first);
    if (second >= 0) {
        guint other = (guint)second;
        g_array_append_val(f.measures, other);
    }
    g_array_append_val(r->findings, f);
}

static const char *raw(const DabReport *r, const DabMeasure *m, char **keep) {
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, m->number);
    g_free(*keep);
    *keep = g_strndup(r->document->text->utf8->str + n->span.start, dab_span_len(n->span));
    return *keep;
}

static void contradicted_claims(DabReport *r) {
    g_autofree char *want = NULL, *got = NULL;
    for (guint i = 0; i < r->links->len; i++) {
        const DabLink *l = &g_array_index(r->links, DabLink, i);
        if (l->agrees != FALSE) continue;
        const DabMeasure *t = &g_array_index(r->measures, DabMeasure, l->target),
                         *o = &g_array_index(r->measures, DabMeasure, l->outcome);
        add(r, "claim_contradicted",
            dab_pool_printf(r->document->pool, "%s: target %s, outcome %s, so %s; the report says %s", t->indicator,
                            raw(r, t, &want), raw(r, o, &got), dab_verdict_name(l->verdict), l->reported),
            l->target, (gint)l->outcome);
    }
}

/* Rules of stage "finding" hold for one measure: `pattern` is matched with its indicator, `set.over` is the bound. */
static void bounded_measures(DabReport *r) {
    const GPtrArray *stage = dab_rules_stage(r->rules, "finding");
    g_autofree char *got = NULL;
    for (guint i = 0; i < r->measures->len; i++) {
        const DabMeasure *m = &g_array_index(r->measures, DabMeasure, i);
        const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, m->number);
        for (guint k = 0; k < stage->len; k++) {
            const DabRule *rule = stage->pdata[k];
            const char *over = dab_yaml_text(rule->set, "over"), *unit = dab_yaml_text(rule->set, "unit");
            const char *role = dab_yaml_text(rule->set, "role");
            DabMatch match;
            if (!over || !n->has_value || m->change != DAB_CHANGE_NONE || n->value * m->factor <= g_ascii_strtod(over, NULL))
                continue;
            if ((unit && strcmp(unit, m->unit)) || (role && strcmp(role, dab_role_name(m->role)))) continue;
            if (rule->pattern && !dab_pattern_match(rule->pattern, m->indicator, strlen(m->indicator), 0, &match)) continue;
            add(r, rule->kind,
                dab_pool_printf(r->document->pool, "%s: %s is over %s%s", m->indicator, raw(r, m, &got), over, unit ? unit : ""), i,
                -1);
            break;
        }
    }
}

void dab_findings_make(DabReport *r) {
    contradicted_claims(r);
    bounded_measures(r);
}
