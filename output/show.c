#include "output/show.h"

#include <math.h>
#include <string.h>

char *dab_show_number(double number) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, fabs(number) < 1e15 && number == floor(number) ? "%.0f" : "%.12g", number);
    GString *out = g_string_new(digits);
    char *point = strchr(digits, '.');
    gssize end = point ? point - digits : (gssize)out->len;
    if (strchr(digits, 'e')) return g_string_free(out, FALSE);
    for (gssize at = end - 3; at > (digits[0] == '-'); at -= 3) g_string_insert_c(out, at, ',');
    return g_string_free(out, FALSE);
}

char *dab_show_value(const DabOutputMeasure *m) {
    if (!m->has_low && !m->has_high) return dab_show_number(m->value);
    g_autofree char *low = m->has_low ? dab_show_number(m->low) : g_strdup("");
    g_autofree char *high = m->has_high ? dab_show_number(m->high) : g_strdup("");
    return g_strconcat(low, "-", high, NULL);
}

char *dab_show_quantity(const DabOutputMeasure *m) {
    GString *out = g_string_new(NULL);
    const char *unit = m->unit ? m->unit : "";
    if (g_strcmp0(m->change, "increase") == 0) g_string_append(out, "up ");
    if (g_strcmp0(m->change, "decrease") == 0) g_string_append(out, "down ");
    if (m->comparator && strcmp(m->comparator, "=") != 0) g_string_append_printf(out, "%s ", m->comparator);
    if (m->approximate) g_string_append(out, "~ ");
    if (m->raw && *unit && g_str_has_suffix(m->raw, unit))
        g_string_append(out, m->raw);
    else {
        g_autofree char *value = dab_show_value(m);
        g_string_append_printf(out, "%s%s%s", value, g_unichar_isalnum(g_utf8_get_char(unit)) ? " " : "", unit);
    }
    return g_string_free(out, FALSE);
}

/* The number that a measure's own words begin with is its value in their unit: 1.27 of 1.27亿元. How many times smaller it is than
 * the value, and what stands behind it; 1 where the words do not say it so. */
static double scale_of(const DabOutputMeasure *m, const char **unit) {
    char *end = NULL;
    double printed = m && m->raw && g_ascii_isdigit(m->raw[0]) ? g_ascii_strtod(m->raw, &end) : 0;
    if (!(printed > 0) || !m->has_value || m->approximate || *end == ',' || !*end) return 1;
    *unit = end;
    return m->value / printed;
}

char *dab_show_verdict(const DabOutput *o, const DabOutputLink *l) {
    const char *verdict = l->verdict ? l->verdict : "unclear";
    if (!l->has_margin || l->margin == 0 || strcmp(verdict, "unclear") == 0) return g_strdup(verdict);
    const DabOutputMeasure *sides[] = {dab_show_measure(o, l->target), dab_show_measure(o, l->outcome)};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        const char *unit = "";
        double scale = scale_of(sides[i], &unit), gap = fabs(l->margin) / scale;
        double zeros = log10(scale); /* 3万5千 begins with 3, and is no 万5千 times it */
        if (!(scale >= 1000) || fabs(zeros - round(zeros)) > 1e-9 || strpbrk(unit, "0123456789") || gap < 0.1) continue;
        g_autofree char *said = dab_show_number(round(gap * 1e6) / 1e6);
        return g_strdup_printf("%s by %s%s", verdict, said, unit);
    }
    g_autofree char *margin = dab_show_number(fabs(l->margin));
    return g_strdup_printf("%s by %s", verdict, margin);
}

DabTally dab_show_tally(const DabOutput *o) {
    DabTally t = {0};
    for (guint i = 0; i < o->measures->len; i++) {
        const char *role = g_array_index(o->measures, DabOutputMeasure, i).role;
        t.targets += g_strcmp0(role, "target") == 0;
        t.outcomes += g_strcmp0(role, "outcome") == 0;
    }
    for (guint i = 0; i < o->links->len; i++) {
        const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        t.met += g_strcmp0(l->verdict, "met") == 0;
        t.missed += g_strcmp0(l->verdict, "missed") == 0;
        t.contradicted += l->agrees == 0;
    }
    t.unclear = o->links->len - t.met - t.missed;
    return t;
}

const DabOutputFinding *dab_show_telling_finding(const DabOutput *o) {
    const DabOutputFinding *best = NULL;
    for (guint i = 0; i < o->findings->len; i++) {
        const DabOutputFinding *f = &g_array_index(o->findings, DabOutputFinding, i);
        if (!best) best = f;
        if (g_strcmp0(f->kind, "claim_contradicted") == 0) return f;
    }
    return best;
}

const DabOutputMeasure *dab_show_measure(const DabOutput *o, const char *id) {
    gint i = dab_output_find(o, id);
    return i < 0 ? NULL : &g_array_index(o->measures, DabOutputMeasure, i);
}
