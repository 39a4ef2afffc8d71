/* contents.h: tables of contents that lost their dots, as pages for browsers and texts have them: 一、总体情况 3. Their page
 * numbers would count as figures. A run of such lines is one when the same titles stand below it without the numbers. */
#ifndef DABIAO_EXTRACT_CONTENTS_H
#define DABIAO_EXTRACT_CONTENTS_H

#include "dabiao/layout.h"

/* Makes the blocks of such a run furniture. For layouts of one page; their lines stand in the order of blocks. */
void dab_contents_drop(DabLayout *layout);

#endif
