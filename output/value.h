/* value.h: a JSON value as a tree behind a few plain functions; value.c is the only user of cJSON.
 *
 * Keys come out in the order in which they were put in, so that the same data give the same bytes. Strings are UTF-8 and
 * stay as they are (no \u escapes for hanzi); bytes that are no UTF-8 become U+FFFD. Numbers come out in the fewest digits
 * that say the same decimal: 90, not 90.0; 3172000000, not 3.172e9.
 * Not for anything that users read as tables: the shape of a document is json_report.c's work. */
#ifndef DABIAO_OUTPUT_VALUE_H
#define DABIAO_OUTPUT_VALUE_H

#include <glib.h>

typedef struct cJSON DabValue;

/* Makes a tree. The caller owns what `new` and `parse` return until it puts it into another. */
DabValue *dab_value_new_object(void);
DabValue *dab_value_new_array(void);
/* Parses `len` bytes. NULL when they are no JSON, or nest deeper than 1000. */
DabValue *dab_value_parse(const char *text, gsize len);
void dab_value_free(DabValue *value); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabValue, dab_value_free)

/* Each puts one member at the end. `into` is an object, or an array (then `key` is NULL and ignored). */
void dab_value_put_text(DabValue *into, const char *key, const char *text); /* NULL text: null */
void dab_value_put_text_len(DabValue *into, const char *key, const char *text, gsize len);
void dab_value_put_number(DabValue *into, const char *key, double number);                   /* not finite: null */
void dab_value_put_decimals(DabValue *into, const char *key, double number, guint decimals); /* rounded; no zeros at the end */
void dab_value_put_count(DabValue *into, const char *key, guint64 count);
void dab_value_put_flag(DabValue *into, const char *key, gboolean flag);
void dab_value_put_null(DabValue *into, const char *key);
void dab_value_put(DabValue *into, const char *key, DabValue *member); /* takes `member` */

/* Appends the tree to `out` on one line: {"a":1, …} with no blank but those in strings. */
void dab_value_write(const DabValue *value, GString *out);

/* Reads a tree. Everything is lent; a key that is missing or of another type gives NULL, `otherwise`, or FALSE. */
const DabValue *dab_value_get(const DabValue *object, const char *key);
const char *dab_value_text(const DabValue *object, const char *key);
double dab_value_number(const DabValue *object, const char *key, double otherwise);
/* The same as a whole number that fits a gint: what is larger becomes the largest there is. */
gint dab_value_integer(const DabValue *object, const char *key, gint otherwise);
gboolean dab_value_has_number(const DabValue *object, const char *key, double *number);
gboolean dab_value_flag(const DabValue *object, const char *key);
/* 1 true, 0 false, -1 neither. */
int dab_value_tristate(const DabValue *object, const char *key);
/* The members of an array or object, one after the other: for (v = first(a); v; v = next(v)). */
const DabValue *dab_value_first(const DabValue *array);
const DabValue *dab_value_next(const DabValue *member);
const char *dab_value_as_text(const DabValue *member); /* NULL when it is no string */
double dab_value_as_number(const DabValue *member, double otherwise);

#endif
