/* The passages between two of running text: captions and labels, and which labels are of which caption. */
#include <string.h>

#include "parsers/chart_run.h"

#define MAX_TOKENS 400 /* of a run: more is a map or a plan */
#define MAX_CAPTION_BYTES 240
#define MAX_CAPTIONS 6 /* side by side */
#define LARGER 1.05f   /* times the size of labels: a heading */
#define MIN_YEARS 3    /* in a line: a chart may stand there, without a numbered caption */

static const DabPassage *passage(const DabDocument *d, guint i) {
    return &g_array_index(d->passages, DabPassage, i);
}

static gboolean is_text(const DabPassage *p) {
    return p->table < 0 && p->kind != DAB_PASSAGE_CELL && p->kind != DAB_PASSAGE_FURNITURE && p->kind != DAB_PASSAGE_TITLE;
}

/* Whether three years stand in a passage and nothing else that counts: the axis of a chart. */
static gboolean is_years(const DabDocument *d, const DabPassage *p) {
    const char *text = d->text->utf8->str;
    guint years = 0;
    if (!is_text(p) || dab_span_len(p->span) > MAX_CAPTION_BYTES) return FALSE;
    for (gsize i = p->span.start; i + 4 <= p->span.end; i++)
        years += (!strncmp(text + i, "20", 2) || !strncmp(text + i, "19", 2)) && g_ascii_isdigit(text[i + 2]) &&
                 g_ascii_isdigit(text[i + 3]) && (i + 4 == p->span.end || !g_ascii_isdigit(text[i + 4]));
    return years >= MIN_YEARS && g_ascii_isdigit(text[p->span.start]);
}

/* The captions that begin a passage, and at pieces of it that stand apart. */
static guint read_captions(DabChartRun *r, guint index, const char *kind) {
    const DabPassage *p = passage(r->d, index);
    const char *text = r->d->text->utf8->str;
    guint first = r->captions->len;
    if (!is_text(p) || dab_span_len(p->span) > MAX_CAPTION_BYTES * 2) return 0;
    if (!strcmp(kind, "caption") && !(p->asks >> DAB_PASSAGE_ASK_CAPTION & 1)) return 0;
    DabMatch m;
    if (!dab_chart_rule(r->rules, kind, text + p->span.start, dab_span_len(p->span), &m)) return 0;
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(g_free);
    (void)dab_chart_tokens_read(r->d, r->rules, index, pieces);
    for (guint i = 0; i < pieces->len && r->captions->len - first < MAX_CAPTIONS; i++) {
        const DabToken *t = pieces->pdata[i];
        const DabRule *rule = dab_chart_rule(r->rules, kind, text + t->span.start, p->span.end - t->span.start, &m);
        if (!rule || (i && strcmp(kind, "caption"))) {
            if (r->captions->len == first) continue;
            DabChartCaption *last = &g_array_index(r->captions, DabChartCaption, r->captions->len - 1);
            last->box = dab_box_join(last->box, t->box);
            last->title.end = last->span.end = t->span.end;
            continue;
        }
        int group = dab_pattern_group(rule->pattern, "title");
        gsize title = dab_match_has(&m, group) ? m.spans[2 * group] : 0;
        DabChartCaption c = {.title = {t->span.start + title, t->span.end},
                             .span = t->span,
                             .box = t->box,
                             .rule = rule,
                             .numbered = !strcmp(kind, "caption")};
        g_array_append_val(r->captions, c);
    }
    for (guint i = first; i < r->captions->len; i++) {
        DabChartCaption *c = &g_array_index(r->captions, DabChartCaption, i);
        c->title.start = MIN(c->title.start, c->title.end);
        if (dab_span_len(c->span) <= MAX_CAPTION_BYTES && dab_span_len(c->title)) continue;
        g_array_set_size(r->captions, first); /* a caption is a line */
        break;
    }
    return r->captions->len - first;
}

static float middle_x(DabBox b) {
    return (b.x0 + b.x1) / 2;
}

/* Of captions side by side: the one above or below a token. */
static guint nearest_caption(const DabChartRun *r, guint first, guint n, const DabToken *t) {
    guint at = 0;
    for (guint i = 1; i < n; i++) {
        const DabChartCaption *a = &g_array_index(r->captions, DabChartCaption, first + i - 1),
                              *b = &g_array_index(r->captions, DabChartCaption, first + i);
        if (dab_token_x(t) > (middle_x(a->box) + middle_x(b->box)) / 2) at = i;
    }
    return at;
}

static void read_charts_of(DabChartRun *r, guint first_caption, guint n_captions, guint first_item, guint end_item) {
    for (guint k = 0; k < n_captions; k++) {
        const DabChartCaption *caption = &g_array_index(r->captions, DabChartCaption, first_caption + k);
        g_autoptr(GPtrArray) tokens = g_ptr_array_new();
        for (guint i = first_item; i < end_item; i++) {
            const DabChartItem *item = &g_array_index(r->items, DabChartItem, i);
            for (guint t = 0; !item->caption && t < item->n; t++) {
                DabToken *token = r->tokens->pdata[item->first + t];
                if (n_captions == 1 || nearest_caption(r, first_caption, n_captions, token) == k) g_ptr_array_add(tokens, token);
            }
        }
        DabChart c = {.d = r->d,
                      .rules = r->rules,
                      .rule = caption->rule,
                      .numbered = caption->numbered,
                      .boxes = !dab_box_is_zero(caption->box),
                      .tokens = tokens,
                      .places = dab_pool_array(r->d->pool, sizeof(DabChartPlace))};
        c.title = dab_pool_strndup(r->d->pool, r->d->text->utf8->str + caption->title.start, dab_span_len(caption->title));
        dab_chart_read_figures(r, &c);
    }
}

static DabBox box_of(const DabChartRun *r, const DabChartItem *item) {
    DabBox box = {0};
    for (guint i = 0; i < item->n; i++)
        box = dab_box_join(box, item->caption ? g_array_index(r->captions, DabChartCaption, item->first + i).box
                                              : ((DabToken *)r->tokens->pdata[item->first + i])->box);
    return box;
}

/* Whether the captions of a run stand above their drawings: the first has nothing above it. Where the last has nothing below, the
 * smaller distance decides. */
static gboolean captions_above(const DabChartRun *r) {
    guint n = r->items->len;
    const DabChartItem *items = (const DabChartItem *)(void *)r->items->data;
    if (!items[0].caption) return FALSE;
    if (!items[n - 1].caption) return TRUE;
    guint first = 0, last = n - 1;
    while (first < n && items[first].caption) first++;
    while (last > 0 && items[last].caption) last--;
    if (first >= n) return TRUE;
    float above = box_of(r, &items[first]).y0 - box_of(r, &items[first - 1]).y1;
    float below = box_of(r, &items[last + 1]).y0 - box_of(r, &items[last]).y1;
    return above <= below;
}

/* Captions and labels in turn: each group of captions takes the labels behind it, or those before it. */
static void read_run(DabChartRun *r) {
    const DabChartItem *items = (const DabChartItem *)(void *)r->items->data;
    guint n = r->items->len;
    if (!n || !r->captions->len || !r->tokens->len || r->tokens->len > MAX_TOKENS) return;
    gboolean above = captions_above(r);
    for (guint i = 0; i < n;) {
        guint labels = i;
        while (i < n && !items[i].caption) i++;
        guint first = i;
        while (i < n && items[i].caption) i++;
        if (first == i) return;
        guint from = labels, to = first;
        if (above)
            for (from = to = i; to < n && !items[to].caption;) to++;
        /* of several captions one below the other, the nearest is the drawing's */
        guint a = above ? i - 1 : first, b = above ? i : first + 1;
        while (above && a > first && items[a].side) a--;
        while (!above && b < i && items[b].side) b++;
        guint n_captions = items[b - 1].first + items[b - 1].n - items[a].first;
        if (from < to) read_charts_of(r, items[a].first, n_captions, from, to);
    }
}

static void clear(DabChartRun *r) {
    g_ptr_array_set_size(r->tokens, 0);
    g_array_set_size(r->items, 0);
    g_array_set_size(r->captions, 0);
}

static gboolean beside(const DabChartRun *r, const DabChartItem *item) {
    if (!r->items->len || !g_array_index(r->items, DabChartItem, r->items->len - 1).caption) return FALSE;
    DabBox a = box_of(r, &g_array_index(r->items, DabChartItem, r->items->len - 1)), b = box_of(r, item);
    return !dab_box_is_zero(a) && a.x1 < b.x0 && MIN(a.y1, b.y1) - MAX(a.y0, b.y0) > (b.y1 - b.y0) / 2;
}

/* Whether a passage that the page sets apart is a heading: one word, larger than the labels before it. A legend has several. */
static gboolean is_heading(const DabChartRun *r, guint first) {
    const DabToken *t = r->tokens->pdata[first], *before = first ? r->tokens->pdata[first - 1] : NULL;
    return r->tokens->len == first + 1 && t->kind == DAB_TOKEN_WORD && (!before || t->size > before->size * LARGER);
}

gboolean dab_chart_run_take(DabChartRun *r, guint index) {
    const DabPassage *p = passage(r->d, index);
    DabChartItem item = {.passage = index, .caption = TRUE, .first = r->captions->len};
    DabMatch m;
    if (!is_text(p) || dab_span_len(p->span) > MAX_CAPTION_BYTES * 4 || r->tokens->len > MAX_TOKENS) return FALSE;
    if (dab_chart_rule(r->rules, "note", r->d->text->utf8->str + p->span.start, dab_span_len(p->span), &m)) return TRUE;
    item.n = read_captions(r, index, "caption");
    item.side = item.n && beside(r, &item);
    if (!item.n) {
        item = (DabChartItem){.passage = index, .first = r->tokens->len};
        gboolean labels = dab_chart_tokens_read(r->d, r->rules, index, r->tokens);
        item.n = r->tokens->len - item.first;
        if (p->kind == DAB_PASSAGE_HEADING && labels) labels = !is_heading(r, item.first);
        if (!labels) {
            g_ptr_array_set_size(r->tokens, (gint)item.first);
            return FALSE;
        }
    }
    g_array_append_val(r->items, item);
    return TRUE;
}

/* The caption of a run that has none: without a number, before it or behind it; or the last passage of the page before. */
static void take_caption(DabChartRun *r, gint before, gint behind) {
    if (r->captions->len || !r->items->len) return;
    DabChartItem turned = {.passage = (guint)MAX(before, 0), .caption = TRUE};
    if (before >= 0 &&
        passage(r->d, (guint)before)->page != passage(r->d, g_array_index(r->items, DabChartItem, 0).passage)->page) {
        gboolean taken = before > 0 && r->split[before - 1]; /* by a chart above it */
        if (!taken && (turned.n = read_captions(r, (guint)before, "caption")) == 1) g_array_prepend_val(r->items, turned);
        return;
    }
    gboolean years = FALSE;
    for (guint i = 0; i < r->items->len && !years; i++)
        years = is_years(r->d, passage(r->d, g_array_index(r->items, DabChartItem, i).passage));
    if (!years) return;
    DabChartItem item = {.caption = TRUE};
    if (before >= 0 && (item.n = read_captions(r, (guint)before, "plain"))) {
        item.passage = (guint)before;
        g_array_prepend_val(r->items, item);
    } else if (behind >= 0 && (item.n = read_captions(r, (guint)behind, "plain"))) {
        item.passage = (guint)behind;
        g_array_append_val(r->items, item);
    }
}

void dab_chart_run_end(DabChartRun *r, gint before, gint behind) {
    take_caption(r, before, behind);
    read_run(r);
    clear(r);
}

gboolean dab_chart_run_begins(DabChartRun *r, guint index) {
    gboolean found = is_years(r->d, passage(r->d, index)) || read_captions(r, index, "caption") > 0;
    clear(r);
    return found;
}
