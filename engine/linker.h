/* linker.h: what engine/links.c, which joins targets and outcomes, and engine/verdict.c, which judges them, share. */
#ifndef DABIAO_ENGINE_LINKER_H
#define DABIAO_ENGINE_LINKER_H

#include <string.h>

#include "dabiao/likeness.h"
#include "engine/draft.h"
#include "engine/names.h"

/* What targets ask for, each name and unit once. */
typedef struct {
    const DabEssence *essence;
    const DabUnit *unit;
} DabGoalName;

/* Where the rest of an outcome's name stands, when only its end is its own: engine/beside.c. */
typedef struct {
    gboolean known;
    const char *nearest; /* in the document's text; NULL: nowhere */
} DabRest;

typedef struct {
    const DabReport *report;
    const DabRules *rules;
    DabName *const *names; /* of each measure */
    const DabUnit **units;
    DabNature *natures;
    DabRest *rests; /* of each measure, once asked for */
    GArray *goals;  /* DabGoalName */
    gboolean plan;  /* the document is one */
} DabLinker;

typedef struct {
    guint target, outcome;
    double fit;
    gboolean goal; /* joined by place: the target has no name of its own, or the outcome has none */
} DabPair;

static inline const DabMeasure *dab_linker_measure(const DabLinker *l, guint i) {
    return &g_array_index(l->report->measures, DabMeasure, i);
}

/* A growth answers a growth, and so does a fall: then what should have risen fell. In one sentence the target may leave the verb
 * out: 增长3.6%，低于年初提出的5%. */
static inline gboolean dab_changes_agree(const DabMeasure *t, const DabMeasure *o) {
    if (t->change != DAB_CHANGE_NONE && o->change != DAB_CHANGE_NONE) return TRUE;
    return t->change == o->change || (t->change == DAB_CHANGE_NONE && t->sentence == o->sentence && !strcmp(t->unit, o->unit));
}

/* Whether one rose and the other fell. */
static inline gboolean dab_changes_oppose(const DabMeasure *t, const DabMeasure *o) {
    return t->change != o->change && t->change != DAB_CHANGE_NONE && o->change != DAB_CHANGE_NONE;
}

#define IN_ROW 2.0 /* the fit of a pair in one row is above it: more than any likeness outside the row */

static inline gboolean dab_same_row(const DabMeasure *a, const DabMeasure *b) {
    return a->table >= 0 && a->table == b->table && a->row == b->row;
}

static inline gboolean dab_same_passage(const DabReport *r, const DabMeasure *a, const DabMeasure *b) {
    const GArray *sentences = r->document->sentences;
    return g_array_index(sentences, DabSentence, a->sentence).passage == g_array_index(sentences, DabSentence, b->sentence).passage;
}

/* The same, or a passage and the next one of a numbered item: its heading and what came of it. */
static inline gboolean dab_same_item(const DabReport *r, const DabMeasure *a, const DabMeasure *b) {
    const GArray *sentences = r->document->sentences;
    guint x = g_array_index(sentences, DabSentence, a->sentence).passage,
          y = g_array_index(sentences, DabSentence, b->sentence).passage;
    if (x == y) return TRUE;
    if (a->section < 0 || a->section != b->section || (x > y ? x - y : y - x) > 1) return FALSE;
    return *g_array_index(r->document->sections, DabSection, a->section).label != '\0';
}

/* Whether the row of a target tells how far it has come, though it is due in years to come: a column judges (评估结论, 进展情况),
 * or the document is an evaluation (list "assessment_titles"). */
gboolean dab_row_is_assessed(const DabLinker *linker, const DabMeasure *target);
/* Whether the target's row has a column for what came of it: then nothing outside the row answers it. */
gboolean dab_row_has_results(const DabLinker *linker, const DabMeasure *target);
/* Whether the column of an outcome can answer the target's, in one row: columns under different headers or of different years count
 * different things, one of shares or distances (差距, 完成率) answers no target that is not one itself, and a part not the whole.
 */
gboolean dab_columns_fit(const DabLinker *linker, guint target, guint outcome);
/* Whether no other target and no other outcome of their row, or of their passage, has their unit. */
gboolean dab_only_pair(const DabLinker *linker, guint target, guint outcome, gboolean row);
/* What is added to the likeness of a pair that is the only one of its unit in its row; 0 for others. */
double dab_row_pair_bonus(const DabLinker *linker, guint target, guint outcome);
/* Whether another column of the row makes a better pair: of two budgets the last one holds, of two results that of the later time.
 */
gboolean dab_row_has_better(const DabLinker *linker, const DabPair *pair, const GArray *pairs);

/* engine/beside.c: what stands beside two measures in running text. */
/* What is added to the fit of a pair that goes along with another pair: of several 完成投资 the one beside the right work. */
double dab_companions_bonus(const DabLinker *linker, guint target, guint outcome);
/* 1: the same place, or one of them says none; less: another one; 0: a place and one that it is part of. */
double dab_scopes_fit(const DabLinker *linker, const DabMeasure *target, const DabMeasure *outcome);
/* FALSE: the names tell of other acts of building (lists "building_acts", "mixed_acts"). */
gboolean dab_acts_agree(const DabLinker *linker, const DabMeasure *target, const DabMeasure *outcome);
/* Whether a later budget of the sentence has taken the place of the target (list "budget_words"). */
gboolean dab_target_is_replaced(const DabLinker *linker, guint target, guint outcome);
/* Whether beside the cost of a whole project (总投资) a year's part is planned (年度计划投资), which the outcome then answers. */
gboolean dab_part_is_planned(const DabLinker *linker, guint target, guint outcome);
/* Whether another outcome of the sentence has just the unit of the target, which this one has not: 3000个 is no answer of 12所. */
gboolean dab_other_has_unit(const DabLinker *linker, guint target, guint outcome);
/* Whether what is asked to be carried out (实施项目96个) is told as begun beside this outcome, which tells what is finished. */
gboolean dab_begun_is_meant(const DabLinker *linker, guint target, guint outcome);
/* Of the targets' names, in no order. Free with g_array_unref. */
GArray *dab_goal_names(const DabLinker *linker);
/* How alike the names are when the words before the outcome's number say the rest of its name: 1 where they are the target's; 0
 * where they, or nearer ones, are another target's; `like` where they tell nothing. */
double dab_rest_likeness(const DabLinker *linker, guint target, guint outcome, double like);
/* Whether the outcome's name is part of the target's, and no other of its unit in the passage could be meant. */
gboolean dab_is_short_for(const DabLinker *linker, guint target, guint outcome);

/* Whether a target's clause compares something with it: 低于40%的规划目标. Its comparator is then none of its own. */
gboolean dab_goal_is_compared(const DabLinker *linker, guint target);

/* Adds the outcome that a target is joined with by its place in the sentence, where names do not tell. */
void dab_goals_pair(const DabLinker *linker, guint target, GArray *pairs);

/* The pair as a link: the verdict of its numbers, and what the report itself claims in a status column. */
DabLink dab_linker_judge(const DabLinker *linker, const DabPair *pair);

#endif
