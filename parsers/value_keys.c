/* Words with a value of their own: 九成, 两打, 一半, 百分之九十. */
#include "parsers/numeral_keys.h"

gboolean dab_numeral_read_factors(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    static const char *const keys[] = {"times", "not", NULL};
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const DabYaml *node = map->pairs[i].value, *times = dab_yaml_get(node, "times");
        gint64 factor;
        if (!times) return dab_yaml_fail(node, k->error, "a factor needs `times`");
        if (!dab_yaml_only(node, keys, k->error) || !dab_numeral_integer(k, times, 2, 1000000, &factor)) return FALSE;
        dab_trie_add(trie, map->pairs[i].key->text, (guint)factor);
    }
    return map != NULL;
}

gboolean dab_numeral_read_not(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const DabYaml *sign = map->pairs[i].key, *value = map->pairs[i].value;
        const DabYaml *words =
            value->kind == DAB_YAML_MAPPING ? dab_numeral_list(k, value, "not") : dab_numeral_list(k, map, sign->text);
        for (guint w = 0; words && w < words->n; w++) {
            const char *word = dab_numeral_word(k, words->items[w]);
            if (!word) return FALSE;
            g_autofree char *joined = g_strconcat(sign->text, word, NULL);
            dab_trie_add(trie, joined, 0);
        }
        if (!words) return FALSE;
    }
    return map != NULL;
}

static gboolean read_comparator(DabNumeralKeys *k, const DabYaml *node, DabNumLiteral *literal) {
    for (DabComparator c = DAB_EQ; c <= DAB_LT; c++)
        if (!g_strcmp0(node->text, dab_comparator_sign(c))) {
            literal->comparator = c;
            literal->comparator_said = TRUE;
            return TRUE;
        }
    return dab_yaml_fail(node, k->error, "a comparator is one of = >= > <= <");
}

static gboolean read_literal(DabNumeralKeys *k, const DabYaml *node, DabNumLiteral *literal) {
    static const char *const keys[] = {"value", "kind", "unit", "comparator", NULL};
    const char *value = dab_yaml_text(node, "value"), *kind = dab_yaml_text(node, "kind"), *unit = dab_yaml_text(node, "unit");
    if (!value || !kind) return dab_yaml_fail(node, k->error, "a literal needs a value and a kind");
    if (!dab_yaml_only(node, keys, k->error)) return FALSE;
    char *end;
    *literal = (DabNumLiteral){
        .value = g_ascii_strtod(value, &end), .kind = g_intern_string(kind), .unit = g_intern_string(unit ? unit : "")};
    if (end == value || *end) return dab_yaml_fail(dab_yaml_get(node, "value"), k->error, "must be a number");
    const DabYaml *comparator = dab_yaml_get(node, "comparator");
    return !comparator || read_comparator(k, comparator, literal);
}

gboolean dab_numeral_read_literals(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    GArray *values = k->table->literal_values;
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const char *word = map->pairs[i].key->text;
        DabNumLiteral literal;
        if (!read_literal(k, map->pairs[i].value, &literal)) return FALSE;
        gunichar first = g_utf8_get_char(word);
        if (first >= DAB_NUM_CHARS)
            return dab_yaml_fail(map->pairs[i].key, k->error, "must begin with a character of the Basic Multilingual Plane");
        k->table->chars[first].roles |= DAB_NUM_LITERAL;
        dab_trie_add(trie, word, values->len);
        g_array_append_val(values, literal);
    }
    return map != NULL;
}

gboolean dab_numeral_read_shares(DabNumeralKeys *k, const DabYaml *in, const char **shares) {
    const DabYaml *map = dab_numeral_mapping(k, in, "shares");
    for (guint i = 0; map && i < map->n; i++) {
        gint64 power;
        const char *unit = dab_numeral_word(k, map->pairs[i].value);
        if (!unit || !dab_numeral_integer(k, map->pairs[i].key, 1, (gint64)G_N_ELEMENTS(k->table->shares) - 1, &power))
            return FALSE;
        shares[power] = g_intern_string(unit);
    }
    return map != NULL;
}

gboolean dab_numeral_read_plain(DabNumeralKeys *k) {
    static const char *const keys[] = {"shares", "whole", NULL};
    const DabYaml *plain = dab_numeral_mapping(k, k->root, "plain");
    if (!plain || !dab_yaml_only(plain, keys, k->error)) return FALSE;
    const DabYaml *whole = dab_numeral_list(k, plain, "whole");
    for (guint i = 0; whole && i < whole->n; i++) {
        const char *kind = dab_numeral_word(k, whole->items[i]);
        if (!kind) return FALSE;
        g_hash_table_add(k->table->whole, (gpointer)g_intern_string(kind));
    }
    return whole && dab_numeral_read_shares(k, plain, k->table->plain_shares);
}
