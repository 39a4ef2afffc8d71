#include "bulk/convert.h"

#include "bulk/kept.h"
#include "bulk/reader.h"
#include "bulk/workers.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "dabiao/measure.h"
#include "dabiao/recogniser.h"
#include "output/json.h"
#include "output/read.h"

static void fail_with(DabResult *result, const GError *error) {
    dab_result_fail(result, error->domain == DAB_ERROR ? error->code : DAB_ERROR_UNREADABLE, "%s", error->message);
}

/* Whether what an older run read from pictures, and what it left, is what this one would. */
static gboolean read_alike(const DabConvert *convert, const DabOutput *old) {
    gboolean left = FALSE, from_text = g_strcmp0(old->text_from, "text") == 0;
    for (guint i = 0; i < old->warnings->len; i++)
        left = left || g_strcmp0(g_array_index(old->warnings, DabOutputFinding, i).kind, "no_text") == 0;
    if (convert->ocr == DAB_OCR_NEVER) return from_text;
    return convert->ocr == DAB_OCR_ALWAYS ? g_strcmp0(old->text_from, "ocr") == 0 : !left;
}

/* Whether the output is there and says that it was made from these bytes, by these rules and this version. */
static gboolean is_done(const DabConvert *convert, int output, const DabSource *source, DabResult *result) {
    g_autoptr(DabOutput) old = dab_output_read_fd(output, NULL);
    if (!old || g_strcmp0(old->source_sha256, source->sha256) != 0 || g_strcmp0(old->path, source->path) != 0 ||
        g_strcmp0(old->rules, convert->rules_digest) != 0 || g_strcmp0(old->version, DAB_VERSION) != 0 || !read_alike(convert, old))
        return FALSE;
    result->status = DAB_RESULT_SKIPPED;
    result->pages = old->pages;
    result->measures = old->measures->len;
    result->links = old->links->len;
    result->missed = 0;
    for (guint i = 0; i < old->links->len; i++)
        result->missed += g_strcmp0(g_array_index(old->links, DabOutputLink, i).verdict, "missed") == 0;
    result->numbers_unclaimed = old->n_unclaimed;
    return TRUE;
}

void dab_convert_open(const DabConvert *convert, const DabInput *input, int *files) {
    if (input->problem) return;
    files[0] = dab_reader_open(input);
    files[2] = dab_recall_text(convert->recall, input, files[0]);
    if (!convert->resume) return;
    g_autofree char *path = g_build_filename(convert->out_dir, input->output, NULL);
    files[1] = dab_source_descriptor(path);
}

/* A worker cannot open libraries any more. */
static void before_ocr(void) {
    if (!dab_recogniser_is_loaded()) dab_workers_ask();
}

void dab_convert_equip(void) {
    dab_recogniser_load();
}

void dab_convert(const DabConvert *convert, const DabInput *input, const int *files, DabResult *result) {
    g_autoptr(GError) error = NULL;
    if (input->problem) {
        dab_result_fail(result, input->problem_code, "%s", input->problem);
        return;
    }
    g_autoptr(DabPool) pool = dab_pool_new();
    DabSource *source = NULL;
    DabLayout *layout = dab_kept_read(pool, files[2], input->shown, &source);
    if (!layout) source = dab_reader_source(pool, input, files[0], &error);
    if (!source) {
        fail_with(result, error);
        return;
    }
    source->ocr = convert->ocr;
    source->before_ocr = before_ocr;
    source->slow_page = dab_workers_slow_page;
    result->sha256 = g_strdup(source->sha256);
    result->media_type = g_strdup(source->media_type);
    if (convert->resume && is_done(convert, files[1], source, result)) return;
    if (!layout) {
        layout = dab_extract(pool, source, &error);
        if (layout && dab_recall_keeps(convert->recall)) result->kept = (char *)dab_kept_pack(source, layout, &result->kept_len);
    }
    if (!layout) {
        fail_with(result, error);
        return;
    }
    DabDocument *document = dab_document_parse(pool, convert->rules, source, layout);
    DabReport *report = dab_report_make(document, convert->rules);
    result->json = dab_json_report(report, &result->json_len);
    if (result->json_len > DAB_MAX_OUTPUT_BYTES) {
        dab_result_fail(result, DAB_ERROR_TOO_LARGE, "its JSON has more than %u bytes", DAB_MAX_OUTPUT_BYTES);
        return;
    }
    result->status = DAB_RESULT_OK;
    result->pages = layout->pages->len;
    result->measures = report->measures->len;
    result->links = report->links->len;
    result->missed = 0;
    for (guint i = 0; i < report->links->len; i++)
        result->missed += g_array_index(report->links, DabLink, i).verdict == DAB_VERDICT_MISSED;
    result->numbers_unclaimed = report->ledger.unclaimed;
}
