/* columns.h: header rows → named columns with roles. */
#ifndef DABIAO_PARSERS_COLUMNS_H
#define DABIAO_PARSERS_COLUMNS_H

#include "dabiao/document.h"

/* Cuts each table into bands, names their columns from their header rows (outer name first) and gives them roles by the rules of
 * stage "column". A header row is one that the layout shows as such, or one most of whose cells are names that the rules know. */
void dab_columns_name(DabDocument *document, const DabRules *rules);

#endif
