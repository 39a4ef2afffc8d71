#include "cli/coverage.h"

#include "engine/draft.h"

const char *const dab_coverage_stages[] = {"context", "measure", "role", "finding", NULL};

static void count(DabCoverage *c, const char *rule) {
    if (!rule) return;
    guint n = GPOINTER_TO_UINT(g_hash_table_lookup(c->uses, rule));
    g_hash_table_insert(c->uses, g_strdup(rule), GUINT_TO_POINTER(n + 1));
}

/* Which rule gave each number its role is not kept: it is asked again. */
static void count_roles(DabCoverage *c, const DabDocument *d, const DabRules *rules) {
    g_autoptr(DabMemory) memory = dab_memory_new(d, rules);
    g_autoptr(DabShape) shape = dab_shape_new();
    for (guint i = 0; i < d->sentences->len; i++) {
        const DabSentence *s = &g_array_index(d->sentences, DabSentence, i);
        if (!s->n_numbers || g_array_index(d->passages, DabPassage, s->passage).kind == DAB_PASSAGE_FURNITURE) continue;
        DabPlace place;
        dab_shape_make(shape, rules, d, s);
        dab_shape_sift(shape, rules);
        dab_place_make(&place, d, rules, memory, i, shape);
        for (guint k = s->first_number; k < s->first_number + s->n_numbers; k++) {
            gboolean context = g_array_index(d->numbers, DabNumber, k).context;
            const DabRule *role = !context && dab_shape_find(shape, k) >= 0 ? dab_role_decide(&place, k) : NULL;
            if (role) count(c, role->id);
        }
    }
}

void dab_coverage_add(DabCoverage *c, const DabDocument *d, const DabRules *rules) {
    const DabReport *r = dab_report_make(d, rules);
    for (guint i = 0; i < d->numbers->len; i++) count(c, g_array_index(d->numbers, DabNumber, i).rule);
    for (guint i = 0; i < r->measures->len; i++) count(c, g_array_index(r->measures, DabMeasure, i).rule);
    for (guint i = 0; i < r->findings->len; i++) count(c, g_array_index(r->findings, DabFinding, i).rule);
    count_roles(c, d, rules);
    c->documents++;
    c->numbers += r->ledger.total;
    c->measures += r->ledger.measures;
    c->context += r->ledger.context;
    c->unclaimed += r->ledger.unclaimed;
}
