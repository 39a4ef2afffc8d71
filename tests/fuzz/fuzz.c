#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "dabiao/measure.h"
#include "output/json.h"
#include "output/value.h"

const DabRules *fuzz_rules(void) {
    static DabRules *rules;
    const char *folder = g_getenv("DABIAO_RULES");
    g_autoptr(GError) error = NULL;
    if (!rules) rules = dab_rules_load(folder ? folder : "rules", &error);
    if (!rules) g_error("%s", error->message);
    return rules;
}

/* The seconds of loading are no input's: with sanitizers on a busy machine they alone are longer than one may take. */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    fuzz_rules();
    return 0;
}

DabSource *fuzz_source(DabPool *pool, const char *media_type, const uint8_t *data, size_t size) {
    DabSource *source = dab_pool_new0(pool, DabSource);
    /* its own block, exactly as long as a file's (a NUL behind the last byte): reading past it is seen */
    guint8 *copy = dab_pool_own(pool, g_malloc(size + 1), g_free);
    if (size) memcpy(copy, data, size);
    copy[size] = 0;
    *source = (DabSource){.path = "input",
                          .media_type = media_type,
                          .sha256 = "0000000000000000000000000000000000000000000000000000000000000000",
                          .data = copy,
                          .bytes = size,
                          .ocr = DAB_OCR_NEVER};
    return source;
}

static void check_table(const DabLayout *layout, const DabTable *table) {
    for (guint r = 0; r < table->rows->len; r++) {
        const GArray *cells = g_array_index(table->rows, DabRow, r).cells;
        for (guint c = 0; c < cells->len; c++) {
            const DabCell *cell = &g_array_index(cells, DabCell, c);
            g_assert_cmpuint(cell->column + cell->col_span, <=, table->n_columns);
            g_assert_cmpuint(cell->row_span, >=, 1);
            g_assert_cmpuint(r + cell->row_span, <=, table->rows->len);
            g_assert_cmpuint(cell->first_line + cell->n_lines, <=, layout->lines->len);
        }
    }
}

void fuzz_check_layout(const DabLayout *layout) {
    if (!layout) return;
    for (guint i = 0; i < layout->lines->len; i++) {
        const DabLine *line = &g_array_index(layout->lines, DabLine, i);
        g_assert_cmpuint(line->page, <, layout->pages->len);
        g_assert_cmpuint(line->first_glyph + line->n_glyphs, <=, layout->glyphs->len);
    }
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *block = &g_array_index(layout->blocks, DabBlock, i);
        g_assert_cmpuint(block->first_line + block->n_lines, <=, layout->lines->len);
        g_assert_cmpint(block->table, <, (gint)layout->tables->len);
    }
    for (guint i = 0; i < layout->tables->len; i++) check_table(layout, layout->tables->pdata[i]);
}

void fuzz_check_text(const DabText *text) {
    g_assert_true(g_utf8_validate(text->utf8->str, (gssize)text->utf8->len, NULL));
    g_assert_cmpuint(text->utf8->len, ==, text->glyph->len);
    for (gsize i = 0; i < text->utf8->len; i++) {
        guchar c = (guchar)text->utf8->str[i];
        g_assert_true(c >= ' ' || c == '\n');
    }
}

static gboolean is_boundary(const char *text, gsize at) {
    return ((guchar)text[at] & 0xC0) != 0x80;
}

void fuzz_check_numbers(const char *text, DabSpan span, const GArray *numbers) {
    gsize at = span.start;
    for (guint i = 0; i < numbers->len; i++) {
        const DabNumber *n = &g_array_index(numbers, DabNumber, i);
        g_assert_true(dab_span_has(span, n->span) && dab_span_has(span, n->extent));
        g_assert_true(dab_span_has(n->span, n->numeral) && n->numeral.start < n->numeral.end);
        g_assert_true(is_boundary(text, n->span.start) && is_boundary(text, n->span.end));
        g_assert_cmpuint(n->span.start, >=, at);
        g_assert_true(n->kind && n->unit);
        at = n->span.end;
    }
}

void fuzz_whole(DabPool *pool, const DabSource *source, const DabLayout *layout) {
    if (!layout) return;
    fuzz_check_layout(layout);
    const DabDocument *document = dab_document_parse(pool, fuzz_rules(), source, layout);
    fuzz_check_text(document->text);
    fuzz_check_numbers(document->text->utf8->str, (DabSpan){0, document->text->utf8->len}, document->numbers);
    const DabReport *report = dab_report_make(document, fuzz_rules());
    g_assert_cmpuint(report->ledger.total, ==, report->ledger.measures + report->ledger.context + report->ledger.unclaimed);
    gsize len;
    g_autofree char *json = dab_json_report(report, &len);
    g_assert_true(g_utf8_validate(json, (gssize)len, NULL));
    DabValue *value = dab_value_parse(json, len);
    g_assert_nonnull(value);
    dab_value_free(value);
}
