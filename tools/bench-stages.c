/* bench-stages RULES LIST: how fast the steps between a layout and JSON are, on one core. LIST names files, one a line.
 *
 * Each file is read and taken apart as a conversion does (not counted as rules: another step's work), then
 *   parse   dab_document_parse: normalised text, numbers and their context, sentences, sections, columns
 *   report  dab_report_make: measures, roles, times, links, findings
 *   json    dab_json_report
 * are timed apart, in processor time. Prints one line of JSON: bytes of normalised text, seconds of each step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dabiao/measure.h"
#include "output/json.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct {
    double load, read, parse, report, json;
    gsize files, input, text, numbers, measures, json_bytes;
} Sums;

static gboolean run(const DabRules *rules, const char *path, Sums *sums) {
    g_autoptr(GError) error = NULL;
    g_autoptr(DabPool) pool = dab_pool_new();
    double t0 = now();
    DabSource *source = dab_source_open(pool, path, path, &error);
    DabLayout *layout = source ? dab_extract(pool, source, &error) : NULL;
    if (!layout) {
        fprintf(stderr, "%s: %s\n", path, error->message);
        return FALSE;
    }
    double t1 = now();
    DabDocument *document = dab_document_parse(pool, rules, source, layout);
    double t2 = now();
    DabReport *report = dab_report_make(document, rules);
    double t3 = now();
    gsize len;
    g_autofree char *json = dab_json_report(report, &len);
    double t4 = now();
    sums->read += t1 - t0;
    sums->parse += t2 - t1;
    sums->report += t3 - t2;
    sums->json += t4 - t3;
    sums->files++;
    sums->input += source->bytes;
    sums->text += document->text->utf8->len;
    sums->numbers += document->numbers->len;
    sums->measures += report->measures->len;
    sums->json_bytes += len;
    return json != NULL;
}

int main(int argc, char **argv) {
    g_autoptr(GError) error = NULL;
    g_autofree char *list = NULL;
    if (argc != 3 || !g_file_get_contents(argv[2], &list, NULL, NULL)) {
        fprintf(stderr, "usage: bench-stages RULES LIST\n");
        return 2;
    }
    double t0 = now();
    g_autoptr(DabRules) rules = dab_rules_load(argv[1], &error);
    if (!rules) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    Sums sums = {.load = now() - t0};
    g_auto(GStrv) files = g_strsplit(list, "\n", -1);
    for (char **file = files; *file; file++)
        if (**file && !run(rules, *file, &sums)) return 1;
    printf("{\"files\": %zu, \"input_bytes\": %zu, \"text_bytes\": %zu, \"numbers\": %zu, \"measures\": %zu, \"json_bytes\": %zu, "
           "\"load\": %.4f, \"read\": %.4f, \"parse\": %.4f, \"report\": %.4f, \"json\": %.4f}\n",
           sums.files, sums.input, sums.text, sums.numbers, sums.measures, sums.json_bytes, sums.load, sums.read, sums.parse,
           sums.report, sums.json);
    return 0;
}
