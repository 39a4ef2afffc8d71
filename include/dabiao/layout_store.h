/* layout_store.h: a DabLayout → bytes that can be kept, and back: what extraction costs is paid once.
 *
 * The bytes are compressed, with a checksum, and of this machine's kind (byte order, sizes of types): they are kept for later runs,
 * not for other programs. Reading them believes nothing: cut off, damaged, or made by somebody who means harm, they give no layout.
 */
#ifndef DABIAO_LAYOUT_STORE_H
#define DABIAO_LAYOUT_STORE_H

#include "dabiao/layout.h"

/* Changes with the bytes, or with the meaning of what is in them. */
#define DAB_LAYOUT_STORE_VERSION 1u

/* New bytes, g_free them. NULL: a layout that dab_layout_unpack would not take back. */
guint8 *dab_layout_pack(const DabLayout *layout, gsize *bytes);

/* A layout that dies with `pool`. Every index in it points into its array, every page, span and count is one that extraction could
 * have made (limits.h), every measure is finite. NULL: they are none such. */
DabLayout *dab_layout_unpack(DabPool *pool, const guint8 *data, gsize bytes);

#endif
