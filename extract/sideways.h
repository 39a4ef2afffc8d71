/* sideways.h: pages whose text lies on a side or upside down → upright ones: a wide table set along the height of the paper. */
#ifndef DABIAO_EXTRACT_SIDEWAYS_H
#define DABIAO_EXTRACT_SIDEWAYS_H

#include "extract/page.h"

/* Turns all that the page holds to the left until its text stands upright, if nearly all of it lies in one direction. Returns by
 * how many quarters; 0: it is left as it is. Vertical writing, whose hanzi stand upright below each other, is left, too. */
guint dab_sideways_set_upright(DabRawPage *page);
/* Whether the characters are such a page's: the width of their boxes is the height of its lines. */
gboolean dab_sideways_lies(const GArray *chars);

/* A quarter turn to the right of a page of this height. */
DabBox dab_quarter_right(DabBox box, float height);

/* Where a box of a page is on its paper. */
typedef DabBox (*DabBoxFunc)(gconstpointer data, DabBox box);
/* Takes all boxes of page `index` of the layout through `func`; boxes of nothing stay. */
void dab_page_boxes_move(DabLayout *layout, guint index, DabBoxFunc func, gconstpointer data);
/* Takes those of a page that was turned to the left by `quarters` back to the paper, and its size. */
void dab_sideways_lay_back(DabLayout *layout, guint index, guint quarters);

#endif
