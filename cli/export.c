/* dabiao export: the measures of a run as a table, for spreadsheets and programs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "output/export.h"

static const DabCliHelp help = {
    "OUT…", "Writes the measures of what convert wrote into OUT as a table, a line a measure, with what it is linked to.",
    "Examples:\n"
    "  dabiao export --csv measures.csv out        for a spreadsheet (UTF-8 with the mark that these look for)\n"
    "  dabiao export --csv - out | head            without the mark\n"
    "  dabiao export --jsonl measures.jsonl out    for programs\n"
    "  sqlite3 measures.db '.import --csv \"|dabiao export --csv - out\" measures'\n"
    "\n"
    "docs/SCHEMA.md names the columns. FILE appears whole or not at all.\n"
    "Exit status: 0 done, 1 some outputs could not be read or FILE not written, 2 wrong usage.\n"};

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* without it spreadsheets take UTF-8 for the code page of the system */

typedef void (*Rows)(GString *out, const DabOutput *output, const char *file);

static int write_rows(const char *verb, FILE *to, Rows rows, int argc, char **argv, guint *n) {
    int status = DAB_EXIT_DONE;
    g_autoptr(GString) out = g_string_new(NULL);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = dab_cli_files_below(argv[i], ".json");
        for (guint k = 0; k < files->len; k++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(DabOutput) o = dab_output_read(files->pdata[k], &error);
            if (!o) {
                fprintf(stderr, "%s: %s: %s\n", verb, (char *)files->pdata[k], error->message);
                status = DAB_EXIT_SOME_FAILED;
                continue;
            }
            g_string_truncate(out, 0);
            rows(out, o, dab_cli_name_below(files->pdata[k], argv[i], argc > 2));
            fwrite(out->str, 1, out->len, to);
            *n += o->measures->len;
        }
    }
    return status;
}

static void write_head(FILE *to, gboolean csv, gboolean mark) {
    g_autoptr(GString) head = g_string_new(csv && mark ? BYTE_ORDER_MARK : NULL);
    if (csv) dab_export_csv_head(head);
    fwrite(head->str, 1, head->len, to);
}

static int cannot_write(const char *verb, const char *file, int code) {
    fprintf(stderr, "%s: write_failed: %s: %s\n", verb, file, g_strerror(code));
    return DAB_EXIT_SOME_FAILED;
}

static int export_to(const char *verb, const char *file, gboolean csv, int argc, char **argv) {
    Rows rows = csv ? dab_export_csv : dab_export_jsonl;
    guint n = 0;
    if (!strcmp(file, "-")) {
        write_head(stdout, csv, FALSE);
        return write_rows(verb, stdout, rows, argc, argv, &n);
    }
    g_autofree char *part = g_strconcat(file, ".part", NULL);
    FILE *to = fopen(part, "wbe");
    if (!to) return cannot_write(verb, file, errno);
    write_head(to, csv, TRUE);
    int status = write_rows(verb, to, rows, argc, argv, &n);
    gboolean ok = !ferror(to);
    ok &= fclose(to) == 0;
    if (!ok || rename(part, file) != 0) {
        int code = errno;
        remove(part);
        return cannot_write(verb, file, code);
    }
    printf("%u measures in %s\n", n, file);
    return status;
}

int dab_cli_export(int argc, char **argv) {
    g_autofree char *csv = NULL, *jsonl = NULL, *sqlite = NULL;
    const GOptionEntry options[] = {
        {"csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, "A table for spreadsheets; - is standard output", "FILE"},
        {"jsonl", 0, 0, G_OPTION_ARG_FILENAME, &jsonl, "A JSON object a line; - is standard output", "FILE"},
        {"sqlite", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &sqlite, NULL, "FILE"},
        {0}};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (sqlite) return dab_cli_usage(argv[0], "--sqlite is not in this version yet; sqlite3 reads CSV, as the help shows");
    if (!csv == !jsonl) return dab_cli_usage(argv[0], "takes either --csv FILE or --jsonl FILE");
    if (argc < 2) return dab_cli_usage(argv[0], "which run? Name the folder that convert wrote into");
    return export_to(argv[0], csv ? csv : jsonl, csv != NULL, argc, argv);
}
