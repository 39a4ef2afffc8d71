/* make_pdf.h: tiny PDFs for tests, written as strings: Helvetica, one content stream a page. */
#ifndef DABIAO_TESTS_MAKE_PDF_H
#define DABIAO_TESTS_MAKE_PDF_H

#include <glib.h>
#include <string.h>

/* A PDF of pages of 300 × 400 points with these contents (NULL-terminated). `page_keys` go into each page's dictionary.
 * Objects: 1 catalog, 2 pages, 3 font, 4 form ("/Fx Do"), then page and contents in turn. */
static inline GString *make_pdf(const char *const *contents, const char *page_keys, const char *form) {
    guint n = g_strv_length((char **)contents), count = 4 + 2 * n;
    g_autofree gsize *at = g_new0(gsize, count + 1);
    GString *s = g_string_new("%PDF-1.4\n");
    at[1] = s->len;
    g_string_append(s, "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n");
    at[2] = s->len;
    g_string_append(s, "2 0 obj<</Type/Pages/Kids[");
    for (guint i = 0; i < n; i++) g_string_append_printf(s, "%u 0 R ", 5 + 2 * i);
    g_string_append_printf(s, "]/Count %u>>endobj\n", n);
    at[3] = s->len;
    g_string_append(s, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n");
    at[4] = s->len;
    g_string_append_printf(s,
                           "4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</Fx 4 0 R>>>>/Length "
                           "%zu>>stream\n%s\nendstream\nendobj\n",
                           strlen(form ? form : "") + 1, form ? form : "");
    for (guint i = 0; i < n; i++) {
        at[5 + 2 * i] = s->len;
        g_string_append_printf(s,
                               "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<</Font<</F1 3 0 R>>/XObject<</Fx "
                               "4 0 R>>>>/Contents %u 0 R %s>>endobj\n",
                               5 + 2 * i, 6 + 2 * i, page_keys ? page_keys : "");
        at[6 + 2 * i] = s->len;
        g_string_append_printf(s, "%u 0 obj<</Length %zu>>stream\n%s\nendstream\nendobj\n", 6 + 2 * i, strlen(contents[i]) + 1,
                               contents[i]);
    }
    gsize xref = s->len;
    g_string_append_printf(s, "xref\n0 %u\n0000000000 65535 f \n", count + 1);
    for (guint i = 1; i <= count; i++) g_string_append_printf(s, "%010zu 00000 n \n", at[i]);
    g_string_append_printf(s, "trailer<</Size %u/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", count + 1, xref);
    return s;
}

/* One line of text at x, `down` points below the page's top. */
static inline void put_text(GString *content, double size, double x, double down, const char *text) {
    g_string_append_printf(content, "BT /F1 %g Tf %g %g Td (%s) Tj ET\n", size, x, 400 - down, text);
}

#endif
