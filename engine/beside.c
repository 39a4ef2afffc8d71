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

/* Where the words that an outcome's name lacks of a target's stand before its number: 食品抽检 of 食品抽检合格率, above
 * 合格率98.6%. NULL where its name is not the end of the target's, or the words do not stand there. */
static const char *rest_before(const DabLinker *l, guint target, guint outcome) {
    const char *whole = l->names[target]->essence->text, *end = l->names[outcome]->essence->text;
    gsize n = strlen(whole), m = strlen(end);
    if (m >= n || strcmp(whole + n - m, end)) return NULL;
    const DabDocument *d = l->report->document;
    const DabMeasure *o = dab_linker_measure(l, outcome);
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, o->sentence);
    const char *text = d->text->utf8->str, *found = NULL;
    gsize to = g_array_index(d->numbers, DabNumber, o->number).span.start;
    gsize from = MAX(s->span.start, to > MAX_CONTEXT_BYTES ? to - MAX_CONTEXT_BYTES : 0);
    for (const char *at = text + from; (at = memmem(at, (gsize)(text + to - at), whole, n - m)); at++) found = at;
    return found;
}

double dab_rest_likeness(const DabLinker *l, guint target, guint outcome, double like) {
    const char *own = rest_before(l, target, outcome);
    gsize end = strlen(l->names[outcome]->essence->text);
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->role != DAB_ROLE_TARGET || l->names[i]->essence == l->names[target]->essence) continue;
        if (strlen(l->names[i]->essence->text) <= end || dab_unit_fit(&l->units[i]->class, &l->units[outcome]->class) != 1)
            continue;
        const char *others = rest_before(l, i, outcome);
        if (others && (!own || others > own)) return 0; /* 药品抽检460批次，合格率98.7% */
    }
    return own ? 1 : like;
}

static gboolean has_in_it(const DabLinker *l, guint target, guint outcome) {
    return strstr(l->names[target]->essence->text, l->names[outcome]->essence->text) != NULL;
}

gboolean dab_is_short_for(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target);
    if (!has_in_it(l, target, outcome)) return FALSE;
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (i == target || i == outcome || !dab_same_item(l->report, m, t)) continue;
        if (dab_unit_fit(&l->units[i]->class, &l->units[target]->class) != 1) continue;
        if (m->role == DAB_ROLE_TARGET ? has_in_it(l, i, outcome) : has_in_it(l, target, i)) return FALSE;
    }
    return TRUE;
}

gboolean dab_other_has_unit(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target), *o = dab_linker_measure(l, outcome);
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (i != outcome && m->role == DAB_ROLE_OUTCOME && m->sentence == o->sentence && !strcmp(m->unit, t->unit)) return TRUE;
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
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->sentence == o->sentence && m->role == DAB_ROLE_OUTCOME && l->natures[i].begun && !strcmp(m->unit, o->unit))
            return TRUE;
    }
    return FALSE;
}

gboolean dab_part_is_planned(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target);
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->role != DAB_ROLE_TARGET || dab_lists_have(l->names[i]->lists, DAB_LIST_NEVER_ANSWERS)) continue;
        if (!dab_same_item(l->report, m, t) || strcmp(l->units[i]->class.base, l->units[outcome]->class.base)) continue;
        if (dab_essence_likeness(l->names[i]->essence, l->names[outcome]->essence) >= SAME_ANCHOR) return TRUE;
    }
    return FALSE;
}
