/* docx_text.h: the paragraphs of a DOCX → text for a DabWriter. */
#ifndef DABIAO_EXTRACT_DOCX_TEXT_H
#define DABIAO_EXTRACT_DOCX_TEXT_H

#include "extract/docx_numbering.h"
#include "extract/writer.h"

struct DabDocxParts; /* docx.c's own */

/* A document on its way. */
typedef struct {
    DabWriter *writer;
    DabDocxStyles *styles;
    DabDocxNumbering *numbering;
    GPtrArray *boxes; /* const DabXml * (w:txbxContent): met in the paragraph under way */
    GArray *fields;   /* gboolean: of each field that is open, whether its code is over and its result shows */
    GPtrArray *notes; /* const DabXml * (w:footnoteReference, w:endnoteReference), in order */
    guint note;       /* number of the note that is read; 0: none */
    struct DabDocxParts *parts;
    gboolean joined; /* the mark that ended the last paragraph was deleted: the next one goes on with it */
} DabDocx;

/* Reads w:p. Text boxes in it are left in `boxes`. */
void dab_docx_read_paragraph(DabDocx *d, const DabXml *p);
/* What counts of mc:AlternateContent: the first choice that has any text, else the fallback; NULL for none. */
const DabXml *dab_docx_alternative(const DabXml *x);

#endif
