/* layout_sound.h: whether a layout is one that extraction could have made: what comes back from a store is asked this. */
#ifndef DABIAO_EXTRACT_LAYOUT_SOUND_H
#define DABIAO_EXTRACT_LAYOUT_SOUND_H

#include "dabiao/layout.h"

/* Every index points into its array, no glyph is in two lines and no line in two blocks or cells (as far as their number tells),
 * cells lie in their table and not over each other (as far as their area tells), measures are finite, strings are UTF-8, limits
 * hold. */
gboolean dab_layout_is_sound(const DabLayout *layout);

#endif
