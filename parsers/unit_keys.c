/* Units and word lists: rules/20-units.yaml as `numerals:` names its lists. */
#include "parsers/numeral_keys.h"

/* The place of a unit's name: of the form that results use. */
static guint unit_name(DabNumeralKeys *k, const char *unit) {
    const char *form = dab_yaml_text(dab_yaml_get(k->root, "unit_forms"), unit);
    return dab_numeral_name(k, form ? form : unit);
}

/* The words of the list that `name` names. NULL and the error. */
static const GPtrArray *list_of(DabNumeralKeys *k, const DabYaml *name) {
    const GPtrArray *words = name->kind == DAB_YAML_SCALAR ? dab_rules_words(k->rules, name->text) : NULL;
    if (!words) dab_yaml_fail(name, k->error, "no word list has the name \"%s\"", name->text ? name->text : "");
    return words;
}

static gboolean add_list(DabNumeralKeys *k, DabTrie *trie, const DabYaml *name, guint value) {
    const GPtrArray *words = list_of(k, name);
    for (guint i = 0; words && i < words->len; i++) dab_trie_add(trie, words->pdata[i], value);
    return words != NULL;
}

static gboolean add_units(DabNumeralKeys *k, DabTrie *trie, const char *key, guint flags) {
    const DabYaml *names = dab_numeral_list(k, k->root, key);
    for (guint i = 0; names && i < names->n; i++) {
        const GPtrArray *words = list_of(k, names->items[i]);
        if (!words) return FALSE;
        for (guint w = 0; w < words->len; w++) dab_trie_add(trie, words->pdata[w], flags | unit_name(k, words->pdata[w]));
    }
    return names != NULL;
}

gboolean dab_numeral_read_units(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    /* a word keeps what it gets first */
    if (!add_units(k, trie, "units_not", DAB_UNIT_NOT) || !add_units(k, trie, "units_digits_only", DAB_UNIT_DIGITS) ||
        !add_units(k, trie, key, 0))
        return FALSE;
    const DabYaml *percent = dab_numeral_mapping(k, k->root, "percent");
    for (guint i = 0; percent && i < percent->n; i++) {
        const char *unit = percent->pairs[i].key->text;
        dab_trie_add(trie, unit, unit_name(k, unit));
    }
    return percent != NULL;
}

static gboolean put_kind(DabNumeralKeys *k, const char *unit, const DabYaml *kind) {
    const char *text = dab_numeral_word(k, kind);
    if (text) g_hash_table_insert(k->table->unit_kinds, (gpointer)g_intern_string(unit), (gpointer)g_intern_string(text));
    return text != NULL;
}

gboolean dab_numeral_read_unit_kinds(DabNumeralKeys *k) {
    const DabYaml *percent = dab_numeral_mapping(k, k->root, "percent"), *kinds = dab_numeral_mapping(k, k->root, "unit_kinds");
    if (!percent || !kinds || !dab_numeral_mapping(k, k->root, "unit_forms")) return FALSE;
    for (guint i = 0; i < percent->n; i++)
        if (!put_kind(k, percent->pairs[i].key->text, percent->pairs[i].value)) return FALSE;
    for (guint i = 0; i < kinds->n; i++) {
        const GPtrArray *words = list_of(k, kinds->pairs[i].key);
        if (!words) return FALSE;
        for (guint w = 0; w < words->len; w++)
            if (!put_kind(k, words->pdata[w], kinds->pairs[i].value)) return FALSE;
    }
    return TRUE;
}

gboolean dab_numeral_read_lists(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *names = dab_yaml_get(k->root, key);
    if (names && names->kind == DAB_YAML_SCALAR) return add_list(k, trie, names, 0);
    names = dab_numeral_list(k, k->root, key);
    for (guint i = 0; names && i < names->n; i++)
        if (!add_list(k, trie, names->items[i], 0)) return FALSE;
    return names != NULL;
}

gboolean dab_numeral_read_lexicons(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const char *kind = dab_numeral_word(k, map->pairs[i].value);
        if (!kind || !add_list(k, trie, map->pairs[i].key, dab_numeral_name(k, kind))) return FALSE;
    }
    return map != NULL;
}

gboolean dab_numeral_read_subunits(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const char *unit = map->pairs[i].key->text;
        const DabYaml *parts = dab_numeral_mapping(k, map, unit);
        for (guint p = 0; parts && p < parts->n; p++) {
            gint64 power;
            if (!dab_numeral_integer(k, parts->pairs[p].value, 1, 9, &power)) return FALSE;
            g_autofree char *joined = g_strconcat(unit, parts->pairs[p].key->text, NULL);
            dab_trie_add(trie, joined, (guint)power);
        }
        if (!parts) return FALSE;
    }
    return map != NULL;
}
