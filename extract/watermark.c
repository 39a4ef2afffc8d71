/* watermark.c: watermarks and seals. */
#include "extract/watermark.h"

#include <math.h>

#define MAX_FONTS 256     /* as many as a page's characters are numbered by */
#define MAX_MARK 200u     /* characters of one watermark; a text printed all over a page in many copies has some more */
#define MAX_LOOKED 1000u  /* characters of a page that are looked at closely */
#define MAX_SIDE 20000.0f /* points: larger than any page may be */
#define MAX_CHARS 60000u  /* of a page: no page of text has more */
#define LARGE 1.5f        /* of the size of the page's text: a watermark of whole lines is larger */
#define MIN_SCATTERED 4   /* characters that are no list of labels */
#define NEAR 3.0f         /* of the font size: a single character of another font this near to a mark is part of it */
#define BESIDE 1.0f       /* of the font size: characters nearer than this are of one line */
#define SAME_LINE 0.35f   /* of the font size */
#define SAME_BASE 0.06f   /* of the font size: what is set in one line of one font has one height */
#define BELOW 1.7f        /* of the font size: those of one upright label */
#define CELL 24.0f        /* points: squares in which characters are looked for */
#define MAX_CELLS 100000  /* of a page; a poster is looked at through larger squares */

typedef struct {
    guint n, lone, lying; /* characters; those without a neighbour of their font; those that lie on another text */
    guint wide;           /* hanzi */
    float size;
    gboolean stacked; /* one stands below another */
} Font;

/* Characters by the square of the page that their middle is in. */
typedef struct {
    guint *first, *chars; /* chars[first[square]] … */
    guint columns, rows;
    float cell;
} Squares;

static DabChar *char_at(const DabRawPage *page, guint i) {
    return &g_array_index(page->chars, DabChar, i);
}
static float mid_x(const DabChar *c) {
    return dab_mid(c->glyph.box.x0, c->glyph.box.x1);
}
static float mid_y(const DabChar *c) {
    return dab_mid(c->glyph.box.y0, c->glyph.box.y1);
}

static gboolean are_beside(const DabChar *a, const DabChar *b, float height) {
    float gap = MAX(a->glyph.box.x0, b->glyph.box.x0) - MIN(a->glyph.box.x1, b->glyph.box.x1);
    return a->font == b->font && fabsf(mid_y(a) - mid_y(b)) < height * a->glyph.size && gap < BESIDE * a->glyph.size;
}

/* How many characters each font has, and how many of them stand alone: the file has those of a line next to each other. */
static void count_fonts(const DabRawPage *page, Font fonts[MAX_FONTS]) {
    const DabChar *before = NULL;
    gboolean joined = FALSE; /* `before` has a neighbour already */
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *c = char_at(page, i);
        if ((c->style & DAB_CHAR_BLANK) || c->font >= MAX_FONTS) continue;
        Font *f = &fonts[c->font];
        gboolean beside = before && are_beside(before, c, SAME_BASE);
        if (beside && !joined) fonts[before->font].lone--;
        f->lone += !beside;
        f->n++;
        f->wide += dab_is_hanzi(c->glyph.ch) || g_unichar_iswide(c->glyph.ch);
        f->size = c->glyph.size;
        joined = beside;
        before = c;
    }
}

static guint most_frequent(const Font fonts[MAX_FONTS]) {
    guint best = 0;
    for (guint i = 1; i < MAX_FONTS; i++)
        if (fonts[i].n > fonts[best].n) best = i;
    return best;
}

static guint square_of(const Squares *s, float x, float y) {
    guint column = (guint)CLAMP(x / s->cell, 0, (float)(s->columns - 1)), row = (guint)CLAMP(y / s->cell, 0, (float)(s->rows - 1));
    return row * s->columns + column;
}

static void make_squares(const DabRawPage *page, Squares *s) {
    s->cell = MAX(CELL, sqrtf(page->width * page->height / MAX_CELLS));
    s->columns = (guint)(page->width / s->cell) + 1;
    s->rows = (guint)(page->height / s->cell) + 1;
    guint n = s->columns * s->rows;
    s->first = g_new0(guint, n + 2);
    s->chars = g_new(guint, page->chars->len + 1);
    g_autofree guint *squares = g_new(guint, page->chars->len + 1);
    for (guint i = 0; i < page->chars->len; i++) {
        squares[i] = square_of(s, mid_x(char_at(page, i)), mid_y(char_at(page, i)));
        s->first[squares[i] + 2]++;
    }
    for (guint i = 2; i < n + 2; i++) s->first[i] += s->first[i - 1];
    for (guint i = 0; i < page->chars->len; i++) s->chars[s->first[squares[i] + 1]++] = i;
}

/* Whether the middle of a character of another font lies well within the box of this one. */
static gboolean lies_on_text(const DabRawPage *page, const Squares *s, const DabChar *c) {
    float x = 0.35f * (c->glyph.box.x1 - c->glyph.box.x0), y = 0.5f * MIN(0.7f * c->glyph.size, c->glyph.box.y1 - c->glyph.box.y0);
    guint from = square_of(s, mid_x(c) - x, mid_y(c) - y), to = square_of(s, mid_x(c) + x, mid_y(c) + y);
    for (guint row = from / s->columns; row <= to / s->columns; row++)
        for (guint column = from % s->columns; column <= to % s->columns; column++) {
            guint square = row * s->columns + column;
            for (guint i = s->first[square]; i < s->first[square + 1]; i++) {
                const DabChar *o = char_at(page, s->chars[i]);
                if (o->font != c->font && !(o->style & DAB_CHAR_BLANK) && fabsf(mid_x(o) - mid_x(c)) < x &&
                    fabsf(mid_y(o) - mid_y(c)) < y)
                    return TRUE;
            }
        }
    return FALSE;
}

/* Whether a character of the same font stands right below this one, as in an upright label, or beside it on its line. */
static gboolean has_fellow(const DabRawPage *page, const DabChar *c) {
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *o = char_at(page, i);
        if (o == c || o->font != c->font || (o->style & DAB_CHAR_BLANK)) continue;
        float down = mid_y(o) - mid_y(c);
        if (fabsf(mid_x(o) - mid_x(c)) < 0.15f * c->glyph.size && fabsf(down) < BELOW * c->glyph.size) return TRUE;
        if (are_beside(c, o, SAME_LINE)) return TRUE;
    }
    return FALSE;
}

static gboolean is_scattered(const Font *f) {
    return f->lone == f->n && f->wide * 10 >= f->n * 8 && !f->stacked;
}

static gboolean may_be_mark(const Font *f, float body) {
    if (!f->n || f->n > MAX_MARK) return FALSE;
    return f->size >= LARGE * body || (f->lone * 10 >= f->n * 8 && f->wide * 2 >= f->n);
}

static gboolean is_mark(const Font *f) {
    if (f->lying >= 2 && f->lying * 4 >= f->n) return TRUE;
    return is_scattered(f) && f->n >= MIN_SCATTERED;
}

static void look_closer(const DabRawPage *page, const gboolean may[MAX_FONTS], Font fonts[MAX_FONTS]) {
    Squares squares;
    make_squares(page, &squares);
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *c = char_at(page, i);
        if ((c->style & DAB_CHAR_BLANK) || c->font >= MAX_FONTS || !may[c->font]) continue;
        Font *f = &fonts[c->font];
        f->lying += lies_on_text(page, &squares, c);
        if (is_scattered(f) && f->n >= MIN_SCATTERED) f->stacked = has_fellow(page, c);
    }
    g_free(squares.first);
    g_free(squares.chars);
}

/* The few characters of a seal that have another font, its star among them. */
static gboolean is_near_mark(const DabRawPage *page, const DabChar *c) {
    for (guint i = 0; i < page->chars->len; i++) {
        const DabChar *o = char_at(page, i);
        if (!(o->style & DAB_CHAR_TURNED)) continue;
        if (hypotf(mid_x(o) - mid_x(c), mid_y(o) - mid_y(c)) < NEAR * c->glyph.size) return TRUE;
    }
    return FALSE;
}

void dab_watermarks_find(DabRawPage *page) {
    Font fonts[MAX_FONTS] = {{0}};
    gboolean any = FALSE, may[MAX_FONTS];
    guint looked = 0;
    if (page->chars->len > MAX_CHARS || !(page->width > 0 && page->width < MAX_SIDE) ||
        !(page->height > 0 && page->height < MAX_SIDE))
        return;
    count_fonts(page, fonts);
    guint body = most_frequent(fonts);
    for (guint i = 0; i < MAX_FONTS; i++) {
        may[i] = i != body && may_be_mark(&fonts[i], fonts[body].size);
        if (may[i]) looked += fonts[i].n;
    }
    if (!looked || looked > MAX_LOOKED) return;
    look_closer(page, may, fonts);
    any = FALSE;
    for (guint i = 0; i < MAX_FONTS; i++) any |= may[i] = may[i] && is_mark(&fonts[i]);
    for (guint i = 0; any && i < page->chars->len; i++)
        if (char_at(page, i)->font < MAX_FONTS && may[char_at(page, i)->font]) char_at(page, i)->style |= DAB_CHAR_TURNED;
    for (guint i = 0; any && i < page->chars->len; i++) {
        DabChar *c = char_at(page, i);
        if (c->font >= MAX_FONTS || c->font == body || fonts[c->font].lone != fonts[c->font].n || fonts[c->font].n >= MIN_SCATTERED)
            continue;
        if (is_near_mark(page, c)) c->style |= DAB_CHAR_TURNED;
    }
}
