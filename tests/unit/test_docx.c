/* DOCX → layout: cases of tests/cases/docx (NAME.docx, NAME.expected; make.py writes the documents), numbers of lists, and packages
 * that are broken or hostile. Run from the project's folder. */
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/counting.h"
#include "extract/docx.h"
#include "show_layout.h"

static DabLayout *extract(DabPool *pool, const char *bytes, gsize n, GError **error) {
    g_autofree guint8 *copy = g_memdup2(bytes, n); /* exactly n bytes: reading on is seen by the sanitizer */
    DabSource source = {.path = "test.docx", .data = copy, .bytes = n};
    return dab_extract_docx(pool, &source, error);
}

static void test_case(gconstpointer name) {
    g_autofree char *docx = g_strdup_printf("tests/cases/docx/%s.docx", (const char *)name);
    g_autofree char *file = g_strdup_printf("tests/cases/docx/%s.expected", (const char *)name);
    g_autofree char *bytes = NULL, *expected = NULL;
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    gsize n = 0;
    g_assert_true(g_file_get_contents(docx, &bytes, &n, NULL));
    DabLayout *layout = extract(pool, bytes, n, &error);
    g_assert_no_error(error);
    g_autofree char *got = show_layout(layout);
    if (g_getenv("DAB_WRITE_EXPECTED")) g_file_set_contents(file, got, -1, NULL); /* then read the difference */
    g_assert_true(g_file_get_contents(file, &expected, NULL, NULL));
    g_assert_cmpstr(got, ==, expected);
}

/* ---- packages made here ---- */

static la_ssize_t take(struct archive *a, void *data, const void *bytes, size_t n) {
    (void)a;
    g_string_append_len(data, bytes, (gssize)n);
    return (la_ssize_t)n;
}

/* A ZIP of names and contents, NULL at the end. */
static GString *zip(const char *name, ...) {
    GString *out = g_string_new(NULL);
    struct archive *a = archive_write_new();
    va_list args;
    archive_write_set_format_zip(a);
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open(a, out, NULL, take, NULL);
    va_start(args, name);
    for (; name; name = va_arg(args, const char *)) {
        const GString *content = va_arg(args, const GString *);
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, (la_int64_t)content->len);
        archive_write_header(a, entry);
        archive_write_data(a, content->str, content->len);
        archive_entry_free(entry);
    }
    va_end(args);
    archive_write_close(a);
    archive_write_free(a);
    return out;
}

#define OPEN "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
#define CLOSE "</w:body></w:document>"

static void fails(const GString *file, int code) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_assert_null(extract(pool, file->str, file->len, &error));
    g_assert_error(error, DAB_ERROR, code);
}

static void document_fails(const char *xml, int code) {
    g_autoptr(GString) content = g_string_new(xml), file = zip("word/document.xml", content, NULL);
    fails(file, code);
}

static void test_broken(void) {
    g_autoptr(GString) content = g_string_new(OPEN "<w:p><w:r><w:t>95%</w:t></w:r></w:p>" CLOSE);
    g_autoptr(GString) good = zip("word/document.xml", content, NULL), other = zip("word/styles.xml", content, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_assert_nonnull(extract(pool, good->str, good->len, NULL));
    fails(other, DAB_ERROR_DAMAGED);        /* no main part */
    for (gsize n = 0; n < good->len; n++) { /* cut at every length */
        GString cut = {good->str, n, n};
        fails(&cut, DAB_ERROR_DAMAGED);
    }
    document_fails("", DAB_ERROR_DAMAGED);
    document_fails("no xml", DAB_ERROR_DAMAGED);
    document_fails(OPEN "<w:p>", DAB_ERROR_DAMAGED);
    document_fails(OPEN CLOSE, DAB_ERROR_EMPTY);
    document_fails(OPEN "<w:p><w:r><w:t> </w:t></w:r></w:p>" CLOSE, DAB_ERROR_EMPTY);
}

/* Each byte of a small document changed: an error or a text, never a crash. */
static void test_changed_bytes(void) {
    g_autoptr(GString) content = g_string_new(OPEN "<w:p><w:r><w:t>95%</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>" CLOSE);
    g_autoptr(GString) file = zip("word/document.xml", content, NULL);
    for (gsize i = 0; i < file->len; i++) {
        g_autoptr(DabPool) pool = dab_pool_new();
        file->str[i] ^= 0x55;
        extract(pool, file->str, file->len, NULL);
        file->str[i] ^= 0x55;
    }
}

/* A style sheet that is broken costs a warning, for the text is there without it. */
static void test_broken_styles(void) {
    g_autoptr(GString) content = g_string_new(OPEN "<w:p><w:r><w:t>95%</w:t></w:r></w:p>" CLOSE),
                       styles = g_string_new("<w:styles");
    g_autoptr(GString) file = zip("word/document.xml", content, "word/styles.xml", styles, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = extract(pool, file->str, file->len, NULL);
    g_assert_nonnull(layout);
    g_assert_cmpuint(layout->warnings->len, ==, 1);
}

static void test_bomb(void) {
    g_autoptr(GString) content = g_string_new(OPEN "<w:p/>");
    g_string_set_size(content, DAB_MAX_MEMBER_BYTES + 1);
    memset(content->str + strlen(OPEN "<w:p/>"), ' ', content->len - strlen(OPEN "<w:p/>"));
    g_autoptr(GString) file = zip("word/document.xml", content, NULL);
    g_assert_cmpuint(file->len, <, 1000 * 1000);
    fails(file, DAB_ERROR_TOO_LARGE);
}

static void test_many_members(void) {
    g_autoptr(GString) empty = g_string_new("");
    GString *out = g_string_new(NULL);
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    archive_write_open(a, out, NULL, take, NULL);
    for (guint i = 0; i <= DAB_MAX_MEMBERS; i++) {
        struct archive_entry *entry = archive_entry_new();
        g_autofree char *name = g_strdup_printf("%u", i);
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, 0);
        archive_write_header(a, entry);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    fails(out, DAB_ERROR_TOO_LARGE);
    g_string_free(out, TRUE);
}

static GString *repeat(const char *before, const char *open, guint n, const char *inside, const char *close, const char *after) {
    GString *s = g_string_new(before);
    for (guint i = 0; i < n; i++) g_string_append(s, open);
    g_string_append(s, inside);
    for (guint i = 0; i < n; i++) g_string_append(s, close);
    return g_string_append(s, after);
}

static void test_deep(void) {
    g_autoptr(GString) deep = repeat(OPEN, "<w:tbl><w:tr><w:tc>", 3400, "<w:p/>", "</w:tc></w:tr></w:tbl>", CLOSE);
    document_fails(deep->str, DAB_ERROR_TOO_LARGE);
    /* as deep as is let pass: every level is a table in a cell of the one before */
    g_autoptr(GString) nested =
        repeat(OPEN, "<w:tbl><w:tr><w:tc/><w:tc>", 60, "<w:p><w:r><w:t>5</w:t></w:r></w:p>", "</w:tc></w:tr></w:tbl>", CLOSE);
    g_autoptr(GString) file = zip("word/document.xml", nested, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    DabLayout *layout = extract(pool, file->str, file->len, NULL);
    g_assert_nonnull(layout);
    g_autofree char *shown = show_layout(layout);
    g_assert_cmpstr(shown, ==, "T1 2 columns, 0 header, pages 1-1\n  |5\n");
}

/* Entities: none is expanded, nothing is loaded. */
static void test_entities(void) {
    document_fails("<!DOCTYPE w:document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" OPEN
                   "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>" CLOSE,
                   DAB_ERROR_DAMAGED);
    document_fails("<!DOCTYPE w:document SYSTEM \"file:///etc/passwd\">" OPEN "<w:p><w:r><w:t>1</w:t></w:r></w:p>" CLOSE,
                   DAB_ERROR_DAMAGED);
    document_fails(OPEN "<w:p><w:r><w:t>&unknown;</w:t></w:r></w:p>" CLOSE, DAB_ERROR_DAMAGED);
}

/* Numbers beyond reason in attributes. */
static void test_absurd_numbers(void) {
    g_autoptr(GString) content =
        g_string_new(OPEN "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"-7\"/><w:numId w:val=\"999999999999\"/></w:numPr>"
                          "<w:outlineLvl w:val=\"4000000000\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"-1e300\"/></w:rPr>"
                          "<w:t>9</w:t><w:sym w:char=\"FFFFFFFFFF\"/></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr>"
                          "<w:gridSpan w:val=\"2000000000\"/></w:tcPr></w:tc><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>"
                          "</w:tc></w:tr><w:tr><w:trPr><w:gridBefore w:val=\"99999999\"/></w:trPr><w:tc/><w:tc/></w:tr>"
                          "</w:tbl>" CLOSE);
    g_autoptr(GString) file = zip("word/document.xml", content, NULL);
    g_autoptr(DabPool) pool = dab_pool_new();
    g_assert_nonnull(extract(pool, file->str, file->len, NULL));
}

static void test_counting(void) {
    static const struct {
        const char *format;
        guint n;
        const char *shown;
    } cases[] = {{"decimal", 12, "12"},
                 {"decimalZero", 7, "07"},
                 {"chineseCounting", 1, "一"},
                 {"chineseCountingThousand", 10, "十"},
                 {"japaneseCounting", 12, "十二"},
                 {"chineseCountingThousand", 20, "二十"},
                 {"chineseCountingThousand", 101, "一百零一"},
                 {"chineseCountingThousand", 110, "一百一十"},
                 {"chineseCountingThousand", 1005, "一千零五"},
                 {"chineseCountingThousand", 10000, "一万"},
                 {"ideographDigital", 20, "二〇"},
                 {"chineseLegalSimplified", 15, "壹拾伍"},
                 {"ideographTraditional", 3, "丙"},
                 {"ideographTraditional", 11, "11"},
                 {"ideographZodiac", 12, "亥"},
                 {"decimalEnclosedCircle", 3, "③"},
                 {"decimalEnclosedCircleChinese", 21, "㉑"},
                 {"decimalEnclosedParen", 2, "⑵"},
                 {"decimalFullWidth", 10, "１０"},
                 {"lowerLetter", 27, "aa"},
                 {"upperLetter", 26, "Z"},
                 {"lowerRoman", 4, "iv"},
                 {"upperRoman", 1999, "MCMXCIX"},
                 {"none", 3, ""},
                 {"noSuchFormat", 3, "3"},
                 {"chineseCounting", 0, "0"},
                 {"lowerLetter", 4000000000u, "4000000000"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        dab_counting_append(out, cases[i].format, cases[i].n);
        g_assert_cmpstr(out->str, ==, cases[i].shown);
    }
}

int main(int argc, char **argv) {
    setlocale(LC_ALL, "C.UTF-8");
    g_test_init(&argc, &argv, NULL);
    g_test_add_data_func("/docx/text", "text", test_case);
    g_test_add_data_func("/docx/lists", "lists", test_case);
    g_test_add_data_func("/docx/tables", "tables", test_case);
    g_test_add_data_func("/docx/other-main", "other-main", test_case);
    g_test_add_data_func("/docx/chunks", "chunks", test_case);
    g_test_add_func("/docx/broken", test_broken);
    g_test_add_func("/docx/changed-bytes", test_changed_bytes);
    g_test_add_func("/docx/broken-styles", test_broken_styles);
    g_test_add_func("/docx/bomb", test_bomb);
    g_test_add_func("/docx/many-members", test_many_members);
    g_test_add_func("/docx/deep", test_deep);
    g_test_add_func("/docx/entities", test_entities);
    g_test_add_func("/docx/absurd-numbers", test_absurd_numbers);
    g_test_add_func("/docx/counting", test_counting);
    return g_test_run();
}
