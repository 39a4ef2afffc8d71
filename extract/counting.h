/* counting.h: the numbers of list items as word processors and browsers show them: 3 → 3, iii, c, 三, ③, 丙. */
#ifndef DABIAO_EXTRACT_COUNTING_H
#define DABIAO_EXTRACT_COUNTING_H

#include <glib.h>

/* Appends `n` in a format by its name in WordprocessingML (ST_NumberFormat, ECMA-376 part 1, 17.18.59), such as "chineseCounting";
 * a format unknown here counts in digits. Nothing for "none" and "bullet". What a format cannot show (the 27th branch) is in
 * digits too. */
void dab_counting_append(GString *out, const char *format, guint n);

/* The format of ECMA-376 for a value of CSS list-style-type or of HTML's attribute type ("a", "I", "simp-chinese-informal"); NULL
 * when it shows no number. */
const char *dab_counting_of_html(const char *type);

#endif
