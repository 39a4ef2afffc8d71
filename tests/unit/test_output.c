/* JSON values, numbers arrays, manifest lines, reading back. */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dabiao/error.h"
#include "output/digits.h"
#include "output/json.h"
#include "output/put.h"
#include "output/read.h"
#include "output/value.h"

static char *written(DabValue *value) {
    GString *out = g_string_new(NULL);
    dab_value_write(value, out);
    dab_value_free(value);
    return g_string_free(out, FALSE);
}

static void numbers(void) {
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {90, "90"},
        {0, "0"},
        {-0.0, "0"},
        {-3, "-3"},
        {87.5, "87.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.3"},
        {52.3 * 10000, "523000"},
        {16198300, "16198300"},
        {3172000000, "3172000000"},
        {31.72e8, "3172000000"},
        {999999999999999, "999999999999999"},
        {44.97, "44.97"},
        {66.66666666666667, "66.6666666666667"},
        {0.000125, "0.000125"},
        {2.675, "2.675"},
        {1e18, "1e+18"},
        {(double)INFINITY, "null"},
        {(double)NAN, "null"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        DabValue *array = dab_value_new_array();
        dab_value_put_number(array, NULL, cases[i].number);
        g_autofree char *got = written(array), *wanted = g_strdup_printf("[%s]", cases[i].text);
        g_assert_cmpstr(got, ==, wanted);
    }
}

/* Decimals of few places take a way of their own: it leads to printf's digits, for numbers beside them too. */
static void few_places(void) {
    double power = 1;
    for (guint places = 1; places <= 6; places++) {
        power *= 10;
        for (guint64 n = 1; n < (guint64)1 << 40; n = n * 3 + places) {
            const double around[] = {(double)n / power, nextafter((double)n / power, INFINITY), -(double)n / power};
            for (gsize i = 0; i < G_N_ELEMENTS(around); i++) {
                char got[DAB_DIGITS], wanted[G_ASCII_DTOSTR_BUF_SIZE];
                g_assert_cmpstr(dab_digits_of(around[i], got), ==, g_ascii_formatd(wanted, sizeof wanted, "%.15g", around[i]));
            }
        }
    }
}

static void another_path(void) {
    static const char json[] = "{\n \"schema\": \"s\",\n \"source\": {\"path\":\"a \\\"b\\\\\",\"x\":1},\n \"t\": \"path\"\n}\n";
    gsize len;
    g_autofree char *other = dab_json_with_path(json, strlen(json), "c/\"d\".pdf", &len);
    g_assert_cmpstr(other, ==,
                    "{\n \"schema\": \"s\",\n \"source\": {\"path\":\"c/\\\"d\\\".pdf\",\"x\":1},\n \"t\": \"path\"\n}\n");
    g_assert_cmpuint(len, ==, strlen(other));
    for (gsize n = 0; n < 45; n++) { /* cut off anywhere before the path's end */
        g_autofree char *cut = g_strndup(json, n);
        g_assert_null(dab_json_with_path(cut, n, "x", &len));
    }
}

static void decimals(void) {
    static const struct {
        double number;
        const char *text;
    } cases[] = {{72.504f, "72.5"}, {72.506f, "72.51"},  {100, "100"},   {0.001, "0"},
                 {-0.001, "0"},     {595.28f, "595.28"}, {1e30, "1e+30"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        DabValue *array = dab_value_new_array();
        dab_value_put_decimals(array, NULL, cases[i].number, 2);
        g_autofree char *got = written(array), *wanted = g_strdup_printf("[%s]", cases[i].text);
        g_assert_cmpstr(got, ==, wanted);
    }
}

static void again(void) {
    g_autoptr(GString) out = g_string_new("{");
    dab_put_count(out, "n", 1);
    gsize at = out->len;
    dab_put_text(out, "s", "一\"");
    gsize len = out->len - at;
    for (guint i = 0; i < 12; i++) dab_put_again(out, at, len); /* it grows while it is copied from */
    g_assert_cmpuint(out->len, ==, at + 13 * len);
    g_assert_true(g_str_has_suffix(out->str, ",\"s\":\"一\\\"\",\"s\":\"一\\\"\""));
}

static void strings(void) {
    DabValue *o = dab_value_new_object();
    dab_value_put_text(o, "z", "县域就诊率 \"90%\"\n\\");
    dab_value_put_text(o, "a", NULL);
    dab_value_put_text(o, "b", "bad \xff byte");
    dab_value_put_text_len(o, "c", "cut here", 3);
    dab_value_put_flag(o, "f", TRUE);
    dab_value_put_count(o, "n", 18446744073709551615u);
    g_autofree char *got = written(o);
    g_assert_cmpstr(got, ==,
                    "{\"z\":\"县域就诊率 \\\"90%\\\"\\n\\\\\",\"a\":null,\"b\":\"bad \xef\xbf\xbd byte\",\"c\":\"cut\",\"f\":true,"
                    "\"n\":18446744073709551615}");
}

static void hostile_json(void) {
    g_autoptr(GString) deep = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) g_string_append_c(deep, '[');
    g_assert_null(dab_value_parse(deep->str, deep->len));
    g_assert_null(dab_value_parse("", 0));
    g_assert_null(dab_value_parse("{\"a\":", 5));
    g_assert_null(dab_value_parse("\"\\ud800\"", 8));
    g_autoptr(DabValue) cut = dab_value_parse("[1,2]xxxx", 5); /* reads no byte past the length */
    g_assert_nonnull(cut);
}

static void number_array(void) {
    const char *text = "覆盖率达到95%以上，新建5家";
    g_autoptr(GArray) found = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    const char *rate = strstr(text, "95%"), *homes = strstr(text, "5家");
    DabNumber a = {.span = {(gsize)(rate - text), (gsize)(rate - text) + 3},
                   .kind = "percent",
                   .has_value = TRUE,
                   .value = 95,
                   .unit = "%",
                   .comparator = DAB_GE};
    DabNumber b = {.span = {(gsize)(homes - text), (gsize)(homes - text) + 4},
                   .kind = "number",
                   .has_low = TRUE,
                   .low = 1,
                   .has_high = TRUE,
                   .high = 5,
                   .approximate = TRUE};
    g_array_append_val(found, a);
    g_array_append_val(found, b);
    gsize len;
    g_autofree char *got = dab_json_numbers(text, found, &len);
    g_assert_cmpstr(got, ==,
                    "[{\"raw\":\"95%\",\"start\":5,\"end\":8,\"kind\":\"percent\",\"value\":95,\"low\":null,\"high\":null,"
                    "\"unit\":\"%\",\"comparator\":\">=\",\"approximate\":false},"
                    "{\"raw\":\"5家\",\"start\":13,\"end\":15,\"kind\":\"number\",\"value\":null,\"low\":1,\"high\":5,"
                    "\"unit\":\"\",\"comparator\":\"=\",\"approximate\":true}]");
    g_assert_cmpuint(len, ==, strlen(got));
    g_array_set_size(found, 0);
    g_autofree char *none = dab_json_numbers(text, found, NULL);
    g_assert_cmpstr(none, ==, "[]");
}

static void manifest_line(void) {
    DabManifestLine line = {.input = "a/b.pdf",
                            .status = "failed",
                            .error_code = "damaged",
                            .error_message = "no \"PDF\"",
                            .pages = -1,
                            .measures = -1,
                            .links = -1,
                            .numbers_unclaimed = -1,
                            .seconds = 0.12345};
    g_autofree char *got = dab_json_manifest_line(&line, NULL);
    g_assert_cmpstr(got, ==,
                    "{\"input\":\"a/b.pdf\",\"output\":null,\"status\":\"failed\",\"error\":{\"code\":\"damaged\",\"message\":"
                    "\"no \\\"PDF\\\"\"},\"sha256\":null,\"media_type\":null,\"pages\":null,\"measures\":null,\"links\":null,"
                    "\"numbers_unclaimed\":null,\"seconds\":0.123}\n");
}

static DabOutput *read_text(const char *text, GError **error) {
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("dabiao-XXXXXX.json", &path, NULL);
    g_assert_true(g_close(fd, NULL));
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    DabOutput *o = dab_output_read(path, error);
    remove(path);
    return o;
}

static void read_back(void) {
    g_autoptr(DabOutput) o = read_text(
        "{\"source\":{\"pages\":2,\"path\":7},\"document\":{\"title\":\"T\",\"year\":2021},\"measures\":["
        "{\"id\":\"m1\",\"role\":\"target\",\"quantity\":{\"value\":90,\"low\":null,\"unit\":\"%\",\"comparator\":\">=\"},"
        "\"where\":{\"page\":2}},{\"id\":\"g2\",\"low\":1,\"high\":2,\"comparators\":[\"=\",\">\"],\"optional\":true}],"
        "\"links\":[{\"target\":\"m1\",\"outcome\":\"x\",\"margin\":-3,\"agrees\":false}],\"numbers\":3}",
        NULL);
    g_assert_nonnull(o);
    g_assert_cmpint(o->pages, ==, 2);
    g_assert_null(o->path); /* of the wrong type */
    g_assert_cmpint(o->year, ==, 2021);
    g_assert_cmpuint(o->measures->len, ==, 2);
    const DabOutputMeasure *m = (const DabOutputMeasure *)(void *)o->measures->data;
    g_assert_true(m[0].has_value && m[0].value == 90 && !m[0].has_low && m[0].page == 2);
    g_assert_true(!m[1].has_value && m[1].low == 1 && m[1].high == 2 && m[1].optional);
    g_assert_cmpstr(m[1].comparators[1], ==, ">");
    g_assert_null(m[1].comparators[2]);
    const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, 0);
    g_assert_true(l->has_margin && l->margin == -3 && l->agrees == 0);
    g_assert_cmpint(dab_output_find(o, "g2"), ==, 1);
    g_assert_cmpint(dab_output_find(o, "g3"), ==, -1);
}

static void read_errors(void) {
    g_autoptr(GError) damaged = NULL, other = NULL, missing = NULL, folder = NULL;
    g_assert_null(read_text("{", &damaged));
    g_assert_error(damaged, DAB_ERROR, DAB_ERROR_DAMAGED);
    g_assert_null(read_text("[1]", &other));
    g_assert_error(other, DAB_ERROR, DAB_ERROR_DAMAGED);
    g_assert_null(dab_output_read("/no/such/file", &missing));
    g_assert_error(missing, DAB_ERROR, DAB_ERROR_NOT_FOUND);
    g_assert_null(dab_output_read("/", &folder));
    g_assert_error(folder, DAB_ERROR, DAB_ERROR_UNREADABLE);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/output/few_places", few_places);
    g_test_add_func("/output/again", again);
    g_test_add_func("/output/numbers", numbers);
    g_test_add_func("/output/another_path", another_path);
    g_test_add_func("/output/decimals", decimals);
    g_test_add_func("/output/strings", strings);
    g_test_add_func("/output/hostile_json", hostile_json);
    g_test_add_func("/output/number_array", number_array);
    g_test_add_func("/output/manifest_line", manifest_line);
    g_test_add_func("/output/read_back", read_back);
    g_test_add_func("/output/read_errors", read_errors);
    return g_test_run();
}
