/* dabiao link: targets of a plan joined with the outcomes of a later report. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bulk/file.h"
#include "cli/cli.h"
#include "join/join.h"

static const DabCliHelp help = {
    "OUT…",
    "Joins the targets of a plan with the outcomes of a later report: of the same region, the same indicator, the same\n"
    "year. OUT is a folder that convert wrote into, or an output; links.jsonl in the first folder gets a line a link,\n"
    "findings.jsonl one for each target that asks less than the target of the year before.",
    "Examples:\n"
    "  dabiao link out                            into out/links.jsonl\n"
    "  dabiao link -o all.jsonl out-2021 out-2022\n"
    "  dabiao link -o - out | jq 'select(.verdict == \"missed\")'\n"
    "\n"
    "Exit status: 0 done, 1 some outputs could not be read or links.jsonl not written, 2 wrong usage, 3 rules do not load.\n"};

static int read_all(DabJoin *join, int argc, char **argv) {
    int status = DAB_EXIT_DONE;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = dab_cli_files_below(argv[i], ".json");
        for (guint k = 0; k < files->len; k++) {
            const char *file = g_ptr_array_index(files, k);
            g_autoptr(GError) error = NULL;
            g_autoptr(DabOutput) output = dab_output_read(file, &error);
            if (output) {
                dab_join_add(join, output, dab_cli_name_below(file, argv[i], argc > 2));
                continue;
            }
            fprintf(stderr, "%s: %s: %s\n", argv[0], file, error->message);
            status = DAB_EXIT_SOME_FAILED;
        }
    }
    return status;
}

/* Writes lines to a file, or to standard output for "-". */
static gboolean write_lines(const char *verb, const char *to, const GString *lines, guint n, const char *what) {
    g_autoptr(GError) error = NULL;
    if (!strcmp(to, "-")) {
        fputs(lines->str, stdout);
        return TRUE;
    }
    if (!dab_file_write(to, lines->str, lines->len, &error)) {
        fprintf(stderr, "%s: write_failed: %s\n", verb, error->message);
        return FALSE;
    }
    printf("%u %s%s in %s\n", n, what, n == 1 ? "" : "s", to);
    return TRUE;
}

static int link_all(const char *to, const char *findings_to, const char *rules_folder, int argc, char **argv) {
    g_autofree char *beside = NULL, *findings_beside = NULL;
    if (!to) {
        if (!g_file_test(argv[1], G_FILE_TEST_EXISTS)) return dab_cli_usage(argv[0], "%s: %s", argv[1], g_strerror(ENOENT));
        if (!g_file_test(argv[1], G_FILE_TEST_IS_DIR))
            return dab_cli_usage(argv[0], "%s is no folder; say where the links go with -o FILE", argv[1]);
        to = beside = g_build_filename(argv[1], "links.jsonl", NULL);
        if (!findings_to) findings_to = findings_beside = g_build_filename(argv[1], "findings.jsonl", NULL);
    }
    g_autoptr(DabRules) rules = dab_cli_load_rules(argv[0], rules_folder);
    if (!rules) return DAB_EXIT_RULES;
    g_autoptr(DabJoin) join = dab_join_new(rules);
    int status = read_all(join, argc, argv);
    guint n = 0;
    g_autoptr(GString) links = dab_join_links(join, &n);
    if (!write_lines(argv[0], to, links, n, "link")) return DAB_EXIT_SOME_FAILED;
    if (!findings_to) return status;
    g_autoptr(GString) findings = dab_join_findings(join, &n);
    return write_lines(argv[0], findings_to, findings, n, "finding") ? status : DAB_EXIT_SOME_FAILED;
}

int dab_cli_link(int argc, char **argv) {
    char *to = NULL, *findings = NULL, *rules = NULL;
    const GOptionEntry options[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &to, "Where links go (default: OUT/links.jsonl); - is standard output", "FILE"},
        {"findings", 0, 0, G_OPTION_ARG_FILENAME, &findings,
         "Where findings go (default: OUT/findings.jsonl, none with --output); - is standard output", "FILE"},
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &rules, "Rule files (default: those beside the program)", "DIR"},
        {0}};
    int status;
    if (dab_cli_parse(&argc, &argv, options, &help, &status))
        status = argc < 2 ? dab_cli_usage(argv[0], "which run? Name the folder that convert wrote into")
                          : link_all(to, findings, rules, argc, argv);
    g_free(to);
    g_free(findings);
    g_free(rules);
    return status;
}
