/* The rules of the stage "context" → what context.c tries where: alone, or joined into one pattern. */
#include <string.h>

#include "parsers/numerals.h"

typedef struct {
    DabNumerals *t;
    const DabRules *rules;
    const DabYaml *root;
    GError **error;
} Compile;

/* The bit of a character that context rules need. */
static gboolean need(Compile *c, const DabYaml *node, gunichar ch, guint64 *bits) {
    DabNumerals *t = c->t;
    guint i = 0;
    while (i < t->n_needed && t->needed[i] != ch) i++;
    if (i == DAB_MAX_NEEDED || ch >= DAB_NUM_CHARS)
        return dab_yaml_fail(node, c->error, "all `needs` together may name %d characters of the Basic Multilingual Plane",
                             DAB_MAX_NEEDED);
    t->needed[i] = ch;
    t->n_needed = MAX(t->n_needed, i + 1);
    t->chars[ch].roles |= DAB_NUM_NEEDED;
    *bits |= (guint64)1 << i;
    return TRUE;
}

/* `set: {needs: 第前}`: the rule is tried only where one of these characters stands. */
static gboolean read_needs(Compile *c, const DabRule *rule, guint64 *bits) {
    const DabYaml *node = dab_yaml_get(rule->set, "needs");
    const char *text = node ? dab_yaml_text(rule->set, "needs") : "";
    if (!text) return dab_yaml_fail(node, c->error, "needs is a text of characters, or latin");
    if (!strcmp(text, "latin")) {
        *bits = (guint64)1 << DAB_NEEDS_LATIN;
        text = "";
    }
    for (; *text; text = g_utf8_next_char(text))
        if (!need(c, node, g_utf8_get_char(text), bits)) return FALSE;
    return TRUE;
}

/* The words that may follow the figures. */
static gboolean add_next(Compile *c, DabTrie *trie, const DabYaml *words) {
    for (guint i = 0; i < words->n; i++) {
        if (words->items[i]->kind != DAB_YAML_SCALAR) return dab_yaml_fail(words->items[i], c->error, "must be a word");
        dab_trie_add(trie, words->items[i]->text, 0);
    }
    return TRUE;
}

/* A rule with `set: {at: number}` is tried only where a numeral begins. \G and not an anchored match: JIT knows only the first. */
static gboolean add_rule(Compile *c, const DabRule *rule, guint order) {
    DabContextRule r = {.rule = rule, .pattern = rule->pattern, .order = order, .arabic = TRUE, .hanzi = TRUE};
    const char *at = dab_yaml_text(rule->set, "at"), *regex = dab_yaml_text(rule->node, "pattern");
    if (!r.pattern || !regex || !rule->kind)
        return dab_yaml_fail(rule->node, c->error, "a context rule needs a pattern and a kind");
    if (!read_needs(c, rule, &r.needs)) return FALSE;
    r.at_start = !g_strcmp0(at, "start");
    if (r.at_start) at = NULL;
    if (at && dab_pattern_group(r.pattern, "claim") >= 0)
        return dab_yaml_fail(dab_yaml_get(rule->set, "at"), c->error,
                             "a rule with `at` claims its whole match: use lookarounds, not a group `claim`");
    if (at && strcmp(at, "number") && strcmp(at, "digit") && strcmp(at, "hanzi"))
        return dab_yaml_fail(dab_yaml_get(rule->set, "at"), c->error, "at is number, digit, hanzi or start");
    if (at) {
        g_autofree char *anchored = g_strdup_printf("\\G(?:%s)", regex);
        if (!(r.pattern = dab_rules_compile(c->rules, anchored, dab_yaml_get(rule->node, "pattern"), c->error))) return FALSE;
        r.owned = TRUE;
        r.arabic = strcmp(at, "hanzi") != 0;
        r.hanzi = strcmp(at, "digit") != 0;
        const DabYaml *next = dab_yaml_get(rule->set, "next");
        r.has_next = next != NULL;
        if (next && (next->kind != DAB_YAML_SEQUENCE || !next->n)) return dab_yaml_fail(next, c->error, "next is a list of words");
        if (next && r.arabic && !add_next(c, c->t->next_digit, next)) return FALSE;
        if (next && r.hanzi && !add_next(c, c->t->next_hanzi, next)) return FALSE;
    }
    r.claim = dab_pattern_group(r.pattern, "claim");
    g_array_append_val(at ? c->t->at_number : c->t->rules, r);
    return TRUE;
}

static gboolean is_joined(const DabContextRule *r, guint which) {
    return (which & DAB_JOINED_HANZI ? r->hanzi : r->arabic) && !(which & DAB_JOINED_FEW && r->has_next);
}

/* The rules of `at_number` of one kind, best first, as named alternatives of one pattern. */
static gboolean join_rules(Compile *c, guint which) {
    g_autoptr(GString) regex = g_string_new("\\G(?:");
    guint n = 0;
    for (guint i = 0; i < c->t->at_number->len; i++) {
        DabContextRule *r = &g_array_index(c->t->at_number, DabContextRule, i);
        r->in[which] = -1;
        if (!is_joined(r, which)) continue;
        g_string_append_printf(regex, "%s(?<rule%u>%s)", n++ ? "|" : "", i, dab_yaml_text(r->rule->node, "pattern"));
    }
    g_string_append_c(regex, ')');
    if (!n) return TRUE;
    DabPattern *joined = c->t->joined[which] = dab_rules_compile(c->rules, regex->str, c->root, c->error);
    for (guint i = 0; joined && i < c->t->at_number->len; i++) {
        DabContextRule *r = &g_array_index(c->t->at_number, DabContextRule, i);
        char name[32];
        g_snprintf(name, sizeof name, "rule%u", i);
        r->in[which] = dab_pattern_group(joined, name);
    }
    return joined != NULL;
}

gboolean dab_context_rules_compile(DabNumerals *t, const DabRules *rules, const DabYaml *root, GError **error) {
    Compile c = {t, rules, root, error};
    const GPtrArray *stage = dab_rules_stage(rules, "context");
    t->next_digit = dab_trie_new(FALSE);
    t->next_hanzi = dab_trie_new(FALSE);
    for (guint i = 0; i < stage->len; i++)
        if (!add_rule(&c, stage->pdata[i], i)) return FALSE;
    for (guint which = 0; which < G_N_ELEMENTS(t->joined); which++)
        if (!join_rules(&c, which)) return FALSE;
    return TRUE;
}
