/* dabiao rules: tuning. `rules test` runs the examples of the rule files, `rules explain` says why a text is read as it is. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/coverage.h"
#include "cli/explain.h"
#include "cli/lint.h"
#include "dabiao/error.h"
#include "dabiao/examples.h"
#include "engine/example_layout.h"

static void print_failure(const char *message, gpointer data) {
    (void)data;
    fprintf(stderr, "%s\n", message);
}

static int run_test(int argc, char **argv) {
    g_autofree char *dir = NULL;
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Rule files (default: those beside the program)", "DIR"}, {0}};
    const DabCliHelp help = {"", "Runs the examples of the rule files: each must give what it says, each `not` must give nothing.",
                             "Exit status: 0 all hold, 1 some fail (each with file, line and column), 3 the rules do not load.\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 1) return dab_cli_usage(argv[0], "takes no file; name the folder of the rules with --rules DIR");
    g_autoptr(DabRules) rules = dab_cli_load_rules(argv[0], dir);
    if (!rules) return DAB_EXIT_RULES;
    DabExampleCount count = dab_rules_test(rules, print_failure, NULL);
    printf("%u rules, %u examples: %u passed, %u failed\n", count.rules, count.passed + count.failed, count.passed, count.failed);
    if (count.rules_without) printf("%u rules have no example yet\n", count.rules_without);
    return count.failed ? DAB_EXIT_SOME_FAILED : DAB_EXIT_DONE;
}

static int run_lint(int argc, char **argv) {
    g_autofree char *dir = NULL;
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Rule files (default: those beside the program)", "DIR"}, {0}};
    const DabCliHelp help = {
        "", "Shows what in the rule files loads and does nothing, or hardly what was meant.",
        "Word lists, maps, fragments and groups that nothing reads; two words told as one; values that there are not; patterns\n"
        "that match nothing at all; rules without example or counterexample; files whose names do not end in .yaml.\n"
        "\n"
        "Exit status: 0 nothing found, 1 something (each with file, line and column), 3 the rules do not load.\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 1) return dab_cli_usage(argv[0], "takes no file; name the folder of the rules with --rules DIR");
    g_autoptr(DabRules) rules = dab_cli_load_rules(argv[0], dir);
    if (!rules) return DAB_EXIT_RULES;
    g_autofree char *beside = dir ? NULL : dab_cli_rules_folder();
    g_autoptr(GError) error = NULL;
    guint n = dab_rules_lint(dir ? dir : beside, rules, print_failure, NULL, &error);
    if (error) {
        fprintf(stderr, "%s: %s\n", argv[0], error->message);
        return DAB_EXIT_RULES;
    }
    printf("%u thing%s to look at\n", n, n == 1 ? "" : "s");
    return n ? DAB_EXIT_SOME_FAILED : DAB_EXIT_DONE;
}

typedef struct {
    char *dir, *genre, *section, *file, *rule;
    gint year;
} ExplainOptions;

static const DabCliHelp explain_help = {
    "[TEXT]",
    "Says of every number of a text what became of it and which rules did it: which read it, which gave it its role, or which "
    "kind\n"
    "of context it is. TEXT stands as one paragraph of a report; with --in, of a report, the sentences that hold TEXT.",
    "Examples:\n"
    "  dabiao rules explain 'a sentence of a report'\n"
    "  dabiao rules explain --section 'a heading above it' 'a sentence'\n"
    "  dabiao rules explain --in plan.pdf 'a few words'\n"
    "  dabiao rules explain --rule level.named 'a sentence'    what this rule lacks to hold, or which comes before it\n"
    "\n"
    "The shape is what patterns of the stages measure, role, time and trim match; docs/RULES.md explains its tags.\n"
    "Exit status: 0 done, 1 the report cannot be read or no sentence holds TEXT, 2 wrong usage, 3 the rules do not load.\n"};

/* The text as a report of one paragraph, as the examples of rules are. */
static DabDocument *document_of(DabPool *pool, const DabRules *rules, const ExplainOptions *o, const char *text) {
    const char *section = o->section ? dab_pool_own(pool, g_utf8_make_valid(o->section, -1), g_free) : NULL;
    static const DabSource source = {.path = "text", .media_type = "text/plain", .sha256 = ""};
    return dab_document_parse(pool, rules, &source, dab_example_layout(pool, section, text));
}

static DabDocument *document_in(DabPool *pool, const DabRules *rules, const char *verb, const char *file) {
    g_autoptr(GError) error = NULL;
    DabSource *source = dab_source_open(pool, file, file, &error);
    DabLayout *layout = source ? dab_extract(pool, source, &error) : NULL;
    if (layout) return dab_document_parse(pool, rules, source, layout);
    fprintf(stderr, "%s: %s: %s: %s\n", verb, file, dab_error_name(error->code), error->message);
    return NULL;
}

static int explain(const char *verb, const ExplainOptions *o, const char *text) {
    g_autoptr(DabRules) rules = dab_cli_load_rules(verb, o->dir);
    if (!rules) return DAB_EXIT_RULES;
    const DabRule *asked = o->rule ? dab_cli_find_rule(rules, o->rule) : NULL;
    if (o->rule && !asked) return dab_cli_usage(verb, "there is no rule \"%s\"", o->rule);
    static const char *const stages[] = {"measure", "role", "time", NULL};
    if (asked && !g_strv_contains(stages, asked->stage))
        return dab_cli_usage(verb, "%s is a rule of stage %s; --rule knows those of the stages measure, role and time", o->rule,
                             asked->stage);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autofree char *valid = text ? g_utf8_make_valid(text, -1) : NULL;
    DabDocument *document = o->file ? document_in(pool, rules, verb, o->file) : document_of(pool, rules, o, valid);
    if (!document) return DAB_EXIT_SOME_FAILED;
    if (o->genre) document->genre = o->genre;
    if (o->year) document->year = o->year;
    if (dab_cli_explain(document, rules, o->file ? valid : NULL, asked)) return DAB_EXIT_DONE;
    fprintf(stderr, "%s: no sentence with a number%s%s\n", verb, o->file && valid ? " holds " : "", o->file && valid ? valid : "");
    return DAB_EXIT_SOME_FAILED;
}

static int run_explain(int argc, char **argv) {
    ExplainOptions o = {0};
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &o.dir, "Rule files (default: those beside the program)", "DIR"},
        {"in", 0, 0, G_OPTION_ARG_FILENAME, &o.file, "A report: its sentences that hold TEXT, or all", "FILE"},
        {"rule", 0, 0, G_OPTION_ARG_STRING, &o.rule, "Say of this rule, too, whether it holds, and what it lacks", "ID"},
        {"section", 0, 0, G_OPTION_ARG_FILENAME, &o.section, /* STRING would go through the locale */
         "A heading above TEXT", "TITLE"},
        {"genre", 0, 0, G_OPTION_ARG_STRING, &o.genre, "plan, summary, task_table, news or other", "GENRE"},
        {"year", 0, 0, G_OPTION_ARG_INT, &o.year, "The year that the report speaks of", "YEAR"},
        {0}};
    static const char *const genres[] = {"plan", "summary", "task_table", "news", "other", NULL};
    int status;
    if (dab_cli_parse(&argc, &argv, options, &explain_help, &status)) {
        if (o.genre && !g_strv_contains(genres, o.genre))
            status = dab_cli_usage(argv[0], "there is no genre \"%s\": plan, summary, task_table, news, other", o.genre);
        else if (argc > 2 || (argc < 2 && !o.file))
            status = dab_cli_usage(argv[0], argc > 2 ? "put the text into quotes: it is one argument" : "which text?");
        else if (!o.file && g_file_test(argv[1], G_FILE_TEST_IS_REGULAR))
            status = dab_cli_usage(argv[0], "%s is a file: --in %s reads its sentences", argv[1], argv[1]);
        else
            status = explain(argv[0], &o, argv[1]);
    }
    g_free(o.dir);
    g_free(o.file);
    g_free(o.rule);
    g_free(o.section);
    g_free(o.genre);
    return status;
}

static const DabCliHelp coverage_help = {
    "REPORT…", "Reads reports and counts how often each rule decided something in them; names those that never did.",
    "REPORT is a file or a folder. Rules of the stages context, measure, role and finding are counted.\n"
    "That a rule was never used says that nothing in these reports needs it, not that it is wrong.\n"
    "Exit status: 0 done, 1 some reports could not be read, 2 wrong usage, 3 the rules do not load.\n"};

static void print_coverage(const DabRules *rules, const DabCoverage *c, gboolean all) {
    for (const char *const *stage = dab_coverage_stages; *stage; stage++) {
        const GPtrArray *list = dab_rules_stage(rules, *stage);
        guint used = 0;
        for (guint i = 0; i < list->len; i++) {
            const DabRule *rule = list->pdata[i];
            guint n = GPOINTER_TO_UINT(g_hash_table_lookup(c->uses, rule->id));
            g_autofree char *file = g_path_get_basename(rule->node->file->name);
            used += n > 0;
            if (all || !n) printf("%8u  %-34s %s:%u\n", n, rule->id, file, rule->node->line);
        }
        printf("%s: %u of %u rules used\n\n", *stage, used, list->len);
    }
    printf("%u reports, %u numbers: %u in measures, %u context, %u unclaimed\n", c->documents, c->numbers, c->measures, c->context,
           c->unclaimed);
}

static int coverage(const char *verb, const char *dir, gboolean all, int argc, char **argv) {
    g_autoptr(DabRules) rules = dab_cli_load_rules(verb, dir);
    if (!rules) return DAB_EXIT_RULES;
    g_autoptr(GHashTable) uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    DabCoverage c = {.uses = uses};
    int status = DAB_EXIT_DONE;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = dab_cli_files_below(argv[i], "");
        for (guint k = 0; k < files->len; k++) {
            g_autoptr(DabPool) pool = dab_pool_new();
            DabDocument *document = document_in(pool, rules, verb, files->pdata[k]);
            if (document) dab_coverage_add(&c, document, rules);
            if (!document) status = DAB_EXIT_SOME_FAILED;
        }
    }
    print_coverage(rules, &c, all);
    return status;
}

static int run_coverage(int argc, char **argv) {
    g_autofree char *dir = NULL;
    gboolean all = FALSE;
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Rule files (default: those beside the program)", "DIR"},
        {"all", 'a', 0, G_OPTION_ARG_NONE, &all, "List all rules with their counts, not only those that were never used", NULL},
        {0}};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &coverage_help, &status)) return status;
    if (argc < 2) return dab_cli_usage(argv[0], "which reports? Name files or folders");
    return coverage(argv[0], dir, all, argc, argv);
}

typedef struct {
    const char *name, *full_name;
    int (*run)(int argc, char **argv); /* NULL: of a later version */
    const char *help;
} RulesVerb;

static const RulesVerb verbs[] = {
    {"test", "dabiao rules test", run_test, "run the examples of the rule files"},
    {"lint", "dabiao rules lint", run_lint, "what in them does nothing, or hardly what was meant"},
    {"explain", "dabiao rules explain", run_explain, "why the numbers of a text are read as they are"},
    {"coverage", "dabiao rules coverage", run_coverage, "which rules reports make use of"},
    {"profile", "dabiao rules profile", NULL, NULL},
};

int dab_cli_rules(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(name, verbs[i].name) != 0) continue;
        argv[1] = (char *)verbs[i].full_name;
        if (verbs[i].run) return verbs[i].run(argc - 1, argv + 1);
        fprintf(stderr, "%s: not in this version yet\n", verbs[i].full_name);
        return DAB_EXIT_USAGE;
    }
    if (strcmp(name, "--help") != 0 && strcmp(name, "-h") != 0)
        return dab_cli_usage(argv[0], "takes a verb: test, lint, explain, coverage");
    puts("Usage: dabiao rules VERB [OPTION…] [ARGUMENT…]\n");
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (verbs[i].run) printf("  %-9s %s\n", verbs[i].name, verbs[i].help);
    puts("\nprofile comes in a later version.\n"
         "dabiao rules VERB --help shows the options of a verb.");
    return DAB_EXIT_DONE;
}
