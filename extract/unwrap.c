#include "extract/unwrap.h"

#include <string.h>

#define MAX_WIDTH 160         /* cells: nobody wraps text wider than 80 hanzi */
#define MAX_INDENT 8          /* cells: of a paragraph; more is a centred or right-aligned line */
#define LOST_INDENT 4         /* cells: two hanzi, which a text taken from a page no longer shows */
#define LONG_PARAGRAPH 60     /* cells: longer than a heading */
#define LONG_LINE 40          /* cells: a line of running text, where lines are wrapped */
#define MAX_LABEL 16          /* cells: a cell's word that comes again in each row */
#define MAX_LABEL_LINES 50000 /* lines among which repeated ones are looked for */

/* What a file's lines have in common. */
typedef struct {
    const DabLayout *layout;
    GArray *lines;
    GArray *flow;              /* guint: indices of the lines of running text: not in a table, not furniture, not empty */
    GHashTable *labels;        /* text of a short line → how often it stands there */
    guint open[MAX_WIDTH + 1]; /* how many lines of this width end in mid-sentence */
    guint n_open;
    gboolean wrapped;   /* lines end where the column ends */
    gboolean spaced;    /* empty lines stand between all lines and tell nothing */
    gboolean indented;  /* paragraphs begin with an indent, so that an empty line alone ends none */
    guint usual_blanks; /* empty lines between two lines, most often */
    guint base_indent;  /* indent of most lines */
} Habits;

static DabTextLine *line_at(const Habits *h, guint i) {
    return &g_array_index(h->lines, DabTextLine, g_array_index(h->flow, guint, i));
}

static gboolean is_open(const DabTextLine *l) {
    return l->end == DAB_END_OPEN || l->end == DAB_END_CLAUSE;
}

static guint distance(guint a, guint b) {
    return a > b ? a - b : b - a;
}

/* Cells of a line and the indent of its paragraph. */
static guint extent(const DabTextLine *l) {
    return l->width + (l->indent <= MAX_INDENT ? l->indent : 0);
}

/* How wide the line would be with the beginning of the next word, which no line end may break. */
static guint filled(const DabTextLine *l, const DabTextLine *next) {
    return extent(l) + (next->head > 1 ? next->head - 1 : 0);
}

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

/* A short line that stands there three times or more, as a cell's word does: no part of a paragraph. */
static gboolean is_label(const Habits *h, const DabTextLine *l) {
    if (!h->labels || l->width > MAX_LABEL || l->end != DAB_END_OPEN || l->clause_inside) return FALSE;
    g_autofree char *s = content(h->layout, l);
    return GPOINTER_TO_UINT(g_hash_table_lookup(h->labels, s)) >= 3;
}

static void count_labels(Habits *h) {
    if (h->flow->len > MAX_LABEL_LINES) return;
    h->labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < h->flow->len; i++) {
        const DabTextLine *l = line_at(h, i);
        if (l->width > MAX_LABEL) continue;
        char *s = content(h->layout, l);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(h->labels, s));
        g_hash_table_replace(h->labels, s, GUINT_TO_POINTER(n + 1));
    }
}

/* How many of the lines counted by width stand in the three most frequent widths, two cells up and down. */
static guint in_clusters(guint counts[MAX_WIDTH + 1]) {
    guint sum = 0;
    for (guint round = 0; round < 3; round++) {
        guint best = 2, best_n = 0;
        for (guint w = 2; w + 2 <= MAX_WIDTH; w++) {
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
static gboolean looks_wrapped(const Habits *h) {
    guint open = 0, like = 0, prose = 0, cut = 0, widths[MAX_WIDTH + 1] = {0};
    for (guint i = 0; i + 1 < h->flow->len; i++) {
        const DabTextLine *l = line_at(h, i), *next = line_at(h, i + 1), *before = i ? line_at(h, i - 1) : NULL;
        prose += l->clause_inside || l->end != DAB_END_OPEN;
        if (!is_open(l)) continue;
        open++;
        guint width = filled(l, next), slack = dab_text_tolerance(width);
        if (width > MAX_WIDTH || extent(next) > width + slack) continue;
        like += distance(width, extent(next)) <= slack || (before && distance(width, filled(before, l)) <= slack);
        if ((l->clause_inside || l->end == DAB_END_CLAUSE) && (next->start == DAB_START_PLAIN || next->start == DAB_START_DECIMAL))
            widths[width]++, cut++;
    }
    if (open >= 2 && like * 2 >= open && open * 5 >= h->flow->len * 2 && prose * 4 >= h->flow->len) return TRUE;
    return cut >= 3 && cut * 8 >= h->flow->len && in_clusters(widths) * 10 >= cut * 7;
}

static gboolean has_indent(const Habits *h, const DabTextLine *l) {
    return l->indent >= h->base_indent + 2 && l->indent <= h->base_indent + MAX_INDENT;
}

/* Whether what follows a paragraph's short last line is mostly indented. */
static gboolean looks_indented(const Habits *h) {
    guint indented = 0, plain = 0;
    for (guint i = 2; i < h->flow->len; i++) {
        const DabTextLine *m = line_at(h, i), *l = line_at(h, i - 1), *before = line_at(h, i - 2);
        if (is_open(l) || l->width + 2 * dab_text_tolerance(l->width) >= before->width) continue;
        if (has_indent(h, m))
            indented++;
        else
            plain++;
    }
    return indented >= 3 && indented * 3 >= (indented + plain) * 2;
}

static void learn(Habits *h) {
    guint blanks[64] = {0}, indents[64] = {0}, apart = 0;
    for (guint i = 0; i < h->flow->len; i++) {
        const DabTextLine *l = line_at(h, i);
        indents[MIN(l->indent, 63)]++;
        if (i) blanks[MIN(l->blank_before, 63)]++, apart += l->blank_before > 0;
        if (is_open(l) && extent(l) <= MAX_WIDTH) h->open[extent(l)]++, h->n_open++;
    }
    h->wrapped = looks_wrapped(h);
    h->spaced = h->wrapped && apart * 5 >= (h->flow->len - 1) * 3;
    h->usual_blanks = mode_of(blanks);
    h->base_indent = h->wrapped ? mode_of(indents) : 0;
    h->indented = h->wrapped && looks_indented(h);
}

/* A width at which many lines of the file are cut. */
static gboolean is_usual_width(const Habits *h, guint width) {
    guint near = 0, slack = dab_text_tolerance(width) / 2;
    for (guint w = width > slack ? width - slack : 0; w <= MIN(width + slack, MAX_WIDTH); w++) near += h->open[w];
    return near >= 4 && near * 20 >= h->n_open;
}

/* Where the paragraph that l ends stands. */
typedef struct {
    const DabTextLine *before; /* the line before l in its paragraph, or NULL */
    guint width;               /* cells of the whole paragraph */
    gboolean clause;           /* it holds a comma or a stop */
    guint item;                /* number of the last numbered item that began, or 0 */
} Paragraph;

static gboolean begins_item(const Paragraph *p, const DabTextLine *l, const DabTextLine *m, gboolean full) {
    gboolean in_order = m->number == 1 || (p->item && m->number == p->item + 1);
    switch (m->start) {
    case DAB_START_BULLET:
        return TRUE;
    case DAB_START_NUMBER:
        return !is_open(l) || !full || (in_order && l->end != DAB_END_CLAUSE);
    case DAB_START_DECIMAL:
        return !is_open(l) || (!full && in_order);
    case DAB_START_WORD:
    case DAB_START_PHRASE:
        return !is_open(l) || (l->end == DAB_END_OPEN && !full);
    default:
        return FALSE;
    }
}

/* A paragraph's first line whose indent is lost: as wide as the next but for two hanzi. */
static gboolean first_of_column(const Habits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = filled(l, m) + LOST_INDENT;
    return h->spaced && !p->before && l->width >= 20 && distance(width, extent(m)) <= dab_text_tolerance(width);
}

/* Whether l is as wide as its column: as the line before it in the paragraph, as the next, or as many others. */
static gboolean is_full(const Habits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = filled(l, m), slack = dab_text_tolerance(width);
    if (p->before && width + slack >= extent(p->before)) return TRUE;
    if (first_of_column(h, p, l, m)) return TRUE;
    return distance(width, extent(m)) <= slack || is_usual_width(h, extent(l));
}

/* Over a page's end, or over an empty line in a file where that parts paragraphs: only a sentence that is clearly cut. */
static gboolean joins_over_gap(const Habits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m, gboolean full) {
    gboolean told_apart = h->indented && !has_indent(h, m); /* by the indent that a new paragraph would have */
    if (m->start == DAB_START_BULLET || m->start == DAB_START_NUMBER || (m->start == DAB_START_WORD && !told_apart)) return FALSE;
    if (l->end == DAB_END_CLAUSE) return TRUE;
    return l->end == DAB_END_OPEN && full && p->clause && p->width >= LONG_LINE &&
           (m->clause_inside || !is_open(m) || !h->wrapped || p->before);
}

static gboolean joins_wrapped(const Habits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = filled(l, m), slack = dab_text_tolerance(width);
    gboolean full = is_full(h, p, l, m);
    if (begins_item(p, l, m, full)) return FALSE;
    gboolean gap = h->indented ? m->blank_before > h->usual_blanks + 2 : m->blank_before > h->usual_blanks + (h->spaced ? 1 : 0);
    if (m->page_break || gap) return joins_over_gap(h, p, l, m, full);
    if (!is_open(l)) { /* where nothing else tells paragraphs apart, a sentence's end at a line's end counts as one */
        if (h->spaced && l->end == DAB_END_STOP) return FALSE;
        return p->before && width + slack / 2 >= extent(p->before) && extent(m) <= width + slack;
    }
    if (l->end == DAB_END_CLAUSE || l->stop_inside) return TRUE;
    if (!p->clause && !p->before) {                                                    /* a title may stand here */
        gboolean breaks_off = m->end == DAB_END_OPEN && extent(m) + 2 * slack < width; /* narrower, and no last line */
        if (m->labelled || breaks_off) return FALSE;
    }
    if (extent(m) > width + slack) /* what was short of its column ends there */
        return first_of_column(h, p, l, m) || (p->before && p->clause && l->width >= 20 && is_usual_width(h, extent(l)));
    return full || l->clause_inside;
}

/* A paragraph a line: a paragraph that stops in mid-sentence was cut by a column's or page's end. */
static gboolean joins_whole(const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    if (!is_open(l) || begins_item(p, l, m, TRUE) || m->start == DAB_START_WORD) return FALSE;
    if (l->end == DAB_END_CLAUSE) return TRUE;
    return p->clause && p->width >= LONG_PARAGRAPH && (m->clause_inside || m->end != DAB_END_OPEN);
}

static gboolean joins(const Habits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    if (l->bare || m->bare || is_label(h, l) || is_label(h, m)) return FALSE;
    if (m->indent >= h->base_indent + 2 && m->indent != l->indent) return FALSE;
    if (m->indent >= h->base_indent + 2 && !p->before) return FALSE; /* two first lines, or two centred ones */
    return h->wrapped ? joins_wrapped(h, p, l, m) : joins_whole(p, l, m);
}

/* Page numbers: between dashes, beside a form feed, or after a gap wider than between lines. A bare number elsewhere may be
 * the number of a row. */
static void find_furniture(Habits *h) {
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *l = line_at(h, i);
        if (!l->bare) continue;
        const DabTextLine *next = i + 1 < h->flow->len ? line_at(h, i + 1) : NULL;
        gboolean at_edge = (l->page_break && i) || (next && next->page_break);
        gboolean behind_gap = i && l->blank_before >= h->usual_blanks + 2 && l->number > 0;
        l->furniture = (l->dashed && l->number) || at_edge || behind_gap;
    }
    guint kept = 0;
    gboolean over = FALSE; /* what follows a page number stands on another page */
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *l = line_at(h, i);
        if (!l->furniture) {
            l->page_break |= over;
            g_array_index(h->flow, guint, kept++) = g_array_index(h->flow, guint, i);
        }
        over = l->furniture;
    }
    g_array_set_size(h->flow, kept);
}

static void find_flow(Habits *h) {
    h->flow = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < h->lines->len; i++) {
        DabTextLine *l = &g_array_index(h->lines, DabTextLine, i);
        if (l->n && !l->in_table) g_array_append_val(h->flow, i);
    }
}

static void join_all(Habits *h) {
    Paragraph p = {0};
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *m = line_at(h, i);
        const DabTextLine *l = i ? line_at(h, i - 1) : NULL;
        guint at = g_array_index(h->flow, guint, i), last = i ? g_array_index(h->flow, guint, i - 1) : 0;
        gboolean over_table = FALSE;
        for (guint k = last + 1; l && k < at && !over_table; k++) over_table = g_array_index(h->lines, DabTextLine, k).in_table;
        m->joins = l && !over_table && joins(h, &p, l, m);
        if (!m->joins) p = (Paragraph){.item = p.item};
        p.before = m->joins ? l : NULL;
        p.width += m->width;
        p.clause |= m->clause_inside || m->end != DAB_END_OPEN;
        if (!m->joins && m->number && !m->bare) p.item = m->number;
    }
}

void dab_unwrap(const DabLayout *layout, GArray *lines) {
    Habits h = {.layout = layout, .lines = lines};
    find_flow(&h);
    if (h.flow->len) {
        learn(&h);
        find_furniture(&h);
        count_labels(&h);
        join_all(&h);
    }
    if (h.labels) g_hash_table_unref(h.labels);
    g_array_unref(h.flow);
}
