/* Layouts to bytes and back, and what is made of bytes that are not whole; the cache's files; what is remembered of runs. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "bulk/cache.h"
#include "bulk/identity.h"
#include "bulk/kept.h"
#include "bulk/past.h"
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

typedef struct {
    char *dir, *file;
} Folder;

static void folder_make(Folder *f, gconstpointer data) {
    (void)data;
    f->dir = g_dir_make_tmp("dabiao-XXXXXX", NULL);
    f->file = g_build_filename(f->dir, "past", NULL);
}

static void folder_remove(Folder *f, gconstpointer data) {
    (void)data;
    g_autofree char *tag = g_build_filename(f->dir, "CACHEDIR.TAG", NULL);
    dab_cache_clear(f->dir);
    g_unlink(f->file);
    g_unlink(tag);
    g_assert_cmpint(g_rmdir(f->dir), ==, 0);
    g_free(f->dir);
    g_free(f->file);
}

static void entries(Folder *f, gconstpointer data) {
    (void)data;
    guint8 a[DAB_SHA256_BYTES] = {1}, b[DAB_SHA256_BYTES] = {2};
    char text[5];
    g_autoptr(DabCache) cache = dab_cache_open(f->dir, 1 << 20, NULL);
    g_assert_cmpint(dab_cache_find(cache, a), ==, -ENOENT);
    dab_cache_put(cache, a, "bytes", 5);
    int fd = dab_cache_find(cache, a);
    g_assert_cmpint(pread(fd, text, 5, DAB_CACHE_FRONT), ==, 5);
    g_assert_cmpmem(text, 5, "bytes", 5);
    close(fd);
    g_assert_cmpint(dab_cache_find(cache, b), ==, -ENOENT);
    dab_cache_drop(cache, a);
    g_assert_cmpint(dab_cache_find(cache, a), ==, -ENOENT);
    g_autofree guint8 *large = g_malloc0(1 << 17);
    dab_cache_put(cache, b, large, 1 << 17); /* more than a twentieth of all */
    g_assert_cmpint(dab_cache_find(cache, b), ==, -ENOENT);
}

/* A run larger than the cache keeps what it put first, and what an earlier run left goes. */
static void bounded(Folder *f, gconstpointer data) {
    (void)data;
    const guint64 most = 1 << 20;
    g_autofree guint8 *some = g_malloc0(40000);
    guint8 old[DAB_SHA256_BYTES] = {0xFF};
    DabCache *earlier = dab_cache_open(f->dir, most, NULL);
    dab_cache_put(earlier, old, some, 40000);
    dab_cache_close(earlier);
    char hex[DAB_SHA256_HEX];
    dab_sha256_to_hex(old, hex);
    g_autofree char *path = g_strdup_printf("%s/text/%.2s/%s", f->dir, hex, hex + 2);
    const struct timespec long_ago[2] = {{1000000000, 0}, {1000000000, 0}};
    g_assert_cmpint(utimensat(AT_FDCWD, path, long_ago, 0), ==, 0);
    DabCache *cache = dab_cache_open(f->dir, most, NULL);
    for (guint8 i = 0; i < 60; i++) {
        guint8 key[DAB_SHA256_BYTES] = {i};
        dab_cache_put(cache, key, some, 40000);
    }
    dab_cache_close(cache);
    DabCacheCount count;
    dab_cache_count(f->dir, &count);
    g_assert_cmpuint(count.text_bytes, <=, most + most / 20 + 45056);
    g_assert_cmpuint(count.texts, >=, 20);
    cache = dab_cache_open(f->dir, most, NULL);
    g_assert_cmpint(dab_cache_find(cache, old), ==, -ENOENT);
    guint8 first[DAB_SHA256_BYTES] = {0};
    int fd = dab_cache_find(cache, first);
    g_assert_cmpint(fd, >=, 0);
    close(fd);
    dab_cache_close(cache);
}

static DabPastRecord record_of(const char *name, gint64 pages) {
    DabPastRecord record = {.pages = pages};
    dab_past_name(record.output, (const char *[]){name, NULL});
    g_strlcpy(record.media_type, "text/plain", sizeof record.media_type);
    return record;
}

static gint64 pages_of(const DabPast *past, const char *name) {
    guint8 output[16];
    dab_past_name(output, (const char *[]){name, NULL});
    const DabPastRecord *record = dab_past_find(past, output);
    return record ? record->pages : -1;
}

static void past_goes_on(Folder *f, gconstpointer data) {
    (void)data;
    for (gint64 turn = 0; turn < 100; turn++) {
        g_autoptr(DabPast) past = dab_past_open(f->file);
        g_assert_cmpint(pages_of(past, "a"), ==, turn ? turn - 1 : -1);
        DabPastRecord a = record_of("a", turn), b = record_of("b", 7);
        dab_past_add(past, &a);
        dab_past_add(past, &b);
        g_assert_cmpint(pages_of(past, "a"), ==, turn);
        g_assert_cmpint(pages_of(past, "b"), ==, 7);
    }
    struct stat st;
    g_assert_cmpint(stat(f->file, &st), ==, 0);
    g_assert_cmpint(st.st_size, <, 60 * (gint64)sizeof(DabPastRecord)); /* written anew from time to time */
}

static void past_cut_anywhere(Folder *f, gconstpointer data) {
    (void)data;
    const gint64 n = 3, bytes = sizeof(DabPastRecord);
    static const char *const names[] = {"a", "b", "c"};
    for (gint64 cut = 0; cut <= n * bytes; cut += 7) {
        g_unlink(f->file);
        DabPast *past = dab_past_open(f->file);
        for (gint64 i = 0; i < n; i++) {
            DabPastRecord record = record_of(names[i], i);
            dab_past_add(past, &record);
        }
        dab_past_close(past);
        g_assert_cmpint(truncate(f->file, cut), ==, 0);
        past = dab_past_open(f->file);
        for (gint64 i = 0; i < n; i++) g_assert_cmpint(pages_of(past, names[i]), ==, (i + 1) * bytes <= cut ? i : -1);
        DabPastRecord late = record_of("late", 9);
        dab_past_add(past, &late);
        dab_past_close(past);
        past = dab_past_open(f->file);
        g_assert_cmpint(pages_of(past, "late"), ==, 9);
        dab_past_close(past);
    }
}

static void firm_in_time(void) {
    struct stat st = {.st_mtim = {1000, 0}, .st_ctim = {1000, 0}};
    g_assert_true(dab_identity_is_firm(&st, 1003));
    g_assert_false(dab_identity_is_firm(&st, 1002)); /* the clock of some file systems counts by two seconds */
    st.st_ctim.tv_sec = 1003;                        /* set back, or copied with its time */
    g_assert_false(dab_identity_is_firm(&st, 1003));
    DabIdentity before = dab_identity(&st, 0), member = dab_identity(&st, 1);
    g_assert_cmpint(memcmp(&before, &member, sizeof before), !=, 0);
    st.st_ctim.tv_nsec = 1;
    DabIdentity after = dab_identity(&st, 0);
    g_assert_cmpint(memcmp(&before, &after, sizeof before), !=, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/layout_store/there_and_back", there_and_back);
    g_test_add_func("/layout_store/no_damage_is_believed", no_damage_is_believed);
    g_test_add_func("/layout_store/nothing_unsound", nothing_unsound);
    g_test_add_func("/layout_store/nothing_hostile", nothing_hostile);
    g_test_add_func("/kept/of_its_document", kept_of_its_document);
    g_test_add_func("/identity/firm_in_time", firm_in_time);
    g_test_add("/cache/entries", Folder, NULL, folder_make, entries, folder_remove);
    g_test_add("/cache/bounded", Folder, NULL, folder_make, bounded, folder_remove);
    g_test_add("/past/goes_on", Folder, NULL, folder_make, past_goes_on, folder_remove);
    g_test_add("/past/cut_anywhere", Folder, NULL, folder_make, past_cut_anywhere, folder_remove);
    return g_test_run();
}
