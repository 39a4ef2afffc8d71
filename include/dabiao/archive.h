/* archive.h: a ZIP or tar file (gzip, bzip2, xz, zstd) → its members, one after the other, without unpacking to disk. Which of them
 * are reports, and what they are called in results, is bulk/'s to say. */
#ifndef DABIAO_ARCHIVE_H
#define DABIAO_ARCHIVE_H

#include <glib.h>

typedef struct DabArchive DabArchive;

typedef struct {
    const char *name; /* UTF-8: names that are none count as GB18030, and else as bytes; lent until the next member */
    gint64 bytes;     /* as the archive says; -1: it does not */
    gboolean is_file; /* no folder, link or device */
} DabMember;

/* Reads from a descriptor, which stays the caller's and must stay open. Cannot fail; the first member shows what it is. */
DabArchive *dab_archive_open(int fd);
void dab_archive_free(DabArchive *archive); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabArchive, dab_archive_free)

/* Goes to the next member. FALSE without an error at the end. Errors: unsupported_type (no archive of these kinds), damaged. */
gboolean dab_archive_next(DabArchive *archive, DabMember *member, GError **error);

/* The bytes of the member it stands at; once. Free with g_string_free. Errors: damaged, encrypted, too_large (more than `limit`).
 */
GString *dab_archive_unpack(DabArchive *archive, gsize limit, GError **error);

#endif
