#include "bulk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dabiao/error.h"

static gboolean fail(GError **error, int code, const char *what) {
    g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", what, g_strerror(code));
    return FALSE;
}

static gboolean write_all(int fd, const char *data, gsize len) {
    while (len) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            if (n == 0) errno = ENOSPC;
            return FALSE;
        }
        data += n;
        len -= (gsize)n;
    }
    return TRUE;
}

gboolean dab_file_write(const char *path, const char *data, gsize len, GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    /* Short, so that it fits wherever `path` does. */
    g_autofree char *temporary = g_build_filename(folder, ".dabiao-XXXXXX", NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0) return fail(error, errno, folder);
    int fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0) return fail(error, errno, folder);
    gboolean ok = write_all(fd, data, len);
    int code = errno;
    if (close(fd) != 0 && ok) { /* some file systems tell only now that the disk is full */
        ok = FALSE;
        code = errno;
    }
    if (ok && rename(temporary, path) != 0) {
        ok = FALSE;
        code = errno;
    }
    if (ok) return TRUE;
    g_unlink(temporary);
    return fail(error, code, path);
}
