#include "cli/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define INDICATOR_MAX 48 /* characters: a whole sentence names nothing */

typedef struct {
    const DabOutputMeasure *m;
    char *context, *evidence, *indicator, *unit;
} Plain;

typedef struct {
    Plain *items;
    guint n;
} Side;

typedef struct {
    int quality;  /* 2 for the indicator, 1 for the comparator */
    double apart; /* in the order of both lists, 0 … 1 */
    guint gold, output;
} Candidate;

static gboolean is_blank(gunichar c) {
    return g_unichar_isspace(c) || c == 0x0B || (c >= 0x1C && c <= 0x1F) || c == 0x85;
}

/* Without blanks, full-width ASCII and the many dashes and double quotes as ASCII. */
static char *squash(const char *s) {
    GString *out = g_string_new(NULL);
    for (const char *p = s ? s : ""; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_blank(c)) continue;
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if ((c >= 0x2010 && c <= 0x2015 && c != 0x2012) || c == 0x2212) c = '-';
        if (c == 0x201C || c == 0x201D) c = '"';
        g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static Side plain_side(const GArray *measures) {
    Side side = {.items = g_new0(Plain, measures->len + 1), .n = measures->len};
    for (guint i = 0; i < side.n; i++) {
        const DabOutputMeasure *m = &g_array_index(measures, DabOutputMeasure, i);
        Plain *p = &side.items[i];
        p->m = m;
        p->context = squash(m->sentence);
        if (!*p->context) {
            g_free(p->context);
            p->context = squash(m->raw);
        }
        p->evidence = squash(m->evidence);
        p->indicator = squash(m->indicator);
        p->unit = squash(m->unit);
    }
    return side;
}

static void side_free(Side *side) {
    for (guint i = 0; i < side->n; i++) {
        g_free(side->items[i].context);
        g_free(side->items[i].evidence);
        g_free(side->items[i].indicator);
        g_free(side->items[i].unit);
    }
    g_free(side->items);
}

static gboolean near(gboolean has_a, double a, gboolean has_b, double b) {
    if (!has_a || !has_b) return has_a == has_b;
    return fabs(a - b) <= 1e-6 * fmax(1, fmax(fabs(a), fabs(b)));
}

static gboolean value_ok(const Plain *g, const Plain *p) {
    const DabOutputMeasure *a = g->m, *b = p->m;
    if (a->has_low || a->has_high)
        return near(a->has_low, a->low, b->has_low, b->low) && near(a->has_high, a->high, b->has_high, b->high);
    if (!a->has_value || !b->has_value) return FALSE;
    if (near(TRUE, a->value, TRUE, b->value)) return TRUE;
    if (strcmp(g->unit, "%") != 0 || fabs(a->value - b->value) >= 0.011 || strchr(g->evidence, '%')) return FALSE;
    char digits[G_ASCII_DTOSTR_BUF_SIZE]; /* a share told in words, two thirds, which gold rounds to 66.67 % */
    return !strstr(g->evidence, g_ascii_formatd(digits, sizeof digits, "%.15g", a->value));
}

static gboolean same_unit(const char *gold, const char *said) {
    g_autofree char *g0 = squash(gold), *g = g_utf8_strdown(g0, -1), *p = g_utf8_strdown(said, -1);
    if (!*g || !*p) return *g == *p;
    return g_str_has_prefix(g, p) || g_str_has_prefix(p, g);
}

static gboolean unit_ok(const Plain *g, const Plain *p) {
    if (!g->m->units_any || !*g->m->units_any) return same_unit(g->m->unit, p->unit);
    for (char **u = g->m->units_any; *u; u++)
        if (same_unit(*u, p->unit)) return TRUE;
    return FALSE;
}

/* The share of the different pairs of neighbours in `evidence` that stand in `context`, at least 60 %. */
static gboolean mostly_in(const char *evidence, const char *context) {
    guint pairs = 0, found = 0;
    for (const char *p = evidence; *p && *g_utf8_next_char(p); p = g_utf8_next_char(p)) {
        gsize width = (gsize)(g_utf8_next_char(g_utf8_next_char(p)) - p);
        g_autofree char *pair = g_strndup(p, width);
        if (strstr(evidence, pair) < p) continue; /* counted */
        pairs++;
        found += strstr(context, pair) != NULL;
    }
    return pairs && (double)found / pairs >= 0.6;
}

static gboolean context_ok(const Plain *g, const Plain *p) {
    return strstr(p->context, g->evidence) || mostly_in(g->evidence, p->context);
}

static gboolean indicator_ok(const Plain *g, const Plain *p) {
    if (!*p->indicator || g_utf8_strlen(p->indicator, -1) > INDICATOR_MAX) return FALSE;
    if (!g->m->indicator_any || !*g->m->indicator_any) return strstr(p->indicator, g->indicator) != NULL;
    for (char **any = g->m->indicator_any; *any; any++) {
        g_autofree char *name = squash(*any);
        if (strstr(p->indicator, name)) return TRUE;
    }
    return FALSE;
}

static gboolean comparator_ok(const Plain *g, const Plain *p) {
    const char *said = p->m->comparator && *p->m->comparator ? p->m->comparator : "=";
    if (!g->m->comparators || !*g->m->comparators) return strcmp(said, "=") == 0;
    return g_strv_contains((const char *const *)g->m->comparators, said);
}

static int best_first(const void *x, const void *y) {
    const Candidate *a = x, *b = y;
    if (a->quality != b->quality) return b->quality - a->quality;
    if (a->apart != b->apart) return a->apart < b->apart ? -1 : 1;
    if (a->gold != b->gold) return a->gold > b->gold ? -1 : 1;
    return a->output > b->output ? -1 : a->output < b->output;
}

static void make_pairs(const Side *g, const Side *p, DabScored *s) {
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
    for (guint i = 0; i < g->n; i++)
        for (guint k = 0; k < p->n; k++) {
            const Plain *a = &g->items[i], *b = &p->items[k];
            if (g_strcmp0(a->m->role, b->m->role) != 0 || !value_ok(a, b) || !unit_ok(a, b) || !context_ok(a, b)) continue;
            Candidate c = {.quality = 2 * indicator_ok(a, b) + comparator_ok(a, b),
                           .apart = fabs((double)i / MAX(1, g->n) - (double)k / MAX(1, p->n)),
                           .gold = i,
                           .output = k};
            g_array_append_val(candidates, c);
        }
    g_array_sort(candidates, best_first);
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *c = &g_array_index(candidates, Candidate, i);
        if (s->of_gold[c->gold] >= 0 || s->of_output[c->output] >= 0) continue;
        s->of_gold[c->gold] = (gint)c->output;
        s->of_output[c->output] = (gint)c->gold;
    }
}

static gboolean forgiven(const Side *g, const DabScored *s, const Plain *p) {
    for (guint i = 0; i < g->n; i++)
        if (!s->required[i] && value_ok(&g->items[i], p) && context_ok(&g->items[i], p)) return TRUE;
    return FALSE;
}

static void count_measures(const Side *g, const Side *p, DabScored *s) {
    for (guint i = 0; i < g->n; i++) {
        s->required[i] = !g->items[i].m->optional && g_strcmp0(g->items[i].m->role, "reference") != 0;
        if (!s->required[i]) continue;
        s->sum.required++;
        if (s->of_gold[i] < 0) continue;
        const Plain *said = &p->items[s->of_gold[i]];
        gboolean indicator = indicator_ok(&g->items[i], said), comparator = comparator_ok(&g->items[i], said);
        s->full[i] = indicator && comparator;
        s->sum.hit++;
        s->sum.indicators += indicator;
        s->sum.comparators += comparator;
        s->sum.full += s->full[i];
    }
    for (guint k = 0; k < p->n; k++) {
        const char *role = p->items[k].m->role;
        if (s->of_output[k] >= 0 || (g_strcmp0(role, "target") != 0 && g_strcmp0(role, "outcome") != 0)) continue;
        s->extra[k] = !forgiven(g, s, &p->items[k]);
        s->sum.extra += s->extra[k];
    }
}

/* A link as a key: gold indices of its ends, where they have any. The caller frees it. */
static char *link_key(const DabOutput *o, const DabOutputLink *l, const gint *to_gold) {
    gint a = dab_output_find(o, l->target), b = dab_output_find(o, l->outcome);
    if (a < 0 || b < 0) return NULL;
    if (!to_gold) return g_strdup_printf("%d %d", a, b);
    return g_strdup_printf("%s%d %s%d", to_gold[a] < 0 ? "-" : "", to_gold[a] < 0 ? a : to_gold[a], to_gold[b] < 0 ? "-" : "",
                           to_gold[b] < 0 ? b : to_gold[b]);
}

static GHashTable *links_by_key(const DabOutput *o, const gint *to_gold) {
    GHashTable *links = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < o->links->len; i++) {
        DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        char *key = link_key(o, l, to_gold);
        if (key) g_hash_table_replace(links, key, l);
    }
    return links;
}

static void count_links(const DabOutput *gold, const DabOutput *output, DabScored *s) {
    g_autoptr(GHashTable) wanted = links_by_key(gold, NULL), said = links_by_key(output, s->of_output);
    s->sum.links = g_hash_table_size(wanted);
    s->sum.said_links = g_hash_table_size(said);
    for (guint i = 0; i < gold->links->len; i++) {
        const DabOutputLink *l = &g_array_index(gold->links, DabOutputLink, i);
        g_autofree char *key = link_key(gold, l, NULL);
        if (!key || g_hash_table_lookup(wanted, key) != l) continue;
        const DabOutputLink *answer = g_hash_table_lookup(said, key);
        if (answer && g_strcmp0(answer->verdict, l->verdict) == 0)
            s->sum.right_links++;
        else
            g_ptr_array_add(s->missed_links, (void *)l);
    }
}

DabScored *dab_score(const DabOutput *gold, const DabOutput *output) {
    Side g = plain_side(gold->measures), p = plain_side(output->measures);
    DabScored *s = g_new0(DabScored, 1);
    s->of_gold = g_new(gint, g.n + 1);
    s->of_output = g_new(gint, p.n + 1);
    for (guint i = 0; i <= g.n; i++) s->of_gold[i] = -1;
    for (guint k = 0; k <= p.n; k++) s->of_output[k] = -1;
    s->required = g_new0(gboolean, g.n + 1);
    s->full = g_new0(gboolean, g.n + 1);
    s->extra = g_new0(gboolean, p.n + 1);
    s->missed_links = g_ptr_array_new();
    make_pairs(&g, &p, s);
    count_measures(&g, &p, s);
    count_links(gold, output, s);
    side_free(&g);
    side_free(&p);
    return s;
}

void dab_scored_free(DabScored *s) {
    if (!s) return;
    g_free(s->of_gold);
    g_free(s->of_output);
    g_free(s->required);
    g_free(s->full);
    g_free(s->extra);
    g_ptr_array_unref(s->missed_links);
    g_free(s);
}

void dab_score_add(DabScore *sum, const DabScore *one) {
    sum->required += one->required;
    sum->hit += one->hit;
    sum->full += one->full;
    sum->extra += one->extra;
    sum->indicators += one->indicators;
    sum->comparators += one->comparators;
    sum->links += one->links;
    sum->said_links += one->said_links;
    sum->right_links += one->right_links;
}

double dab_f1(guint hit, guint required, guint extra, double *precision, double *recall) {
    double p = hit + extra ? (double)hit / (hit + extra) : required ? 0 : 1;
    double r = required ? (double)hit / required : 1;
    if (precision) *precision = p;
    if (recall) *recall = r;
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}
