/* draft.h: what the engine's steps share while they make measures of one document. */
#ifndef DABIAO_ENGINE_DRAFT_H
#define DABIAO_ENGINE_DRAFT_H

#include "dabiao/measure.h"
#include "engine/memory.h"
#include "engine/names.h"
#include "engine/shape.h"

/* Where a number stands, as the conditions of rules ask. */
typedef struct {
    const DabDocument *document;
    const DabRules *rules;
    DabMemory *memory; /* of the document */
    const char *genre; /* the document's, interned */
    const DabSentence *sentence;
    const DabPassage *passage;
    guint sentence_index;
    const DabShape *shape;    /* of the sentence */
    const DabDocTable *table; /* NULL outside tables */
    gint column;              /* of the cell, or -1 */
    const char *column_role;  /* "none" outside tables; interned */
    const char *column_name;  /* "" outside tables */
    const char *column_label; /* what the column counts: its name without times; "" outside tables */
    const char *column_when;  /* its name without the time it is compared with; "" outside tables */
    const char *row_when;     /* the time that the row's column of times says; "" where there is none */
    const char *row_label;    /* "" where the row names nothing */
} DabPlace;

/* The columns of its table as the header over its row names them. Only in tables. */
static inline const GArray *dab_place_columns(const DabPlace *p) {
    return dab_table_band(p->table, (guint)p->passage->row)->columns;
}

/* Fills the place of a sentence. */
void dab_place_make(DabPlace *place, const DabDocument *document, const DabRules *rules, DabMemory *memory, guint sentence,
                    const DabShape *shape);

/* The year a number is for: one named before it in its sentence, else in a heading above it, else the document's; 0 when none is
 * known. */
gint dab_place_year(const DabPlace *place, const DabNumber *number);

/* Whether a rule's `when` holds for a number (NULL: asked for the sentence only) with a role (NULL: not known yet). */
gboolean dab_when_holds(const DabWhen *when, const DabPlace *place, const DabNumber *number, const char *role);

/* Whether `before` and `after` of a rule hold around the tag at byte `at` of the shape. `before` sees the shape up to the tag, so
 * that `…$` stands next to the number; `after` sees what follows it. *before_match, when not NULL, is the match of `before`. */
gboolean dab_around_holds(const DabRule *rule, const DabShape *shape, gsize at, DabMatch *before_match);

/* Decides what a number is. Returns the rule of stage "role" that did: its `set` has `role` or `context`; NULL when none holds. */
const DabRule *dab_role_decide(const DabPlace *place, guint number);

/* Cuts from shape[span] what does not name the thing measured (rules of stage "trim"): time, place, verbs, links. *scope gets the
 * place or group that was cut off at the front, in the shape; left alone when there is none. */
DabSpan dab_trim(const DabPlace *place, DabSpan span, DabSpan *scope);

/* One rule of stage "trim", once. FALSE when it cuts nothing. */
gboolean dab_trim_once(const DabPlace *place, const DabRule *rule, DabSpan *span, DabSpan *scope);

/* The name of a row or heading without numbering and remarks (rules of stage "trim", kind "label"). Lent or in the pool. */
const char *dab_trim_label(const DabRules *rules, DabPool *pool, const char *label);

/* Whether a name needs the name before it to say what it is of: 支出决算, 占地区生产总值 (word list "generic_names", rules of stage
 * "trim", kind "partial"). */
gboolean dab_name_is_partial(const DabRules *rules, const char *name);
/* How much of a clause is left without what it says of its subject: 失业人数 of 失业人数减少 (rules of stage "trim", kind
 * "clause_tail"). Bytes. */
gsize dab_without_predicate(const DabRules *rules, const char *clause);
/* Whether words before a number name nothing: 居全省, 扣除价格因素 (rules of stage "trim", kind "nothing"). */
gboolean dab_name_is_nothing(const DabRules *rules, const char *name);
/* Whether a heading without its numbering names no thing: 主要任务 (rules of stage "trim", kind "heading"). */
gboolean dab_heading_is_nothing(const DabRules *rules, const char *title);

/* Deadline of a target, as-of of an outcome: ISO, in the pool, or NULL. */
void dab_times_read(const DabPlace *place, DabPool *pool, guint number, DabMeasure *measure);

/* The name of the row a cell stands in: from its columns of role indicator or task, else its first cell with words in it; "" when
 * there is none. `cell_column` is left out. In the pool. */
const char *dab_row_label(const DabDocument *document, const DabRules *rules, const DabDocTable *table, gint row, gint cell_column);
/* The text of the cell that covers (row, column), or "". Lent. */
const char *dab_cell_at(const DabDocTable *table, gint row, gint column);
/* The unit a bare number takes from its column, row or table ("" when none), without 万 and 亿, which go into *factor. Lent or in
 * the pool. */
const char *dab_header_unit(const DabPlace *place, double *factor);

/* The unit that a bare result takes from the goal of its row, 89.97 beside ≤90万元: 元, with 万 in *factor. Lent or in the pool. */
const char *dab_goal_unit(const DabPlace *place, const DabMeasure *goal, double *factor);

/* What became of a number. */
typedef struct {
    gboolean measure;
    const char *context; /* the kind of context that a rule of stage "role" gave it; interned, or NULL */
} DabFate;

/* "m12" for 12. In the pool. */
const char *dab_measure_id(DabPool *pool, guint n);

/* Makes the measures of one sentence and appends them; fates[number] says what became of each of its numbers. */
void dab_measures_read(const DabPlace *place, GArray *measures, DabFate *fates);

/* The same of a label of a chart. */
void dab_chart_read(const DabDocument *document, guint sentence, GArray *measures, DabFate *fates);

/* Makes targets of outcomes that set a bound, or go along with a target, and that a later sentence of the passage answers. names[i]
 * is of measure i, here and below. */
void dab_promises_find(DabReport *report, DabName *const *names);
void dab_links_make(DabReport *report, DabName *const *names);
/* `related`: the sentences (guint) in which a rule that relates figures may hold. */
void dab_findings_make(DabReport *report, DabName *const *names, const GArray *related);

/* Whether less of it is better: its indicator has a word of the list "lower_is_better" and none of "not_lower_is_better"; of a
 * decrease, more is better. */
gboolean dab_measure_lower_is_better(const DabRules *rules, const DabMeasure *m);

#endif
