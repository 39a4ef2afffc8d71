/* lines.c: characters → runs → lines. */
#include "extract/lines.h"

#include <math.h>
#include <stdlib.h>

#define RUN_GAP 0.6f   /* of the font size: a wider gap ends a run */
#define MIN_UPRIGHT 4  /* hanzi below each other that are a line of vertical writing */
#define BLANK_GAP 0.2f /* a gap that reads as a blank, should the file have none there */

static DabChar *char_at(const GArray *chars, guint i) {
    return &g_array_index(chars, DabChar, i);
}

static gboolean is_right_of(const DabChar *a, const DabChar *b) {
    float gap = b->glyph.box.x0 - a->glyph.box.x1,
          down = dab_mid(b->glyph.box.y0, b->glyph.box.y1) - dab_mid(a->glyph.box.y0, a->glyph.box.y1);
    return fabsf(gap) < BLANK_GAP * a->glyph.size && fabsf(down) < BLANK_GAP * a->glyph.size;
}

/* Three characters in a row that go aside and up or down together are no line of text. */
void dab_chars_find_turned(GArray *chars) {
    for (guint i = 0; i + 2 < chars->len; i++) {
        DabBox a = char_at(chars, i)->glyph.box, b = char_at(chars, i + 1)->glyph.box, c = char_at(chars, i + 2)->glyph.box;
        float size = char_at(chars, i)->glyph.size * 0.25f;
        float y1 = dab_mid(b.y0, b.y1) - dab_mid(a.y0, a.y1), y2 = dab_mid(c.y0, c.y1) - dab_mid(b.y0, b.y1);
        float x1 = dab_mid(b.x0, b.x1) - dab_mid(a.x0, a.x1), x2 = dab_mid(c.x0, c.x1) - dab_mid(b.x0, b.x1);
        gboolean even = fabsf(y1 - y2) < size && fabsf(x1 - x2) < size && fabsf(y1) < 8 * size && fabsf(x1) < 8 * size;
        if (!even || fabsf(y1) < size) continue;
        /* rising straight up is turned text; straight down is a hanzi below a hanzi, as narrow cells have them */
        if (fabsf(x1) < size && y1 > 0) continue;
        if (i && is_right_of(char_at(chars, i - 1), char_at(chars, i))) continue; /* the end of a line, and two short ones below */
        for (guint k = i; k < i + 3; k++) char_at(chars, k)->style |= DAB_CHAR_TURNED;
    }
}

/* How many hanzi from `i` on stand each right below the one before, as close as one text has them. */
static guint count_upright(const GArray *chars, const gint *places, guint i) {
    guint n = 1;
    if (!dab_is_wide_letter(char_at(chars, i)->glyph.ch) || (places && places[i] >= 0)) return 0;
    for (; i + n < chars->len; n++) {
        const DabChar *c = char_at(chars, i + n), *before = char_at(chars, i + n - 1);
        const DabBox *a = &before->glyph.box, *b = &c->glyph.box;
        float size = before->glyph.size, step = dab_mid(b->y0, b->y1) - dab_mid(a->y0, a->y1);
        if ((c->style & DAB_CHAR_BLANK) || !(dab_is_hanzi(c->glyph.ch) || g_unichar_iswide(c->glyph.ch)) ||
            (places && places[i + n] >= 0))
            break;
        if (fabsf(dab_mid(a->x0, a->x1) - dab_mid(b->x0, b->x1)) > 0.2f * size || step < 0.8f * size || step > 1.2f * size) break;
        if (fabsf(c->glyph.size - size) > 0.1f * size) break;
    }
    return n >= MIN_UPRIGHT ? n : 0;
}

/* `blank`: a blank of the file stands between the two. */
static gboolean same_run(const DabRun *run, const DabChar *last, const DabChar *next, gboolean blank, gboolean same_place) {
    const DabBox *a = &last->glyph.box, *b = &next->glyph.box;
    float size = MIN(last->glyph.size, next->glyph.size);
    if (!same_place || run->turned != !!(next->style & DAB_CHAR_TURNED)) return FALSE;
    if (run->turned) return TRUE;
    if (fabsf(dab_mid(a->y0, a->y1) - dab_mid(b->y0, b->y1)) > 0.35f * size) return FALSE;
    if (MAX(last->glyph.size, next->glyph.size) > 1.25f * size) return FALSE;
    float gap = b->x0 - a->x1;
    return gap < (blank ? RUN_GAP : BLANK_GAP) * size && gap > -0.5f * size;
}

GArray *dab_runs_make(DabPool *pool, const GArray *chars, const gint *places) {
    GArray *runs = dab_pool_array(pool, sizeof(DabRun));
    DabRun *run = NULL;
    const DabChar *last = NULL; /* last visible character of the run */
    for (guint i = 0; i < chars->len; i++) {
        const DabChar *c = char_at(chars, i);
        gint place = places ? places[i] : -1;
        if (c->style & DAB_CHAR_BLANK) continue; /* joins the run if the next character does */
        guint upright = count_upright(chars, places, i);
        if (upright) {
            DabRun column = {
                .box = c->glyph.box, .size = c->glyph.size, .first = i, .n = upright, .place = -1, .table = -1, .upright = TRUE};
            g_array_append_val(runs, column);
            i += upright - 1;
            run = NULL;
            continue;
        }
        if (run && same_run(run, last, c, last + 1 != c, run->place == place)) {
            run->n = i - run->first + 1;
            run->box = dab_box_join(run->box, c->glyph.box);
        } else {
            DabRun fresh = {c->glyph.box, c->glyph.size, i, 1, place, -1, !!(c->style & DAB_CHAR_TURNED), FALSE, FALSE};
            g_array_append_val(runs, fresh);
            run = &g_array_index(runs, DabRun, runs->len - 1);
        }
        last = c;
    }
    return runs;
}

static int by_top(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    float x = dab_mid(p->box.y0, p->box.y1), y = dab_mid(q->box.y0, q->box.y1);
    if (x != y) return x < y ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}
static int by_left(const void *a, const void *b) {
    const DabRun *p = a, *q = b;
    if (p->box.x0 != q->box.x0) return p->box.x0 < q->box.x0 ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}

/* Room for the glyphs of the runs and a blank before each. */
static DabGlyph *make_room(GArray *glyphs, const DabRun *runs, guint n) {
    guint first = glyphs->len, room = n;
    for (guint k = 0; k < n; k++) room += runs[k].n;
    g_array_set_size(glyphs, first + room);
    return &g_array_index(glyphs, DabGlyph, first);
}

/* The size most of the line's glyphs have: sizes of a line are few, so a majority vote finds it (Boyer and Moore). */
static void settle_style(DabLayout *layout, DabLine *line, guint n_bold, guint n_visible) {
    float size = 0;
    gint votes = 0;
    for (guint i = 0; i < line->n_glyphs; i++) {
        float s = g_array_index(layout->glyphs, DabGlyph, line->first_glyph + i).size;
        if (votes == 0) size = s;
        votes += fabsf(s - size) < 0.2f ? 1 : -1;
    }
    line->size = size;
    line->bold = n_visible && n_bold * 10 >= n_visible * 9;
}

/* 55832¹: one or two digits, small and raised, after a number or a hanzi. A mark in brackets, 55832[1], is read as it stands.
 * A power has a unit before it (km²) or a ten (10⁴). */
static gboolean is_note_mark(const GArray *chars, const DabRun *run, const DabRun *before) {
    if (run->n > 2 || run->size > 0.75f * before->size) return FALSE;
    if (dab_mid(run->box.y0, run->box.y1) > dab_mid(before->box.y0, before->box.y1) - 0.12f * before->size) return FALSE;
    if (run->box.x0 - before->box.x1 > 0.5f * before->size) return FALSE;
    for (guint i = run->first; i < run->first + run->n; i++)
        if (!g_unichar_isdigit(char_at(chars, i)->glyph.ch)) return FALSE;
    guint last = before->first + before->n - 1;
    gunichar ch = char_at(chars, last)->glyph.ch;
    gboolean ten = before->n >= 2 && ch == '0' && char_at(chars, last - 1)->glyph.ch == '1' &&
                   (before->n == 2 || !g_unichar_isdigit(char_at(chars, last - 2)->glyph.ch));
    return !ten && (g_unichar_isdigit(ch) || dab_is_wide_letter(ch) || g_unichar_ispunct(ch));
}

static void make_line(DabLayout *layout, guint page, const GArray *chars, const DabRun *runs, guint n, GArray *lines) {
    DabLine line = {.page = page, .first_glyph = layout->glyphs->len};
    DabGlyph *glyphs = make_room(layout->glyphs, runs, n);
    guint n_bold = 0, n_visible = 0;
    for (guint k = 0; k < n; k++) {
        const DabRun *run = &runs[k];
        float gap = k ? run->box.x0 - runs[k - 1].box.x1 : 0;
        if (k && is_note_mark(chars, run, &runs[k - 1])) continue;
        if (k && gap > BLANK_GAP * MIN(run->size, runs[k - 1].size)) {
            DabBox box = {runs[k - 1].box.x1, run->box.y0, run->box.x0, run->box.y1};
            glyphs[line.n_glyphs++] = (DabGlyph){.ch = ' ', .size = run->size, .box = box};
        }
        for (guint i = run->first; i < run->first + run->n; i++) {
            const DabChar *c = char_at(chars, i);
            gboolean visible = !(c->style & DAB_CHAR_BLANK);
            n_visible += visible;
            n_bold += visible && (c->style & DAB_CHAR_BOLD);
            glyphs[line.n_glyphs++] = c->glyph;
        }
        line.box = dab_box_join(line.box, run->box);
        if (run->upright) line.box = dab_box_join(line.box, char_at(chars, run->first + run->n - 1)->glyph.box);
    }
    g_array_set_size(layout->glyphs, line.first_glyph + line.n_glyphs);
    settle_style(layout, &line, n_bold, n_visible);
    g_array_append_val(lines, line);
}

/* Imitated bold prints a text two or more times, each a hair aside. Poppler drops most of that, not all. */
static gboolean is_shadow(const GArray *chars, const DabRun *run, const DabRun *of) {
    if (run->n != of->n || fabsf(run->box.x0 - of->box.x0) > 0.3f * run->size || fabsf(run->box.y0 - of->box.y0) > 0.3f * run->size)
        return FALSE;
    for (guint i = 0; i < run->n; i++)
        if (char_at(chars, run->first + i)->glyph.ch != char_at(chars, of->first + i)->glyph.ch) return FALSE;
    return TRUE;
}

static gboolean all_upright(const DabRun *runs, guint n) {
    for (guint i = 0; i < n; i++)
        if (!runs[i].upright) return FALSE;
    return TRUE;
}

void dab_lines_make(DabLayout *layout, guint page, const GArray *chars, DabRun *runs, guint n, GArray *lines) {
    if (n) qsort(runs, n, sizeof *runs, by_top);
    for (guint i = 0; i < n;) {
        float y0 = dab_core_y0(runs[i].box, runs[i].size), y1 = dab_core_y1(runs[i].box, runs[i].size), tallest = runs[i].size;
        guint k = i + 1;
        for (; k < n; k++) {
            float a = dab_core_y0(runs[k].box, runs[k].size), b = dab_core_y1(runs[k].box, runs[k].size);
            if (dab_overlap(y0, y1, a, b) < 0.5f * MIN(y1 - y0, b - a)) break;
            if (runs[k].size > tallest) { /* the row is where its tallest run is; a raised figure joins it, not the reverse */
                tallest = runs[k].size;
                y0 = a;
                y1 = b;
            }
        }
        qsort(runs + i, k - i, sizeof *runs, by_left);
        if (all_upright(runs + i, k - i)) { /* lines of their own, from right to left */
            for (guint j = k; j-- > i;) make_line(layout, page, chars, runs + j, 1, lines);
            i = k;
            continue;
        }
        guint kept = 1;
        for (guint j = i + 1; j < k; j++)
            if (!is_shadow(chars, &runs[j], &runs[i + kept - 1])) runs[i + kept++] = runs[j];
        make_line(layout, page, chars, runs + i, kept, lines);
        i = k;
    }
}

static gboolean is_word_char(gunichar ch) {
    return ch < 0x2E80 && (g_unichar_isalnum(ch) || ch == '.' || ch == '%' || ch == ',' || ch == '-' || ch == '/' || ch == '+' ||
                           ch == '_' || ch == '@' || ch == ':' || ch == '~' || ch == 0x2030);
}
/* Punctuation that may not begin a line: ， 。 、 ； ： ？ ！ ） 》 ” ’ 」 』 】 〉 and their ASCII kin. */
static gboolean is_closing(gunichar ch) {
    static const gunichar closing[] = {0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF01, 0xFF09, 0x300B,
                                       0x201D, 0x2019, 0x300D, 0x300F, 0x3011, 0x3009, 0xFF05, 0x2026, 0x2030,
                                       ',',    '.',    ';',    ':',    '?',    '!',    ')',    ']',    '%'};
    for (guint i = 0; i < G_N_ELEMENTS(closing); i++)
        if (closing[i] == ch) return TRUE;
    return FALSE;
}
/* Punctuation that may not end a line: （ 《 “ ‘ 「 『 【 〈 ( [ */
static gboolean is_opening(gunichar ch) {
    static const gunichar opening[] = {0xFF08, 0x300A, 0x201C, 0x2018, 0x300C, 0x300E, 0x3010, 0x3008, '(', '['};
    for (guint i = 0; i < G_N_ELEMENTS(opening); i++)
        if (opening[i] == ch) return TRUE;
    return FALSE;
}

float dab_line_first_token(const DabLayout *layout, const DabLine *line) {
    const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, line->first_glyph);
    guint n = line->n_glyphs, i = 0;
    if (!n) return 0;
    while (i + 1 < n && is_opening(g[i].ch)) i++;
    if (is_word_char(g[i].ch)) {
        while (i + 1 < n && is_word_char(g[i + 1].ch)) i++;
    }
    gboolean closed = FALSE;
    for (; i + 1 < n && is_closing(g[i + 1].ch); i++) closed = TRUE;
    while (closed && i + 1 < n && is_word_char(g[i + 1].ch)) i++; /* nor between a comma and a digit: Unicode line breaking */
    return g[i].box.x1 - g[0].box.x0;
}

gboolean dab_line_ends_sentence(const DabLayout *layout, const DabLine *line) {
    static const gunichar ends[] = {0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0xFF1A, '!', '?', ';', ':'};
    for (guint i = line->n_glyphs; i-- > 0;) {
        gunichar ch = g_array_index(layout->glyphs, DabGlyph, line->first_glyph + i).ch;
        for (guint k = 0; k < G_N_ELEMENTS(ends); k++)
            if (ends[k] == ch) return TRUE;
        if (ch == '.') return TRUE;
        if (ch != ' ' && ch != 0x201D && ch != 0x2019 && ch != 0xFF09 && ch != ')' && ch != 0x300D && ch != 0x3011) return FALSE;
    }
    return TRUE;
}

gboolean dab_line_begins_item(const DabLayout *layout, const DabLine *line) {
    const DabGlyph *g = line->n_glyphs ? &g_array_index(layout->glyphs, DabGlyph, line->first_glyph) : NULL;
    guint n = line->n_glyphs, i = 0, digits = 0;
    if (!n) return FALSE;
    if (g[0].ch >= 0x2460 && g[0].ch <= 0x249B) return TRUE; /* ① … ⒛ */
    gboolean bracket = g[0].ch == '(' || g[0].ch == 0xFF08;
    if (bracket) i++;
    for (; i < n && g_unichar_isdigit(g[i].ch); i++) digits++;
    if (!digits || digits > 2 || i >= n) return FALSE;
    if (bracket) return g[i].ch == ')' || g[i].ch == 0xFF09;
    if (g[i].ch != '.' && g[i].ch != 0xFF0E && g[i].ch != 0x3001) return FALSE;
    return i + 1 < n && !g_unichar_isdigit(g[i + 1].ch); /* 3.5 is a number */
}

gboolean dab_line_has_leader(const DabLayout *layout, const DabLine *line) {
    guint i = line->n_glyphs, dots = 0;
    const DabGlyph *g = line->n_glyphs ? &g_array_index(layout->glyphs, DabGlyph, line->first_glyph) : NULL;
    while (i && (g_unichar_isdigit(g[i - 1].ch) || g[i - 1].ch == ' ' || g_unichar_type(g[i - 1].ch) == G_UNICODE_DASH_PUNCTUATION))
        i--;
    for (; i && (g[i - 1].ch == '.' || g[i - 1].ch == 0xB7 || g[i - 1].ch == 0x2026 || g[i - 1].ch == ' '); i--)
        dots += g[i - 1].ch == 0x2026 ? 3 : g[i - 1].ch != ' ';
    return dots >= 5;
}

gboolean dab_line_is_digits(const DabLayout *layout, const DabLine *line) {
    guint digits = 0;
    for (guint i = 0; i < line->n_glyphs; i++) {
        gunichar ch = g_array_index(layout->glyphs, DabGlyph, line->first_glyph + i).ch;
        if (g_unichar_isdigit(ch))
            digits++;
        else if (ch != ' ' && ch != '.' && ch != '/' && ch != 0xB7 && g_unichar_type(ch) != G_UNICODE_DASH_PUNCTUATION)
            return FALSE;
    }
    return digits > 0;
}
