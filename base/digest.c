/* digest.c: SHA-256 by OpenSSL, which uses what the processor has for it: two to ten times as fast as GLib's. Its old interface, as
 * the new one reads a configuration file at the first call, which a worker that is shut in may not. */
#define OPENSSL_API_COMPAT 0x10100000L
#include "base/digest.h"

#include <errno.h>
#include <openssl/sha.h>
#include <string.h>
#include <unistd.h>

void dab_sha256(const void *data, gsize bytes, guint8 out[DAB_SHA256_BYTES]) {
    SHA256_CTX sum;
    SHA256_Init(&sum);
    SHA256_Update(&sum, data, bytes);
    SHA256_Final(out, &sum);
}

void dab_sha256_to_hex(const guint8 digest[DAB_SHA256_BYTES], char out[DAB_SHA256_HEX]) {
    for (gsize i = 0; i < DAB_SHA256_BYTES; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[2 * DAB_SHA256_BYTES] = 0;
}

void dab_sha256_hex(const void *data, gsize bytes, char out[DAB_SHA256_HEX]) {
    guint8 digest[DAB_SHA256_BYTES];
    dab_sha256(data, bytes, digest);
    dab_sha256_to_hex(digest, out);
}

gboolean dab_sha256_file(int fd, guint64 most, guint8 out[DAB_SHA256_BYTES]) {
    guint8 buffer[64 * 1024];
    guint64 at = 0;
    SHA256_CTX sum;
    SHA256_Init(&sum);
    for (;;) {
        ssize_t n = pread(fd, buffer, sizeof buffer, (off_t)at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 || (at += (guint64)n) > most) return FALSE;
        if (n == 0) break;
        SHA256_Update(&sum, buffer, (gsize)n);
    }
    SHA256_Final(out, &sum);
    return TRUE;
}

gboolean dab_sha256_from_hex(const char *hex, guint8 digest[DAB_SHA256_BYTES]) {
    if (!hex || strlen(hex) != 2 * DAB_SHA256_BYTES) return FALSE;
    for (gsize i = 0; i < DAB_SHA256_BYTES; i++) {
        int high = g_ascii_xdigit_value(hex[2 * i]), low = g_ascii_xdigit_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return FALSE;
        digest[i] = (guint8)(high << 4 | low);
    }
    return TRUE;
}
