#include "bulk/convert.h"

#include "dabiao/error.h"
#include "dabiao/measure.h"
#include "output/json.h"
#include "output/read.h"

static void fail_with(DabResult *result, const GError *error) {
    dab_result_fail(result, error->domain == DAB_ERROR ? error->code : DAB_ERROR_UNREADABLE, "%s", error->message);
}

/* Whether the output is there and says that it was made from these bytes, by these rules and this version. */
static gboolean is_done(const DabConvert *convert, const DabInput *input, const DabSource *source, DabResult *result) {
    g_autofree char *path = g_build_filename(convert->out_dir, input->output, NULL);
    g_autoptr(DabOutput) old = dab_output_read(path, NULL);
    if (!old || g_strcmp0(old->source_sha256, source->sha256) != 0 || g_strcmp0(old->path, source->path) != 0 ||
        g_strcmp0(old->rules, dab_rules_digest(convert->rules)) != 0 || g_strcmp0(old->version, DAB_VERSION) != 0)
        return FALSE;
    result->status = DAB_RESULT_SKIPPED;
    result->pages = old->pages;
    result->measures = old->measures->len;
    result->links = old->links->len;
    result->numbers_unclaimed = old->n_unclaimed;
    return TRUE;
}

void dab_convert(const DabConvert *convert, const DabInput *input, DabResult *result) {
    g_autoptr(GError) error = NULL;
    if (input->problem) {
        dab_result_fail(result, DAB_ERROR_UNREADABLE, "%s", input->problem);
        return;
    }
    g_autoptr(DabPool) pool = dab_pool_new();
    DabSource *source = dab_source_open(pool, input->file_name, input->shown, &error);
    if (!source) {
        fail_with(result, error);
        return;
    }
    result->sha256 = g_strdup(source->sha256);
    result->media_type = g_strdup(source->media_type);
    if (convert->resume && is_done(convert, input, source, result)) return;
    DabLayout *layout = dab_extract(pool, source, &error);
    if (!layout) {
        fail_with(result, error);
        return;
    }
    if (convert->warn_ocr) dab_layout_warn(layout, "ocr_unavailable", 0, "OCR was asked for, but this build has none");
    DabDocument *document = dab_document_parse(pool, convert->rules, source, layout);
    DabReport *report = dab_report_make(document, convert->rules);
    result->json = dab_json_report(report, &result->json_len);
    result->status = DAB_RESULT_OK;
    result->pages = layout->pages->len;
    result->measures = report->measures->len;
    result->links = report->links->len;
    result->numbers_unclaimed = report->ledger.unclaimed;
}
