/* open_groups.c: names set in the middle beside several rows. No rule tells which rows these are; that each name is the middle of
 * its rows, from the first row of the body to the last, does. */
#include "extract/open_rows.h"

#include <math.h>

#define OFF_MIDDLE 0.3f /* of the step from row to row */
#define SAME_NAME 1.6f  /* of the font size: lines of one name */

/* The lines of a name, and the rows it stands beside. */
typedef struct {
    float y0, y1;
    guint row, rows;
} Name;

/* Whether the line says something in the column, or, `others`, in any but it. */
static gboolean says(const DabOpenRows *w, guint line, guint column, gboolean others) {
    const DabWordRow *row = dab_open_line(w, line);
    for (guint i = row->first; i < row->first + row->n; i++) {
        const DabSpot *s = dab_open_spot(w, i);
        if (others ? s->c1 > column : s->c0 == column && s->c1 == column) return TRUE;
    }
    return FALSE;
}

/* The middle of each row of the body, as what stands right of the column has it. FALSE: a row has nothing there. */
static gboolean find_middles(const DabOpenRows *w, guint column, float *middle) {
    g_autofree float *low = g_new(float, w->n_rows + 1);
    for (guint r = 0; r < w->n_rows; r++) middle[r] = low[r] = -1;
    for (guint i = 0; i < w->n_lines; i++) {
        guint r = w->row_of[i];
        if (!says(w, i, column, TRUE)) continue;
        if (low[r] < 0) low[r] = dab_open_line_mid(w, i);
        middle[r] = dab_open_line_mid(w, i);
    }
    for (guint r = w->n_header; r < w->n_rows; r++) {
        if (low[r] < 0) return FALSE;
        middle[r] = dab_mid(low[r], middle[r]);
    }
    return TRUE;
}

static GArray *find_names(const DabOpenRows *w, guint column) {
    GArray *names = g_array_new(FALSE, FALSE, sizeof(Name));
    for (guint i = 0; i < w->n_lines; i++) {
        if (w->row_of[i] < w->n_header || !says(w, i, column, FALSE)) continue;
        float y = dab_open_line_mid(w, i);
        Name *last = names->len ? &g_array_index(names, Name, names->len - 1) : NULL;
        if (last && y - last->y1 < SAME_NAME * w->t->words->em && !says(w, i, column, TRUE)) {
            last->y1 = y;
            continue;
        }
        Name name = {y, y, 0, 0};
        g_array_append_val(names, name);
    }
    return names;
}

/* Gives each name the rows whose middle it is. FALSE: there are no such, or rows are left over. */
static gboolean give_rows(const DabOpenRows *w, const float *middle, GArray *names) {
    guint row = w->n_header;
    float slack = OFF_MIDDLE * (middle[w->n_rows - 1] - middle[w->n_header]) / (float)(w->n_rows - w->n_header - 1);
    gboolean any = FALSE;
    for (guint i = 0; i < names->len; i++) {
        Name *name = &g_array_index(names, Name, i);
        guint end = row;
        while (end < w->n_rows && dab_mid(middle[row], middle[end]) < dab_mid(name->y0, name->y1) - slack) end++;
        if (end == w->n_rows || dab_mid(middle[row], middle[end]) > dab_mid(name->y0, name->y1) + slack) return FALSE;
        name->row = row;
        name->rows = end - row + 1;
        any = any || name->rows > 1;
        row = end + 1;
    }
    return any && row == w->n_rows;
}

static void find_in_column(DabOpenRows *w, guint column) {
    g_autofree float *middle = g_new(float, w->n_rows + 1);
    g_autoptr(GArray) names = find_names(w, column);
    if (!names->len || !find_middles(w, column, middle) || !give_rows(w, middle, names)) return;
    for (guint i = 0; i < names->len; i++) {
        const Name *name = &g_array_index(names, Name, i);
        for (guint r = name->row; r < name->row + name->rows; r++) /* a text that begins there goes into the next column */
            if (w->joined[r * w->n_columns + column]) return;
    }
    for (guint i = 0; i < names->len; i++) {
        const Name *name = &g_array_index(names, Name, i);
        w->group[name->row * DAB_OPEN_GROUPS + column] = name->rows;
    }
}

void dab_open_find_groups(DabOpenRows *w) {
    if (w->blocks || w->n_rows < w->n_header + 2) return;
    for (guint c = 0; c < DAB_OPEN_GROUPS && c + 2 < w->n_columns; c++) find_in_column(w, c);
}
