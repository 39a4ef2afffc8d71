/* dabiao eval: outputs against gold files. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/score.h"
#include "cli/terminal.h"

typedef struct {
    char *gold, *suffix;
    gboolean verbose;
    double min_f1, min_full, min_links;
} Options;

static const DabCliHelp help = {
    "OUT", "Compares what convert wrote into OUT with gold files: precision, recall and F1 of targets and outcomes.",
    "GOLD/NAME.json is compared with NAME.pdf.json or NAME.txt.json, wherever in OUT it is.\n"
    "F1: role, value and unit are right and the place is. Full F1: the comparator and the indicator, too.\n"
    "Links: both ends and the verdict are right.\n"
    "\n"
    "Exit status: 0, or 1 when an output is missing or a figure in all is below its --min.\n"};

static void print_line(const char *name, const DabScore *s) {
    double p, r, f = dab_f1(s->hit, s->required, s->extra, &p, &r);
    double full = dab_f1(s->full, s->required, s->extra + s->hit - s->full, NULL, NULL);
    double links = dab_f1(s->right_links, s->links, s->said_links - s->right_links, NULL, NULL);
    int used = dab_terminal_put(stdout, name, G_MAXINT);
    printf("%*s gold %4u hit %4u extra %3u  P %.3f R %.3f F1 %.3f  full F1 %.3f  indicator %u/%u comparator %u/%u"
           "  links %u/%u (said %u) F1 %.3f\n",
           MAX(0, 22 - used), "", s->required, s->hit, s->extra, p, r, f, full, s->indicators, s->hit, s->comparators, s->hit,
           s->right_links, s->links, s->said_links, links);
}

static const char *or_none(const char *s) {
    return s ? s : "-";
}

static void print_measure(const char *what, const DabOutputMeasure *m, const char *place) {
    printf("   %s %s ", what, or_none(m->role));
    if (m->has_low || m->has_high)
        printf("%.15g-%.15g", m->low, m->high);
    else
        printf("%.15g", m->value);
    printf(" %s | %s | %s\n", or_none(m->unit), or_none(m->indicator), or_none(place));
}

static void print_misses(const DabOutput *gold, const DabOutput *output, const DabScored *s) {
    for (guint i = 0; i < gold->measures->len; i++) {
        const DabOutputMeasure *g = &g_array_index(gold->measures, DabOutputMeasure, i);
        if (!s->required[i]) continue;
        if (s->of_gold[i] < 0)
            print_measure("missed ", g, g->evidence);
        else if (!s->full[i]) {
            const DabOutputMeasure *said = &g_array_index(output->measures, DabOutputMeasure, s->of_gold[i]);
            g_autofree char *names = g->indicator_any ? g_strjoinv(" / ", g->indicator_any) : g_strdup(or_none(g->indicator));
            g_autofree char *signs = g->comparators ? g_strjoinv(" ", g->comparators) : g_strdup("=");
            printf("   partial %s | want %s, %s | got %s, %s (%s)\n", or_none(g->evidence), names, signs, or_none(said->indicator),
                   or_none(said->comparator), or_none(said->rule));
        }
    }
    for (guint k = 0; k < output->measures->len; k++) {
        const DabOutputMeasure *said = &g_array_index(output->measures, DabOutputMeasure, k);
        if (s->extra[k]) print_measure("extra  ", said, said->sentence);
    }
    for (guint i = 0; i < s->missed_links->len; i++) {
        const DabOutputLink *l = g_ptr_array_index(s->missed_links, i);
        const DabOutputMeasure *all = (const DabOutputMeasure *)(void *)gold->measures->data;
        printf("   link    %s -> %s, want %s\n", or_none(all[dab_output_find(gold, l->target)].evidence),
               or_none(all[dab_output_find(gold, l->outcome)].evidence), or_none(l->verdict));
    }
}

/* The output that answers to NAME among the files of OUT. */
static const char *find_output(const GPtrArray *files, const char *name, const char *suffix) {
    const char *suffixes[] = {suffix ? suffix : ".pdf", ".txt"};
    for (gsize k = 0; k < (suffix ? 1 : G_N_ELEMENTS(suffixes)); k++) {
        g_autofree char *wanted = g_strconcat("/", name, suffixes[k], ".json", NULL);
        for (guint i = 0; i < files->len; i++)
            if (g_str_has_suffix(g_ptr_array_index(files, i), wanted)) return g_ptr_array_index(files, i);
    }
    return NULL;
}

/* Scores one gold file and adds to `sum`. FALSE when there is no output, which then counts as an empty one. */
static gboolean evaluate(const Options *o, const char *gold_file, const GPtrArray *files, DabScore *sum) {
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_path_get_basename(gold_file);
    name[strlen(name) - strlen(".json")] = 0;
    g_autoptr(DabOutput) gold = dab_output_read(gold_file, &error);
    if (!gold) {
        fprintf(stderr, "dabiao eval: %s: %s\n", gold_file, error->message);
        return FALSE;
    }
    const char *file = find_output(files, name, o->suffix);
    g_autoptr(DabOutput) output = file ? dab_output_read(file, &error) : NULL;
    if (!output) printf("%s: no readable output (%s)\n", name, error ? error->message : "no such file");
    DabOutput nothing = {.measures = g_array_new(FALSE, FALSE, sizeof(DabOutputMeasure)),
                         .links = g_array_new(FALSE, FALSE, sizeof(DabOutputLink))};
    g_autoptr(DabScored) scored = dab_score(gold, output ? output : &nothing);
    print_line(name, &scored->sum);
    if (o->verbose) print_misses(gold, output ? output : &nothing, scored);
    dab_score_add(sum, &scored->sum);
    g_array_unref(nothing.measures);
    g_array_unref(nothing.links);
    return output != NULL;
}

static gboolean reaches(const char *what, double is, double wanted) {
    if (is >= wanted) return TRUE;
    printf("%s %.3f is below %.3f\n", what, is, wanted);
    return FALSE;
}

static int eval(const Options *o, int argc, char **argv) {
    if (argc != 2 || !o->gold) return dab_cli_usage(argv[0], "takes --gold DIR and the folder that convert wrote into");
    g_autoptr(GPtrArray) golds = dab_cli_files_below(o->gold, ".json");
    g_autoptr(GPtrArray) files = dab_cli_files_below(argv[1], ".json");
    DabScore sum = {0};
    gboolean ok = TRUE;
    if (!g_file_test(argv[1], G_FILE_TEST_IS_DIR)) return dab_cli_usage(argv[0], "%s is no folder", argv[1]);
    for (guint i = 0; i < golds->len; i++) ok &= evaluate(o, g_ptr_array_index(golds, i), files, &sum);
    if (golds->len == 0) return dab_cli_usage(argv[0], "%s has no gold files (NAME.json)", o->gold);
    if (golds->len > 1) print_line("ALL", &sum);
    ok &= reaches("F1", dab_f1(sum.hit, sum.required, sum.extra, NULL, NULL), o->min_f1);
    ok &= reaches("full F1", dab_f1(sum.full, sum.required, sum.extra + sum.hit - sum.full, NULL, NULL), o->min_full);
    ok &= reaches("links F1", dab_f1(sum.right_links, sum.links, sum.said_links - sum.right_links, NULL, NULL), o->min_links);
    return ok ? DAB_EXIT_DONE : DAB_EXIT_SOME_FAILED;
}

int dab_cli_eval(int argc, char **argv) {
    Options o = {0};
    const GOptionEntry options[] = {
        {"gold", 0, 0, G_OPTION_ARG_FILENAME, &o.gold, "The folder of gold files", "DIR"},
        {"suffix", 0, 0, G_OPTION_ARG_STRING, &o.suffix, "Compare NAME + SUFFIX + .json only (default: .pdf, else .txt)", "SUFFIX"},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &o.verbose, "List what is missed, extra, half right", NULL},
        {"min-f1", 0, 0, G_OPTION_ARG_DOUBLE, &o.min_f1, "Exit 1 when F1 in all is below", "X"},
        {"min-full", 0, 0, G_OPTION_ARG_DOUBLE, &o.min_full, "Exit 1 when full F1 in all is below", "X"},
        {"min-links", 0, 0, G_OPTION_ARG_DOUBLE, &o.min_links, "Exit 1 when links F1 in all is below", "X"},
        {0}};
    int status;
    if (dab_cli_parse(&argc, &argv, options, &help, &status)) status = eval(&o, argc, argv);
    g_free(o.gold);
    g_free(o.suffix);
    return status;
}
