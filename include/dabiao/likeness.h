/* likeness.h: whether two names are of one thing, two units count the same, and an outcome meets a target. Pure comparisons, for
 * links within a document (engine/links.c) and between documents (join/). Knows the word lists of the rules, and no document.
 */
#ifndef DABIAO_LIKENESS_H
#define DABIAO_LIKENESS_H

#include "dabiao/measure.h"

/* The indicator as it is compared: words of the list "ignored_in_links" (新增, 全市, 建成) gone, all that is no letter or digit
 * gone, and the name that the map "aliases" gives it (GDP → 地区生产总值) in its place. Free it. */
char *dab_name_essence(const DabRules *rules, const char *indicator);

/* How alike two essences are, 0..1: the mean of Dice's coefficient (Dice 1945) and the overlap coefficient (Szymkiewicz–Simpson)
 * over pairs of neighbouring characters: the first asks for the same name, the second forgives one that leaves words out. */
double dab_name_likeness(const char *a, const char *b);

/* Whether a word of the list stands in `text` (NULL: no). */
gboolean dab_name_has_word(const DabRules *rules, const char *list, const char *text);

/* The clause before byte `at` of a sentence: 全年累计培训 of 全年累计培训320人次 (list "clause_marks"). Lent. */
const char *dab_clause_before(const DabRules *rules, const char *sentence, gsize at, gsize *len);

/* What kind of figure it is, as its name and the clause before it say. */
typedef struct {
    gboolean cumulative; /* a stock, or of several years: 累计, 总数; not 全年累计 */
    gboolean added;      /* what a period brought, and no stock: 新增, 净增 */
    gboolean begun;      /* begun and not finished: 开工, 在建 */
    gboolean further;    /* what is still to come: 再, 剩余, 四季度 */
    gboolean gap;        /* how far from something else: 还差, 超目标 */
} DabNature;
DabNature dab_nature(const DabRules *rules, const char *clause, gsize len, const char *indicator);

/* 万元 → 元, and 10000 in *factor (1 where no prefix stands before it): the map "unit_prefix" has the prefixes. Within `unit`. */
const char *dab_unit_split(const DabRules *rules, const char *unit, double *factor);

/* Whether what stands at byte `at` of a sentence is of the rest of the year, by the sentence's head:
 * 下半年，完成投资34亿元、新签约…; 年底达到320公里 is of the whole (lists "rest_words", "whole_period_words"). Holds of amounts; a
 * rate is of a day. */
gboolean dab_is_of_the_rest(const DabRules *rules, const char *sentence, gsize at);

/* What a unit counts, looked up once for each measure. */
typedef struct {
    const char
        *base; /* the unit it converts into (map "unit_scale": ‰ is 0.1 of %), or itself; lent from the rules or by the caller */
    double scale;            /* how many of `base` it is */
    gboolean people, things; /* lists "people_units", "unit_count" */
} DabUnitClass;
DabUnitClass dab_unit_class(const DabRules *rules, const char *unit);

/* 1: the same unit, one that converts, or both count people; less: two measure words that may count the same things (家, 个); 0:
 * not comparable. */
double dab_unit_fit(const DabUnitClass *a, const DabUnitClass *b);
/* By what a value in `from` is multiplied to be one in `to`; 1 where neither converts into the other. */
double dab_unit_ratio(const DabUnitClass *from, const DabUnitClass *to);

/* Whether less of it is better: the indicator (NULL: no) has a word of the list "lower_is_better" and none of
 * "not_lower_is_better"; of a decrease, more is better. */
gboolean dab_lower_is_better(const DabRules *rules, const char *indicator, DabChange change);

/* What a target asks for: one value (low = high), or a range, which is met from its nearer end on. */
typedef struct {
    double low, high;
    DabComparator comparator; /* of one value; a range has none */
    gboolean lower_is_better;
} DabGoal;

/* By how much of an approximate goal (增长5%左右) an outcome may lie below it without being one that missed it. */
#define DAB_NEARLY 0.05

/* Whether the goal is not to be passed: half-way through the year it is not yet kept by what adds up. */
gboolean dab_goal_is_most(const DabGoal *goal);
/* Whether a figure grows while its year goes on: 死亡7人, 支出5万元; no rate, no average (list "not_additive_words"), no time that
 * something takes (a unit of the list "unit_time", but for names of the list "counted_days"). */
gboolean dab_adds_up(const DabRules *rules, const char *indicator, const DabUnitClass *unit);

/* DAB_VERDICT_MET or DAB_VERDICT_MISSED, of an outcome in the goal's unit; *margin is outcome − target. */
DabVerdict dab_goal_judge(const DabGoal *goal, double outcome, double *margin);

#endif
