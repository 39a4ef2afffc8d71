/* cli.h: the verbs of the command line. cli/ is the only place that prints. Each verb gets argv with its own name first
 * ("dabiao convert") and returns the exit status of docs: 0 done, 1 some failed, 2 wrong usage, 3 rules do not load,
 * 130 interrupted. */
#ifndef DABIAO_CLI_H
#define DABIAO_CLI_H

#include <glib.h>

#include "dabiao/document.h"
#include "dabiao/rules.h"

enum { DAB_EXIT_DONE, DAB_EXIT_SOME_FAILED, DAB_EXIT_USAGE, DAB_EXIT_RULES, DAB_EXIT_INTERRUPTED = 130 };

int dab_cli_convert(int argc, char **argv);
int dab_cli_inspect(int argc, char **argv);
int dab_cli_text(int argc, char **argv);
int dab_cli_layout(int argc, char **argv);
int dab_cli_numbers(int argc, char **argv);
int dab_cli_rules(int argc, char **argv);
int dab_cli_eval(int argc, char **argv);
int dab_cli_summary(int argc, char **argv);
int dab_cli_link(int argc, char **argv);
int dab_cli_merge(int argc, char **argv);
int dab_cli_review(int argc, char **argv);
int dab_cli_diff(int argc, char **argv);
int dab_cli_export(int argc, char **argv);
int dab_cli_cache(int argc, char **argv);

/* What a verb says of itself. */
typedef struct {
    const char *arguments; /* "FILE.json…" */
    const char *summary;   /* one sentence */
    const char *more;      /* examples, below the options */
} DabCliHelp;

/* Parses argv with `options`; what is left are the arguments, from argv[1] on. FALSE: *status is what to return, and it
 * has been printed what is wrong, or the help that was asked for. */
gboolean dab_cli_parse(int *argc, char ***argv, const GOptionEntry *options, const DabCliHelp *help, int *status);
/* Prints "dabiao VERB: message" and where help is; returns DAB_EXIT_USAGE. */
int dab_cli_usage(const char *verb, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Loads the rules of `dir`, or where it is NULL those beside the program: rules/ next to the build folder, or the
 * installed ones. NULL: it has been said why; return DAB_EXIT_RULES. */
DabRules *dab_cli_load_rules(const char *verb, const char *dir);
/* Their digest, without loading them; free it. NULL as above. */
char *dab_cli_rules_digest(const char *verb, const char *dir);
/* The folder of those rules, or NULL when there is none. Free it. */
char *dab_cli_rules_folder(void);

/* "auto", "never" or "always" → *ocr; FALSE for anything else. */
gboolean dab_cli_read_ocr(const char *text, DabOcr *ocr);

/* Files below `path` whose name ends in `suffix`, in byte order; `path` itself when it is a file. Strings. */
GPtrArray *dab_cli_files_below(const char *path, const char *suffix);
/* How results call such a file of `out`: below the folder as the manifest does; with its folder where there are several. Lent. */
const char *dab_cli_name_below(const char *file, const char *out, gboolean several);

/* How many insertions, deletions, replacements and swaps of neighbours lead from a to b (restricted edit distance); G_MAXUINT for
 * words of 24 bytes and more. */
guint dab_cli_distance(const char *a, const char *b);

#endif
