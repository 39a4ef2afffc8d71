/* Pies and figures in boxes: no axis, each figure has its name beside it: 第一产业16.3%, or 居住 over 22.3%. */
#include <math.h>
#include <string.h>

#include "parsers/chart_parts.h"

#define NEAR 1.6f /* times the size: the gap between a name and its figure */
#define MIN_PAIRS 2

static gint add_place(DabChart *c, DabSpan name) {
    DabChartPlace place = {.year = c->year,
                           .name = dab_pool_strndup(c->d->pool, c->d->text->utf8->str + name.start, dab_span_len(name))};
    g_array_append_val(c->places, place);
    return (gint)c->places->len - 1;
}

static float gap(float a0, float a1, float b0, float b1) {
    return MAX(0, MAX(a0 - b1, b0 - a1));
}

/* From one box to the other; figures stand below or beside their name. */
static float distance(const DabToken *a, const DabToken *b) {
    return hypotf(gap(a->box.x0, a->box.x1, b->box.x0, b->box.x1), gap(a->box.y0, a->box.y1, b->box.y0, b->box.y1)) +
           fabsf(dab_token_x(a) - dab_token_x(b)) / 100;
}

/* The name nearest to a figure; NULL where none is near, or two are. */
static DabToken *nearest_name(const DabChart *c, const DabToken *figure) {
    DabToken *best = NULL;
    float least = NEAR * MAX(figure->size, 1);
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if ((t->kind != DAB_TOKEN_WORD && t->kind != DAB_TOKEN_NAMED) || distance(figure, t) >= least) continue;
        least = distance(figure, t);
        best = t;
    }
    return best;
}

/* A name with two figures has them in two units: 7560元 and 31.1%. */
static gboolean may_take(const DabChart *c, const DabToken *name, const DabToken *figure) {
    for (guint i = 0; i < c->tokens->len; i++) {
        const DabToken *t = c->tokens->pdata[i];
        if (t == figure || t->place < 0 || t->place != name->place || t->fate != DAB_FATE_LABEL) continue;
        if (!strcmp(t->unit, figure->unit)) return FALSE;
    }
    return TRUE;
}

gboolean dab_chart_pairs_find(DabChart *c) {
    guint pairs = 0;
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i];
        if (t->kind == DAB_TOKEN_PERIOD) return FALSE; /* figures of several years that no axis tells apart */
        if (t->kind != DAB_TOKEN_NAMED) continue;
        t->place = add_place(c, t->name);
        t->fate = DAB_FATE_LABEL;
        pairs++;
    }
    for (guint i = 0; i < c->tokens->len; i++) {
        DabToken *t = c->tokens->pdata[i], *name;
        if (t->kind != DAB_TOKEN_VALUE || t->fate != DAB_FATE_OPEN) continue;
        if (c->boxes) {
            name = nearest_name(c, t);
        } else {
            name = i ? c->tokens->pdata[i - 1] : NULL;
            if (name && name->kind != DAB_TOKEN_WORD) name = NULL;
        }
        if (!name) return FALSE;
        if (name->place < 0) {
            name->place = add_place(c, name->name);
            pairs++;
        }
        if (!may_take(c, name, t)) return FALSE;
        t->place = name->place;
        t->fate = DAB_FATE_LABEL;
    }
    return c->paired = pairs >= MIN_PAIRS;
}
