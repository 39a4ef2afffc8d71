/* dabiao summary: a line a report, and the most telling finding in words. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"
#include "output/show.h"

#define WIDEST 160

typedef struct {
    DabOutput *output;
    const DabOutputLink *link;       /* of a contradicted claim */
    const DabOutputFinding *finding; /* or of another kind */
    double weight;
} Telling;

static void count_cell(guint n, int columns, DabInk ink) {
    char digits[24], cell[48];
    g_snprintf(digits, sizeof digits, "%u", n);
    g_snprintf(cell, sizeof cell, "%*s", columns, digits);
    dab_terminal_cell(stdout, cell, columns, n ? ink : DAB_INK_DIM);
}

static void print_header(int file, int title) {
    static const char *const names[] = {"pages", "targets", "outcomes", "met", "missed", "unclaimed"};
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    dab_terminal_cell(stdout, "file", file + 1, DAB_INK_PLAIN);
    dab_terminal_cell(stdout, "title", title + 1, DAB_INK_PLAIN);
    fputs("year genre     ", stdout);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) printf(" %s", names[i]);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
}

/* A path that is too long loses its front: the name at its end tells most. */
static void put_file(const char *path, int width) {
    if (dab_terminal_columns(path) <= width) {
        dab_terminal_cell(stdout, path, width, DAB_INK_PLAIN);
        return;
    }
    while (*path && dab_terminal_columns(path) > width - 1) path = g_utf8_next_char(path);
    fputs("…", stdout);
    dab_terminal_cell(stdout, path, width - 1, DAB_INK_PLAIN);
}

static void print_row(const DabOutput *o, const DabTally *t, int file, int title) {
    char year[16] = "-";
    if (o->year) g_snprintf(year, sizeof year, "%d", o->year);
    put_file(o->path ? o->path : "-", file);
    putchar(' ');
    dab_terminal_cell(stdout, o->title ? o->title : "-", title, DAB_INK_PLAIN);
    putchar(' ');
    dab_terminal_cell(stdout, year, 5, DAB_INK_PLAIN);
    dab_terminal_cell(stdout, o->genre ? o->genre : "-", 10, DAB_INK_PLAIN);
    count_cell((guint)MAX(o->pages, 0), 6, DAB_INK_PLAIN);
    count_cell(t->targets, 8, DAB_INK_PLAIN);
    count_cell(t->outcomes, 9, DAB_INK_PLAIN);
    count_cell(t->met, 4, DAB_INK_GREEN);
    count_cell(t->missed, 7, DAB_INK_RED);
    count_cell(o->n_unclaimed, 10, DAB_INK_YELLOW);
    putchar('\n');
}

/* A claim that its own numbers contradict tells most, the wider the gap the more; then any other finding. */
static Telling telling(DabOutput *o) {
    Telling t = {.output = o, .weight = -1};
    for (guint i = 0; i < o->links->len; i++) {
        const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        const DabOutputMeasure *target = dab_show_measure(o, l->target);
        if (l->agrees != 0 || !l->reported || g_strcmp0(l->verdict, "missed") != 0 || !target || !target->has_value) continue;
        double gap = l->has_margin && target->value != 0 ? l->margin / target->value : 0;
        double weight = 1 + MIN(gap < 0 ? -gap : gap, 1);
        if (weight > t.weight) t.weight = weight, t.link = l;
    }
    t.finding = dab_show_telling_finding(o);
    if (!t.link && t.finding) t.weight = 0.5;
    return t;
}

static void print_quoted(const char *what, const DabOutputMeasure *m, int width) {
    g_autofree char *quantity = dab_show_quantity(m);
    printf("  %-8s ", what);
    g_autofree char *line = g_strdup_printf("%s  %s  (page %d)", m->indicator ? m->indicator : "", quantity, m->page);
    dab_terminal_wrap(stdout, line, 11, width);
    if (m->sentence && strcmp(m->sentence, m->raw ? m->raw : "") != 0) {
        fputs("           ", stdout);
        dab_terminal_ink(stdout, DAB_INK_DIM);
        dab_terminal_wrap(stdout, m->sentence, 11, width);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
    }
}

static void print_telling(const Telling *t, int width) {
    const DabOutput *o = t->output;
    fputs("\nMost telling: ", stdout);
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    dab_terminal_wrap(stdout, o->title ? o->title : o->path ? o->path : "-", 14, width);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    if (t->link) {
        const DabOutputMeasure *target = dab_show_measure(o, t->link->target), *outcome = dab_show_measure(o, t->link->outcome);
        g_autofree char *verdict = dab_show_verdict(o, t->link);
        if (target) print_quoted("target", target, width);
        if (outcome) print_quoted("outcome", outcome, width);
        fputs("  verdict  ", stdout);
        dab_terminal_ink(stdout, DAB_INK_RED);
        dab_terminal_put(stdout, verdict, G_MAXINT);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
        fputs(", though the report says ", stdout);
        dab_terminal_put(stdout, t->link->reported, G_MAXINT);
        putchar('\n');
    } else {
        fputs("  ", stdout);
        dab_terminal_wrap(stdout, t->finding->message ? t->finding->message : "", 2, width);
    }
    if (o->path) {
        fputs("  in       ", stdout);
        dab_terminal_put(stdout, o->path, G_MAXINT);
        putchar('\n');
    }
}

static int summary(int argc, char **argv) {
    int width = MIN(dab_terminal_width(), WIDEST), status = DAB_EXIT_DONE;
    int rest = MAX(width - 61, 36), file = rest / 2, title = rest - file;
    Telling best = {.weight = -1};
    DabTally all = {0};
    guint n = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = dab_cli_files_below(argv[i], ".json");
        for (guint k = 0; k < files->len; k++) {
            g_autoptr(GError) error = NULL;
            DabOutput *o = dab_output_read(g_ptr_array_index(files, k), &error);
            if (!o) {
                fprintf(stderr, "%s: %s: %s\n", argv[0], (char *)g_ptr_array_index(files, k), error->message);
                status = DAB_EXIT_SOME_FAILED;
                continue;
            }
            if (n++ == 0) print_header(file, title);
            DabTally t = dab_show_tally(o);
            print_row(o, &t, file, title);
            all.targets += t.targets, all.outcomes += t.outcomes;
            all.met += t.met, all.missed += t.missed, all.unclear += t.unclear;
            Telling one = telling(o);
            if (one.weight > best.weight) {
                dab_output_free(best.output);
                best = one;
            } else
                dab_output_free(o);
        }
    }
    printf("%u report%s: %u targets, %u outcomes; %u targets met, %u missed, %u unclear\n", n, n == 1 ? "" : "s", all.targets,
           all.outcomes, all.met, all.missed, all.unclear);
    if (best.weight > 0) print_telling(&best, width);
    dab_output_free(best.output);
    return status;
}

int dab_cli_summary(int argc, char **argv) {
    const GOptionEntry options[] = {{0}};
    const DabCliHelp help = {"OUT…",
                             "Prints a table of what convert wrote into OUT, a line a report, and the most telling finding.",
                             "OUT is a folder of outputs, or an output.\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc < 2) return dab_cli_usage(argv[0], "which run? Name the folder that convert wrote into");
    return summary(argc, argv);
}
