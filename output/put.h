/* put.h: JSON text, written value by value behind what stands there: for what is written in masses, where a tree (value.h) costs
 * more than the work that it describes. Both write the same bytes for the same values. */
#ifndef DABIAO_OUTPUT_PUT_H
#define DABIAO_OUTPUT_PUT_H

#include <glib.h>

/* Each puts a comma where one is needed: everywhere but behind '[' and '{'. `key`: NULL in an array; it is not escaped. */
void dab_put_open(GString *out, const char *key, char bracket);
void dab_put_close(GString *out, char bracket);
/* Bytes that are no UTF-8 become U+FFFD; NULL becomes null. */
void dab_put_text(GString *out, const char *key, const char *text);
void dab_put_text_len(GString *out, const char *key, const char *text, gsize len);
/* As dab_value_put_number and dab_value_put_decimals. */
void dab_put_number(GString *out, const char *key, double number);
void dab_put_decimals(GString *out, const char *key, double number, guint decimals);
void dab_put_count(GString *out, const char *key, guint64 count);
void dab_put_flag(GString *out, const char *key, gboolean flag);
void dab_put_null(GString *out, const char *key);
/* A key and its value that stand in `out` already, `len` bytes from byte `at` on, once more. The comma before them is taken along.
 */
void dab_put_again(GString *out, gsize at, gsize len);

#endif
