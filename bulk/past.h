/* past.h: what earlier runs made where, so that what has not changed is neither read nor made again: a record an output, in a file
 * of the cache for each output folder.
 *
 * Records are added one by one while a run goes on, and the last of an output counts: a run that is killed leaves what it had done.
 * A record that is cut off or damaged is none. */
#ifndef DABIAO_BULK_PAST_H
#define DABIAO_BULK_PAST_H

#include "base/digest.h"
#include "bulk/identity.h"

typedef struct {
    guint8 output[16];        /* which: dab_past_name */
    guint8 circumstances[16]; /* rules, options, program, what else there is: dab_past_name of all that */
    DabIdentity input, result;
    guint8 sha256[DAB_SHA256_BYTES]; /* of the input */
    char media_type[96];
    gint64 pages, measures, links, missed, numbers_unclaimed;
    guint8 check[8];
} DabPastRecord;

typedef struct DabPast DabPast;

/* Sixteen bytes for a list of strings, ended by NULL. */
void dab_past_name(guint8 name[16], const char *const *strings);

/* Reads what there is. NULL: nothing can be kept there. */
DabPast *dab_past_open(const char *path);
void dab_past_close(DabPast *past); /* NULL is fine. Writes the file anew where most of it is out of date. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabPast, dab_past_close)

/* The record that an earlier run left of an output, lent; or NULL. */
const DabPastRecord *dab_past_find(const DabPast *past, const guint8 output[16]);
/* For later runs; sets `check`. Takes no memory. */
void dab_past_add(DabPast *past, DabPastRecord *record);

#endif
