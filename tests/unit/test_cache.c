/* The cache's files, and what is remembered of runs. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulk/cache.h"
#include "bulk/identity.h"
#include "bulk/past.h"

typedef struct {
    char *dir, *file;
} Folder;

static void folder_make(Folder *f, gconstpointer data) {
    (void)data;
    f->dir = g_dir_make_tmp("dabiao-XXXXXX", NULL);
    f->file = g_build_filename(f->dir, "past", NULL);
}

static void folder_remove(Folder *f, gconstpointer data) {
    (void)data;
    g_autofree char *tag = g_build_filename(f->dir, "CACHEDIR.TAG", NULL);
    dab_cache_clear(f->dir);
    g_unlink(f->file);
    g_unlink(tag);
    g_assert_cmpint(g_rmdir(f->dir), ==, 0);
    g_free(f->dir);
    g_free(f->file);
}

static void entries(Folder *f, gconstpointer data) {
    (void)data;
    guint8 a[DAB_SHA256_BYTES] = {1}, b[DAB_SHA256_BYTES] = {2};
    char text[5];
    g_autoptr(DabCache) cache = dab_cache_open(f->dir, 1 << 20, NULL);
    g_assert_cmpint(dab_cache_find(cache, a), ==, -ENOENT);
    dab_cache_put(cache, a, "bytes", 5);
    int fd = dab_cache_find(cache, a);
    g_assert_cmpint(pread(fd, text, 5, DAB_CACHE_FRONT), ==, 5);
    g_assert_cmpmem(text, 5, "bytes", 5);
    close(fd);
    g_assert_cmpint(dab_cache_find(cache, b), ==, -ENOENT);
    dab_cache_drop(cache, a);
    g_assert_cmpint(dab_cache_find(cache, a), ==, -ENOENT);
    g_autofree guint8 *large = g_malloc0(1 << 17);
    dab_cache_put(cache, b, large, 1 << 17); /* more than a twentieth of all */
    g_assert_cmpint(dab_cache_find(cache, b), ==, -ENOENT);
}

/* A run larger than the cache keeps what it put first, and what an earlier run left goes. */
static void bounded(Folder *f, gconstpointer data) {
    (void)data;
    const guint64 most = 1 << 20;
    g_autofree guint8 *some = g_malloc0(40000);
    guint8 old[DAB_SHA256_BYTES] = {0xFF};
    DabCache *earlier = dab_cache_open(f->dir, most, NULL);
    dab_cache_put(earlier, old, some, 40000);
    dab_cache_close(earlier);
    char hex[DAB_SHA256_HEX];
    dab_sha256_to_hex(old, hex);
    g_autofree char *path = g_strdup_printf("%s/text/%.2s/%s", f->dir, hex, hex + 2);
    const struct timespec long_ago[2] = {{1000000000, 0}, {1000000000, 0}};
    g_assert_cmpint(utimensat(AT_FDCWD, path, long_ago, 0), ==, 0);
    DabCache *cache = dab_cache_open(f->dir, most, NULL);
    for (guint8 i = 0; i < 60; i++) {
        guint8 key[DAB_SHA256_BYTES] = {i};
        dab_cache_put(cache, key, some, 40000);
    }
    dab_cache_close(cache);
    DabCacheCount count;
    dab_cache_count(f->dir, &count);
    g_assert_cmpuint(count.text_bytes, <=, most + most / 20 + 45056);
    g_assert_cmpuint(count.texts, >=, 20);
    cache = dab_cache_open(f->dir, most, NULL);
    g_assert_cmpint(dab_cache_find(cache, old), ==, -ENOENT);
    guint8 first[DAB_SHA256_BYTES] = {0};
    int fd = dab_cache_find(cache, first);
    g_assert_cmpint(fd, >=, 0);
    close(fd);
    dab_cache_close(cache);
}

static DabPastRecord record_of(const char *name, gint64 pages) {
    DabPastRecord record = {.pages = pages};
    dab_past_name(record.output, (const char *[]){name, NULL});
    g_strlcpy(record.media_type, "text/plain", sizeof record.media_type);
    return record;
}

static gint64 pages_of(const DabPast *past, const char *name) {
    guint8 output[16];
    dab_past_name(output, (const char *[]){name, NULL});
    const DabPastRecord *record = dab_past_find(past, output);
    return record ? record->pages : -1;
}

static void past_goes_on(Folder *f, gconstpointer data) {
    (void)data;
    for (gint64 turn = 0; turn < 100; turn++) {
        g_autoptr(DabPast) past = dab_past_open(f->file);
        g_assert_cmpint(pages_of(past, "a"), ==, turn ? turn - 1 : -1);
        DabPastRecord a = record_of("a", turn), b = record_of("b", 7);
        dab_past_add(past, &a);
        dab_past_add(past, &b);
        g_assert_cmpint(pages_of(past, "a"), ==, turn ? turn - 1 : -1); /* what this run adds is for later ones */
    }
    struct stat st;
    g_assert_cmpint(stat(f->file, &st), ==, 0);
    g_assert_cmpint(st.st_size, <, 60 * (gint64)sizeof(DabPastRecord)); /* written anew from time to time */
}

static void past_cut_anywhere(Folder *f, gconstpointer data) {
    (void)data;
    const gint64 n = 3, bytes = sizeof(DabPastRecord);
    static const char *const names[] = {"a", "b", "c"};
    for (gint64 cut = 0; cut <= n * bytes; cut += 7) {
        g_unlink(f->file);
        DabPast *past = dab_past_open(f->file);
        for (gint64 i = 0; i < n; i++) {
            DabPastRecord record = record_of(names[i], i);
            dab_past_add(past, &record);
        }
        dab_past_close(past);
        g_assert_cmpint(truncate(f->file, cut), ==, 0);
        past = dab_past_open(f->file);
        for (gint64 i = 0; i < n; i++) g_assert_cmpint(pages_of(past, names[i]), ==, (i + 1) * bytes <= cut ? i : -1);
        DabPastRecord late = record_of("late", 9);
        dab_past_add(past, &late);
        dab_past_close(past);
        past = dab_past_open(f->file);
        g_assert_cmpint(pages_of(past, "late"), ==, 9);
        dab_past_close(past);
    }
}

static void firm_in_time(void) {
    struct stat st = {.st_mtim = {1000, 0}, .st_ctim = {1000, 0}};
    g_assert_true(dab_identity_is_firm(&st, 1003));
    g_assert_false(dab_identity_is_firm(&st, 1002)); /* the clock of some file systems counts by two seconds */
    st.st_ctim.tv_sec = 1003;                        /* set back, or copied with its time */
    g_assert_false(dab_identity_is_firm(&st, 1003));
    DabIdentity before = dab_identity(&st, 0), member = dab_identity(&st, 1);
    g_assert_cmpint(memcmp(&before, &member, sizeof before), !=, 0);
    st.st_ctim.tv_nsec = 1;
    DabIdentity after = dab_identity(&st, 0);
    g_assert_cmpint(memcmp(&before, &after, sizeof before), !=, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/identity/firm_in_time", firm_in_time);
    g_test_add("/cache/entries", Folder, NULL, folder_make, entries, folder_remove);
    g_test_add("/cache/bounded", Folder, NULL, folder_make, bounded, folder_remove);
    g_test_add("/past/goes_on", Folder, NULL, folder_make, past_goes_on, folder_remove);
    g_test_add("/past/cut_anywhere", Folder, NULL, folder_make, past_cut_anywhere, folder_remove);
    return g_test_run();
}
