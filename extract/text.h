/* text.h: a plain text file → DabLayout of one page without size: paragraphs whole again, page numbers set apart, tables
 * where tabs, bars or aligned columns show them. Characters stay as the file has them; all boxes are zero.
 * A table that was flattened to lines stays text: its lines come back as paragraphs. */
#ifndef DAB_EXTRACT_TEXT_H
#define DAB_EXTRACT_TEXT_H

#include "dabiao/source.h"

/* UTF-8, UTF-16 with a byte order mark, or GB18030, told apart (charset.h). Lent from `pool`.
 * Errors: damaged (no text in any of these), empty (nothing but blanks), too_large (more than DAB_MAX_GLYPHS characters). */
DabLayout *dab_extract_text(DabPool *pool, const DabSource *source, GError **error);

#endif
