#include "bulk/surroundings.h"

#include <dirent.h>
#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>

#include "dabiao/recogniser.h"

#define MAX_DEPTH 8
#define MAX_FILES 50000u /* of fonts; a machine with more is told from others by the first ones */

typedef struct {
    GPtrArray *parts;      /* of strings, sorted in the end */
    GHashTable *libraries; /* folders that libraries have come from */
    guint n_files;
} Collection;

/* ---- the program and its libraries ---- */

/* The build id of an object (GNU ld's hash over what it linked) among its notes, as hex, or NULL. */
static char *build_id(const struct dl_phdr_info *info) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_NOTE) continue;
        const char *at = (const char *)(info->dlpi_addr + segment->p_vaddr), *end = at + segment->p_memsz;
        while (end - at >= (gssize)sizeof(ElfW(Nhdr))) {
            const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)(const void *)at;
            const char *name = at + sizeof *note, *id = name + ((note->n_namesz + 3) & ~3u);
            if (id > end || note->n_descsz > (gsize)(end - id)) break;
            if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && !memcmp(name, "GNU", 4)) {
                GString *hex = g_string_new(NULL);
                for (guint k = 0; k < note->n_descsz; k++) g_string_append_printf(hex, "%02x", (guchar)id[k]);
                return g_string_free(hex, FALSE);
            }
            at = id + ((note->n_descsz + 3) & ~3u);
        }
    }
    return NULL;
}

/* One without a build id is known by its file. The kernel's own (linux-vdso) reads no documents. */
static int add_object(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    Collection *c = data;
    const char *slash = strrchr(info->dlpi_name, '/'), *name = slash ? slash + 1 : info->dlpi_name;
    if (slash) g_hash_table_add(c->libraries, g_strndup(info->dlpi_name, (gsize)(slash - info->dlpi_name)));
    if (g_str_has_prefix(name, "linux-") || g_str_has_prefix(name, "ld-")) return 0;
    struct stat st = {0};
    char *id = build_id(info);
    if (!id && stat(*info->dlpi_name ? info->dlpi_name : "/proc/self/exe", &st) == 0)
        id = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, (gint64)st.st_size, (gint64)st.st_mtim.tv_sec);
    g_ptr_array_add(c->parts, g_strdup_printf("object %s %s", name, id ? id : "?"));
    g_free(id);
    return 0;
}

/* Packages bring their times along. */
static void add_library(Collection *c, const char *path) {
    struct stat st;
    if (stat(path, &st) == 0)
        g_ptr_array_add(c->parts, g_strdup_printf("library %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, path, (gint64)st.st_size,
                                                  (gint64)st.st_mtim.tv_sec));
}

static void add_module(Collection *c, const char *path) {
    g_autofree char *bytes = NULL;
    gsize n;
    char hash[DAB_SHA256_HEX] = "";
    if (path && g_file_get_contents(path, &bytes, &n, NULL)) dab_sha256_hex(bytes, n, hash);
    g_ptr_array_add(c->parts, g_strdup_printf("module %s", hash));
}

/* What is loaded only when a page is recognised: the module, and the libraries it would find. */
static void add_recogniser(Collection *c) {
    add_module(c, dab_recogniser_file());
    GHashTableIter i;
    gpointer folder;
    g_hash_table_add(c->libraries, g_strdup("/usr/local/lib"));
    g_hash_table_iter_init(&i, c->libraries);
    while (g_hash_table_iter_next(&i, &folder, NULL)) {
        DIR *dir = opendir(folder);
        for (struct dirent *entry; dir && (entry = readdir(dir));) {
            if (!g_str_has_prefix(entry->d_name, "libtesseract.so") && !g_str_has_prefix(entry->d_name, "liblept")) continue;
            g_autofree char *path = g_build_filename(folder, entry->d_name, NULL);
            add_library(c, path);
        }
        if (dir) closedir(dir);
    }
}

/* ---- fonts and data ---- */

static void add_folder(Collection *c, const char *folder, guint depth) {
    DIR *dir = folder && depth < MAX_DEPTH ? opendir(folder) : NULL;
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir)) && c->n_files < MAX_FILES;) {
        struct stat st;
        if (entry->d_name[0] == '.' || fstatat(dirfd(dir), entry->d_name, &st, 0) != 0) continue;
        g_autofree char *path = g_build_filename(folder, entry->d_name, NULL);
        if (S_ISDIR(st.st_mode)) {
            add_folder(c, path, depth + 1);
            continue;
        }
        c->n_files++;
        g_ptr_array_add(c->parts, g_strdup_printf("file %s %" G_GINT64_FORMAT, path, (gint64)st.st_size));
    }
    closedir(dir);
}

static void add_folders(Collection *c) {
    static const char *const folders[] = {
        "/usr/share/poppler",        "/usr/local/share/poppler", "/usr/share/tesseract-ocr", "/usr/share/tessdata",
        "/usr/local/share/tessdata", "/usr/share/fonts",         "/usr/local/share/fonts",   "/etc/fonts"};
    static const char *const variables[] = {"TESSDATA_PREFIX", "FONTCONFIG_FILE", "FONTCONFIG_PATH"};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) add_folder(c, folders[i], 0);
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        g_ptr_array_add(c->parts, g_strdup_printf("variable %s %s", variables[i], value ? value : ""));
        add_folder(c, value, 0);
    }
    g_autofree char *own = g_build_filename(g_get_user_data_dir(), "fonts", NULL);
    g_autofree char *older = g_build_filename(g_get_home_dir(), ".fonts", NULL);
    add_folder(c, own, 0);
    add_folder(c, older, 0);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void dab_surroundings(guint8 digest[DAB_SHA256_BYTES]) {
    Collection c = {.parts = g_ptr_array_new_with_free_func(g_free),
                    .libraries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    dl_iterate_phdr(add_object, &c);
    add_recogniser(&c);
    add_folders(&c);
    g_ptr_array_sort(c.parts, by_text);
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < c.parts->len; i++) {
        g_string_append(all, c.parts->pdata[i]);
        g_string_append_c(all, '\n');
    }
    dab_sha256(all->str, all->len, digest);
    g_ptr_array_unref(c.parts);
    g_hash_table_unref(c.libraries);
}
