/* rules/10-numerals.yaml and 20-units.yaml → DabNumerals. */
#include <stdlib.h>
#include <string.h>

#include "parsers/numerals.h"

static const char *const known_keys[] = {"digits",
                                         "zero",
                                         "pair",
                                         "weak",
                                         "small",
                                         "tens",
                                         "big",
                                         "enclosed",
                                         "several",
                                         "several_not_after",
                                         "more",
                                         "more_not",
                                         "half",
                                         "half_not",
                                         "point",
                                         "minus",
                                         "minus_after",
                                         "fraction",
                                         "and",
                                         "shares",
                                         "tenths",
                                         "tenths_whole",
                                         "factors",
                                         "literals",
                                         "ranges",
                                         "range_words",
                                         "range_not_after",
                                         "ratios",
                                         "latin",
                                         "currency",
                                         "before",
                                         "far",
                                         "far_not",
                                         "after",
                                         "within",
                                         "within_units",
                                         "within_not",
                                         "bare",
                                         "brackets",
                                         "unit_joints",
                                         "lexicons",
                                         "one_vague",
                                         "units",
                                         "units_digits_only",
                                         "units_not",
                                         "unit_kinds",
                                         "unit_forms",
                                         "percent",
                                         "between",
                                         "between_ends",
                                         "between_narrow",
                                         "between_narrow_ends",
                                         "than_then",
                                         "limit_joints",
                                         "subunits",
                                         "than_before",
                                         "than",
                                         "past",
                                         "past_after",
                                         "plain",
                                         NULL};

typedef struct {
    DabNumerals *t;
    const DabRules *rules;
    const DabYaml *root;
    GError **error;
} Compile;

static guint name_index(Compile *c, const char *name) {
    const char *s = g_intern_string(name);
    guint at;
    if (g_ptr_array_find(c->t->names, s, &at)) return at;
    g_ptr_array_add(c->t->names, (gpointer)s);
    return c->t->names->len - 1;
}

static gboolean number_of(Compile *c, const DabYaml *node, gint64 low, gint64 high, gint64 *value) {
    if (node->kind == DAB_YAML_SCALAR && g_ascii_string_to_signed(node->text, 10, low, high, value, NULL)) return TRUE;
    return dab_yaml_fail(node, c->error, "must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, low, high);
}

/* The one character of a scalar of the Basic Multilingual Plane. */
static DabNumChar *char_of(Compile *c, const DabYaml *node) {
    gunichar ch = node->kind == DAB_YAML_SCALAR && g_utf8_strlen(node->text, -1) == 1 ? g_utf8_get_char(node->text) : DAB_NUM_CHARS;
    if (ch < DAB_NUM_CHARS) return &c->t->chars[ch];
    dab_yaml_fail(node, c->error, "must be one character");
    return NULL;
}

static gboolean read_class(Compile *c, const char *key, DabNumClass klass, gint64 most) {
    const DabYaml *map = dab_yaml_get(c->root, key);
    if (!map || map->kind != DAB_YAML_MAPPING)
        return dab_yaml_fail(map ? map : c->root, c->error, "%s must be a mapping of characters to numbers", key);
    for (guint i = 0; i < map->n; i++) {
        DabNumChar *ch = char_of(c, map->pairs[i].key);
        gint64 value;
        if (!ch || !number_of(c, map->pairs[i].value, 0, most, &value)) return FALSE;
        ch->klass = klass;
        ch->value = (guint8)value;
    }
    return TRUE;
}

static gboolean read_role(Compile *c, const char *key, guint16 role) {
    const DabYaml *list = dab_yaml_get(c->root, key);
    for (guint i = 0; list && i < list->n; i++) {
        DabNumChar *ch = list->kind == DAB_YAML_SEQUENCE ? char_of(c, list->items[i]) : NULL;
        if (!ch) return FALSE;
        ch->roles |= role;
    }
    return TRUE;
}

static gboolean read_enclosed(Compile *c) {
    const DabYaml *list = dab_yaml_get(c->root, "enclosed");
    for (guint i = 0; list && list->kind == DAB_YAML_SEQUENCE && i < list->n; i++) {
        guint8 value = 1;
        for (const char *s = list->items[i]->text; s && *s; s = g_utf8_next_char(s)) {
            gunichar ch = g_utf8_get_char(s);
            if (ch >= DAB_NUM_CHARS)
                return dab_yaml_fail(list->items[i], c->error, "these characters must be of the Basic Multilingual Plane");
            c->t->chars[ch] = (DabNumChar){.klass = DAB_NUM_ENCLOSED, .value = value++};
        }
    }
    return TRUE;
}

/* Every scalar of a list (or the keys of a mapping) into a trie. */
static gboolean add_all(Compile *c, DabTrie *trie, const DabYaml *list, guint value) {
    for (guint i = 0; list && i < list->n; i++) {
        const DabYaml *word = list->kind == DAB_YAML_MAPPING ? list->pairs[i].key : list->items[i];
        if (word->kind != DAB_YAML_SCALAR) return dab_yaml_fail(word, c->error, "must be a word");
        dab_trie_add(trie, word->text, value);
    }
    return TRUE;
}

static gboolean read_words(Compile *c, DabTrie **trie, const char *key, gboolean backwards) {
    *trie = dab_trie_new(backwards);
    return add_all(c, *trie, dab_yaml_get(c->root, key), 0);
}

static gboolean read_cues(Compile *c, DabTrie **trie, const char *key, gboolean backwards) {
    static const struct {
        const char *sign;
        guint value;
    } signs[] = {{"=", DAB_EQ}, {">=", DAB_GE},       {">", DAB_GT},      {"<=", DAB_LE},
                 {"<", DAB_LT}, {"~", DAB_CUE_ABOUT}, {"no", DAB_CUE_NO}, {">=~", DAB_CUE_GE_ABOUT}};
    *trie = dab_trie_new(backwards);
    const DabYaml *map = dab_yaml_get(c->root, key);
    for (guint i = 0; map && i < map->n; i++) {
        const DabYaml *sign = map->kind == DAB_YAML_MAPPING ? map->pairs[i].key : map;
        guint k = 0;
        while (k < G_N_ELEMENTS(signs) && g_strcmp0(signs[k].sign, sign->text)) k++;
        if (k == G_N_ELEMENTS(signs)) return dab_yaml_fail(sign, c->error, "%s: known signs are = >= > <= < ~ >=~ no", key);
        if (!add_all(c, *trie, map->pairs[i].value, signs[k].value)) return FALSE;
    }
    return TRUE;
}

/* Mapping word → name: the trie's value is the index of the name. */
static gboolean read_named(Compile *c, DabTrie **trie, const char *key, gboolean backwards) {
    *trie = dab_trie_new(backwards);
    const DabYaml *map = dab_yaml_get(c->root, key);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        const DabYaml *value = map->pairs[i].value;
        if (value->kind != DAB_YAML_SCALAR) return dab_yaml_fail(value, c->error, "must be a word");
        dab_trie_add(*trie, map->pairs[i].key->text, name_index(c, value->text));
    }
    return TRUE;
}

/* The index of a unit's name: of the form that results use. */
static guint unit_index(Compile *c, const char *unit) {
    const char *form = dab_yaml_text(dab_yaml_get(c->root, "unit_forms"), unit);
    return name_index(c, form ? form : unit);
}

static gboolean add_list(Compile *c, DabTrie *trie, const DabYaml *name, guint flags, gboolean indexed) {
    const GPtrArray *words = name->kind == DAB_YAML_SCALAR ? dab_rules_words(c->rules, name->text) : NULL;
    if (!words) return dab_yaml_fail(name, c->error, "no word list has the name \"%s\"", name->text ? name->text : "");
    for (guint i = 0; i < words->len; i++)
        dab_trie_add(trie, words->pdata[i], flags | (indexed ? unit_index(c, words->pdata[i]) : 0));
    return TRUE;
}

static gboolean read_units(Compile *c) {
    static const struct {
        const char *key;
        guint flags;
    } lists[] = {
        {"units_not", DAB_UNIT_NOT}, {"units_digits_only", DAB_UNIT_DIGITS}, {"units", 0}}; /* a word keeps what it gets first */
    c->t->units = dab_trie_new(FALSE);
    c->t->within_units = dab_trie_new(FALSE);
    c->t->vague = dab_trie_new(FALSE);
    if (!read_named(c, &c->t->currency, "currency", TRUE)) return FALSE;
    for (guint k = 0; k < G_N_ELEMENTS(lists); k++) {
        const DabYaml *names = dab_yaml_get(c->root, lists[k].key);
        for (guint i = 0; names && names->kind == DAB_YAML_SEQUENCE && i < names->n; i++)
            if (!add_list(c, c->t->units, names->items[i], lists[k].flags, TRUE)) return FALSE;
    }
    const DabYaml *percent = dab_yaml_get(c->root, "percent"), *within = dab_yaml_get(c->root, "within_units"),
                  *vague = dab_yaml_get(c->root, "one_vague"), *kinds = dab_yaml_get(c->root, "unit_kinds");
    for (guint i = 0; percent && percent->kind == DAB_YAML_MAPPING && i < percent->n; i++) {
        const DabYamlPair *p = &percent->pairs[i];
        dab_trie_add(c->t->units, p->key->text, unit_index(c, p->key->text));
        g_hash_table_insert(c->t->unit_kinds, (gpointer)g_intern_string(p->key->text), (gpointer)g_intern_string(p->value->text));
    }
    for (guint i = 0; kinds && kinds->kind == DAB_YAML_MAPPING && i < kinds->n; i++) {
        const GPtrArray *words = dab_rules_words(c->rules, kinds->pairs[i].key->text);
        if (!words) return dab_yaml_fail(kinds->pairs[i].key, c->error, "no word list has this name");
        for (guint k = 0; k < words->len; k++)
            g_hash_table_insert(c->t->unit_kinds, (gpointer)g_intern_string(words->pdata[k]),
                                (gpointer)g_intern_string(kinds->pairs[i].value->text));
    }
    for (guint i = 0; within && within->kind == DAB_YAML_SEQUENCE && i < within->n; i++)
        if (!add_list(c, c->t->within_units, within->items[i], 0, FALSE)) return FALSE;
    return !vague || add_list(c, c->t->vague, vague, 0, FALSE);
}

static gboolean read_lexicons(Compile *c) {
    const DabYaml *map = dab_yaml_get(c->root, "lexicons");
    c->t->lexicon = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++)
        if (!add_list(c, c->t->lexicon, map->pairs[i].key, name_index(c, map->pairs[i].value->text), FALSE)) return FALSE;
    return TRUE;
}

/* Each of the words with `sign` before it. */
static gboolean add_joined(Compile *c, DabTrie *trie, const char *sign, const DabYaml *words) {
    for (guint k = 0; words && words->kind == DAB_YAML_SEQUENCE && k < words->n; k++) {
        if (words->items[k]->kind != DAB_YAML_SCALAR) return dab_yaml_fail(words->items[k], c->error, "must be a word");
        g_autofree char *word = g_strconcat(sign, words->items[k]->text, NULL);
        dab_trie_add(trie, word, 0);
    }
    return TRUE;
}

static gboolean read_tenths(Compile *c) {
    const DabYaml *map = dab_yaml_get(c->root, "tenths");
    c->t->tenths = dab_trie_new(FALSE);
    c->t->tenths_not = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        const char *sign = map->pairs[i].key->text;
        dab_trie_add(c->t->tenths, sign, i);
        if (!add_joined(c, c->t->tenths_not, sign, map->pairs[i].value)) return FALSE;
    }
    return TRUE;
}

/* Signs that multiply what stands before them, and what may not follow them. */
static gboolean read_factors(Compile *c) {
    const DabYaml *map = dab_yaml_get(c->root, "factors");
    c->t->factors = dab_trie_new(FALSE);
    c->t->factors_not = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        const char *sign = map->pairs[i].key->text;
        const DabYaml *times = dab_yaml_get(map->pairs[i].value, "times"), *nots = dab_yaml_get(map->pairs[i].value, "not");
        gint64 factor;
        if (!times) return dab_yaml_fail(map->pairs[i].value, c->error, "a factor needs `times`");
        if (!number_of(c, times, 2, 1000000, &factor)) return FALSE;
        dab_trie_add(c->t->factors, sign, (guint)factor);
        if (!add_joined(c, c->t->factors_not, sign, nots)) return FALSE;
    }
    return TRUE;
}

static gboolean read_shares(Compile *c, const DabYaml *map, const char **shares) {
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        gint64 power;
        if (!number_of(c, map->pairs[i].key, 1, (gint64)G_N_ELEMENTS(c->t->shares) - 1, &power)) return FALSE;
        shares[power] = g_intern_string(map->pairs[i].value->text);
    }
    return TRUE;
}

/* 元: {角: 1, 分: 2}: both units written together → the power of ten between them. */
static gboolean read_subunits(Compile *c) {
    const DabYaml *map = dab_yaml_get(c->root, "subunits");
    c->t->subunits = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        const DabYaml *parts = map->pairs[i].value;
        for (guint k = 0; parts->kind == DAB_YAML_MAPPING && k < parts->n; k++) {
            gint64 power;
            if (!number_of(c, parts->pairs[k].value, 1, 9, &power)) return FALSE;
            g_autofree char *joined = g_strconcat(map->pairs[i].key->text, parts->pairs[k].key->text, NULL);
            dab_trie_add(c->t->subunits, joined, (guint)power);
        }
    }
    return TRUE;
}

static gboolean read_comparator(Compile *c, const DabYaml *node, DabComparator *comparator) {
    for (DabComparator k = DAB_EQ; k <= DAB_LT; k++)
        if (!g_strcmp0(node->text, dab_comparator_sign(k))) {
            *comparator = k;
            return TRUE;
        }
    return dab_yaml_fail(node, c->error, "a comparator is one of = >= > <= <");
}

static gboolean read_literals(Compile *c) {
    static const char *const keys[] = {"value", "kind", "unit", "comparator", NULL};
    const DabYaml *map = dab_yaml_get(c->root, "literals");
    c->t->literals = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        const DabYaml *node = map->pairs[i].value, *comparator = dab_yaml_get(node, "comparator");
        const char *value = dab_yaml_text(node, "value"), *kind = dab_yaml_text(node, "kind"), *unit = dab_yaml_text(node, "unit");
        if (node->kind != DAB_YAML_MAPPING || !value || !kind)
            return dab_yaml_fail(node, c->error, "a literal needs a value and a kind");
        if (!dab_yaml_only(node, keys, c->error)) return FALSE;
        DabNumLiteral l = {
            .value = g_ascii_strtod(value, NULL), .kind = g_intern_string(kind), .unit = g_intern_string(unit ? unit : "")};
        if (comparator && !read_comparator(c, comparator, &l.comparator)) return FALSE;
        l.comparator_said = comparator != NULL;
        g_array_append_val(c->t->literal_values, l);
        const char *word = map->pairs[i].key->text;
        gunichar first = g_utf8_get_char(word);
        if (first >= DAB_NUM_CHARS)
            return dab_yaml_fail(map->pairs[i].key, c->error, "must begin with a character of the Basic Multilingual Plane");
        c->t->chars[first].roles |= DAB_NUM_LITERAL;
        dab_trie_add(c->t->literals, word, c->t->literal_values->len - 1);
    }
    return TRUE;
}

static gboolean read_latin(Compile *c) {
    const DabYaml *map = dab_yaml_get(c->root, "latin");
    c->t->latin = dab_trie_new(FALSE);
    for (guint i = 0; map && map->kind == DAB_YAML_MAPPING && i < map->n; i++) {
        gint64 power;
        if (!number_of(c, map->pairs[i].value, 1, 18, &power)) return FALSE;
        dab_trie_add(c->t->latin, map->pairs[i].key->text, (guint)power);
    }
    return TRUE;
}

/* What is read in another way where no report is given: its own `shares`, and the kinds of context to leave `whole`. */
static gboolean read_plain(Compile *c) {
    static const char *const keys[] = {"shares", "whole", NULL};
    static const DabYaml nothing = {.kind = DAB_YAML_MAPPING};
    const DabYaml *plain = dab_yaml_get(c->root, "plain");
    if (plain && !dab_yaml_only(plain, keys, c->error)) return FALSE;
    if (!plain) plain = &nothing;
    const DabYaml *whole = dab_yaml_get(plain, "whole");
    for (guint i = 0; whole && whole->kind == DAB_YAML_SEQUENCE && i < whole->n; i++)
        g_hash_table_add(c->t->whole, (gpointer)g_intern_string(whole->items[i]->text));
    return read_shares(c, dab_yaml_get(plain, "shares"), c->t->plain_shares);
}

static gboolean compile_all(Compile *c) {
    DabNumerals *t = c->t;
    return read_class(c, "digits", DAB_NUM_DIGIT, 9) && read_class(c, "small", DAB_NUM_SMALL, 3) &&
           read_class(c, "tens", DAB_NUM_TENS, 9) && read_class(c, "big", DAB_NUM_BIG, 18) && read_enclosed(c) &&
           read_role(c, "zero", DAB_NUM_ZERO) && read_role(c, "pair", DAB_NUM_PAIR) && read_role(c, "weak", DAB_NUM_WEAK) &&
           read_role(c, "several", DAB_NUM_SEVERAL) && read_role(c, "more", DAB_NUM_MORE) && read_role(c, "half", DAB_NUM_HALF) &&
           read_role(c, "point", DAB_NUM_POINT) && read_role(c, "minus", DAB_NUM_MINUS) &&
           read_words(c, &t->more_not, "more_not", FALSE) && read_words(c, &t->half_not, "half_not", FALSE) &&
           read_words(c, &t->minus_after, "minus_after", TRUE) && read_words(c, &t->several_not_after, "several_not_after", TRUE) &&
           read_words(c, &t->fraction, "fraction", FALSE) && read_words(c, &t->and_word, "and", FALSE) &&
           read_words(c, &t->ranges, "ranges", FALSE) && read_words(c, &t->range_words, "range_words", FALSE) &&
           read_words(c, &t->range_not_after, "range_not_after", TRUE) && read_words(c, &t->ratios, "ratios", FALSE) &&
           read_words(c, &t->joints, "unit_joints", FALSE) && read_words(c, &t->within, "within", FALSE) &&
           read_words(c, &t->within_not, "within_not", FALSE) && read_named(c, &t->brackets, "brackets", FALSE) &&
           read_cues(c, &t->before, "before", TRUE) && read_cues(c, &t->after, "after", FALSE) &&
           read_cues(c, &t->far, "far", TRUE) && add_all(c, t->far, dab_yaml_get(c->root, "far_not"), DAB_CUE_NO) &&
           read_cues(c, &t->bare, "bare", TRUE) && read_latin(c) && read_units(c) && read_lexicons(c) && read_tenths(c) &&
           read_factors(c) && read_subunits(c) && read_shares(c, dab_yaml_get(c->root, "shares"), t->shares) && read_literals(c) &&
           read_plain(c) && read_words(c, &t->between, "between", FALSE) &&
           read_words(c, &t->between_ends, "between_ends", FALSE) && read_words(c, &t->between_narrow, "between_narrow", FALSE) &&
           read_words(c, &t->between_narrow_ends, "between_narrow_ends", FALSE) &&
           read_words(c, &t->than_then, "than_then", FALSE) && read_words(c, &t->limit_joints, "limit_joints", FALSE) &&
           read_cues(c, &t->than_before, "than_before", TRUE) && read_cues(c, &t->than, "than", FALSE) &&
           read_words(c, &t->past, "past", TRUE) && read_words(c, &t->tenths_whole, "tenths_whole", FALSE) &&
           read_words(c, &t->past_after, "past_after", TRUE) && dab_context_rules_compile(t, c->rules, c->error);
}

void *dab_numerals_compile(const DabRules *rules, GError **error) {
    DabNumerals *t = g_new0(DabNumerals, 1);
    t->chars = g_new0(DabNumChar, DAB_NUM_CHARS);
    t->names = g_ptr_array_new();
    t->unit_kinds = g_hash_table_new(g_direct_hash, g_direct_equal);
    t->whole = g_hash_table_new(g_direct_hash, g_direct_equal);
    t->literal_values = g_array_new(FALSE, TRUE, sizeof(DabNumLiteral));
    t->context = g_array_new(FALSE, TRUE, sizeof(DabContextRule));
    for (gunichar ch = '0'; ch <= '9'; ch++) t->chars[ch] = (DabNumChar){.klass = DAB_NUM_ARABIC, .value = (guint8)(ch - '0')};
    t->empty = g_intern_static_string("");
    t->number = g_intern_static_string("number");
    t->percent = g_intern_static_string("percent");
    t->permille = g_intern_static_string("permille");
    t->points = g_intern_static_string("points");
    t->money = g_intern_static_string("money");
    t->ratio = g_intern_static_string("ratio");
    t->fraction_kind = g_intern_static_string("fraction");
    t->word = g_intern_static_string("word");
    t->numbering = g_intern_static_string("numbering");
    t->percent_sign = g_intern_static_string("%");
    Compile c = {t, rules, dab_rules_node(rules, "numerals"), error};
    gboolean ok;
    if (c.root)
        ok = c.root->kind == DAB_YAML_MAPPING ? dab_yaml_only(c.root, known_keys, error)
                                              : dab_yaml_fail(c.root, error, "numerals must be a mapping");
    else {
        static const DabYamlFile nowhere = {"rules", ""};
        static const DabYaml empty = {.kind = DAB_YAML_MAPPING, .file = &nowhere, .line = 1, .column = 1};
        ok = dab_yaml_fail(&empty, error, "no rule file has the top-level key \"numerals\"");
    }
    if (ok && compile_all(&c)) {
        for (guint ch = 0; ch < DAB_NUM_CHARS; ch++)
            if (t->chars[ch].klass || t->chars[ch].roles) t->known[ch / 64] |= (guint64)1 << (ch % 64);
        return t;
    }
    dab_numerals_free(t);
    return NULL;
}

void dab_numerals_free(void *table) {
    DabNumerals *t = table;
    if (!t) return;
    DabTrie *tries[] = {t->before,
                        t->after,
                        t->far,
                        t->bare,
                        t->within,
                        t->ranges,
                        t->more_not,
                        t->half_not,
                        t->minus_after,
                        t->tenths,
                        t->tenths_not,
                        t->factors,
                        t->factors_not,
                        t->literals,
                        t->several_not_after,
                        t->fraction,
                        t->and_word,
                        t->ratios,
                        t->currency,
                        t->joints,
                        t->units,
                        t->lexicon,
                        t->vague,
                        t->range_words,
                        t->range_not_after,
                        t->brackets,
                        t->within_units,
                        t->within_not,
                        t->latin,
                        t->tenths_whole,
                        t->between,
                        t->between_ends,
                        t->between_narrow,
                        t->between_narrow_ends,
                        t->than_then,
                        t->limit_joints,
                        t->subunits,
                        t->than_before,
                        t->than,
                        t->past,
                        t->past_after};
    for (guint i = 0; i < G_N_ELEMENTS(tries); i++) dab_trie_free(tries[i]);
    for (guint i = 0; i < t->context->len; i++) {
        DabContextRule *r = &g_array_index(t->context, DabContextRule, i);
        if (r->at_number) dab_pattern_free(r->pattern);
    }
    g_array_unref(t->context);
    if (t->claims) {
        g_array_unref(t->claims);
        g_array_unref(t->places);
        g_array_unref(t->pieces);
        g_array_unref(t->blocks);
        g_byte_array_unref(t->owner);
    }
    dab_sieve_free(t->likely);
    dab_sieve_free(t->left);
    dab_sieve_free(t->head);
    dab_sieve_free(t->next);
    dab_sieve_free(t->start);
    g_free(t->of_digits);
    g_free(t->of_hanzi);
    g_free(t->searched);
    g_free(t->of_length);
    g_free(t->wanted);
    g_free(t->here);
    g_ptr_array_unref(t->names);
    g_hash_table_unref(t->unit_kinds);
    g_hash_table_unref(t->whole);
    g_array_unref(t->literal_values);
    g_free(t->chars);
    g_free(t);
}
