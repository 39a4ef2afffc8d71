/* digest.h: bytes → SHA-256 (FIPS 180-4). */
#ifndef DABIAO_BASE_DIGEST_H
#define DABIAO_BASE_DIGEST_H

#include <glib.h>

#define DAB_SHA256_BYTES 32
#define DAB_SHA256_HEX 65 /* with the NUL */

void dab_sha256(const void *data, gsize bytes, guint8 out[DAB_SHA256_BYTES]);
void dab_sha256_hex(const void *data, gsize bytes, char out[DAB_SHA256_HEX]);
/* Of a file from its beginning to its end, whose offset stays. FALSE: it cannot be read, or has more than `most` bytes. */
gboolean dab_sha256_file(int fd, guint64 most, guint8 out[DAB_SHA256_BYTES]);
void dab_sha256_to_hex(const guint8 digest[DAB_SHA256_BYTES], char out[DAB_SHA256_HEX]);
/* FALSE: it is no such text, or NULL. */
gboolean dab_sha256_from_hex(const char *hex, guint8 digest[DAB_SHA256_BYTES]);

#endif
