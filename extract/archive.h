/* archive.h: members of a ZIP file by their names. archive.c is the only user of libarchive; dabiao/archive.h has the rest of it.
 */
#ifndef DABIAO_EXTRACT_ARCHIVE_H
#define DABIAO_EXTRACT_ARCHIVE_H

#include <glib.h>

/* The unpacked bytes of the member `name` (case of ASCII letters aside, as OPC asks for). Free with g_string_free. NULL without an
 * error when the archive has no such member. `limit`: at most so many bytes.
 * Errors: damaged (no ZIP, or cut off, or a wrong checksum), encrypted, too_large (`limit`, DAB_MAX_MEMBERS). */
GString *dab_archive_read(const guint8 *data, gsize bytes, const char *name, gsize limit, GError **error);

#endif
