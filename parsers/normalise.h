/* normalise.h: glyphs of lines → normalised UTF-8, each byte mapped to its glyph.
 *
 * Forms: NFKC (UAX #15) for full-width letters, digits and signs, compatibility ideographs, ligatures and spaces; CJK
 * radicals and strokes become the ideographs they look like (Equivalent_Unified_Ideograph, UAX #44: NFKC knows only
 * two of the Radicals Supplement). Not NFKC: Chinese punctuation ，；：？！（） stays full-width; circled, Roman and
 * raised numbers, fractions, ㎡ and ℃ stay as they are, for NFKC would make wrong digits of them (m² → m2, ½ → 1⁄2).
 * Blanks and line ends: blanks.h. Control characters, soft hyphens, marks without width or of direction, private-use
 * and unreadable characters are left out.
 * Which lines make a passage, and what the text means, others decide. */
#ifndef DAB_PARSERS_NORMALISE_H
#define DAB_PARSERS_NORMALISE_H

#include "dabiao/text.h"

/* Appends the lines [first_line, first_line + n_lines) of the layout as one passage. `keep_blanks`: single blanks between
 * hanzi are meant and stay (titles, headings); wide gaps always leave one blank. Returns the span appended (may be
 * empty). No '\n' is added. */
DabSpan dab_normalise_lines(DabText *text, const DabLayout *layout, guint first_line, guint n_lines, gboolean keep_blanks);

/* Goes on with the passage that begins at `passage_start` and ends at the text's end (a paragraph continued in the next
 * column): the joint is treated like a line end, and up to some dozen characters before it may be settled anew. */
void dab_normalise_more(DabText *text, const DabLayout *layout, gsize passage_start, guint first_line, guint n_lines);

/* Appends a plain string of `len` bytes (-1: NUL-terminated), any bytes: invalid ones count as one U+FFFD each. The
 * glyph of a byte is the index of its code point in `s`. A line end in `s` is treated like any line end. */
void dab_normalise_string(DabText *text, const char *s, gssize len);

#endif
