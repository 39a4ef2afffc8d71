/* Path operators → segments, segments → whole lines and grids. */
#include <math.h>
#include <string.h>

#include "dabiao/limits.h"
#include "extract/content.h"
#include "extract/flate.h"
#include "extract/grid.h"
#include "extract/segments.h"

/* The segments of a content stream, as "h 10 0-50" lines with rounded numbers; `merge` makes whole lines of them. */
static char *read_segments(const char *content, gboolean merge) {
    DabRawPage page = {.segments = g_array_new(FALSE, TRUE, sizeof(DabSegment))};
    DabCanvas canvas = {.page = &page};
    dab_content_read(&canvas, (const guint8 *)content, strlen(content), (DabMatrix){1, 0, 0, 1, 0, 0}, (DabBox){0, 0, 500, 500},
                     NULL);
    if (merge) dab_segments_merge(page.segments);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < page.segments->len; i++) {
        const DabSegment *s = &g_array_index(page.segments, DabSegment, i);
        g_string_append_printf(out, "%s%c %ld %ld-%ld", i ? ", " : "", s->vertical ? 'v' : 'h', lroundf(s->at), lroundf(s->from),
                               lroundf(s->to));
    }
    g_array_free(page.segments, TRUE);
    return g_string_free(out, FALSE);
}

static void expect(const char *content, gboolean merge, const char *expected) {
    g_autofree char *got = read_segments(content, merge);
    g_assert_cmpstr(got, ==, expected);
}

static void test_operators(void) {
    expect("10 20 m 60 20 l S", FALSE, "h 20 10-60");
    expect("10 20 m 60 20 l 60 80 l s", FALSE, "h 20 10-60, v 60 20-80"); /* the closing line slants */
    expect("10 20 50 60 re S", FALSE, "h 20 10-60, v 60 20-80, h 80 10-60, v 10 20-80");
    expect("10 20 50 1 re f 10 20 .5 -50 re f*", FALSE, "h 21 10-60, v 10 0-20"); /* cut at the edge of the page */
    expect("10 20 50 60 re f", FALSE, "");                                        /* a filled area is no line */
    expect("10 20 50 60 re 11 21 48 58 re f*", FALSE, "v 11 20-80, h 21 10-60, v 60 20-80, h 80 10-60");
    expect("10 20 m 60 20 l n", FALSE, "");             /* never painted */
    expect("10 20 m 20 30 60 20 60 20 c S", FALSE, ""); /* a curve */
    expect("q 2 0 0 2 5 5 cm 10 20 m 60 20 l S Q 10 20 m 60 20 l S", FALSE, "h 45 25-125, h 20 10-60");
    expect("q 0 19 30 2 re W n 0 0 200 200 re f Q", FALSE, "h 20 0-30"); /* an area behind a thin clip */
    expect("q 0 0 30 100 re W n 10 20 m 60 20 l S Q", FALSE, "h 20 10-30");
}

static void test_rubbish(void) {
    expect("(10 20 m 60 20 l S) Tj <</A (x)>> BDC EMC [(a) 3] TJ % 10 20 m 60 20 l S\n10 20 m 60 20 l S", FALSE, "h 20 10-60");
    expect("BI /W 2 ID 10 20 m 60 20 l S EI 10 30 m 60 30 l S", FALSE, "h 30 10-60");
    expect("m l S Q Q Q re f W n 60 l S", FALSE, "");
    expect("10 20 m 60 20 l S (", FALSE, "h 20 10-60");
    expect("7 7 7 7 7 7 7 7 7 10 20 m 7 1.2.3 60 20 l S", FALSE, "h 20 10-60"); /* more numbers than any operator takes */
    expect("10 20 - m 60 20 l 60 80 l S", FALSE, "v 60 20-80");                 /* what only begins like a number */
    expect("1e9 99999999999999999999 m -9999999999999 20 l S <", FALSE, "");
}

static void test_limits(void) {
    g_autoptr(GString) many = g_string_new(NULL);
    for (guint i = 0; i <= DAB_MAX_SEGMENTS; i++) g_string_append(many, "10 20 m 60 20 l S\n");
    for (guint i = 0; i < 100000; i++) g_string_append(many, "q ");
    DabRawPage page = {.segments = g_array_new(FALSE, TRUE, sizeof(DabSegment))};
    DabCanvas canvas = {.page = &page};
    dab_content_read(&canvas, (const guint8 *)many->str, many->len, (DabMatrix){1, 0, 0, 1, 0, 0}, (DabBox){0, 0, 500, 500}, NULL);
    g_assert_true(canvas.overflow);
    g_assert_cmpuint(page.segments->len, <=, DAB_MAX_SEGMENTS);
    g_array_free(page.segments, TRUE);
}

static void test_merge(void) {
    expect("10 20 m 30 20 l S 32 20.4 m 60 20.4 l S 80 20 m 99 20 l S", TRUE, "h 20 10-60, h 20 80-99"); /* abutting; apart */
    expect("10 20 m 60 20 l S 10 21 m 60 21 l S", TRUE, "h 21 10-60");                                   /* doubled */
    expect("10 20 m 14 20 l S", TRUE, "");                                                               /* too short */
}

/* Cells as "row.column" with spans, from rules given as segments. */
static char *read_grid(const DabSegment *segments, guint n) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabRawPage page = {.segments = dab_pool_array(pool, sizeof(DabSegment))};
    g_array_append_vals(page.segments, segments, n);
    GPtrArray *grids = dab_grids_find(pool, &page);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < grids->len; i++) {
        const DabGrid *g = g_ptr_array_index(grids, i);
        g_string_append_printf(out, "[%ux%u%s%s]", dab_grid_rows(g), dab_grid_columns(g), g->open_top ? " open top" : "",
                               g->open_bottom ? " open bottom" : "");
        for (guint k = 0; k < g->cells->len; k++) {
            const DabGridCell *c = &g_array_index(g->cells, DabGridCell, k);
            g_string_append_printf(out, " %u.%u", c->row, c->column);
            if (c->row_span > 1 || c->col_span > 1) g_string_append_printf(out, "(%ux%u)", c->row_span, c->col_span);
        }
    }
    return g_string_free(out, FALSE);
}

static void test_grid(void) {
    const DabSegment plain[] = {{FALSE, 0, 0, 100}, {FALSE, 20, 0, 100}, {FALSE, 40, 0, 100},
                                {TRUE, 0, 0, 40},   {TRUE, 50, 0, 40},   {TRUE, 100, 0, 40}};
    const DabSegment spans[] = {{FALSE, 0, 0, 100}, {FALSE, 20, 50, 100}, {FALSE, 40, 0, 100}, {FALSE, 60, 0, 100},
                                {TRUE, 0, 0, 60},   {TRUE, 50, 0, 40},    {TRUE, 100, 0, 60}};
    const DabSegment open[] = {{FALSE, 20, 0, 100}, {TRUE, 0, 0, 60}, {TRUE, 50, 0, 60}, {TRUE, 100, 0, 60}};
    const DabSegment frame[] = {{FALSE, 0, 0, 100}, {FALSE, 40, 0, 100}, {TRUE, 0, 0, 40}, {TRUE, 100, 0, 40}};
    g_autofree char *a = read_grid(plain, G_N_ELEMENTS(plain)), *b = read_grid(spans, G_N_ELEMENTS(spans));
    g_autofree char *c = read_grid(open, G_N_ELEMENTS(open)), *d = read_grid(frame, G_N_ELEMENTS(frame));
    g_assert_cmpstr(a, ==, "[2x2] 0.0 0.1 1.0 1.1");
    g_assert_cmpstr(b, ==, "[3x2] 0.0(2x1) 0.1 1.1 2.0(1x2)");
    g_assert_cmpstr(c, ==, "[2x2 open top open bottom] 0.0 0.1 1.0 1.1");
    g_assert_cmpstr(d, ==, ""); /* a frame around text is no table */
}

static GByteArray *pack(const char *text, gsize n) {
    g_autoptr(GConverter) z = G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6));
    GByteArray *out = g_byte_array_new();
    gsize read = 0, written = 0;
    g_byte_array_set_size(out, (guint)n + 100);
    g_assert_cmpint(g_converter_convert(z, text, n, out->data, out->len, G_CONVERTER_INPUT_AT_END, &read, &written, NULL), ==,
                    G_CONVERTER_FINISHED);
    return g_byte_array_set_size(out, (guint)written);
}

static void test_flate(void) {
    enum { N = 100000 };
    g_autofree char *text = g_malloc(N);
    for (guint i = 0; i < N; i++) text[i] = (char)('a' + i % 17 * (i / 1000) % 26);
    g_autoptr(GByteArray) packed = pack(text, N), out = g_byte_array_new();
    g_autoptr(GConverter) z = dab_flate_new();
    for (guint again = 1; again <= 2; again++) {
        g_assert_true(dab_flate_unpack(z, packed->data, packed->len, out, 2 * N));
        g_assert_cmpmem(out->data + (again - 1) * N, N, text, N);
        g_assert_cmpuint(out->len, ==, again * N);
    }
    g_assert_false(dab_flate_unpack(z, packed->data, packed->len, out, 2 * N + 100));
    g_assert_cmpuint(out->len, <, 3 * N); /* it stopped there */
    g_byte_array_set_size(out, 0);
    g_assert_true(dab_flate_unpack(z, packed->data, packed->len - 10, out, N)); /* cut: nearly all of it */
    g_assert_cmpuint(out->len, >, N / 2);
    g_byte_array_set_size(out, 0);
    packed->data[packed->len - 1] ^= 1; /* only its sum is wrong */
    g_assert_true(dab_flate_unpack(z, packed->data, packed->len, out, N));
    g_assert_cmpmem(out->data, out->len, text, N);
    g_byte_array_set_size(out, 0);
    packed->data[0] = 'x' + 1;
    g_assert_false(dab_flate_unpack(z, packed->data, packed->len, out, N));
    g_assert_false(dab_flate_unpack(z, packed->data, 1, out, N));
    g_assert_cmpuint(out->len, ==, 0);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/content/operators", test_operators);
    g_test_add_func("/content/rubbish", test_rubbish);
    g_test_add_func("/content/limits", test_limits);
    g_test_add_func("/content/merge", test_merge);
    g_test_add_func("/content/grid", test_grid);
    g_test_add_func("/content/flate", test_flate);
    return g_test_run();
}
