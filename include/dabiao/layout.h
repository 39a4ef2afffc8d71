/* layout.h: what stands where: extract/ turns a file into a DabLayout; parsers/ turn a DabLayout into a DabDocument.
 *
 * The types mirror the page: page → block → line → glyph, and table → row → cell → line. Glyphs are as the file has
 * them: normalising is the parsers' work. Nothing here knows Chinese words.
 * Coordinates are PDF points from the page's top-left corner, y down, after the page's rotation. A source without
 * pages (text) is one page of size 0 × 0, and all its boxes are zero. */
#ifndef DABIAO_LAYOUT_H
#define DABIAO_LAYOUT_H

#include <glib.h>

#include "base/pool.h"

typedef struct {
    float x0, y0, x1, y1;
} DabBox;

typedef struct {
    gunichar ch;
    float size; /* font size, points */
    DabBox box;
    float confidence; /* of a recognised glyph, above 0 to 1; 0: the file has it as text */
} DabGlyph;

typedef struct {
    float width, height;
    guint first_glyph, n_glyphs; /* in DabLayout.glyphs: the glyphs of a page stand together */
} DabPage;

/* One line of text in one column or cell, glyphs in reading order (a blank of the file is a glyph too). */
typedef struct {
    guint page; /* from 0 */
    guint first_glyph, n_glyphs;
    DabBox box;
    float size;             /* the font size that most of its glyphs have */
    gboolean new_paragraph; /* the geometry says that a paragraph begins here: indent, the line before ends short, blank line, … */
    gboolean bold;
} DabLine;

typedef enum {
    DAB_BLOCK_PARAGRAPH, /* one paragraph, or its part in one column of one page */
    DAB_BLOCK_HEADING,   /* set apart by size or position; says nothing of outline levels */
    DAB_BLOCK_CAPTION,   /* of a photo or figure */
    DAB_BLOCK_FURNITURE, /* page number, running head, watermark: never part of a sentence */
    DAB_BLOCK_TABLE,
} DabBlockKind;

typedef struct {
    DabBlockKind kind;
    guint page;
    DabBox box;
    guint first_line, n_lines; /* in DabLayout.lines; 0 lines for a table */
    gint table;                /* in DabLayout.tables, or -1 */
    gboolean continues;        /* goes on from the paragraph before it, over a column, page, photo or table */
    guint column;              /* of the page's columns, from 0, for eyes and for --svg */
} DabBlock;

typedef struct {
    guint column, row_span, col_span;
    guint page;                /* where its first part stands */
    DabBox box;                /* of that part; zero where the source has none */
    guint first_line, n_lines; /* in DabLayout.lines, in reading order; a cell continued on the next page has all its lines here */
} DabCell;

typedef struct {
    GArray *cells; /* DabCell, by column; a cell that spans rows stands in its first row only */
} DabRow;

typedef struct {
    guint n_columns;
    guint n_header_rows; /* rows at the top that name the columns; 0 when the table does not tell */
    guint first_page, last_page;
    GArray *boxes; /* DabBox: one a page from first_page on */
    GArray *rows;  /* DabRow; repeated headers already dropped, broken rows already joined */
    gboolean ruled;
} DabTable;

typedef enum { DAB_TEXT_FROM_TEXT, DAB_TEXT_FROM_OCR, DAB_TEXT_FROM_MIXED } DabTextFrom;

typedef struct {
    const char *code;    /* static */
    const char *message; /* in the pool */
    guint page;          /* from 1; 0: the whole document */
} DabWarning;

typedef struct {
    DabPool *pool;
    DabTextFrom text_from;
    GArray *pages;     /* DabPage */
    GArray *glyphs;    /* DabGlyph of all pages; an index into it is the way home of a character */
    GArray *lines;     /* DabLine; the lines of a block or cell stand together */
    GArray *blocks;    /* DabBlock, in reading order over the whole document */
    GPtrArray *tables; /* DabTable */
    GArray *warnings;  /* DabWarning */
} DabLayout;

/* An empty layout whose arrays are there and die with `pool`, as the layout does. */
DabLayout *dab_layout_new(DabPool *pool);
void dab_layout_warn(DabLayout *layout, const char *code, guint page, const char *format, ...) G_GNUC_PRINTF(4, 5);

static inline gboolean dab_box_is_zero(DabBox b) {
    return b.x0 == 0 && b.y0 == 0 && b.x1 == 0 && b.y1 == 0;
}
/* The smallest box around both; a zero box is nothing. */
static inline DabBox dab_box_join(DabBox a, DabBox b) {
    if (dab_box_is_zero(a)) return b;
    if (dab_box_is_zero(b)) return a;
    return (DabBox){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0, a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

#endif
