#include "extract/unwrap.h"

#include "extract/text_habits.h"

#define LOST_INDENT 4     /* cells: two hanzi, which a text taken from a page no longer shows */
#define LONG_PARAGRAPH 60 /* cells: longer than a heading */

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
        return !dab_text_is_open(l) || !full || (in_order && l->end != DAB_END_CLAUSE);
    case DAB_START_DECIMAL:
        return !dab_text_is_open(l) || (!full && in_order);
    case DAB_START_WORD:
    case DAB_START_PHRASE:
        return !dab_text_is_open(l) || (l->end == DAB_END_OPEN && !full);
    default:
        return FALSE;
    }
}

/* A paragraph's first line whose indent is lost: as wide as the next but for two hanzi. */
static gboolean first_of_column(const DabTextHabits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = dab_text_filled(l, m) + LOST_INDENT;
    return h->spaced && !p->before && l->width >= 20 && dab_text_distance(width, dab_text_extent(m)) <= dab_text_tolerance(width);
}

/* Whether l is as wide as its column: as the line before it in the paragraph, as the next, or as many others. */
static gboolean is_full(const DabTextHabits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = dab_text_filled(l, m), slack = dab_text_tolerance(width);
    if (p->before && width + slack >= dab_text_extent(p->before)) return TRUE;
    if (first_of_column(h, p, l, m)) return TRUE;
    return dab_text_distance(width, dab_text_extent(m)) <= slack || dab_habit_usual_width(h, dab_text_extent(l));
}

/* Over a page's end, or over an empty line in a file where that parts paragraphs: only a sentence that is clearly cut. */
static gboolean joins_over_gap(const DabTextHabits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m,
                               gboolean full) {
    gboolean told_apart = h->indented && !dab_habit_indent(h, m); /* by the indent that a new paragraph would have */
    if (m->start == DAB_START_BULLET || m->start == DAB_START_NUMBER || (m->start == DAB_START_WORD && !told_apart)) return FALSE;
    if (l->end == DAB_END_CLAUSE) return TRUE;
    return l->end == DAB_END_OPEN && full && p->clause && p->width >= DAB_TEXT_LONG_LINE &&
           (m->clause_inside || !dab_text_is_open(m) || !h->wrapped || p->before);
}

static gboolean joins_wrapped(const DabTextHabits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    guint width = dab_text_filled(l, m), slack = dab_text_tolerance(width);
    gboolean full = is_full(h, p, l, m);
    if (begins_item(p, l, m, full)) return FALSE;
    gboolean gap = h->indented ? m->blank_before > h->usual_blanks + 2 : m->blank_before > h->usual_blanks + (h->spaced ? 1 : 0);
    if (m->page_break || gap) return joins_over_gap(h, p, l, m, full);
    if (!dab_text_is_open(l)) { /* where nothing else tells paragraphs apart, a sentence's end at a line's end counts as one */
        if (h->indented && full && !dab_habit_indent(h, m) && (p->before || dab_habit_indent(h, l))) return TRUE;
        if (h->spaced && l->end == DAB_END_STOP) return FALSE;
        return p->before && width + slack / 2 >= dab_text_extent(p->before) && dab_text_extent(m) <= width + slack;
    }
    if (l->end == DAB_END_CLAUSE || l->stop_inside) return TRUE;
    if (!p->clause && !p->before) {                                                             /* a title may stand here */
        gboolean breaks_off = m->end == DAB_END_OPEN && dab_text_extent(m) + 2 * slack < width; /* narrower, and no last line */
        if (m->labelled || breaks_off) return FALSE;
    }
    if (dab_text_extent(m) > width + slack) /* what was short of its column ends there */
        return first_of_column(h, p, l, m) ||
               (p->before && p->clause && l->width >= 20 && dab_habit_usual_width(h, dab_text_extent(l)));
    return full || l->clause_inside;
}

/* A paragraph a line: a paragraph that stops in mid-sentence was cut by a column's or page's end. */
static gboolean joins_whole(const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    if (!dab_text_is_open(l) || begins_item(p, l, m, TRUE) || m->start == DAB_START_WORD) return FALSE;
    if (l->end == DAB_END_CLAUSE) return TRUE;
    return p->clause && p->width >= LONG_PARAGRAPH && (m->clause_inside || m->end != DAB_END_OPEN);
}

static gboolean joins(const DabTextHabits *h, const Paragraph *p, const DabTextLine *l, const DabTextLine *m) {
    if (l->bare || m->bare || dab_habit_label(h, l) || dab_habit_label(h, m)) return FALSE;
    if (m->indent >= h->base_indent + 2 && m->indent != l->indent) return FALSE;
    if (m->indent >= h->base_indent + 2 && !p->before) return FALSE; /* two first lines, or two centred ones */
    return h->wrapped ? joins_wrapped(h, p, l, m) : joins_whole(p, l, m);
}

/* Page numbers: between dashes, beside a form feed, or after a gap wider than between lines. A bare number elsewhere may be
 * the number of a row. */
static void find_furniture(DabTextHabits *h) {
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *l = dab_habit_line(h, i);
        if (!l->bare) continue;
        const DabTextLine *next = i + 1 < h->flow->len ? dab_habit_line(h, i + 1) : NULL;
        gboolean at_edge = (l->page_break && i) || (next && next->page_break);
        gboolean behind_gap = i && l->blank_before >= h->usual_blanks + 2 && l->number > 0;
        l->furniture = (l->dashed && l->number) || at_edge || behind_gap;
    }
    guint kept = 0;
    gboolean over = FALSE; /* what follows a page number stands on another page */
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *l = dab_habit_line(h, i);
        if (!l->furniture) {
            l->page_break |= over;
            g_array_index(h->flow, guint, kept++) = g_array_index(h->flow, guint, i);
        }
        over = l->furniture;
    }
    g_array_set_size(h->flow, kept);
}

static void find_flow(DabTextHabits *h) {
    h->flow = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < h->lines->len; i++) {
        DabTextLine *l = &g_array_index(h->lines, DabTextLine, i);
        if (l->n && !l->in_table) g_array_append_val(h->flow, i);
    }
}

static void join_all(DabTextHabits *h) {
    Paragraph p = {0};
    for (guint i = 0; i < h->flow->len; i++) {
        DabTextLine *m = dab_habit_line(h, i);
        const DabTextLine *l = i ? dab_habit_line(h, i - 1) : NULL;
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
    DabTextHabits h = {.layout = layout, .lines = lines};
    find_flow(&h);
    if (h.flow->len) {
        dab_habits_learn(&h);
        find_furniture(&h);
        dab_habits_count_labels(&h);
        join_all(&h);
    }
    if (h.labels) g_hash_table_unref(h.labels);
    g_array_unref(h.flow);
}
