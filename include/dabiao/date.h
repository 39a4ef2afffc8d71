/* date.h: a date as a report says it (8月底, 2021年12月31日, 上半年, 去年) → ISO 8601. */
#ifndef DABIAO_DATE_H
#define DABIAO_DATE_H

#include "dabiao/rules.h"

/* The first date that a rule of stage "date" finds in the text. `year` is the document's own (0: unknown), for dates without
 * one. Writes "2021", "2021-08" or "2021-08-31" to `iso`; FALSE when there is none, or no year is to be had, or it is no day of
 * the calendar. */
gboolean dab_date_find(const DabRules *rules, const char *text, gsize len, gint year, char iso[11]);

#endif
