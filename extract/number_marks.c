/* number_marks.c: columns of ink between digits. */
#include "extract/number_marks.h"

#include "extract/ocr.h"

#define BLACK 185
/* All of the height of the text's hanzi. */
#define BELOW 0.06f       /* how far a comma goes below the digits */
#define MOST_MARK 0.34f   /* how wide a mark is at most */
#define LEAST_DIGIT 0.45f /* how high a digit is */
#define NEAR 0.15f        /* how far over the line that digits stand on a mark may end */
#define APART 0.8f        /* digits whose middles are farther apart may have a mark between them */
#define LEAST_BAR 0.5f    /* how high a 1 is */
#define MOST_BAR 1.1f
#define MOST_ONES 4
/* Of a bar's height. */
#define BAR_WIDTH 0.62f /* with its flag and its foot */
#define CORE 0.3f       /* the stroke itself */
#define WHOLE 0.92f     /* rows that the stroke is in */
#define STROKE_INK 0.7f /* share of its ink */
#define FEET 5

static DabSymbol *symbol_at(const GArray *symbols, guint i) {
    return &g_array_index(symbols, DabSymbol, i);
}
static gboolean is_digit(const DabSymbol *s) {
    return s->ch >= '0' && s->ch <= '9';
}
static gboolean is_mark(const DabSymbol *s) {
    return s->ch == '.' || s->ch == ',' || s->ch == 0xFF0C || s->ch == 0xFF0E || s->ch == 0x3002 || s->ch == 0xB7;
}

typedef struct {
    guint top, bottom; /* rows of the first and last ink; top > bottom: none */
} Column;

static Column column_at(const DabImage *image, guint x, guint y0, guint y1) {
    Column c = {1, 0};
    for (guint y = y0; y < y1; y++) {
        if (image->grey[(gsize)y * image->width + x] >= BLACK) continue;
        if (c.top > c.bottom) c.top = y;
        c.bottom = y;
    }
    return c;
}

/* Ink between two columns that have none. */
typedef struct {
    guint x0, x1, top, bottom;
} Piece;

/* The next piece from column `x` on. */
static gboolean next_piece(const DabImage *image, guint x, guint x1, guint y0, guint y1, Piece *piece) {
    Column c = {1, 0};
    while (x < x1 && (c = column_at(image, x, y0, y1), c.top > c.bottom)) x++;
    if (x >= x1) return FALSE;
    *piece = (Piece){x, x, c.top, c.bottom};
    for (; piece->x1 < x1 && (c = column_at(image, piece->x1, y0, y1), c.top <= c.bottom); piece->x1++) {
        piece->top = MIN(piece->top, c.top);
        piece->bottom = MAX(piece->bottom, c.bottom);
    }
    return TRUE;
}

/* What stands low between the two digits: '.', ',' or 0. */
static gunichar mark_between(const DabImage *image, const DabSymbol *a, const DabSymbol *b) {
    const float text = (float)image->text;
    guint x0 = (guint)CLAMP((a->x0 + a->x1) / 2, 0, (gint)image->width),
          x1 = (guint)CLAMP((b->x0 + b->x1) / 2, 0, (gint)image->width);
    guint y0 = (guint)CLAMP(MIN(a->y0, b->y0), 0, (gint)image->height),
          y1 = (guint)CLAMP(MAX(a->y1, b->y1) + (gint)(text / 5), 0, (gint)image->height);
    if (x1 <= x0 || x1 - x0 > 3 * image->text) return 0;
    Piece digits = {0, 0, G_MAXUINT, 0}, mark = {0, 0, 0, 0}, piece;
    for (guint x = x0; next_piece(image, x, x1, y0, y1, &piece); x = piece.x1)
        if (piece.bottom - piece.top > (guint)(LEAST_DIGIT * text)) {
            digits.top = MIN(digits.top, piece.top);
            digits.bottom = MAX(digits.bottom, piece.bottom);
        }
    if (!digits.bottom) return 0;
    for (guint x = x0; next_piece(image, x, x1, y0, y1, &piece); x = piece.x1) {
        if (piece.top <= (digits.top + digits.bottom) / 2 || (float)piece.bottom + NEAR * text < (float)digits.bottom) continue;
        if (piece.x1 - piece.x0 < 2 || (float)(piece.x1 - piece.x0) > MOST_MARK * text || mark.x1) return 0;
        mark = piece;
    }
    if (!mark.x1) return 0;
    return (float)mark.bottom > (float)digits.bottom + BELOW * text ? ',' : '.';
}

static guint count_digits(const GArray *symbols, guint from) {
    guint n = 0;
    while (from + n < symbols->len && is_digit(symbol_at(symbols, from + n)) && !symbol_at(symbols, from + n)->begins_line) n++;
    return n;
}

/* A comma parts three digits; a point may part any. */
static gunichar settle(gunichar seen, gunichar was, guint n_behind) {
    if (seen == ',') return n_behind == 3 ? ',' : was;
    return was == ',' && n_behind == 3 ? was : seen;
}

/* Boxes are rough: ink that looks like a lost mark may be that of a mark which was read, a digit or two away. */
static gboolean has_mark_near(const GArray *symbols, guint at) {
    for (guint i = at > 3 ? at - 3 : 0; i < symbols->len && i < at + 3; i++)
        if (is_mark(symbol_at(symbols, i))) return TRUE;
    return FALSE;
}

/* [from, to) are the marks between the digits at from − 1 and to. */
static void mend(const DabImage *image, GArray *symbols, guint from, guint to) {
    DabSymbol *a = symbol_at(symbols, from - 1), *b = symbol_at(symbols, to);
    gunichar seen = mark_between(image, a, b);
    guint n_behind = count_digits(symbols, to);
    if (from < to) {
        DabSymbol *mark = symbol_at(symbols, from);
        gunichar was = mark->ch == ',' || mark->ch == 0xFF0C ? ',' : '.';
        if (seen)
            mark->ch = settle(seen, was, n_behind);
        else if (to - from > 1)
            mark->ch = n_behind == 3 ? ',' : '.';
        if (to - from > 1) g_array_remove_range(symbols, from + 1, to - from - 1);
    } else if (seen && (seen == '.' || n_behind == 3) && !has_mark_near(symbols, from)) {
        DabSymbol mark = {.ch = seen,
                          .confidence = MIN(a->confidence, b->confidence),
                          .x0 = a->x1,
                          .x1 = MAX(a->x1 + 1, b->x0),
                          .y0 = a->y0,
                          .y1 = a->y1};
        b->begins_word = FALSE;
        g_array_insert_val(symbols, from, mark);
    }
}

void dab_number_marks_mend(const DabImage *image, GArray *symbols, guint first) {
    for (guint i = first + 1; image->text && i < symbols->len; i++) {
        guint to = i;
        if (!is_digit(symbol_at(symbols, i - 1))) continue;
        while (to < symbols->len && to < i + 2 && is_mark(symbol_at(symbols, to)) && !symbol_at(symbols, to)->begins_line) to++;
        if (to >= symbols->len || !is_digit(symbol_at(symbols, to)) || symbol_at(symbols, to)->begins_line) continue;
        const DabSymbol *a = symbol_at(symbols, i - 1), *b = symbol_at(symbols, to);
        float apart = (float)(b->x0 + b->x1 - a->x0 - a->x1) / 2;
        if (to > i || b->begins_word || apart > APART * (float)image->text) mend(image, symbols, i, to);
    }
}

/* An upright stroke through all rows, with little beside it. */
static gboolean is_bar(const DabImage *image, const Piece *p) {
    guint best = 0, ink = 0, core_ink = 0, height = p->bottom + 1 - p->top, core = MAX((guint)(CORE * (float)height), 3);
    if ((float)(p->x1 - p->x0) > BAR_WIDTH * (float)height) return FALSE;
    for (guint from = p->x0; from < p->x1; from++) {
        guint rows = 0, inside = 0;
        for (guint y = p->top; y <= p->bottom; y++) {
            guint row = 0;
            for (guint x = from; x < MIN(from + core, p->x1); x++) row += image->grey[(gsize)y * image->width + x] < BLACK;
            inside += row;
            rows += row > 0;
        }
        if (rows > best || (rows == best && inside > core_ink)) {
            best = rows;
            core_ink = inside;
        }
    }
    for (guint y = p->top; y <= p->bottom; y++)
        for (guint x = p->x0; x < p->x1; x++) ink += image->grey[(gsize)y * image->width + x] < BLACK;
    return (float)best >= WHOLE * (float)height && (float)core_ink >= STROKE_INK * (float)ink;
}

guint dab_ones_count(const DabImage *image, guint x0, guint y0, guint x1, guint y1) {
    const float text = (float)image->text;
    guint n = 0, top = G_MAXUINT, bottom = 0;
    Piece piece;
    for (guint x = x0; next_piece(image, x, x1, y0, y1, &piece); x = piece.x1) {
        top = MIN(top, piece.top);
        bottom = MAX(bottom, piece.bottom);
    }
    if (!bottom || (float)(bottom - top) < LEAST_BAR * text || (float)(bottom - top) > MOST_BAR * text) return 0;
    y1 = bottom - (bottom - top) / FEET; /* the feet of bold ones touch */
    for (guint x = x0; next_piece(image, x, x1, y0, y1, &piece); x = piece.x1)
        if (++n > MOST_ONES || piece.top > top + (bottom - top) / 8 || !is_bar(image, &piece)) return 0;
    return n > 1 ? n : 0;
}
