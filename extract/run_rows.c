#include "extract/run_rows.h"

#include <math.h>
#include <stdlib.h>

#define MAX_BESIDE 200 /* runs of a row that one may stand beside; no page has so many columns */
#define HEADLINE 1.2f  /* of the font size */
#define SET_OFF 0.25f  /* of the font size: lines side by side stand no further below each other, those of one column do */
#define SLACK 0.15f    /* of the font size: lines may reach so far into each other */

int dab_runs_by_top(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    float x = dab_core_y0(p->box, p->size), y = dab_core_y0(q->box, q->size);
    if (x != y) return x < y ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}

static int by_left(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}

void dab_stripes_add(DabStripes *g, float a, float b, guint evidence) {
    if (g->n < DAB_MAX_STRIPES) g->stripes[g->n++] = (DabStripe){a, b, evidence};
}

/* `runs` of the row are sorted by their left edge here. */
static void find_free(DabRunRow *row, DabRun *runs, float em) {
    qsort(runs, row->n, sizeof *runs, by_left);
    float reach = runs[0].box.x0;
    dab_stripes_add(&row->free, -DAB_FAR, reach, 0);
    for (guint i = 0; i < row->n; i++) {
        if (runs[i].box.x0 - reach >= DAB_MIN_GUTTER * em) dab_stripes_add(&row->free, reach, runs[i].box.x0, row->lines);
        reach = MAX(reach, runs[i].box.x1);
    }
    dab_stripes_add(&row->free, reach, DAB_FAR, 0);
    row->x0 = runs[0].box.x0;
    row->x1 = reach;
}

/* Whether the run stands beside the end of the row, and not below it: columns of different line feeds take turns. */
static gboolean stands_beside(const DabRun *runs, guint first, const DabRun *run, const DabRunRow *row, float em) {
    float y0 = dab_core_y0(run->box, run->size);
    if (y0 > row->y1 + SET_OFF * em) return FALSE;
    for (const DabRun *r = run; r-- > runs + first && r + MAX_BESIDE > run;) {
        if (dab_core_y1(r->box, r->size) < y0 - SLACK * em) continue;
        if (dab_overlap(r->box.x0, r->box.x1, run->box.x0, run->box.x1) > -DAB_MIN_GUTTER * em) return FALSE;
    }
    return TRUE;
}

GArray *dab_run_rows_find(DabRun *runs, guint n, float em) {
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(DabRunRow));
    qsort(runs, n, sizeof *runs, dab_runs_by_top);
    for (guint i = 0; i < n;) {
        DabRunRow row = {.first = i, .y0 = dab_core_y0(runs[i].box, runs[i].size), .y1 = dab_core_y1(runs[i].box, runs[i].size)};
        guint k = i;
        float slack = SLACK * em;
        for (; k < n; k++) {
            if (k > i && dab_core_y0(runs[k].box, runs[k].size) >= row.y1 - slack && !stands_beside(runs, i, &runs[k], &row, em))
                break;
            row.y1 = MAX(row.y1, dab_core_y1(runs[k].box, runs[k].size));
            row.ink += runs[k].box.x1 - runs[k].box.x0;
            row.table = row.table || runs[k].table >= 0;
            if (runs[k].table >= 0) continue;
            row.size = MAX(row.size, runs[k].size);
            if (runs[k].size >= HEADLINE * em) row.large += runs[k].box.x1 - runs[k].box.x0;
        }
        row.n = k - i;
        row.lines = (guint)CLAMP((row.y1 - row.y0) / (1.5f * em), 1, 1000);
        find_free(&row, runs + i, em);
        g_array_append_val(rows, row);
        i = k;
    }
    return rows;
}

void dab_run_rows_rule(GArray *rows, const GArray *rules, float x0, float x1) {
    for (guint i = 0; rules && i < rules->len; i++) {
        const DabSegment *s = &g_array_index(rules, DabSegment, i);
        if (s->vertical || dab_overlap(s->from, s->to, x0, x1) < 0.7f * (x1 - x0)) continue;
        for (guint k = 1; k < rows->len; k++) {
            DabRunRow *row = &g_array_index(rows, DabRunRow, k);
            if (s->at >= g_array_index(rows, DabRunRow, k - 1).y1 - 1 && s->at <= row->y0 + 1) row->ruled = TRUE;
        }
    }
}

gboolean dab_run_row_is_split(const DabRunRow *row) {
    return row->free.n > 2;
}

gboolean dab_run_row_is_centred(const DabRunRow *row, float x0, float x1, float em) {
    if (row->lines > 1 || row->table || fabsf(dab_mid(row->x0, row->x1) - dab_mid(x0, x1)) > 1.2f * em) return FALSE;
    for (guint i = 0; i < row->free.n; i++)
        if (row->free.stripes[i].evidence && row->free.stripes[i].b - row->free.stripes[i].a > 2.5f * em) return FALSE;
    return row->x0 - x0 > 2 * em && x1 - row->x1 > 2 * em;
}

gboolean dab_run_row_is_headline(const DabRunRow *row, float x0, float x1, float em) {
    if (row->table || row->size < HEADLINE * em || row->lines > 3 || row->large < 0.5f * row->ink) return FALSE;
    for (guint i = 0; i < row->free.n; i++) /* pieces far apart are columns with headlines of their own */
        if (row->free.stripes[i].evidence && row->free.stripes[i].b - row->free.stripes[i].a > 2.5f * row->size) return FALSE;
    return row->x0 - x0 < 1.5f * em || fabsf(dab_mid(row->x0, row->x1) - dab_mid(x0, x1)) < em;
}
