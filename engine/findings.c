/* What an auditor wants to see first. Each rule of stage "finding" names a check (`set: {check: …}`, or a bound, `over`), and has
 * its limits and the words of its message; the checks reckon. */
#include <string.h>

#include "engine/audit.h"
#include "engine/findings.h"

typedef struct {
    const char *name;
    void (*run)(const DabAudit *audit);
} Check;

static const Check checks[] = {
    {"claim", dab_check_claims},          {"bound", dab_check_bounds},          {"table_sum", dab_check_table_sums},
    {"row_share", dab_check_row_shares},  {"row_growth", dab_check_row_growth}, {"named_parts", dab_check_named_parts},
    {"two_values", dab_check_two_values}, {"target_fell", dab_check_targets},
};

static const char *name_of(const DabRule *rule) {
    const char *check = dab_yaml_text(rule->set, "check");
    return check ? check : "bound";
}

gboolean dab_finding_is_known(const char *check) {
    for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
        if (!strcmp(checks[i].name, check)) return TRUE;
    return dab_check_is_relation(check);
}

gboolean dab_finding_is_relation(const DabRule *rule) {
    return rule->pattern && dab_check_is_relation(dab_yaml_text(rule->set, "check"));
}

static void run(DabAudit *audit) {
    const char *name = name_of(audit->rule);
    for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
        if (!strcmp(checks[i].name, name)) checks[i].run(audit);
}

void dab_findings_make(DabReport *r, DabName *const *names, const GArray *related) {
    if (!r->measures->len) return;
    g_autofree gint *measure_of = g_new(gint, r->document->numbers->len + 1);
    memset(measure_of, -1, (r->document->numbers->len + 1) * sizeof *measure_of);
    for (guint i = 0; i < r->measures->len; i++) measure_of[g_array_index(r->measures, DabMeasure, i).number] = (gint)i;
    DabAudit audit = {.report = r, .measure_of = measure_of, .names = names};
    const GPtrArray *stage = dab_rules_stage(r->rules, "finding");
    for (guint i = 0; i < stage->len; i++) {
        audit.rule = stage->pdata[i];
        audit.place = i;
        run(&audit);
    }
    dab_check_relations(&audit, related);
}
