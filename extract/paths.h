/* paths.h: the ruling lines and pictures of a PDF's pages, read from the path operators of their content streams
 * (ISO 32000-1, 8.5; through libqpdf). Nothing is rendered. */
#ifndef DABIAO_EXTRACT_PATHS_H
#define DABIAO_EXTRACT_PATHS_H

#include "dabiao/source.h"
#include "extract/page.h"

typedef struct DabPaths DabPaths;

/* Opens nothing yet: a file of prose never needs it. `source` must outlive it. */
DabPaths *dab_paths_new(const DabSource *source);
/* Opens the file when that was not done. FALSE when libqpdf cannot read it: then there are no rulings, and that is no error. */
gboolean dab_paths_ready(DabPaths *paths);
void dab_paths_free(DabPaths *paths); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabPaths, dab_paths_free)

/* When ready: appends the segments and picture boxes of page `index` (from 0) to page->segments and page->images. Stroked lines and
 * thin filled shapes count; curves and slanting lines do not. FALSE when the page could not be read to its end or holds
 * more than DAB_MAX_SEGMENTS pieces (a drawing): then segments is left empty. */
gboolean dab_paths_read_page(DabPaths *paths, guint index, DabRawPage *page);

/* Whether a character map of a font goes on in itself (/UseCMap): Poppler would follow it for ever. */
gboolean dab_paths_has_endless_map(DabPaths *paths);

#endif
