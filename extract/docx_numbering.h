/* docx_numbering.h: the numbers that Word shows before paragraphs (numbering.xml), which are in no text of the file. */
#ifndef DABIAO_EXTRACT_DOCX_NUMBERING_H
#define DABIAO_EXTRACT_DOCX_NUMBERING_H

#include "extract/docx_styles.h"

typedef struct DabDocxNumbering DabDocxNumbering;

/* `numbering`: root of numbering.xml, or NULL. Lent from `pool`. */
DabDocxNumbering *dab_docx_numbering_new(DabPool *pool, const DabXml *numbering, const DabDocxStyles *styles);

/* Counts the paragraph and appends what stands before it ("（三）", "2.1") to `out`; nothing for a paragraph without a number. To
 * be called for every paragraph, in order of the document. */
void dab_docx_numbering_next(DabDocxNumbering *numbering, const DabParagraphLook *look, GString *out);

#endif
