/* header_cells.h: what the text of one cell looks like: a name of a column, a figure, a unit, the number of a column. Texts are
 * flat: without blanks and line ends. */
#ifndef DABIAO_PARSERS_HEADER_CELLS_H
#define DABIAO_PARSERS_HEADER_CELLS_H

#include "dabiao/rules.h"

/* The role of a column with that name, by the rules of stage "column"; "other" when none knows it. Interned. */
const char *dab_name_role(const DabRules *rules, const char *name);
/* A figure in a cell that no rule knows as a name, or in a long one, is data: 完成120座. A year in a name (2022年目标) is not. */
gboolean dab_name_is_data(const char *name, const char *role);
/* Digits and signs alone: 12.60, -2.1, 98%. A year is a name. */
gboolean dab_name_is_figure(const char *text);
/* A figure with its unit and nothing else: 43.6万人, ≥98%, 0.9个百分点. A year or a time is none. */
gboolean dab_name_is_amount(const DabRules *rules, const char *text);
/* 亩, 万人, （元/人）, %: a unit alone, be it in brackets. */
gboolean dab_name_is_unit(const DabRules *rules, const char *text);
/* 1, （2）, 3=1+2 under a header, or 栏次 before them (list "no_names"), only count the columns. */
gboolean dab_name_numbers(const DabRules *rules, const char *text);
/* The number at the beginning of a column's number, and where it ends: （3）=1+2 → 3. 0: none. */
guint dab_name_column_number(const char *text, const char **end);

#endif
