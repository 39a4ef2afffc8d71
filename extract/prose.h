/* prose.h: pages of running text in one column, told by their characters alone: no table can stand there, whatever lines are drawn.
 */
#ifndef DABIAO_EXTRACT_PROSE_H
#define DABIAO_EXTRACT_PROSE_H

#include "extract/page.h"

/* Whether nothing on the page stands beside anything else: each line goes on without a gap and begins below the one before. Neither
 * rulings nor shaded areas say anything of such a page. FALSE where there is any doubt: white text, too little of it, signs that no
 * text has many of. */
gboolean dab_prose_is_all(const DabRawPage *page);

#endif
