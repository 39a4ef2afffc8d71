/* Widths of text on a terminal, numbers as people read them, and the scores of eval. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/score.h"
#include "cli/terminal.h"
#include "output/show.h"

static void columns(void) {
    g_assert_cmpint(dab_terminal_columns("abc"), ==, 3);
    g_assert_cmpint(dab_terminal_columns("县域就诊率90%"), ==, 13);
    g_assert_cmpint(dab_terminal_columns("（Ａ）"), ==, 6);
    g_assert_cmpint(dab_terminal_columns("e\xcc\x81"), ==, 1); /* a combining accent */
    g_assert_cmpint(dab_terminal_columns("\xff\xfe"), ==, 2);  /* no UTF-8 */
    g_assert_cmpint(dab_terminal_columns(""), ==, 0);
}

static char *put(const char *text, int width, int *used) {
    char *data = NULL;
    size_t len;
    FILE *f = open_memstream(&data, &len);
    *used = dab_terminal_put(f, text, width);
    fclose(f);
    return data;
}

static void cut(void) {
    static const struct {
        const char *text;
        int width;
        const char *shown;
        int used;
    } cases[] = {
        {"abc", 5, "abc", 3},
        {"abcdef", 4, "abc…", 4},
        {"县域就诊率", 10, "县域就诊率", 10},
        {"县域就诊率", 9, "县域就诊…", 9},
        {"县域就诊率", 8, "县域就…", 7}, /* half a hanzi does not fit */
        {"a\x1b[31mb\n", 20, "a?[31mb ", 8},
        {"县", 1, "…", 1},
        {"abc", 0, "", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        int used;
        char *shown = put(cases[i].text, cases[i].width, &used);
        g_assert_cmpstr(shown, ==, cases[i].shown);
        g_assert_cmpint(used, ==, cases[i].used);
        free(shown);
    }
}

static void wrap(void) {
    char *data = NULL;
    size_t len;
    FILE *f = open_memstream(&data, &len);
    dab_terminal_wrap(f, "县域就诊率 reached 90%，基层就诊率65%", 2, 16);
    fclose(f);
    g_assert_cmpstr(data, ==, "县域就诊率 \n  reached 90%，\n  基层就诊率65%\n");
    free(data);
}

/* Margins in the report's own 亿元; in plain figures where its words do not say how many times the unit that is. */
static void margins(void) {
    static const struct {
        const char *target, *outcome; /* raw */
        double wanted, got;
        const char *said;
    } cases[] = {
        {"90%", "88.5%", 90, 88.5, "missed by 1.5"},
        {"1.5\u4ebf\u5143", "1.27\u4ebf\u5143", 150000000, 127000000, "missed by 0.23\u4ebf\u5143"}, /* 亿元 */
        {"1.2\u4e07\u4eba", "11864\u4eba", 12000, 11864, "missed by 136"},                           /* 1.2万人, 11864人 */
        {"3\u4e075\u5343\u4eba", "3\u4e07\u4eba", 35000, 30000, "missed by 0.5\u4e07\u4eba"},        /* 3万5千人, 3万人 */
        {"300", "280", 300, 280, "missed by 20"},
        {"\u4e09\u4e07\u4eba", "\u4e8c\u4e07\u4eba", 30000, 20000, "missed by 10,000"}, /* 三万人, 二万人 */
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        DabOutputMeasure measures[] = {
            {.id = "m1", .raw = cases[i].target, .has_value = TRUE, .value = cases[i].wanted},
            {.id = "m2", .raw = cases[i].outcome, .has_value = TRUE, .value = cases[i].got},
        };
        DabOutput o = {.measures = g_array_new(FALSE, FALSE, sizeof *measures)};
        g_array_append_vals(o.measures, measures, G_N_ELEMENTS(measures));
        const DabOutputLink l = {"m1", "m2", "missed", NULL, TRUE, cases[i].got - cases[i].wanted, -1};
        g_autofree char *said = dab_show_verdict(&o, &l);
        g_assert_cmpstr(said, ==, cases[i].said);
        g_array_unref(o.measures);
    }
}

static void grouped(void) {
    static const struct {
        double number;
        const char *text;
    } cases[] = {{0, "0"},   {999, "999"},          {1000, "1,000"}, {16198300, "16,198,300"},
                 {-3, "-3"}, {-1234.5, "-1,234.5"}, {-100, "-100"},  {2.68, "2.68"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = dab_show_number(cases[i].number);
        g_assert_cmpstr(got, ==, cases[i].text);
    }
}

static void add(GArray *measures, DabOutputMeasure m) {
    g_array_append_val(measures, m);
}

static DabOutput lists(void) {
    return (DabOutput){.measures = g_array_new(FALSE, TRUE, sizeof(DabOutputMeasure)),
                       .links = g_array_new(FALSE, TRUE, sizeof(DabOutputLink))};
}

static void scores(void) {
    char *names[] = {(char *)"就诊率", NULL}, *signs[] = {(char *)">=", (char *)">", NULL};
    DabOutput gold = lists(), out = lists();
    add(gold.measures, (DabOutputMeasure){.id = "g1",
                                          .role = "target",
                                          .has_value = TRUE,
                                          .value = 90,
                                          .unit = "%",
                                          .indicator = "x",
                                          .indicator_any = names,
                                          .comparators = signs,
                                          .evidence = "就诊率达到90％"});
    add(gold.measures, (DabOutputMeasure){.id = "g2",
                                          .role = "outcome",
                                          .has_value = TRUE,
                                          .value = 87,
                                          .unit = "%",
                                          .indicator = "就诊率",
                                          .evidence = "就诊率87%"});
    add(gold.measures, (DabOutputMeasure){.id = "g3",
                                          .role = "outcome",
                                          .has_value = TRUE,
                                          .value = 66.67,
                                          .unit = "%",
                                          .indicator = "比例",
                                          .evidence = "三分之二"});
    add(gold.measures, (DabOutputMeasure){.id = "g4",
                                          .role = "outcome",
                                          .has_value = TRUE,
                                          .value = 3,
                                          .unit = "个",
                                          .optional = TRUE,
                                          .indicator = "部门",
                                          .evidence = "3个部门"});
    add(out.measures, (DabOutputMeasure){.id = "m1",
                                         .role = "target",
                                         .has_value = TRUE,
                                         .value = 90,
                                         .unit = "%",
                                         .comparator = ">=",
                                         .indicator = "县域就诊率",
                                         .sentence = "县域就诊率 达到90%以上"});
    add(out.measures, (DabOutputMeasure){.id = "m2",
                                         .role = "outcome",
                                         .has_value = TRUE,
                                         .value = 87,
                                         .unit = "%",
                                         .comparator = ">=",
                                         .indicator = "就诊率",
                                         .sentence = "目前就诊率87%"});
    add(out.measures, (DabOutputMeasure){.id = "m3",
                                         .role = "outcome",
                                         .has_value = TRUE,
                                         .value = 200.0 / 3,
                                         .unit = "%",
                                         .indicator = "比例",
                                         .sentence = "三分之二的村"});
    add(out.measures, (DabOutputMeasure){.id = "m4",
                                         .role = "target",
                                         .has_value = TRUE,
                                         .value = 3,
                                         .unit = "个",
                                         .sentence = "与3个部门"}); /* optional in gold: forgiven, whatever its role */
    add(out.measures,
        (DabOutputMeasure){.id = "m5", .role = "outcome", .has_value = TRUE, .value = 5, .unit = "个", .sentence = "与5个部门"});
    DabOutputLink wanted = {.target = "g1", .outcome = "g2", .verdict = "missed"},
                  said = {.target = "m1", .outcome = "m2", .verdict = "missed"},
                  wrong = {.target = "m1", .outcome = "m5", .verdict = "met"};
    g_array_append_val(gold.links, wanted);
    g_array_append_val(out.links, said);
    g_array_append_val(out.links, wrong);
    g_autoptr(DabScored) s = dab_score(&gold, &out);
    g_assert_cmpuint(s->sum.required, ==, 3);
    g_assert_cmpuint(s->sum.hit, ==, 3);
    g_assert_cmpuint(s->sum.extra, ==, 1);
    g_assert_true(s->extra[4]);
    g_assert_cmpuint(s->sum.full, ==, 2);
    g_assert_cmpuint(s->sum.comparators, ==, 2); /* "=" was wanted of the outcome */
    g_assert_cmpuint(s->sum.indicators, ==, 3);
    g_assert_cmpuint(s->sum.links, ==, 1);
    g_assert_cmpuint(s->sum.said_links, ==, 2);
    g_assert_cmpuint(s->sum.right_links, ==, 1);
    g_assert_cmpfloat_with_epsilon(dab_f1(3, 3, 1, NULL, NULL), 6.0 / 7, 1e-12);
    g_assert_cmpfloat(dab_f1(0, 0, 0, NULL, NULL), ==, 1);
    g_assert_cmpfloat(dab_f1(0, 5, 0, NULL, NULL), ==, 0);
    DabOutput *both[] = {&gold, &out};
    for (int i = 0; i < 2; i++) {
        g_array_unref(both[i]->measures);
        g_array_unref(both[i]->links);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/terminal/columns", columns);
    g_test_add_func("/terminal/cut", cut);
    g_test_add_func("/terminal/wrap", wrap);
    g_test_add_func("/show/grouped", grouped);
    g_test_add_func("/show/margins", margins);
    g_test_add_func("/score/scores", scores);
    return g_test_run();
}
