/* Trims a stretch of a sentence down to the words that name what is measured, by the rules of stage "trim". */
#include <string.h>

#include "engine/draft.h"

#define MAX_CUTS 24 /* a rule that cuts nothing is no cut; this only bounds rules that undo each other */

gboolean dab_trim_once(const DabPlace *p, const DabRule *rule, DabSpan *span, DabSpan *scope) {
    const char *text = p->shape->text->str;
    DabMatch m;
    gboolean tail = !g_strcmp0(rule->kind, "tail");
    if (!tail && g_strcmp0(rule->kind, "lead")) return FALSE;
    if (!dab_when_holds(rule->when, p, NULL, NULL)) return FALSE;
    if (!dab_pattern_match(rule->pattern, text + span->start, dab_span_len(*span), 0, &m)) return FALSE;
    gsize start = m.spans[0], end = m.spans[1];
    if (start == end) return FALSE;
    if (tail) {
        if (end != dab_span_len(*span)) return FALSE;
        span->end = span->start + start;
        return TRUE;
    }
    if (start != 0) return FALSE;
    int group = dab_pattern_group(rule->pattern, "scope");
    if (scope && dab_match_has(&m, group))
        *scope = (DabSpan){span->start + m.spans[2 * group], span->start + m.spans[2 * group + 1]};
    span->start += end;
    return TRUE;
}

/* Where the first rule of a kind matches in a name; the length of the name where none does. */
static gsize match_of_kind(const DabRules *rules, const char *kind, const char *name) {
    gsize len = strlen(name);
    DabLikely likely = dab_rules_likely_of(rules, DAB_STAGE_TRIM, kind, name, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));)
        if (dab_pattern_match(rule->pattern, name, len, 0, &m)) return m.spans[0];
    return len;
}

gsize dab_without_predicate(const DabRules *rules, const char *clause) {
    return match_of_kind(rules, "clause_tail", clause);
}

static gboolean is_of_kind(const DabRules *rules, const char *kind, const char *name) {
    return *name && match_of_kind(rules, kind, name) < strlen(name);
}

gboolean dab_name_is_nothing(const DabRules *rules, const char *name) {
    DabName *known = dab_name_of(rules, name);
    if (!known->nothing) known->nothing = is_of_kind(rules, "nothing", name) ? DAB_YES : DAB_NO;
    return known->nothing == DAB_YES;
}

gboolean dab_heading_is_nothing(const DabRules *rules, const char *title) {
    return is_of_kind(rules, "heading", title);
}

gboolean dab_name_is_partial(const DabRules *rules, const char *name) {
    DabName *known = dab_name_of(rules, name);
    if (!known->partial)
        known->partial =
            is_of_kind(rules, "partial", name) || dab_rules_has_word(rules, "generic_names", name, strlen(name)) ? DAB_YES : DAB_NO;
    return known->partial == DAB_YES;
}

const char *dab_trim_label(const DabRules *rules, DabPool *pool, const char *label) {
    DabLikely likely = dab_rules_likely_of(rules, DAB_STAGE_TRIM, "label", label, strlen(label));
    const DabRule *rule;
    for (guint n = 0; n < MAX_CUTS && *label && (rule = dab_likely_next(&likely));) {
        gsize len = strlen(label);
        DabMatch m;
        if (!dab_pattern_match(rule->pattern, label, len, 0, &m) || m.spans[0] == m.spans[1]) continue;
        if (m.spans[0] == 0)
            label += m.spans[1];
        else if (m.spans[1] == len)
            label = dab_pool_strndup(pool, label, m.spans[0]);
        else
            continue;
        n++;
        likely = dab_rules_likely_of(rules, DAB_STAGE_TRIM, "label", label, strlen(label));
    }
    return label;
}

static DabLikely likely_cuts(const DabPlace *p, DabSpan span) {
    return dab_rules_likely_of(p->rules, DAB_STAGE_TRIM, "lead|tail", p->shape->text->str + span.start, dab_span_len(span));
}

DabSpan dab_trim(const DabPlace *p, DabSpan span, DabSpan *scope) {
    DabLikely likely = likely_cuts(p, span);
    const DabRule *rule;
    for (guint n = 0; n < MAX_CUTS && dab_span_len(span) && (rule = dab_likely_next(&likely));) {
        if (!rule->pattern || !dab_trim_once(p, rule, &span, scope)) continue;
        n++;
        likely = likely_cuts(p, span); /* from the first rule again: what was hidden behind the cut may be cut now */
    }
    return span;
}
