/* put_signs.c: where in a line a sign belongs. */
#include "extract/put_signs.h"

#include <stdlib.h>

#include "extract/ocr.h"
#include "extract/percent_signs.h"

#define SURE 0.98f /* a shape that nothing else has */
#define REACH 2    /* widths of a sign: what may lie between it and the end of its line */

static DabSymbol *symbol_at(const GArray *symbols, guint i) {
    return &g_array_index(symbols, DabSymbol, i);
}
static gboolean is_digit_at(const GArray *symbols, guint i) {
    gunichar ch = symbol_at(symbols, i)->ch;
    return ch >= '0' && ch <= '9';
}

typedef struct {
    guint from, to; /* symbols, end exclusive */
} Stretch;

static guint end_of_line(const GArray *symbols, guint from) {
    guint to = from + 1;
    while (to < symbols->len && !symbol_at(symbols, to)->begins_line) to++;
    return to;
}

/* The line beside which, or in which, the sign stands; empty when there is none. */
static Stretch line_of(const GArray *symbols, guint first, const DabPercentSign *sign) {
    Stretch best = {0, 0};
    gint most = 0, reach = REACH * (gint)(sign->x1 - sign->x0);
    for (guint from = first, to; from < symbols->len; from = to) {
        to = end_of_line(symbols, from);
        const DabSymbol *a = symbol_at(symbols, from), *b = symbol_at(symbols, to - 1);
        gint y0 = a->y0, y1 = a->y1;
        for (guint i = from; i < to; i++) {
            y0 = MIN(y0, symbol_at(symbols, i)->y0);
            y1 = MAX(y1, symbol_at(symbols, i)->y1);
        }
        gint shared = MIN(y1, (gint)sign->y1) - MAX(y0, (gint)sign->y0);
        if (shared <= most || (gint)sign->x1 < a->x0 - reach || (gint)sign->x0 > b->x1 + reach) continue;
        most = shared;
        best = (Stretch){from, to};
    }
    return best;
}

/* Recognition says only about where a symbol is: of the places around, the one behind a figure is meant. */
static guint place_in(const GArray *symbols, Stretch line, const DabPercentSign *sign) {
    guint at = line.from;
    gint middle = (gint)(sign->x0 + sign->x1) / 2;
    while (at < line.to && (symbol_at(symbols, at)->x0 + symbol_at(symbols, at)->x1) / 2 < middle) at++;
    static const gint shifts[] = {0, -1, 1};
    for (guint i = 0; i < G_N_ELEMENTS(shifts); i++) {
        gint64 to = (gint64)at + shifts[i];
        if (to <= line.from || to > line.to || !is_digit_at(symbols, (guint)to - 1)) continue;
        if (to == line.to || !is_digit_at(symbols, (guint)to)) return (guint)to;
    }
    return at;
}

/* Whether the number goes on behind it: 9% of 696 or 96.4. */
static gboolean cuts_number(const GArray *symbols, Stretch line, guint at, const DabPercentSign *sign) {
    if (at >= line.to || symbol_at(symbols, at)->x0 > (gint)sign->x1 + (gint)(sign->x1 - sign->x0) / 2) return FALSE;
    gunichar ch = symbol_at(symbols, at)->ch;
    return is_digit_at(symbols, at) || ((ch == '.' || ch == ',') && at + 1 < line.to && is_digit_at(symbols, at + 1));
}

static void put(GArray *symbols, guint first, const DabPercentSign *sign) {
    Stretch line = line_of(symbols, first, sign);
    guint at = line.to ? place_in(symbols, line, sign) : symbols->len;
    DabSymbol s = {.ch = sign->ch,
                   .confidence = SURE,
                   .begins_line = !line.to || at == line.from,
                   .begins_word = !line.to || at == line.from,
                   .x0 = (gint)sign->x0,
                   .y0 = (gint)sign->y0,
                   .x1 = (gint)sign->x1,
                   .y1 = (gint)sign->y1};
    if (line.to && at == line.from) symbol_at(symbols, at)->begins_line = FALSE;
    g_array_insert_val(symbols, at, s);
    if (line.to && at > line.from) { /* what was recognised reaches neither into it nor behind it */
        DabSymbol *before = symbol_at(symbols, at - 1);
        before->x1 = CLAMP(s.x0, before->x0 + 1, MAX(before->x1, before->x0 + 1));
    }
    if (line.to && at < line.to) {
        DabSymbol *after = symbol_at(symbols, at + 1);
        after->x0 = CLAMP(s.x1, MIN(after->x0, after->x1 - 1), after->x1 - 1);
    }
}

gboolean dab_signs_put(const DabImage *image, guint x0, guint y0, guint x1, guint y1, GArray *symbols, guint first) {
    guint n_wrong = 0;
    g_autoptr(GArray) here = g_array_new(FALSE, FALSE, sizeof(DabPercentSign));
    for (guint i = 0; image->signs && i < image->signs->len; i++) {
        DabPercentSign sign = g_array_index(image->signs, DabPercentSign, i);
        guint x = (sign.x0 + sign.x1) / 2, y = (sign.y0 + sign.y1) / 2;
        if (x < x0 || x >= x1 || y < y0 || y >= y1) continue;
        Stretch line = line_of(symbols, first, &sign);
        if (line.to && cuts_number(symbols, line, place_in(symbols, line, &sign), &sign)) {
            g_array_remove_index(image->signs, i--);
            n_wrong++;
        } else {
            g_array_append_val(here, sign);
        }
    }
    if (n_wrong) return FALSE;
    for (guint i = 0; i < here->len; i++) put(symbols, first, &g_array_index(here, DabPercentSign, i));
    return TRUE;
}
