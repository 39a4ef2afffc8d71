/* read.h: JSON that this program wrote, and gold files, read back into plain structs, for the verbs that show and compare.
 * Unknown keys are passed over, missing ones are NULL, 0 or -1: a file of a later version still reads. */
#ifndef DABIAO_OUTPUT_READ_H
#define DABIAO_OUTPUT_READ_H

#include "dabiao/layout.h"

/* One measure, of an output or of a gold file. All strings are lent by the DabOutput; NULL where the file has null. */
typedef struct {
    const char *id, *role, *indicator, *unit, *comparator, *raw, *sentence, *scope, *deadline, *as_of, *rule;
    const char *change; /* "increase" "decrease" */
    gboolean has_value, has_low, has_high, approximate;
    double value, low, high;
    gint year, page; /* 0: not said */
    const char *table, *row;
    gboolean has_box;
    DabBox box;
    /* Of a gold file only: */
    gboolean optional;
    const char *evidence;
    char **units_any, **comparators, **indicator_any; /* NULL-terminated, or NULL */
} DabOutputMeasure;

typedef struct {
    const char *target, *outcome, *verdict, *reported;
    gboolean has_margin;
    double margin;
    int agrees; /* 1, 0, -1: not said */
} DabOutputLink;

typedef struct {
    const char *kind, *message;
    char **measures; /* ids */
} DabOutputFinding;

typedef struct {
    const char *raw, *sentence;
    gint page;
    gboolean has_box;
    DabBox box;
} DabOutputUnclaimed;

typedef struct {
    const char *schema, *version, *rules;
    const char *path, *source_sha256, *text_from;
    gint64 pages;
    const char *title, *issuer, *region, *number, *date, *genre;
    gint year;
    guint n_total, n_measures, n_context, n_unclaimed;
    GArray *measures;   /* DabOutputMeasure */
    GArray *links;      /* DabOutputLink */
    GArray *findings;   /* DabOutputFinding */
    GArray *unclaimed;  /* DabOutputUnclaimed */
    GArray *warnings;   /* DabOutputFinding: kind is the code */
    struct cJSON *tree; /* owns the strings */
    GPtrArray *lists;   /* owns the lists */
} DabOutput;

/* Reads a document of ours or a gold file. Errors: not_found, unreadable, too_large, damaged (no JSON, or no "measures"). */
DabOutput *dab_output_read(const char *path, GError **error);
/* The same from a descriptor, which stays the caller's, or from -errno. */
DabOutput *dab_output_read_fd(int fd, GError **error);
void dab_output_free(DabOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabOutput, dab_output_free)

/* Index of the measure with this id, or -1. */
gint dab_output_find(const DabOutput *output, const char *id);

#endif
