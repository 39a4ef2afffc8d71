/* result.h: what became of one document: its JSON, or why there is none; and the form in which a worker sends that to
 * the process that writes files. Both ends are the same program, so that the form is simply memory. */
#ifndef DABIAO_BULK_RESULT_H
#define DABIAO_BULK_RESULT_H

#include <glib.h>

typedef enum { DAB_RESULT_OK, DAB_RESULT_FAILED, DAB_RESULT_SKIPPED } DabResultStatus;

/* Strings are owned by the result, or NULL. Counts are -1 where nothing is known. */
typedef struct {
    DabResultStatus status;
    gint error_code; /* DabErrorCode, of a failed one */
    char *message;
    char *sha256, *media_type;
    gint64 pages, measures, links, missed, numbers_unclaimed; /* missed: links whose target was */
    double seconds;
    char *json; /* of an ok one */
    gsize json_len;
    char *kept; /* what the cache is to keep of it (kept.h), or NULL */
    gsize kept_len;
} DabResult;

void dab_result_init(DabResult *result);  /* failed, nothing known */
void dab_result_clear(DabResult *result); /* frees the strings, keeps the counts */
/* Makes it a failed one. `format` is printf's. Keeps what is known of the source. */
void dab_result_fail(DabResult *result, gint code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Sends it whole; FALSE when the other end is gone. */
gboolean dab_result_send(const DabResult *result, int fd);
/* How many bytes the message that begins in `bytes` has: 0 while that cannot be said yet, G_MAXSIZE when it is none. */
gsize dab_result_message_bytes(const GByteArray *bytes);
/* Takes the message at the front of `bytes`, which must be there whole. `result` is cleared by the caller later. */
void dab_result_take(GByteArray *bytes, DabResult *result);

#endif
