/* convert.h: one file → its JSON: source, layout, document, report, text, all in one pool that dies here.
 * Writes nothing; runs in a worker. */
#ifndef DABIAO_BULK_CONVERT_H
#define DABIAO_BULK_CONVERT_H

#include "bulk/inputs.h"
#include "bulk/recall.h"
#include "bulk/result.h"
#include "dabiao/rules.h"
#include "dabiao/source.h"

typedef struct {
    const DabRules *rules;    /* of a run that may have nothing to convert they are loaded late, and only there (DabRun.prepare) */
    const char *rules_digest; /* known before */
    const char *out_dir;
    gboolean resume;   /* skip what is converted already, from the same bytes by the same rules and version */
    DabOcr ocr;        /* which pages are read from their picture */
    DabRecall *recall; /* what is remembered of earlier runs; NULL: nothing */
} DabConvert;

/* In the parent: opens the input (files[0]); to resume, what an earlier run made of it (files[1]); its text, where that is kept
 * (files[2]). */
void dab_convert_open(const DabConvert *convert, const DabInput *input, int *files);
/* In the parent: what a worker asks for (dab_workers_ask), when a page is to be recognised. */
void dab_convert_equip(void);
/* In a worker: `files` are those. `result` is init'ed; it gets the JSON, or the error, or is marked as skipped. */
void dab_convert(const DabConvert *convert, const DabInput *input, const int *files, DabResult *result);

#endif
