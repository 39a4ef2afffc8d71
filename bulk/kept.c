#include "bulk/kept.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulk/cache.h"
#include "dabiao/layout_store.h"
#include "dabiao/limits.h"

typedef struct {
    char sha256[DAB_SHA256_HEX];
    char media_type[95];
    guint64 bytes; /* of the document */
    guint8 check[16];
} Front;
G_STATIC_ASSERT(sizeof(Front) == DAB_SHA256_HEX + 95 + 8 + 16);

static void check_of(const Front *front, guint8 check[16]) {
    guint8 digest[DAB_SHA256_BYTES];
    dab_sha256(front, offsetof(Front, check), digest);
    memcpy(check, digest, 16);
}

guint8 *dab_kept_pack(const DabSource *source, const DabLayout *layout, gsize *bytes) {
    Front front = {.bytes = source->bytes};
    gsize n = 0;
    if (strlen(source->media_type) >= sizeof front.media_type) return NULL;
    g_autofree guint8 *packed = dab_layout_pack(layout, &n);
    if (!packed) return NULL;
    g_strlcpy(front.sha256, source->sha256, sizeof front.sha256);
    g_strlcpy(front.media_type, source->media_type, sizeof front.media_type);
    check_of(&front, front.check);
    guint8 *all = g_malloc(sizeof front + n);
    memcpy(all, &front, sizeof front);
    memcpy(all + sizeof front, packed, n);
    *bytes = sizeof front + n;
    return all;
}

static gboolean read_front(const guint8 *data, gsize bytes, Front *front) {
    guint8 check[16];
    if (bytes < sizeof *front) return FALSE;
    memcpy(front, data, sizeof *front);
    check_of(front, check);
    return memcmp(check, front->check, sizeof check) == 0 && !front->sha256[sizeof front->sha256 - 1] &&
           !front->media_type[sizeof front->media_type - 1] && strspn(front->sha256, "0123456789abcdef") == 2 * DAB_SHA256_BYTES &&
           g_str_is_ascii(front->media_type) && front->bytes <= DAB_MAX_FILE_BYTES;
}

const char *dab_kept_sha256(const guint8 *data, gsize bytes) {
    Front front;
    return read_front(data, bytes, &front) ? (const char *)data : NULL;
}

DabLayout *dab_kept_unpack(DabPool *pool, const guint8 *data, gsize bytes, const char *path, DabSource **source) {
    Front front;
    if (!read_front(data, bytes, &front)) return NULL;
    DabLayout *layout = dab_layout_unpack(pool, data + sizeof front, bytes - sizeof front);
    if (!layout) return NULL;
    *source = dab_pool_new0(pool, DabSource);
    **source = (DabSource){.path = dab_pool_strdup(pool, path),
                           .media_type = dab_pool_strdup(pool, front.media_type),
                           .sha256 = dab_pool_strdup(pool, front.sha256),
                           .bytes = front.bytes};
    return layout;
}

DabLayout *dab_kept_read(DabPool *pool, int fd, const char *path, DabSource **source) {
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size <= DAB_CACHE_FRONT || st.st_size > DAB_MAX_STORE_BYTES) return NULL;
    gsize bytes = (gsize)st.st_size - DAB_CACHE_FRONT;
    g_autofree guint8 *data = g_malloc(bytes); /* not mapped: who cuts a mapped file short kills its reader */
    if (pread(fd, data, bytes, DAB_CACHE_FRONT) != (ssize_t)bytes) return NULL;
    return dab_kept_unpack(pool, data, bytes, path, source);
}
