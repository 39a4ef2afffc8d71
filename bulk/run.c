#include "bulk/run.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bulk/duplicates.h"
#include "bulk/file.h"

typedef struct {
    DabRun *run;
    const GPtrArray *inputs;
    GByteArray *stands;   /* of each input: whether what an earlier run made of it stands there, and is this run's result */
    GArray *first, *next; /* guint: of the same bytes, as dab_duplicates_chain has them */
    GArray *jobs;         /* guint: the inputs that are converted; the others are copies */
    GArray *left;         /* guint: copies whose original has changed since they were compared */
    DabManifest *manifest;
    DabRunCount *count;
} Books;

static const DabInput *input_at(const Books *b, guint i) {
    return g_ptr_array_index(b->inputs, i);
}

static const DabInput *input_of(const Books *b, guint job) {
    return input_at(b, g_array_index(b->jobs, guint, job));
}

static char *output_path(const Books *b, guint i) {
    return g_build_filename(b->run->convert.out_dir, input_at(b, i)->output, NULL);
}

static void open_input(guint job, int *files, void *data) {
    const Books *b = data;
    dab_convert_open(&b->run->convert, input_of(b, job), files);
}

static void work(guint job, const int *files, DabResult *result, void *data) {
    const Books *b = data;
    dab_convert(&b->run->convert, input_of(b, job), files, result);
}

static void count(DabRunCount *c, const DabManifestLine *line, const DabResult *r, DabResultStatus status, int code) {
    c->ok += status == DAB_RESULT_OK;
    c->skipped += status == DAB_RESULT_SKIPPED;
    c->same += line->same_as != NULL;
    if (status == DAB_RESULT_FAILED) {
        c->failed++;
        c->failures[CLAMP(code, 0, DAB_N_ERROR_CODES - 1)]++;
        return;
    }
    c->pages += (guint64)MAX(r->pages, 0);
    c->measures += (guint64)MAX(r->measures, 0);
    c->links += (guint64)MAX(r->links, 0);
    c->missed += (guint64)MAX(r->missed, 0);
}

static void enter(Books *b, guint i, const DabResult *r, DabResultStatus status, const GError *error) {
    static const char *const names[] = {"ok", "failed", "skipped"};
    const DabInput *input = input_at(b, i);
    gboolean failed = status == DAB_RESULT_FAILED, changed = r->sha256 && g_strcmp0(r->sha256, input->sha256) != 0;
    int code = error ? error->code : r->error_code;
    DabManifestLine line = {
        .input = input->file_name,
        .output = failed ? NULL : input->output,
        .status = names[status],
        .error_code = failed ? dab_error_name(code) : NULL,
        .error_message = error ? error->message : r->message,
        .sha256 = r->sha256,
        .media_type = r->media_type,
        .pages = r->pages,
        .measures = failed ? -1 : r->measures,
        .links = failed ? -1 : r->links,
        .numbers_unclaimed = failed ? -1 : r->numbers_unclaimed,
        .same_as = changed ? NULL : input->same_as,
        .seconds = r->seconds,
        .rules = b->run->n_shards > 1 ? b->run->convert.rules_digest : NULL,
        .place = input->place,
        .of = input->of,
    };
    count(b->count, &line, r, status, code);
    dab_manifest_add(b->manifest, i, &line);
    if (b->run->report) b->run->report(&line, b->count, b->run->data);
}

/* Writes the output, or removes that of an older run, and enters it. */
static void settle(Books *b, guint i, const DabResult *r, const char *json, gsize len) {
    g_autofree char *path = output_path(b, i);
    g_autoptr(GError) error = NULL;
    DabResultStatus status = r->status;
    if (status == DAB_RESULT_OK && !dab_file_write(path, json, len, &error)) status = DAB_RESULT_FAILED;
    if (status == DAB_RESULT_FAILED) dab_file_remove(path);
    dab_recall_done(b->run->convert.recall, input_at(b, i), r, status != DAB_RESULT_FAILED);
    enter(b, i, r, status, error);
}

static gboolean stands_there(const char *path, const char *json, gsize len) {
    g_autofree char *old = NULL;
    gsize old_len;
    return g_file_get_contents(path, &old, &old_len, NULL) && old_len == len && memcmp(old, json, len) == 0;
}

/* Input `i` has the bytes of the input that `r` is the result of. */
static void copy(Books *b, guint i, guint original, const DabResult *r) {
    DabResult own = *r; /* the strings stay lent */
    own.sha256 = input_at(b, original)->sha256;
    own.seconds = 0;
    if (r->status == DAB_RESULT_FAILED) {
        settle(b, i, &own, NULL, 0);
        return;
    }
    g_autofree char *from_disk = NULL, *first = output_path(b, original), *path = output_path(b, i);
    const char *json = r->json;
    gsize len = r->json_len, own_len = 0;
    if (!json && g_file_get_contents(first, &from_disk, &len, NULL)) json = from_disk;
    g_autofree char *own_json = json ? dab_json_with_path(json, len, input_at(b, i)->shown, &own_len) : NULL;
    if (!own_json) { /* somebody takes outputs away while we work */
        g_array_append_val(b->left, i);
        return;
    }
    gboolean done = b->run->convert.resume && stands_there(path, own_json, own_len);
    own.status = done ? DAB_RESULT_SKIPPED : DAB_RESULT_OK;
    settle(b, i, &own, own_json, own_len);
}

/* The copies of an input; `r` is NULL when they are not its copies any more, or when it has no result yet. */
static void settle_copies(Books *b, guint original, const DabResult *r) {
    for (guint i = g_array_index(b->next, guint, original); i != G_MAXUINT; i = g_array_index(b->next, guint, i)) {
        if (b->stands->data[i]) continue;
        if (r)
            copy(b, i, original, r);
        else
            g_array_append_val(b->left, i);
    }
}

static void done(guint job, const DabResult *r, void *data) {
    Books *b = data;
    guint original = g_array_index(b->jobs, guint, job);
    if (dab_recall_misled(b->run->convert.recall, input_at(b, original), r)) {
        g_array_append_val(b->left, original);
        settle_copies(b, original, NULL);
        return;
    }
    settle(b, original, r, r->json, r->json_len);
    gboolean changed = r->sha256 && g_strcmp0(r->sha256, input_at(b, original)->sha256) != 0;
    settle_copies(b, original, changed ? NULL : r);
}

/* ---- what an earlier run has done ---- */

static gboolean is_known(const Books *b, guint i, DabResult *r) {
    dab_result_init(r);
    r->status = b->run->convert.resume ? DAB_RESULT_SKIPPED : DAB_RESULT_OK;
    return dab_recall_result(b->run->convert.recall, input_at(b, i), r);
}

static gboolean all_known(const Books *b) {
    gboolean all = b->run->convert.recall && b->inputs->len;
    for (guint i = 0; all && i < b->inputs->len; i++) {
        DabResult r;
        all = is_known(b, i, &r);
        dab_result_clear(&r);
    }
    return all;
}

/* Enters what stands there, and the copies of that. */
static void enter_known(Books *b) {
    for (guint i = 0; b->run->convert.recall && i < b->inputs->len; i++) {
        DabResult r;
        b->stands->data[i] = is_known(b, i, &r);
        if (b->stands->data[i]) enter(b, i, &r, r.status, NULL);
        dab_result_clear(&r);
    }
    for (guint i = 0; b->run->convert.recall && i < b->inputs->len; i++) {
        guint original = g_array_index(b->first, guint, i);
        if (original != i || !b->stands->data[i] || g_array_index(b->next, guint, i) == G_MAXUINT) continue;
        DabResult r;
        if (is_known(b, i, &r)) settle_copies(b, i, &r);
        dab_result_clear(&r);
    }
}

static void tick(guint job, double seconds, guint n_slow, void *data) {
    Books *b = data;
    b->run->tick(input_of(b, job), seconds, n_slow, b->count, b->run->data);
}

DabWorkers dab_run_workers(const DabRun *run) {
    return (DabWorkers){
        .n_workers = run->n_workers, .deadline = run->deadline, .megabytes = run->megabytes, .sandbox = run->sandbox};
}

/* FALSE: interrupted. */
static gboolean run_all(Books *b) {
    DabWorkers workers = dab_run_workers(b->run);
    for (guint i = 0; i < b->inputs->len; i++)
        if (g_array_index(b->first, guint, i) == i && !b->stands->data[i]) g_array_append_val(b->jobs, i);
    workers.open = open_input;
    workers.work = work;
    workers.done = done;
    workers.equip = dab_convert_equip;
    workers.tick = b->run->tick ? tick : NULL;
    workers.data = b;
    if (b->jobs->len && b->run->convert.ocr == DAB_OCR_ALWAYS) dab_convert_equip();
    if (b->jobs->len && !dab_workers_run(&workers, b->jobs->len)) return FALSE;
    if (!b->left->len) return TRUE;
    for (guint i = 0; i < b->inputs->len; i++) g_array_index(b->next, guint, i) = G_MAXUINT;
    g_array_set_size(b->jobs, 0);
    g_array_append_vals(b->jobs, b->left->data, b->left->len);
    return dab_workers_run(&workers, b->jobs->len);
}

DabRunEnd dab_run(const DabRun *run, const GPtrArray *inputs, DabRunCount *counts, GError **error) {
    g_autofree char *name =
        run->n_shards > 1 ? g_strdup_printf("manifest.%u-of-%u.jsonl", run->shard, run->n_shards) : g_strdup("manifest.jsonl");
    *counts = (DabRunCount){.total = inputs->len};
    DabRun own = *run;
    g_autoptr(GArray) jobs = g_array_new(FALSE, FALSE, sizeof(guint)), left = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) first = NULL;
    g_autoptr(GArray) next = dab_duplicates_chain(inputs, &first);
    g_autoptr(GByteArray) stands = g_byte_array_new();
    g_byte_array_set_size(stands, inputs->len);
    if (inputs->len) memset(stands->data, 0, inputs->len);
    Books books = {
        .run = &own, .inputs = inputs, .stands = stands, .first = first, .next = next, .jobs = jobs, .left = left, .count = counts};
    if (!all_known(&books) && own.prepare && !own.prepare(&own.convert, own.data)) return DAB_RUN_NOT_PREPARED;
    g_autoptr(DabManifest) manifest = dab_manifest_new(own.convert.out_dir, name, inputs->len, error);
    if (!manifest) return DAB_RUN_NO_OUTPUT;
    books.manifest = manifest;
    enter_known(&books);
    gboolean all = run_all(&books);
    if (!dab_manifest_finish(manifest, error)) return DAB_RUN_NO_OUTPUT;
    return all ? DAB_RUN_DONE : DAB_RUN_INTERRUPTED;
}
