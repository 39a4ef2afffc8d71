/* file.h: bytes → a file that appears whole or not at all: written under another name in the same folder, then renamed. */
#ifndef DABIAO_BULK_FILE_H
#define DABIAO_BULK_FILE_H

#include <glib.h>

/* Makes missing folders. Replaces a file that is there; leaves it as it was on failure. Error: DAB_ERROR_WRITE_FAILED. */
gboolean dab_file_write(const char *path, const char *data, gsize len, GError **error);

#endif
