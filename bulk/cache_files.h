/* cache_files.h: the files of a cache's folder: counted, trimmed, cleared. Only names that a cache gives are touched: a folder
 * named by mistake keeps what else is in it. */
#ifndef DABIAO_BULK_CACHE_FILES_H
#define DABIAO_BULK_CACHE_FILES_H

#include <glib.h>

#define DAB_CACHE_TEXT "text" /* text/ab/…: entries, by two hex digits and 62 */
#define DAB_CACHE_PAST "past" /* past/…: 32 hex digits */

/* Removes files, those used the longest ago first, until `most` bytes are left; none that was used at or after `keep_from`
 * (seconds). The bytes that are left. */
guint64 dab_cache_files_trim(const char *folder, guint64 most, gint64 keep_from);

#endif
