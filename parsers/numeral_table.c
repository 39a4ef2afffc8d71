/* rules/10-numerals.yaml and 20-units.yaml → DabNumerals: which key is read how, and the whole table's life. */
#include <string.h>

#include "parsers/numeral_keys.h"

#define FORWARDS FALSE
#define BACKWARDS TRUE /* found by where they end: they stand before a number */
#define TRIE(field) G_STRUCT_OFFSET(DabNumerals, field)

/* Keys whose words go into a trie. Several may share one: a word keeps what it gets first. */
static const struct {
    const char *key;
    gsize trie;
    gboolean backwards;
    DabNumeralReader *read;
} word_keys[] = {
    {"several_not_after", TRIE(several_not_after), BACKWARDS, dab_numeral_read_words},
    {"more_not", TRIE(more_not), FORWARDS, dab_numeral_read_words},
    {"half_not", TRIE(half_not), FORWARDS, dab_numeral_read_words},
    {"minus_after", TRIE(minus_after), BACKWARDS, dab_numeral_read_words},
    {"fraction", TRIE(fraction), FORWARDS, dab_numeral_read_words},
    {"and", TRIE(and_word), FORWARDS, dab_numeral_read_words},
    {"tenths", TRIE(tenths), FORWARDS, dab_numeral_read_words},
    {"tenths", TRIE(tenths_not), FORWARDS, dab_numeral_read_not},
    {"tenths_whole", TRIE(tenths_whole), FORWARDS, dab_numeral_read_words},
    {"factors", TRIE(factors), FORWARDS, dab_numeral_read_factors},
    {"factors", TRIE(factors_not), FORWARDS, dab_numeral_read_not},
    {"literals", TRIE(literals), FORWARDS, dab_numeral_read_literals},
    {"latin", TRIE(latin), FORWARDS, dab_numeral_read_powers},
    {"ranges", TRIE(ranges), FORWARDS, dab_numeral_read_words},
    {"range_words", TRIE(range_words), FORWARDS, dab_numeral_read_words},
    {"range_not_after", TRIE(range_not_after), BACKWARDS, dab_numeral_read_words},
    {"ratios", TRIE(ratios), FORWARDS, dab_numeral_read_words},
    {"between", TRIE(between), FORWARDS, dab_numeral_read_words},
    {"between_ends", TRIE(between_ends), FORWARDS, dab_numeral_read_words},
    {"between_narrow", TRIE(between_narrow), FORWARDS, dab_numeral_read_words},
    {"between_narrow_ends", TRIE(between_narrow_ends), FORWARDS, dab_numeral_read_words},
    {"limit_joints", TRIE(limit_joints), FORWARDS, dab_numeral_read_words},
    {"before", TRIE(before), BACKWARDS, dab_numeral_read_cues},
    {"far", TRIE(far), BACKWARDS, dab_numeral_read_cues},
    {"far_not", TRIE(far), BACKWARDS, dab_numeral_read_no_cue},
    {"bare", TRIE(bare), BACKWARDS, dab_numeral_read_cues},
    {"after", TRIE(after), FORWARDS, dab_numeral_read_cues},
    {"than_before", TRIE(than_before), BACKWARDS, dab_numeral_read_cues},
    {"than", TRIE(than), FORWARDS, dab_numeral_read_cues},
    {"than_then", TRIE(than_then), FORWARDS, dab_numeral_read_words},
    {"past", TRIE(past), BACKWARDS, dab_numeral_read_words},
    {"past_after", TRIE(past_after), BACKWARDS, dab_numeral_read_words},
    {"within", TRIE(within), FORWARDS, dab_numeral_read_words},
    {"within_units", TRIE(within_units), FORWARDS, dab_numeral_read_lists},
    {"within_not", TRIE(within_not), FORWARDS, dab_numeral_read_words},
    {"brackets", TRIE(brackets), FORWARDS, dab_numeral_read_named},
    {"currency", TRIE(currency), BACKWARDS, dab_numeral_read_named},
    {"units", TRIE(units), FORWARDS, dab_numeral_read_units},
    {"unit_joints", TRIE(joints), FORWARDS, dab_numeral_read_words},
    {"subunits", TRIE(subunits), FORWARDS, dab_numeral_read_subunits},
    {"one_vague", TRIE(vague), FORWARDS, dab_numeral_read_lists},
    {"lexicons", TRIE(lexicon), FORWARDS, dab_numeral_read_lexicons},
};

/* Keys whose characters are of a class, with values up to `most`. */
static const struct {
    const char *key;
    DabNumClass klass;
    gint64 most;
} class_keys[] = {{"digits", DAB_NUM_DIGIT, 9}, {"small", DAB_NUM_SMALL, 3}, {"tens", DAB_NUM_TENS, 9}, {"big", DAB_NUM_BIG, 18}};

static const struct {
    const char *key;
    guint16 role;
} role_keys[] = {
    {"zero", DAB_NUM_ZERO}, {"pair", DAB_NUM_PAIR}, {"weak", DAB_NUM_WEAK},   {"several", DAB_NUM_SEVERAL},
    {"more", DAB_NUM_MORE}, {"half", DAB_NUM_HALF}, {"point", DAB_NUM_POINT}, {"minus", DAB_NUM_MINUS},
};

/* Keys that a reader of its own takes, alone or with another key. */
static const char *const other_keys[] = {"enclosed",          "shares",     "plain",      "units_not",
                                         "units_digits_only", "unit_kinds", "unit_forms", "percent"};

static gboolean check_keys(const DabYaml *root, GError **error) {
    if (root->kind != DAB_YAML_MAPPING) return dab_yaml_fail(root, error, "numerals must be a mapping");
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (guint i = 0; i < G_N_ELEMENTS(class_keys); i++) g_ptr_array_add(known, (gpointer)class_keys[i].key);
    for (guint i = 0; i < G_N_ELEMENTS(role_keys); i++) g_ptr_array_add(known, (gpointer)role_keys[i].key);
    for (guint i = 0; i < G_N_ELEMENTS(word_keys); i++) /* rows of one key stand together */
        if (!i || strcmp(word_keys[i].key, word_keys[i - 1].key) != 0) g_ptr_array_add(known, (gpointer)word_keys[i].key);
    for (guint i = 0; i < G_N_ELEMENTS(other_keys); i++) g_ptr_array_add(known, (gpointer)other_keys[i]);
    g_ptr_array_add(known, NULL);
    return dab_yaml_only(root, (const char *const *)known->pdata, error);
}

static DabTrie **trie_of(DabNumerals *t, guint row) {
    return &G_STRUCT_MEMBER(DabTrie *, t, word_keys[row].trie);
}

static gboolean read_words(DabNumeralKeys *k) {
    for (guint i = 0; i < G_N_ELEMENTS(word_keys); i++) {
        DabTrie **trie = trie_of(k->table, i);
        if (!*trie) *trie = dab_trie_new(word_keys[i].backwards);
        if (!word_keys[i].read(k, word_keys[i].key, *trie)) return FALSE;
    }
    return TRUE;
}

static gboolean read_characters(DabNumeralKeys *k) {
    for (gunichar ch = '0'; ch <= '9'; ch++)
        k->table->chars[ch] = (DabNumChar){.klass = DAB_NUM_ARABIC, .value = (guint8)(ch - '0')};
    for (guint i = 0; i < G_N_ELEMENTS(class_keys); i++)
        if (!dab_numeral_read_class(k, class_keys[i].key, class_keys[i].klass, class_keys[i].most)) return FALSE;
    if (!dab_numeral_read_enclosed(k)) return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(role_keys); i++)
        if (!dab_numeral_read_role(k, role_keys[i].key, role_keys[i].role)) return FALSE;
    return TRUE;
}

static void mark_known(DabNumerals *t) {
    for (guint ch = 0; ch < DAB_NUM_CHARS; ch++)
        if (t->chars[ch].klass || t->chars[ch].roles) t->known[ch / 64] |= (guint64)1 << (ch % 64);
}

static DabNumerals *table_new(void) {
    DabNumerals *t = g_new0(DabNumerals, 1);
    t->chars = g_new0(DabNumChar, DAB_NUM_CHARS);
    t->names = g_ptr_array_new();
    t->unit_kinds = g_hash_table_new(g_direct_hash, g_direct_equal);
    t->whole = g_hash_table_new(g_direct_hash, g_direct_equal);
    t->literal_values = g_array_new(FALSE, TRUE, sizeof(DabNumLiteral));
    t->context = g_array_new(FALSE, TRUE, sizeof(DabContextRule));
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
    return t;
}

void *dab_numerals_compile(const DabRules *rules, GError **error) {
    const DabYaml *root = dab_rules_node(rules, "numerals");
    if (!root) {
        static const DabYamlFile nowhere = {"rules", ""};
        static const DabYaml empty = {.kind = DAB_YAML_MAPPING, .file = &nowhere, .line = 1, .column = 1};
        dab_yaml_fail(&empty, error, "no rule file has the top-level key \"numerals\"");
        return NULL;
    }
    DabNumerals *t = table_new();
    DabNumeralKeys k = {t, rules, root, error};
    if (check_keys(root, error) && read_characters(&k) && read_words(&k) && dab_numeral_read_unit_kinds(&k) &&
        dab_numeral_read_shares(&k, root, t->shares) && dab_numeral_read_plain(&k) && dab_context_rules_compile(t, rules, error)) {
        mark_known(t);
        return t;
    }
    dab_numerals_free(t);
    return NULL;
}

void dab_numerals_free(void *table) {
    DabNumerals *t = table;
    if (!t) return;
    for (guint i = 0; i < G_N_ELEMENTS(word_keys); i++) g_clear_pointer(trie_of(t, i), dab_trie_free);
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
