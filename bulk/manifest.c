#include "bulk/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "bulk/file.h"
#include "dabiao/error.h"

/* Where the line of an input stands in NAME.part; memory holds no lines, of which an archive has hundreds of megabytes. */
typedef struct {
    guint64 start;
    gsize len; /* 0: no line yet */
} Place;

struct DabManifest {
    char *path, *part;
    int fd; /* of the part */
    guint n;
    Place *places;
    guint64 end; /* of the part */
    int problem; /* errno of a line that could not be written, or 0 */
};

DabManifest *dab_manifest_new(const char *dir, const char *name, guint n, GError **error) {
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_autofree char *part = g_strconcat(path, ".part", NULL);
    int fd = -1;
    if (g_mkdir_with_parents(dir, 0777) == 0) fd = g_open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", part, g_strerror(errno));
        return NULL;
    }
    DabManifest *m = g_new0(DabManifest, 1);
    m->path = g_steal_pointer(&path);
    m->part = g_steal_pointer(&part);
    m->fd = fd;
    m->n = n;
    m->places = g_new0(Place, n);
    return m;
}

void dab_manifest_add(DabManifest *m, guint index, const DabManifestLine *line) {
    DabManifestLine own = *line;
    own.in_shard = m->n;
    gsize len;
    g_autofree char *text = dab_json_manifest_line(&own, &len);
    if (m->problem) return;
    if (!dab_write_all(m->fd, text, len)) {
        m->problem = errno;
        return;
    }
    m->places[index] = (Place){m->end, len};
    m->end += len;
}

static gboolean copy_line(const DabManifest *m, Place from, GString *buffer) {
    g_string_set_size(buffer, from.len);
    for (gsize at = 0; at < from.len;) {
        ssize_t n = pread(m->fd, buffer->str + at, from.len - at, (off_t)(from.start + at));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (n == 0) errno = EIO; /* somebody has cut it */
            return FALSE;
        }
        at += (gsize)n;
    }
    return TRUE;
}

/* The lines in the order of the inputs → `path`. */
static gboolean write_sorted(const DabManifest *m, const char *path) {
    FILE *out = g_fopen(path, "we");
    g_autoptr(GString) line = g_string_new(NULL);
    gboolean ok = out != NULL;
    for (guint i = 0; ok && i < m->n; i++)
        ok = !m->places[i].len || (copy_line(m, m->places[i], line) && fwrite(line->str, 1, line->len, out) == line->len);
    int code = errno;
    if (out && fclose(out) != 0 && ok) {
        ok = FALSE;
        code = errno;
    }
    errno = code;
    return ok;
}

gboolean dab_manifest_finish(DabManifest *m, GError **error) {
    g_autofree char *sorted = g_strconcat(m->path, ".sorted.part", NULL);
    if (m->problem) errno = m->problem;
    if (m->problem || !write_sorted(m, sorted) || rename(sorted, m->path) != 0) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", m->path, g_strerror(errno));
        g_unlink(sorted);
        return FALSE;
    }
    g_unlink(m->part);
    return TRUE;
}

void dab_manifest_free(DabManifest *m) {
    if (!m) return;
    close(m->fd);
    g_free(m->places);
    g_free(m->path);
    g_free(m->part);
    g_free(m);
}
