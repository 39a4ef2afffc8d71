/* text_lines.h: the characters of a text file → its lines as they stand in the file, each with what tells whether its
 * paragraph goes on. Widths are in cells: a hanzi is two cells wide (UAX #11, ambiguous counted as wide). */
#ifndef DAB_EXTRACT_TEXT_LINES_H
#define DAB_EXTRACT_TEXT_LINES_H

#include "dabiao/layout.h"

typedef enum {
    DAB_END_OPEN,   /* in the middle of a sentence, or a heading */
    DAB_END_CLAUSE, /* ， 、 */
    DAB_END_SEMI,   /* ； ： */
    DAB_END_STOP,   /* 。 ！ ？ */
} DabLineEnd;

typedef enum {
    DAB_START_PLAIN,
    DAB_START_BULLET,  /* ● 【 and the like */
    DAB_START_NUMBER,  /* 1. 2、 (3) ④ */
    DAB_START_DECIMAL, /* 2.8…: item 2 that begins with 8, or a decimal: only the lines before tell */
    DAB_START_WORD,    /* 一、 （二）: one hanzi that stands like a numeral */
    DAB_START_PHRASE,  /* 十一、 （十二）, or any two or three hanzi that stand so */
} DabLineStart;

typedef struct {
    guint first, n;         /* glyphs without the blanks at both ends; n is 0 for a line of tabs */
    guint raw_first, raw_n; /* glyphs with them */
    guint blank_before;     /* empty lines between this line and the one before */
    guint width, indent;    /* cells */
    guint head;             /* cells of the word or number it begins with, which no line end may break; 0 for a hanzi */
    guint tabs;             /* in the whole line */
    guint number;           /* of DAB_START_NUMBER and DAB_START_DECIMAL, and of a bare number */
    guint8 start, end;      /* DabLineStart, DabLineEnd */
    gboolean page_break;    /* a form feed stands before it */
    gboolean leading_tab;
    gboolean stop_inside;   /* a sentence ends within it */
    gboolean clause_inside; /* it holds a comma, stop or semicolon before its end */
    gboolean labelled;      /* a colon within its first words: a line of a form */
    gboolean inner_blank;   /* a blank between two hanzi */
    gboolean bare;          /* nothing but a number of one to four digits */
    gboolean dashed;        /* a bare number between dashes, or as 3/12 */
    /* Set by the stages behind. */
    gboolean in_table, furniture;
    gboolean joins; /* goes on from the line before it */
} DabTextLine;

/* Appends a glyph for each character of `text` (valid UTF-8) but line ends to layout->glyphs, and returns the lines
 * (DabTextLine; owned). Lines without anything are only counted. */
GArray *dab_text_lines_read(DabLayout *layout, const char *text, gsize bytes);

/* Cells of a character: 0, 1 or 2; a tab counts 4. */
guint dab_text_cells(gunichar c);
gboolean dab_text_is_blank(gunichar c);
gboolean dab_text_is_digit(gunichar c); /* full-width digits too */
static inline guint dab_text_tolerance(guint width) {
    return CLAMP(width / 8, 2, 4); /* cells by which full lines differ: a mark may not stand first or last in a line */
}

#endif
