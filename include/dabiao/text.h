/* text.h: normalised text with the way home: UTF-8 bytes and, for each byte, the glyph it came from. */
#ifndef DABIAO_TEXT_H
#define DABIAO_TEXT_H

#include "dabiao/layout.h"

#define DAB_NO_GLYPH G_MAXUINT32 /* the byte was put in by the normaliser (a blank between two words) */

typedef struct {
    gsize start, end; /* byte offsets into a text, end exclusive */
} DabSpan;

typedef struct {
    GString *utf8; /* passages are separated by '\n'; no other control character stands in it */
    GArray *glyph; /* guint32 for each byte: index into DabLayout.glyphs, or DAB_NO_GLYPH */
    GArray *units; /* scratch of parsers/normalise.c */
} DabText;

DabText *dab_text_new(DabPool *pool); /* empty; dies with the pool */

static inline gsize dab_span_len(DabSpan s) {
    return s.end - s.start;
}
static inline gboolean dab_span_has(DabSpan outer, DabSpan inner) {
    return outer.start <= inner.start && inner.end <= outer.end;
}

#endif
