/* pixel_rows.c: cutting a cell into lines by the ink of its rows of pixels. */
#include "extract/pixel_rows.h"

#include <math.h>

#include "extract/pixel_table.h"

#define BLACK 180
#define LOW 0.35f    /* of the text's height: a band lower than this is a mark or a stroke that belongs to a neighbour */
#define HIGH 1.55f   /* a band higher than this holds several lines that touch */
#define VALLEY 0.45  /* of a band's mean ink: what stands in the rows between two lines */
#define HUGE_BAND 40 /* lines that one band may hold */
#define ALONE 0.8f   /* of the text's height: white that parts a line from the text above and below */
#define SINGLE 2.4f  /* a zone lower than this is one line */
#define WIDE_GAP 2.0f

typedef struct {
    guint y0, y1;
} Band;

static guint *count_ink(const DabImage *image, guint x0, guint y0, guint x1, guint y1) {
    guint *ink = g_new0(guint, y1 - y0 + 1);
    for (guint y = y0; y < y1; y++) {
        const guint8 *row = image->grey + (gsize)y * image->width;
        for (guint x = x0; x < x1; x++) ink[y - y0] += row[x] < BLACK;
    }
    return ink;
}

/* Stretches of rows with ink. */
static GArray *find_bands(const guint *ink, guint n) {
    GArray *bands = g_array_new(FALSE, FALSE, sizeof(Band));
    for (guint y = 0; y < n; y++) {
        if (!ink[y]) continue;
        Band band = {y, y};
        while (band.y1 < n && ink[band.y1]) band.y1++;
        g_array_append_val(bands, band);
        y = band.y1;
    }
    return bands;
}

/* Joins what is too low for a line to the nearer neighbour, if it lies within a line's height. */
static void join_low(GArray *bands, float text) {
    for (guint i = 0; i < bands->len;) {
        Band *b = &g_array_index(bands, Band, i), *up = i ? b - 1 : NULL, *down = i + 1 < bands->len ? b + 1 : NULL;
        if ((float)(b->y1 - b->y0) >= LOW * text) {
            i++;
            continue;
        }
        float above = up ? (float)(b->y1 - up->y0) : G_MAXFLOAT, below = down ? (float)(down->y1 - b->y0) : G_MAXFLOAT;
        if (MIN(above, below) > 1.15f * text) {
            i++;
            continue;
        }
        if (above <= below)
            up->y1 = b->y1;
        else
            down->y0 = b->y0;
        g_array_remove_index(bands, i);
        i = i ? i - 1 : 0;
    }
}

/* Cuts a band of several lines at the rows with least ink, near where lines of one pitch would end. */
static void cut_high(const guint *ink, Band band, float text, GArray *lines) {
    float height = (float)(band.y1 - band.y0);
    guint n = (guint)fmaxf(roundf(height / (1.08f * text)), 1), from = band.y0;
    double mean = 0;
    for (guint y = band.y0; y < band.y1; y++) mean += (double)ink[y] / height;
    for (guint i = 1; i < n; i++) {
        float pitch = (float)(band.y1 - from) / (float)(n - i + 1);
        guint best = from + (guint)pitch;
        double least = G_MAXDOUBLE;
        for (float d = -0.28f * pitch; d <= 0.28f * pitch; d += 1) {
            guint y = from + (guint)(pitch + d);
            double cost = ink[y] + fabs(d) * 0.05;
            if (y > from && y < band.y1 && cost < least) {
                least = cost;
                best = y;
            }
        }
        if (best >= band.y1 || (double)ink[best] > VALLEY * mean) continue; /* a headline: one large line */
        Band line = {from, best};
        g_array_append_val(lines, line);
        from = best;
    }
    Band last = {from, band.y1};
    g_array_append_val(lines, last);
}

GArray *dab_rows_find(const DabImage *image, guint x0, guint y0, guint x1, guint y1) {
    float text = (float)image->text;
    if (!image->text || x0 >= x1 || y0 >= y1) return NULL;
    g_autofree guint *ink = count_ink(image, x0, y0, x1, y1);
    g_autoptr(GArray) bands = find_bands(ink, y1 - y0), lines = g_array_new(FALSE, FALSE, sizeof(Band));
    join_low(bands, text);
    for (guint i = 0; i < bands->len; i++) {
        Band band = g_array_index(bands, Band, i);
        float height = (float)(band.y1 - band.y0);
        if (height > HUGE_BAND * text) return NULL;
        if (height > HIGH * text)
            cut_high(ink, band, text, lines);
        else
            g_array_append_val(lines, band);
    }
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(DabPixelRow));
    for (guint i = 0; i < lines->len; i++) { /* as much white as there is, up to a fifth of a line */
        const Band *b = &g_array_index(lines, Band, i);
        guint room = (guint)(text / 5), top = i ? g_array_index(lines, Band, i - 1).y1 : 0;
        guint bottom = i + 1 < lines->len ? g_array_index(lines, Band, i + 1).y0 : y1 - y0;
        DabPixelRow row = {x0, y0 + MAX(top, b->y0 > room ? b->y0 - room : 0), x1, y0 + MIN(bottom, b->y1 + room)};
        g_array_append_val(rows, row);
    }
    return rows;
}

gboolean dab_ink_at(const DabImage *image, guint x, guint y0, guint y1) {
    for (guint y = y0; y < y1; y++)
        if (image->grey[(gsize)y * image->width + x] < BLACK) return TRUE;
    return FALSE;
}

static gboolean has_ink_in(const DabImage *image, guint y, guint x0, guint x1) {
    for (guint x = x0; x < x1; x++)
        if (image->grey[(gsize)y * image->width + x] < BLACK) return TRUE;
    return FALSE;
}

gboolean dab_row_trim(const DabImage *image, DabPixelRow *row) {
    while (row->x0 < row->x1 && !dab_ink_at(image, row->x0, row->y0, row->y1)) row->x0++;
    while (row->x1 > row->x0 && !dab_ink_at(image, row->x1 - 1, row->y0, row->y1)) row->x1--;
    while (row->y0 < row->y1 && !has_ink_in(image, row->y0, row->x0, row->x1)) row->y0++;
    while (row->y1 > row->y0 && !has_ink_in(image, row->y1 - 1, row->x0, row->x1)) row->y1--;
    return row->x0 < row->x1 && row->y0 < row->y1;
}

void dab_row_cut(const DabImage *image, DabPixelRow row, GArray *zones) {
    guint gap = (guint)(WIDE_GAP * (float)(row.y1 - row.y0)), from = row.x0, last = from;
    for (guint x = row.x0; x < row.x1; x++) {
        if (!dab_ink_at(image, x, row.y0, row.y1)) continue;
        if (x - last > gap) {
            DabPixelZone piece = {{from, row.y0, last + 1, row.y1}, TRUE};
            g_array_append_val(zones, piece);
            from = x;
        }
        last = x;
    }
    DabPixelZone piece = {{from, row.y0, last + 1, row.y1}, TRUE};
    g_array_append_val(zones, piece);
}

GArray *dab_zones_find(const DabImage *image) {
    g_autoptr(GArray) zones = g_array_new(FALSE, FALSE, sizeof(DabPixelZone));
    float text = (float)MAX(image->text, 10);
    g_autofree guint *ink = count_ink(image, 0, 0, image->width, image->height);
    g_autoptr(GArray) bands = find_bands(ink, image->height);
    for (guint i = 0; i < bands->len;) {
        guint k = i + 1;
        while (k < bands->len && (float)(g_array_index(bands, Band, k).y0 - g_array_index(bands, Band, k - 1).y1) < ALONE * text)
            k++;
        DabPixelRow row = {0, g_array_index(bands, Band, i).y0, image->width, g_array_index(bands, Band, k - 1).y1};
        DabPixelZone *last = zones->len ? &g_array_index(zones, DabPixelZone, zones->len - 1) : NULL;
        i = k;
        float height = (float)(row.y1 - row.y0);
        if (!dab_row_trim(image, &row) || height < text / 10) continue;
        if (height < SINGLE * text) {
            DabPixelZone zone = {row, TRUE};
            g_array_append_val(zones, zone);
        } else if (last && !last->single) {
            last->row = (DabPixelRow){MIN(last->row.x0, row.x0), last->row.y0, MAX(last->row.x1, row.x1), row.y1};
        } else {
            DabPixelZone zone = {row, FALSE};
            g_array_append_val(zones, zone);
        }
    }
    return dab_zones_cut(image, zones);
}
