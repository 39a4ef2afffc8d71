/* dab_numbers_find against the case tables tests/cases/numbers/<name>.txt, and against promises that hold for any text.
 *
 * A line of a table: text | expected; expected …   Expected, in order of place and complete:
 *   RAW=VALUE [UNIT] [COMPARATOR] [~] [/KIND]   a number; VALUE is 5, 1..2 (a range) or none; ~ is approximate; KIND when it is not
 * "number" RAW:KIND                                    context */
#include <glib.h>
#include <string.h>

#include "dabiao/number.h"

static DabRules *rules;

static void append_value(GString *out, const DabNumber *n) {
    if (n->has_value)
        g_string_append_printf(out, "%.15g", n->value);
    else if (n->has_low)
        g_string_append_printf(out, "%.15g..%.15g", n->low, n->high);
    else
        g_string_append(out, "none");
}

static char *describe(const char *text, const GArray *numbers) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < numbers->len; i++) {
        const DabNumber *n = &g_array_index(numbers, DabNumber, i);
        if (i) g_string_append(out, "; ");
        g_string_append_len(out, text + n->span.start, (gssize)dab_span_len(n->span));
        if (n->context) {
            g_string_append_printf(out, ":%s", n->kind);
            continue;
        }
        g_string_append_c(out, '=');
        append_value(out, n);
        if (*n->unit) g_string_append_printf(out, " %s", n->unit);
        if (n->comparator != DAB_EQ) g_string_append_printf(out, " %s", dab_comparator_sign(n->comparator));
        if (n->approximate) g_string_append(out, " ~");
        if (strcmp(n->kind, "number")) g_string_append_printf(out, " /%s", n->kind);
    }
    return g_string_free(out, FALSE);
}

/* In order, none overlapping, inside the span, each 0-9 in one of them, values finite. */
static void check_promises(const char *text, DabSpan span, const GArray *numbers) {
    gsize at = span.start, extent = span.start;
    for (guint i = 0; i <= numbers->len; i++) {
        const DabNumber *n = i < numbers->len ? &g_array_index(numbers, DabNumber, i) : NULL;
        gsize next = n ? n->span.start : span.end;
        if (at > next) g_error("two numbers of \"%s\" overlap at byte %" G_GSIZE_FORMAT, text, next);
        for (gsize k = at; k < next; k++)
            if (g_ascii_isdigit(text[k])) g_error("the digit at byte %" G_GSIZE_FORMAT " of \"%s\" is in no number", k, text);
        if (!n) break;
        g_assert_cmpuint(n->span.start, <, n->span.end);
        g_assert_cmpuint(n->span.end, <=, span.end);
        g_assert_true(dab_span_has(n->extent, n->span) && dab_span_has(span, n->extent));
        g_assert_true(dab_span_has(n->extent, n->numeral));
        if (extent > n->extent.start)
            g_error("the cues of two numbers of \"%s\" overlap at byte %" G_GSIZE_FORMAT, text, n->extent.start);
        g_assert_true(n->kind && n->unit && g_intern_string(n->kind) == n->kind);
        g_assert_true(!n->has_value || (n->value == n->value && n->value - n->value == 0));
        g_assert_true(!(n->has_value && n->has_low) && n->has_low == n->has_high);
        at = n->span.end;
        extent = n->extent.end;
    }
}

static char *find(const char *text) {
    g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    DabSpan span = {0, strlen(text)};
    dab_numbers_find_plain(rules, text, span, numbers);
    check_promises(text, span, numbers);
    g_array_set_size(numbers, 0);
    dab_numbers_find(rules, text, span, numbers);
    check_promises(text, span, numbers);
    return describe(text, numbers);
}

static void run_table(gconstpointer data) {
    g_autofree char *contents = NULL;
    g_autoptr(GError) error = NULL;
    guint cases = 0, wrong = 0;
    g_file_get_contents(data, &contents, NULL, &error);
    g_assert_no_error(error);
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *bar = strstr(lines[i], " |");
        if (!bar || *lines[i] == '#') continue;
        *bar = 0;
        g_autofree char *want = g_strstrip(g_strdup(bar + 2)), *got = find(lines[i]);
        cases++;
        if (!strcmp(want, got)) continue;
        wrong++;
        g_test_message("%s:%u: %s\n    want %s\n    got  %s", (const char *)data, i + 1, lines[i], want, got);
    }
    g_test_message("%u cases", cases);
    g_assert_cmpuint(cases, >, 0);
    if (wrong) g_test_fail();
}

static void test_span(void) {
    const char *text = "共5家12";
    g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    dab_numbers_find(rules, text, (DabSpan){3, 7}, numbers); /* the 12 is not asked for */
    g_assert_cmpuint(numbers->len, ==, 1);
    const DabNumber *n = &g_array_index(numbers, DabNumber, 0);
    g_assert_cmpuint(n->span.start, ==, 3);
    g_assert_cmpuint(n->span.end, ==, 7);
    g_assert_cmpstr(n->unit, ==, "家");
    dab_numbers_find(rules, text, (DabSpan){0, 0}, numbers);
    g_assert_cmpuint(numbers->len, ==, 1);
}

/* What a report keeps whole is told apart in other text. */
static void test_plain(void) {
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"2021年3月", "2021 3"},       {"不小于三十岁", "30"},   {"第十和第十五之间", "10..15"},
        {"0-6岁儿童", "0..6"},         {"千分之二点四", "0.24"}, {"2.4‰", "2.4"},
        {"电话0571-86990011", "none"}, {"总量排名第三", "3"},    {"“十四五”末达到80%", "none 80"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
        g_autoptr(GString) got = g_string_new(NULL);
        dab_numbers_find_plain(rules, cases[i].text, (DabSpan){0, strlen(cases[i].text)}, numbers);
        for (guint k = 0; k < numbers->len; k++) {
            if (k) g_string_append_c(got, ' ');
            append_value(got, &g_array_index(numbers, DabNumber, k));
        }
        g_assert_cmpstr(got->str, ==, cases[i].want);
    }
}

static void test_extent(void) {
    const char *text = "不少于约300亩以上";
    g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    dab_numbers_find(rules, text, (DabSpan){0, strlen(text)}, numbers);
    const DabNumber *n = &g_array_index(numbers, DabNumber, 0);
    g_assert_cmpuint(n->extent.start, ==, 0);
    g_assert_cmpuint(n->extent.end, ==, strlen(text));
    g_assert_cmpuint(dab_span_len(n->numeral), ==, 3);
    g_assert_cmpuint(dab_span_len(n->span), ==, 6);
}

/* Any pile of figures, units, cues and signs keeps the promises. */
static void test_any_text(void) {
    static const char *const pieces[] = {
        "0",  "1",    "23",   "2021", "1,000",  ".",    ",",    "，",     "%",    "‰",
        "/",  "-",    "—",    "~",    ":",      "：",   "+",    "(",      ")",    "（",
        "）", "“",    "”",    "《",   "》",     "〔",   "〕",   "[",      "]",    " ",
        "年", "月",   "日",   "岁",   "一",     "二",   "三",   "两",     "十",   "百",
        "千", "万",   "亿",   "零",   "〇",     "几",   "数",   "余",     "多",   "半",
        "点", "分之", "成",   "折",   "倍",     "个",   "家",   "人次",   "元",   "第",
        "每", "约",   "近",   "上",   "不少于", "以上", "以内", "左右",   "至",   "到",
        "从", "级",   "号",   "A",    "PM",     "e",    "^",    "k",      "是",   "、",
        "。", "①",    "统一", "负",   "又",     "打",   "≥",    "￥",     "千瓦", "个月",
        "比", "高",   "之间", "和",   "且",     "过",   "角",   "不超过", "折",   "\xF0\x9F\x98\x80"};
    GRand *random = g_rand_new_with_seed(20210304);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 20000; i++) {
        g_string_truncate(text, 0);
        gint n = g_rand_int_range(random, 1, 24);
        for (gint k = 0; k < n; k++) g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_free(find(text->str));
    }
    g_string_free(text, TRUE);
    g_rand_free(random);
}

/* Long runs take time in proportion, and no more. */
static void test_long_runs(void) {
    static const char *const pieces[] = {"9",    "一", "万",   "百", "9,", "9.",     "1-", "一一", "(",    "“1",
                                         "《一", "每", "第一", "9/", "9:", "2021年", "约", "十余", "一、", "半"};
    for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 60000) g_string_append(text, pieces[i]);
        g_free(find(text->str));
        g_string_free(text, TRUE);
    }
}

static int by_text(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    const char *dir = g_getenv("DABIAO_RULES");
    rules = dab_rules_load(dir ? dir : "rules", &error);
    if (!rules) g_error("%s", error->message);
    static const char folder[] = "tests/cases/numbers";
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) listing = g_dir_open(folder, 0, &error);
    if (!listing) g_error("%s", error->message);
    for (const char *name; (name = g_dir_read_name(listing));)
        if (g_str_has_suffix(name, ".txt")) g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(names, by_text);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *base = g_path_get_basename(names->pdata[i]);
        g_autofree char *path = g_strdup_printf("/numbers/table/%.*s", (int)(strlen(base) - 4), base);
        g_test_add_data_func(path, names->pdata[i], run_table);
    }
    g_test_add_func("/numbers/span", test_span);
    g_test_add_func("/numbers/extent", test_extent);
    g_test_add_func("/numbers/plain", test_plain);
    g_test_add_func("/numbers/any_text", test_any_text);
    g_test_add_func("/numbers/long_runs", test_long_runs);
    int status = g_test_run();
    dab_rules_free(rules);
    return status;
}
