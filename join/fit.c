/* Whether an outcome of one document answers a target of another. */
#include <math.h>
#include <string.h>

#include "join/item.h"

#define MIN_LIKENESS 0.75 /* stricter than in a document, where what stands together belongs together */
/* Summaries of a year are written from November on; what is dated earlier speaks of a part of the year. */
#define FIRST_SUMMARY_MONTH 11

gboolean dab_join_before(const char *a, const char *b) {
    if (!a || !b) return FALSE;
    return strncmp(a, b, MIN(strlen(a), strlen(b))) < 0;
}

static gboolean same_place(const DabJoinDoc *t, const DabJoinDoc *o) {
    if (t->place && o->place) return t->place == o->place;
    return t->issuer && t->issuer == o->issuer;
}

/* Whether the outcome is of a part of the target's period only. *early: it is of a document that was written before the period
 * ended. */
static gboolean is_partial(const DabJoinItem *t, const DabJoinItem *o, gboolean *early) {
    g_autofree char *end = t->deadline && strlen(t->deadline) >= 7 ? g_strdup(t->deadline) : g_strdup_printf("%d-12-31", t->year);
    *early = FALSE;
    if (o->as_of && strlen(o->as_of) >= 7) return dab_join_before(o->as_of, end);
    if (!o->doc->date || !dab_join_before(o->doc->date, end)) return FALSE;
    gint month = strlen(o->doc->date) >= 7 ? (gint)g_ascii_strtoll(o->doc->date + 5, NULL, 10) : 12;
    *early = month < 12;
    return (gint)g_ascii_strtoll(o->doc->date, NULL, 10) < o->year || month < FIRST_SUMMARY_MONTH;
}

/* Whether a scope is the whole of what the document is about: 全市 in a report of 松泽市, not in one of 松泽市南湾区. */
static gboolean is_whole(const DabRules *rules, const DabJoinDoc *doc, const char *scope) {
    if (dab_rules_has_word(rules, "own_scopes", scope, strlen(scope))) return TRUE;
    if (g_utf8_strlen(scope, -1) != 2) return FALSE;
    return !doc->region || g_str_has_suffix(doc->region, g_utf8_next_char(scope));
}

/* Whether `o` speaks of the group or part that `t` names: 市区, 65岁及以上老年人. */
static gboolean speaks_of(const DabRules *rules, const DabJoinItem *t, const DabJoinItem *o) {
    if (!t->scope || t->scope == o->scope || is_whole(rules, t->doc, t->scope)) return TRUE;
    return (o->scope && strstr(o->scope, t->scope)) || strstr(o->indicator, t->scope) ||
           (o->sentence && strstr(o->sentence, t->scope));
}

static gboolean same_distinctions(const DabRules *rules, const char *a, const char *b) {
    const GPtrArray *words = dab_rules_words(rules, "distinguishing_words");
    for (guint i = 0; words && i < words->len; i++)
        if (!strstr(a, words->pdata[i]) != !strstr(b, words->pdata[i])) return FALSE;
    return TRUE;
}

/* Whether every character of the shorter name stands in the longer one, in the same order: one leaves words out, none has another.
 */
static gboolean is_within(const char *a, const char *b) {
    if (strlen(a) > strlen(b)) {
        const char *longer = a;
        a = b, b = longer;
    }
    for (; *a && *b; b = g_utf8_next_char(b))
        if (g_utf8_get_char(a) == g_utf8_get_char(b)) a = g_utf8_next_char(a);
    return !*a;
}

/* Whether one name is the other's with a place before it: 云岭县新增就业. */
static gboolean one_names_a_place(const DabRules *rules, const char *a, const char *b) {
    gsize m = strlen(a), n = strlen(b);
    if (m == n) return FALSE;
    const char *longer = m > n ? a : b, *shorter = m > n ? b : a;
    gsize before = (m > n ? m - n : n - m);
    return !strcmp(longer + before, shorter) && dab_rules_last_word(rules, "part_levels", longer, before) > 0;
}

double dab_join_alike(const DabRules *rules, const DabJoinItem *t, const DabJoinItem *o) {
    if (!same_place(t->doc, o->doc) || !t->change != !o->change) return 0; /* a level answers no growth */
    double unit = dab_unit_fit(&t->unit_class, &o->unit_class);
    if (!unit) return 0;
    if (t->essence != o->essence && (!is_within(t->essence, o->essence) || !same_distinctions(rules, t->essence, o->essence) ||
                                     one_names_a_place(rules, t->essence, o->essence)))
        return 0;
    if (t->essence != o->essence && t->change != o->change) return 0; /* of what rose and what fell the name must be the same */
    double like = dab_name_likeness(t->essence, o->essence) * (unit < 1 ? 0.99 : 1);
    if (like < MIN_LIKENESS || !speaks_of(rules, t, o) || !speaks_of(rules, o, t)) return 0;
    return like;
}

/* Cheap questions first: it is asked of each pair of a year. */
double dab_join_fit(const DabRules *rules, const DabJoinItem *t, const DabJoinItem *o, gboolean *early) {
    if (o->target || t->doc == o->doc) return 0;
    if (t->doc->sha256 && t->doc->sha256 == o->doc->sha256) return 0; /* the same report twice */
    if (o->nature.begun && !t->nature.begun) return 0;
    if (t->nature.further && !o->nature.further) return 0; /* 下半年新增2400人 is not what the year brought */
    double like = dab_join_alike(rules, t, o);
    if (!like || dab_join_before(o->doc->date, t->doc->date) || is_partial(t, o, early)) return 0;
    return like;
}

gboolean dab_join_lower_is_better(const DabRules *rules, const DabJoinItem *t) {
    DabChange change = !t->change ? DAB_CHANGE_NONE : !strcmp(t->change, "decrease") ? DAB_CHANGE_DECREASE : DAB_CHANGE_INCREASE;
    return dab_lower_is_better(rules, t->indicator, change);
}

/* Both ends of a range must say the same. */
static DabVerdict judge_ends(const DabGoal *goal, double low, double high, double *margin) {
    double other;
    DabVerdict at_low = dab_goal_judge(goal, low, margin), at_high = dab_goal_judge(goal, high, &other);
    if (at_low == at_high) return at_low;
    *margin = NAN;
    return DAB_VERDICT_UNCLEAR;
}

DabVerdict dab_join_judge(const DabRules *rules, const DabJoinItem *t, const DabJoinItem *o, gboolean early, double *margin,
                          GString *why) {
    *margin = NAN;
    if ((!t->has_value && !t->has_range) || (!o->has_value && !o->has_range)) {
        g_string_append(why, "; one side has no single value");
        return DAB_VERDICT_UNCLEAR;
    }
    DabGoal goal = {.low = t->has_value ? t->value : t->low,
                    .high = t->has_value ? t->value : t->high,
                    .comparator = t->has_value ? t->comparator : DAB_EQ,
                    .lower_is_better = dab_join_lower_is_better(rules, t)};
    double ratio = dab_unit_ratio(&o->unit_class, &t->unit_class);
    if (ratio != 1) g_string_append_printf(why, "; %s converted to %s", o->unit, t->unit);
    if (goal.lower_is_better) g_string_append(why, "; less is better");
    if (t->nature.cumulative != o->nature.cumulative || t->nature.added != o->nature.added) {
        gboolean total = t->nature.cumulative != o->nature.cumulative;
        g_string_append_printf(why, total ? "; %s is cumulative" : "; %s alone is what the year added",
                               (total ? t->nature.cumulative : t->nature.added) ? "the target" : "the outcome");
        return DAB_VERDICT_UNCLEAR;
    }
    if (t->change != o->change) { /* a fall is a rise below nothing */
        g_string_append_printf(why, "; planned: %s, reported: %s", t->change, o->change);
        ratio = -ratio;
    }
    double low = (o->has_value ? o->value : o->low) * ratio, high = (o->has_value ? o->value : o->high) * ratio;
    DabVerdict verdict = judge_ends(&goal, low, high, margin);
    if (isnan(*margin)) g_string_append(why, "; the outcome is a range about the target");
    if (verdict != DAB_VERDICT_MISSED) {
        if (!early || !dab_goal_is_most(&goal) || o->change || !dab_adds_up(rules, o->indicator, &o->unit_class)) return verdict;
        g_string_append(why, "; the year still ran");
        return DAB_VERDICT_UNCLEAR;
    }
    if (t->approximate && fabs(*margin) <= DAB_NEARLY * fabs(goal.high)) {
        g_string_append(why, "; the target is approximate");
        return DAB_VERDICT_UNCLEAR;
    }
    if (!early) return verdict;
    g_string_append(why, "; the year still ran");
    return DAB_VERDICT_UNCLEAR;
}
