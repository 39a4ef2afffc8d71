/* pdf.h: a PDF's pages as characters with boxes (Poppler), page by page. No layout is made here. */
#ifndef DABIAO_EXTRACT_PDF_H
#define DABIAO_EXTRACT_PDF_H

#include "dabiao/source.h"
#include "extract/image.h"
#include "extract/page.h"

typedef struct DabPdf DabPdf;

/* Opens the document; `source` must outlive it. Errors: encrypted, damaged, too_large (more than DAB_MAX_PAGES). */
DabPdf *dab_pdf_open(const DabSource *source, GError **error);
void dab_pdf_free(DabPdf *pdf); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabPdf, dab_pdf_free)

guint dab_pdf_n_pages(const DabPdf *pdf);

/* Fills size and characters of page `index` (from 0) into `page`, whose arrays are there. Characters without extent
 * or outside the page are left out. FALSE when the page cannot be read. */
gboolean dab_pdf_read_page(DabPdf *pdf, guint index, DabRawPage *page);

/* A table as the structure tree of a tagged PDF tells it: its shape only. For the text of each of its cells Poppler draws the page
 * anew, which takes as long as reading all pages a hundred times. */
typedef struct {
    guint page; /* from 0: where its first cell stands */
    guint n_rows, n_columns;
    guint n_header; /* rows of header cells at its top */
} DabToldTable;

/* The tables that the document's tree tells of (DabToldTable), read when it is first asked for; lent. Empty when it has no tree. */
const GArray *dab_pdf_told_tables(DabPdf *pdf);

/* The page as a grey picture, `density` pixels a point, or less where that would be more than DAB_MAX_SCAN_PIXELS. NULL when it
 * cannot be rendered. */
DabImage *dab_pdf_render(DabPdf *pdf, guint index, float density);

#endif
