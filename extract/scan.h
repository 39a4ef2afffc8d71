/* scan.h: pictures of paper → clean pictures that lie straight, and the ruling lines on them (Leptonica). Recognises no
 * text. Methods: skew by the variance of row sums (Bloomberg, Kopec and Dasari 1995), lines by morphological opening with
 * long thin bricks. */
#ifndef DABIAO_EXTRACT_SCAN_H
#define DABIAO_EXTRACT_SCAN_H

#include "extract/image.h"

/* How many pictures a file of these bytes holds (a TIFF may hold several), at most `limit`; 0 when it is no picture. */
guint dab_scan_count(const guint8 *data, gsize bytes, guint limit);
/* Decodes picture `index`, made smaller or larger so that its text is easy to read. Errors: damaged, too_large (looked at before
 * anything is decoded). */
DabImage *dab_scan_decode(const guint8 *data, gsize bytes, guint index, GError **error);

/* Lays the picture straight, makes the paper white, removes specks and ruling lines. Appends the lines to `segments` (DabSegment,
 * points of the straight picture). Returns the angle, radians clockwise, by which it was turned. `ink` gets the share of pixels
 * that are black. */
float dab_scan_clean(DabImage *image, GArray *segments, float *ink);

#endif
