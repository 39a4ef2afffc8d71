#include "bulk/identity.h"

#include <string.h>

#include "base/digest.h"

DabIdentity dab_identity(const struct stat *st, guint member) {
    const guint64 facts[] = {st->st_dev,
                             st->st_ino,
                             (guint64)st->st_size,
                             (guint64)st->st_mtim.tv_sec,
                             (guint64)st->st_mtim.tv_nsec,
                             (guint64)st->st_ctim.tv_sec,
                             (guint64)st->st_ctim.tv_nsec,
                             member};
    guint8 digest[DAB_SHA256_BYTES];
    DabIdentity identity;
    dab_sha256(facts, sizeof facts, digest);
    memcpy(identity.bytes, digest, sizeof identity.bytes);
    return identity;
}

gboolean dab_identity_is_firm(const struct stat *st, gint64 now) {
    return MAX(st->st_mtim.tv_sec, st->st_ctim.tv_sec) < now - 2;
}
