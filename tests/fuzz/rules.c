/* Any bytes as a rule file: parsed, loaded, and, where they load, matched against a sentence. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "dabiao/examples.h"
#include "dabiao/measure.h"
#include "extract/text.h"
#include "output/json.h"
#include "tests/fuzz/fuzz.h"

static char *folder, *file;

static void remove_folder(void) {
    g_remove(file);
    g_rmdir(folder);
}

static void make_folder(void) {
    folder = g_dir_make_tmp("dabiao-fuzz-XXXXXX", NULL);
    g_assert_nonnull(folder);
    file = g_build_filename(folder, "10-fuzz.yaml", NULL);
    atexit(remove_folder);
}

static const char sentence[] = "2022年工作总结\n全市累计建成养老服务设施372.09万余处，完成率达到95%以上，比上年提高2.3个百分点。\n";

static void ignore(const char *message, gpointer data) {
    (void)message, (void)data;
}

static void use(const DabRules *rules, DabPool *pool) {
    DabSource *source = fuzz_source(pool, "text/plain", (const uint8_t *)sentence, strlen(sentence));
    DabLayout *layout = dab_extract_text(pool, source, NULL);
    DabDocument *document = dab_document_parse(pool, rules, source, layout);
    g_free(dab_json_report(dab_report_make(document, rules), NULL));
    dab_rules_test(rules, ignore, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) parse_error = NULL, load_error = NULL;
    if (!folder) make_folder();
    g_autofree char *text = g_strndup((const char *)data, size);
    const DabYaml *tree = dab_yaml_parse(pool, "fuzz.yaml", text, &parse_error);
    g_assert_true(!tree == !!parse_error);
    g_assert_true(g_file_set_contents_full(file, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(DabRules) rules = dab_rules_load(folder, &load_error);
    g_assert_true(!rules == !!load_error);
    if (rules) use(rules, pool);
    return 0;
}
