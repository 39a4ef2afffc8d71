/* identity.h: whether a file is still what it was, without reading it: device, inode, size, and the times of its last change of
 * content and of inode, in nanoseconds, as version control systems do it. */
#ifndef DABIAO_BULK_IDENTITY_H
#define DABIAO_BULK_IDENTITY_H

#include <glib.h>
#include <sys/stat.h>

typedef struct {
    guint8 bytes[16];
} DabIdentity;

/* `member`: of an archive, or DAB_NO_MEMBER. */
DabIdentity dab_identity(const struct stat *file, guint member);

/* Whether a file that changes from `now` (seconds) on gets another identity. One that has just changed might change again within
 * the same tick of its file system's clock, which may be two seconds (FAT), and look the same. */
gboolean dab_identity_is_firm(const struct stat *file, gint64 now);

#endif
