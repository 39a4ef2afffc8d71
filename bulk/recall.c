#include "bulk/recall.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "bulk/cache_files.h"
#include "bulk/kept.h"
#include "bulk/member_lists.h"
#include "bulk/past.h"
#include "bulk/surroundings.h"
#include "dabiao/error.h"
#include "dabiao/layout_store.h"
#include "dabiao/limits.h"
#include "output/json.h"

/* What is known of an input between dab_recall_text and dab_recall_done. */
typedef struct {
    DabIdentity identity;
    gboolean firm;     /* its identity will tell when it changes */
    gboolean had_text; /* a worker got it */
    gboolean has_key;
    char sha256[DAB_SHA256_HEX];  /* taken by this process, now or in an earlier run; "" of a member */
    guint8 key[DAB_SHA256_BYTES]; /* of its text in the cache */
} Open;

struct DabRecall {
    DabCache *cache;
    DabPast *past;
    char *out_dir;
    guint8 reading[16];       /* what texts depend on besides their bytes */
    guint8 circumstances[16]; /* and what results do */
    GHashTable *open;         /* DabInput → Open: what workers have */
    GHashTable *seen;         /* the same of copies, as they were when they were compared */
};

/* A machine that lost power may have lost what a result's identity says is there. Records hold until the next boot; after it,
 * --resume reads results, and texts have checksums. */
static char *boot_id(void) {
    char *id = NULL;
    g_file_get_contents("/proc/sys/kernel/random/boot_id", &id, NULL, NULL);
    return id ? id : g_strdup("");
}

DabRecall *dab_recall_open(DabCache *cache, const char *out_dir, const char *rules, DabOcr ocr) {
    if (!cache) return NULL;
    guint8 digest[DAB_SHA256_BYTES], name[16];
    char around[DAB_SHA256_HEX];
    dab_surroundings(digest);
    dab_sha256_to_hex(digest, around);
    DabRecall *r = g_new0(DabRecall, 1);
    g_autofree char *options = g_strdup_printf("ocr %d, store %u", (int)ocr, DAB_LAYOUT_STORE_VERSION), *boot = boot_id();
    r->cache = cache;
    r->out_dir = g_canonicalize_filename(out_dir, NULL);
    r->open = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    r->seen = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    dab_past_name(r->reading, (const char *[]){around, options, NULL});
    dab_past_name(r->circumstances, (const char *[]){around, options, boot, rules, DAB_VERSION, NULL});
    dab_past_name(name, (const char *[]){r->out_dir, NULL});
    GString *path = g_string_new(dab_cache_folder(cache));
    g_string_append(path, "/" DAB_CACHE_PAST "/");
    for (gsize i = 0; i < sizeof name; i++) g_string_append_printf(path, "%02x", name[i]);
    r->past = dab_past_open(path->str);
    g_string_free(path, TRUE);
    return r;
}

void dab_recall_close(DabRecall *r) {
    if (!r) return;
    dab_past_close(r->past);
    g_hash_table_unref(r->open);
    g_hash_table_unref(r->seen);
    g_free(r->out_dir);
    g_free(r);
}

gboolean dab_recall_keeps(const DabRecall *r) {
    return r != NULL;
}

/* The record of an input's output in this folder; the input may have changed since. */
static const DabPastRecord *record_of(const DabRecall *r, const DabInput *input, guint8 name[16]) {
    g_autofree char *file = g_canonicalize_filename(input->file_name, NULL);
    dab_past_name(name, (const char *[]){input->output, input->shown, file, NULL});
    return r->past ? dab_past_find(r->past, name) : NULL;
}

static const char *file_of(const DabInput *input) {
    return input->archive ? input->archive : input->file_name;
}

static const DabPastRecord *unchanged(const DabRecall *r, const DabInput *input) {
    guint8 name[16];
    struct stat st;
    const DabPastRecord *record = r && !input->problem ? record_of(r, input, name) : NULL;
    if (!record || stat(file_of(input), &st) != 0) return NULL;
    DabIdentity identity = dab_identity(&st, input->member);
    return memcmp(&identity, &record->input, sizeof identity) == 0 ? record : NULL;
}

char *dab_recall_sha256(DabRecall *r, const DabInput *input) {
    const DabPastRecord *record = unchanged(r, input);
    if (!record) return NULL;
    Open *seen = g_new0(Open, 1);
    seen->identity = record->input;
    seen->firm = TRUE; /* or it would have no record */
    dab_sha256_to_hex(record->sha256, seen->sha256);
    g_hash_table_replace(r->seen, (gpointer)input, seen);
    return g_strdup(seen->sha256);
}

gboolean dab_recall_result(const DabRecall *r, const DabInput *input, DabResult *result) {
    const DabPastRecord *record = unchanged(r, input);
    struct stat st;
    if (!record || memcmp(record->circumstances, r->circumstances, sizeof r->circumstances) != 0) return FALSE;
    g_autofree char *path = g_build_filename(r->out_dir, input->output, NULL);
    if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode)) return FALSE;
    DabIdentity identity = dab_identity(&st, DAB_NO_MEMBER);
    if (memcmp(&identity, &record->result, sizeof identity) != 0) return FALSE;
    result->sha256 = g_malloc(DAB_SHA256_HEX);
    dab_sha256_to_hex(record->sha256, result->sha256);
    result->media_type = g_strdup(record->media_type);
    result->pages = record->pages;
    result->measures = record->measures;
    result->links = record->links;
    result->missed = record->missed;
    result->numbers_unclaimed = record->numbers_unclaimed;
    return TRUE;
}

/* Texts are known by the bytes they come from. Of a member, by its place in an archive: its bytes only a worker has seen. */
static void name_text(const DabRecall *r, Open *open, guint member) {
    g_autoptr(GString) name = g_string_new_len((const char *)r->reading, sizeof r->reading);
    if (member == DAB_NO_MEMBER)
        g_string_append_printf(name, "bytes %s", open->sha256);
    else
        g_string_append_len(g_string_append(name, "member "), (const char *)open->identity.bytes, sizeof open->identity);
    dab_sha256(name->str, name->len, open->key);
}

static Open *begin(DabRecall *r, const DabInput *input, int file) {
    struct stat st;
    if (!r || file < 0 || fstat(file, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
    Open *open = g_new0(Open, 1);
    open->identity = dab_identity(&st, input->member);
    open->firm = dab_identity_is_firm(&st, time(NULL));
    return open;
}

void dab_recall_seen(DabRecall *r, const DabInput *input, int file) {
    Open *open = begin(r, input, file);
    if (open) g_hash_table_replace(r->seen, (gpointer)input, open);
}

void dab_recall_forget(DabRecall *r, const DabInput *input) {
    if (r) g_hash_table_remove(r->seen, input);
}

GString *dab_recall_members(DabRecall *r, const DabInput *archive) {
    struct stat st;
    if (!r || stat(archive->file_name, &st) != 0 || !S_ISREG(st.st_mode)) return NULL;
    DabIdentity identity = dab_identity(&st, DAB_NO_MEMBER);
    return dab_member_list_find(r->cache, r->reading, &identity);
}

void dab_recall_keep_members(DabRecall *r, const DabInput *archive, const char *list, gsize bytes) {
    const Open *seen = r ? g_hash_table_lookup(r->seen, archive) : NULL;
    if (seen && seen->firm) dab_member_list_put(r->cache, r->reading, &seen->identity, list, bytes);
    dab_recall_forget(r, archive);
}

static gboolean take_sha256(const DabRecall *r, const DabInput *input, int file, Open *open) {
    guint8 name[16], digest[DAB_SHA256_BYTES];
    const DabPastRecord *record = record_of(r, input, name);
    if (record && memcmp(&record->input, &open->identity, sizeof open->identity) == 0)
        memcpy(digest, record->sha256, sizeof digest);
    else if (!dab_sha256_file(file, DAB_MAX_FILE_BYTES, digest))
        return FALSE;
    dab_sha256_to_hex(digest, open->sha256);
    return TRUE;
}

int dab_recall_text(DabRecall *r, const DabInput *input, int file) {
    Open *open = begin(r, input, file);
    if (!open) return -ENOENT;
    g_hash_table_replace(r->open, (gpointer)input, open);
    open->has_key = input->member == DAB_NO_MEMBER ? take_sha256(r, input, file, open) : open->firm;
    if (!open->has_key) return -ENOENT;
    name_text(r, open, input->member);
    int text = dab_cache_find(r->cache, open->key);
    open->had_text = text >= 0;
    return text;
}

static void note(DabRecall *r, const DabInput *input, const Open *open, const DabResult *result) {
    struct stat st;
    g_autofree char *path = g_build_filename(r->out_dir, input->output, NULL);
    DabPastRecord record = {.input = open->identity,
                            .pages = result->pages,
                            .measures = result->measures,
                            .links = result->links,
                            .missed = result->missed,
                            .numbers_unclaimed = result->numbers_unclaimed};
    if (!r->past || !open->firm || !result->media_type || strlen(result->media_type) >= sizeof record.media_type) return;
    if (lstat(path, &st) != 0 || !dab_sha256_from_hex(result->sha256, record.sha256)) return;
    record_of(r, input, record.output);
    memcpy(record.circumstances, r->circumstances, sizeof record.circumstances);
    record.result = dab_identity(&st, DAB_NO_MEMBER);
    g_strlcpy(record.media_type, result->media_type, sizeof record.media_type);
    dab_past_add(r->past, &record);
}

/* The text, where it was made anew. It must be of the bytes that it would be found by. */
static void keep(DabRecall *r, const Open *open, const DabResult *result) {
    const char *of = result->kept ? dab_kept_sha256((const guint8 *)result->kept, result->kept_len) : NULL;
    if (!of || !open->has_key || (*open->sha256 && strcmp(of, open->sha256) != 0)) return;
    dab_cache_put(r->cache, open->key, result->kept, result->kept_len);
}

static void settle(DabRecall *r, const DabInput *input, const Open *open, const DabResult *result, gboolean stands) {
    if (result->status == DAB_RESULT_FAILED) return;
    if (*open->sha256 && g_strcmp0(open->sha256, result->sha256) != 0) return; /* it has changed meanwhile */
    keep(r, open, result);
    if (stands) note(r, input, open, result);
}

gboolean dab_recall_misled(DabRecall *r, const DabInput *input, const DabResult *result) {
    const Open *open = r ? g_hash_table_lookup(r->open, input) : NULL;
    if (!open || !open->had_text || result->status != DAB_RESULT_FAILED) return FALSE;
    if (result->error_code != DAB_ERROR_CRASHED && result->error_code != DAB_ERROR_TIMEOUT &&
        result->error_code != DAB_ERROR_OUT_OF_MEMORY)
        return FALSE;
    dab_cache_drop(r->cache, open->key);
    g_hash_table_remove(r->open, input);
    return TRUE;
}

void dab_recall_done(DabRecall *r, const DabInput *input, const DabResult *result, gboolean stands) {
    if (!r) return;
    const Open *open = g_hash_table_lookup(r->open, input), *seen = g_hash_table_lookup(r->seen, input);
    if (open || seen) settle(r, input, open ? open : seen, result, stands);
    g_hash_table_remove(r->open, input);
    g_hash_table_remove(r->seen, input);
}
