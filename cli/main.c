/* Finds the verb and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "output/json.h"

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} Verb;

static const Verb verbs[] = {
    {"convert", dab_cli_convert, "reports to JSON: a file each, and a manifest"},
    {"summary", dab_cli_summary, "a table of what a run found, a line a report"},
    {"inspect", dab_cli_inspect, "one report in the terminal: targets beside outcomes"},
    {"review", dab_cli_review, "pages for a browser: every number beside its place on the page"},
    {"export", dab_cli_export, "tables for other programs: CSV, JSON lines"},
    {"link", dab_cli_link, "links between documents: a plan's targets, a later report's outcomes"},
    {"text", dab_cli_text, "a report's text as the rules see it, a passage a line"},
    {"layout", dab_cli_layout, "how a report was read: pages, blocks, tables and cells, as JSON or pictures"},
    {"numbers", dab_cli_numbers, "every number in a text, as JSON"},
    {"rules", dab_cli_rules, "the rule files: test, lint, explain"},
    {"eval", dab_cli_eval, "precision, recall and F1 against gold files"},
    {"diff", dab_cli_diff, "what a change of the rules changed"},
    {"merge", dab_cli_merge, "joins the shards of a run: one manifest"},
    {"cache", dab_cli_cache, "what is kept between runs: show, clear"},
};

static void print_help(void) {
    puts("Usage: dabiao VERB [OPTION…] [ARGUMENT…]\n"
         "\n"
         "Reads numeric targets and outcomes out of Chinese government reports (PDF, scans, DOCX, HTML, text), joins\n"
         "each target with the outcome that answers it, and says whether it was met.\n"
         "\n"
         "  dabiao convert -o out reports/            every report below reports/ becomes out/….json\n"
         "  dabiao summary out                        what was found, a line a report\n"
         "  dabiao inspect out/2021/plan.pdf.json     one report, targets beside outcomes\n"
         "\n"
         "Verbs:");
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) printf("  %-9s %s\n", verbs[i].name, verbs[i].help);
    puts("\n"
         "  dabiao VERB --help    options and examples of a verb\n"
         "  dabiao --version      the version\n"
         "  man dabiao            everything, with exit statuses and error codes\n"
         "\n"
         "Exit status: 0 all done, 1 some documents failed, 2 wrong usage, 3 rules do not load, 130 interrupted.");
}

static int unknown(const char *name) {
    const Verb *nearest = &verbs[0];
    guint best = G_MAXUINT;
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
        guint d = g_str_has_prefix(verbs[i].name, name) ? 1 : dab_cli_distance(name, verbs[i].name);
        if (d < best) best = d, nearest = &verbs[i];
    }
    fprintf(stderr, "dabiao: there is no verb \"%s\"", name);
    if (best <= 2 || (best <= 3 && strlen(name) > 5)) fprintf(stderr, "; did you mean \"%s\"?", nearest->name);
    fputs("\nSee dabiao --help.\n", stderr);
    return DAB_EXIT_USAGE;
}

static const Verb *find(const char *name) {
    for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    return NULL;
}

int main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); /* a file size limit is a write error like any other */
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name) {
        print_help();
        return DAB_EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        puts("dabiao " DAB_VERSION);
        return DAB_EXIT_DONE;
    }
    gboolean help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
    if (help && argc < 3) {
        print_help();
        return DAB_EXIT_DONE;
    }
    if (help) name = argv[2];
    const Verb *verb = find(name);
    if (!verb) return unknown(name);
    g_autofree char *full_name = g_strconcat("dabiao ", name, NULL);
    g_autofree char **args = g_new0(char *, (gsize)argc + 2);
    int n = 0;
    args[n++] = full_name;
    if (help) args[n++] = (char *)"--help";
    for (int i = help ? 3 : 2; i < argc; i++) args[n++] = argv[i];
    int status = verb->run(n, args);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("dabiao: cannot write to standard output\n", stderr);
        if (status == DAB_EXIT_DONE) status = DAB_EXIT_SOME_FAILED;
    }
    return status;
}
