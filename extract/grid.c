/* grid.c: ruling lines → grids. */
#include "extract/grid.h"

#include <stdlib.h>

#include "dabiao/limits.h"
#include "extract/segments.h"

#define SAME_EDGE 3.6f /* points: borders nearer than this are one edge; no cell is so narrow */
#define OPEN_EDGE 7.0f /* points that lines must reach over the last rule to show that the table goes on */
#define COVERED 0.55f  /* share of a cell's side that must be drawn for the side to be there */

/* The drawn parts of one edge. */
typedef struct {
    float at;
    GArray *parts; /* DabSegment */
} Edge;

static int by_at(const void *a, const void *b) {
    float x = ((const DabSegment *)a)->at, y = ((const DabSegment *)b)->at;
    return x < y ? -1 : x > y;
}

static GArray *find_edges(DabPool *pool, GArray *segments) {
    GArray *edges = dab_pool_array(pool, sizeof(Edge));
    if (segments->len) qsort(segments->data, segments->len, sizeof(DabSegment), by_at);
    for (guint i = 0; i < segments->len; i++) {
        const DabSegment *s = &g_array_index(segments, DabSegment, i);
        Edge *last = edges->len ? &g_array_index(edges, Edge, edges->len - 1) : NULL;
        if (!last || s->at - last->at > SAME_EDGE) {
            Edge fresh = {s->at, dab_pool_array(pool, sizeof(DabSegment))};
            g_array_append_val(edges, fresh);
            last = &g_array_index(edges, Edge, edges->len - 1);
        }
        g_array_append_val(last->parts, *s);
    }
    return edges;
}

static gboolean is_drawn(const Edge *edge, float from, float to) {
    float sum = 0;
    for (guint i = 0; i < edge->parts->len; i++) {
        const DabSegment *s = &g_array_index(edge->parts, DabSegment, i);
        sum += MAX(0, dab_overlap(s->from, s->to, from, to));
    }
    return sum >= COVERED * (to - from);
}

/* Adds an edge where at least two crossing lines reach out over the outermost one: an open side. */
static gboolean open_side(DabPool *pool, GArray *edges, const GArray *crossing, gboolean low) {
    if (!edges->len) return FALSE;
    const Edge *outer = &g_array_index(edges, Edge, low ? 0 : edges->len - 1);
    guint count = 0;
    float reach = outer->at;
    for (guint i = 0; i < crossing->len; i++) {
        const DabSegment *s = &g_array_index(crossing, DabSegment, i);
        if (low ? s->from > outer->at - OPEN_EDGE : s->to < outer->at + OPEN_EDGE) continue;
        count++;
        reach = low ? MIN(reach, s->from) : MAX(reach, s->to);
    }
    if (count < 2) return FALSE;
    Edge edge = {reach, dab_pool_array(pool, sizeof(DabSegment))};
    if (low)
        g_array_prepend_val(edges, edge);
    else
        g_array_append_val(edges, edge);
    return TRUE;
}

typedef struct {
    DabGrid *grid;
    GArray *columns, *rows; /* Edge */
} Build;

static float edge_at(const GArray *edges, guint i) {
    return g_array_index(edges, Edge, i).at;
}

/* Whether a rule stands between column c-1 and c in row r, or between row r-1 and r in column c. */
static gboolean wall_left(const Build *b, guint r, guint c) {
    return is_drawn(&g_array_index(b->columns, Edge, c), edge_at(b->rows, r), edge_at(b->rows, r + 1));
}
static gboolean wall_above(const Build *b, guint r, guint c) {
    return is_drawn(&g_array_index(b->rows, Edge, r), edge_at(b->columns, c), edge_at(b->columns, c + 1));
}

static gboolean wall_above_any(const Build *b, guint r, guint c, guint end) {
    for (; c < end; c++)
        if (wall_above(b, r, c)) return TRUE;
    return FALSE;
}
static gboolean wall_inside(const Build *b, guint r, guint c, guint end) {
    for (guint k = c + 1; k < end; k++)
        if (wall_left(b, r, k)) return TRUE;
    return FALSE;
}

/* Grows each cell right while no rule stands, then down while none stands over its whole width. */
static void make_cells(DabPool *pool, Build *b) {
    DabGrid *g = b->grid;
    guint n_rows = b->rows->len - 1, n_columns = b->columns->len - 1;
    g->cell_at = dab_pool_alloc(pool, sizeof(guint) * n_rows * n_columns);
    for (guint i = 0; i < n_rows * n_columns; i++) g->cell_at[i] = G_MAXUINT;
    for (guint r = 0; r < n_rows; r++)
        for (guint c = 0; c < n_columns; c++) {
            if (g->cell_at[r * n_columns + c] != G_MAXUINT) continue;
            guint ce = c + 1, re = r + 1;
            while (ce < n_columns && g->cell_at[r * n_columns + ce] == G_MAXUINT && !wall_left(b, r, ce)) ce++;
            while (re < n_rows && g->cell_at[re * n_columns + c] == G_MAXUINT && !wall_above_any(b, re, c, ce) &&
                   !wall_inside(b, re, c, ce))
                re++;
            DabGridCell cell = {r,
                                c,
                                re - r,
                                ce - c,
                                {edge_at(b->columns, c), edge_at(b->rows, r), edge_at(b->columns, ce), edge_at(b->rows, re)},
                                NULL};
            for (guint y = r; y < re; y++)
                for (guint x = c; x < ce; x++) g->cell_at[y * n_columns + x] = g->cells->len;
            g_array_append_val(g->cells, cell);
        }
}

static DabGrid *make_grid(DabPool *pool, GArray *horizontal, GArray *vertical) {
    Build b = {dab_pool_new0(pool, DabGrid), find_edges(pool, vertical), find_edges(pool, horizontal)};
    DabGrid *g = b.grid;
    open_side(pool, b.columns, horizontal, TRUE);
    open_side(pool, b.columns, horizontal, FALSE);
    g->open_top = open_side(pool, b.rows, vertical, TRUE);
    g->open_bottom = open_side(pool, b.rows, vertical, FALSE);
    guint n_columns = b.columns->len, n_rows = b.rows->len;
    if (n_columns < 2 || n_rows < 2 || (guint64)n_columns * n_rows > DAB_MAX_CELLS) return NULL;
    g->xs = dab_pool_array(pool, sizeof(float));
    g->ys = dab_pool_array(pool, sizeof(float));
    g->cells = dab_pool_array(pool, sizeof(DabGridCell));
    for (guint i = 0; i < n_columns; i++) g_array_append_val(g->xs, g_array_index(b.columns, Edge, i).at);
    for (guint i = 0; i < n_rows; i++) g_array_append_val(g->ys, g_array_index(b.rows, Edge, i).at);
    g->box = (DabBox){edge_at(b.columns, 0), edge_at(b.rows, 0), edge_at(b.columns, n_columns - 1), edge_at(b.rows, n_rows - 1)};
    make_cells(pool, &b);
    return g->cells->len >= 2 ? g : NULL;
}

static int by_top(const void *a, const void *b) {
    const DabGrid *p = *(DabGrid *const *)a, *q = *(DabGrid *const *)b;
    if (p->box.y0 != q->box.y0) return p->box.y0 < q->box.y0 ? -1 : 1;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}

GPtrArray *dab_grids_find(DabPool *pool, DabRawPage *page) {
    GPtrArray *grids = dab_pool_ptr_array(pool);
    dab_segments_merge(page->segments);
    if (page->segments->len < 3) return grids;
    guint n_groups;
    guint *group = dab_segments_group(pool, page->segments, &n_groups);
    GArray **lines = dab_pool_alloc(pool, sizeof(GArray *) * 2 * n_groups);
    for (guint i = 0; i < page->segments->len; i++) {
        const DabSegment *s = &g_array_index(page->segments, DabSegment, i);
        GArray **list = &lines[2 * group[i] + !!s->vertical];
        if (!*list) *list = dab_pool_array(pool, sizeof(DabSegment));
        g_array_append_val(*list, *s);
    }
    for (guint i = 0; i < n_groups; i++) {
        if (!lines[2 * i] || !lines[2 * i + 1]) continue;
        DabGrid *grid = make_grid(pool, lines[2 * i], lines[2 * i + 1]);
        if (grid) g_ptr_array_add(grids, grid);
    }
    if (grids->len) qsort(grids->pdata, grids->len, sizeof(gpointer), by_top);
    return grids;
}

/* The interval of rising edges that holds v; v is known to be inside. */
static guint interval_of(const GArray *edges, float v) {
    guint low = 0, high = edges->len - 1;
    while (high - low > 1) {
        guint mid = (low + high) / 2;
        if (g_array_index(edges, float, mid) <= v)
            low = mid;
        else
            high = mid;
    }
    return low;
}

gint dab_grid_cell_of(const DabGrid *g, float x, float y) {
    if (x < g->box.x0 || x > g->box.x1 || y < g->box.y0 || y > g->box.y1) return -1;
    return (gint)g->cell_at[interval_of(g->ys, y) * dab_grid_columns(g) + interval_of(g->xs, x)];
}
