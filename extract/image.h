/* image.h: a grey picture of a page, as rendering, decoding and recognition hand it on. */
#ifndef DABIAO_EXTRACT_IMAGE_H
#define DABIAO_EXTRACT_IMAGE_H

#include <glib.h>

typedef struct {
    guint width, height; /* pixels */
    float density;       /* pixels a point */
    guint text;          /* height of its hanzi, pixels, once cleaned; 0: not known */
    guint8 *grey;        /* height rows of width bytes, 0 is black */
    GArray *signs;       /* DabPercentSign found on it, hidden from recognition and put into what it reads; or NULL */
} DabImage;

/* Not filled. NULL when it would have more than DAB_MAX_IMAGE_PIXELS, or none. */
DabImage *dab_image_new(guint width, guint height, float density);
/* The picture turned to the left (counter-clockwise) by so many quarters, 0 … 3, without its signs; owned. NULL as above. */
DabImage *dab_image_turn(const DabImage *image, guint quarters);
void dab_image_free(DabImage *image); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabImage, dab_image_free)

#endif
