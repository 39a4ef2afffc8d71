/* Loads a folder of rule files into a DabRules: word lists, maps, fragments, rules. docs/RULES.md is the format. */
#include "dabiao/rules.h"

#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "dabiao/number.h"
#include "engine/findings.h"
#include "engine/fragments.h"
#include "engine/rule_set.h"
#include "engine/words.h"

static const char *const top_keys[] = {"words", "fragments", "map", "rules", "numerals", NULL};

static int by_text(gconstpointer a, gconstpointer b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The *.yaml files of the folder, by byte order of their names. */
static GPtrArray *list_files(const char *dir, GError **error) {
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) d = g_dir_open(dir, 0, &cause);
    if (!d) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s: the rules folder cannot be read (%s); name another with --rules DIR",
                    dir, cause->message);
        return NULL;
    }
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(d));)
        if (g_str_has_suffix(name, ".yaml")) g_ptr_array_add(files, g_strdup(name));
    g_ptr_array_sort(files, by_text);
    if (files->len) return files;
    g_ptr_array_unref(files);
    g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s: there is no rule file (*.yaml) in this folder", dir);
    return NULL;
}

static char *read_file(const char *path, GError **error) {
    g_autoptr(GError) cause = NULL;
    char *text;
    gsize len;
    if (!g_file_get_contents(path, &text, &len, &cause)) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s", cause->message);
        return NULL;
    }
    const char *bad;
    if (len > DAB_MAX_RULE_FILE_BYTES) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s: larger than %u bytes; split it", path, DAB_MAX_RULE_FILE_BYTES);
    } else if (!g_utf8_validate(text, (gssize)len, &bad)) {
        guint line = 1;
        for (const char *s = text; s < bad; s++) line += *s == '\n';
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s:%u: not UTF-8; save the file as UTF-8", path, line);
    } else {
        return text;
    }
    g_free(text);
    return NULL;
}

static gboolean need_kind(const DabYaml *node, DabYamlKind kind, const char *what, GError **error) {
    static const char *const names[] = {"a single value", "a list", "a mapping (key: value)"};
    if (node->kind == kind) return TRUE;
    return dab_yaml_fail(node, error, "%s must be %s", what, names[kind]);
}

static gboolean add_words(DabRules *r, const DabYaml *lists, GError **error) {
    if (!need_kind(lists, DAB_YAML_MAPPING, "words", error)) return FALSE;
    for (guint i = 0; i < lists->n; i++) {
        const char *name = lists->pairs[i].key->text;
        const DabYaml *list = lists->pairs[i].value;
        if (!need_kind(list, DAB_YAML_SEQUENCE, "a word list", error)) return FALSE;
        DabWordList *words = dab_kept_get(r->words, name); /* a list may go on in another file: lexicons by field add to the same */
        if (!words) dab_kept_insert(r->words, name, words = dab_word_list_new(r->pool));
        for (guint k = 0; k < list->n; k++) {
            const DabYaml *word = list->items[k];
            if (!need_kind(word, DAB_YAML_SCALAR, "a word", error)) return FALSE;
            if (!*word->text) return dab_yaml_fail(word, error, "an empty word would match everywhere");
            dab_word_list_add(words, word->text);
        }
    }
    return TRUE;
}

static gboolean add_fragments(DabRules *r, const DabYaml *node, GError **error) {
    if (!need_kind(node, DAB_YAML_MAPPING, "fragments", error)) return FALSE;
    for (guint i = 0; i < node->n; i++) {
        const DabYaml *key = node->pairs[i].key, *value = node->pairs[i].value;
        if (!need_kind(value, DAB_YAML_SCALAR, "a fragment", error)) return FALSE;
        const DabYaml *other = g_hash_table_lookup(r->fragments, key->text);
        if (other)
            return dab_yaml_fail(key, error, "the fragment \"%s\" stands already in %s:%u", key->text, other->file->name,
                                 other->line);
        g_hash_table_insert(r->fragments, (gpointer)key->text, (gpointer)value);
    }
    return TRUE;
}

static gboolean add_maps(DabRules *r, const DabYaml *maps, GError **error) {
    if (!need_kind(maps, DAB_YAML_MAPPING, "map", error)) return FALSE;
    for (guint i = 0; i < maps->n; i++) {
        const char *name = maps->pairs[i].key->text;
        const DabYaml *pairs = maps->pairs[i].value;
        if (!need_kind(pairs, DAB_YAML_MAPPING, "a map", error)) return FALSE;
        GHashTable *map = dab_kept_find(r->maps, name);
        if (!map) {
            map = dab_pool_own(r->pool, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
            dab_kept_insert(r->maps, name, map);
        }
        for (guint k = 0; k < pairs->n; k++) {
            if (!need_kind(pairs->pairs[k].value, DAB_YAML_SCALAR, "a map's value", error)) return FALSE;
            g_hash_table_insert(map, (gpointer)pairs->pairs[k].key->text, (gpointer)pairs->pairs[k].value->text);
        }
    }
    return TRUE;
}

static gboolean add_file(DabRules *r, const DabYaml *tree, GPtrArray *rule_nodes, GError **error) {
    if (!need_kind(tree, DAB_YAML_MAPPING, "a rule file", error) || !dab_yaml_only(tree, top_keys, error)) return FALSE;
    for (guint i = 0; i < tree->n; i++) {
        const DabYaml *key = tree->pairs[i].key, *value = tree->pairs[i].value;
        if (!strcmp(key->text, "words")) {
            if (!add_words(r, value, error)) return FALSE;
        } else if (!strcmp(key->text, "fragments")) {
            if (!add_fragments(r, value, error)) return FALSE;
        } else if (!strcmp(key->text, "map")) {
            if (!add_maps(r, value, error)) return FALSE;
        } else if (!strcmp(key->text, "rules")) {
            if (!need_kind(value, DAB_YAML_SEQUENCE, "rules", error)) return FALSE;
            for (guint k = 0; k < value->n; k++) g_ptr_array_add(rule_nodes, value->items[k]);
        } else {
            const DabYaml *other = g_hash_table_lookup(r->nodes, key->text);
            if (other)
                return dab_yaml_fail(key, error, "\"%s\" stands already in %s:%u", key->text, other->file->name, other->line);
            g_hash_table_insert(r->nodes, (gpointer)key->text, (gpointer)value);
        }
    }
    return TRUE;
}

static gboolean add_rules(DabRules *r, const GPtrArray *rule_nodes, GError **error) {
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rule_nodes->len; i++) {
        DabRule *rule = dab_rule_new(r, rule_nodes->pdata[i], error);
        if (!rule) return FALSE;
        const DabYaml *other = g_hash_table_lookup(ids, rule->id);
        if (other)
            return dab_yaml_fail(rule->node, error, "the id \"%s\" stands already in %s:%u", rule->id, other->file->name,
                                 other->line);
        g_hash_table_insert(ids, (gpointer)rule->id, (gpointer)rule->node);
        GPtrArray *stage = g_hash_table_lookup(r->stages, rule->stage);
        guint at = stage->len;
        while (at > 0 && ((DabRule *)stage->pdata[at - 1])->priority < rule->priority) at--;
        g_ptr_array_insert(stage, (gint)at, rule);
    }
    return TRUE;
}

static DabRules *rules_new(void) {
    DabRules *r = g_new0(DabRules, 1);
    r->filters = g_new0(DabFilter *, DAB_N_STAGES);
    r->pool = dab_pool_new();
    r->word_regexes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    r->names = dab_names_new();
    r->words = dab_kept_new(NULL);
    r->fragments = g_hash_table_new(g_str_hash, g_str_equal);
    r->maps = dab_kept_new(NULL);
    r->nodes = g_hash_table_new(g_str_hash, g_str_equal);
    r->stages = g_hash_table_new(g_str_hash, g_str_equal);
    r->tails = g_hash_table_new(g_str_hash, g_str_equal);
    for (const char *const *s = dab_stage_names; *s; s++) g_hash_table_insert(r->stages, (gpointer)*s, dab_pool_ptr_array(r->pool));
    return r;
}

void dab_rules_free(DabRules *r) {
    if (!r) return;
    for (guint i = 0; i < DAB_N_STAGES; i++) dab_filter_free(r->filters[i]);
    g_free(r->filters);
    dab_shape_filter_free(r->shape_filter);
    dab_passage_filter_free(r->passage_filter);
    dab_numerals_free(r->tables[DAB_TABLE_NUMERALS]);
    dab_lexicon_free(r->lexicon);
    dab_names_free(r->names);
    dab_kept_free(r->words);
    g_hash_table_unref(r->fragments);
    dab_kept_free(r->maps);
    g_hash_table_unref(r->nodes);
    g_hash_table_unref(r->stages);
    g_hash_table_unref(r->tails);
    g_free(r->digest);
    g_hash_table_unref(r->word_regexes);
    dab_pool_free(r->pool);
    g_free(r);
}

static const GPtrArray *stage_of(const DabRules *r, DabStage stage) {
    return dab_rules_stage(r, dab_stage_names[stage]);
}

static void make_shape_filter(DabRules *r) {
    const GPtrArray *findings = stage_of(r, DAB_STAGE_FINDING);
    g_autoptr(GPtrArray) relations = g_ptr_array_new();
    for (guint i = 0; i < findings->len; i++)
        if (dab_finding_is_relation(findings->pdata[i])) g_ptr_array_add(relations, findings->pdata[i]);
    r->shape_filter =
        dab_shape_filter_new(stage_of(r, DAB_STAGE_MEASURE), stage_of(r, DAB_STAGE_ROLE), stage_of(r, DAB_STAGE_TIME), relations);
}

/* The lengths (with the NULs) keep "a"+"bc" and "ab"+"c" apart. */
static void digest_file(GChecksum *sum, const char *name, const char *text) {
    g_checksum_update(sum, (const guchar *)name, (gssize)strlen(name) + 1);
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

char *dab_rules_digest_of(const char *dir, GError **error) {
    g_autoptr(GPtrArray) files = list_files(dir, error);
    if (!files) return NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = g_build_filename(dir, files->pdata[i], NULL), *text = read_file(path, error);
        if (!text) return NULL;
        digest_file(sum, files->pdata[i], text);
    }
    return g_strdup(g_checksum_get_string(sum));
}

DabRules *dab_rules_load(const char *dir, GError **error) {
    g_autoptr(GPtrArray) files = list_files(dir, error);
    if (!files) return NULL;
    g_autoptr(DabRules) r = rules_new();
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GPtrArray) rule_nodes = g_ptr_array_new();
    for (guint i = 0; i < files->len; i++) {
        const char *name = files->pdata[i];
        g_autofree char *path = g_build_filename(dir, name, NULL);
        g_autofree char *text = read_file(path, error);
        if (!text) return NULL;
        digest_file(sum, name, text);
        const DabYaml *tree = dab_yaml_parse(r->pool, path, text, error);
        if (!tree || !add_file(r, tree, rule_nodes, error)) return NULL;
    }
    r->digest = g_strdup(g_checksum_get_string(sum));
    r->lexicon = dab_lexicon_new(r);
    if (!add_rules(r, rule_nodes, error)) return NULL;
    make_shape_filter(r);
    r->passage_filter = dab_passage_filter_new(r);
    if (!(r->tables[DAB_TABLE_NUMERALS] = dab_numerals_compile(r, error))) return NULL;
    return g_steal_pointer(&r);
}

const char *dab_rules_digest(const DabRules *r) {
    return r->digest;
}

const char *dab_rules_map(const DabRules *r, const char *map, const char *key) {
    GHashTable *m = dab_kept_get(r->maps, map);
    return m ? g_hash_table_lookup(m, key) : NULL;
}

const DabYaml *dab_rules_node(const DabRules *r, const char *name) {
    return g_hash_table_lookup(r->nodes, name);
}

void *dab_rules_table(const DabRules *r, DabRulesTable which) {
    return r->tables[which];
}

const GPtrArray *dab_rules_stage(const DabRules *r, const char *stage) {
    return g_hash_table_lookup(r->stages, stage);
}

DabLikely dab_rules_likely_of(const DabRules *r, DabStage stage, const char *kind, const char *text, gsize len) {
    DabFilter **at = &r->filters[stage];
    while (*at && g_strcmp0((*at)->kind, kind)) at = &(*at)->next;
    if (!*at) *at = dab_filter_new(stage_of(r, stage), kind);
    return (DabLikely){(*at)->rules, r->try_all ? NULL : dab_filter_bits(*at, text, len), 0};
}

DabLikely dab_rules_likely(const DabRules *r, DabStage stage, const char *text, gsize len) {
    return dab_rules_likely_of(r, stage, NULL, text, len);
}

guint32 dab_rules_passage_asks(const DabRules *r, const char *text, gsize len) {
    return r->try_all ? G_MAXUINT32 : dab_passage_filter_asks(r->passage_filter, text, len);
}

const DabRule *dab_likely_next(DabLikely *l) {
    if (l->bits) l->next = dab_bits_next(l->bits, l->next, l->rules->len);
    return l->next < l->rules->len ? l->rules->pdata[l->next++] : NULL;
}

void dab_rules_try_all(DabRules *r) {
    r->try_all = TRUE;
}

gboolean dab_rules_tries_all(const DabRules *r) {
    return r->try_all;
}
