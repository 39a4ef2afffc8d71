/* dabiao inspect: one report in the terminal: what it is, what does not add up, targets beside outcomes. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"
#include "output/show.h"

#define WIDEST 150 /* columns: lines longer than that are hard to follow */

typedef struct {
    const DabOutput *o;
    int width;
    int indicator, quantity, verdict, claim; /* columns of the table; claim 0: no room for it */
} View;

static void heading(const char *title, const char *note) {
    putchar('\n');
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    fputs(title, stdout);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    if (note) {
        dab_terminal_ink(stdout, DAB_INK_DIM);
        printf("  %s", note);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
    }
    putchar('\n');
}

static void append_part(GString *line, const char *part) {
    if (!part || !*part) return;
    if (line->len) g_string_append(line, " | ");
    g_string_append(line, part);
}

static void show_head(const View *v) {
    const DabOutput *o = v->o;
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *year = o->year ? g_strdup_printf("%d", o->year) : NULL;
    g_autofree char *pages = g_strdup_printf("%" G_GINT64_FORMAT " page%s", o->pages, o->pages == 1 ? "" : "s");
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    dab_terminal_wrap(stdout, o->title ? o->title : "(no title)", 0, v->width);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    append_part(line, o->issuer);
    append_part(line, year);
    append_part(line, o->genre);
    append_part(line, o->number);
    append_part(line, o->date);
    dab_terminal_wrap(stdout, line->str, 0, v->width);
    g_string_truncate(line, 0);
    append_part(line, o->path);
    append_part(line, pages);
    g_string_append_printf(line, " | %u numbers: %u in measures, %u context, %u unclaimed", o->n_total, o->n_measures, o->n_context,
                           o->n_unclaimed);
    dab_terminal_ink(stdout, DAB_INK_DIM);
    dab_terminal_wrap(stdout, line->str, 0, v->width);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
}

static void show_findings(const View *v) {
    if (v->o->findings->len == 0) return;
    heading("Findings", NULL);
    for (guint i = 0; i < v->o->findings->len; i++) {
        const DabOutputFinding *f = &g_array_index(v->o->findings, DabOutputFinding, i);
        dab_terminal_ink(stdout, DAB_INK_RED);
        fputs("  ! ", stdout);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
        dab_terminal_wrap(stdout, f->message ? f->message : "", 4, v->width);
    }
}

static const DabOutputLink *link_from(const DabOutput *o, const char *target, guint *from) {
    for (; *from < o->links->len; ++*from) {
        const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, *from);
        if (g_strcmp0(l->target, target) == 0) {
            ++*from;
            return l;
        }
    }
    return NULL;
}

static gboolean is_answer(const DabOutput *o, const char *id) {
    for (guint i = 0; i < o->links->len; i++)
        if (g_strcmp0(g_array_index(o->links, DabOutputLink, i).outcome, id) == 0) return TRUE;
    return FALSE;
}

/* Behind the verdict; where the terminal is narrow, and then only a claim that is wrong, on a line of its own. */
static void show_claim(const View *v, const DabOutputLink *l) {
    if (!l->reported || (v->claim == 0 && l->agrees != 0)) return;
    if (v->claim == 0) printf("\n%*s", 4, "");
    dab_terminal_ink(stdout, l->agrees == 0 ? DAB_INK_RED : DAB_INK_DIM);
    fputs(l->agrees == 0 ? " but it says " : " it says ", stdout);
    dab_terminal_put(stdout, l->reported, 12);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
}

static DabInk verdict_ink(const char *verdict) {
    if (g_strcmp0(verdict, "met") == 0) return DAB_INK_GREEN;
    return g_strcmp0(verdict, "missed") == 0 ? DAB_INK_RED : DAB_INK_YELLOW;
}

static void show_place(const DabOutputMeasure *m) {
    char page[16];
    g_snprintf(page, sizeof page, "p%d", m->page);
    dab_terminal_cell(stdout, page, 5, DAB_INK_DIM);
}

/* One line: a target and the outcome that answers it, where there is one; or a measure alone. */
static void show_row(const View *v, const DabOutputMeasure *m, const DabOutputLink *l) {
    g_autofree char *quantity = dab_show_quantity(m);
    show_place(m);
    dab_terminal_cell(stdout, m->indicator ? m->indicator : "", v->indicator + (l ? 0 : v->quantity + 2), DAB_INK_PLAIN);
    fputs("  ", stdout);
    const DabOutputMeasure *answer = l ? dab_show_measure(v->o, l->outcome) : NULL;
    if (!answer && !m->deadline && !m->as_of) { /* nothing follows: no blanks at the end */
        dab_terminal_put(stdout, quantity, v->quantity);
        putchar('\n');
        return;
    }
    dab_terminal_cell(stdout, quantity, v->quantity, DAB_INK_PLAIN);
    fputs("  ", stdout);
    if (answer) {
        g_autofree char *reached = dab_show_quantity(answer), *verdict = dab_show_verdict(v->o, l);
        dab_terminal_cell(stdout, reached, v->quantity, DAB_INK_PLAIN);
        fputs("  ", stdout);
        dab_terminal_cell(stdout, verdict, l->reported && v->claim ? v->verdict : dab_terminal_columns(verdict),
                          verdict_ink(l->verdict));
        show_claim(v, l);
    } else if (m->deadline) {
        dab_terminal_ink(stdout, DAB_INK_DIM);
        printf("by %s", m->deadline);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
    } else if (m->as_of) {
        dab_terminal_ink(stdout, DAB_INK_DIM);
        printf("as of %s", m->as_of);
        dab_terminal_ink(stdout, DAB_INK_PLAIN);
    }
    putchar('\n');
}

static void show_answered(const View *v) {
    const DabOutput *o = v->o;
    if (o->links->len == 0) return;
    DabTally t = dab_show_tally(o);
    g_autofree char *note = g_strdup_printf("%u met, %u missed, %u unclear", t.met, t.missed, t.unclear);
    heading("Targets and their outcomes", note);
    dab_terminal_cell(stdout, "", 5, DAB_INK_DIM);
    dab_terminal_cell(stdout, "indicator", v->indicator + 2, DAB_INK_DIM);
    dab_terminal_cell(stdout, "target", v->quantity + 2, DAB_INK_DIM);
    dab_terminal_cell(stdout, "outcome", v->quantity + 2, DAB_INK_DIM);
    dab_terminal_cell(stdout, "verdict", 7, DAB_INK_DIM);
    putchar('\n');
    for (guint i = 0; i < o->measures->len; i++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, i);
        guint from = 0;
        for (const DabOutputLink *l; (l = link_from(o, m->id, &from));) show_row(v, m, l);
    }
}

/* Measures of a role that no link has shown. */
static void show_alone(const View *v, const char *role, const char *title) {
    const DabOutput *o = v->o;
    guint n = 0;
    for (guint pass = 0; pass < 2; pass++) {
        if (pass == 1 && n == 0) return;
        g_autofree char *count = g_strdup_printf("%u", n);
        if (pass == 1) heading(title, count);
        for (guint i = 0; i < o->measures->len; i++) {
            const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, i);
            guint from = 0;
            if (g_strcmp0(m->role, role) != 0 || link_from(o, m->id, &from) || is_answer(o, m->id)) continue;
            if (pass == 0)
                n++;
            else
                show_row(v, m, NULL);
        }
    }
}

static void show_unclaimed(const View *v) {
    if (v->o->unclaimed->len == 0) return;
    heading("Numbers that no rule took", NULL);
    for (guint i = 0; i < v->o->unclaimed->len; i++) {
        const DabOutputUnclaimed *u = &g_array_index(v->o->unclaimed, DabOutputUnclaimed, i);
        char page[16];
        g_snprintf(page, sizeof page, "p%d", u->page);
        dab_terminal_cell(stdout, page, 5, DAB_INK_DIM);
        dab_terminal_cell(stdout, u->raw ? u->raw : "", 12, DAB_INK_YELLOW);
        fputs("  ", stdout);
        dab_terminal_put(stdout, u->sentence ? u->sentence : "", v->width - 19);
        putchar('\n');
    }
}

static void show_warnings(const View *v) {
    for (guint i = 0; i < v->o->warnings->len; i++) {
        const DabOutputFinding *w = &g_array_index(v->o->warnings, DabOutputFinding, i);
        if (i == 0) heading("Warnings", NULL);
        fputs("  ", stdout);
        dab_terminal_wrap(stdout, w->message ? w->message : "", 2, v->width);
    }
}

static void show(const DabOutput *o) {
    View v = {.o = o, .width = MIN(dab_terminal_width(), WIDEST)};
    v.claim = v.width < 90 ? 0 : 20;
    v.quantity = v.width < 90 ? 13 : v.width < 120 ? 15 : 20;
    v.verdict = v.width < 90 ? 14 : 16;
    v.indicator = MAX(12, v.width - 5 - 2 * (v.quantity + 2) - v.verdict - 2 - v.claim);
    show_head(&v);
    show_findings(&v);
    show_answered(&v);
    show_alone(&v, "target", "Targets without an outcome in this report");
    show_alone(&v, "outcome", "Outcomes");
    show_alone(&v, "reference", "References");
    show_unclaimed(&v);
    show_warnings(&v);
}

int dab_cli_inspect(int argc, char **argv) {
    const GOptionEntry options[] = {{0}};
    const DabCliHelp help = {"FILE.json…",
                             "Shows reports that convert wrote: findings, targets beside outcomes, what no rule took.",
                             "Colours only on a terminal, and not where NO_COLOR is set.  … | less -R\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc < 2) return dab_cli_usage(argv[0], "which report? Name a .json file that convert wrote");
    status = DAB_EXIT_DONE;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(DabOutput) o = dab_output_read(argv[i], &error);
        if (o) {
            if (i > 1) putchar('\n');
            show(o);
        } else {
            fprintf(stderr, "dabiao inspect: %s: %s\n", argv[i], error->message);
            status = DAB_EXIT_SOME_FAILED;
        }
    }
    return status;
}
