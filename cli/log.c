#include "cli/log.h"

#include <string.h>

#include "output/value.h"

static DabValue *event(const char *name) {
    DabValue *o = dab_value_new_object();
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%S.%f");
    time[strlen(time) - 3] = 0; /* milliseconds */
    g_autofree char *with_zone = g_strconcat(time, "Z", NULL);
    dab_value_put_text(o, "event", name);
    dab_value_put_text(o, "time", with_zone);
    return o;
}

/* Takes `o`. */
static void put_line(FILE *log, DabValue *o) {
    g_autoptr(GString) line = g_string_new(NULL);
    dab_value_write(o, line);
    dab_value_free(o);
    g_string_append_c(line, '\n');
    fwrite(line->str, 1, line->len, log);
    fflush(log);
}

void dab_log_start(FILE *log, const DabRun *run, guint n_documents) {
    DabValue *o = event("start");
    dab_value_put_text(o, "version", DAB_VERSION);
    dab_value_put_text(o, "rules", run->convert.rules_digest);
    dab_value_put_count(o, "documents", n_documents);
    dab_value_put_count(o, "jobs", run->n_workers);
    put_line(log, o);
}

void dab_log_warning(FILE *log, const char *message) {
    DabValue *o = event("warning");
    dab_value_put_text(o, "message", message);
    put_line(log, o);
}

void dab_log_document(FILE *log, const DabManifestLine *line) {
    DabValue *o = event("document");
    gsize len;
    g_autofree char *members = dab_json_manifest_line(line, &len); /* the same keys as in the manifest */
    g_autoptr(GString) text = g_string_new(NULL);
    dab_value_write(o, text);
    dab_value_free(o);
    g_string_truncate(text, text->len - 1);
    g_string_append_c(text, ',');
    g_string_append_len(text, members + 1, (gssize)len - 1);
    fwrite(text->str, 1, text->len, log);
    fflush(log);
}

void dab_log_end(FILE *log, const char *end, const DabRunCount *c, const char *out_dir, double seconds) {
    DabValue *o = event("end"), *failures = dab_value_new_object();
    for (int code = 0; code < DAB_N_ERROR_CODES; code++)
        if (c->failures[code]) dab_value_put_count(failures, dab_error_name(code), c->failures[code]);
    dab_value_put_text(o, "status", end);
    dab_value_put_count(o, "documents", c->total);
    dab_value_put_count(o, "ok", c->ok);
    dab_value_put_count(o, "skipped", c->skipped);
    dab_value_put_count(o, "failed", c->failed);
    dab_value_put_count(o, "same", c->same);
    dab_value_put_count(o, "pages", c->pages);
    dab_value_put_count(o, "measures", c->measures);
    dab_value_put_count(o, "links", c->links);
    dab_value_put_count(o, "missed", c->missed);
    dab_value_put(o, "failures", failures);
    dab_value_put_text(o, "output", out_dir);
    dab_value_put_decimals(o, "seconds", seconds, 3);
    put_line(log, o);
}
