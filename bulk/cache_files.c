#include "bulk/cache_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulk/cache.h"

typedef struct {
    gint64 used; /* seconds */
    guint64 bytes;
    char *path;
} File;

static gboolean is_hex(const char *name, gsize n) {
    return strlen(name) == n && strspn(name, "0123456789abcdef") == n;
}

/* What a cache writes: an entry, or what was left of one by a run that was killed. */
static gboolean is_ours(const char *name, gsize hex) {
    return is_hex(name, hex) || g_str_has_prefix(name, ".dabiao-");
}

static void list_folder(const char *folder, gsize hex, GArray *files) {
    DIR *dir = opendir(folder);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct stat st;
        if (!is_ours(entry->d_name, hex) || fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
        if (!S_ISREG(st.st_mode)) continue;
        /* what it takes on the disk */
        File file = {st.st_mtim.tv_sec, (guint64)st.st_blocks * 512, g_build_filename(folder, entry->d_name, NULL)};
        g_array_append_val(files, file);
    }
    closedir(dir);
}

static GArray *list_texts(const char *folder) {
    GArray *files = g_array_new(FALSE, FALSE, sizeof(File));
    for (guint i = 0; i < 256; i++) {
        g_autofree char *part = g_strdup_printf("%s/" DAB_CACHE_TEXT "/%02x", folder, i);
        list_folder(part, 62, files);
    }
    return files;
}

static GArray *list_pasts(const char *folder) {
    GArray *files = g_array_new(FALSE, FALSE, sizeof(File));
    g_autofree char *part = g_build_filename(folder, DAB_CACHE_PAST, NULL);
    list_folder(part, 32, files);
    return files;
}

static guint64 sum(const GArray *files) {
    guint64 bytes = 0;
    for (guint i = 0; i < files->len; i++) bytes += g_array_index(files, File, i).bytes;
    return bytes;
}

static void free_files(GArray *files) {
    for (guint i = 0; i < files->len; i++) g_free(g_array_index(files, File, i).path);
    g_array_unref(files);
}

static int by_use(const void *a, const void *b) {
    const File *x = a, *y = b;
    return x->used != y->used ? (x->used < y->used ? -1 : 1) : strcmp(x->path, y->path);
}

guint64 dab_cache_files_trim(const char *folder, guint64 most, gint64 keep_from) {
    GArray *files = list_texts(folder), *pasts = list_pasts(folder);
    g_array_append_vals(files, pasts->data, pasts->len); /* and their paths */
    g_array_unref(pasts);
    guint64 bytes = sum(files);
    if (bytes > most) g_array_sort(files, by_use);
    for (guint i = 0; i < files->len && bytes > most; i++) {
        const File *file = &g_array_index(files, File, i);
        if (file->used >= keep_from) break;
        if (unlink(file->path) == 0) bytes -= file->bytes;
    }
    free_files(files);
    return bytes;
}

void dab_cache_count(const char *folder, DabCacheCount *count) {
    GArray *texts = list_texts(folder), *pasts = list_pasts(folder);
    *count = (DabCacheCount){.texts = texts->len, .text_bytes = sum(texts), .pasts = pasts->len, .past_bytes = sum(pasts)};
    free_files(texts);
    free_files(pasts);
}

static gboolean remove_files(GArray *files) {
    gboolean all = TRUE;
    for (guint i = 0; i < files->len; i++) all &= unlink(g_array_index(files, File, i).path) == 0;
    free_files(files);
    return all;
}

gboolean dab_cache_clear(const char *folder) {
    gboolean texts = remove_files(list_texts(folder)), pasts = remove_files(list_pasts(folder));
    for (guint i = 0; i < 256; i++) {
        g_autofree char *part = g_strdup_printf("%s/" DAB_CACHE_TEXT "/%02x", folder, i);
        rmdir(part);
    }
    static const char *const names[] = {DAB_CACHE_TEXT, DAB_CACHE_PAST};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *part = g_build_filename(folder, names[i], NULL);
        rmdir(part);
    }
    return texts && pasts;
}
