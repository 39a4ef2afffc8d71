/* docx_styles.h: what a DOCX's styles say of a paragraph or run: heading or not, size, list, hidden. */
#ifndef DABIAO_EXTRACT_DOCX_STYLES_H
#define DABIAO_EXTRACT_DOCX_STYLES_H

#include "extract/xml.h"

typedef struct DabDocxStyles DabDocxStyles;

typedef struct {
    float size;                 /* points; 0: not said */
    gint8 bold, hidden, raised; /* TRUE, FALSE, or -1: not said */
} DabRunLook;

typedef struct {
    DabRunLook run;
    gint outline; /* level from 0; -1: body text */
    gboolean centred, caption;
    gboolean contents;   /* a line of a table of contents */
    gboolean leader;     /* its tabs show as dots that lead to the right margin */
    const char *num_id;  /* of its list; NULL: none */
    guint level;         /* in it */
    gboolean level_said; /* by the paragraph or its style; else the list knows by the style's name */
    const char *style;   /* id, or NULL */
} DabParagraphLook;

/* `styles`: root of styles.xml, or NULL; must outlive the result. Lent from `pool`. */
DabDocxStyles *dab_docx_styles_new(DabPool *pool, const DabXml *styles);
/* `ppr`: w:pPr, or NULL. */
DabParagraphLook dab_docx_paragraph_look(const DabDocxStyles *styles, const DabXml *ppr);
/* `rpr`: w:rPr, or NULL: on top of what the paragraph says. */
DabRunLook dab_docx_run_look(const DabDocxStyles *styles, DabRunLook paragraph, const DabXml *rpr);
/* The list that a list style stands for: its w:numId, or NULL. */
const char *dab_docx_style_list(const DabDocxStyles *styles, const char *style);

#endif
