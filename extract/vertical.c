/* vertical.c: columns of hanzi. */
#include "extract/vertical.h"

#include "extract/ocr.h"

#define EDGE 2u

void dab_vertical_read_row(const DabImage *image, DabPixelRow row, GArray *symbols) {
    guint first = symbols->len, x0 = image->width - row.y1, x1 = image->width - row.y0;
    dab_ocr_read(image, DAB_OCR_VERTICAL, x0 - MIN(x0, EDGE), row.x0 - MIN(row.x0, EDGE), MIN(x1 + EDGE, image->width),
                 MIN(row.x1 + EDGE, image->height), symbols);
    /* Tesseract tells little of where in such a line a symbol is; but each takes as much of it as the next */
    for (guint i = first; i < symbols->len; i++) {
        DabSymbol *s = &g_array_index(symbols, DabSymbol, i);
        gint n = (gint)(symbols->len - first), k = (gint)(i - first), length = (gint)(row.x1 - row.x0);
        s->x0 = (gint)row.x0 + length * k / n;
        s->x1 = (gint)row.x0 + length * (k + 1) / n;
        s->y0 = (gint)row.y0;
        s->y1 = (gint)row.y1;
        s->begins_line = i == first;
    }
}

void dab_vertical_read(const DabImage *image, GArray *symbols) {
    g_autoptr(DabImage) laid = dab_image_turn(image, 1);
    g_autoptr(GArray) rows = laid ? dab_rows_find(laid, 0, 0, laid->width, laid->height) : NULL;
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(DabPixelZone)); /* a page may have two decks of columns */
    for (guint i = 0; rows && i < rows->len; i++) {
        DabPixelRow row = g_array_index(rows, DabPixelRow, i);
        if (dab_row_trim(laid, &row)) dab_row_cut(laid, row, pieces);
    }
    for (guint i = 0; i < pieces->len; i++) dab_vertical_read_row(image, g_array_index(pieces, DabPixelZone, i).row, symbols);
}
