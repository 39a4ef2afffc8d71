/* image.c: a grey picture. */
#include "extract/image.h"

#include "dabiao/limits.h"

DabImage *dab_image_new(guint width, guint height, float density) {
    if (!width || !height || (guint64)width * height > DAB_MAX_IMAGE_PIXELS) return NULL;
    DabImage *image = g_new0(DabImage, 1);
    *image = (DabImage){.width = width, .height = height, .density = density, .grey = g_malloc((gsize)width * height)};
    return image;
}

void dab_image_free(DabImage *image) {
    if (!image) return;
    g_free(image->grey);
    g_free(image);
}
