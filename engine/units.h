/* units.h: units that stand in the names of columns and above tables. */
#ifndef DABIAO_ENGINE_UNITS_H
#define DABIAO_ENGINE_UNITS_H

#include "engine/draft.h"

/* The unit that rules of stage "column", kind "unit_name", find in a name: 发行额（亿元） → 亿元; "" when none does. `implied`: one
 * that the name does not write (增速: %) counts, too. Lent or in the pool. */
const char *dab_unit_in(const DabPlace *place, const char *name, gboolean implied);

/* The unit of a whole table, in the paragraph before it or in a cell of its head: 单位：万元. Of several (万人、亿元、%) the one
 * that fits what the place counts; "" when that does not tell. */
const char *dab_table_unit(const DabPlace *place);

#endif
