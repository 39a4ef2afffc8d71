#include "bulk/member_lists.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dabiao/limits.h"

static void key_of(const guint8 reading[16], const DabIdentity *archive, guint8 key[DAB_SHA256_BYTES]) {
    g_autoptr(GString) name = g_string_new_len((const char *)reading, 16);
    g_string_append(name, "members ");
    g_string_append_len(name, (const char *)archive->bytes, sizeof *archive);
    dab_sha256(name->str, name->len, key);
}

/* All behind the cache's own bytes: the hash of the list, then the list. */
static GString *read_entry(int fd) {
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size < DAB_CACHE_FRONT + DAB_SHA256_BYTES || st.st_size > 2 * DAB_MAX_NAMES_BYTES) return NULL;
    gsize bytes = (gsize)st.st_size - DAB_CACHE_FRONT;
    GString *entry = g_string_sized_new(bytes + 1);
    g_string_set_size(entry, bytes);
    if (pread(fd, entry->str, bytes, DAB_CACHE_FRONT) == (ssize_t)bytes) return entry;
    g_string_free(entry, TRUE);
    return NULL;
}

GString *dab_member_list_find(DabCache *cache, const guint8 reading[16], const DabIdentity *archive) {
    guint8 key[DAB_SHA256_BYTES], digest[DAB_SHA256_BYTES];
    key_of(reading, archive, key);
    int fd = dab_cache_find(cache, key);
    if (fd < 0) return NULL;
    GString *list = read_entry(fd);
    close(fd);
    if (list) dab_sha256(list->str + DAB_SHA256_BYTES, list->len - DAB_SHA256_BYTES, digest);
    if (list && memcmp(digest, list->str, DAB_SHA256_BYTES) == 0) return g_string_erase(list, 0, DAB_SHA256_BYTES);
    if (list) g_string_free(list, TRUE);
    dab_cache_drop(cache, key);
    return NULL;
}

void dab_member_list_put(DabCache *cache, const guint8 reading[16], const DabIdentity *archive, const char *list, gsize bytes) {
    guint8 key[DAB_SHA256_BYTES], digest[DAB_SHA256_BYTES];
    key_of(reading, archive, key);
    dab_sha256(list, bytes, digest);
    g_autoptr(GString) entry = g_string_new_len((const char *)digest, sizeof digest);
    g_string_append_len(entry, list, (gssize)bytes);
    dab_cache_put(cache, key, entry->str, entry->len);
}
