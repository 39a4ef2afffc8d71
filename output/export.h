/* export.h: the measures of an output → lines of a table, one a measure: CSV (RFC 4180) for spreadsheets, JSON lines for programs.
 * docs/SCHEMA.md names the columns. */
#ifndef DABIAO_OUTPUT_EXPORT_H
#define DABIAO_OUTPUT_EXPORT_H

#include "output/read.h"

/* The line of names. */
void dab_export_csv_head(GString *out);
/* `file` is how the table calls the output. Text of a report that a spreadsheet would take for a formula gets a ' in front. */
void dab_export_csv(GString *out, const DabOutput *output, const char *file);
void dab_export_jsonl(GString *out, const DabOutput *output, const char *file);

#endif
