/* source.c: a file's bytes, hash and type. The type comes from the content alone; names lie too often. */
#include "dabiao/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
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

/* One attempt. Read, not mapped: a mapped file that another program cuts short would kill us. One byte more than there should be is
 * asked for, to see whether the file has grown. NULL without an error: it has changed meanwhile. */
static guint8 *read_once(int fd, const struct stat *before, GError **error) {
    gsize size = (gsize)before->st_size, got = 0;
    g_autofree guint8 *data = g_malloc(size + 1);
    while (got <= size) {
        ssize_t n = pread(fd, data + got, size + 1 - got, (off_t)got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            set_io_error(errno, error);
            return NULL;
        }
        if (n == 0) break;
        got += (gsize)n;
    }
    struct stat after;
    if (got != size || fstat(fd, &after) != 0 || after.st_size != before->st_size ||
        after.st_mtim.tv_sec != before->st_mtim.tv_sec || after.st_mtim.tv_nsec != before->st_mtim.tv_nsec)
        return NULL;
    data[size] = 0;
    return g_steal_pointer(&data);
}

static guint8 *read_all(int fd, gsize *bytes, GError **error) {
    for (guint i = 0; i < DAB_MAX_READ_TRIES; i++) {
        struct stat st;
        if (fstat(fd, &st) < 0) {
            set_io_error(errno, error);
            return NULL;
        }
        if (!check_file(&st, error)) return NULL;
        g_autoptr(GError) problem = NULL;
        guint8 *data = read_once(fd, &st, &problem);
        if (problem) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return NULL;
        }
        *bytes = (gsize)st.st_size;
        if (data) return data;
    }
    g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "changes while it is read; copy it, or wait until it is whole");
    return NULL;
}

static DabSource *make(DabPool *pool, const guint8 *data, gsize bytes, const char *shown_path) {
    DabSource *source = dab_pool_new0(pool, DabSource);
    char digest[DAB_SHA256_HEX];
    dab_sha256_hex(data, bytes, digest);
    *source = (DabSource){.path = dab_pool_strdup(pool, shown_path),
                          .media_type = dab_media_type(data, bytes),
                          .sha256 = dab_pool_strdup(pool, digest),
                          .data = data,
                          .bytes = bytes};
    return source;
}

int dab_source_descriptor(const char *file_name) {
    /* O_NONBLOCK: opening a pipe nobody writes to must not wait */
    int fd = open(file_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    return fd < 0 ? -errno : fd;
}

DabSource *dab_source_open_fd(DabPool *pool, int fd, const char *shown_path, GError **error) {
    if (fd < 0) {
        set_io_error(-fd, error);
        return NULL;
    }
    gsize bytes = 0;
    guint8 *data = read_all(fd, &bytes, error);
    return data ? make(pool, dab_pool_own(pool, data, g_free), bytes, shown_path) : NULL;
}

DabSource *dab_source_open(DabPool *pool, const char *file_name, const char *shown_path, GError **error) {
    int fd = dab_source_descriptor(file_name);
    DabSource *source = dab_source_open_fd(pool, fd, shown_path, error);
    if (fd >= 0) close(fd);
    return source;
}

DabSource *dab_source_take(DabPool *pool, GString *data, const char *shown_path) {
    gsize bytes = data->len;
    return make(pool, dab_pool_own(pool, g_string_free(data, FALSE), g_free), bytes, shown_path);
}

/* Compressed bytes hold each byte as often as any other, so that going from one first letter to the next is a few times as fast as
 * memmem, which looks at all of them. */
static gboolean has(const DabSource *source, const char *word, gboolean whole) {
    gsize n = strlen(word);
    const guint8 *p = source->data, *end = p + source->bytes;
    while ((gsize)(end - p) >= n && (p = memchr(p, word[0], (gsize)(end - p) - n + 1))) {
        if (memcmp(p, word, n) == 0 && !(whole && p + n < end && g_ascii_isalnum(p[n]))) return TRUE;
        p++;
    }
    return FALSE;
}

gboolean dab_source_has(const DabSource *source, const char *word) {
    return has(source, word, FALSE);
}

gboolean dab_source_has_name(const DabSource *source, const char *name) {
    return has(source, name, TRUE);
}
