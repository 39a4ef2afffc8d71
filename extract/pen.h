/* pen.h: paths of a content stream → the ruling pieces and filled areas that they leave on a page. Which operators make a path is
 * content.c's to know. */
#ifndef DABIAO_EXTRACT_PEN_H
#define DABIAO_EXTRACT_PEN_H

#include "extract/content.h"

#define DAB_MAX_PATH 4096 /* points of one path: more is a drawing */

/* What q keeps and Q brings back. */
typedef struct {
    DabMatrix ctm;
    DabBox clip;
    gboolean white; /* what is filled is not seen on paper */
} DabPenState;

typedef struct {
    float x, y; /* in points of the page */
    enum { DAB_MOVE, DAB_LINE, DAB_CURVE } how;
} DabPoint;

typedef struct {
    DabCanvas *canvas;
    DabPenState now;
    guint n_path;
    gboolean too_long, clip_pending;
    DabPoint path[DAB_MAX_PATH];
} DabPen;

void dab_pen_point(DabPen *pen, double x, double y, int how);
/* x, y, width, height */
void dab_pen_rectangle(DabPen *pen, const double *v);
void dab_pen_close(DabPen *pen);
/* Adds what the path leaves to the canvas's page, and ends it. */
void dab_pen_paint(DabPen *pen, gboolean fills, gboolean strokes);
/* Ends the path unpainted; it becomes the clip where that is pending. */
void dab_pen_end(DabPen *pen);
/* A filled area as high as a row of a table, or several: what a shaded row is known by. */
void dab_pen_shade(DabPen *pen, DabBox box);

#endif
