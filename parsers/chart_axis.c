/* The axis of a chart: a row or a column of periods or names; and the figures of value axes, which stand in line in even steps. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ranked.h"
#include "dabiao/date.h"
#include "parsers/chart_parts.h"

#define MIN_PLACES 3
#define IN_LINE 0.5f    /* times the size: centres of one row */
#define SAME_EDGE 2.0f  /* points: edges of one column */
#define EVEN 0.2        /* of a step: as uneven as steps of an axis may be on the page */
#define ABOVE_NAME 0.8f /* times the size: how far figures may stand beside the middle of a place with a name */

static float along(const DabChart *c, const DabToken *t) {
    return c->upright ? dab_token_y(t) : dab_token_x(t);
}

/* ---- periods ---- */

/* Reads the period of a token; `year`: of the period before it, or of the caption. */
static gboolean read_period(const DabChart *c, DabToken *t, gint year) {
    const char *text = c->d->text->utf8->str + t->span.start;
    char iso[11];
    DabMatch m;
    const DabRule *rule = dab_chart_rule(c->rules, "period", text, dab_span_len(t->span), &m);
    if (!rule) return FALSE;
    int group = dab_pattern_group(rule->pattern, "year");
    if (dab_match_has(&m, group)) {
        t->year = dab_chart_year(text + m.spans[2 * group]);
        t->as_of = dab_pool_printf(c->d->pool, "%d", t->year);
        return TRUE;
    }
    gint base = year ? year : 2000; /* a leap year: any day of the calendar will do to tell the order */
    if (!dab_date_find(c->rules, text, dab_span_len(t->span), base, iso)) return FALSE;
    t->year = (gint)g_ascii_strtoll(iso, NULL, 10);
    iso[MIN(strlen(iso), 7)] = 0;
    t->as_of = dab_pool_strdup(c->d->pool, iso);
    return TRUE;
}

/* Whether the periods go forward (or all backward); months that begin again are of the next year. */
static gboolean read_periods(const DabChart *c, GPtrArray *row) {
    gint year = c->year, forward = 0, backward = 0;
    for (guint i = 0; i < row->len; i++) {
        DabToken *t = row->pdata[i], *last = i ? row->pdata[i - 1] : NULL;
        if (!read_period(c, t, year)) return FALSE;
        if (last && strlen(t->as_of) > 4 && strcmp(t->as_of, last->as_of) < 0 && year && !read_period(c, t, ++year)) return FALSE;
        if (last) *(strcmp(t->as_of, last->as_of) > 0 ? &forward : &backward) += 1;
        if (last && !strcmp(t->as_of, last->as_of)) return FALSE;
        if (strlen(t->as_of) > 4 || !year) year = t->year;
    }
    for (guint i = 0; i < row->len && !c->year; i++) { /* months of a year that nothing names */
        DabToken *t = row->pdata[i];
        if (year != 2000 || strlen(t->as_of) == 4) break;
        t->year = 0;
        t->as_of = NULL;
    }
    return !forward || !backward;
}

/* ---- rows and columns of tokens ---- */

static gboolean in_row(const DabToken *a, const DabToken *b) {
    return fabsf(dab_token_y(a) - dab_token_y(b)) < IN_LINE * MAX(MIN(a->size, b->size), 1);
}

static gboolean in_column(const DabToken *a, const DabToken *b) {
    return fabsf(dab_token_x(a) - dab_token_x(b)) < SAME_EDGE || fabsf(a->box.x0 - b->box.x0) < SAME_EDGE ||
           fabsf(a->box.x1 - b->box.x1) < SAME_EDGE;
}

static int by_x(gconstpointer a, gconstpointer b) {
    float x = dab_token_x(*(DabToken *const *)a), y = dab_token_x(*(DabToken *const *)b);
    return x < y ? -1 : x > y;
}

static int by_y(gconstpointer a, gconstpointer b) {
    float x = dab_token_y(*(DabToken *const *)a), y = dab_token_y(*(DabToken *const *)b);
    return x < y ? -1 : x > y;
}

/* The longest row (or column) of open tokens of a kind, sorted along it. */
static GPtrArray *longest(const DabChart *c, DabTokenKind kind, gboolean upright) {
    GPtrArray *best = g_ptr_array_new();
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *seed = c->tokens->pdata[i];
        if (seed->kind != kind || seed->fate != DAB_FATE_OPEN) continue;
        g_autoptr(GPtrArray) line = g_ptr_array_new();
        for (guint k = 0; k < c->tokens->len; k++) {
            DabToken *t = c->tokens->pdata[k];
            gboolean same = !c->boxes || (upright ? in_column(seed, t) : in_row(seed, t));
            if (t->kind == kind && t->fate == DAB_FATE_OPEN && same) g_ptr_array_add(line, t);
        }
        if (line->len <= best->len) continue;
        g_ptr_array_set_size(best, 0);
        g_ptr_array_extend(best, line, NULL, NULL);
        if (!c->boxes || best->len * 2 > c->tokens->len) break;
    }
    if (c->boxes) g_ptr_array_sort(best, upright ? by_y : by_x);
    return best;
}

static void set_places(DabChart *c, const GPtrArray *row, gboolean upright) {
    c->upright = upright;
    g_array_set_size(c->places, 0);
    for (guint i = 0; i < row->len; i++) {
        const DabToken *t = row->pdata[i];
        DabChartPlace place = {.at = along(c, t), .year = t->year, .as_of = t->as_of};
        if (t->kind == DAB_TOKEN_WORD)
            place.name = dab_pool_strndup(c->d->pool, c->d->text->utf8->str + t->name.start, dab_span_len(t->name));
        g_array_append_val(c->places, place);
    }
    if (row->len < 2) return;
    g_autofree float *steps = g_new(float, row->len);
    for (guint i = 1; i < row->len; i++)
        steps[i - 1] = g_array_index(c->places, DabChartPlace, i).at - g_array_index(c->places, DabChartPlace, i - 1).at;
    c->spacing = dab_ranked(steps, row->len - 1, (row->len - 1) / 2);
}

/* ---- value axes ---- */

/* Whether tokens in line go in even steps, on the page and in value. */
static gboolean is_scale(const GPtrArray *line, gboolean upright) {
    if (line->len < MIN_PLACES) return FALSE;
    double step = 0, way = 0;
    for (guint i = 1; i < line->len; i++) {
        const DabToken *a = line->pdata[i - 1], *b = line->pdata[i];
        double s = b->number - a->number, w = upright ? dab_token_y(b) - dab_token_y(a) : dab_token_x(b) - dab_token_x(a);
        if (i == 1) {
            step = s;
            way = w;
        }
        if (fabs(s) < 1e-9 || fabs(s - step) > fabs(step) * 0.001 || fabs(w - way) > fabs(way) * EVEN) return FALSE;
    }
    return TRUE;
}

static gboolean edge_same(const DabToken *a, const DabToken *b, guint edge) {
    float d = edge == 0 ? a->box.x1 - b->box.x1 : edge == 1 ? a->box.x0 - b->box.x0 : dab_token_x(a) - dab_token_x(b);
    return fabsf(d) < SAME_EDGE;
}

/* Outside of all places: 0, 50, 100 left of the first bar. */
static gboolean outside(const DabChart *c, const DabToken *t) {
    const DabChartPlace *places = (const DabChartPlace *)(const void *)c->places->data;
    float at = dab_token_x(t);
    return !c->places->len || c->upright || at < places[0].at - c->spacing / 4 ||
           at > places[c->places->len - 1].at + c->spacing / 4;
}

static void find_scales(DabChart *c) {
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *seed = c->tokens->pdata[i];
        gboolean found = FALSE;
        /* a value axis stands upright beside bars that stand, and lies below bars that lie */
        for (guint edge = c->upright ? 3 : 0; edge < (c->upright ? 4u : 3u) && !found; edge++) {
            if (seed->kind != DAB_TOKEN_VALUE || seed->fate != DAB_FATE_OPEN || !outside(c, seed)) break;
            g_autoptr(GPtrArray) line = g_ptr_array_new();
            for (guint k = 0; k < c->tokens->len; k++) {
                DabToken *t = c->tokens->pdata[k];
                if (t->kind != DAB_TOKEN_VALUE || t->fate != DAB_FATE_OPEN || !outside(c, t)) continue;
                if (edge == 3 ? in_row(seed, t) : edge_same(seed, t, edge)) g_ptr_array_add(line, t);
            }
            g_ptr_array_sort(line, edge == 3 ? by_x : by_y);
            found = is_scale(line, edge != 3);
            for (guint k = 0; found && k < line->len; k++) ((DabToken *)line->pdata[k])->fate = DAB_FATE_AXIS;
        }
    }
}

/* ---- figures and their places ---- */

/* 1998 that is no place of the axis is no year. */
static void free_years(DabChart *c) {
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->kind == DAB_TOKEN_PERIOD && t->fate == DAB_FATE_OPEN && dab_span_len(t->span) == 4) t->kind = DAB_TOKEN_VALUE;
    }
}

static void place_figures(DabChart *c) {
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->kind != DAB_TOKEN_VALUE || t->fate != DAB_FATE_OPEN) continue;
        gint best = -1;
        float least = c->spacing * 0.55f;
        for (guint k = 0; k < c->places->len; k++) {
            float d = fabsf(along(c, t) - g_array_index(c->places, DabChartPlace, k).at);
            if (d >= least) continue;
            least = d;
            best = (gint)k;
        }
        if (best < 0) continue;
        t->place = best;
        t->fate = DAB_FATE_LABEL;
    }
}

/* Names in line are places only where the figures of each stand over its middle: a legend is in line, too. */
static gboolean fits_names(const DabChart *c) {
    guint n = c->places->len, figures = 0;
    g_autofree double *sum = g_new0(double, n);
    g_autofree guint *count = g_new0(guint, n);
    float size = 1;
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *t = c->tokens->pdata[i];
        if (t->kind == DAB_TOKEN_VALUE && t->fate == DAB_FATE_OPEN) return FALSE;
        if (t->fate != DAB_FATE_LABEL) continue;
        sum[t->place] += along(c, t);
        count[t->place]++;
        figures++;
        size = MAX(size, t->size);
    }
    for (guint i = 0; i < n; i++) {
        if (!count[i] || count[i] != count[0]) return FALSE;
        if (fabs(sum[i] / count[i] - g_array_index(c->places, DabChartPlace, i).at) > ABOVE_NAME * size) return FALSE;
    }
    return figures > 0;
}

static void unplace(DabChart *c) {
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        t->fate = DAB_FATE_OPEN;
        t->place = -1;
    }
    g_array_set_size(c->places, 0);
}

static void place_in_order(DabChart *c);

/* Periods, or (names) the words of an axis. */
static gboolean try_axis(DabChart *c, DabTokenKind kind, gboolean upright) {
    g_autoptr(GPtrArray) row = longest(c, kind, upright);
    if (row->len < (kind == DAB_TOKEN_PERIOD && c->numbered ? 2 : MIN_PLACES)) return FALSE;
    if (kind == DAB_TOKEN_PERIOD && !read_periods(c, row)) return FALSE;
    set_places(c, row, upright);
    if (c->boxes && c->spacing < 1) {
        unplace(c);
        return FALSE;
    }
    for (guint i = 0; i < row->len; i++) ((DabToken *)row->pdata[i])->fate = DAB_FATE_DATE;
    free_years(c);
    if (c->boxes) {
        find_scales(c);
        place_figures(c);
    } else {
        place_in_order(c);
    }
    if (kind == DAB_TOKEN_PERIOD || fits_names(c)) return TRUE;
    unplace(c);
    return FALSE;
}

/* Figures on lines of their own that grow ever smaller: in the order of their height on a page that is lost, maybe. */
static gboolean by_height(DabToken *const *figures, guint n) {
    for (guint i = 1; i < n; i++)
        if (figures[i]->number > figures[i - 1]->number || figures[i]->passage == figures[i - 1]->passage) return FALSE;
    return TRUE;
}

/* Without boxes only the order is known: n places, and as many figures, or twice as many, one series after the other. */
static void place_in_order(DabChart *c) {
    guint n = c->places->len;
    g_autoptr(GPtrArray) figures = g_ptr_array_new();
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->kind == DAB_TOKEN_VALUE) g_ptr_array_add(figures, t);
    }
    if (figures->len != n && figures->len != 2 * n) return;
    for (guint i = 0; i < figures->len; i += n)
        if (by_height((DabToken *const *)figures->pdata + i, n)) return;
    for (guint i = 0; i < figures->len; i++) {
        DabToken *t = figures->pdata[i];
        t->place = (gint)(i % n);
        t->fate = DAB_FATE_LABEL;
    }
}

gboolean dab_chart_axis_find(DabChart *c) {
    if (try_axis(c, DAB_TOKEN_PERIOD, FALSE)) return TRUE;
    if (!c->boxes) return FALSE;
    return try_axis(c, DAB_TOKEN_PERIOD, TRUE) || try_axis(c, DAB_TOKEN_WORD, FALSE) || try_axis(c, DAB_TOKEN_WORD, TRUE);
}
