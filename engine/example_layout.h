/* example_layout.h: the text of a rule's example → a DabLayout: each line a paragraph, lines with bars (a | b) rows of a table. */
#ifndef DABIAO_ENGINE_EXAMPLE_LAYOUT_H
#define DABIAO_ENGINE_EXAMPLE_LAYOUT_H

#include "dabiao/layout.h"

/* `heading` (NULL: none) stands above the text. Lent from `pool`. */
DabLayout *dab_example_layout(DabPool *pool, const char *heading, const char *text);

#endif
