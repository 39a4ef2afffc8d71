#include "bulk/past.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulk/file.h"
#include "dabiao/limits.h"

G_STATIC_ASSERT(sizeof(DabPastRecord) == 240); /* no padding, whose bytes nobody sets */

struct DabPast {
    char *path;
    int fd;             /* records are appended to it */
    GArray *records;    /* DabPastRecord, one an output */
    GHashTable *places; /* output → index + 1; keys are looked up through `records` */
    guint n_stale;      /* records in the file that another one replaces, or none at all */
};

void dab_past_name(guint8 name[16], const char *const *strings) {
    guint8 digest[DAB_SHA256_BYTES];
    g_autoptr(GString) all = g_string_new(NULL);
    for (; *strings; strings++) g_string_append_len(all, *strings, (gssize)strlen(*strings) + 1);
    dab_sha256(all->str, all->len, digest);
    memcpy(name, digest, 16);
}

static void check_of(const DabPastRecord *record, guint8 check[8]) {
    guint8 digest[DAB_SHA256_BYTES];
    dab_sha256(record, offsetof(DabPastRecord, check), digest);
    memcpy(check, digest, 8);
}

/* Names are hashes: eight bytes of one tell outputs apart well enough to find them, and find() compares them whole. */
static guint64 short_name(const guint8 *output) {
    guint64 key;
    memcpy(&key, output, sizeof key);
    return key;
}

static void remember(DabPast *past, const DabPastRecord *record) {
    gint64 key = (gint64)short_name(record->output);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(past->places, &key));
    if (place) {
        g_array_index(past->records, DabPastRecord, place - 1) = *record;
        if (past->n_stale < G_MAXUINT32) past->n_stale++;
        return;
    }
    g_array_append_val(past->records, *record);
    g_hash_table_insert(past->places, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(past->records->len));
}

static void read_records(DabPast *past, int fd) {
    DabPastRecord record;
    guint8 check[8];
    g_autofree DabPastRecord *some = g_new(DabPastRecord, 512);
    off_t at = 0;
    for (ssize_t n; (n = pread(fd, some, 512 * sizeof record, at)) >= (ssize_t)sizeof record; at += n) {
        n -= n % (ssize_t)sizeof record;
        for (gsize i = 0; i < (gsize)n / sizeof record; i++) {
            check_of(&some[i], check);
            some[i].media_type[sizeof some[i].media_type - 1] = 0;
            if (memcmp(check, some[i].check, sizeof check) == 0 && past->records->len < DAB_MAX_INPUTS)
                remember(past, &some[i]);
            else
                past->n_stale++;
        }
    }
    struct stat st;
    if (fstat(fd, &st) == 0 &&
        st.st_size % (off_t)sizeof record) { /* the last one is cut off: those that follow stand in their places */
        past->n_stale += past->records->len + 16;
        if (ftruncate(fd, st.st_size - st.st_size % (off_t)sizeof record) != 0) past->n_stale++;
    }
}

DabPast *dab_past_open(const char *path) {
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    struct stat st;
    if (fd < 0) return NULL;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return NULL;
    }
    DabPast *past = g_new0(DabPast, 1);
    past->path = g_strdup(path);
    past->fd = fd;
    past->records = g_array_new(FALSE, FALSE, sizeof(DabPastRecord));
    past->places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    read_records(past, fd);
    return past;
}

const DabPastRecord *dab_past_find(const DabPast *past, const guint8 output[16]) {
    gint64 key = (gint64)short_name(output);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(past->places, &key));
    if (!place) return NULL;
    const DabPastRecord *record = &g_array_index(past->records, DabPastRecord, place - 1);
    return memcmp(record->output, output, sizeof record->output) == 0 ? record : NULL;
}

void dab_past_add(DabPast *past, DabPastRecord *record) {
    check_of(record, record->check);
    if (past->n_stale < G_MAXUINT32) past->n_stale += dab_past_find(past, record->output) != NULL;
    if (past->fd < 0 || write(past->fd, record, sizeof *record) == sizeof *record) return;
    close(past->fd); /* a full disk: nothing may follow half a record */
    past->fd = -1;
    past->n_stale = G_MAXUINT32;
}

/* Writes the file anew, without what is out of date. */
static void shorten(const char *path) {
    DabPast *all = dab_past_open(path);
    if (!all) return;
    dab_file_write_parts(path, NULL, 0, all->records->data, all->records->len * sizeof(DabPastRecord), 0600, NULL);
    all->n_stale = 0;
    dab_past_close(all);
}

void dab_past_close(DabPast *past) {
    if (!past) return;
    if (past->n_stale > past->records->len / 2 + 16) shorten(past->path);
    if (past->fd >= 0) close(past->fd);
    g_array_unref(past->records);
    g_hash_table_unref(past->places);
    g_free(past->path);
    g_free(past);
}
