/* A passage → the pieces of its text that stand apart on the page, and what each may be in a chart. */
#include <math.h>
#include <string.h>

#include "parsers/chart_parts.h"

#define MAX_TOKEN_BYTES 60 /* 20 hanzi: a longer piece is running text */
#define HALF 0.55f         /* times the size: of a line, above and below its middle */
#define APART 0.6f         /* times the size of the text: a gap that parts two labels */

typedef struct {
    DabDocument *d;
    const DabRules *rules;
    guint passage;
    GPtrArray *tokens;
    gboolean other; /* one of them is running text */
} Reader;

const DabRule *dab_chart_rule(const DabRules *rules, const char *kind, const char *text, gsize len, DabMatch *m) {
    DabLikely likely = dab_rules_likely_of(rules, DAB_STAGE_CHART, kind, text, len);
    for (const DabRule *rule; (rule = dab_likely_next(&likely));)
        if (rule->pattern && dab_pattern_match(rule->pattern, text, len, 0, m)) return rule;
    return NULL;
}

static DabSpan group_of(const DabRule *rule, const DabMatch *m, const char *name, gsize offset) {
    int group = dab_pattern_group(rule->pattern, name);
    if (!dab_match_has(m, group)) return (DabSpan){0};
    return (DabSpan){offset + m->spans[2 * group], offset + m->spans[2 * group + 1]};
}

static const char *text_of(const Reader *r, DabSpan span) {
    return dab_pool_strndup(r->d->pool, r->d->text->utf8->str + span.start, dab_span_len(span));
}

/* −1,234.5 → -1234.5 */
static void read_value(const Reader *r, DabToken *t, DabSpan span) {
    char digits[40];
    guint n = 0;
    gboolean point = FALSE;
    const char *text = r->d->text->utf8->str;
    for (gsize i = span.start; i < span.end && n + 1 < sizeof digits; i++) {
        if (text[i] == '.') point = TRUE;
        if (point && g_ascii_isdigit(text[i])) t->decimals++;
        if (g_ascii_isdigit(text[i]) || text[i] == '.') digits[n++] = text[i];
    }
    digits[n] = 0;
    gboolean minus = !g_ascii_isdigit(text[span.start]) && text[span.start] != '+';
    t->number = g_ascii_strtod(digits, NULL) * (minus ? -1 : 1);
}

static void classify(Reader *r, DabToken *t) {
    static const struct {
        const char *kind;
        DabTokenKind token;
    } kinds[] = {{"unit", DAB_TOKEN_UNIT},
                 {"period", DAB_TOKEN_PERIOD},
                 {"value", DAB_TOKEN_VALUE},
                 {"named", DAB_TOKEN_NAMED},
                 {"word", DAB_TOKEN_WORD}};
    const char *text = r->d->text->utf8->str + t->span.start;
    DabMatch m;
    t->unit = "";
    t->place = t->series = -1;
    if (dab_span_len(t->span) > MAX_TOKEN_BYTES) return;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const DabRule *rule = dab_chart_rule(r->rules, kinds[i].kind, text, dab_span_len(t->span), &m);
        if (!rule) continue;
        t->kind = kinds[i].token;
        t->name = group_of(rule, &m, "name", t->span.start);
        t->value = group_of(rule, &m, "value", t->span.start);
        DabSpan unit = group_of(rule, &m, "unit", t->span.start);
        if (t->kind == DAB_TOKEN_WORD && !dab_span_len(t->name)) t->name = t->span;
        if (unit.end) t->unit = text_of(r, unit);
        if (dab_span_len(t->value)) read_value(r, t, t->value);
        if (t->kind == DAB_TOKEN_PERIOD && !dab_span_len(t->value)) t->value = t->span;
        return;
    }
}

static void add(Reader *r, DabToken *t) {
    if (!t->span.end) return;
    if (t->size > 0) { /* boxes of glyphs are as high as the font's highest: of the text itself is what stands around the middle */
        float middle = dab_token_y(t);
        t->box.y0 = middle - t->size * HALF;
        t->box.y1 = middle + t->size * HALF;
    }
    classify(r, t);
    if (t->kind == DAB_TOKEN_OTHER) r->other = TRUE;
    g_ptr_array_add(r->tokens, g_memdup2(t, sizeof *t));
}

/* Whether the glyph stands apart from the one before it: on another line, or behind a gap. */
static gboolean apart(const DabGlyph *last, const DabGlyph *g) {
    float size = MAX(MIN(last->size, g->size), 1), gap = g->box.x0 - last->box.x1;
    float down = (g->box.y0 + g->box.y1 - last->box.y0 - last->box.y1) / 2;
    return fabsf(down) > size / 2 || gap > APART * size || gap < -size;
}

static gboolean parts_figures(const char *text, gsize blank, gsize end) {
    return blank > 0 && blank + 1 < end && g_ascii_isdigit(text[blank - 1]) &&
           (g_ascii_isdigit(text[blank + 1]) || text[blank + 1] == '-');
}

gboolean dab_chart_tokens_read(DabDocument *d, const DabRules *rules, guint passage, GPtrArray *tokens) {
    Reader r = {.d = d, .rules = rules, .passage = passage, .tokens = tokens};
    const DabPassage *p = &g_array_index(d->passages, DabPassage, passage);
    const char *text = d->text->utf8->str;
    const DabGlyph *last = NULL;
    DabToken t = {.span = {p->span.start, 0}, .passage = passage};
    gsize next;
    for (gsize i = p->span.start; i < p->span.end; i = next) {
        next = i + (gsize)g_utf8_skip[(guchar)text[i]];
        guint32 index = g_array_index(d->text->glyph, guint32, i);
        const DabGlyph *g = index == DAB_NO_GLYPH || text[i] == ' ' ? NULL : &g_array_index(d->layout->glyphs, DabGlyph, index);
        gboolean boxed = g && !dab_box_is_zero(g->box);
        gboolean blank = text[i] == ' ' && (parts_figures(text, i, p->span.end) || (last && dab_box_is_zero(last->box)));
        gboolean dropped = g && last && !boxed && g > last + 1; /* blanks between hanzi that the normaliser closed */
        if (blank || dropped || (boxed && last && apart(last, g))) {
            add(&r, &t);
            t = (DabToken){.span = {i, 0}, .passage = passage};
        }
        if (!g) continue;
        if (!t.span.end) t.span.start = i; /* blanks before it are none of its */
        t.span.end = next;
        t.box = dab_box_join(t.box, g->box);
        t.size = MAX(t.size, g->size);
        last = g;
    }
    add(&r, &t);
    return !r.other;
}
