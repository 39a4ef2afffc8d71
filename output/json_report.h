/* json_report.h: a report under way to its JSON, between the files that write its parts. For json_report.c and json_*.c beside it.
 *
 * Top-level keys stand on lines of their own, and so does each measure, link, section, row …: what a rule change changed can be
 * seen with diff, and a measure found with grep. Nothing here can fail. */
#ifndef DABIAO_OUTPUT_JSON_REPORT_H
#define DABIAO_OUTPUT_JSON_REPORT_H

#include "dabiao/measure.h"
#include "output/put.h"

typedef struct {
    const DabReport *report;
    const DabDocument *document;
    GString *out;
    gboolean first;                  /* no member of the open array has been written yet */
    gint sentence;                   /* the one written last; -1: none */
    gsize sentence_at, sentence_len; /* where it stands in `out`, with its key */
} DabJsonReport;

/* A top-level array, a member a line: open, next … , close. open_member begins an object and lends `out`. */
void dab_json_open_array(DabJsonReport *w, const char *key);
void dab_json_next(DabJsonReport *w);
GString *dab_json_open_member(DabJsonReport *w);
void dab_json_close_array(DabJsonReport *w);

/* The number, or null. */
void dab_json_put_if(GString *o, const char *key, gboolean has, double number);
/* "bbox": points of the page, y down; null where the file has no places. */
void dab_json_put_box(GString *o, DabBox box);
/* "t1.r3": the row `row`, from 0, of a table. */
void dab_json_put_row_id(GString *o, const char *key, const char *table_id, guint row);
/* "raw": the number as it is written. */
void dab_json_put_raw(const DabJsonReport *w, GString *o, const DabNumber *n);
/* "sentence": its text; empty when `index` is -1. It stands in the result once for each of its measures, and is made ready once. */
void dab_json_put_sentence(DabJsonReport *w, GString *o, gint index);
/* "where": page (from 1) and box, and the section, table, row and column it stands in, -1 for none. */
void dab_json_put_where(const DabJsonReport *w, GString *o, guint page, DabBox box, gint section, gint table, gint row,
                        gint column);

/* The parts, each a top-level array. */
void dab_json_tables(DabJsonReport *w);
void dab_json_measures(DabJsonReport *w);
void dab_json_links(DabJsonReport *w);
void dab_json_unclaimed(DabJsonReport *w);

#endif
