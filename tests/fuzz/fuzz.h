/* fuzz.h: what the fuzz targets share. Each target is one file: LLVMFuzzerTestOneInput takes any bytes, and what must hold for
 * all of them is asserted, so that a wrong result counts as a crash. `make fuzz` builds and runs them (tools/fuzz.sh). */
#ifndef DABIAO_TESTS_FUZZ_H
#define DABIAO_TESTS_FUZZ_H

#include <stdint.h>

#include "dabiao/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv); /* loads the rules before the first input */

/* The project's rules, loaded once (from the folder DABIAO_RULES, or rules/). Ends the process when they do not load. */
const DabRules *fuzz_rules(void);
/* A source of these bytes, copied, as if a file of this type had been read. Lent from `pool`. */
DabSource *fuzz_source(DabPool *pool, const char *media_type, const uint8_t *data, size_t size);
/* A layout as every extractor must leave it: indices inside their arrays. NULL (an input that was refused) is fine. */
void fuzz_check_layout(const DabLayout *layout);
/* A text as the normaliser must leave it: valid UTF-8, a glyph for each byte, no control character but the '\n' between passages.
 */
void fuzz_check_text(const DabText *text);
/* Numbers inside `span`, in order, none over another, each starting and ending at a character. */
void fuzz_check_numbers(const char *text, DabSpan span, const GArray *numbers);
/* Document, report and JSON of a layout, each checked. */
void fuzz_whole(DabPool *pool, const DabSource *source, const DabLayout *layout);

#endif
