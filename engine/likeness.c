/* Whether two units count the same, an outcome meets a target, and what kind of figure a name tells of. */
#include "dabiao/likeness.h"

#include <math.h>
#include <string.h>

#include "engine/names.h"
#include "engine/rule_set.h"

#define OTHER_UNIT 0.7 /* 家 and 个 may count the same */
#define RELATIVE_EPSILON 1e-9

gboolean dab_name_has_word(const DabRules *rules, const char *list, const char *text) {
    return text && dab_rules_find_word(rules, list, text, strlen(text));
}

const char *dab_clause_before(const DabRules *rules, const char *sentence, gsize at, gsize *len) {
    gsize mark, start = dab_rules_word_before(rules, "clause_marks", sentence, at, &mark);
    *len = at - start;
    return sentence + start;
}

DabNature dab_nature_of(guint32 words) {
    gboolean stock = dab_lists_have(words, DAB_LIST_CUMULATIVE) && !dab_lists_have(words, DAB_LIST_ANNUAL);
    return (DabNature){.cumulative = stock,
                       .added = dab_lists_have(words, DAB_LIST_ADDED) && !dab_lists_have(words, DAB_LIST_LEVEL),
                       .begun = dab_lists_have(words, DAB_LIST_BEGUN),
                       .further = dab_lists_have(words, DAB_LIST_FURTHER) && !stock};
}

DabNature dab_nature(const DabRules *rules, const char *clause, gsize len, const char *indicator) {
    DabNature nature = dab_nature_of(dab_lexicon_scan(rules->lexicon, clause, len) |
                                     dab_lexicon_scan(rules->lexicon, indicator, strlen(indicator)));
    nature.gap = dab_rules_last_word(rules, "difference_words", clause, len) > 0;
    return nature;
}

const char *dab_unit_split(const DabRules *rules, const char *unit, double *factor) {
    *factor = 1;
    for (gsize len = strlen(unit); len > 0; len--) {
        if (((guchar)unit[len] & 0xC0) == 0x80) continue;
        g_autofree char *prefix = g_strndup(unit, len);
        const char *value = dab_rules_map(rules, "unit_prefix", prefix);
        if (!value) continue;
        *factor = g_ascii_strtod(value, NULL);
        return unit + len;
    }
    return unit;
}

gboolean dab_is_of_the_rest(const DabRules *rules, const char *sentence, gsize at) {
    gsize word, rest = dab_rules_word_before(rules, "rest_words", sentence, at, &word);
    return rest && rest > dab_rules_word_before(rules, "whole_period_words", sentence, at, &word);
}

DabUnitClass dab_unit_class(const DabRules *rules, const char *unit) {
    gsize len = strlen(unit);
    DabUnitClass u = {.base = unit,
                      .scale = 1,
                      .people = dab_rules_has_word(rules, "people_units", unit, len),
                      .things = dab_rules_has_word(rules, "unit_count", unit, len)};
    const char *text = dab_rules_map(rules, "unit_scale", unit); /* "15 亩" */
    if (!text) return u;
    char *end;
    double scale = g_ascii_strtod(text, &end);
    while (*end == ' ') end++;
    if (!*end || !isfinite(scale) || scale <= 0) return u; /* no scale: a unit of its own */
    u.base = end;
    u.scale = scale;
    return u;
}

double dab_unit_fit(const DabUnitClass *a, const DabUnitClass *b) {
    if (a->base == b->base || !strcmp(a->base, b->base) || (a->people && b->people)) return 1;
    return a->things && b->things ? OTHER_UNIT : 0;
}

double dab_unit_ratio(const DabUnitClass *from, const DabUnitClass *to) {
    return strcmp(from->base, to->base) ? 1 : from->scale / to->scale;
}

gboolean dab_lists_lower_is_better(guint32 words, DabChange change) {
    return change != DAB_CHANGE_DECREASE && dab_lists_have(words, DAB_LIST_LOWER_IS_BETTER) &&
           !dab_lists_have(words, DAB_LIST_NOT_LOWER_IS_BETTER);
}

gboolean dab_lower_is_better(const DabRules *rules, const char *indicator, DabChange change) {
    return indicator && dab_lists_lower_is_better(dab_lexicon_scan(rules->lexicon, indicator, strlen(indicator)), change);
}

static gboolean satisfies(double outcome, DabComparator c, double target, gboolean lower) {
    double slack = RELATIVE_EPSILON * MAX(1, fabs(target));
    switch (c) {
    case DAB_GT:
        return outcome > target;
    case DAB_LT:
        return outcome < target;
    case DAB_LE:
        return outcome <= target + slack;
    case DAB_GE:
        return outcome >= target - slack;
    default:
        return lower ? outcome <= target + slack : outcome >= target - slack; /* 新增5个: 6 is not a failure */
    }
}

DabVerdict dab_goal_judge(const DabGoal *g, double outcome, double *margin) {
    DabComparator c = g->low == g->high ? g->comparator : DAB_EQ;
    double want = g->lower_is_better || c == DAB_LE || c == DAB_LT ? g->high : g->low;
    *margin = outcome - want;
    return satisfies(outcome, c, want, g->lower_is_better) ? DAB_VERDICT_MET : DAB_VERDICT_MISSED;
}

gboolean dab_goal_is_most(const DabGoal *g) {
    return g->comparator == DAB_LE || g->comparator == DAB_LT || (g->lower_is_better && g->comparator == DAB_EQ);
}

gboolean dab_adds_up(const DabRules *rules, const char *indicator, const DabUnitClass *unit) {
    if (strpbrk(unit->base, "%/") || dab_name_has_word(rules, "not_additive_words", indicator)) return FALSE;
    return !dab_rules_has_word(rules, "unit_time", unit->base, strlen(unit->base)) ||
           dab_name_has_word(rules, "counted_days", indicator);
}
