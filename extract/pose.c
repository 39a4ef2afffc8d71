/* pose.c: which way up a page reads best. */
#include "extract/pose.h"

#include <string.h>

#include "extract/ocr.h"
#include "extract/pixel_rows.h"
#include "extract/vertical.h"

#define STRIPS 3 /* across the page, each with PIECES lines */
#define PIECES 2
#define PIECE_LENGTH 11 /* hanzi */
#define FEW 6           /* symbols that tell nothing */
#define GOOD 0.91f      /* mean confidence of what is read the right way up is above 0.93, the wrong way 0.79 to 0.87 */
#define FAIR 0.88f
#define BETTER 0.05f

typedef struct {
    DabPixelRow row;
    guint ink;
} Piece;

static guint count_ink(const DabImage *image, const DabPixelRow *row) {
    guint n = 0;
    for (guint y = row->y0; y < row->y1; y++)
        for (guint x = row->x0; x < row->x1; x++) n += image->grey[(gsize)y * image->width + x] < 128;
    return n;
}

static int by_ink(const void *a, const void *b) {
    const Piece *x = a, *y = b;
    return x->ink < y->ink ? 1 : x->ink > y->ink ? -1 : 0;
}

/* The pieces of lines with most ink in strips of the picture (Piece). */
static GArray *find_pieces(const DabImage *image) {
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    guint length = MIN(PIECE_LENGTH * image->text, image->width);
    for (guint i = 0; i < STRIPS; i++) {
        guint x0 = (guint)((guint64)(image->width - length) * (2 * i + 1) / (2 * STRIPS));
        g_autoptr(GArray) rows = dab_rows_find(image, x0, 0, x0 + length, image->height),
                          found = g_array_new(FALSE, FALSE, sizeof(Piece));
        for (guint k = 0; rows && k < rows->len; k++) {
            Piece piece = {g_array_index(rows, DabPixelRow, k), 0};
            if (piece.row.y1 - piece.row.y0 > 2 * image->text || !dab_row_trim(image, &piece.row)) continue;
            piece.ink = count_ink(image, &piece.row);
            g_array_append_val(found, piece);
        }
        g_array_sort(found, by_ink);
        g_array_append_vals(pieces, found->data, MIN(found->len, PIECES));
    }
    return pieces;
}

static float mean_confidence(const GArray *symbols) {
    float sum = 0;
    for (guint i = 0; i < symbols->len; i++) sum += g_array_index(symbols, DabSymbol, i).confidence;
    return symbols->len < FEW ? 0 : sum / (float)symbols->len;
}

/* How well the pieces read; `upright` is the picture of which `turned` is a quarter turn to the left, to read them as lines that
 * go down; or NULL. */
static float read_well(const DabImage *turned, const DabImage *upright) {
    g_autoptr(GArray) pieces = find_pieces(turned), symbols = g_array_new(FALSE, TRUE, sizeof(DabSymbol));
    for (guint i = 0; i < pieces->len; i++) {
        DabPixelRow row = g_array_index(pieces, Piece, i).row;
        if (upright)
            dab_vertical_read_row(upright, row, symbols);
        else
            dab_ocr_read(turned, DAB_OCR_LINE, row.x0, row.y0, row.x1, row.y1, symbols);
    }
    return mean_confidence(symbols);
}

DabPose dab_pose_find(const DabImage *image) {
    DabPose best = {0, FALSE};
    if (!image->text) return best;
    float upright = read_well(image, NULL), most = 0;
    if (upright >= GOOD) return best;
    for (guint quarters = 1; quarters <= 3; quarters++) {
        g_autoptr(DabImage) turned = dab_image_turn(image, quarters);
        float well = turned ? read_well(turned, NULL) : 0, down = turned && quarters == 1 ? read_well(turned, image) : 0;
        if (well > most) best = (DabPose){quarters, FALSE};
        most = MAX(most, well);
        if (down > most) best = (DabPose){0, TRUE};
        most = MAX(most, down);
    }
    return most >= FAIR && most >= upright + BETTER ? best : (DabPose){0, FALSE};
}
