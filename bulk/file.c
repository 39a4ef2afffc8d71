#include "bulk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "dabiao/error.h"

static gboolean fail(GError **error, int code, const char *what) {
    g_set_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED, "%s: %s", what, g_strerror(code));
    return FALSE;
}

gboolean dab_write_all(int fd, const char *data, gsize len) {
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

/* Short, so that it fits wherever `path` does. */
static char *temporary_of(const char *path, const char *folder) {
    g_autofree char *base = g_path_get_basename(path);
    char hex[DAB_SHA256_HEX];
    dab_sha256_hex(base, strlen(base), hex);
    g_autofree char *name = g_strdup_printf(".dabiao-%.16s", hex);
    return g_build_filename(folder, name, NULL);
}

/* Opens the file at `temporary` for this process alone; -1 when another one, which is alive, writes it. */
static int open_alone(const char *temporary, int mode) {
    int fd = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode);
    struct stat own, there;
    if (fd < 0) return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &own) == 0 && stat(temporary, &there) == 0 && own.st_ino == there.st_ino &&
        own.st_dev == there.st_dev && S_ISREG(own.st_mode) && own.st_nlink == 1 && ftruncate(fd, 0) == 0)
        return fd;
    close(fd);
    return -1;
}

static int open_temporary(char **temporary, const char *path, const char *folder, int mode) {
    *temporary = temporary_of(path, folder);
    int fd = open_alone(*temporary, mode);
    if (fd >= 0) return fd;
    g_free(*temporary);
    *temporary = g_build_filename(folder, ".dabiao-XXXXXX", NULL);
    return g_mkstemp_full(*temporary, O_WRONLY | O_CLOEXEC, mode);
}

gboolean dab_file_write_parts(const char *path, const void *head, gsize head_len, const void *data, gsize len, int mode,
                              GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *temporary = NULL;
    if (g_mkdir_with_parents(folder, mode | (mode & 0444) >> 2) != 0) return fail(error, errno, folder);
    int fd = open_temporary(&temporary, path, folder, mode);
    if (fd < 0) return fail(error, errno, folder);
    gboolean ok = dab_write_all(fd, head, head_len) && dab_write_all(fd, data, len);
    /* some file systems tell only when it is closed that the disk is full; while `fd` is open the file is locked */
    int other = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    ok = ok && (other < 0 || close(other) == 0) && rename(temporary, path) == 0;
    int code = errno;
    if (!ok) g_unlink(temporary);
    close(fd);
    return ok ? TRUE : fail(error, code, path);
}

gboolean dab_file_write(const char *path, const char *data, gsize len, GError **error) {
    return dab_file_write_parts(path, NULL, 0, data, len, 0666, error);
}

void dab_file_remove(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path), *temporary = temporary_of(path, folder);
    g_unlink(path);
    g_unlink(temporary);
}
