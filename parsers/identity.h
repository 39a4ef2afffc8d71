/* identity.h: what a document says of itself: title, issuer, region, number, date, year, genre. */
#ifndef DABIAO_PARSERS_IDENTITY_H
#define DABIAO_PARSERS_IDENTITY_H

#include "dabiao/document.h"

/* By the rules of stage "document" (kinds title, issuer, region, number, date, genre) over the first and last passages and the
 * table columns. Needs passages, sentences and named columns. */
void dab_identity_read(DabDocument *document, const DabRules *rules);

#endif
