/* paragraphs.c: lines → paragraphs. */
#include "extract/paragraphs.h"

#include <math.h>

#include "base/ranked.h"

#define SPARE 0.6f  /* of the size: what a full line may leave free after the next piece's width */
#define INDENT 1.1f /* of the size: a first line set in by this much begins a paragraph */
#define MAX_INDENT 6.0f
#define OTHER_SIZE 1.12f /* ratio of sizes that no one paragraph has */
#define HEADING_SIZE 1.15f

typedef struct {
    const DabLayout *layout;
    DabLine *lines;
    guint n;
    float left, right, pitch;
    float body;
    gboolean only; /* the page has no other column at this height */
} Column;

static float line_mid(const DabLine *l) {
    return dab_mid(l->box.y0, l->box.y1);
}
static gboolean same_size(const DabLine *a, const DabLine *b) {
    return MAX(a->size, b->size) <= OTHER_SIZE * MIN(a->size, b->size);
}

/* The usual distance from line to line: a low quantile, since gaps between paragraphs only add. */
static float find_pitch(const DabLine *lines, guint n) {
    if (n < 2) return 0;
    float *d = g_new(float, n);
    guint k = 0;
    for (guint i = 1; i < n; i++) {
        float step = line_mid(&lines[i]) - line_mid(&lines[i - 1]);
        if (step > 0 && same_size(&lines[i], &lines[i - 1])) d[k++] = step;
    }
    float pitch = k ? dab_ranked(d, k, (k - 1) / 3) : 0;
    g_free(d);
    return pitch;
}

/* How much more text the line could have taken. */
static float room(const DabLine *l, float right) {
    return right - l->box.x1;
}

/* The line ended although the next one's first piece had room, or between the items of a list: its writer ended it. */
static gboolean ends_early(const DabLayout *layout, const DabLine *l, float right, const DabLine *next) {
    if (dab_line_ends_sentence(layout, l) && dab_line_begins_item(layout, next)) return TRUE;
    return dab_line_has_leader(layout, l) || room(l, right) > dab_line_first_token(layout, next) + SPARE * l->size;
}

/* The first line of a paragraph that hardly leaves more room at its end than its indent looks like a centred one. */
static gboolean is_first_line(const Column *c, const DabLine *l) {
    float a = l->box.x0 - c->left, b = c->right - l->box.x1;
    return c->right - c->left > 20 * l->size && fabsf(a - 2 * l->size) < 0.3f * l->size && b < 2.2f * l->size;
}

static gboolean is_centred(const Column *c, const DabLine *l) {
    float a = l->box.x0 - c->left, b = c->right - l->box.x1;
    if (is_first_line(c, l)) return FALSE;
    return a > 1.0f * l->size && b > 1.0f * l->size && fabsf(a - b) < MAX(0.8f * l->size, 0.06f * (c->right - c->left));
}

static gboolean is_indented(const Column *c, const DabLine *l) {
    float in = l->box.x0 - c->left;
    return in >= INDENT * l->size;
}

/* Lines after the first may be set in instead (a hanging number): the line before is full and the next one stands below it. */
static gboolean is_hanging(const Column *c, guint i) {
    const DabLine *before = &c->lines[i - 1], *l = &c->lines[i];
    if (ends_early(c->layout, before, c->right, l) || dab_line_ends_sentence(c->layout, before)) return FALSE;
    if (before->box.x0 > l->box.x0 - 0.5f * l->size) return fabsf(before->box.x0 - l->box.x0) < 0.5f * l->size;
    return i + 1 >= c->n || fabsf(c->lines[i + 1].box.x0 - l->box.x0) < 0.5f * l->size;
}

static gboolean begins_paragraph(const Column *c, guint i) {
    const DabLine *before = &c->lines[i - 1], *l = &c->lines[i];
    if (!same_size(before, l)) return TRUE;
    if (dab_line_is_upright(before) && dab_line_is_upright(l)) /* the next column to the left, as high as this one */
        return fabsf(before->box.y0 - l->box.y0) > 0.5f * l->size || before->box.x0 - l->box.x0 > 3 * l->size;
    float step = line_mid(l) - line_mid(before);
    gboolean large = l->size > HEADING_SIZE * c->body; /* a headline that was too long goes on */
    if (step > 3.2f * l->size || (!large && c->pitch > 0 && step > 1.4f * c->pitch && step > 1.5f * l->size)) return TRUE;
    if (is_centred(c, l) && (is_centred(c, before) || large)) {
        float width = c->right - c->left, taken = before->box.x1 - before->box.x0;
        /* titles of a page are broken where they read well, headlines of a column where it ends */
        return c->only ? taken < 0.55f * width : width - taken > dab_line_first_token(c->layout, l) + SPARE * l->size;
    }
    if (ends_early(c->layout, before, c->right, l)) return TRUE;
    return is_indented(c, l) && !is_hanging(c, i);
}

static gboolean touches_image(DabBox box, float size, const GArray *images) {
    for (guint i = 0; images && i < images->len; i++) {
        DabBox m = g_array_index(images, DabBox, i);
        if (m.x1 - m.x0 < 6 * size || m.y1 - m.y0 < 4 * size) continue;
        if (box.x0 < m.x0 - 2 * size || box.x1 > m.x1 + 2 * size) continue;
        float below = box.y0 - m.y1, above = m.y0 - box.y1;
        if ((below > -size && below < 2.5f * size) || (above > -size && above < 1.5f * size)) return TRUE;
    }
    return FALSE;
}

/* Lines as running text has them, the first set in and the others not; so no caption, be it beside a picture. */
static gboolean is_set_as_text(const Column *c, guint first, guint n) {
    float in = c->lines[first].box.x0 - c->left, size = c->lines[first].size;
    if (n < 2 || size < 0.97f * c->body || fabsf(in - 2 * size) > 0.5f * size) return FALSE;
    for (guint i = first + 1; i < first + n; i++)
        if (c->lines[i].box.x0 - c->left > 0.5f * size) return FALSE;
    return TRUE;
}

static DabBlockKind kind_of(const Column *c, guint first, guint n, DabBox box, const GArray *images) {
    const DabLine *l = &c->lines[first];
    gboolean centred = TRUE;
    for (guint i = first; i < first + n; i++) centred = centred && is_centred(c, &c->lines[i]);
    if (l->size > HEADING_SIZE * c->body && n <= 4) return DAB_BLOCK_HEADING;
    if (n <= 3 && l->size < OTHER_SIZE * c->body && !is_set_as_text(c, first, n) && touches_image(box, l->size, images))
        return DAB_BLOCK_CAPTION;
    if (!c->only && n <= 3 && l->size < (centred && n <= 2 ? 0.95f : 0.82f) * c->body) return DAB_BLOCK_CAPTION;
    if (n <= 2 && centred && !dab_line_ends_sentence(c->layout, &c->lines[first + n - 1])) return DAB_BLOCK_HEADING;
    return DAB_BLOCK_PARAGRAPH;
}

static Column make_column(const DabLayout *layout, DabLine *lines, const DabStretch *s, float body) {
    Column c = {layout, lines, s->n_lines, s->left, s->right, find_pitch(lines, s->n_lines), body, s->n_columns == 1};
    return c;
}

void dab_paragraphs_make(const DabLayout *layout, GArray *lines, const DabStretch *s, float body, const GArray *images,
                         GArray *blocks) {
    Column c = make_column(layout, &g_array_index(lines, DabLine, s->first_line), s, body);
    for (guint i = 0; i < c.n;) {
        guint k = i;
        DabBox box = {0, 0, 0, 0};
        do {
            c.lines[k].new_paragraph = k == i;
            box = dab_box_join(box, c.lines[k].box);
            k++;
        } while (k < c.n && !begins_paragraph(&c, k));
        DabFlowBlock block = {{.kind = kind_of(&c, i, k - i, box, images),
                               .page = c.lines[i].page,
                               .box = box,
                               .first_line = s->first_line + i,
                               .n_lines = k - i,
                               .table = -1,
                               .column = s->column},
                              c.left,
                              c.right,
                              c.only};
        g_array_append_val(blocks, block);
        i = k;
    }
}

void dab_paragraphs_in_cell(const DabLayout *layout, DabLine *lines, guint n, float width) {
    float pitch = find_pitch(lines, n), left = G_MAXFLOAT;
    for (guint i = 0; i < n; i++) left = MIN(left, lines[i].box.x0);
    for (guint i = 0; i < n; i++) {
        DabLine *l = &lines[i];
        l->new_paragraph = i == 0;
        if (!i) continue;
        const DabLine *before = &lines[i - 1];
        if (before->page != l->page) { /* the page cut it: only an indent tells a new paragraph */
            l->new_paragraph = dab_line_ends_sentence(layout, before) || l->box.x0 - left > INDENT * l->size;
            continue;
        }
        float step = line_mid(l) - line_mid(before);
        gboolean centred = fabsf(dab_mid(before->box.x0, before->box.x1) - dab_mid(l->box.x0, l->box.x1)) < 0.5f * l->size;
        float taken = before->box.x1 - (centred ? before->box.x0 : left);
        gboolean item = dab_line_ends_sentence(layout, before) && dab_line_begins_item(layout, l);
        l->new_paragraph = item || !same_size(before, l) || width - taken > dab_line_first_token(layout, l) + SPARE * l->size ||
                           (pitch > 0 && step > 1.5f * pitch) ||
                           (!centred && l->box.x0 - left > INDENT * l->size && l->box.x0 - before->box.x0 > INDENT * l->size);
    }
}

/* A form's line: pieces of text far apart, not running text. */
static gboolean has_wide_blank(const DabLayout *layout, const DabLine *l) {
    for (guint i = 0; i < l->n_glyphs; i++) {
        const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, l->first_glyph + i);
        if (g->ch == ' ' && g->box.x1 - g->box.x0 > 1.6f * l->size) return TRUE;
    }
    return FALSE;
}

gboolean dab_paragraph_goes_on(const DabLayout *layout, const DabLine *last, float right, gboolean indented, const DabLine *next,
                               guint n_next, float left) {
    if (!same_size(last, next)) return FALSE;
    if (ends_early(layout, last, right, next) || has_wide_blank(layout, last) || has_wide_blank(layout, next)) return FALSE;
    if (next->box.x0 - left >= INDENT * next->size) return FALSE;
    if (!dab_line_ends_sentence(layout, last)) return TRUE;
    return indented && (n_next > 1 || dab_line_ends_sentence(layout, next));
}
