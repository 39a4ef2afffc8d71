/* docx.h: a DOCX (Office Open XML, ECMA-376) → DabLayout of one page without size. Text as it stands in the finished document:
 * numbers of lists as displayed, tracked changes accepted, hidden text, headers, footers, comments, tables of contents and field
 * codes left out; text boxes behind the paragraph they are anchored in, once; notes at the end. */
#ifndef DABIAO_EXTRACT_DOCX_H
#define DABIAO_EXTRACT_DOCX_H

#include "dabiao/source.h"

/* Lent from `pool`. Errors: damaged (no ZIP, no main part, no XML), encrypted, empty, too_large (DAB_MAX_MEMBER_BYTES,
 * DAB_MAX_UNPACKED_BYTES, DAB_MAX_XML_DEPTH, DAB_MAX_XML_NODES, DAB_MAX_GLYPHS, DAB_MAX_CELLS). */
DabLayout *dab_extract_docx(DabPool *pool, const DabSource *source, GError **error);

#endif
