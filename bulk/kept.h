/* kept.h: what a worker made of a document's bytes, and what it needs to know of them, ↔ bytes that are kept in the cache: with
 * them it goes on as if it had read the document. */
#ifndef DABIAO_BULK_KEPT_H
#define DABIAO_BULK_KEPT_H

#include "base/digest.h"
#include "dabiao/source.h"

/* New bytes, g_free them; NULL: nothing to keep. */
guint8 *dab_kept_pack(const DabSource *source, const DabLayout *layout, gsize *bytes);
/* The hash of the document that the bytes say they are of, or NULL where they are too short. */
const char *dab_kept_sha256(const guint8 *data, gsize bytes);
/* Both back, in `pool`; the source has no data, and the path that is given. NULL: the bytes are not what dab_kept_pack makes. */
DabLayout *dab_kept_unpack(DabPool *pool, const guint8 *data, gsize bytes, const char *path, DabSource **source);
/* The same from an open entry of the cache. */
DabLayout *dab_kept_read(DabPool *pool, int fd, const char *path, DabSource **source);

#endif
