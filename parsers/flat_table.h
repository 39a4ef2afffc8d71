/* flat_table.h: a table that lost its cells (a task table exported as plain text) → a table again, as far as its words tell. */
#ifndef DABIAO_PARSERS_FLAT_TABLE_H
#define DABIAO_PARSERS_FLAT_TABLE_H

#include "dabiao/document.h"

/* Looks for a passage outside tables that names a target column and an outcome column (rules of stage "column"), with rows behind
 * it that begin with 1, 2, 3 …. Within a row the text goes over from task to target where a list begins, and to outcome where its
 * numbering begins again at 1 or a passage opens with a word of the list "opens_outcome". The passages become cells of a new table
 * at the end of DabDocument.tables; its DabTable has no lines and no boxes. Needs passages; must run before columns are named. */
void dab_flat_table_find(DabDocument *document, const DabRules *rules);

#endif
