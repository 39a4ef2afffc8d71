/* shape.h: a sentence → its shape: the text with every number that may be a measure, and every date, replaced by one tag
 * character. Rules of the stages measure and role match shapes, so that a pattern says {N:percent} and need not know how numbers
 * are written. Names, grades, ages and other context stay as they are: they are part of what is measured. */
#ifndef DABIAO_ENGINE_SHAPE_H
#define DABIAO_ENGINE_SHAPE_H

#include "dabiao/document.h"
#include "engine/fragments.h"

typedef struct {
    gsize at;     /* byte offset of the tag in the shape */
    guint number; /* in DabDocument.numbers */
    guint32 kind; /* bit k: it is DAB_TAG_FIRST + k; 0: a date */
    DabSpan home; /* what it stands for in the document's text */
} DabTag;

typedef struct {
    GString *text;
    gsize start;     /* of the sentence in the document's text */
    GArray *tags;    /* DabTag, in order */
    guint32 kinds;   /* of the tags in it: bit k is DAB_TAG_FIRST + k */
    guint64 *likely; /* which rules may hold: engine/filter.h, first for the sentence, then for each tag */
    guint likely_size, likely_room;
} DabShape;

DabShape *dab_shape_new(void);
void dab_shape_free(DabShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabShape, dab_shape_free)

/* Makes `shape` that of a sentence; what was in it is gone. */
void dab_shape_make(DabShape *shape, const DabRules *rules, const DabDocument *document, const DabSentence *sentence);

/* The number whose tag stands at byte `at` of the shape, or -1. */
gint dab_shape_number(const DabShape *shape, gsize at);
/* Byte offset of a number's tag, or -1. */
gssize dab_shape_find(const DabShape *shape, guint number);
/* Finds out which rules may hold for its numbers: asked for by dab_shape_likely. */
void dab_shape_sift(DabShape *shape, const DabRules *rules);
/* Which rules may hold for the number of a tag; of tags of dates nothing is known. Bits of a DabShapeFilter. */
const guint64 *dab_shape_likely(const DabShape *shape, guint tag);
/* Whether a rule that relates figures of a sentence may hold in it. */
gboolean dab_shape_may_relate(const DabShape *shape, const DabRules *rules);
/* The place in `tags` of a number, or -1. */
gint dab_shape_tag(const DabShape *shape, guint number);
/* The stretch of the document's text that shape[start, end) stands for. */
DabSpan dab_shape_home(const DabShape *shape, gsize start, gsize end);

#endif
