#include "extract/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <unistd.h>

#include "dabiao/archive.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

#define STEP_BYTES (64 * 1024)

static void set_damaged(struct archive *a, GError **error) {
    const char *why = archive_error_string(a);
    g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the file's ZIP container cannot be read (%s); get the file again",
                why ? why : "no reason given");
}

/* The central directory is what counts: a file without its end is damaged, whatever streams begin in it. */
static struct archive *open_zip(const guint8 *data, gsize bytes, GError **error) {
    struct archive *a = archive_read_new();
    if (!a) g_error("libarchive: out of memory");
    archive_read_support_format_zip_seekable(a);
    if (archive_read_open_memory(a, data, bytes) == ARCHIVE_OK) return a;
    set_damaged(a, error);
    archive_read_free(a);
    return NULL;
}

/* Goes to the member; FALSE with no error where there is none. */
static gboolean find_member(struct archive *a, const char *name, GError **error) {
    struct archive_entry *entry;
    for (guint n = 0;; n++) {
        int result = archive_read_next_header(a, &entry);
        if (result == ARCHIVE_EOF) return FALSE;
        if (result < ARCHIVE_WARN) {
            set_damaged(a, error);
            return FALSE;
        }
        if (n >= DAB_MAX_MEMBERS) {
            g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u files are packed in it", DAB_MAX_MEMBERS);
            return FALSE;
        }
        const char *path = archive_entry_pathname(entry);
        if (!path || g_ascii_strcasecmp(path, name)) continue;
        if (archive_entry_is_encrypted(entry) <= 0) return TRUE;
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_ENCRYPTED, "a password locks it; save it without one");
        return FALSE;
    }
}

/* Unpacks step by step: what a member says of its size is not believed. */
static GString *unpack(struct archive *a, gsize limit, GError **error) {
    GString *out = g_string_sized_new(STEP_BYTES);
    for (;;) {
        gsize at = out->len;
        g_string_set_size(out, at + STEP_BYTES);
        la_ssize_t n = archive_read_data(a, out->str + at, STEP_BYTES);
        g_string_truncate(out, n > 0 ? at + (gsize)n : at);
        if (n == 0) return out;
        if (n < 0) {
            set_damaged(a, error);
            break;
        }
        if (out->len > limit) {
            g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "unpacks to more than %" G_GSIZE_FORMAT " bytes; split the document",
                        limit);
            break;
        }
    }
    g_string_free(out, TRUE);
    return NULL;
}

GString *dab_archive_read(const guint8 *data, gsize bytes, const char *name, gsize limit, GError **error) {
    struct archive *a = open_zip(data, bytes, error);
    if (!a) return NULL;
    GString *out = find_member(a, name, error) ? unpack(a, limit, error) : NULL;
    archive_read_free(a);
    return out;
}

/* ---- archives of reports ---- */

struct DabArchive {
    struct archive *reader;
    char *name;            /* of the member it stands at */
    gboolean encrypted;    /* that member */
    locale_t utf8, before; /* libarchive takes names to the character set of the locale */
};

static void in_utf8(DabArchive *a) {
    a->before = a->utf8 ? uselocale(a->utf8) : (locale_t)0;
}

static void as_before(DabArchive *a) {
    if (a->utf8) uselocale(a->before);
}

DabArchive *dab_archive_open(int fd) {
    DabArchive *a = g_new0(DabArchive, 1);
    a->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    a->reader = archive_read_new();
    if (!a->reader) g_error("libarchive: out of memory");
    archive_read_support_filter_gzip(a->reader);
    archive_read_support_filter_bzip2(a->reader);
    archive_read_support_filter_xz(a->reader);
    archive_read_support_filter_zstd(a->reader);
    archive_read_support_format_zip(a->reader); /* one that is cut off gives what it has */
    archive_read_support_format_tar(a->reader);
    lseek(fd, 0, SEEK_SET);
    archive_read_open_fd(a->reader, fd, STEP_BYTES); /* what went wrong comes back with the first member */
    return a;
}

void dab_archive_free(DabArchive *a) {
    if (!a) return;
    archive_read_free(a->reader);
    if (a->utf8) freelocale(a->utf8);
    g_free(a->name);
    g_free(a);
}

static char *name_of(struct archive_entry *entry) {
    const char *raw = archive_entry_pathname(entry);
    if (!raw) raw = archive_entry_pathname_utf8(entry);
    if (!raw) return g_strdup("");
    if (g_utf8_validate(raw, -1, NULL)) return g_strdup(raw);
    char *converted = g_convert(raw, -1, "UTF-8", "GB18030", NULL, NULL, NULL); /* what Windows writes in China */
    if (!converted) return g_strdup(raw);
    return converted;
}

gboolean dab_archive_next(DabArchive *a, DabMember *member, GError **error) {
    struct archive_entry *entry;
    in_utf8(a);
    int result = archive_read_next_header(a->reader, &entry);
    g_free(a->name);
    a->name = result == ARCHIVE_OK || result == ARCHIVE_WARN ? name_of(entry) : NULL;
    as_before(a);
    if (result == ARCHIVE_EOF) return FALSE;
    if (!a->name) {
        if (archive_format(a->reader) == 0)
            g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE, "is no archive");
        else {
            const char *why = archive_error_string(a->reader);
            g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the archive is damaged here (%s); get it again",
                        why ? why : "no reason given");
        }
        return FALSE;
    }
    a->encrypted = archive_entry_is_encrypted(entry) > 0;
    *member = (DabMember){.name = a->name,
                          .bytes = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1,
                          .is_file = archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry)};
    return TRUE;
}

GString *dab_archive_unpack(DabArchive *a, gsize limit, GError **error) {
    if (!a->encrypted) return unpack(a->reader, limit, error);
    g_set_error_literal(error, DAB_ERROR, DAB_ERROR_ENCRYPTED, "a password locks it in its archive; unpack it first");
    return NULL;
}
