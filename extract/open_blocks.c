/* open_blocks.c: rows of a table's body whose cells have several lines each, told by the room between them: the lines of a cell
 * stand nearer to each other than rows do. */
#include "extract/open_rows.h"

#define SAME_STEP 1.08f /* of the least step: a step within a cell */
#define NEXT_STEP 1.12f /* of the least step: rows are at least this far apart */
#define MAX_STEP 1.75f  /* of the font size: that lines of a cell may stand apart */
#define MIN_STEP 0.9f   /* of the font size */
#define WAITING G_MAXUINT

/* Goes through the columns of a line that say something; `last` is set to the line, and what it was before is handed over. */
typedef void (*StepFunc)(guint before, guint line, float step, gpointer data);

static void walk(const DabOpenRows *w, guint first, StepFunc take, gpointer data) {
    g_autofree guint *last = g_new(guint, w->n_columns);
    for (guint c = 0; c < w->n_columns; c++) last[c] = WAITING;
    for (guint i = first; i < w->n_lines; i++) {
        const DabWordRow *row = dab_open_line(w, i);
        for (guint k = row->first; k < row->first + row->n; k++) {
            guint c = dab_open_spot(w, k)->c0, before = last[c];
            last[c] = i;
            if (before == i || before == WAITING) continue;
            take(before, i, dab_open_line_mid(w, i) - dab_open_line_mid(w, before), data);
        }
    }
}

typedef struct {
    float least, next; /* steps within cells; the least of the others */
} Steps;

static void find_least(G_GNUC_UNUSED guint before, G_GNUC_UNUSED guint line, float step, gpointer data) {
    Steps *s = data;
    s->least = MIN(s->least, step);
}

static void find_next(G_GNUC_UNUSED guint before, G_GNUC_UNUSED guint line, float step, gpointer data) {
    Steps *s = data;
    if (step > SAME_STEP * s->least) s->next = MIN(s->next, step);
}

typedef struct {
    float least;
    gboolean *same; /* the line is of the row of the one before */
} Join;

static void join(guint before, guint line, float step, gpointer data) {
    const Join *j = data;
    for (guint i = before + 1; i <= line && step <= SAME_STEP * j->least; i++) j->same[i] = TRUE;
}

/* How many columns the line says something in. */
static guint count_columns(const DabOpenRows *w, guint line) {
    guint n = 0, last = WAITING;
    for (guint k = dab_open_line(w, line)->first; k < dab_open_line(w, line)->first + dab_open_line(w, line)->n; k++) {
        n += dab_open_spot(w, k)->c0 != last;
        last = dab_open_spot(w, k)->c0;
    }
    return n;
}

/* Whether lines [from, end) are one row: it has a name, no figures stand below each other, and no two of its lines fill the
 * columns as rows do. */
static gboolean is_row(const DabOpenRows *w, guint from, guint end) {
    guint full = 0;
    gboolean named = FALSE;
    for (guint i = from; i < end; i++) {
        gboolean begins = dab_open_spot(w, dab_open_line(w, i)->first)->c0 == 0;
        full += begins && count_columns(w, i) * 10 > w->n_columns * 6;
        named = named || begins;
        if (i + 1 < end && dab_open_rule_below(w->t, w->t->first + i, 0.5f)) return FALSE;
    }
    for (guint c = 1; c < w->n_columns; c++)
        if (dab_open_is_stack(w, c, from, end)) return FALSE;
    return named && (full < 2 || end - from == 1);
}

gboolean dab_open_block_rows(DabOpenRows *w, guint first) {
    Steps steps = {G_MAXFLOAT, G_MAXFLOAT};
    float em = w->t->words->em;
    walk(w, first, find_least, &steps);
    walk(w, first, find_next, &steps);
    if (steps.least < MIN_STEP * em || steps.least > MAX_STEP * em || steps.next == G_MAXFLOAT ||
        steps.next < NEXT_STEP * steps.least)
        return FALSE;
    g_autofree gboolean *same = g_new0(gboolean, w->n_lines + 1);
    Join j = {steps.least, same};
    walk(w, first, join, &j);
    guint rows = 0;
    for (guint i = first, end; i < w->n_lines; i = end, rows++) {
        for (end = i + 1; end < w->n_lines && same[end];) end++;
        if (!is_row(w, i, end)) return FALSE;
    }
    if (rows < 2) return FALSE;
    for (guint i = first; i < w->n_lines; i++) {
        if (!same[i]) w->n_rows++;
        w->row_of[i] = w->n_rows - 1;
    }
    return w->blocks = TRUE;
}
