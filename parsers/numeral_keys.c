/* Characters and plain words. */
#include "parsers/numeral_keys.h"

static const DabYaml no_mapping = {.kind = DAB_YAML_MAPPING}, no_list = {.kind = DAB_YAML_SEQUENCE};

const DabYaml *dab_numeral_mapping(DabNumeralKeys *k, const DabYaml *in, const char *key) {
    const DabYaml *node = dab_yaml_get(in, key);
    if (!node) return &no_mapping;
    if (node->kind == DAB_YAML_MAPPING) return node;
    dab_yaml_fail(node, k->error, "%s must be a mapping", key);
    return NULL;
}

const DabYaml *dab_numeral_list(DabNumeralKeys *k, const DabYaml *in, const char *key) {
    const DabYaml *node = dab_yaml_get(in, key);
    if (!node) return &no_list;
    if (node->kind == DAB_YAML_SEQUENCE) return node;
    dab_yaml_fail(node, k->error, "%s must be a list", key);
    return NULL;
}

const char *dab_numeral_word(DabNumeralKeys *k, const DabYaml *node) {
    if (node->kind == DAB_YAML_SCALAR) return node->text;
    dab_yaml_fail(node, k->error, "must be a word");
    return NULL;
}

gboolean dab_numeral_integer(DabNumeralKeys *k, const DabYaml *node, gint64 low, gint64 high, gint64 *value) {
    if (node->kind == DAB_YAML_SCALAR && g_ascii_string_to_signed(node->text, 10, low, high, value, NULL)) return TRUE;
    return dab_yaml_fail(node, k->error, "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, low, high);
}

guint dab_numeral_name(DabNumeralKeys *k, const char *name) {
    const char *interned = g_intern_string(name);
    GPtrArray *names = k->table->names;
    guint at;
    if (g_ptr_array_find(names, interned, &at)) return at;
    g_ptr_array_add(names, (gpointer)interned);
    return names->len - 1;
}

/* ---- characters ---- */

/* The one character of a scalar. */
static DabNumChar *char_of(DabNumeralKeys *k, const DabYaml *node) {
    gunichar ch = node->kind == DAB_YAML_SCALAR && g_utf8_strlen(node->text, -1) == 1 ? g_utf8_get_char(node->text) : DAB_NUM_CHARS;
    if (ch < DAB_NUM_CHARS) return &k->table->chars[ch];
    dab_yaml_fail(node, k->error, "must be one character");
    return NULL;
}

gboolean dab_numeral_read_class(DabNumeralKeys *k, const char *key, DabNumClass klass, gint64 most) {
    const DabYaml *map = dab_yaml_get(k->root, key);
    if (!map || map->kind != DAB_YAML_MAPPING)
        return dab_yaml_fail(map ? map : k->root, k->error, "%s must be a mapping of characters to numbers", key);
    for (guint i = 0; i < map->n; i++) {
        DabNumChar *ch = char_of(k, map->pairs[i].key);
        gint64 value;
        if (!ch || !dab_numeral_integer(k, map->pairs[i].value, 0, most, &value)) return FALSE;
        ch->klass = klass;
        ch->value = (guint8)value;
    }
    return TRUE;
}

gboolean dab_numeral_read_role(DabNumeralKeys *k, const char *key, guint16 role) {
    const DabYaml *list = dab_numeral_list(k, k->root, key);
    for (guint i = 0; list && i < list->n; i++) {
        DabNumChar *ch = char_of(k, list->items[i]);
        if (!ch) return FALSE;
        ch->roles |= role;
    }
    return list != NULL;
}

gboolean dab_numeral_read_enclosed(DabNumeralKeys *k) {
    const DabYaml *list = dab_numeral_list(k, k->root, "enclosed");
    for (guint i = 0; list && i < list->n; i++) {
        const char *s = dab_numeral_word(k, list->items[i]);
        if (!s) return FALSE;
        for (guint8 value = 1; *s; s = g_utf8_next_char(s), value++) {
            gunichar ch = g_utf8_get_char(s);
            if (ch >= DAB_NUM_CHARS)
                return dab_yaml_fail(list->items[i], k->error, "these characters must be of the Basic Multilingual Plane");
            k->table->chars[ch] = (DabNumChar){.klass = DAB_NUM_ENCLOSED, .value = value};
        }
    }
    return list != NULL;
}

/* ---- words ---- */

/* Every scalar of a list, or the keys of a mapping. */
static gboolean add_all(DabNumeralKeys *k, DabTrie *trie, const DabYaml *words, guint value) {
    if (words->kind == DAB_YAML_SCALAR) return dab_yaml_fail(words, k->error, "must be a list of words");
    for (guint i = 0; i < words->n; i++) {
        const char *word = dab_numeral_word(k, words->kind == DAB_YAML_MAPPING ? words->pairs[i].key : words->items[i]);
        if (!word) return FALSE;
        dab_trie_add(trie, word, value);
    }
    return TRUE;
}

gboolean dab_numeral_read_words(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *words = dab_yaml_get(k->root, key);
    return !words || add_all(k, trie, words, 0);
}

gboolean dab_numeral_read_no_cue(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *words = dab_yaml_get(k->root, key);
    return !words || add_all(k, trie, words, DAB_CUE_NO);
}

gboolean dab_numeral_read_cues(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    static const struct {
        const char *sign;
        guint value;
    } signs[] = {{"=", DAB_EQ}, {">=", DAB_GE},       {">", DAB_GT},      {"<=", DAB_LE},
                 {"<", DAB_LT}, {"~", DAB_CUE_ABOUT}, {"no", DAB_CUE_NO}, {">=~", DAB_CUE_GE_ABOUT}};
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const DabYaml *sign = map->pairs[i].key;
        guint s = 0;
        while (s < G_N_ELEMENTS(signs) && g_strcmp0(signs[s].sign, sign->text)) s++;
        if (s == G_N_ELEMENTS(signs)) return dab_yaml_fail(sign, k->error, "%s: known signs are = >= > <= < ~ >=~ no", key);
        if (!add_all(k, trie, map->pairs[i].value, signs[s].value)) return FALSE;
    }
    return map != NULL;
}

gboolean dab_numeral_read_named(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const char *name = dab_numeral_word(k, map->pairs[i].value);
        if (!name) return FALSE;
        dab_trie_add(trie, map->pairs[i].key->text, dab_numeral_name(k, name));
    }
    return map != NULL;
}

gboolean dab_numeral_read_powers(DabNumeralKeys *k, const char *key, DabTrie *trie) {
    const DabYaml *map = dab_numeral_mapping(k, k->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        gint64 power;
        if (!dab_numeral_integer(k, map->pairs[i].value, 1, 18, &power)) return FALSE;
        dab_trie_add(trie, map->pairs[i].key->text, (guint)power);
    }
    return map != NULL;
}
