/* page.h: what one page of a file holds before anybody has read it: characters with boxes, ruling segments, pictures.
 * Inside extract/ only. Coordinates are those of DabLayout: points, top-left corner, y down, after rotation. */
#ifndef DABIAO_EXTRACT_PAGE_H
#define DABIAO_EXTRACT_PAGE_H

#include "dabiao/layout.h"

enum {
    DAB_CHAR_BLANK = 1, /* a space of the file */
    DAB_CHAR_BOLD = 2,
    DAB_CHAR_TURNED = 4, /* stands on a slanting or rising line: a watermark, a turned label */
    DAB_CHAR_WHITE = 8,
};

typedef struct {
    DabGlyph glyph;
    guint8 style;
    guint16 font; /* of the page's fonts */
} DabChar;

/* A horizontal or vertical ruling line. */
typedef struct {
    gboolean vertical;
    float at;       /* x of a vertical line, y of a horizontal one: its middle */
    float from, to; /* its extent, from < to */
} DabSegment;

typedef struct {
    guint page; /* from 0 */
    float width, height;
    GArray *chars;          /* DabChar, in the file's order: adjacent characters of a word are adjacent here, no more is promised */
    GArray *segments;       /* DabSegment */
    GArray *images;         /* DabBox */
    GArray *shades;         /* DabBox: filled areas that are not white, up to DAB_MAX_SHADES; NULL: nobody asks */
    float picture_density;  /* pixels a point of the largest picture; 0 where there is none */
    guint64 picture_pixels; /* how many it has */
} DabRawPage;

/* A hanzi of running text, told without a look-up: of the characters asked about nearly all are such. */
static inline gboolean dab_is_hanzi(gunichar ch) {
    return ch >= 0x4E00 && ch <= 0x9FA5;
}
/* A letter as wide as a hanzi. */
static inline gboolean dab_is_wide_letter(gunichar ch) {
    return dab_is_hanzi(ch) || (ch > 0x10FF && g_unichar_iswide(ch) && g_unichar_type(ch) == G_UNICODE_OTHER_LETTER);
}

static inline float dab_mid(float a, float b) {
    return (a + b) / 2;
}
/* How much of two intervals overlaps; negative: the gap between them. */
static inline float dab_overlap(float a0, float a1, float b0, float b1) {
    return MIN(a1, b1) - MAX(a0, b0);
}

#endif
