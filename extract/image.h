/* image.h: a grey picture of a page, as rendering, decoding and recognition hand it on. */
#ifndef DABIAO_EXTRACT_IMAGE_H
#define DABIAO_EXTRACT_IMAGE_H

#include <glib.h>

typedef struct {
    guint width, height; /* pixels */
    float density;       /* pixels a point */
    guint text;          /* height of its hanzi, pixels, once cleaned; 0: not known */
    guint8 *grey;        /* height rows of width bytes, 0 is black */
} DabImage;

/* Not filled. NULL when it would have more than DAB_MAX_IMAGE_PIXELS, or none. */
DabImage *dab_image_new(guint width, guint height, float density);
void dab_image_free(DabImage *image); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabImage, dab_image_free)

#endif
