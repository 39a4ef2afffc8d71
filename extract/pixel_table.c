#include "extract/pixel_table.h"

#include <string.h>

#define BLACK 180
#define WIDE 2.0f /* of a row's height: a gap that parts pieces by itself */
#define NARROW 0.6f /* one that does where a neighbour's wide gap lies beside it: 全年目标 | 前三季度完成 over two figures */
#define LONGEST_STROKE 5u /* of the text's height: a longer one is a rule */
#define MIN_ROWS 3u       /* of a table within a zone */

typedef struct {
    guint x0, x1;
} Gap;

/* A row and its gaps. */
typedef struct {
    DabPixelRow row;
    GArray *gaps; /* Gap, not narrower than NARROW */
    gboolean tabular;
} Line;

static gboolean is_wide(const DabPixelRow *row, Gap gap) {
    return (float)(gap.x1 - gap.x0) > WIDE * (float)(row->y1 - row->y0);
}

static Line new_line(const DabImage *image, DabPixelRow row) {
    Line line = {row, g_array_new(FALSE, FALSE, sizeof(Gap)), FALSE};
    guint last = row.x0, wide = 0;
    for (guint x = row.x0; x < row.x1; x++) {
        if (!dab_ink_at(image, x, row.y0, row.y1)) continue;
        Gap gap = {last, x};
        if ((float)(x - last) > NARROW * (float)(row.y1 - row.y0)) {
            g_array_append_val(line.gaps, gap);
            wide += is_wide(&row, gap);
        }
        last = x;
    }
    line.tabular = wide >= 2;
    return line;
}

static gboolean goes_on(const Line *neighbour, Gap gap) {
    guint middle = (gap.x0 + gap.x1) / 2;
    for (guint i = 0; neighbour && i < neighbour->gaps->len; i++) {
        Gap other = g_array_index(neighbour->gaps, Gap, i);
        if (is_wide(&neighbour->row, other) && other.x0 <= middle && middle < other.x1) return TRUE;
    }
    return FALSE;
}

/* Whether gaps of the line below go on in it. */
static gboolean is_header(const Line *line, const Line *below) {
    for (guint i = 0; i < line->gaps->len; i++)
        if (goes_on(below, g_array_index(line->gaps, Gap, i))) return TRUE;
    return FALSE;
}

/* `above` and `below`: rows of the same table, or NULL. */
static void cut(const Line *line, const Line *above, const Line *below, GArray *out) {
    guint from = line->row.x0;
    for (guint i = 0; i < line->gaps->len; i++) {
        Gap gap = g_array_index(line->gaps, Gap, i);
        if (!is_wide(&line->row, gap) && !goes_on(above, gap) && !goes_on(below, gap)) continue;
        DabPixelZone piece = {{from, line->row.y0, gap.x0 + 1, line->row.y1}, TRUE};
        g_array_append_val(out, piece);
        from = gap.x1;
    }
    DabPixelZone piece = {{from, line->row.y0, line->row.x1, line->row.y1}, TRUE};
    g_array_append_val(out, piece);
}

static const Line *line_at(const GArray *lines, gint i) {
    const Line *line = i >= 0 && i < (gint)lines->len ? &g_array_index(lines, Line, i) : NULL;
    return line && line->tabular ? line : NULL;
}

/* The next row of the table, over one that only names a group. */
static const Line *neighbour(const GArray *lines, guint i, gint step) {
    const Line *next = line_at(lines, (gint)i + step);
    return next ? next : line_at(lines, (gint)i + 2 * step);
}

static void cut_all(const GArray *lines, guint from, guint to, GArray *out) {
    for (guint i = from; i < to; i++) cut(&g_array_index(lines, Line, i), neighbour(lines, i, -1), neighbour(lines, i, 1), out);
}

static void clear_line(gpointer line) {
    g_array_unref(((Line *)line)->gaps);
}

static GArray *new_lines(void) {
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(lines, clear_line);
    return lines;
}

/* Appends what lies between two heights of a zone, if any ink does. */
static void add_rest(const DabImage *image, const DabPixelRow *zone, guint y0, guint y1, GArray *out) {
    DabPixelZone rest = {{zone->x0, y0, zone->x1, y1}, FALSE};
    if (y0 < y1 && dab_row_trim(image, &rest.row)) g_array_append_val(out, rest);
}

/* Rows one below the other that two wide gaps part, with a header above them: a table, read line by line. */
static void cut_zone(const DabImage *image, const DabPixelRow *zone, GArray *out) {
    g_autoptr(GArray) rows = dab_rows_find(image, zone->x0, zone->y0, zone->x1, zone->y1), lines = new_lines();
    guint y = zone->y0;
    for (guint i = 0; rows && i < rows->len; i++) {
        DabPixelRow row = g_array_index(rows, DabPixelRow, i);
        if (!dab_row_trim(image, &row) || (row.y1 - row.y0) * 3 < image->text) continue;
        Line line = new_line(image, row);
        g_array_append_val(lines, line);
    }
    for (guint i = 0, end, taken = 0; i < lines->len; i = end) {
        end = i + 1;
        if (!line_at(lines, (gint)i)) continue;
        if (i > taken && is_header(&g_array_index(lines, Line, i - 1), line_at(lines, (gint)i))) i--;
        while (line_at(lines, (gint)end) || line_at(lines, (gint)end + 1)) end++;
        if (end - i < MIN_ROWS) continue;
        add_rest(image, zone, y, g_array_index(lines, Line, i).row.y0, out);
        cut_all(lines, i, end, out);
        y = g_array_index(lines, Line, end - 1).row.y1;
        taken = end;
    }
    add_rest(image, zone, y, zone->y1, out);
}

void dab_rules_wipe(DabImage *image) {
    guint least = LONGEST_STROKE * image->text;
    for (guint y = 1; least && y + 1 < image->height; y++)
        for (guint x = 0, from = 0; x <= image->width; x++) {
            if (x < image->width && image->grey[(gsize)y * image->width + x] < BLACK) continue;
            for (guint k = y - 1; k <= y + 1 && x - from >= least; k++)
                memset(image->grey + (gsize)k * image->width + from, 255, x - from);
            from = x + 1;
        }
}

GArray *dab_zones_cut(const DabImage *image, const GArray *zones) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(DabPixelZone));
    for (guint i = 0, end; i < zones->len; i = end) {
        end = i + 1;
        if (!g_array_index(zones, DabPixelZone, i).single) {
            cut_zone(image, &g_array_index(zones, DabPixelZone, i).row, out);
            continue;
        }
        g_autoptr(GArray) lines = new_lines();
        while (end < zones->len && g_array_index(zones, DabPixelZone, end).single) end++;
        for (guint k = i; k < end; k++) {
            Line line = new_line(image, g_array_index(zones, DabPixelZone, k).row);
            g_array_append_val(lines, line);
        }
        cut_all(lines, 0, lines->len, out);
    }
    return out;
}
