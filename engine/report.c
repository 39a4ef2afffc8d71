/* DabDocument + rule set → DabReport. */
#include "dabiao/likeness.h"
#include "dabiao/measure.h"
#include "dabiao/rules.h"

#include <string.h>

#include "engine/draft.h"

const char *dab_role_name(DabRole r) {
    static const char *const names[] = {"target", "outcome", "reference"};
    return names[r];
}

const char *dab_change_name(DabChange c) {
    static const char *const names[] = {NULL, "increase", "decrease"};
    return names[c];
}

const char *dab_verdict_name(DabVerdict v) {
    static const char *const names[] = {"met", "missed", "unclear"};
    return names[v];
}

const char *dab_measure_id(DabPool *pool, guint n) {
    char text[12], *to = text + sizeof text; /* there are many of them: plain digits need no printf */
    *--to = '\0';
    do *--to = (char)('0' + n % 10);
    while (n /= 10);
    *--to = 'm';
    return dab_pool_strdup(pool, to);
}

double dab_measure_value(const DabReport *report, const DabMeasure *m) {
    return g_array_index(report->document->numbers, DabNumber, m->number).value * m->factor;
}

gboolean dab_measure_lower_is_better(const DabRules *rules, const DabMeasure *m) {
    return dab_lists_lower_is_better(dab_name_of(rules, m->indicator)->lists, m->change);
}

static void count_context(DabLedger *ledger, const char *kind) {
    gpointer count = g_hash_table_lookup(ledger->context_kinds, kind);
    g_hash_table_insert(ledger->context_kinds, (gpointer)kind, GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    ledger->context++;
}

static void make_ledger(DabReport *r, const DabFate *fates) {
    DabLedger *ledger = &r->ledger;
    DabPool *pool = r->document->pool;
    ledger->context_kinds = dab_pool_own(pool, g_hash_table_new(g_direct_hash, g_direct_equal), (GDestroyNotify)g_hash_table_unref);
    ledger->unclaimed_numbers = dab_pool_array(pool, sizeof(guint));
    ledger->total = r->document->numbers->len;
    for (guint i = 0; i < ledger->total; i++) {
        const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, i);
        if (fates[i].measure) {
            ledger->measures++;
        } else if (fates[i].context || n->context) {
            count_context(ledger, fates[i].context ? fates[i].context : n->kind);
        } else {
            g_array_append_val(ledger->unclaimed_numbers, i);
            ledger->unclaimed++;
        }
    }
}

/* Page numbers, running heads: whatever number stands there is no part of what the report says. */
static void pass_over_furniture(const DabDocument *d, const DabSentence *s, DabFate *fates) {
    const char *kind = g_intern_static_string("furniture");
    for (guint i = 0; i < s->n_numbers; i++)
        if (!g_array_index(d->numbers, DabNumber, s->first_number + i).context) fates[s->first_number + i].context = kind;
}

/* What the name of each measure says. Free it; names are lent by the rules. */
static DabName **names_of(const DabReport *r) {
    DabName **names = g_new(DabName *, r->measures->len + 1);
    for (guint i = 0; i < r->measures->len; i++)
        names[i] = dab_name_of(r->rules, g_array_index(r->measures, DabMeasure, i).indicator);
    return names;
}

/* What the sentences say, number by number; into `related` go those in which rules that relate figures may hold. */
static void read_sentences(DabReport *r, DabFate *fates, GArray *related) {
    const DabDocument *d = r->document;
    g_autoptr(DabShape) shape = dab_shape_new();
    g_autoptr(DabMemory) memory = dab_memory_new(d, r->rules);
    for (guint i = 0; i < d->sentences->len; i++) {
        const DabSentence *s = &g_array_index(d->sentences, DabSentence, i);
        DabPassageKind kind = g_array_index(d->passages, DabPassage, s->passage).kind;
        if (!s->n_numbers) continue;
        if (kind == DAB_PASSAGE_FURNITURE) {
            pass_over_furniture(d, s, fates);
            continue;
        }
        if (kind == DAB_PASSAGE_CHART) {
            dab_chart_read(d, i, r->measures, fates);
            g_array_append_val(related, i);
            continue;
        }
        DabPlace place;
        dab_shape_make(shape, r->rules, d, s);
        if (!shape->kinds) continue;
        dab_shape_sift(shape, r->rules);
        if (dab_shape_may_relate(shape, r->rules)) g_array_append_val(related, i);
        dab_place_make(&place, d, r->rules, memory, i, shape);
        dab_measures_read(&place, r->measures, fates);
    }
}

/* A rule that is given up reads less than it says: whoever wrote it must hear of it. */
static void warn_of_rule(gpointer data, const char *place, guint times) {
    DabReport *r = data;
    g_autofree char *message =
        g_strdup_printf("the pattern at %s takes too many steps: given up at %u place%s", place, times, times == 1 ? "" : "s");
    DabWarning warning = {.code = "rule_given_up", .message = dab_pool_strdup(r->document->pool, message)};
    g_array_append_val(r->warnings, warning);
}

DabReport *dab_report_make(const DabDocument *d, const DabRules *rules) {
    DabReport *r = dab_pool_new0(d->pool, DabReport);
    *r = (DabReport){.document = d, .rules = rules};
    dab_names_tidy(rules);
    r->measures = dab_pool_array(d->pool, sizeof(DabMeasure));
    r->links = dab_pool_array(d->pool, sizeof(DabLink));
    r->findings = dab_pool_array(d->pool, sizeof(DabFinding));
    g_autofree DabFate *fates = g_new0(DabFate, d->numbers->len + 1);
    g_autoptr(GArray) related = g_array_new(FALSE, FALSE, sizeof(guint));
    read_sentences(r, fates, related);
    make_ledger(r, fates);
    g_autofree DabName **names = names_of(r);
    dab_promises_find(r, names);
    dab_links_make(r, names);
    dab_findings_make(r, names, related);
    r->warnings = dab_pool_array(d->pool, sizeof(DabWarning));
    dab_patterns_gave_up(warn_of_rule, r);
    return r;
}
