/* pose.h: how a scanned page lies: upright, on a side, upside down, or with lines that go down. Told by reading a few pieces of
 * lines in each pose, upright first: where that reads well, as nearly always, nothing else is tried. */
#ifndef DABIAO_EXTRACT_POSE_H
#define DABIAO_EXTRACT_POSE_H

#include "extract/image.h"

typedef struct {
    guint quarters;    /* turns to the left (counter-clockwise) that set it upright: 0 … 3 */
    gboolean vertical; /* upright, with lines from top to bottom */
} DabPose;

/* `image` is clean, and its rulings are gone. */
DabPose dab_pose_find(const DabImage *image);

#endif
