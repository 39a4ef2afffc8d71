/* bench-extract.c FILE.pdf…: processor time of dab_extract_pdf against Poppler's own text extraction, in one process: a line a
 * file, "ruled|plain pages poppler_ms dabiao_ms ratio name", and a line for each kind in sum. "ruled": a table with rules stands in
 * it. */
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "dabiao/source.h"
#include "extract/assemble.h"

#define RUNS 60 /* a neighbour on the same machine may slow a whole second of them */

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_poppler(const DabSource *source) {
    double start = seconds();
    g_autoptr(GBytes) bytes = g_bytes_new_static(source->data, source->bytes);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    for (int i = 0; document && i < poppler_document_get_n_pages(document); i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        g_free(poppler_page_get_text(page));
        g_object_unref(page);
    }
    g_clear_object(&document);
    return seconds() - start;
}

static double time_ours(const DabSource *source, gboolean *ruled, guint *pages) {
    g_autoptr(DabPool) pool = dab_pool_new();
    double start = seconds();
    const DabLayout *layout = dab_extract_pdf(pool, source, NULL);
    double took = seconds() - start;
    if (!layout) return -1;
    *pages = layout->pages->len;
    for (guint i = 0; i < layout->tables->len; i++) *ruled = *ruled || ((const DabTable *)layout->tables->pdata[i])->ruled;
    return took;
}

int main(int argc, char **argv) {
    double sum[2][2] = {{0}};
    for (int i = 1; i < argc; i++) {
        g_autoptr(DabPool) pool = dab_pool_new();
        DabSource *source = dab_source_open(pool, argv[i], argv[i], NULL);
        double theirs = 1e9, ours = 1e9;
        gboolean ruled = FALSE;
        guint pages = 0;
        if (!source) continue;
        source->ocr = DAB_OCR_NEVER;
        for (guint run = 0; run < RUNS && ours >= 0; run++) { /* the best of several: other work on the machine only adds */
            theirs = MIN(theirs, time_poppler(source));
            ours = MIN(ours, time_ours(source, &ruled, &pages));
        }
        if (ours < 0) continue;
        printf("%s %u %.2f %.2f %.2f %s\n", ruled ? "ruled" : "plain", pages, theirs * 1e3, ours * 1e3, ours / theirs, argv[i]);
        sum[ruled][0] += theirs;
        sum[ruled][1] += ours;
    }
    for (int k = 0; k < 2; k++)
        if (sum[k][0] > 0) printf("%s all %.2f\n", k ? "ruled" : "plain", sum[k][1] / sum[k][0]);
    return 0;
}
