/* lines.h: characters → runs (pieces of one line without a wide gap) → lines of one column or cell. */
#ifndef DABIAO_EXTRACT_LINES_H
#define DABIAO_EXTRACT_LINES_H

#include "extract/page.h"

typedef struct {
    DabBox box;
    float size;
    guint first, n; /* in the page's chars */
    gint place;     /* cell of the page's tables it stands in, or -1: free text */
    gint table;     /* a table standing as one piece among the text, or -1 */
    gboolean turned;
    gboolean furniture; /* page number, running head, watermark */
    gboolean upright;   /* vertical writing: its characters stand below each other, and `box` is that of the first */
} DabRun;

/* A line of vertical writing. */
static inline gboolean dab_line_is_upright(const DabLine *line) {
    return line->n_glyphs > 1 && line->box.y1 - line->box.y0 > 3 * line->size && line->box.x1 - line->box.x0 < 1.6f * line->size;
}

/* The part of a box that ink of the given size surely covers: fonts declare boxes that reach into the next line. */
static inline float dab_core_y0(DabBox box, float size) {
    return dab_mid(box.y0, box.y1) - 0.4f * MIN(size, box.y1 - box.y0);
}
static inline float dab_core_y1(DabBox box, float size) {
    return dab_mid(box.y0, box.y1) + 0.4f * MIN(size, box.y1 - box.y0);
}

/* Marks characters on slanting or rising lines DAB_CHAR_TURNED. */
void dab_chars_find_turned(GArray *chars);

/* Cuts the characters into runs. `places`, one gint for each character, or NULL: no run crosses a change of place.
 * Lent from `pool`. GArray of DabRun, in the file's order. */
GArray *dab_runs_make(DabPool *pool, const GArray *chars, const gint *places);

/* Sorts the runs of one column or cell into rows, left to right, appends their glyphs to layout->glyphs with a blank
 * where a gap stands without one, and appends a DabLine each to `lines`, top to bottom. `runs` is reordered. */
void dab_lines_make(DabLayout *layout, guint page, const GArray *chars, DabRun *runs, guint n, GArray *lines);

/* Width of the piece at the line's beginning that no typesetter breaks: one hanzi, or a whole number or word, with the
 * closing punctuation that may not begin a line. */
float dab_line_first_token(const DabLayout *layout, const DabLine *line);
/* Whether the last visible character ends a sentence (closing quotes and brackets skipped). */
gboolean dab_line_ends_sentence(const DabLayout *layout, const DabLine *line);
/* Whether the line begins like an item of a numbered list: 3. 3、 (3) ③ */
gboolean dab_line_begins_item(const DabLayout *layout, const DabLine *line);
/* Whether the line ends with dots that lead to a page number, as in a table of contents. */
gboolean dab_line_has_leader(const DabLayout *layout, const DabLine *line);
/* Whether the line holds digits and nothing else but blanks, dashes, dots and slashes. */
gboolean dab_line_is_digits(const DabLayout *layout, const DabLine *line);

#endif
