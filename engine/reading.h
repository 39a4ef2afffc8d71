/* reading.h: what the rules of stage "measure" say of one number, before it becomes a measure. */
#ifndef DABIAO_ENGINE_READING_H
#define DABIAO_ENGINE_READING_H

#include "engine/draft.h"

/* Spans are in the shape; empty where a group took no part. */
typedef struct {
    const DabRule *rule; /* NULL: no rule has taken the number */
    DabSpan prefix, indicator, object, since;
    DabSpan scope;
    const char *name;                /* indicator put together; "" when it has to be carried */
    const char *spare;               /* words that name little, for a number to which nothing is carried; "" when there are none */
    gint like;                       /* the number whose comparator and verb this one shares in a list, or -1 */
    gint unit_like;                  /* the number of the list whose unit it takes, or -1: 2.16和1.66个百分点 */
    guint64 tails_asked, tails_hold; /* of DabRule.tail_index, below 64: whether that stands behind the number */
    guint names_back; /* in a list without names: the name of the measure so many places before its first number; 0: not so */
} DabReading;

/* What the rules say of the numbers of a sentence; readings[i] is of number sentence.first_number + i, empty before. */
void dab_readings_make(const DabPlace *place, DabReading *readings);

/* Gives the numbers of a list their own names: A、B和C分别为1、2和3. readings[i] is of number sentence.first_number + i. */
void dab_lists_share(const DabPlace *place, DabReading *readings);

#endif
