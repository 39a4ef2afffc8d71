/* furniture.c: page numbers, running heads and feet, watermarks. */
#include "extract/furniture.h"

#include <math.h>
#include <stdlib.h>

#define EDGE_ROWS 3     /* rows from the top and from the bottom that are looked at */
#define EDGE_ZONE 0.14f /* share of the page's height where heads and feet stand */
#define SAME_PLACE 4.0f /* points */
#define MAX_SIGNATURE 120
#define MARK_SIZE 1.4f /* of the text's size: watermarks that are looked for on other pages are larger */

typedef struct {
    guint page;
    gboolean top;
    float y;         /* of its middle, from its edge of the page */
    float size, gap; /* gap to the next row inwards */
    gboolean digits; /* nothing but digits and dashes */
    char *signature; /* its text, digits masked, blanks dropped */
    GArray *runs;    /* guint */
    guint row;       /* from its edge, from 0 */
} Edge;

float dab_body_size(const GPtrArray *pages) {
    guint count[200] = {0}, best = 0;
    for (guint i = 0; i < pages->len; i++) {
        const DabPageWork *w = g_ptr_array_index(pages, i);
        for (guint k = 0; k < w->runs->len; k++) {
            const DabRun *run = &g_array_index(w->runs, DabRun, k);
            if (!run->turned) count[(guint)CLAMP(run->size * 2 + 0.5f, 0, 199)] += run->n * (run->place < 0 ? 8 : 1);
        }
    }
    for (guint i = 1; i < 200; i++)
        if (count[i] > count[best]) best = i;
    return best ? best / 2.0f : 10.5f;
}

static char *sign(const DabPageWork *w, const GArray *runs, gboolean *digits) {
    GString *s = g_string_new(NULL);
    gboolean any = FALSE;
    *digits = TRUE;
    for (guint k = 0; k < runs->len && s->len < MAX_SIGNATURE; k++) {
        const DabRun *run = &g_array_index(w->runs, DabRun, g_array_index(runs, guint, k));
        for (guint i = run->first; i < run->first + run->n && s->len < MAX_SIGNATURE; i++) {
            gunichar ch = g_array_index(w->raw.chars, DabChar, i).glyph.ch;
            if (ch == ' ') continue;
            gboolean digit = g_unichar_isdigit(ch);
            any = any || digit;
            if (!digit && ch != '/' && ch != 0xB7 && g_unichar_type(ch) != G_UNICODE_DASH_PUNCTUATION) *digits = FALSE;
            if (!digit)
                g_string_append_unichar(s, ch);
            else if (!s->len || s->str[s->len - 1] != '#')
                g_string_append_c(s, '#'); /* 9 and 10 look alike */
        }
    }
    *digits = *digits && any;
    return g_string_free(s, FALSE);
}

static int by_height(const void *a, const void *b, gpointer data) {
    const DabRun *runs = data, *p = &runs[*(const guint *)a], *q = &runs[*(const guint *)b];
    float x = dab_mid(p->box.y0, p->box.y1), y = dab_mid(q->box.y0, q->box.y1);
    if (x != y) return x < y ? -1 : 1;
    return p->box.x0 < q->box.x0 ? -1 : p->box.x0 > q->box.x0;
}

static void free_edge(gpointer data) {
    Edge *e = data;
    g_free(e->signature);
    g_array_free(e->runs, TRUE);
    g_free(e);
}

/* Rows of free text from one edge inwards: `order` is sorted by height. */
static void collect(const DabPageWork *w, const GArray *order, gboolean top, GPtrArray *edges) {
    guint n = order->len, done = 0;
    const DabRun *runs = (const DabRun *)w->runs->data;
    for (guint row = 0; row < EDGE_ROWS && done < n; row++) {
        Edge *e = g_new0(Edge, 1);
        *e = (Edge){
            .page = w->raw.page, .top = top, .runs = g_array_new(FALSE, FALSE, sizeof(guint)), .gap = G_MAXFLOAT, .row = row};
        float mid = 0;
        for (; done < n; done++) {
            guint index = g_array_index(order, guint, top ? done : n - 1 - done);
            float y = dab_mid(runs[index].box.y0, runs[index].box.y1);
            if (e->runs->len && fabsf(y - mid) > 0.5f * MAX(e->size, 4)) {
                e->gap = fabsf(y - mid) - 0.5f * (e->size + runs[index].size);
                break;
            }
            if (!e->runs->len) mid = y;
            e->size = MAX(e->size, runs[index].size);
            g_array_append_val(e->runs, index);
        }
        e->y = top ? mid : w->raw.height - mid;
        e->signature = sign(w, e->runs, &e->digits);
        g_ptr_array_add(edges, e);
    }
}

static void collect_page(const DabPageWork *w, GPtrArray *edges) {
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < w->runs->len; i++) {
        const DabRun *run = &g_array_index(w->runs, DabRun, i);
        if (!run->turned && run->place < 0) g_array_append_val(order, i);
    }
    g_array_sort_with_data(order, by_height, w->runs->data);
    collect(w, order, TRUE, edges);
    collect(w, order, FALSE, edges);
}

/* On how many pages the same text stands at the same place, and on how many of the page's parity. */
static void count_alike(const GPtrArray *same, const Edge *e, guint *all, guint *parity) {
    gint64 last = -1;
    *all = *parity = 0;
    for (guint i = 0; i < same->len; i++) {
        const Edge *o = g_ptr_array_index(same, i);
        if (o->top != e->top || fabsf(o->y - e->y) > SAME_PLACE || last == o->page) continue;
        last = o->page;
        ++*all;
        *parity += o->page % 2 == e->page % 2;
    }
}

static gboolean is_furniture(const Edge *e, const DabPageWork *w, const GPtrArray *same, guint n_pages, float body) {
    if (e->y > EDGE_ZONE * w->raw.height || e->size > 1.2f * body) return FALSE;
    if (e->digits && e->gap > 0.8f * e->size && e->y < 0.1f * w->raw.height) return TRUE;
    guint all, parity;
    count_alike(same, e, &all, &parity);
    if (all < 2) return FALSE;
    if (all * 5 >= n_pages * 3) return TRUE;
    return e->row == 0 && n_pages >= 6 && parity * 5 >= (n_pages / 2) * 4; /* left and right pages may differ */
}

/* A run's text and place. */
static char *name_run(const DabPageWork *w, guint index) {
    const DabRun *run = &g_array_index(w->runs, DabRun, index);
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean digits;
    g_array_append_val(one, index);
    g_autofree char *text = sign(w, one, &digits);
    return g_strdup_printf("%.0f %.0f %s", run->box.x0, run->box.y0, text);
}

/* A watermark is one on every page, also where no text lies under it by which it was told. */
static void mark_watermarks(const GPtrArray *pages, float body) {
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < pages->len; i++) {
        const DabPageWork *w = g_ptr_array_index(pages, i);
        for (guint k = 0; k < w->runs->len; k++) {
            DabRun *run = &g_array_index(w->runs, DabRun, k);
            if (!run->turned) continue;
            run->furniture = TRUE;
            if (run->size > MARK_SIZE * body) g_hash_table_add(names, name_run(w, k));
        }
    }
    for (guint i = 0; i < pages->len && g_hash_table_size(names); i++) {
        const DabPageWork *w = g_ptr_array_index(pages, i);
        for (guint k = 0; k < w->runs->len; k++) {
            DabRun *run = &g_array_index(w->runs, DabRun, k);
            if (run->furniture || run->place >= 0 || run->size <= MARK_SIZE * body) continue;
            g_autofree char *name = name_run(w, k);
            run->furniture = g_hash_table_contains(names, name);
        }
    }
}

void dab_furniture_find(const GPtrArray *pages, float body) {
    g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func(free_edge);
    g_autoptr(GHashTable) by_sign = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < pages->len; i++) collect_page(g_ptr_array_index(pages, i), edges);
    for (guint i = 0; i < edges->len; i++) {
        Edge *e = g_ptr_array_index(edges, i);
        GPtrArray *same = g_hash_table_lookup(by_sign, e->signature);
        if (!same) g_hash_table_insert(by_sign, e->signature, same = g_ptr_array_new());
        g_ptr_array_add(same, e);
    }
    gboolean outer = TRUE; /* everything further out on this edge is furniture too */
    for (guint i = 0; i < edges->len; i++) {
        Edge *e = g_ptr_array_index(edges, i);
        const Edge *before = i ? g_ptr_array_index(edges, i - 1) : NULL;
        const DabPageWork *w = g_ptr_array_index(pages, e->page);
        if (!before || before->page != e->page || before->top != e->top) outer = TRUE;
        outer = outer && is_furniture(e, w, g_hash_table_lookup(by_sign, e->signature), pages->len, body);
        if (!outer) continue;
        for (guint k = 0; k < e->runs->len; k++) g_array_index(w->runs, DabRun, g_array_index(e->runs, guint, k)).furniture = TRUE;
    }
    mark_watermarks(pages, body);
}
