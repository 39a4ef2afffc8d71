/* flate.c: deflate streams (RFC 1950, RFC 1951; zlib through GIO). */
#include "extract/flate.h"

#define STEP 16384u /* bytes that are asked for at a time */

GConverter *dab_flate_new(void) {
    return G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW));
}

gboolean dab_flate_unpack(GConverter *z, const guint8 *data, gsize len, GByteArray *out, gsize limit) {
    /* its head is looked at here; its check sum is not: adding that up would take a fifth of the time */
    if (len < 2 || (data[0] & 15) != 8 || data[0] > 0x7F || (data[0] << 8 | data[1]) % 31 || data[1] & 0x20) return out->len > 0;
    data += 2;
    len -= 2;
    g_converter_reset(z);
    for (GConverterResult result = G_CONVERTER_CONVERTED; len && result == G_CONVERTER_CONVERTED;) {
        gsize read = 0, written = 0;
        guint before = out->len;
        g_autoptr(GError) error = NULL;
        g_byte_array_set_size(out, before + STEP);
        result = g_converter_convert(z, data, len, out->data + before, STEP, G_CONVERTER_INPUT_AT_END, &read, &written, &error);
        if (result == G_CONVERTER_ERROR) written = 0;
        g_byte_array_set_size(out, before + (guint)written);
        if (result == G_CONVERTER_ERROR) return out->len > 0; /* a cut stream: what was there counts */
        data += read;
        len -= read;
        if (out->len > limit) return FALSE;
        if (!read && !written) break;
    }
    return TRUE;
}
