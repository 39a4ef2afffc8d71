/* dabiao merge: the manifests of shards → manifest.jsonl. */
#include <stdio.h>

#include "bulk/merge.h"
#include "cli/cli.h"

static const DabCliHelp help = {
    "OUT",
    "Joins the shards of a run: manifest.1-of-N.jsonl … manifest.N-of-N.jsonl in OUT become manifest.jsonl, as a run without\n"
    "shards would have written it. Checks that all shards are there, whole, and made by the same rules and version.",
    "Examples:\n"
    "  for i in 1 2 3; do dabiao convert --shard $i/3 -o out reports/; done\n"
    "  dabiao merge out\n"
    "\n"
    "Exit status: 0 joined, 1 a shard is missing, cut short or of another making (named; nothing is written), 2 wrong usage.\n"};

int dab_cli_merge(int argc, char **argv) {
    const GOptionEntry options[] = {{0}};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 2) return dab_cli_usage(argv[0], "which run? Name the one folder that the shards wrote into");
    g_autoptr(GError) error = NULL;
    DabMergeCount count;
    if (!dab_merge(argv[1], &count, &error)) {
        fprintf(stderr, "%s: %s\n", argv[0], error->message);
        return DAB_EXIT_SOME_FAILED;
    }
    printf("%u shards, %u inputs, %u failed: %s/manifest.jsonl\n", count.shards, count.inputs, count.failed, argv[1]);
    return DAB_EXIT_DONE;
}
