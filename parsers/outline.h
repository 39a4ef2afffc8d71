/* outline.h: numbered headings → sections. */
#ifndef DABIAO_PARSERS_OUTLINE_H
#define DABIAO_PARSERS_OUTLINE_H

#include "dabiao/document.h"

/* Finds sections by the rules of stage "outline" and tells each passage its section. Rules of kind "inline" (一是) may begin at any
 * sentence; the others begin a passage. Cells and furniture have no sections. Needs sentences. */
void dab_outline_read(DabDocument *document, const DabRules *rules);

#endif
