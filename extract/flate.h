/* flate.h: the bytes that a stream with the filter FlateDecode stands for, as many as there may be. */
#ifndef DABIAO_EXTRACT_FLATE_H
#define DABIAO_EXTRACT_FLATE_H

#include <gio/gio.h>

/* For any number of streams, one after the other. The caller's, by g_object_unref. */
GConverter *dab_flate_new(void);

/* Appends the unpacked bytes to `out`. Of a stream that is cut or damaged what stands before that counts. FALSE when nothing is in
 * `out` then, or when it grows beyond `limit`. */
gboolean dab_flate_unpack(GConverter *z, const guint8 *data, gsize len, GByteArray *out, gsize limit);

#endif
