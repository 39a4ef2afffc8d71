/* convert.h: one file → its JSON: source, layout, document, report, text, all in one pool that dies here.
 * Writes nothing; runs in a worker. */
#ifndef DABIAO_BULK_CONVERT_H
#define DABIAO_BULK_CONVERT_H

#include "bulk/inputs.h"
#include "bulk/result.h"
#include "dabiao/rules.h"
#include "dabiao/source.h"

typedef struct {
    const DabRules *rules;
    const char *out_dir;
    gboolean resume; /* skip what is converted already, from the same bytes by the same rules and version */
    DabOcr ocr;      /* which pages are read from their picture */
} DabConvert;

/* `result` is init'ed; it gets the JSON, or the error, or is marked as skipped. */
void dab_convert(const DabConvert *convert, const DabInput *input, DabResult *result);

#endif
