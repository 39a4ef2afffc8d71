/* source.c: a file's bytes, hash and type. The type comes from the content alone; names lie too often. */
#include "dabiao/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/media.h"

static gboolean set_io_error(int code, GError **error) {
    if (code == ENOENT || code == ENOTDIR)
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_NOT_FOUND, "no such file");
    else
        g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "cannot be read: %s", g_strerror(code));
    return FALSE;
}

static gboolean check_file(const struct stat *st, GError **error) {
    if (S_ISDIR(st->st_mode)) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "is a folder; name a file");
        return FALSE;
    }
    if (!S_ISREG(st->st_mode)) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "is no regular file; copy its content to one");
        return FALSE;
    }
    if ((guint64)st->st_size > DAB_MAX_FILE_BYTES) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "%" G_GUINT64_FORMAT " bytes; at most %u are read: split the file",
                    (guint64)st->st_size, DAB_MAX_FILE_BYTES);
        return FALSE;
    }
    return TRUE;
}

/* Read, not mapped: a mapped file that another program cuts short would kill us. */
static guint8 *read_all(DabPool *pool, int fd, gsize size, gsize *got, GError **error) {
    guint8 *data = dab_pool_own(pool, g_malloc(size + 1), g_free);
    *got = 0;
    while (*got < size) {
        ssize_t n = read(fd, data + *got, size - *got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            set_io_error(errno, error);
            return NULL;
        }
        if (n == 0) break;
        *got += (gsize)n;
    }
    data[*got] = 0;
    return data;
}

DabSource *dab_source_open(DabPool *pool, const char *file_name, const char *shown_path, GError **error) {
    struct stat st;
    /* O_NONBLOCK: opening a pipe nobody writes to must not wait */
    int fd = open(file_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st) < 0) {
        set_io_error(errno, error);
        if (fd >= 0) close(fd);
        return NULL;
    }
    gsize bytes = 0;
    guint8 *data = check_file(&st, error) ? read_all(pool, fd, (gsize)st.st_size, &bytes, error) : NULL;
    close(fd);
    if (!data) return NULL;
    DabSource *source = dab_pool_new0(pool, DabSource);
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, bytes);
    *source = (DabSource){.path = dab_pool_strdup(pool, shown_path),
                          .media_type = dab_media_type(data, bytes),
                          .sha256 = dab_pool_strdup(pool, digest),
                          .data = data,
                          .bytes = bytes};
    return source;
}
