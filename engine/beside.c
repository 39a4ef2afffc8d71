/* Whether a target and an outcome in running text are of one thing, as the words and figures beside their names tell. */
#include <string.h>

#include "engine/linker.h"
#include "engine/rule_set.h"

#define SAME_ANCHOR 0.62 /* likeness of the figures that two others go along with */
#define COMPANION 0.04   /* what they add: less than one step nearer, more than nothing */
#define MAX_COMPANIONS 4 /* figures that stand together: 改造小区12个、惠及3000户、投资5490万元 */
#define OTHER_SCOPE 0.8
#define MAX_CONTEXT_BYTES 180 /* before a number, where the rest of its name may stand: 60 hanzi */

static const DabMeasure *measure_back(const DabLinker *l, guint i, guint back) {
    if (back > i) return NULL;
    const DabMeasure *m = dab_linker_measure(l, i - back);
    return m->sentence == dab_linker_measure(l, i)->sentence ? m : NULL;
}

/* Measures stand in the order of their sentences: those of one sentence are from first_beside(i) on, as long as is_beside holds. */
static gboolean is_beside(const DabLinker *l, guint i, guint other) {
    return i < l->report->measures->len && dab_linker_measure(l, i)->sentence == dab_linker_measure(l, other)->sentence;
}

static guint first_beside(const DabLinker *l, guint i) {
    while (measure_back(l, i, 1)) i--;
    return i;
}

/* The same of the item that a measure stands in. */
static gboolean in_item(const DabLinker *l, guint i, guint other) {
    return i < l->report->measures->len && dab_same_item(l->report, dab_linker_measure(l, i), dab_linker_measure(l, other));
}

static guint first_in_item(const DabLinker *l, guint i) {
    guint first = i;
    while (first && in_item(l, first - 1, i)) first--;
    return first;
}

/* The figure that another goes along with is the nearest before it in the sentence that is answered by the one that the outcome
 * goes along with: 改善工程12公里、计划投资5490万元 … 改善工程完工12.5公里、完成投资5510万元. */
double dab_companions_bonus(const DabLinker *l, guint target, guint outcome) {
    for (guint i = 1; i <= MAX_COMPANIONS && measure_back(l, target, i); i++)
        for (guint k = 1; k <= MAX_COMPANIONS && measure_back(l, outcome, k); k++) {
            const DabEssence *a = l->names[target - i]->essence, *b = l->names[outcome - k]->essence;
            if (a == l->names[target]->essence || b == l->names[outcome]->essence) continue;
            if (dab_unit_fit(&l->units[target - i]->class, &l->units[outcome - k]->class) != 1) continue;
            if (dab_essence_likeness(a, b) >= SAME_ANCHOR) return COMPANION / (double)(i + k - 1);
        }
    return 0;
}

/* The level of a place that is all of what somebody reports on: 市 of 全市; "" where a scope says none. */
static const char *level_of(const DabRules *rules, const char *scope) {
    if (!scope || !dab_rules_has_word(rules, "whole_scopes", scope, strlen(scope))) return "";
    return scope + strlen(scope) - dab_rules_last_word(rules, "region_levels", scope, strlen(scope));
}

double dab_scopes_fit(const DabLinker *l, const DabMeasure *t, const DabMeasure *o) {
    if (!t->scope || !o->scope || !strcmp(t->scope, o->scope)) return 1;
    const char *wanted = level_of(l->rules, t->scope), *given = level_of(l->rules, o->scope);
    if (!*wanted || !*given) return OTHER_SCOPE;
    return !strcmp(wanted, given); /* 我县 is 全县, and a county does not answer for its city */
}

#define SEVERAL_ACTS (1u << 31)

/* Which acts of building a name tells of, a bit each; SEVERAL_ACTS where one word stands for several. */
static guint acts_in(const DabRules *rules, const char *name) {
    const GPtrArray *acts = dab_rules_words(rules, "building_acts");
    if (dab_name_has_word(rules, "mixed_acts", name)) return SEVERAL_ACTS;
    guint found = 0;
    for (guint i = 0; acts && i < acts->len && i < 31; i++) found |= (guint)(strstr(name, acts->pdata[i]) != NULL) << i;
    return found;
}

gboolean dab_acts_agree(const DabLinker *l, const DabMeasure *t, const DabMeasure *o) {
    guint wanted = acts_in(l->rules, t->indicator), given = acts_in(l->rules, o->indicator);
    gboolean several = (wanted & (wanted - 1) || wanted == SEVERAL_ACTS) && (given & (given - 1) || given == SEVERAL_ACTS);
    return !wanted || !given || wanted == given || several; /* 改建12座 is one part of what 新建改建25座 asks for */
}

/* Whether between two targets of one name, in one sentence, the later one holds: 年初预算12.5亿元，调整预算11.8亿元，实际完成… */
gboolean dab_target_is_replaced(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target);
    for (guint i = target + 1; i < outcome; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->sentence != t->sentence) break;
        if (m->role != DAB_ROLE_TARGET || m->change != t->change || m->year != t->year || strcmp(m->unit, t->unit)) continue;
        if (l->names[i]->essence == l->names[target]->essence && !g_strcmp0(m->scope, t->scope) &&
            dab_name_has_word(l->rules, "budget_words", t->indicator))
            return TRUE;
    }
    return FALSE;
}

static gint by_address(gconstpointer a, gconstpointer b) {
    return memcmp(a, b, sizeof(DabGoalName)); /* any order will do */
}

GArray *dab_goal_names(const DabLinker *l) {
    GArray *goals = g_array_new(FALSE, TRUE, sizeof(DabGoalName));
    for (guint i = 0; i < l->report->measures->len; i++) {
        DabGoalName goal = {l->names[i]->essence, l->units[i]};
        if (dab_linker_measure(l, i)->role == DAB_ROLE_TARGET) g_array_append_val(goals, goal);
    }
    g_array_sort(goals, by_address);
    guint n = 0;
    for (guint i = 0; i < goals->len; i++) {
        const DabGoalName goal = g_array_index(goals, DabGoalName, i);
        if (!n || by_address(&goal, &g_array_index(goals, DabGoalName, n - 1))) g_array_index(goals, DabGoalName, n++) = goal;
    }
    g_array_set_size(goals, n);
    return goals;
}

/* Where the words that an outcome's name lacks of a target's stand before its number: 食品抽检 of 食品抽检合格率, above
 * 合格率98.6%. NULL where its name is not the end of the target's, or the words do not stand there. */
static const char *rest_before(const DabLinker *l, const DabEssence *whole, guint outcome) {
    const DabEssence *end = l->names[outcome]->essence;
    if (end->bytes >= whole->bytes) return NULL;
    gsize rest = whole->bytes - end->bytes;
    if (memcmp(whole->text + rest, end->text, end->bytes) != 0) return NULL;
    const DabDocument *d = l->report->document;
    const DabMeasure *o = dab_linker_measure(l, outcome);
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, o->sentence);
    const char *text = d->text->utf8->str, *found = NULL;
    gsize to = g_array_index(d->numbers, DabNumber, o->number).span.start;
    gsize from = MAX(s->span.start, to > MAX_CONTEXT_BYTES ? to - MAX_CONTEXT_BYTES : 0);
    for (const char *at = text + from; (at = memmem(at, (gsize)(text + to - at), whole->text, rest)); at++) found = at;
    return found;
}

/* The nearest of the places where the rest of a target's name stands before an outcome's number; NULL: nowhere. */
static const char *nearest_rest(const DabLinker *l, guint outcome) {
    const char *nearest = NULL;
    for (guint i = 0; i < l->goals->len; i++) {
        const DabGoalName *goal = &g_array_index(l->goals, DabGoalName, i);
        const char *at = rest_before(l, goal->essence, outcome);
        if (!at || (nearest && at <= nearest)) continue;
        if (dab_unit_fit(&goal->unit->class, &l->units[outcome]->class) == 1) nearest = at;
    }
    return nearest;
}

double dab_rest_likeness(const DabLinker *l, guint target, guint outcome, double like) {
    DabRest *rest = &l->rests[outcome];
    if (!rest->known) *rest = (DabRest){TRUE, nearest_rest(l, outcome)};
    if (!rest->nearest) return like;
    const char *own = rest_before(l, l->names[target]->essence, outcome);
    return own && own >= rest->nearest ? 1 : 0; /* 药品抽检460批次，合格率98.7% */
}

static gboolean has_in_it(const DabLinker *l, guint target, guint outcome) {
    return strstr(l->names[target]->essence->text, l->names[outcome]->essence->text) != NULL;
}

gboolean dab_is_short_for(const DabLinker *l, guint target, guint outcome) {
    if (!has_in_it(l, target, outcome)) return FALSE;
    for (guint i = first_in_item(l, target); in_item(l, i, target); i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (i == target || i == outcome) continue;
        if (dab_unit_fit(&l->units[i]->class, &l->units[target]->class) != 1) continue;
        if (m->role == DAB_ROLE_TARGET ? has_in_it(l, i, outcome) : has_in_it(l, target, i)) return FALSE;
    }
    return TRUE;
}

gboolean dab_other_has_unit(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target);
    for (guint i = first_beside(l, outcome); is_beside(l, i, outcome); i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (i != outcome && m->role == DAB_ROLE_OUTCOME && !strcmp(m->unit, t->unit)) return TRUE;
    }
    return FALSE;
}

/* Whether a word of the list stands in the clause before a measure's number. */
static gboolean clause_has(const DabLinker *l, const DabMeasure *m, const char *list) {
    const DabDocument *d = l->report->document;
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, m->sentence);
    const char *sentence = d->text->utf8->str + s->span.start;
    gsize len, at = g_array_index(d->numbers, DabNumber, m->number).span.start - s->span.start;
    const char *clause = dab_clause_before(l->rules, sentence, at, &len);
    return dab_rules_find_word(l->rules, list, clause, len);
}

gboolean dab_begun_is_meant(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target), *o = dab_linker_measure(l, outcome);
    if (!clause_has(l, t, "undertaking_words") || clause_has(l, t, "finished_words") || !clause_has(l, o, "finished_words"))
        return FALSE;
    for (guint i = first_beside(l, outcome); is_beside(l, i, outcome); i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->role == DAB_ROLE_OUTCOME && l->natures[i].begun && !strcmp(m->unit, o->unit)) return TRUE;
    }
    return FALSE;
}

gboolean dab_part_is_planned(const DabLinker *l, guint target, guint outcome) {
    for (guint i = first_in_item(l, target); in_item(l, i, target); i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->role != DAB_ROLE_TARGET || dab_lists_have(l->names[i]->lists, DAB_LIST_NEVER_ANSWERS)) continue;
        if (strcmp(l->units[i]->class.base, l->units[outcome]->class.base)) continue;
        if (dab_essence_likeness(l->names[i]->essence, l->names[outcome]->essence) >= SAME_ANCHOR) return TRUE;
    }
    return FALSE;
}
