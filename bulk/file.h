/* file.h: bytes → a file that appears whole or not at all: written under another name in the same folder, then renamed.
 *
 * That name belongs to the file's own: what a process that was killed left there, the next one writes over, or removes. Nothing is
 * forced to the disk (fsync): a power cut may cost what was written in the last seconds, and what reads such a file back must be
 * able to tell. */
#ifndef DABIAO_BULK_FILE_H
#define DABIAO_BULK_FILE_H

#include <glib.h>

/* Makes missing folders. Replaces a file that is there; leaves it as it was on failure. Error: DAB_ERROR_WRITE_FAILED. */
gboolean dab_file_write(const char *path, const char *data, gsize len, GError **error);
/* The same of two parts, one behind the other, and with the permissions `mode` (less the umask). */
gboolean dab_file_write_parts(const char *path, const void *head, gsize head_len, const void *data, gsize len, int mode,
                              GError **error);
/* All of the bytes to an open file, over interrupts and partial writes. FALSE with errno set where that fails. */
gboolean dab_write_all(int fd, const char *data, gsize len);
/* Removes it, and what a process that was killed while it wrote it may have left. */
void dab_file_remove(const char *path);

#endif
