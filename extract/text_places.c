/* text_places.c: lines whose cells stand below each other, some of them empty: only the places tell which cell is which. The lines
 * with the most cells show the columns; the others must fit into them. */
#include <string.h>

#include "dabiao/limits.h"
#include "extract/text_cells.h"

#define MIN_COLUMNS 3u
#define MIN_ROWS 3u
#define MAX_ALONE 40u   /* cells */
#define GAP 2u          /* cells between two columns */
#define MAX_PLACE 2048u /* cells: lines that are longer have no columns */

/* Places [from, to) in a line, in cells. */
typedef struct {
    guint from, to;
} Stretch;

/* The pieces of a line with their places. FALSE: it is too long. */
static gboolean read_places(const DabLayout *layout, const DabTextLine *l, GArray *pieces, GArray *places) {
    guint at = 0, i = l->raw_first;
    dab_text_split(layout, l, DAB_TEXT_TABLE_COLUMNS, FALSE, pieces);
    g_array_set_size(places, 0);
    for (guint k = 0; k < pieces->len; k++) {
        const DabTextPiece *p = &g_array_index(pieces, DabTextPiece, k);
        Stretch s = {0, 0};
        for (; i < p->first; i++) at += dab_text_cells(dab_text_glyph(layout, i)->ch);
        s.from = at;
        for (; i < p->first + p->n; i++) at += dab_text_cells(dab_text_glyph(layout, i)->ch);
        s.to = at;
        if (at >= MAX_PLACE) return FALSE;
        g_array_append_val(places, s);
    }
    return TRUE;
}

typedef struct {
    const DabLayout *layout;
    const GArray *lines;
    GArray *pieces, *places;
} Reader;

static gboolean read_line(Reader *r, guint i) {
    return read_places(r->layout, dab_text_line(r->lines, i), r->pieces, r->places);
}

static gboolean is_rule(const Reader *r, guint i) {
    return dab_text_is_rule(r->layout, dab_text_line(r->lines, i));
}

/* What stands alone in its line between rows: 二、社会保障, the name of the rows below, or the rest of a cell. */
static gboolean is_alone(const Reader *r, guint i) {
    const DabTextLine *l = dab_text_line(r->lines, i);
    return r->places->len == 1 && l->width <= MAX_ALONE && l->end == DAB_END_OPEN && !l->clause_inside && !l->labelled;
}

/* A line between bars, or one that is drawn with their corners. */
static gboolean is_drawn(const Reader *r, guint i) {
    const DabTextLine *l = dab_text_line(r->lines, i);
    for (guint k = l->first; k < l->first + l->n && is_rule(r, i); k++) {
        gunichar c = dab_text_glyph(r->layout, k)->ch;
        if (c == '+' || dab_text_is_bar(c) || (c > 0x2503 && c <= 0x257F && c != 0x2550)) return TRUE; /* not ─ ━ ═ */
    }
    if (is_rule(r, i)) return FALSE;
    gunichar c = dab_text_glyph(r->layout, l->first)->ch;
    return dab_text_is_bar(c) || (c >= 0x2500 && c <= 0x257F);
}

/* The lines from `i` on that have two pieces or more, rules, and names of groups between them; counted by their pieces. */
static guint find_run(Reader *r, guint i, DabTextCounts *counts) {
    guint end = i, cells = 0;
    for (; end < r->lines->len && cells < DAB_MAX_CELLS; end++) {
        const DabTextLine *l = dab_text_line(r->lines, end);
        if (!l->n || l->tabs || (end > i && l->blank_before > 1) || is_drawn(r, end)) break;
        if (end > i && is_rule(r, end)) continue;
        if (!read_line(r, end) || (r->places->len < 2 && (end == i || !is_alone(r, end)))) break;
        dab_text_count(counts, r->places->len);
        cells += DAB_TEXT_MAX_COLUMNS;
    }
    return end;
}

/* What the lines of `n` pieces leave as columns, if there are just as many. */
static gboolean find_columns(Reader *r, guint i, guint end, guint n, GArray *columns) {
    guint8 ink[MAX_PLACE] = {0};
    g_array_set_size(columns, 0);
    for (; i < end; i++) {
        if (is_rule(r, i) || !read_line(r, i) || r->places->len != n) continue;
        for (guint k = 0; k < n; k++) {
            Stretch s = g_array_index(r->places, Stretch, k);
            memset(ink + s.from, 1, s.to - s.from);
        }
    }
    for (guint at = 0, blank = GAP; at < MAX_PLACE; at++) {
        Stretch s = {at, at + 1};
        if (ink[at] && blank >= GAP)
            g_array_append_val(columns, s);
        else if (ink[at])
            g_array_index(columns, Stretch, columns->len - 1).to = at + 1;
        blank = ink[at] ? 0 : blank + 1;
    }
    return columns->len == n;
}

/* The column of a piece: the one that it touches, alone. -1: none or several. */
static gint column_of(const GArray *columns, Stretch piece, guint from) {
    gint found = -1;
    for (guint c = from; c < columns->len; c++) {
        Stretch s = g_array_index(columns, Stretch, c);
        if (s.from >= piece.to) break;
        if (s.to <= piece.from) continue;
        if (found >= 0) return -1;
        found = (gint)c;
    }
    return found;
}

/* Whether a piece stands where a column begins, but the first. */
static gboolean begins_column(const GArray *columns, Stretch piece) {
    for (guint c = 1; c < columns->len; c++) {
        guint from = g_array_index(columns, Stretch, c).from;
        if (piece.from <= from + 1 && from <= piece.from + 1) return TRUE;
    }
    return FALSE;
}

/* Whether each piece of the line read last has a column of its own. */
static gboolean fits(const Reader *r, const GArray *columns) {
    gint last = -1;
    for (guint k = 0; k < r->places->len; k++) {
        last = column_of(columns, g_array_index(r->places, Stretch, k), (guint)(last + 1));
        if (last < 0) return FALSE;
    }
    return TRUE;
}

/* The lines around those of `n` pieces that fit into the columns. */
static gboolean take_rows(Reader *r, guint end, guint n, const GArray *columns, DabTextTable *t) {
    guint i = t->first, rows = 0, full = 0, filled = 0, groups = 0;
    guint first = end, last = end;
    for (; i < end; i++) {
        if (is_rule(r, i)) continue;
        gboolean fit = read_line(r, i) && fits(r, columns);
        if (!fit && full) break;
        if (!fit) {
            first = end;
            rows = filled = 0;
            continue;
        }
        groups += r->places->len == 1;
        if (first == end && r->places->len == 1) continue;
        if (first == end) first = i;
        if (r->places->len > 1 || begins_column(columns, g_array_index(r->places, Stretch, 0))) last = i + 1;
        rows += r->places->len > 1;
        filled += r->places->len > 1 ? r->places->len : 0;
        full += r->places->len == n;
    }
    if (first == end || full < 2 || rows < MIN_ROWS || groups > rows || filled * 5 < rows * n * 3) return FALSE;
    if (first + 3 < last && is_rule(r, first + 1) && is_rule(r, first + 3)) first++; /* a caption above names between rules */
    t->kind = DAB_TEXT_TABLE_PLACES;
    t->first = first;
    t->end = last;
    t->n_columns = n;
    t->edges = dab_pool_alloc(r->layout->pool, sizeof(guint) * 2 * n);
    for (guint c = 0; c < n; c++) {
        t->edges[2 * c] = g_array_index(columns, Stretch, c).from;
        t->edges[2 * c + 1] = g_array_index(columns, Stretch, c).to;
    }
    return TRUE;
}

gboolean dab_text_find_places(const DabLayout *layout, const GArray *lines, guint i, DabTextTable *t) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece)), places = g_array_new(FALSE, FALSE, sizeof(Stretch));
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(Stretch));
    Reader r = {layout, lines, pieces, places};
    DabTextCounts counts = {0};
    guint end = find_run(&r, i, &counts);
    t->end = end;
    if (counts.total < MIN_ROWS) return FALSE;
    for (guint n = DAB_TEXT_MAX_COLUMNS - 1; n >= MIN_COLUMNS; n--)
        if (counts.n[n] >= 2 && find_columns(&r, i, end, n, columns) && take_rows(&r, end, n, columns, t)) return TRUE;
    t->end = end;
    return FALSE;
}

void dab_text_split_places(const DabLayout *layout, const DabTextLine *l, const DabTextTable *t, GArray *out) {
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece)), places = g_array_new(FALSE, FALSE, sizeof(Stretch));
    DabTextPiece none = {l->raw_first, 0};
    g_array_set_size(out, 0);
    for (guint c = 0; c < t->n_columns; c++) g_array_append_val(out, none);
    read_places(layout, l, pieces, places);
    if (places->len == 1 && g_array_index(places, Stretch, 0).from < t->edges[1])
        g_array_set_size(out, 1); /* the name of a group goes over all columns */
    for (guint k = 0, c = 0; k < places->len; k++) {
        Stretch s = g_array_index(places, Stretch, k);
        while (c < out->len && t->edges[2 * c + 1] <= s.from) c++;
        if (c < out->len) g_array_index(out, DabTextPiece, c) = g_array_index(pieces, DabTextPiece, k);
    }
}

gboolean dab_text_goes_on(const DabLayout *layout, const DabTextLine *l, const DabTextTable *t) {
    guint filled = 0;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabTextPiece));
    if (t->kind != DAB_TEXT_TABLE_PLACES || !l->n || dab_text_is_rule(layout, l)) return FALSE;
    dab_text_split_places(layout, l, t, pieces);
    for (guint c = 0; c < pieces->len; c++) filled += g_array_index(pieces, DabTextPiece, c).n > 0;
    return filled == 1 && !g_array_index(pieces, DabTextPiece, 0).n && !dab_text_has_figure(layout, pieces);
}
