/* paragraphs.h: the lines of a stretch of one column → paragraphs and headings, from indents, line ends, sizes and gaps. */
#ifndef DABIAO_EXTRACT_PARAGRAPHS_H
#define DABIAO_EXTRACT_PARAGRAPHS_H

#include "extract/columns.h"

/* A block with the edges of the column it stands in. */
typedef struct {
    DabBlock block;
    float left, right;
    gboolean only; /* no other column stands beside it */
} DabFlowBlock;

/* Sets new_paragraph of lines[first … first+n), which one column holds, and appends their blocks to `blocks`
 * (DabFlowBlock; first_line counts in `lines`). `body` is the font size of the document's running text. */
void dab_paragraphs_make(const DabLayout *layout, GArray *lines, const DabStretch *stretch, float body, const GArray *images,
                         GArray *blocks);

/* Sets new_paragraph of the lines of a cell whose text may be `width` wide. */
void dab_paragraphs_in_cell(const DabLayout *layout, DabLine *lines, guint n, float width);

/* Whether the paragraph whose last line is `last`, in a column that ends at `right`, goes on in `next`, the first of the
 * `n_next` lines of the first paragraph in a column that begins at `left`. `indented`: it began with an indent, so that a
 * line without one begins nothing new. */
gboolean dab_paragraph_goes_on(const DabLayout *layout, const DabLine *last, float right, gboolean indented, const DabLine *next,
                               guint n_next, float left);

#endif
