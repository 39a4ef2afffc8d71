/* column_roles.h: roles of columns that the cells below their names belie. */
#ifndef DABIAO_PARSERS_COLUMN_ROLES_H
#define DABIAO_PARSERS_COLUMN_ROLES_H

#include "parsers/header_rows.h"

/* A column of tasks that holds nothing but figures has the targets, one of targets that holds names alone has the tasks, one of
 * units that holds none has owners. The band's rows end before row `end`. */
void dab_column_roles_settle(const DabHeaderView *view, const DabBand *band, guint end);

#endif
