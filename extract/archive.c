#include "extract/archive.h"

#include <archive.h>
#include <archive_entry.h>

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
