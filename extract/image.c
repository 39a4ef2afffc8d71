/* image.c: a grey picture. */
#include "extract/image.h"

#include "dabiao/limits.h"

DabImage *dab_image_new(guint width, guint height, float density) {
    if (!width || !height || (guint64)width * height > DAB_MAX_IMAGE_PIXELS) return NULL;
    DabImage *image = g_new0(DabImage, 1);
    *image = (DabImage){.width = width, .height = height, .density = density, .grey = g_malloc((gsize)width * height)};
    return image;
}

DabImage *dab_image_turn(const DabImage *image, guint quarters) {
    const guint w = image->width, h = image->height;
    DabImage *to = quarters % 2 ? dab_image_new(h, w, image->density) : dab_image_new(w, h, image->density);
    if (!to) return NULL;
    to->text = image->text;
    for (guint y = 0; y < h; y++) {
        const guint8 *from = image->grey + (gsize)y * w;
        for (guint x = 0; x < w; x++) {
            guint x1 = quarters == 0 ? x : quarters == 1 ? y : quarters == 2 ? w - 1 - x : h - 1 - y;
            guint y1 = quarters == 0 ? y : quarters == 1 ? w - 1 - x : quarters == 2 ? h - 1 - y : x;
            to->grey[(gsize)y1 * to->width + x1] = from[x];
        }
    }
    return to;
}

void dab_image_free(DabImage *image) {
    if (!image) return;
    if (image->signs) g_array_unref(image->signs);
    g_free(image->grey);
    g_free(image);
}
