/* What a file is, and what cannot be opened. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/ranked.h"
#include "dabiao/error.h"
#include "dabiao/source.h"
#include "extract/media.h"

static void expect(const char *bytes, gsize n, const char *type) {
    g_autofree guint8 *copy = g_memdup2(bytes, n); /* exactly n bytes: reading on is seen by the sanitizer */
    g_assert_cmpstr(dab_media_type(copy, n), ==, type);
}
#define EXPECT(bytes, type) expect(bytes, sizeof(bytes) - 1, type)

static void test_types(void) {
    EXPECT("%PDF-1.7\n", "application/pdf");
    EXPECT("\r\n\r\nrubbish %PDF-1.4", "application/pdf");
    EXPECT("PK\3\4....word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    EXPECT("PK\3\4....OFD.xml", "application/ofd");
    EXPECT("PK\3\4....a.txt", "application/zip");
    EXPECT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "application/x-ole-storage");
    EXPECT("\x89PNG\r\n\x1A\n....", "image/png");
    EXPECT("\xFF\xD8\xFF\xE0", "image/jpeg");
    EXPECT("<!DOCTYPE HTML><p>", "text/html");
    EXPECT("\n<meta charset=utf-8>", "text/html");
    EXPECT("<3 in text", "text/plain");
    EXPECT("", "text/plain");
    EXPECT("\xE5\xB9\xB4\xE5\xBA\xA6\n", "text/plain"); /* UTF-8 */
    EXPECT("\xC4\xEA\xB6\xC8\n", "text/plain");         /* GB18030 */
    EXPECT("\xFF\xFE\x74\x5E", "text/plain");           /* UTF-16 */
    g_autoptr(GString) bare = g_string_new(NULL);       /* without a mark */
    for (guint i = 0; i < 20; i++) g_string_append_len(bare, "\x74\x5E\xA6\x5E\n\0", 6);
    g_assert_cmpstr(dab_media_type((const guint8 *)bare->str, bare->len), ==, "text/plain");
    EXPECT("\x01\x02\x03\x00\x04", "application/octet-stream");
    EXPECT("\xFF\xFF\xFF\xFF\x80\x80", "application/octet-stream");
    EXPECT("P", "text/plain");
}

static void expect_error(const char *file, int code) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(dab_source_open(pool, file, "shown", &error));
    g_assert_error(error, DAB_ERROR, code);
}

static void test_open(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("dabiao-XXXXXX", NULL), *file = g_build_filename(folder, "a.doc", NULL);
    g_autofree char *big = g_build_filename(folder, "big", NULL), *through = g_build_filename(file, "below", NULL);
    g_assert_true(g_file_set_contents(file, "{\\rtf1}", 7, NULL));
    DabSource *source = dab_source_open(pool, file, "in/a.doc", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(source->path, ==, "in/a.doc");
    g_assert_cmpstr(source->media_type, ==, "application/rtf");
    g_assert_cmpuint(source->bytes, ==, 7);
    g_assert_cmpstr(source->sha256, ==, "0d6afb7e939f0936f40afdc759b5a354ea5427ec250a47e7b904ab1ea800a01d");
    g_assert_null(dab_extract(pool, source, &error));
    g_assert_error(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE);
    g_assert_nonnull(strstr(error->message, "soffice"));
    expect_error(folder, DAB_ERROR_UNREADABLE);
    /* files that are never as long as they say stand for those that change while they are read */
    expect_error("/proc/self/status", DAB_ERROR_UNREADABLE);
    if (g_file_test("/sys/kernel/mm/transparent_hugepage/enabled", G_FILE_TEST_EXISTS))
        expect_error("/sys/kernel/mm/transparent_hugepage/enabled", DAB_ERROR_UNREADABLE);
    expect_error("/dev/null", DAB_ERROR_UNREADABLE);
    expect_error(through, DAB_ERROR_NOT_FOUND);
    expect_error("no/such/file", DAB_ERROR_NOT_FOUND);
    g_assert_true(g_file_set_contents(big, "", 0, NULL));
    g_assert_cmpint(truncate(big, 300 * 1024 * 1024), ==, 0); /* a hole: takes no room on the disk */
    expect_error(big, DAB_ERROR_TOO_LARGE);
    g_unlink(big);
    g_unlink(file);
    g_rmdir(folder);
}

static void test_has(void) {
    const char bytes[] = "a Tabl\0TTable";
    DabSource source = {.data = (const guint8 *)bytes, .bytes = sizeof bytes - 1};
    g_assert_true(dab_source_has(&source, "Table"));
    g_assert_true(dab_source_has(&source, "a"));
    g_assert_false(dab_source_has(&source, "Tables"));
    g_assert_true(dab_source_has_name(&source, "Tabl"));
    g_assert_false(dab_source_has_name(&source, "Tab"));
    g_assert_true(dab_source_has_name(&source, "Table"));
    source.bytes--;
    g_assert_false(dab_source_has(&source, "Table"));
    source.bytes = 3;
    g_assert_false(dab_source_has(&source, "Table"));
}

/* Whatever their order, also with many alike, and where taking the middle one parts them badly. */
static void test_ranked(void) {
    float values[200], again[200];
    for (guint seed = 0; seed < 50; seed++) {
        guint n = 1 + seed * 4, x = seed + 1;
        for (guint i = 0; i < n; i++) {
            x = x * 1664525 + 1013904223;
            again[i] = seed % 3 == 0 ? (float)(x >> 30) : seed % 3 == 1 ? (float)(x >> 8) : (float)(i < n / 2 ? i : n - i);
        }
        for (guint rank = 0; rank < n; rank++) {
            memcpy(values, again, sizeof values);
            float found = dab_ranked(values, n, rank);
            guint below = 0, above = 0;
            for (guint i = 0; i < n; i++) {
                below += again[i] < found;
                above += again[i] > found;
            }
            g_assert_cmpuint(below, <=, rank);
            g_assert_cmpuint(above, <=, n - 1 - rank);
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/source/types", test_types);
    g_test_add_func("/source/open", test_open);
    g_test_add_func("/source/has", test_has);
    g_test_add_func("/ranked", test_ranked);
    return g_test_run();
}
