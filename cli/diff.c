/* dabiao diff OUT_A OUT_B: what a change of the rules changed; against gold files, what it won and what it lost. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/diff.h"

static const DabCliHelp help = {
    "OUT_A OUT_B", "Shows what differs between two runs over the same reports: before and after a change of the rules.",
    "Lines of a report: + a measure that is new, - one that is gone, ~ a number that is read otherwise; then links, findings and\n"
    "numbers that no rule takes any more. With --gold each line says whether it was won or lost.\n"
    "\n"
    "Examples:\n"
    "  dabiao convert -o before reports/\n"
    "  dabiao convert -o after reports/                  with the rules changed\n"
    "  dabiao diff before after\n"
    "  dabiao diff --gold gold before after              which of the two is nearer to the gold files\n"
    "\n"
    "Exit status: 0 compared, 1 some outputs could not be read, 2 wrong usage.\n"};

static DabOutput *read_output(const char *verb, const char *file) {
    g_autoptr(GError) error = NULL;
    DabOutput *o = dab_output_read(file, &error);
    if (!o) fprintf(stderr, "%s: %s: %s\n", verb, file, error->message);
    return o;
}

/* The gold file NAME.json of NAME.pdf.json, or NULL. */
static DabOutput *read_gold(const char *folder, const char *name) {
    g_autofree char *base = g_path_get_basename(name);
    for (char *dot; (dot = strrchr(base, '.'));) {
        *dot = 0;
        g_autofree char *file = g_strconcat(folder, "/", base, ".json", NULL);
        DabOutput *gold = g_file_test(file, G_FILE_TEST_IS_REGULAR) ? dab_output_read(file, NULL) : NULL;
        if (gold) return gold;
    }
    return NULL;
}

static void print_score(const char *name, const DabScore *s) {
    printf("%s F1 %.4f  full F1 %.4f  links F1 %.4f\n", name, dab_f1(s->hit, s->required, s->extra, NULL, NULL),
           dab_f1(s->full, s->required, s->extra + s->hit - s->full, NULL, NULL),
           dab_f1(s->right_links, s->links, s->said_links - s->right_links, NULL, NULL));
}

static void print_sum(const DabDiffSum *s) {
    if (s->differ) putchar('\n');
    printf("%u of %u reports differ: %u measures new, %u gone, %u read otherwise; %u links; findings %+d; unclaimed %u, now %u\n",
           s->differ, s->reports, s->added, s->gone, s->changed, s->links, s->findings, s->unclaimed_before,
           (guint)((gint)s->unclaimed_before + s->unclaimed));
    if (s->rules) printf("%u measures are read by another rule, with the same result\n", s->rules);
    if (!s->golds) return;
    printf("against %u gold files: %u won, %u lost\n", s->golds, s->won, s->lost);
    print_score("before:", &s->before);
    print_score("after: ", &s->after);
}

static const char *below(const char *file, const char *folder) {
    const char *name = file + strlen(folder);
    while (*name == '/') name++;
    return *name ? name : file;
}

static int diff(const char *verb, const char *gold, const char *dir_a, const char *dir_b) {
    g_autoptr(GPtrArray) files_a = dab_cli_files_below(dir_a, ".json"), files_b = dab_cli_files_below(dir_b, ".json");
    gboolean folders = g_file_test(dir_a, G_FILE_TEST_IS_DIR);
    int status = DAB_EXIT_DONE;
    DabDiffSum sum = {0};
    for (guint i = 0, k = 0; i < files_a->len || k < files_b->len;) {
        const char *a = i < files_a->len ? files_a->pdata[i] : NULL, *b = k < files_b->len ? files_b->pdata[k] : NULL;
        int order = !a ? 1 : !b ? -1 : folders ? strcmp(below(a, dir_a), below(b, dir_b)) : 0;
        i += order <= 0;
        k += order >= 0;
        if (order) {
            printf("only in %s: %s\n", order < 0 ? dir_a : dir_b, order < 0 ? below(a, dir_a) : below(b, dir_b));
            continue;
        }
        g_autoptr(DabOutput) before = read_output(verb, a), after = read_output(verb, b);
        if (!before || !after) {
            status = DAB_EXIT_SOME_FAILED;
            continue;
        }
        g_autoptr(DabOutput) wanted = gold ? read_gold(gold, a) : NULL;
        dab_diff_outputs(folders ? below(a, dir_a) : a, before, after, wanted, &sum);
    }
    print_sum(&sum);
    return status;
}

int dab_cli_diff(int argc, char **argv) {
    g_autofree char *gold = NULL;
    const GOptionEntry options[] = {
        {"gold", 0, 0, G_OPTION_ARG_FILENAME, &gold, "A folder of gold files: say what was won and what was lost", "DIR"}, {0}};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 3) return dab_cli_usage(argv[0], "takes two folders that convert wrote into, or two outputs");
    for (int i = 1; i < 3; i++)
        if (!g_file_test(argv[i], G_FILE_TEST_EXISTS))
            return dab_cli_usage(argv[0], "%s: there is no such file or folder", argv[i]);
    if (g_file_test(argv[1], G_FILE_TEST_IS_DIR) != g_file_test(argv[2], G_FILE_TEST_IS_DIR))
        return dab_cli_usage(argv[0], "takes two folders or two outputs, not one of each");
    if (gold && !g_file_test(gold, G_FILE_TEST_IS_DIR)) return dab_cli_usage(argv[0], "%s (--gold) is no folder", gold);
    return diff(argv[0], gold, argv[1], argv[2]);
}
