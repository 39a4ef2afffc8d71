#include "bulk/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bulk/cache_files.h"
#include "bulk/file.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

/* Before the bytes of an entry. */
typedef struct {
    char magic[8];
    guint64 bytes; /* that follow */
    guint8 key[DAB_SHA256_BYTES];
    guint8 check[16]; /* the beginning of the hash of the above */
} Front;
G_STATIC_ASSERT(sizeof(Front) == DAB_CACHE_FRONT);
#define MAGIC "DABTEXT"

struct DabCache {
    char *folder;
    guint64 most, put, left; /* put: in this run; left: what may be put before it is measured again */
    gint64 start;            /* of this run, seconds: what was used since is not removed for what it puts */
    gboolean full;
};

static Front front_of(const guint8 *key, guint64 bytes) {
    Front front = {.magic = MAGIC, .bytes = bytes};
    guint8 digest[DAB_SHA256_BYTES];
    memcpy(front.key, key, sizeof front.key);
    dab_sha256(&front, offsetof(Front, check), digest);
    memcpy(front.check, digest, sizeof front.check);
    return front;
}

static char *path_of(const DabCache *cache, const guint8 *key) {
    char hex[DAB_SHA256_HEX];
    dab_sha256_to_hex(key, hex);
    return g_strdup_printf("%s/" DAB_CACHE_TEXT "/%.2s/%s", cache->folder, hex, hex + 2);
}

/* Backup programs leave out folders with this tag in them (bford.info/cachedir). */
static void put_tag(const char *folder) {
    static const char tag[] = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of dabiao: it may be removed at any time.\n";
    g_autofree char *path = g_build_filename(folder, "CACHEDIR.TAG", NULL);
    if (access(path, F_OK) != 0) dab_file_write(path, tag, sizeof tag - 1, NULL);
}

DabCache *dab_cache_open(const char *folder, guint64 most, GError **error) {
    g_autofree char *texts = g_build_filename(folder, DAB_CACHE_TEXT, NULL),
                    *pasts = g_build_filename(folder, DAB_CACHE_PAST, NULL);
    if (g_mkdir_with_parents(texts, 0700) != 0 || g_mkdir_with_parents(pasts, 0700) != 0 || access(texts, W_OK | X_OK) != 0) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", folder, g_strerror(errno));
        return NULL;
    }
    put_tag(folder);
    DabCache *cache = g_new0(DabCache, 1);
    cache->folder = g_canonicalize_filename(folder, NULL);
    cache->most = most;
    cache->left = most / 20;
    cache->start = time(NULL);
    return cache;
}

const char *dab_cache_folder(const DabCache *cache) {
    return cache->folder;
}

int dab_cache_find(DabCache *cache, const guint8 key[DAB_SHA256_BYTES]) {
    g_autofree char *path = path_of(cache, key);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return -errno;
    struct stat st;
    Front is = {.magic = ""}, want = {.magic = ""};
    gboolean ok =
        fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= (off_t)sizeof is && pread(fd, &is, sizeof is, 0) == sizeof is;
    if (ok) want = front_of(key, (guint64)st.st_size - sizeof is);
    if (!ok || memcmp(&is, &want, sizeof is) != 0) {
        close(fd);
        unlink(path);
        return -ENOENT;
    }
    if (st.st_mtim.tv_sec < cache->start) futimens(fd, NULL); /* when it was used last: file systems that do not say are many */
    return fd;
}

/* Has grown: what is oldest goes, but nothing that this run has used. */
static void make_room(DabCache *cache) {
    guint64 bytes = dab_cache_files_trim(cache->folder, cache->most, cache->start);
    cache->full = bytes > cache->most;
    cache->left = cache->most / 20;
}

void dab_cache_put(DabCache *cache, const guint8 key[DAB_SHA256_BYTES], const void *data, gsize bytes) {
    if (cache->full || bytes + sizeof(Front) > cache->most / 20) return;
    g_autofree char *path = path_of(cache, key);
    Front front = front_of(key, bytes);
    if (!dab_file_write_parts(path, &front, sizeof front, data, bytes, 0600, NULL)) return;
    cache->put += bytes + sizeof front;
    if (cache->left < bytes + sizeof front)
        make_room(cache);
    else
        cache->left -= bytes + sizeof front;
}

void dab_cache_drop(DabCache *cache, const guint8 key[DAB_SHA256_BYTES]) {
    g_autofree char *path = path_of(cache, key);
    unlink(path);
}

void dab_cache_close(DabCache *cache) {
    if (!cache) return;
    if (cache->put) make_room(cache);
    g_free(cache->folder);
    g_free(cache);
}
