/* measure.h: what a report commits to and what it reports: engine/ makes these from a DabDocument; output/ writes them. */
#ifndef DABIAO_MEASURE_H
#define DABIAO_MEASURE_H

#include "dabiao/document.h"

typedef enum { DAB_ROLE_TARGET, DAB_ROLE_OUTCOME, DAB_ROLE_REFERENCE } DabRole;
typedef enum { DAB_CHANGE_NONE, DAB_CHANGE_INCREASE, DAB_CHANGE_DECREASE } DabChange;
typedef enum { DAB_VERDICT_MET, DAB_VERDICT_MISSED, DAB_VERDICT_UNCLEAR } DabVerdict;
const char *dab_role_name(DabRole r);
const char *dab_change_name(DabChange c);
const char *dab_verdict_name(DabVerdict v);

/* Strings live in the document's pool or in the rules. NULL where the report says nothing. */
typedef struct {
    const char *id; /* "m1" */
    DabRole role;
    const char *indicator;
    const char *subject; /* the indicator without what says which figure of it: 公务接待费 of 公务接待费支出决算 */
    guint number;        /* in DabDocument.numbers: value, unit, raw */
    DabComparator comparator; /* the number's own, or what role and verb say */
    const char *unit;         /* the number's, or the column's */
    double factor;            /* by which a column's unit (万元) multiplies the number; 1 where it has its own */
    DabChange change;
    const char *since;
    const char *deadline, *as_of, *scope;
    gint year; /* that it is for: its deadline's, one named before it, its section's, else the document's; 0: unknown */
    guint sentence;
    gint section, table, row, column; /* -1 where it stands in none */
    guint page;
    DabBox box;
    const char *rule; /* id of the rule that made it */
} DabMeasure;

typedef struct {
    guint target, outcome; /* indices of measures */
    DabVerdict verdict;
    gboolean has_margin;
    double margin;        /* outcome − target */
    const char *reported; /* the report's own claim: 已完成 */
    gint agrees;          /* TRUE, FALSE, or -1: cannot be said */
    const char *rule;
} DabLink;

typedef struct {
    const char *kind;    /* claim_contradicted share_over_100 … */
    GArray *measures;    /* guint */
    const char *message; /* in the words of the rule: both figures and what was reckoned */
    const char *rule;
} DabFinding;

typedef struct {
    guint total, measures, context, unclaimed;
    GHashTable *context_kinds; /* interned kind → GUINT count */
    GArray *unclaimed_numbers; /* guint: in DabDocument.numbers */
} DabLedger;

typedef struct {
    const DabDocument *document;
    const DabRules *rules;
    GArray *measures; /* DabMeasure, in document order */
    GArray *links;    /* DabLink */
    GArray *findings; /* DabFinding */
    DabLedger ledger; /* total = measures + context + unclaimed, always */
    GArray *warnings; /* DabWarning: of the rules; those of the file are the layout's */
} DabReport;

/* Runs the rules over a document. Lent from the document's pool. Cannot fail: a number no rule takes is unclaimed. */
DabReport *dab_report_make(const DabDocument *document, const DabRules *rules);

/* The value as it counts: number × factor. */
double dab_measure_value(const DabReport *report, const DabMeasure *m);

#endif
