#include "extract/text_habits.h"

#define MAX_LABEL 16          /* cells: a cell's word that comes again in each row */
#define MAX_LABEL_LINES 50000 /* lines among which repeated ones are looked for */

/* The most frequent of up to 64 small values. */
static guint mode_of(const guint counts[64]) {
    guint best = 0;
    for (guint i = 1; i < 64; i++)
        if (counts[i] > counts[best]) best = i;
    return best;
}

static char *content(const DabLayout *layout, const DabTextLine *l) {
    GString *s = g_string_new(NULL);
    for (guint i = l->first; i < l->first + l->n; i++) g_string_append_unichar(s, g_array_index(layout->glyphs, DabGlyph, i).ch);
    return g_string_free(s, FALSE);
}

gboolean dab_habit_label(const DabTextHabits *h, const DabTextLine *l) {
    if (!h->labels || l->width > MAX_LABEL || l->end != DAB_END_OPEN || l->clause_inside) return FALSE;
    g_autofree char *s = content(h->layout, l);
    return GPOINTER_TO_UINT(g_hash_table_lookup(h->labels, s)) >= 3;
}

void dab_habits_count_labels(DabTextHabits *h) {
    if (h->flow->len > MAX_LABEL_LINES) return;
    h->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < h->flow->len; i++) {
        const DabTextLine *l = dab_habit_line(h, i);
        if (l->width > MAX_LABEL) continue;
        char *s = content(h->layout, l);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(h->labels, s));
        g_hash_table_replace(h->labels, s, GUINT_TO_POINTER(n + 1));
    }
}

/* How many of the lines counted by width stand in the three most frequent widths, two cells up and down. */
static guint in_clusters(guint counts[DAB_TEXT_MAX_WIDTH + 1]) {
    guint sum = 0;
    for (guint round = 0; round < 3; round++) {
        guint best = 2, best_n = 0;
        for (guint w = 2; w + 2 <= DAB_TEXT_MAX_WIDTH; w++) {
            guint n = counts[w - 2] + counts[w - 1] + counts[w] + counts[w + 1] + counts[w + 2];
            if (n > best_n) best = w, best_n = n;
        }
        if (best_n < 2) break;
        sum += best_n;
        for (guint w = best - 2; w <= best + 2; w++) counts[w] = 0;
    }
    return sum;
}

/* Whether lines are cut at a width. Two signs, each enough: most lines end in mid-sentence, and most of these have a neighbour
 * as wide as they are; or lines with commas go on without a stop, and their widths are few. Lists of short lines have
 * neither. */
static gboolean looks_wrapped(const DabTextHabits *h) {
    guint open = 0, like = 0, prose = 0, cut = 0, widths[DAB_TEXT_MAX_WIDTH + 1] = {0};
    for (guint i = 0; i + 1 < h->flow->len; i++) {
        const DabTextLine *l = dab_habit_line(h, i), *next = dab_habit_line(h, i + 1),
                          *before = i ? dab_habit_line(h, i - 1) : NULL;
        prose += l->clause_inside || l->end != DAB_END_OPEN;
        if (!dab_text_is_open(l)) continue;
        open++;
        guint width = dab_text_filled(l, next), slack = dab_text_tolerance(width);
        if (width > DAB_TEXT_MAX_WIDTH || dab_text_extent(next) > width + slack) continue;
        like += dab_text_distance(width, dab_text_extent(next)) <= slack ||
                (before && dab_text_distance(width, dab_text_filled(before, l)) <= slack);
        if ((l->clause_inside || l->end == DAB_END_CLAUSE) && (next->start == DAB_START_PLAIN || next->start == DAB_START_DECIMAL))
            widths[width]++, cut++;
    }
    if (open >= 2 && like * 2 >= open && open * 5 >= h->flow->len * 2 && prose * 4 >= h->flow->len) return TRUE;
    return cut >= 3 && cut * 8 >= h->flow->len && in_clusters(widths) * 10 >= cut * 7;
}

gboolean dab_habit_indent(const DabTextHabits *h, const DabTextLine *l) {
    return l->indent >= h->base_indent + 2 && l->indent <= h->base_indent + DAB_TEXT_MAX_INDENT;
}

/* Whether what follows a paragraph's short last line is mostly indented. */
static gboolean looks_indented(const DabTextHabits *h) {
    guint indented = 0, plain = 0;
    for (guint i = 2; i < h->flow->len; i++) {
        const DabTextLine *m = dab_habit_line(h, i), *l = dab_habit_line(h, i - 1), *before = dab_habit_line(h, i - 2);
        if (dab_text_is_open(l) || l->width + 2 * dab_text_tolerance(l->width) >= before->width) continue;
        if (dab_habit_indent(h, m))
            indented++;
        else
            plain++;
    }
    return indented >= 3 && indented * 3 >= (indented + plain) * 2;
}

/* The indent of most lines; in a text of short paragraphs that is the indent of their first lines, and long lines go on below with
 * less. */
static guint find_base(const DabTextHabits *h, const guint indents[64]) {
    guint usual = mode_of(indents), outer[64] = {0}, level = 0, out = 0;
    for (guint i = 0; i + 1 < h->flow->len && usual >= 2; i++) {
        const DabTextLine *l = dab_habit_line(h, i), *m = dab_habit_line(h, i + 1);
        if (l->indent != usual || !dab_text_is_open(l) || l->width < DAB_TEXT_LONG_LINE) continue;
        level += m->indent == usual;
        if (m->indent + 2 <= usual) outer[m->indent]++, out++;
    }
    return out > level ? mode_of(outer) : usual;
}

void dab_habits_learn(DabTextHabits *h) {
    guint blanks[64] = {0}, indents[64] = {0}, apart = 0;
    for (guint i = 0; i < h->flow->len; i++) {
        const DabTextLine *l = dab_habit_line(h, i);
        indents[MIN(l->indent, 63)]++;
        if (i) blanks[MIN(l->blank_before, 63)]++, apart += l->blank_before > 0;
        if (dab_text_is_open(l) && dab_text_extent(l) <= DAB_TEXT_MAX_WIDTH) h->open[dab_text_extent(l)]++, h->n_open++;
    }
    h->wrapped = looks_wrapped(h);
    h->spaced = h->wrapped && apart * 5 >= (h->flow->len - 1) * 3;
    h->usual_blanks = mode_of(blanks);
    h->base_indent = h->wrapped ? find_base(h, indents) : 0;
    h->indented = h->wrapped && looks_indented(h);
}

gboolean dab_habit_usual_width(const DabTextHabits *h, guint width) {
    guint near = 0, slack = dab_text_tolerance(width) / 2;
    for (guint w = width > slack ? width - slack : 0; w <= MIN(width + slack, DAB_TEXT_MAX_WIDTH); w++) near += h->open[w];
    return near >= 4 && near * 20 >= h->n_open;
}
