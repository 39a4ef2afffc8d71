/* audit.h: what the checks behind the rules of stage "finding" share: figures as they were printed, and findings in the words of
 * the rules. Each check is a file engine/check_*.c; engine/findings.c calls them. */
#ifndef DABIAO_ENGINE_AUDIT_H
#define DABIAO_ENGINE_AUDIT_H

#include "engine/draft.h"

typedef struct {
    DabReport *report;
    const DabRule *rule;    /* that is being checked */
    guint place;            /* of the rule in its stage */
    const gint *measure_of; /* of each number of the document: its measure, or -1 */
    DabName *const *names;  /* of each measure */
} DabAudit;

/* A figure and how far rounding lets the true value be off: 372.09万 is 3720900 ± 50, 12.5% is 12.5 ± 0.05. */
typedef struct {
    double value, half;
    double scale;   /* of the last place before the point: 10000 for 372.09万 */
    guint decimals; /* digits behind the point */
} DabPrinted;

/* FALSE where a figure cannot be reckoned with: a range, about, at least, or written in hanzi and more than ten. */
gboolean dab_printed_read(const DabAudit *audit, guint number, DabPrinted *printed);

static inline const DabMeasure *dab_audit_measure(const DabAudit *a, guint i) {
    return &g_array_index(a->report->measures, DabMeasure, i);
}
static inline const DabNumber *dab_audit_number(const DabAudit *a, guint i) {
    return &g_array_index(a->report->document->numbers, DabNumber, i);
}

/* A number as the report has it: 372.09万余份. In the pool. */
const char *dab_audit_raw(const DabAudit *audit, guint number);
/* Another value written as a number is: 3510 like 372.09万份 is 0.35万份. In the pool. */
const char *dab_audit_write(const DabAudit *audit, double value, guint number);
/* What a number is of; "" where it is no measure. */
const char *dab_audit_name(const DabAudit *audit, guint number);

/* Whether a word of the sequence `key` of the rule's `set` stands in text[0, len). FALSE when the rule has none. */
gboolean dab_audit_set_has(const DabAudit *audit, const char *key, const char *text, gsize len);

/* Adds a finding of the rule's kind: those of the numbers that are measures, and the rule's `message` with its {keys} filled from
 * `fields` (key, value, …, NULL). None is added when no number is a measure. */
void dab_audit_add(const DabAudit *audit, const guint *numbers, guint n, const char *const *fields);

void dab_check_claims(const DabAudit *audit);      /* check: claim */
void dab_check_bounds(const DabAudit *audit);      /* over: N */
void dab_check_table_sums(const DabAudit *audit);  /* check: table_sum */
void dab_check_row_shares(const DabAudit *audit);  /* check: row_share */
void dab_check_row_growth(const DabAudit *audit);  /* check: row_growth */
void dab_check_named_parts(const DabAudit *audit); /* check: named_parts */
void dab_check_two_values(const DabAudit *audit);  /* check: two_values */
void dab_check_targets(const DabAudit *audit);     /* check: target_fell */
/* All rules with check: growth, difference, share, sum, at_most, hundred, in the sentences `related` (guint) where one may hold;
 * the audit's own rule is not looked at. */
void dab_check_relations(const DabAudit *audit, const GArray *related);
gboolean dab_check_is_relation(const char *check);

static inline DabName *dab_audit_name_of(const DabAudit *a, const DabMeasure *m) {
    return a->names[m - dab_audit_measure(a, 0)];
}
/* Whether the rule's `pattern` matches the name of a measure (TRUE where it has none), or, with `words`, whether the name is one of
 * these. A rule asks one or the other of names, and always the same. */
gboolean dab_audit_name_holds(const DabAudit *audit, const DabMeasure *m, const DabYaml *words);
/* Whether two measures are of one thing for one time and group: the same name, unit, change, scope. The year may differ. */
gboolean dab_audit_same_thing(const DabAudit *audit, const DabMeasure *x, const DabMeasure *y);

#endif
