/* words.c: runs → words in text rows. */
#include "extract/words.h"

#include <stdlib.h>

#include "base/ranked.h"

#define LEADER_DOTS 4

typedef struct {
    DabWord word;
    float y; /* the middle of its run */
} Placed;

struct DabWordList {
    Placed *words; /* by their middle, top to bottom */
    guint n;
};

typedef struct {
    float middle;
    guint index;
} Key;

static const DabGlyph *glyph_at(const GArray *chars, guint i) {
    return &g_array_index(chars, DabChar, i).glyph;
}

static gboolean is_figure_mark(gunichar ch) {
    static const guint8 plain[128] = {['.'] = 1, [','] = 1, ['%'] = 1, ['+'] = 1, ['-'] = 1, ['('] = 1, [')'] = 1, ['/'] = 1,
                                      [':'] = 1, ['$'] = 1, ['*'] = 1, ['~'] = 1, ['<'] = 1, ['>'] = 1, ['='] = 1, [' '] = 1};
    static const gunichar marks[] = {0xFF0C, 0xFF0E, 0xFF05, 0x2212, 0x2013, 0x2014, 0xFF0D, 0x2030, 0xB1, 0x2264,
                                     0x2265, 0x2026, 0xFF08, 0xFF09, 0x2193, 0x2191, 0x20AC, 0xA3,   0xA5};
    if (ch < G_N_ELEMENTS(plain)) return plain[ch];
    for (guint i = 0; i < G_N_ELEMENTS(marks) && !dab_is_hanzi(ch); i++)
        if (marks[i] == ch) return TRUE;
    return FALSE;
}

/* Digits are at least half of it, and it begins with one or with a sign. */
static void read_figure(DabWord *w, const GArray *chars) {
    guint digits = 0, marks = 0, units = 0;
    gunichar begin = glyph_at(chars, w->first)->ch;
    w->wide = begin >= 0x1100 && g_unichar_iswide(begin);
    if (dab_is_hanzi(begin)) return;
    for (guint i = 0; i < w->n; i++) {
        gunichar ch = glyph_at(chars, w->first + i)->ch;
        digits += g_unichar_isdigit(ch);
        marks += is_figure_mark(ch);
        units += ch == '%' || ch == 0xFF05 || ch == 0x2030; /* （%） is the unit of a column */
    }
    gunichar first = glyph_at(chars, w->first)->ch, next = w->n > 1 ? glyph_at(chars, w->first + 1)->ch : 0;
    gboolean begins = g_unichar_isdigit(first) || (is_figure_mark(first) && (g_unichar_isdigit(next) || is_figure_mark(next)));
    w->sign = w->n == 1 && g_unichar_type(begin) == G_UNICODE_CURRENCY_SYMBOL;
    w->unit = w->n == units;
    if (!digits) {
        w->figure = marks == w->n && w->n <= 3 && !units;
        return;
    }
    w->figure = begins && (digits + marks) * 2 >= w->n;
    gint64 value = 0;
    for (guint i = 0; i < MIN(w->n, 4) && value >= 0; i++) {
        gint digit = g_unichar_digit_value(glyph_at(chars, w->first + i)->ch);
        value = digit < 0 ? -1 : value * 10 + digit; /* 21.50 is no year */
    }
    /* 2021 or 2021年, or with a small note mark */
    w->year =
        digits >= 4 && w->n <= 5 && value >= 1900 && value < 2100 && !is_figure_mark(glyph_at(chars, w->first + w->n - 1)->ch);
}

/* How many dots of a leader the character is. */
static guint dots_of(gunichar ch) {
    return ch == '.' || ch == 0xB7 ? 1 : ch == 0x2026 ? 3 : 0;
}

/* Dots that lead to a page number or to figures, or one of them. The word ends where they begin: what they reach to is another
 * column. */
static void read_leader(DabWord *w, const GArray *chars) {
    guint dots = 0, first = w->n;
    while (first > 0 && dots_of(glyph_at(chars, w->first + first - 1)->ch))
        dots += dots_of(glyph_at(chars, w->first + --first)->ch);
    w->leader = dots >= LEADER_DOTS;
    if (w->leader) w->box.x1 = MIN(w->box.x1, glyph_at(chars, w->first + first)->box.x1);
    w->dot = w->n == 1 && dots == 1;
}

static void add_word(GArray *words, const GArray *chars, guint first, guint n, float y) {
    Placed p = {{.box = glyph_at(chars, first)->box, .first = first, .n = n}, y};
    DabWord *w = &p.word;
    for (guint i = 0; i < n; i++) {
        const DabGlyph *g = glyph_at(chars, first + i);
        w->box =
            (DabBox){MIN(w->box.x0, g->box.x0), MIN(w->box.y0, g->box.y0), MAX(w->box.x1, g->box.x1), MAX(w->box.y1, g->box.y1)};
        w->size = MAX(w->size, g->size);
    }
    read_figure(w, chars);
    read_leader(w, chars);
    g_array_append_val(words, p);
}

static void cut_run(GArray *words, const GArray *chars, const DabRun *run) {
    guint first = run->first, end = run->first + run->n, dots = 0;
    for (guint i = run->first; i <= end; i++) {
        gboolean blank = i == end || g_array_index(chars, DabChar, i).style & DAB_CHAR_BLANK;
        guint more = blank ? 0 : dots_of(glyph_at(chars, i)->ch);
        if (!blank && (more || dots < LEADER_DOTS)) { /* what the dots lead to is a word of its own */
            dots = more ? dots + more : 0;
            continue;
        }
        if (i > first) add_word(words, chars, first, i - first, dab_mid(run->box.y0, run->box.y1));
        first = i + blank;
        dots = 0;
    }
}

static int by_middle(const void *a, const void *b) {
    const Key *p = a, *q = b;
    if (p->middle != q->middle) return p->middle < q->middle ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}
static int by_left(const void *a, const void *b) {
    const DabWord *p = a, *q = b;
    if (p->box.x0 != q->box.x0) return p->box.x0 < q->box.x0 ? -1 : 1;
    return p->first < q->first ? -1 : p->first > q->first;
}

const DabWordList *dab_words_read(DabPool *pool, const GArray *chars, const GArray *runs) {
    DabWordList *list = dab_pool_new0(pool, DabWordList);
    g_autoptr(GArray) words = g_array_sized_new(FALSE, FALSE, sizeof(Placed), runs->len);
    for (guint i = 0; i < runs->len; i++) {
        const DabRun *run = &g_array_index(runs, DabRun, i);
        if (run->place >= 0 || run->turned) continue;
        if (!run->upright) cut_run(words, chars, run);
        for (guint k = run->first; run->upright && k < run->first + run->n; k++) /* each stands at its own height */
            add_word(words, chars, k, 1, dab_mid(glyph_at(chars, k)->box.y0, glyph_at(chars, k)->box.y1));
    }
    *list = (DabWordList){dab_pool_alloc(pool, words->len * sizeof(Placed)), words->len};
    g_autofree Key *keys = g_new(Key, words->len + 1);
    for (guint i = 0; i < words->len; i++) {
        const DabBox *box = &g_array_index(words, Placed, i).word.box;
        keys[i] = (Key){dab_mid(box->y0, box->y1), i};
    }
    qsort(keys, words->len, sizeof *keys, by_middle);
    for (guint i = 0; i < words->len; i++) list->words[i] = g_array_index(words, Placed, keys[i].index);
    return list;
}

/* Dots with blanks between them end where the text before them does: what they reach to is another column. Returns whether the
 * row has a leader, be it to a page number: behind those of a table's row stand figures. */
static gboolean fold_leaders(DabWordRows *out, DabWordRow *row) {
    guint dots = 0, behind = 0;
    gboolean leads = FALSE;
    for (guint i = row->first; i < row->first + row->n; i++) {
        DabWord *w = dab_word(out, i);
        dots = w->dot ? dots + 1 : 0;
        behind += w->figure && !w->dot;
        if (!w->leader && dots < LEADER_DOTS) continue;
        leads = TRUE;
        behind = 0;
        for (; dots; dots--) {
            DabWord *dot = dab_word(out, i + 1 - dots);
            float end = i + 1 - dots > row->first ? dab_word(out, i - dots)->box.x1 : dot->box.x0;
            dot->box.x0 = dot->box.x1 = MIN(dot->box.x0, end);
            dot->figure = FALSE;
        }
        dots = LEADER_DOTS;
    }
    return leads && behind < 2;
}

static void finish_row(DabWordRows *out, DabWordRow *row) {
    gboolean in_order = TRUE;
    for (guint i = 1; i < row->n && in_order; i++)
        in_order = by_left(dab_word(out, row->first + i - 1), dab_word(out, row->first + i)) < 0;
    if (!in_order) qsort(dab_word(out, row->first), row->n, sizeof(DabWord), by_left);
    row->leader = fold_leaders(out, row);
    row->x0 = G_MAXFLOAT;
    row->x1 = -G_MAXFLOAT;
    for (guint i = row->first; i < row->first + row->n; i++) {
        const DabWord *w = dab_word(out, i);
        if (w->box.x0 - row->x1 > DAB_PIECE_GAP * w->size || i == row->first) row->n_pieces++;
        row->x0 = MIN(row->x0, w->box.x0);
        row->x1 = MAX(row->x1, w->box.x1);
        row->n_figures += w->figure && !w->year;
        row->n_years += w->year;
    }
    g_array_append_val(out->rows, *row);
}

static void make_rows(DabWordRows *out) {
    guint n = out->words->len;
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
        finish_row(out, &row);
        i = k;
    }
}

static float middle_size(const GArray *words) {
    if (!words->len) return 10;
    g_autofree float *sizes = g_new(float, words->len);
    for (guint i = 0; i < words->len; i++) sizes[i] = g_array_index(words, DabWord, i).size;
    return MAX(1, dab_ranked(sizes, words->len, words->len / 2));
}

DabWordRows *dab_words_in(DabPool *pool, const DabWordList *list, DabBox box) {
    DabWordRows *out = dab_pool_new0(pool, DabWordRows);
    out->words = dab_pool_own(pool, g_array_sized_new(FALSE, FALSE, sizeof(DabWord), list->n), (GDestroyNotify)g_array_unref);
    out->rows = dab_pool_array(pool, sizeof(DabWordRow));
    g_array_set_size(out->words, list->n);
    guint n = 0;
    for (guint i = 0; i < list->n; i++) {
        const Placed *p = &list->words[i];
        float x = dab_mid(p->word.box.x0, p->word.box.x1);
        if (p->y >= box.y0 && p->y <= box.y1 && x >= box.x0 && x <= box.x1) *dab_word(out, n++) = p->word;
    }
    g_array_set_size(out->words, n);
    out->em = middle_size(out->words);
    make_rows(out);
    return out;
}
