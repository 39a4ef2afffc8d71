/* naming.h: what a measure is called. */
#ifndef DABIAO_ENGINE_NAMING_H
#define DABIAO_ENGINE_NAMING_H

#include "engine/reading.h"

/* The text of a stretch of the shape. */
void dab_append_home(GString *out, const DabPlace *place, DabSpan span);

/* Puts the name of a reading together: prefix (新增), indicator (before the number), object (behind it). "" when all of it was
 * trimmed away. */
void dab_name_reading(const DabPlace *place, DabReading *reading);

/* Gives a measure its indicator and its subject: the reading's own words, or those it carries on from the measures before it, from
 * its row, from its heading. */
void dab_name_measure(const DabPlace *place, const DabReading *reading, guint number, const GArray *measures, DabMeasure *measure);

/* The name a number without one takes: of the measure it stands beside; of one in its clause; of the clause before it; of the
 * measure before it in the sentence or cell; of its row; of the section. `change`: it says how much something changed. In the pool
 * or lent; "" when there is none. */
const char *dab_name_carried(const DabPlace *place, guint number, const GArray *measures, gboolean change);

/* The only target that the row's task states (新增4000张养老床位), for a number of the row that says what came of it. NULL when
 * there is none. */
const DabMeasure *dab_row_goal(const DabPlace *place, guint number, const GArray *measures);

/* The only target of the row, in another column. NULL when there is none, or several. */
const DabMeasure *dab_row_target(const DabPlace *place, const GArray *measures);

/* A name that is only the other half of the one before it (map "counterparts"): 支出 behind 职工医保基金收入 → 职工医保基金支出;
 * 农村 behind 城镇居民人均可支配收入. NULL when it is none. In the document's pool. */
const char *dab_name_as_counterpart(const DabPlace *place, const char *name, const char *before);
/* A name that only says which part (word list "part_names") of what was counted before it, in the same unit: 城市 behind
 * 幼儿园156所 → 城市幼儿园. NULL when it is none. */
const char *dab_name_as_part(const DabPlace *place, const char *name, const char *whole);
/* The first target of the row that counts what a number of its column of results counts, that holds the verb and that the cell has
 * not answered yet: of 改造公厕35座 for 改造35座. NULL when there is none. */
const DabMeasure *dab_row_answered(const DabPlace *place, guint number, const char *verb, const GArray *measures);
/* Whether a name is a verb and no more: 改造, 惠及. */
gboolean dab_name_is_verb(const DabPlace *place, const char *name);

/* A name with what its column adds: 道路运输 under 事故起数. Lent or in the pool. */
const char *dab_in_table(const DabPlace *place, const char *name);
/* What a column counts, for a row that has no name: 公务接待费 over one row of figures. "" when it says none. */
const char *dab_column_label(const DabPlace *place);

/* The clause just before a number's own, when it has words of its own and no number: 应考医院均达到B，其中一家达到A. "" otherwise,
 * and over a stop that ends a thought (list "hard_stops"). Lent or in the pool. */
const char *dab_name_clause(const DabPlace *p, guint number);

/* What a bare number counts, by the end of its name (map "unit_of_name"): 流通人次9.01亿. "" where it does not tell. */
const char *dab_unit_of_name(const DabRules *rules, const char *name);

#endif
