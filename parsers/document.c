/* DabLayout → DabDocument: the order in which its parts are read. */
#include "dabiao/document.h"

#include "parsers/chart.h"
#include "parsers/columns.h"
#include "parsers/flat_table.h"
#include "parsers/identity.h"
#include "parsers/outline.h"
#include "parsers/passages.h"
#include "parsers/sentences.h"
#include "parsers/tense.h"

DabDocument *dab_document_parse(DabPool *pool, const DabRules *rules, const DabSource *source, const DabLayout *layout) {
    DabDocument *d = dab_pool_new0(pool, DabDocument);
    *d = (DabDocument){.pool = pool, .source = source, .layout = layout, .text = dab_text_new(pool)};
    d->passages = dab_pool_array(pool, sizeof(DabPassage));
    d->sentences = dab_pool_array(pool, sizeof(DabSentence));
    d->sections = dab_pool_array(pool, sizeof(DabSection));
    d->tables = dab_pool_ptr_array(pool);
    d->numbers = dab_pool_array(pool, sizeof(DabNumber));
    d->labels = dab_pool_array(pool, sizeof(DabLabel));
    dab_passages_read(d);
    dab_flat_table_find(d, rules);
    dab_columns_name(d, rules);
    dab_passages_ask(d, rules);
    dab_charts_find(d, rules);
    dab_sentences_cut(d, rules);
    dab_charts_number(d);
    dab_identity_read(d, rules); /* before the outline: the title is no section */
    dab_outline_read(d, rules);
    dab_tense_read(d, rules);
    return d;
}

guint dab_document_place(const DabDocument *d, DabSpan span, DabBox *box) {
    *box = (DabBox){0};
    gint page = -1;
    const GArray *pages = d->layout->pages;
    const DabPage *on = NULL;
    for (gsize i = span.start; i < span.end && i < d->text->glyph->len; i++) {
        guint32 g = g_array_index(d->text->glyph, guint32, i);
        if (g == DAB_NO_GLYPH) continue;
        if (page < 0) {
            for (page = 0; page < (gint)pages->len; page++) {
                on = &g_array_index(pages, DabPage, page);
                if (g >= on->first_glyph && g < on->first_glyph + on->n_glyphs) break;
            }
            if (page == (gint)pages->len) return 1;
        }
        if (g >= on->first_glyph && g < on->first_glyph + on->n_glyphs)
            *box = dab_box_join(*box, g_array_index(d->layout->glyphs, DabGlyph, g).box);
    }
    return page < 0 ? 1 : (guint)page + 1;
}
