#include "bulk/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "bulk/file.h"
#include "dabiao/error.h"

struct DabManifest {
    char *path, *part;
    int fd; /* of the part */
    guint n;
    char **lines;
};

DabManifest *dab_manifest_new(const char *dir, const char *name, guint n, GError **error) {
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    int fd = -1;
    if (g_mkdir_with_parents(dir, 0777) == 0) fd = g_open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", part, g_strerror(errno));
        return NULL;
    }
    DabManifest *m = g_new0(DabManifest, 1);
    m->path = g_steal_pointer(&path);
    m->part = g_steal_pointer(&part);
    m->fd = fd;
    m->n = n;
    m->lines = g_new0(char *, n);
    return m;
}

void dab_manifest_add(DabManifest *m, guint index, const DabManifestLine *line) {
    gsize len;
    g_free(m->lines[index]);
    m->lines[index] = dab_json_manifest_line(line, &len);
    if (write(m->fd, m->lines[index], len) < 0) return; /* dab_manifest_finish meets the same disk and says so */
}

gboolean dab_manifest_finish(DabManifest *m, GError **error) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < m->n; i++)
        if (m->lines[i]) g_string_append(all, m->lines[i]);
    if (!dab_file_write(m->path, all->str, all->len, error)) return FALSE;
    g_unlink(m->part);
    return TRUE;
}

void dab_manifest_free(DabManifest *m) {
    if (!m) return;
    close(m->fd);
    for (guint i = 0; i < m->n; i++) g_free(m->lines[i]);
    g_free(m->lines);
    g_free(m->path);
    g_free(m->part);
    g_free(m);
}
