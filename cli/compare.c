#include "cli/compare.h"

#include <string.h>

#include "output/show.h"

static const DabOutputMeasure *at(const DabOutput *o, guint i) {
    return &g_array_index(o->measures, DabOutputMeasure, i);
}

static char *key_of(const DabOutputMeasure *m) {
    return g_strdup_printf("%d\n%s\n%s", m->page, m->raw ? m->raw : "", m->sentence ? m->sentence : "");
}

static gboolean same_number(const DabOutputMeasure *a, const DabOutputMeasure *b) {
    if (a->page != b->page || g_strcmp0(a->sentence, b->sentence) || !a->raw || !b->raw) return FALSE;
    return strstr(a->raw, b->raw) || strstr(b->raw, a->raw);
}

static void pair(DabSameNumbers *m, guint a, guint b) {
    m->in_b[a] = (gint)b;
    m->in_a[b] = (gint)a;
}

/* The k-th number of a key answers to the k-th of the other side. */
static void match_exactly(DabSameNumbers *m, const DabOutput *a, const DabOutput *b) {
    g_autoptr(GHashTable) waiting = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_queue_free);
    for (guint i = 0; i < a->measures->len; i++) {
        char *key = key_of(at(a, i));
        GQueue *queue = g_hash_table_lookup(waiting, key);
        if (queue)
            g_free(key);
        else
            g_hash_table_insert(waiting, key, queue = g_queue_new());
        g_queue_push_tail(queue, GUINT_TO_POINTER(i + 1));
    }
    for (guint i = 0; i < b->measures->len; i++) {
        g_autofree char *key = key_of(at(b, i));
        GQueue *queue = g_hash_table_lookup(waiting, key);
        guint other = queue ? GPOINTER_TO_UINT(g_queue_pop_head(queue)) : 0;
        if (other) pair(m, other - 1, i);
    }
}

DabSameNumbers *dab_same_numbers(const DabOutput *a, const DabOutput *b) {
    DabSameNumbers *m = g_new0(DabSameNumbers, 1);
    m->in_b = g_new(gint, a->measures->len + 1);
    m->in_a = g_new(gint, b->measures->len + 1);
    for (guint i = 0; i < a->measures->len; i++) m->in_b[i] = -1;
    for (guint i = 0; i < b->measures->len; i++) m->in_a[i] = -1;
    match_exactly(m, a, b);
    guint from = 0; /* both are in order of the document: what is left is looked for behind the last pair */
    for (guint i = 0; i < a->measures->len; i++) {
        if (m->in_b[i] >= 0) {
            from = (guint)m->in_b[i] + 1;
            continue;
        }
        for (guint k = from; k < b->measures->len && m->in_a[k] < 0; k++)
            if (same_number(at(a, i), at(b, k))) {
                pair(m, i, k);
                from = k + 1;
                break;
            }
    }
    return m;
}

void dab_same_numbers_free(DabSameNumbers *m) {
    if (!m) return;
    g_free(m->in_a);
    g_free(m->in_b);
    g_free(m);
}

static void say(GString *out, const char *what, const char *a, const char *b) {
    if (g_strcmp0(a, b)) g_string_append_printf(out, "%s%s %s → %s", out->len ? ", " : "", what, a ? a : "none", b ? b : "none");
}

static void say_quantity(GString *out, const DabOutputMeasure *a, const DabOutputMeasure *b) {
    gboolean same = a->has_value == b->has_value && a->has_low == b->has_low && a->has_high == b->has_high &&
                    a->value == b->value && a->low == b->low && a->high == b->high;
    g_autofree char *before = dab_show_value(a), *after = dab_show_value(b);
    if (!same) say(out, "value", before, after);
    say(out, "unit", a->unit, b->unit);
    say(out, "comparator", a->comparator, b->comparator);
    if (a->approximate != b->approximate)
        g_string_append_printf(out, "%s%s", out->len ? ", " : "", b->approximate ? "about" : "exact");
}

char *dab_measure_difference(const DabOutputMeasure *a, const DabOutputMeasure *b) {
    g_autoptr(GString) out = g_string_new(NULL);
    say(out, "role", a->role, b->role);
    say(out, "indicator", a->indicator, b->indicator);
    say_quantity(out, a, b);
    say(out, "change", a->change, b->change);
    say(out, "deadline", a->deadline, b->deadline);
    say(out, "as of", a->as_of, b->as_of);
    say(out, "scope", a->scope, b->scope);
    if (a->year != b->year) g_string_append_printf(out, "%syear %d → %d", out->len ? ", " : "", a->year, b->year);
    return out->len ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}
