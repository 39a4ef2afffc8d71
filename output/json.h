/* json.h: what the program knows → the JSON text it promises (docs/SCHEMA.md, docs/dabiao.schema.json).
 *
 * Each function returns new NUL-terminated UTF-8, g_free it; *len (may be NULL) is its length in bytes. None can fail.
 * The same data give the same bytes. Writing files is bulk/'s work, reading them back is read.h's. */
#ifndef DABIAO_OUTPUT_JSON_H
#define DABIAO_OUTPUT_JSON_H

#include "dabiao/measure.h"

#define DAB_VERSION "0.1.0"
#define DAB_SHARD_KEY "shard" /* the last key of a shard's line */
#define DAB_DOCUMENT_SCHEMA "dabiao.document/1"

/* A whole document, one measure, link, section and table row a line, newline at the end. */
char *dab_json_report(const DabReport *report, gsize *len);

/* An output of ours as the same bytes under another path would give it. NULL when `json` is no such output. */
char *dab_json_with_path(const char *json, gsize len, const char *path, gsize *new_len);

/* An array of the numbers found in `text`, on one line, no newline at the end. Spans of `numbers` (DabNumber) are byte
 * offsets into `text`; "start" and "end" count its code points from the first byte of `text`. */
char *dab_json_numbers(const char *text, const GArray *numbers, gsize *len);

/* One line of a manifest. Strings are borrowed; NULL says null. */
typedef struct {
    const char *input, *output; /* as given; relative to the output folder */
    const char *status;         /* "ok" "failed" "skipped" */
    const char *error_code, *error_message;
    const char *sha256, *media_type;
    gint64 pages, measures, links, numbers_unclaimed; /* -1: null */
    const char *same_as;                              /* the input of these bytes that was converted; NULL: no such key */
    double seconds;                                   /* the only field that differs from run to run */
    /* Of a shard's line: what `dabiao merge` needs to know. */
    const char *rules; /* digest; NULL: the line of a whole run, which has none of this */
    guint place, of;   /* among the inputs of the whole run, from 0 */
    guint in_shard;    /* how many inputs its shard has */
} DabManifestLine;
/* With the newline at the end. */
char *dab_json_manifest_line(const DabManifestLine *line, gsize *len);

#endif
