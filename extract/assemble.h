/* assemble.h: a PDF, or a picture → DabLayout: runs the steps of extract/ over all pages and puts their results together. */
#ifndef DABIAO_EXTRACT_ASSEMBLE_H
#define DABIAO_EXTRACT_ASSEMBLE_H

#include "dabiao/source.h"

/* Lent from `pool`. Errors: damaged, encrypted, empty (no page has text), too_large. A page that cannot be read is empty
 * and a warning (page_unreadable) stands in the layout. */
DabLayout *dab_extract_pdf(DabPool *pool, const DabSource *source, GError **error);

/* The same for a picture (PNG, JPEG, TIFF …), or a TIFF of several. */
DabLayout *dab_extract_picture(DabPool *pool, const DabSource *source, GError **error);

#endif
