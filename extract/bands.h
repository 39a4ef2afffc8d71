/* bands.h: rows of runs → bands of columns: rows one below the other that leave the same stripes blank. */
#ifndef DABIAO_EXTRACT_BANDS_H
#define DABIAO_EXTRACT_BANDS_H

#include "extract/run_rows.h"

typedef struct {
    guint first, end; /* rows */
    DabStripes free;  /* blank in all of them */
} DabColumnBand;

/* The columns that begin at row `first`: down to the row that closes a gutter, and up, not beyond `floor_row`, over rows that
 * respect them. [x0, x1]: the whole width. */
DabColumnBand dab_band_grow(const GArray *rows, guint floor_row, guint first, float x0, float x1, float em);

/* Puts the middles of those stripes that are gutters, left to right, into `out` (room for DAB_MAX_STRIPES); how many. 0: no columns
 * of text. `runs` are those of the rows. */
guint dab_band_gutters(const DabColumnBand *band, const DabRunRow *rows, const DabRun *runs, float em, float *out);

#endif
