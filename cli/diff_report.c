/* What differs between two outputs of one document, line by line. */
#include <stdio.h>
#include <string.h>

#include "cli/compare.h"
#include "cli/diff.h"
#include "cli/terminal.h"
#include "output/show.h"

typedef struct {
    const DabOutput *o;
    DabScored *scored; /* or NULL: there is no gold file */
    GHashTable *ids;   /* id → index of the measure, + 1 */
    GHashTable *links; /* "m3 m9", the ids of both ends → const DabOutputLink */
} Side;

typedef struct {
    const char *name;
    gboolean named; /* its name has been printed */
    Side a, b;
    DabSameNumbers *same;
    DabDiffSum *sum;
} Diff;

/* 0 wrong, 1 right, 2 fully right, -1 nobody knows: there is no gold, or it does not ask. */
static int worth(const Side *s, guint i) {
    if (!s->scored) return -1;
    gint gold = s->scored->of_output[i];
    if (gold >= 0) return s->scored->full[gold] ? 2 : 1;
    return s->scored->extra[i] ? 0 : -1;
}

static void begin_line(Diff *d) {
    if (d->named) return;
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    dab_terminal_put(stdout, d->name, G_MAXINT);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
    d->named = TRUE;
}

static void end_line(Diff *d, int gain) {
    if (gain > 0) d->sum->won++;
    if (gain < 0) d->sum->lost++;
    dab_terminal_ink(stdout, gain > 0 ? DAB_INK_GREEN : DAB_INK_RED);
    if (gain) fputs(gain > 0 ? "  won" : "  lost", stdout);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
}

static void put_measure(Diff *d, char sign, const DabOutputMeasure *m, const char *more, int gain) {
    g_autofree char *quantity = dab_show_quantity(m);
    g_autofree char *line = g_strdup_printf("  p%d %c %-9s %s  %s  %s", m->page, sign, m->role ? m->role : "-",
                                            m->indicator ? m->indicator : "-", quantity, more);
    begin_line(d);
    dab_terminal_put(stdout, line, G_MAXINT);
    end_line(d, gain);
    if (!m->sentence || !g_strcmp0(m->sentence, m->raw)) return;
    fputs("         ", stdout);
    dab_terminal_ink(stdout, DAB_INK_DIM);
    dab_terminal_put(stdout, m->sentence, MAX(dab_terminal_width() - 9, 20));
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
}

/* What became of a number that is no measure any more, or what it was before. */
static const char *otherwise(const DabOutput *o, const DabOutputMeasure *m) {
    for (guint i = 0; i < o->unclaimed->len; i++) {
        const DabOutputUnclaimed *u = &g_array_index(o->unclaimed, DabOutputUnclaimed, i);
        if (u->raw && m->raw && strstr(m->raw, u->raw) && u->page == m->page && !g_strcmp0(u->sentence, m->sentence))
            return "no rule takes it";
    }
    return "context";
}

static void diff_measures(Diff *d) {
    const DabOutput *a = d->a.o, *b = d->b.o;
    for (guint i = 0; i < a->measures->len; i++) {
        const DabOutputMeasure *m = &g_array_index(a->measures, DabOutputMeasure, i);
        gint k = d->same->in_b[i];
        if (k < 0) {
            int was = worth(&d->a, i);
            g_autofree char *more = g_strdup_printf("(%s; now %s)", m->rule ? m->rule : "-", otherwise(b, m));
            put_measure(d, '-', m, more, was < 0 ? 0 : was ? -1 : 1);
            d->sum->gone++;
            continue;
        }
        const DabOutputMeasure *now = &g_array_index(b->measures, DabOutputMeasure, k);
        gboolean other_rule = g_strcmp0(m->rule, now->rule) != 0;
        g_autofree char *difference = dab_measure_difference(m, now);
        d->sum->rules += !difference && other_rule;
        if (!difference) continue;
        g_autofree char *more = other_rule ? g_strdup_printf("%s (%s → %s)", difference, m->rule, now->rule)
                                           : g_strdup_printf("%s (%s)", difference, m->rule ? m->rule : "-");
        put_measure(d, '~', m, more, worth(&d->b, (guint)k) - worth(&d->a, i));
        d->sum->changed++;
    }
    for (guint k = 0; k < b->measures->len; k++) {
        if (d->same->in_a[k] >= 0) continue;
        const DabOutputMeasure *m = &g_array_index(b->measures, DabOutputMeasure, k);
        g_autofree char *more = g_strdup_printf("(%s; was %s)", m->rule ? m->rule : "-", otherwise(a, m));
        int is = worth(&d->b, k);
        put_measure(d, '+', m, more, is < 0 ? 0 : is ? 1 : -1);
        d->sum->added++;
    }
}

static char *ends_of(const char *target, const char *outcome) {
    return g_strconcat(target ? target : "", " ", outcome ? outcome : "", NULL);
}

static void index_side(Side *s) {
    s->ids = g_hash_table_new(g_str_hash, g_str_equal);
    s->links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < s->o->measures->len; i++) {
        const char *id = g_array_index(s->o->measures, DabOutputMeasure, i).id;
        if (id) g_hash_table_insert(s->ids, (gpointer)id, GUINT_TO_POINTER(i + 1));
    }
    for (guint i = 0; i < s->o->links->len; i++) {
        DabOutputLink *l = &g_array_index(s->o->links, DabOutputLink, i);
        g_hash_table_insert(s->links, ends_of(l->target, l->outcome), l);
    }
}

static void clear_side(Side *s) {
    g_hash_table_unref(s->ids);
    g_hash_table_unref(s->links);
}

/* The id that a measure of `from` has on the other side, or NULL. */
static const char *id_there(const Side *from, const Side *to, const gint *there, const char *id) {
    guint at = id ? GPOINTER_TO_UINT(g_hash_table_lookup(from->ids, id)) : 0;
    return at && there[at - 1] >= 0 ? g_array_index(to->o->measures, DabOutputMeasure, there[at - 1]).id : NULL;
}

static void put_link(Diff *d, char sign, const DabOutput *o, const DabOutputLink *l, const char *verdict) {
    const DabOutputMeasure *t = dab_show_measure(o, l->target), *r = dab_show_measure(o, l->outcome);
    if (!t || !r) return;
    g_autofree char *target = dab_show_quantity(t), *outcome = dab_show_quantity(r);
    g_autofree char *line = g_strdup_printf("  p%d %c link      %s  %s, %s  %s", t->page, sign, t->indicator ? t->indicator : "-",
                                            target, outcome, verdict);
    begin_line(d);
    dab_terminal_put(stdout, line, G_MAXINT);
    end_line(d, 0);
    d->sum->links++;
}

/* Links of `from` that `to` lacks; where `both` is set also those that are judged otherwise. */
static void diff_links(Diff *d, const Side *from, const Side *to, const gint *there, char sign, gboolean both) {
    for (guint i = 0; i < from->o->links->len; i++) {
        const DabOutputLink *l = &g_array_index(from->o->links, DabOutputLink, i);
        g_autofree char *ends = ends_of(id_there(from, to, there, l->target), id_there(from, to, there, l->outcome));
        const DabOutputLink *other = g_hash_table_lookup(to->links, ends);
        g_autofree char *verdict = dab_show_verdict(from->o, l), *now = other ? dab_show_verdict(to->o, other) : NULL;
        if (!other) {
            put_link(d, sign, from->o, l, verdict);
        } else if (both && strcmp(verdict, now) != 0) {
            g_autofree char *change = g_strdup_printf("%s → %s", verdict, now);
            put_link(d, '~', from->o, l, change);
        }
    }
}

static void diff_findings(Diff *d, const DabOutput *from, const DabOutput *to, char sign) {
    for (guint i = 0; i < from->findings->len; i++) {
        const DabOutputFinding *f = &g_array_index(from->findings, DabOutputFinding, i);
        gboolean there = FALSE;
        for (guint k = 0; k < to->findings->len && !there; k++) {
            const DabOutputFinding *g = &g_array_index(to->findings, DabOutputFinding, k);
            there = !g_strcmp0(f->kind, g->kind) && !g_strcmp0(f->message, g->message);
        }
        if (there) continue;
        begin_line(d);
        printf("     %c finding   ", sign);
        dab_terminal_put(stdout, f->message ? f->message : "-", G_MAXINT);
        putchar('\n');
        d->sum->findings += sign == '+' ? 1 : -1;
    }
}

void dab_diff_outputs(const char *name, const DabOutput *a, const DabOutput *b, const DabOutput *gold, DabDiffSum *sum) {
    Diff diff = {.name = name, .a.o = a, .b.o = b, .sum = sum}, *d = &diff;
    g_autoptr(DabScored) before = gold ? dab_score(gold, a) : NULL, after = gold ? dab_score(gold, b) : NULL;
    g_autoptr(DabSameNumbers) same = dab_same_numbers(a, b);
    d->a.scored = before, d->b.scored = after, d->same = same;
    if (gold) {
        dab_score_add(&sum->before, &before->sum);
        dab_score_add(&sum->after, &after->sum);
        sum->golds++;
    }
    diff_measures(d);
    index_side(&d->a);
    index_side(&d->b);
    diff_links(d, &d->a, &d->b, same->in_b, '-', TRUE);
    diff_links(d, &d->b, &d->a, same->in_a, '+', FALSE);
    clear_side(&d->a);
    clear_side(&d->b);
    diff_findings(d, a, b, '-');
    diff_findings(d, b, a, '+');
    sum->reports++;
    sum->differ += d->named;
    sum->unclaimed_before += a->n_unclaimed;
    sum->unclaimed += (gint)b->n_unclaimed - (gint)a->n_unclaimed;
}
