/* blanks.h: which blanks and line ends of a passage stand for something, and which only fill a line.
 *
 * Works on the characters of one passage after their forms are normalised (normalise.c makes them and writes them out
 * again). Knows character classes and a few code points, no words. */
#ifndef DAB_PARSERS_BLANKS_H
#define DAB_PARSERS_BLANKS_H

#include <glib.h>

typedef enum {
    DAB_CHAR_HANZI,   /* ideographs, kana, squared units: written without blanks between them */
    DAB_CHAR_DIGIT,   /* 0-9 only */
    DAB_CHAR_LATIN,   /* letters of scripts that part words by blanks */
    DAB_CHAR_PERCENT, /* % ‰ ° ℃: belongs to the number before it */
    DAB_CHAR_PUNCT,   /* half-width punctuation and signs */
    DAB_CHAR_STOP,    /* Chinese punctuation, bullets, circled numbers: a blank beside them says nothing */
    DAB_CHAR_QUOTE,   /* “ ” ‘ ’ 《 》 （ ） and the like: a blank outside them may part two headings */
} DabCharKind;

/* What stands between a character and the one before it. */
typedef enum {
    DAB_GAP_NONE,
    DAB_GAP_LOST,  /* a character that cannot be read (private use, U+FFFD) */
    DAB_GAP_BLANK, /* one blank */
    DAB_GAP_PAIR,  /* two cells: two blanks or one ideographic space */
    DAB_GAP_WIDE,  /* more, or a tab */
    DAB_GAP_LINE,  /* a line end, with whatever blanks around it */
    DAB_GAP_KEPT,  /* decided: one blank */
} DabGap;

typedef struct {
    gunichar ch;       /* 0: taken out */
    guint32 glyph;     /* where it came from */
    guint32 gap_glyph; /* a blank of the gap before it, or DAB_NO_GLYPH */
    guint8 kind;       /* DabCharKind */
    guint8 gap;        /* DabGap: before it */
} DabUnit;

/* Settles every gap to DAB_GAP_NONE or DAB_GAP_KEPT, turns dashes between digits into '-', and a circle or zero that
 * stands for U+3007 in a Chinese year into it. `keep_blanks`: a single blank between hanzi is meant (titles, headings).
 * Units whose `ch` is 0 afterwards are to be skipped. Linear in n. */
void dab_blanks_settle(DabUnit *units, guint n, gboolean keep_blanks);

#endif
