/* work.h: a page on its way from characters to blocks, shared by the steps of the PDF's layout. */
#ifndef DABIAO_EXTRACT_WORK_H
#define DABIAO_EXTRACT_WORK_H

#include "extract/columns.h"
#include "extract/grid.h"
#include "extract/paragraphs.h"
#include "extract/pdf.h"

typedef struct {
    DabRawPage raw;
    DabPdf *pdf;       /* that the page is of; NULL: none, or it is read from its picture */
    guint quarters;    /* by which it was turned to the left, to stand upright */
    GArray *runs;      /* DabRun */
    GPtrArray *grids;  /* DabGrid, top to bottom */
    GArray *lines;     /* DabLine of free text, in reading order */
    GArray *stretches; /* DabStretch, in reading order */
    GArray *blocks;    /* DabFlowBlock, in reading order, tables among them (block.table: in grids until they are joined) */
    GArray *furniture; /* DabLine */
} DabPageWork;

#endif
