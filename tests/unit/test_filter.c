/* Which rules may match in a text: a filter never hides a match. Told from patterns alone, then with all rules and the texts of all
 * their examples. */
#include <glib.h>
#include <string.h>

#include "base/needs.h"
#include "base/reach.h"
#include "base/sieve.h"
#include "dabiao/examples.h"
#include "dabiao/measure.h"
#include "output/json.h"

static const char *rules_folder(void) {
    const char *dir = g_getenv("DABIAO_RULES");
    return dir ? dir : "rules";
}

static DabRules *load(void) {
    g_autoptr(GError) error = NULL;
    DabRules *rules = dab_rules_load(rules_folder(), &error);
    g_assert_no_error(error);
    return rules;
}

static int by_text(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* a|b, in order of bytes; "-": nothing is asked. */
static char *written(const DabWords *words) {
    if (!words) return g_strdup("-");
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < words->n; i++) g_ptr_array_add(list, (gpointer)words->list[i]);
    g_ptr_array_sort(list, by_text);
    g_ptr_array_add(list, NULL);
    return g_strjoinv("|", (char **)list->pdata);
}

static const struct {
    const char *regex, *anywhere, *before;
} told[] = {
    {"增长(?:了|约)?[0-9]+", "增长|增长了|增长约", NULL},
    {"(?:增长|下降).*年底", "年底", NULL}, /* the rarest set comes first */
    {"(?:甲|乙)+[^，]{2,5}", "乙|甲", NULL},
    {"(?:甲乙)?[^，]", "-", NULL},
    {"甲乙|[0-9]+", "-", NULL},
    {"(?!甲乙)(?<!丙丁)戊己", "戊己", NULL}, /* what must not stand there is not asked for */
    {"(?=.*甲乙)[^，]+", "甲乙", NULL},
    {"(?<=甲|乙)[0-9]", "乙|甲", NULL},
    {"^甲乙|丙丁$", "\002甲乙|丙丁\003", NULL},
    {"(?i)abc甲乙", "-", NULL}, /* options: not understood, so nothing is asked */
    {"甲\\x{4E59}[丙丁]", "甲乙丁|甲乙丙", NULL},
    {"\\Q甲乙\\E", "-", NULL},
    {"(?:达到|达)(?:约|近)?(?<N>\\x{E001})", NULL, "达|达到|达到约|达到近|达约|达近"},
    {"(?:^|(?<=，))(?:共|约)*(?<N>\\x{E001})", NULL, "\002|共|约|，"},
    {"甲[^，]*(?<N>\\x{E001})", "甲", "-"},
};

static void needs(void) {
    g_autoptr(DabPool) pool = dab_pool_new();
    for (guint i = 0; i < G_N_ELEMENTS(told); i++) {
        DabNeeds n;
        dab_needs_find(pool, told[i].regex, &n);
        g_autofree char *anywhere = written(n.n ? n.anywhere[0] : NULL), *before = written(n.before);
        g_test_message("%s", told[i].regex);
        if (told[i].before) g_assert_cmpstr(before, ==, told[i].before);
    }
}

static void digits(void) {
    static const struct {
        const char *regex;
        guint digits;
    } cases[] = {{"[0-9]{12,}[A-Z]*", 12}, {"(?<![0-9])1[3-9][0-9]{9}|0[0-9]{2}", 3}, {"[0-9]?[0-9]甲", 1}, {"甲?[0-9]{4}", 0}};
    g_autoptr(DabPool) pool = dab_pool_new();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        DabNeeds n;
        dab_needs_find(pool, cases[i].regex, &n);
        g_assert_cmpuint(n.digits, ==, cases[i].digits);
    }
}

/* Where a match of a pattern that ends with $ can begin. */
static void reach(void) {
    static const struct {
        const char *regex, *text;
        gssize start; /* -1: nothing is known of the pattern */
    } cases[] = {{"(?:年度|全年)目标(?:为|是)?$", "完成全年目标", 6},
                 {"目标[^，。]*$", "全年目标，目标为", 15},
                 {"(?:达|到|了)+$", "收入达到了", 6},
                 {"(?<=收入)达到$", "收入达到", 6},
                 {"^.{0,3}目标$", "年的主要目标", 3},
                 {"[^，；]*，[^。；]{0,9}$", "一；二，三。四", 6},
                 {"达到$", "收入达到\n", 0}, /* $ holds before the line's end */
                 {"目标.*$", "目标", -1},
                 {"目标$|为", "目标", -1},
                 {"(甲)\\1$", "甲甲", -1},
                 {"\\G达到$", "达到", -1}};
    g_autoptr(DabPool) pool = dab_pool_new();
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const DabReach *r = dab_reach_find(pool, cases[i].regex);
        g_test_message("%s", cases[i].regex);
        g_assert_cmpint(r ? (gssize)dab_reach_start(r, cases[i].text, strlen(cases[i].text), 0) : -1, ==, cases[i].start);
    }
}

/* Of what a regex with random parts asks, every text it matches holds. */
static void needs_hold(void) {
    static const char *const parts[] = {
        "甲",         "乙丙",          "(?:甲|丁戊)",   "(?:乙)?", "[丙丁]",     "[^甲]",         ".*", "^",   "$",    "己{0,2}",
        "(?=甲)",     "(?<=乙)",       "(?!丙)",        "(?:甲|)", "(?:丁|己)+", "(?:^|(?<=甲))", "|",  "\\s", "\\s*", "[0-9]",
        "[0-9]{2,3}", "(?:[0-9]+|甲)", "(?<=[乙丙]\\s)"};
    static const char *const letters[] = {"甲", "乙", "丙", "丁", "戊", "己", " ", "7", "0"};
    guint matched = 0;
    for (guint i = 0; i < 6000; i++) {
        g_autoptr(GString) regex = g_string_new(NULL);
        for (gint n = g_test_rand_int_range(1, 6); n > 0; n--)
            g_string_append(regex, parts[g_test_rand_int_range(0, G_N_ELEMENTS(parts))]);
        g_autoptr(DabPattern) pattern = dab_pattern_new(regex->str, NULL, NULL);
        if (!pattern) continue;
        g_autoptr(DabPool) pool = dab_pool_new();
        DabNeeds n;
        dab_needs_find(pool, regex->str, &n);
        DabSieve *anywhere = dab_sieve_new(1, DAB_SIEVE_FRAMED), *first = dab_sieve_new(1, DAB_SIEVE_PLAIN),
                 *last = dab_sieve_new(1, DAB_SIEVE_BACKWARDS), *left = dab_sieve_new(1, DAB_SIEVE_BACKWARDS),
                 *head = dab_sieve_new(1, DAB_SIEVE_PLAIN);
        for (guint k = 0; k < n.n; k++) dab_sieve_ask(anywhere, 0, n.anywhere[k]);
        dab_sieve_ask(first, 0, n.first);
        dab_sieve_ask(last, 0, n.last);
        dab_sieve_ask(left, 0, n.left);
        dab_sieve_ask(head, 0, n.head);
        const DabReach *reach = dab_reach_find(pool, regex->str);
        DabSieve *all[] = {anywhere, first, last, left, head};
        for (guint k = 0; k < G_N_ELEMENTS(all); k++) dab_sieve_close(all[k]);
        for (guint t = 0; t < 20; t++) {
            g_autoptr(GString) text = g_string_new(NULL);
            for (gint k = g_test_rand_int_range(0, 7); k > 0; k--)
                g_string_append(text, letters[g_test_rand_int_range(0, G_N_ELEMENTS(letters))]);
            DabMatch m;
            if (!dab_pattern_match(pattern, text->str, text->len, 0, &m)) continue;
            matched++;
            gsize at = m.spans[0];
            g_test_message("%s in %s", regex->str, text->str);
            g_assert_true(dab_bits_has(dab_sieve_scan(anywhere, text->str, text->len), 0));
            g_assert_true(dab_bits_has(dab_sieve_at(first, text->str, 0, text->len), 0));
            g_assert_true(dab_bits_has(dab_sieve_at(last, text->str, text->len, 0), 0));
            g_assert_true(dab_bits_has(at ? dab_sieve_at(left, text->str, at, 0) : dab_sieve_at(left, DAB_TEXT_START, 1, 0), 0));
            g_assert_true(dab_bits_has(dab_sieve_at(head, text->str, at, text->len), 0));
            g_assert_cmpuint(strspn(text->str + at, "0123456789"), >=, n.digits);
            if (reach) g_assert_cmpuint(dab_reach_start(reach, text->str, text->len, 0), <=, at);
        }
        for (guint k = 0; k < G_N_ELEMENTS(all); k++) dab_sieve_free(all[k]);
    }
    g_assert_cmpuint(matched, >, 1000);
}

static void sieve(void) {
    static const char *one[] = {"甲乙", "丙"}, *two[] = {"丁"};
    DabWords a = {2, one}, b = {1, two};
    DabSieve *s = dab_sieve_new(70, DAB_SIEVE_PLAIN);
    dab_sieve_ask(s, 3, &a);
    dab_sieve_ask(s, 3, &b);
    dab_sieve_ask(s, 69, &b);
    dab_sieve_close(s);
    const struct {
        const char *text;
        gboolean three, last;
    } cases[] = {
        {"戊甲乙丁", TRUE, TRUE}, {"丙丙", FALSE, FALSE}, {"丁乙甲丁", FALSE, TRUE}, {"丁丙", TRUE, TRUE}, {"", FALSE, FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const guint64 *bits = dab_sieve_scan(s, cases[i].text, strlen(cases[i].text));
        g_assert_cmpint(dab_bits_has(bits, 3), ==, cases[i].three);
        g_assert_cmpint(dab_bits_has(bits, 69), ==, cases[i].last);
        g_assert_true(dab_bits_has(bits, 0)); /* asks nothing */
        g_assert_cmpuint(dab_bits_next(bits, 66, 70), ==, 66);
    }
    dab_sieve_free(s);
}

/* Every text of every example. */
static GPtrArray *example_texts(const DabRules *rules) {
    GPtrArray *texts = g_ptr_array_new();
    static const char *const stages[] = {"outline", "tense", "column",  "document", "context", "date",
                                         "role",    "trim",  "measure", "time",     "link",    "finding"};
    for (guint s = 0; s < G_N_ELEMENTS(stages); s++) {
        const GPtrArray *stage = dab_rules_stage(rules, stages[s]);
        for (guint i = 0; i < stage->len; i++) {
            const DabYaml *examples = dab_yaml_get(((DabRule *)stage->pdata[i])->node, "examples");
            for (guint k = 0; examples && k < examples->n; k++) {
                const char *text = dab_yaml_text(examples->items[k], "text");
                if (!text) text = dab_yaml_text(examples->items[k], "not");
                g_ptr_array_add(texts, (gpointer)text);
            }
        }
    }
    return texts;
}

/* Each rule whose pattern matches a text by itself is among the likely ones. */
static void stages_hide_nothing(void) {
    static const struct {
        DabStage stage;
        const char *name;
    } stages[] = {{DAB_STAGE_OUTLINE, "outline"},   {DAB_STAGE_TENSE, "tense"}, {DAB_STAGE_COLUMN, "column"},
                  {DAB_STAGE_DOCUMENT, "document"}, {DAB_STAGE_DATE, "date"},   {DAB_STAGE_TRIM, "trim"},
                  {DAB_STAGE_FINDING, "finding"},   {DAB_STAGE_LINK, "link"}};
    g_autoptr(DabRules) rules = load();
    g_autoptr(GPtrArray) texts = example_texts(rules);
    guint matches = 0, left_out = 0;
    for (guint s = 0; s < G_N_ELEMENTS(stages); s++) {
        const GPtrArray *stage = dab_rules_stage(rules, stages[s].name);
        for (guint t = 0; t < texts->len; t++) {
            const char *text = texts->pdata[t];
            g_autoptr(GHashTable) likely = g_hash_table_new(g_direct_hash, g_direct_equal);
            DabLikely l = dab_rules_likely(rules, stages[s].stage, text, strlen(text));
            for (const DabRule *rule; (rule = dab_likely_next(&l));) g_hash_table_add(likely, (gpointer)rule);
            for (guint i = 0; i < stage->len; i++) {
                DabRule *rule = stage->pdata[i];
                DabMatch m;
                gboolean is_likely = g_hash_table_contains(likely, rule);
                left_out += !is_likely;
                if (!rule->pattern || !dab_pattern_match(rule->pattern, text, strlen(text), 0, &m)) continue;
                matches++;
                g_test_message("%s in %s", rule->id, text);
                g_assert_true(is_likely);
            }
        }
    }
    g_assert_cmpuint(matches, >, 1000);
    g_assert_cmpuint(left_out, >, 10 * matches); /* or the filter is not worth its name */
}

static char *report_on(const DabRules *rules, const char *text) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabSource *source = dab_source_take(pool, g_string_new(text), "text");
    DabLayout *layout = dab_extract(pool, source, NULL);
    gsize len;
    return layout ? dab_json_report(dab_report_make(dab_document_parse(pool, rules, source, layout), rules), &len) : g_strdup("");
}

/* All examples in one report, and each alone: what comes out is the same to the byte when every rule is tried everywhere. */
static void reports_are_the_same(void) {
    g_autoptr(DabRules) rules = load(), all = load();
    dab_rules_try_all(all);
    g_autoptr(GPtrArray) texts = example_texts(rules);
    g_autoptr(GString) together = g_string_new(NULL);
    for (guint i = 0; i < texts->len; i++) {
        const char *text = texts->pdata[i];
        g_string_append_printf(together, "%s%s", text, i % 7 ? i % 3 ? "，" : "。" : "\n\n");
        g_autofree char *filtered = report_on(rules, text), *unfiltered = report_on(all, text);
        g_assert_cmpstr(filtered, ==, unfiltered);
    }
    g_autofree char *filtered = report_on(rules, together->str), *unfiltered = report_on(all, together->str);
    g_assert_cmpuint(strlen(filtered), >, 100000);
    g_assert_cmpstr(filtered, ==, unfiltered);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/filter/needs", needs);
    g_test_add_func("/filter/needs-hold", needs_hold);
    g_test_add_func("/filter/digits", digits);
    g_test_add_func("/filter/reach", reach);
    g_test_add_func("/filter/sieve", sieve);
    g_test_add_func("/filter/stages-hide-nothing", stages_hide_nothing);
    g_test_add_func("/filter/reports-are-the-same", reports_are_the_same);
    return g_test_run();
}
