#include "bulk/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dabiao/archive.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

int dab_reader_open(const DabInput *input) {
    return dab_source_descriptor(input->archive ? input->archive : input->file_name);
}

/* The archive this process read last. A tar file that is compressed can only be read from its beginning: going on where the last
 * member ended makes the work linear. */
static struct {
    DabArchive *archive;
    int fd;
    struct stat file;
    guint next; /* member */
} open_archive = {.fd = -1};

static void close_archive(void) {
    g_clear_pointer(&open_archive.archive, dab_archive_free);
    if (open_archive.fd >= 0) close(open_archive.fd);
    open_archive.fd = -1;
}

static gboolean is_open(const struct stat *file, guint member) {
    const struct stat *known = &open_archive.file;
    return open_archive.archive && known->st_dev == file->st_dev && known->st_ino == file->st_ino &&
           known->st_size == file->st_size && known->st_mtim.tv_sec == file->st_mtim.tv_sec &&
           known->st_mtim.tv_nsec == file->st_mtim.tv_nsec && open_archive.next <= member;
}

static GString *unpack(const DabInput *input, int file, GError **error) {
    struct stat st;
    DabMember member = {0};
    if (fstat(file, &st) != 0 || !is_open(&st, input->member)) {
        close_archive();
        open_archive.fd = fcntl(file, F_DUPFD_CLOEXEC, 0);
        open_archive.file = st;
        open_archive.next = 0;
        open_archive.archive = dab_archive_open(open_archive.fd);
    }
    for (; open_archive.next <= input->member; open_archive.next++) {
        g_autoptr(GError) problem = NULL;
        if (dab_archive_next(open_archive.archive, &member, &problem)) continue;
        if (problem)
            g_propagate_error(error, g_steal_pointer(&problem));
        else
            g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "its archive has changed since its members were listed");
        return NULL;
    }
    return dab_archive_unpack(open_archive.archive, DAB_MAX_FILE_BYTES, error);
}

DabSource *dab_reader_source(DabPool *pool, const DabInput *input, int file, GError **error) {
    if (!input->archive || file < 0) return dab_source_open_fd(pool, file, input->shown, error);
    GString *data = unpack(input, file, error);
    if (data) return dab_source_take(pool, data, input->shown);
    close_archive(); /* after an error the next member begins anew */
    return NULL;
}
