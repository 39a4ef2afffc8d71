/* Layouts to bytes and back, and what is made of bytes that are not whole, or mean harm. */
#include <math.h>
#include <string.h>
#include <zstd.h>

#include "bulk/kept.h"
#include "dabiao/layout_store.h"

/* Two pages, a heading, a paragraph over both, a table with a header and a cell over two rows, a warning. */
static DabLayout *sample(DabPool *pool) {
    DabLayout *l = dab_layout_new(pool);
    for (guint i = 0; i < 2; i++) {
        DabPage page = {595, 842, 6 * i, 6};
        g_array_append_val(l->pages, page);
    }
    for (guint i = 0; i < 12; i++) {
        DabGlyph glyph = {0x4E00 + i, 16, {10.0f * i, 20, 10.0f * i + 9.5f, 36}, i % 5 ? 0 : 0.75f};
        g_array_append_val(l->glyphs, glyph);
    }
    for (guint i = 0; i < 6; i++) {
        DabLine line = {.page = i / 3,
                        .first_glyph = 2 * i,
                        .n_glyphs = 2,
                        .box = {1, 2, 3, 4},
                        .size = 16,
                        .new_paragraph = i == 1,
                        .bold = i == 0};
        g_array_append_val(l->lines, line);
    }
    DabBlock blocks[] = {{.kind = DAB_BLOCK_HEADING, .first_line = 0, .n_lines = 1, .table = -1},
                         {.kind = DAB_BLOCK_PARAGRAPH, .first_line = 1, .n_lines = 2, .table = -1, .column = 1},
                         {.kind = DAB_BLOCK_TABLE, .page = 1, .table = 0, .continues = TRUE}};
    g_array_append_vals(l->blocks, blocks, 3);
    DabTable *t = dab_pool_new0(pool, DabTable);
    *t = (DabTable){.n_columns = 2,
                    .n_header_rows = 1,
                    .first_page = 0,
                    .last_page = 1,
                    .ruled = TRUE,
                    .boxes = dab_pool_array(pool, sizeof(DabBox)),
                    .rows = dab_pool_array(pool, sizeof(DabRow))};
    DabBox boxes[] = {{0, 0, 100, 50}, {0, 0, 100, 70}};
    g_array_append_vals(t->boxes, boxes, 2);
    DabCell cells[] = {{.column = 0, .row_span = 2, .col_span = 1, .page = 1, .first_line = 3, .n_lines = 1},
                       {.column = 1, .row_span = 1, .col_span = 1, .page = 1, .first_line = 4, .n_lines = 1},
                       {.column = 1, .row_span = 1, .col_span = 1, .page = 1, .first_line = 5, .n_lines = 1}};
    DabRow rows[] = {{dab_pool_array(pool, sizeof(DabCell))}, {dab_pool_array(pool, sizeof(DabCell))}};
    g_array_append_vals(rows[0].cells, cells, 2);
    g_array_append_vals(rows[1].cells, cells + 2, 1);
    g_array_append_vals(t->rows, rows, 2);
    g_ptr_array_add(l->tables, t);
    l->text_from = DAB_TEXT_FROM_MIXED;
    dab_layout_warn(l, "garbled_text", 2, "the text of page %u is garbage", 2u);
    return l;
}

static void same_array(const GArray *a, const GArray *b) {
    g_assert_cmpuint(g_array_get_element_size((GArray *)a), ==, g_array_get_element_size((GArray *)b));
    g_assert_cmpmem(a->data, a->len * g_array_get_element_size((GArray *)a), b->data,
                    b->len * g_array_get_element_size((GArray *)b));
}

static void same_layout(const DabLayout *a, const DabLayout *b) {
    same_array(a->pages, b->pages);
    same_array(a->glyphs, b->glyphs);
    same_array(a->lines, b->lines);
    same_array(a->blocks, b->blocks);
    g_assert_cmpint(a->text_from, ==, b->text_from);
    g_assert_cmpuint(a->tables->len, ==, b->tables->len);
    for (guint i = 0; i < a->tables->len; i++) {
        const DabTable *x = a->tables->pdata[i], *y = b->tables->pdata[i];
        g_assert_cmpuint(x->n_columns, ==, y->n_columns);
        g_assert_cmpuint(x->n_header_rows, ==, y->n_header_rows);
        g_assert_cmpuint(x->first_page, ==, y->first_page);
        g_assert_cmpuint(x->last_page, ==, y->last_page);
        g_assert_cmpint(x->ruled, ==, y->ruled);
        same_array(x->boxes, y->boxes);
        g_assert_cmpuint(x->rows->len, ==, y->rows->len);
        for (guint r = 0; r < x->rows->len; r++)
            same_array(g_array_index(x->rows, DabRow, r).cells, g_array_index(y->rows, DabRow, r).cells);
    }
    g_assert_cmpuint(a->warnings->len, ==, b->warnings->len);
    for (guint i = 0; i < a->warnings->len; i++) {
        const DabWarning *x = &g_array_index(a->warnings, DabWarning, i), *y = &g_array_index(b->warnings, DabWarning, i);
        g_assert_cmpstr(x->code, ==, y->code);
        g_assert_cmpstr(x->message, ==, y->message);
        g_assert_cmpuint(x->page, ==, y->page);
    }
}

static void there_and_back(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layouts[] = {sample(pool), dab_layout_new(pool)};
    for (guint i = 0; i < G_N_ELEMENTS(layouts); i++) {
        gsize n, again;
        g_autofree guint8 *bytes = dab_layout_pack(layouts[i], &n);
        g_assert_nonnull(bytes);
        DabLayout *back = dab_layout_unpack(pool, bytes, n);
        g_assert_nonnull(back);
        same_layout(layouts[i], back);
        g_autofree guint8 *bytes_again = dab_layout_pack(back, &again);
        g_assert_cmpmem(bytes, n, bytes_again, again);
    }
}

static void no_damage_is_believed(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    gsize n;
    g_autofree guint8 *bytes = dab_layout_pack(sample(pool), &n);
    for (gsize cut = 0; cut < n; cut++) {
        g_autofree guint8 *copy = g_memdup2(bytes, MAX(cut, 1)); /* its own block: reading past it is seen */
        g_assert_null(dab_layout_unpack(pool, copy, cut));
    }
    for (gsize i = 0; i < n; i++)
        for (guint bit = 0; bit < 8; bit++) {
            bytes[i] ^= (guint8)(1u << bit);
            DabLayout *l = dab_layout_unpack(pool, bytes, n);
            if (l) same_layout(l, sample(pool)); /* a bit that zstd does not look at */
            bytes[i] ^= (guint8)(1u << bit);
        }
}

/* Each thing that must not be, one at a time. What pack takes, unpack takes, so that this holds for both. */
#define CHANGE(name, ...)                                                                                                          \
    static void name(DabLayout *l) {                                                                                               \
        DabTable *t = l->tables->pdata[0];                                                                                         \
        (void)t;                                                                                                                   \
        __VA_ARGS__;                                                                                                               \
    }
#define LINE(i) g_array_index(l->lines, DabLine, i)
#define BLOCK(i) g_array_index(l->blocks, DabBlock, i)
#define CELL(r, i) g_array_index(g_array_index(t->rows, DabRow, r).cells, DabCell, i)
CHANGE(page_outside, g_array_index(l->pages, DabPage, 1).n_glyphs = 7)
CHANGE(page_far_outside, g_array_index(l->pages, DabPage, 1).first_glyph = G_MAXUINT)
CHANGE(page_endless, g_array_index(l->pages, DabPage, 0).height = INFINITY)
CHANGE(glyph_nowhere, g_array_index(l->glyphs, DabGlyph, 3).box.x1 = NAN)
CHANGE(line_of_no_page, LINE(2).page = 2)
CHANGE(line_outside, LINE(5).n_glyphs = 3)
CHANGE(line_around, LINE(5).first_glyph = G_MAXUINT)
CHANGE(line_of_others, LINE(0).n_glyphs = 9)
CHANGE(line_half_bold, LINE(0).bold = 2)
CHANGE(block_of_no_kind, BLOCK(0).kind = (DabBlockKind)9)
CHANGE(block_of_no_page, BLOCK(0).page = 9)
CHANGE(block_outside, BLOCK(1).n_lines = 6)
CHANGE(block_of_no_table, BLOCK(2).table = 1)
CHANGE(block_without_table, BLOCK(2).table = -1)
CHANGE(block_of_less, BLOCK(0).table = -2)
CHANGE(lines_shared, BLOCK(1).first_line = 0, BLOCK(1).n_lines = 6)
CHANGE(table_without_columns, t->n_columns = 0)
CHANGE(table_all_header, t->n_header_rows = 3)
CHANGE(table_of_no_page, t->last_page = 2)
CHANGE(table_backwards, t->first_page = 2)
CHANGE(cell_outside, CELL(0, 1).col_span = 2)
CHANGE(cell_around, CELL(0, 1).column = G_MAXUINT)
CHANGE(cell_too_deep, CELL(0, 0).row_span = 3)
CHANGE(cell_of_nothing, CELL(0, 0).col_span = 0)
CHANGE(cells_upon_each_other, CELL(0, 1).column = 0)
CHANGE(cells_over_each_other, CELL(0, 1).row_span = 2)
CHANGE(cell_of_no_page, CELL(1, 0).page = 2)
CHANGE(cell_of_no_line, CELL(1, 0).first_line = 6)
CHANGE(warning_of_no_page, g_array_index(l->warnings, DabWarning, 0).page = 3)
CHANGE(warning_in_no_words, g_array_index(l->warnings, DabWarning, 0).message = "\xFF")

static void nothing_unsound(void) {
    static void (*const changes[])(DabLayout *) = {
        page_outside,          page_far_outside,      page_endless,      glyph_nowhere,       line_of_no_page,
        line_outside,          line_around,           line_of_others,    line_half_bold,      block_of_no_kind,
        block_of_no_page,      block_outside,         block_of_no_table, block_without_table, block_of_less,
        lines_shared,          table_without_columns, table_all_header,  table_of_no_page,    table_backwards,
        cell_outside,          cell_around,           cell_too_deep,     cell_of_nothing,     cells_upon_each_other,
        cells_over_each_other, cell_of_no_page,       cell_of_no_line,   warning_of_no_page,  warning_in_no_words};
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(DabPool) pool = dab_pool_new();
        DabLayout *l = sample(pool);
        gsize n;
        changes[i](l);
        g_autofree guint8 *bytes = dab_layout_pack(l, &n);
        if (bytes) g_test_message("change %zu is not seen", i);
        g_assert_null(bytes);
    }
}

/* Bytes with the right checksum and something wrong in them, as only somebody makes them who means it: every word in turn. What
 * comes back is none, or can be packed again. */
static void nothing_hostile(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    const gsize front = 24;
    gsize n, none = 0, tries = 0;
    g_autofree guint8 *bytes = dab_layout_pack(sample(pool), &n);
    gsize raw = (gsize)ZSTD_getFrameContentSize(bytes + front, n - front), room = ZSTD_compressBound(raw);
    g_autofree guint32 *words = g_malloc0(raw + 4);
    g_autofree guint8 *made = g_malloc(front + room);
    g_assert_cmpuint(ZSTD_decompress(words, raw, bytes + front, n - front), ==, raw);
    memcpy(made, bytes, front);
    for (gsize i = 0; i < raw / 4; i++) {
        const guint32 is = words[i], wrong[] = {0, 1, is + 1, is - 1, 1000, G_MAXINT32, 0x7FC00000, 0x80000000, G_MAXUINT32};
        for (gsize k = 0; k < G_N_ELEMENTS(wrong); k++, tries++) {
            g_autoptr(DabPool) own = dab_pool_new();
            words[i] = wrong[k];
            gsize m = ZSTD_compress(made + front, room, words, raw, 1);
            g_autofree guint8 *exact = g_memdup2(made, front + m);
            DabLayout *l = dab_layout_unpack(own, exact, front + m);
            g_autofree guint8 *again = l ? dab_layout_pack(l, &n) : NULL;
            g_assert_true(!l == !again);
            none += !l;
        }
        words[i] = is;
    }
    g_assert_cmpuint(none, >, tries / 3);
}

static void kept_of_its_document(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    char sha[DAB_SHA256_HEX];
    dab_sha256_hex("x", 1, sha);
    DabSource source = {.path = "a", .media_type = "application/pdf", .sha256 = sha, .bytes = 1}, *back = NULL;
    gsize n;
    g_autofree guint8 *bytes = dab_kept_pack(&source, sample(pool), &n);
    g_assert_cmpstr(dab_kept_sha256(bytes, n), ==, sha);
    DabLayout *l = dab_kept_unpack(pool, bytes, n, "other/a", &back);
    same_layout(sample(pool), l);
    g_assert_cmpstr(back->path, ==, "other/a");
    g_assert_cmpstr(back->media_type, ==, "application/pdf");
    g_assert_cmpstr(back->sha256, ==, sha);
    g_assert_cmpuint(back->bytes, ==, 1);
    g_assert_null(back->data);
    for (gsize i = 0; i < 184; i++) { /* before the layout */
        bytes[i] ^= 1;
        g_assert_null(dab_kept_unpack(pool, bytes, n, "a", &back));
        bytes[i] ^= 1;
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout_store/there_and_back", there_and_back);
    g_test_add_func("/layout_store/no_damage_is_believed", no_damage_is_believed);
    g_test_add_func("/layout_store/nothing_unsound", nothing_unsound);
    g_test_add_func("/layout_store/nothing_hostile", nothing_hostile);
    g_test_add_func("/kept/of_its_document", kept_of_its_document);
    return g_test_run();
}
