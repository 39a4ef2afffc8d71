/* dabiao rules: tuning. `rules test` runs the examples of the rule files. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "dabiao/examples.h"

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

static int say_later(const char *verb) {
    fprintf(stderr, "dabiao rules %s: not in this version yet; `dabiao rules test` is\n", verb);
    return DAB_EXIT_USAGE;
}

int dab_cli_rules(int argc, char **argv) {
    static const char *const later[] = {"lint", "explain", "profile", "coverage", NULL};
    if (argc > 1 && !strcmp(argv[1], "test")) {
        argv[1] = "dabiao rules test";
        return run_test(argc - 1, argv + 1);
    }
    if (argc > 1 && g_strv_contains(later, argv[1])) return say_later(argv[1]);
    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
        puts("Usage: dabiao rules test [--rules DIR]\n\n  test   run the examples of the rule files\n\n"
             "lint, explain, profile and coverage come in a later version.");
        return DAB_EXIT_DONE;
    }
    return dab_cli_usage(argv[0], "takes a verb: test");
}
