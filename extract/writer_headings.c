/* Which paragraphs are headings. */
#include "extract/writer_lines.h"
#include "extract/writer_state.h"

#define HEADING_SIZE 1.15f /* times the size of the text */
#define MAX_HEADING 120u   /* characters */
#define MAX_CENTRED 60u

/* A whole paragraph set as a heading: it is long, or a sentence ends in it and another follows. */
static gboolean is_running_text(const DabLayout *layout, const DabBlock *b) {
    guint n = 0, stop = 0;
    for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
        const DabLine *l = &g_array_index(layout->lines, DabLine, k);
        for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++, n++)
            if (g_array_index(layout->glyphs, DabGlyph, i).ch == 0x3002 && !stop) stop = n + 1; /* 。 */
    }
    return n > MAX_HEADING || (stop && stop < n);
}

void dab_writer_find_headings(DabWriter *w) {
    const DabLayout *layout = w->layout;
    float body = dab_body_text_size(layout);
    for (guint i = 0; i < layout->blocks->len; i++) {
        DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        if (b->kind == DAB_BLOCK_HEADING && is_running_text(layout, b)) b->kind = DAB_BLOCK_PARAGRAPH;
        if (b->kind != DAB_BLOCK_PARAGRAPH) continue;
        guint n = 0;
        float size = G_MAXFLOAT;
        for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
            n += g_array_index(layout->lines, DabLine, k).n_glyphs;
            size = MIN(size, g_array_index(layout->lines, DabLine, k).size);
        }
        const DabLine *last = &g_array_index(layout->lines, DabLine, b->first_line + b->n_lines - 1);
        gboolean large = n <= MAX_HEADING && size > HEADING_SIZE * body;
        gboolean set_apart = g_array_index(w->centred, gboolean, i) && n <= MAX_CENTRED && !dab_ends_sentence(layout, last);
        if ((large || set_apart) && !is_running_text(layout, b)) b->kind = DAB_BLOCK_HEADING;
    }
}
