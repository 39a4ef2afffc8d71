/* words.c: runs → words in text rows. */
#include "extract/words.h"

#include <stdlib.h>

#define LEADER_DOTS 4

static const DabGlyph *glyph_at(const GArray *chars, guint i) {
    return &g_array_index(chars, DabChar, i).glyph;
}

static gboolean is_figure_mark(gunichar ch) {
    static const gunichar marks[] = {'.',    ',',  '%',    '+',    '-',    '(',    ')',    '/',    ':',    '*',    '~',
                                     '<',    '>',  '=',    ' ',    0xFF0C, 0xFF0E, 0xFF05, 0x2212, 0x2013, 0x2014, 0xFF0D,
                                     0x2030, 0xB1, 0x2264, 0x2265, 0x2026, 0xFF08, 0xFF09, 0x2193, 0x2191};
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i] == ch) return TRUE;
    return FALSE;
}

/* Digits are at least half of it, and it begins with one or with a sign. */
static void read_figure(DabWord *w, const GArray *chars) {
    guint digits = 0, marks = 0;
    if (dab_is_hanzi(glyph_at(chars, w->first)->ch)) return;
    for (guint i = 0; i < w->n; i++) {
        gunichar ch = glyph_at(chars, w->first + i)->ch;
        digits += g_unichar_isdigit(ch);
        marks += is_figure_mark(ch);
    }
    gunichar first = glyph_at(chars, w->first)->ch, next = w->n > 1 ? glyph_at(chars, w->first + 1)->ch : 0;
    gboolean begins = g_unichar_isdigit(first) || (is_figure_mark(first) && (g_unichar_isdigit(next) || is_figure_mark(next)));
    if (!digits) {
        w->figure = marks == w->n && w->n <= 3;
        return;
    }
    w->figure = begins && (digits + marks) * 2 >= w->n;
    gint64 value = 0;
    for (guint i = 0; i < MIN(w->n, 4); i++) value = value * 10 + g_unichar_digit_value(glyph_at(chars, w->first + i)->ch);
    /* 2021 or 2021年, or with a small note mark */
    w->year =
        digits >= 4 && w->n <= 5 && value >= 1900 && value < 2100 && !is_figure_mark(glyph_at(chars, w->first + w->n - 1)->ch);
}

static void add_word(DabWordRows *out, const GArray *chars, guint first, guint n, DabBox box) {
    DabWord w = {.box = glyph_at(chars, first)->box, .first = first, .n = n};
    for (guint i = 0; i < n; i++) {
        const DabGlyph *g = glyph_at(chars, first + i);
        w.box = (DabBox){MIN(w.box.x0, g->box.x0), MIN(w.box.y0, g->box.y0), MAX(w.box.x1, g->box.x1), MAX(w.box.y1, g->box.y1)};
        w.size = MAX(w.size, g->size);
    }
    float x = dab_mid(w.box.x0, w.box.x1);
    if (x < box.x0 || x > box.x1) return;
    read_figure(&w, chars);
    g_array_append_val(out->words, w);
}

static void cut_run(DabWordRows *out, const GArray *chars, const DabRun *run, DabBox box) {
    guint first = run->first, end = run->first + run->n;
    for (guint i = run->first; i <= end; i++) {
        if (i < end && !(g_array_index(chars, DabChar, i).style & DAB_CHAR_BLANK)) continue;
        if (i > first) add_word(out, chars, first, i - first, box);
        first = i + 1;
    }
}

static int by_middle(const void *a, const void *b) {
    const DabWord *p = a, *q = b;
    float x = dab_mid(p->box.y0, p->box.y1), y = dab_mid(q->box.y0, q->box.y1);
    if (x != y) return x < y ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}
static int by_left(const void *a, const void *b) {
    const DabWord *p = a, *q = b;
    if (p->box.x0 != q->box.x0) return p->box.x0 < q->box.x0 ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}
static int by_float(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static gboolean is_leader(const GArray *chars, const DabWord *w) {
    guint dots = 0;
    for (guint i = 0; i < w->n; i++) {
        gunichar ch = glyph_at(chars, w->first + i)->ch;
        dots += ch == '.' || ch == 0xB7 ? 1 : ch == 0x2026 ? 3 : 0;
        if (dots >= LEADER_DOTS) return TRUE;
        if (ch != '.' && ch != 0xB7 && ch != 0x2026) dots = 0;
    }
    return FALSE;
}

static void finish_row(DabWordRows *out, const GArray *chars, DabWordRow *row) {
    guint dots = 0;
    qsort(dab_word(out, row->first), row->n, sizeof(DabWord), by_left);
    row->x0 = G_MAXFLOAT;
    row->x1 = -G_MAXFLOAT;
    for (guint i = row->first; i < row->first + row->n; i++) {
        const DabWord *w = dab_word(out, i);
        if (w->box.x0 - row->x1 > DAB_PIECE_GAP * w->size || i == row->first) row->n_pieces++;
        row->x0 = MIN(row->x0, w->box.x0);
        row->x1 = MAX(row->x1, w->box.x1);
        row->n_figures += w->figure && !w->year;
        row->n_years += w->year;
        gunichar ch = glyph_at(chars, w->first)->ch;
        dots += w->n == 1 && (ch == '.' || ch == 0xB7);
        row->leader = row->leader || is_leader(chars, w) || dots >= LEADER_DOTS;
    }
    g_array_append_val(out->rows, *row);
}

static void make_rows(DabWordRows *out, const GArray *chars) {
    guint n = out->words->len;
    if (n) qsort(out->words->data, n, sizeof(DabWord), by_middle);
    for (guint i = 0; i < n;) {
        const DabWord *w = dab_word(out, i);
        DabWordRow row = {.first = i, .y0 = dab_core_y0(w->box, w->size), .y1 = dab_core_y1(w->box, w->size), .size = w->size};
        guint k = i + 1;
        for (; k < n; k++) {
            w = dab_word(out, k);
            float a = dab_core_y0(w->box, w->size), b = dab_core_y1(w->box, w->size);
            if (dab_overlap(row.y0, row.y1, a, b) < 0.5f * MIN(row.y1 - row.y0, b - a)) break;
            if (w->size > row.size) { /* the row is where its tallest word is; a raised mark joins it */
                row.size = w->size;
                row.y0 = a;
                row.y1 = b;
            }
        }
        row.n = k - i;
        finish_row(out, chars, &row);
        i = k;
    }
}

static float middle_size(const GArray *words) {
    if (!words->len) return 10;
    g_autofree float *sizes = g_new(float, words->len);
    for (guint i = 0; i < words->len; i++) sizes[i] = g_array_index(words, DabWord, i).size;
    qsort(sizes, words->len, sizeof *sizes, by_float);
    return MAX(1, sizes[words->len / 2]);
}

DabWordRows *dab_words_in(DabPool *pool, const GArray *chars, const GArray *runs, DabBox box) {
    DabWordRows *out = dab_pool_new0(pool, DabWordRows);
    out->words = dab_pool_array(pool, sizeof(DabWord));
    out->rows = dab_pool_array(pool, sizeof(DabWordRow));
    for (guint i = 0; i < runs->len; i++) {
        const DabRun *run = &g_array_index(runs, DabRun, i);
        float y = dab_mid(run->box.y0, run->box.y1);
        if (run->upright) { /* each of its characters stands at its own height */
            for (guint k = run->first; k < run->first + run->n; k++) {
                const DabBox *b = &glyph_at(chars, k)->box;
                y = dab_mid(b->y0, b->y1);
                if (run->place < 0 && y >= box.y0 && y <= box.y1) add_word(out, chars, k, 1, box);
            }
            continue;
        }
        if (run->turned || run->place >= 0 || y < box.y0 || y > box.y1 || run->box.x1 < box.x0 || run->box.x0 > box.x1) continue;
        cut_run(out, chars, run, box);
    }
    out->em = middle_size(out->words);
    make_rows(out, chars);
    return out;
}
