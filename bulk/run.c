#include "bulk/run.h"

#include <glib/gstdio.h>

#include "bulk/file.h"
#include "bulk/workers.h"
#include "dabiao/error.h"

typedef struct {
    const DabRun *run;
    const GPtrArray *inputs;
    DabManifest *manifest;
    DabRunCount *count;
} Books;

static void work(guint job, DabResult *result, void *data) {
    const Books *b = data;
    dab_convert(&b->run->convert, g_ptr_array_index(b->inputs, job), result);
}

static void enter(Books *b, guint job, const DabResult *r, DabResultStatus status, int code, const char *message) {
    static const char *const names[] = {"ok", "failed", "skipped"};
    const DabInput *input = g_ptr_array_index(b->inputs, job);
    gboolean failed = status == DAB_RESULT_FAILED;
    DabManifestLine line = {
        .input = input->file_name,
        .output = failed ? NULL : input->output,
        .status = names[status],
        .error_code = failed ? dab_error_name(code) : NULL,
        .error_message = message,
        .sha256 = r->sha256,
        .media_type = r->media_type,
        .pages = r->pages,
        .measures = failed ? -1 : r->measures,
        .links = failed ? -1 : r->links,
        .numbers_unclaimed = failed ? -1 : r->numbers_unclaimed,
        .seconds = r->seconds,
        .rules = b->run->n_shards > 1 ? dab_rules_digest(b->run->convert.rules) : NULL,
        .place = input->place,
        .of = input->of,
    };
    b->count->ok += status == DAB_RESULT_OK;
    b->count->failed += failed;
    b->count->skipped += status == DAB_RESULT_SKIPPED;
    dab_manifest_add(b->manifest, job, &line);
    if (b->run->report) b->run->report(&line, b->count, b->run->data);
}

static void done(guint job, const DabResult *r, void *data) {
    Books *b = data;
    const DabInput *input = g_ptr_array_index(b->inputs, job);
    g_autofree char *path = g_build_filename(b->run->convert.out_dir, input->output, NULL);
    g_autoptr(GError) error = NULL;
    if (r->status == DAB_RESULT_OK && !dab_file_write(path, r->json, r->json_len, &error)) {
        g_unlink(path);
        enter(b, job, r, DAB_RESULT_FAILED, error->code, error->message);
        return;
    }
    if (r->status == DAB_RESULT_FAILED) g_unlink(path);
    enter(b, job, r, r->status, r->error_code, r->message);
}

DabRunEnd dab_run(const DabRun *run, const GPtrArray *inputs, DabRunCount *count, GError **error) {
    g_autofree char *name =
        run->n_shards > 1 ? g_strdup_printf("manifest.%u-of-%u.jsonl", run->shard, run->n_shards) : g_strdup("manifest.jsonl");
    *count = (DabRunCount){.total = inputs->len};
    g_autoptr(DabManifest) manifest = dab_manifest_new(run->convert.out_dir, name, inputs->len, error);
    if (!manifest) return DAB_RUN_NO_OUTPUT;
    Books books = {.run = run, .inputs = inputs, .manifest = manifest, .count = count};
    DabWorkers workers = {.n_workers = run->n_workers,
                          .deadline = run->deadline,
                          .megabytes = run->megabytes,
                          .work = work,
                          .done = done,
                          .data = &books};
    gboolean all = dab_workers_run(&workers, inputs->len);
    if (!dab_manifest_finish(manifest, error)) return DAB_RUN_NO_OUTPUT;
    return all ? DAB_RUN_DONE : DAB_RUN_INTERRUPTED;
}
