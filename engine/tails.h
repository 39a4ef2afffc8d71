/* tails.h: the pattern of a measure rule → what must stand behind its number, so that a number behind which something else stands
 * need not be tried. */
#ifndef DABIAO_ENGINE_TAILS_H
#define DABIAO_ENGINE_TAILS_H

#include <glib.h>

/* The part of a rule's pattern (as it is written, with {names}) behind {N}; NULL where the pattern does not tell. A match of the
 * whole pattern is followed, right behind its number, by a match of this part. Lent. */
const char *dab_tail_of(const char *regex);

#endif
