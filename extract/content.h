/* content.h: a PDF content stream → its ruling pieces: a scanner for operators and the little graphics state that path
 * operators need. Knows nothing of files; paths.c gives it bytes and answers for Do. */
#ifndef DABIAO_EXTRACT_CONTENT_H
#define DABIAO_EXTRACT_CONTENT_H

#include "extract/page.h"

typedef struct {
    double a, b, c, d, e, f; /* x' = a x + c y + e, y' = b x + d y + f */
} DabMatrix;

DabMatrix dab_matrix_multiply(DabMatrix first, DabMatrix then);
/* The box around the image of a rectangle. */
DabBox dab_matrix_box(DabMatrix m, double x0, double y0, double x1, double y1);

typedef struct DabCanvas DabCanvas;
/* Called for `name Do`: what the name means is the caller's to know. `ctm` and `clip` are those in force. */
typedef void (*DabDoFunc)(DabCanvas *canvas, const char *name, gsize len, DabMatrix ctm, DabBox clip, gpointer resources);

struct DabCanvas {
    DabRawPage *page;
    DabDoFunc draw;     /* may be NULL */
    gpointer user_data; /* the caller's */
    guint depth;        /* of forms; the caller counts */
    gsize work;         /* bytes read so far; the caller's limit is DAB_MAX_CONTENT_BYTES */
    gboolean overflow;  /* a limit was hit; what came before is in page */
};

/* Reads one stream. `ctm` maps its space to page points, y down; `clip` is in page points. */
void dab_content_read(DabCanvas *canvas, const guint8 *data, gsize len, DabMatrix ctm, DabBox clip, gpointer resources);

#endif
