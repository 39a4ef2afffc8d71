#include "cli/lint.h"

#include <string.h>

#include "cli/cli.h"
#include "dabiao/error.h"
#include "engine/rule_set.h"

typedef struct {
    const DabRules *rules;
    GPtrArray *trees;  /* DabYaml, a file each */
    GHashTable *names; /* what values of the files are, or have in braces: a list that is among them is read */
    GHashTable *lists; /* names of word lists, maps and fragments → their first DabYaml */
    GBytes *program;   /* its file: what it asks for by name stands there as a string */
    DabLintSays says;
    gpointer data;
    guint n;
} Lint;

static void say(Lint *l, const DabYaml *at, const char *format, ...) G_GNUC_PRINTF(3, 4);
static void say(Lint *l, const DabYaml *at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_autoptr(GError) error = NULL;
    dab_yaml_fail(at, &error, "%s", message);
    l->says(error->message, l->data);
    l->n++;
}

/* ---- what is read ---- */

static void collect_braces(Lint *l, const char *text) {
    for (const char *at = text; (at = strchr(at, '{'));) {
        const char *end = ++at;
        while (g_ascii_isalnum(*end) || *end == '_') end++;
        if (*end == '}' && end > at) g_hash_table_add(l->names, g_strndup(at, (gsize)(end - at)));
    }
}

/* `naming`: the keys of this mapping are names of lists, which only what stands elsewhere asks for. */
static void collect(Lint *l, const DabYaml *node, gboolean naming) {
    static const char *const own[] = {"id", "kind", "says", "examples", NULL}; /* what a rule says of itself asks for nothing */
    if (node->kind == DAB_YAML_SCALAR) {
        g_hash_table_add(l->names, g_strdup(node->text));
        collect_braces(l, node->text);
    }
    for (guint i = 0; node->kind == DAB_YAML_SEQUENCE && i < node->n; i++) collect(l, node->items[i], FALSE);
    for (guint i = 0; node->kind == DAB_YAML_MAPPING && i < node->n; i++) {
        if (g_strv_contains(own, node->pairs[i].key->text)) continue;
        if (!naming) collect(l, node->pairs[i].key, FALSE);
        collect(l, node->pairs[i].value, FALSE);
    }
}

/* Whether rules name it, or the program asks for it. */
static gboolean is_read(const Lint *l, const char *name) {
    gsize len;
    const char *program = l->program ? g_bytes_get_data(l->program, &len) : NULL;
    if (!program || g_hash_table_contains(l->names, name)) return TRUE;
    return memmem(program, len, name, strlen(name) + 1) != NULL;
}

/* "; did you mean X?" for the name most like it, or "". */
static char *like(const Lint *l, const char *name) {
    GHashTableIter iter;
    gpointer key;
    const char *nearest = NULL;
    guint best = 3;
    g_hash_table_iter_init(&iter, l->lists);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        guint d = strcmp(key, name) ? dab_cli_distance(key, name) : best;
        if (d > best || (d == best && (!nearest || strcmp(key, nearest) > 0)) || !is_read(l, key)) continue;
        if (d < best || nearest) nearest = key, best = d;
    }
    return nearest ? g_strdup_printf("; did you mean \"%s\"?", nearest) : g_strdup("");
}

/* ---- lists and maps ---- */

static gboolean is_list_mark(gunichar c) {
    return c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == ',' || c == ';';
}

/* Two hanzi with a comma of any kind between them, not in brackets as those of 新（改、扩）建: in YAML only ", " parts words. */
static gboolean is_two_words(const char *word) {
    gunichar before = 0, mark = 0;
    int depth = 0;
    for (const char *at = word; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (mark && g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN) return TRUE;
        depth += c == '(' || c == 0xFF08;
        depth -= c == ')' || c == 0xFF09;
        mark = !depth && is_list_mark(c) && g_unichar_get_script(before) == G_UNICODE_SCRIPT_HAN ? c : 0;
        before = c;
    }
    return FALSE;
}

static void lint_lists(Lint *l, const DabYaml *lists, const char *what) {
    for (guint i = 0; lists && i < lists->n; i++) {
        const DabYaml *key = lists->pairs[i].key, *list = lists->pairs[i].value;
        if (!is_read(l, key->text)) {
            g_autofree char *guess = like(l, key->text);
            say(l, key, "nothing reads the %s \"%s\"%s", what, key->text, guess);
        }
        for (guint k = 0; list->kind == DAB_YAML_SEQUENCE && k < list->n; k++)
            if (is_two_words(list->items[k]->text))
                say(l, list->items[k],
                    "one word with a comma in it; words of a list are parted by ', ' (an ASCII comma and a blank)");
    }
}

static void lint_scale(Lint *l, const DabYaml *scale) {
    for (guint i = 0; scale && i < scale->n; i++) {
        const DabYaml *value = scale->pairs[i].value;
        char *end;
        double factor = g_ascii_strtod(value->text, &end);
        if (!(factor > 0) || *end != ' ' || !end[1]) say(l, value, "a scale is a number, a blank and a unit: 0.1 %%");
    }
}

static void lint_polarity(Lint *l, const DabYaml *words) {
    const DabYaml *list = dab_yaml_get(words, "lower_is_better");
    for (guint i = 0; list && i < list->n; i++)
        if (dab_rules_has_word(l->rules, "not_lower_is_better", list->items[i]->text, strlen(list->items[i]->text)))
            say(l, list->items[i], "stands in not_lower_is_better, too, which has the last word");
}

/* ---- rules ---- */

static const struct {
    const char *in, *key;
    const char *values[7];
} choices[] = {
    {"set", "role", {"target", "outcome", "reference"}},  {"set", "claims", {"met", "missed", "unclear"}},
    {"set", "tense", {"past", "future", "none"}},         {"set", "genre", {"plan", "summary", "task_table", "news", "other"}},
    {"set", "change", {"increase", "decrease", "same"}},  {"when", "genre", {"plan", "summary", "task_table", "news", "other"}},
    {"when", "role", {"target", "outcome", "reference"}}, {"when", "tense", {"past", "future", "none"}},
    {"when", "year", {"later", "earlier", "same"}},       {"when", "place", {"heading", "text"}},
    {"when", "comparator", {"=", ">=", ">", "<=", "<"}},
};

static void lint_value(Lint *l, const DabYaml *value, const char *const *known) {
    for (guint i = 0; value->kind == DAB_YAML_SEQUENCE && i < value->n; i++) lint_value(l, value->items[i], known);
    if (value->kind != DAB_YAML_SCALAR || g_strv_contains(known, value->text)) return;
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    say(l, value, "\"%s\" is none of %s", value->text, all);
}

/* (?<indicater>…): a group that nobody asks for. Names of one or two letters (y, m, d) may be written in the program as numbers. */
static void lint_groups(Lint *l, const DabYaml *pattern) {
    for (const char *at = pattern ? pattern->text : NULL; at && (at = strstr(at, "(?<"));) {
        const char *name = at += 3, *end = name;
        while (g_ascii_isalnum(*end) || *end == '_') end++;
        g_autofree char *group = g_strndup(name, (gsize)(end - name));
        g_autofree char *used = g_strdup_printf("(?&%s)", group);
        if (*end == '>' && end - name > 2 && !is_read(l, group) && !strstr(pattern->text, used))
            say(l, pattern, "nothing asks for the group \"%s\"", group);
    }
}

/* A role of columns means something when rules or the program ask for it. */
static void lint_kind(Lint *l, const DabRule *rule) {
    const DabYaml *kind = dab_yaml_get(rule->node, "kind");
    if (!kind || strcmp(rule->stage, "column")) return;
    const GPtrArray *columns = dab_rules_stage(l->rules, "column");
    for (guint i = 0; i < columns->len; i++) {
        const DabRule *other = columns->pdata[i];
        if (other != rule && other->kind == rule->kind) return;
    }
    if (!is_read(l, kind->text)) say(l, kind, "no other rule gives columns the role \"%s\", and nothing reads it", kind->text);
}

static void lint_examples(Lint *l, const DabRule *rule) {
    const DabYaml *examples = dab_yaml_get(rule->node, "examples");
    guint good = 0, bad = 0;
    for (guint i = 0; examples && i < examples->n; i++) {
        good += dab_yaml_text(examples->items[i], "text") != NULL;
        bad += dab_yaml_text(examples->items[i], "not") != NULL;
    }
    if (!good) say(l, rule->node, "%s has no example: nothing shows that it does what it should", rule->id);
    if (good && !bad) say(l, rule->node, "%s has no counterexample (`- not: …`): nothing shows where it must not hold", rule->id);
}

static void lint_rule(Lint *l, const DabRule *rule) {
    static const char *const patterns[] = {"pattern", "before", "after"};
    for (gsize i = 0; i < G_N_ELEMENTS(choices); i++) {
        const DabYaml *in = dab_yaml_get(rule->node, choices[i].in), *value = in ? dab_yaml_get(in, choices[i].key) : NULL;
        if (value) lint_value(l, value, choices[i].values);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(patterns); i++) lint_groups(l, dab_yaml_get(rule->node, patterns[i]));
    DabMatch m;
    const char *pattern = dab_yaml_text(rule->node, "pattern"); /* '' is said on purpose: always; '^(?!…)': all but these */
    if (pattern && *pattern && !g_str_has_prefix(pattern, "^(?") && dab_pattern_match(rule->pattern, "", 0, 0, &m))
        say(l, dab_yaml_get(rule->node, "pattern"), "the pattern matches where there is nothing: everything in it may be left out");
    lint_kind(l, rule);
    lint_examples(l, rule);
}

/* ---- files ---- */

static void lint_names(Lint *l, const char *dir) {
    g_autoptr(GDir) d = g_dir_open(dir, 0, NULL);
    for (const char *name; d && (name = g_dir_read_name(d));) {
        g_autofree char *lower = g_ascii_strdown(name, -1);
        if (g_str_has_suffix(name, ".yaml") || name[0] == '.' || !(strstr(lower, ".yml") || strstr(lower, ".yaml"))) continue;
        g_autofree char *message = g_strdup_printf("%s/%s: is not read: names of rule files end in .yaml", dir, name);
        l->says(message, l->data);
        l->n++;
    }
}

static gboolean read_trees(Lint *l, DabPool *pool, const char *dir, GError **error) {
    g_autoptr(GPtrArray) files = dab_cli_files_below(dir, ".yaml");
    static const char *const kinds[] = {"words", "map", "fragments", NULL};
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *text = NULL;
        if (!g_file_get_contents(files->pdata[i], &text, NULL, error)) return FALSE;
        const DabYaml *tree = dab_yaml_parse(pool, files->pdata[i], text, error);
        if (!tree) return FALSE;
        g_ptr_array_add(l->trees, (gpointer)tree);
        for (guint k = 0; k < tree->n; k++) collect(l, tree->pairs[k].value, g_strv_contains(kinds, tree->pairs[k].key->text));
        for (gsize k = 0; kinds[k]; k++) {
            const DabYaml *names = dab_yaml_get(tree, kinds[k]);
            for (guint n = 0; names && n < names->n; n++) g_hash_table_add(l->lists, (gpointer)names->pairs[n].key->text);
        }
    }
    return TRUE;
}

guint dab_rules_lint(const char *dir, const DabRules *rules, DabLintSays says, gpointer data, GError **error) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GPtrArray) trees = g_ptr_array_new();
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) lists = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GMappedFile) program = g_mapped_file_new("/proc/self/exe", FALSE, NULL);
    g_autoptr(GBytes) bytes = program ? g_mapped_file_get_bytes(program) : NULL;
    Lint l = {rules, trees, names, lists, bytes, says, data, 0};
    if (!read_trees(&l, pool, dir, error)) return 0;
    lint_names(&l, dir);
    for (guint i = 0; i < trees->len; i++) {
        const DabYaml *words = dab_yaml_get(trees->pdata[i], "words"), *map = dab_yaml_get(trees->pdata[i], "map");
        lint_lists(&l, words, "word list");
        lint_lists(&l, map, "map");
        lint_lists(&l, dab_yaml_get(trees->pdata[i], "fragments"), "fragment");
        lint_polarity(&l, words);
        lint_scale(&l, dab_yaml_get(map, "unit_scale"));
    }
    for (const char *const *stage = dab_stage_names; *stage; stage++) {
        const GPtrArray *list = dab_rules_stage(rules, *stage);
        for (guint i = 0; i < list->len; i++) lint_rule(&l, list->pdata[i]);
    }
    return l.n;
}
