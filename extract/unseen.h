/* unseen.h: text that nobody can see on the page: white on white paper, which often belongs to another version of the text. */
#ifndef DABIAO_EXTRACT_UNSEEN_H
#define DABIAO_EXTRACT_UNSEEN_H

#include "extract/page.h"

/* Drops white characters that stand on no filled area, picture or thick line. What a clip hides stays, and so does text
 * painted in no colour at all: it is the text layer of a scan. */
void dab_unseen_drop(DabRawPage *page);

#endif
