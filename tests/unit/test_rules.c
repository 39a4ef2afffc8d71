/* Rule files that do not load: every complaint names file, line and column, shows the line and points at the place. */
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dabiao/date.h"
#include "dabiao/error.h"
#include "dabiao/rules.h"

static char *make_folder(const char *yaml, gssize len) {
    char *dir = g_dir_make_tmp("dabiao-rules-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(dir, "a.yaml", NULL);
    g_assert_true(g_file_set_contents(file, yaml, len, NULL));
    return dir;
}

static void remove_folder(const char *dir) {
    g_autofree char *file = g_build_filename(dir, "a.yaml", NULL);
    g_unlink(file);
    g_rmdir(dir);
}

/* Loads `yaml` as the only rule file; the error's message without the folder. */
static char *complaint(const char *yaml, gssize len) {
    g_autofree char *dir = make_folder(yaml, len);
    g_autoptr(GError) error = NULL;
    g_assert_null(dab_rules_load(dir, &error));
    g_assert_error(error, DAB_ERROR, DAB_ERROR_RULES);
    remove_folder(dir);
    const char *at = strstr(error->message, "a.yaml");
    return g_strdup(at ? at : error->message);
}

static const struct {
    const char *yaml, *message;
} broken[] = {
    {"rules:\n  - id: a\n    stage: context\n    patern: x\n", "a.yaml:4:5: unknown key \"patern\"; known here: id, stage, kind, "
                                                               "priority, says, pattern, before, after, when, set, examples\n"
                                                               "      patern: x\n      ^"},
    {"rules:\n  - id: a\n    stage: contxt\n    pattern: x\n", "a.yaml:3:12: unknown stage \"contxt\""},
    {"rules:\n  - id: a\n    stage: context\n", "a.yaml:2:5: a rule needs a pattern"},
    {"rules:\n  - stage: context\n    pattern: x\n", "a.yaml:2:5: a rule needs an id and a stage"},
    {"rules:\n  - {id: a, stage: context, pattern: 'a(b'}\n", "a.yaml:2:"},
    {"rules:\n  - id: a\n    stage: context\n    pattern: 'ab{nothing}c'\n",
     "a.yaml:4:17: no fragment, word list or number tag has the name {nothing}\n      pattern: 'ab{nothing}c'\n                  "
     "^"},
    {"fragments:\n  a: '{b}'\n  b: '{a}'\nrules:\n  - {id: r, stage: context, pattern: '{a}'}\n", "a.yaml:5:"},
    {"fragments:\n  a: x\n  a: y\n", "a.yaml:3:3: the key \"a\" stands twice in this mapping"},
    {"words:\n  a: [x, '']\n", "a.yaml:2:10: an empty word would match everywhere"},
    {"words: [a]\n", "a.yaml:1:8: words must be a mapping"},
    {"surprise: 1\n", "a.yaml:1:1: unknown key \"surprise\""},
    {"rules: 5\n", "a.yaml:1:8: rules must be a list"},
    {"rules:\n  - {id: a, stage: context, pattern: x}\n  - {id: a, stage: context, pattern: y}\n",
     "a.yaml:3:5: the id \"a\" stands already in "},
    {"rules:\n  - {id: a, stage: context, pattern: x, priority: high}\n", "a.yaml:2:51: a priority is a number from 0 to 1000"},
    {"rules:\n  - {id: a, stage: role, when: {colum: target}}\n", "a.yaml:2:33: unknown key \"colum\""},
    {"rules:\n  - {id: a, stage: context, pattern: x, examples: [{text: x}]}\n",
     "a.yaml:2:52: `gives:` says what the match must give"},
    {"rules:\n\t- x\n", "a.yaml:2:1: "},
    {"a: 'b\n", "a.yaml:"},
    {"a: &a [*a]\n", "a.yaml:1:"},
    {"rules:\n  - {id: a, stage: measure, pattern: '{N:parsec}'}\n",
     "a.yaml:2:39: {N:parsec}: no kind of number has the name \"parsec\""},
};

static void test_complaints(void) {
    for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_autofree char *message = complaint(broken[i].yaml, -1);
        if (!g_str_has_prefix(message, broken[i].message)) g_error("case %u: wanted\n%s\ngot\n%s", i, broken[i].message, message);
        g_assert_true(strchr(message, '^') != NULL);
    }
}

/* The same of the second line of `numerals:`: what none of its readers understands is said, and not passed over. */
static const struct {
    const char *yaml, *message;
} broken_numerals[] = {
    {"surprise: 1", "a.yaml:2:3: unknown key \"surprise\"; known here: digits, small, tens, big, zero"},
    {"zero: 0", "a.yaml:2:9: zero must be a list"},
    {"zero: [ab]", "a.yaml:2:10: must be one character"},
    {"point: ['\xf0\xa0\x80\x80']", "a.yaml:2:11: must be one character"},
    {"enclosed: [[a]]", "a.yaml:2:14: must be a word"},
    {"ranges: x", "a.yaml:2:11: must be a list of words"},
    {"ranges: [[x]]", "a.yaml:2:12: must be a word"},
    {"before: [x]", "a.yaml:2:11: before must be a mapping"},
    {"before: {'=>': [x]}", "a.yaml:2:12: before: known signs are = >= > <= < ~ >=~ no"},
    {"far_not: {x: 1}, far: {'>': x}", "a.yaml:2:31: must be a list of words"},
    {"brackets: {x: [y]}", "a.yaml:2:17: must be a word"},
    {"latin: {k: 19}", "a.yaml:2:14: must be a whole number from 1 to 18"},
    {"units: u", "a.yaml:2:10: units must be a list"},
    {"units: [u]", "a.yaml:2:11: no word list has the name \"u\""},
    {"units_not: [[u]]", "a.yaml:2:15: no word list has the name \"\""},
    {"percent: ['%']", "a.yaml:2:12: percent must be a mapping"},
    {"percent: {'%': [percent]}", "a.yaml:2:18: must be a word"},
    {"unit_kinds: {u: money}", "a.yaml:2:16: no word list has the name \"u\""},
    {"unit_forms: x", "a.yaml:2:15: unit_forms must be a mapping"},
    {"within_units: {u: 1}", "a.yaml:2:17: within_units must be a list"},
    {"one_vague: u", "a.yaml:2:14: no word list has the name \"u\""},
    {"lexicons: {u: [word]}", "a.yaml:2:17: must be a word"},
    {"subunits: {a: b}", "a.yaml:2:17: a must be a mapping"},
    {"subunits: {a: {b: 10}}", "a.yaml:2:21: must be a whole number from 1 to 9"},
    {"tenths: {a: b}", "a.yaml:2:15: a must be a list"},
    {"tenths: {a: [[b]]}", "a.yaml:2:16: must be a word"},
    {"factors: {a: {not: [b]}}", "a.yaml:2:16: a factor needs `times`"},
    {"factors: {a: {times: 1}}", "a.yaml:2:24: must be a whole number from 2 to 1000000"},
    {"factors: {a: {times: 12, nor: [b]}}", "a.yaml:2:28: unknown key \"nor\""},
    {"factors: {a: {times: 12, not: b}}", "a.yaml:2:33: not must be a list"},
    {"literals: {a: 1}", "a.yaml:2:17: a literal needs a value and a kind"},
    {"literals: {a: {value: half, kind: fraction}}", "a.yaml:2:25: must be a number"},
    {"literals: {a: {value: 1/2, kind: fraction}}", "a.yaml:2:25: must be a number"},
    {"literals: {a: {value: 1, kind: word, comparator: '='}, b: {value: 1, kind: word, comparator: '=='}}",
     "a.yaml:2:96: a comparator is one of = >= > <= <"},
    {"shares: {0: x}", "a.yaml:2:12: must be a whole number from 1 to 31"},
    {"shares: {2: [x]}", "a.yaml:2:15: must be a word"},
    {"plain: {share: {}}", "a.yaml:2:11: unknown key \"share\"; known here: shares, whole"},
    {"plain: {whole: word}", "a.yaml:2:18: whole must be a list"},
};

static void test_numerals(void) {
    g_autofree char *none = complaint("numerals: [a]\n", -1);
    g_assert_true(g_str_has_prefix(none, "a.yaml:1:11: numerals must be a mapping"));
    g_autofree char *classes = complaint("numerals: {digits: {a: 1}}\n", -1);
    g_assert_true(g_str_has_prefix(classes, "a.yaml:1:11: small must be a mapping of characters to numbers"));
    g_autofree char *high = complaint("numerals: {digits: {a: 10}}\n", -1);
    g_assert_true(g_str_has_prefix(high, "a.yaml:1:24: must be a whole number from 0 to 9"));
    g_autofree char *absent = complaint("words: {}\n", -1);
    g_assert_true(strstr(absent, "no rule file has the top-level key \"numerals\"") != NULL);
    for (guint i = 0; i < G_N_ELEMENTS(broken_numerals); i++) {
        g_autofree char *yaml =
            g_strdup_printf("numerals: {digits: {}, small: {}, tens: {}, big: {},\n  %s}\n", broken_numerals[i].yaml);
        g_autofree char *message = complaint(yaml, -1);
        if (!g_str_has_prefix(message, broken_numerals[i].message))
            g_error("case %u: wanted\n%s\ngot\n%s", i, broken_numerals[i].message, message);
    }
}

static void test_bad_bytes(void) {
    g_autofree char *message = complaint("words:\n  a: [\xff]\n", -1);
    g_assert_true(g_str_has_prefix(message, "a.yaml:2: not UTF-8"));
}

static void test_long_line(void) {
    /* of a line of thousands of words the part around the mistake is shown, with the caret below it */
    g_autoptr(GString) yaml = g_string_new("words:\n  a: [");
    for (guint i = 0; i < 1000; i++) g_string_append(yaml, "\xe6\x97\xa5, ");
    g_string_append(yaml, "{x: y}, ");
    for (guint i = 0; i < 1000; i++) g_string_append(yaml, "\xe6\x9c\x9f, ");
    g_string_append(yaml, "z]\n");
    g_autofree char *message = complaint(yaml->str, -1);
    g_auto(GStrv) lines = g_strsplit(message, "\n", 3);
    g_assert_cmpint(g_utf8_strlen(lines[1], -1), <, 160);
    guint column = 0; /* on a terminal */
    for (const char *at = lines[1]; at < strstr(lines[1], "{x"); at = g_utf8_next_char(at))
        column += g_unichar_iswide(g_utf8_get_char(at)) ? 2 : 1;
    g_assert_cmpuint(strcspn(lines[2], "^"), ==, column);
}

static void test_wide_caret(void) {
    /* the caret stands below its character where hanzi are two cells wide */
    g_autofree char *message = complaint("rules:\n  - {id: a, stage: context, pattern: '\xe6\x97\xa5\xe6\x9c\x9f(x'}\n", -1);
    const char *caret = strrchr(message, '\n') + 1;
    g_assert_cmpuint(strcspn(caret, "^"), >, strlen("  - {id: a, stage: context, pattern: '") + 4);
}

static void test_no_folder(void) {
    g_autoptr(GError) error = NULL;
    g_assert_null(dab_rules_load("/nowhere/rules", &error));
    g_assert_error(error, DAB_ERROR, DAB_ERROR_RULES);
    g_assert_nonnull(strstr(error->message, "--rules DIR"));
}

static const char *rules_folder(void) {
    const char *dir = g_getenv("DABIAO_RULES");
    return dir ? dir : "rules";
}

static void test_digest(void) {
    g_autoptr(GError) error = NULL;
    g_autoptr(DabRules) a = dab_rules_load(rules_folder(), &error);
    g_assert_no_error(error);
    g_autoptr(DabRules) b = dab_rules_load(rules_folder(), &error);
    g_assert_no_error(error);
    g_assert_cmpstr(dab_rules_digest(a), ==, dab_rules_digest(b));
    g_assert_cmpuint(strlen(dab_rules_digest(a)), ==, 64);
}

static void test_dates(void) {
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"2021-02-30", NULL},       {"2020-02-29", "2020-02-29"}, {"13", NULL},
        {"2021/6/1", "2021-06-01"}, {"1899.1.1", NULL},           {"", NULL},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(DabRules) rules = dab_rules_load(rules_folder(), &error);
    g_assert_no_error(error);
    char iso[11];
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        gboolean found = dab_date_find(rules, cases[i].text, strlen(cases[i].text), 2021, iso);
        g_assert_cmpstr(found ? iso : NULL, ==, cases[i].iso);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/complaints", test_complaints);
    g_test_add_func("/rules/numerals", test_numerals);
    g_test_add_func("/rules/bad_bytes", test_bad_bytes);
    g_test_add_func("/rules/wide_caret", test_wide_caret);
    g_test_add_func("/rules/long_line", test_long_line);
    g_test_add_func("/rules/no_folder", test_no_folder);
    g_test_add_func("/rules/digest", test_digest);
    g_test_add_func("/rules/dates", test_dates);
    return g_test_run();
}
