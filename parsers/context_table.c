/* The rules of the stage "context" → what context.c tries where. */
#include <string.h>

#include "parsers/numerals.h"

/* Rules of a higher priority claim before the lexicons do, the others after. */
#define LEXICON_PRIORITY 60

typedef struct {
    DabNumerals *t;
    const DabRules *rules;
    DabPool *pool; /* while compiling */
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
static const DabWords *read_next(Compile *c, const DabYaml *list) {
    if (list->kind != DAB_YAML_SEQUENCE || !list->n) {
        dab_yaml_fail(list, c->error, "next is a list of words");
        return NULL;
    }
    DabWords *words = dab_pool_new0(c->pool, DabWords);
    words->list = dab_pool_alloc(c->pool, list->n * sizeof *words->list);
    for (guint i = 0; i < list->n; i++) {
        if (list->items[i]->kind != DAB_YAML_SCALAR || !*list->items[i]->text) {
            dab_yaml_fail(list->items[i], c->error, "must be a word");
            return NULL;
        }
        words->list[words->n++] = list->items[i]->text;
    }
    return words;
}

static void set_bit(guint64 *bits, guint at) {
    bits[at / 64] |= (guint64)1 << (at % 64);
}

/* A rule with `set: {at: number}` is tried only where a numeral begins. \G and not an anchored match: JIT knows only the first. */
static gboolean add_rule(Compile *c, const DabRule *rule, guint order) {
    DabNumerals *t = c->t;
    const DabNeeds *needs = rule->pattern_needs;
    DabContextRule r = {.rule = rule, .pattern = rule->pattern};
    const char *at = dab_yaml_text(rule->set, "at"), *regex = dab_yaml_text(rule->node, "pattern");
    if (!r.pattern || !regex || !rule->kind)
        return dab_yaml_fail(rule->node, c->error, "a context rule needs a pattern and a kind");
    if (!read_needs(c, rule, &r.needs)) return FALSE;
    r.at_start = !g_strcmp0(at, "start") || needs->first;
    if (!g_strcmp0(at, "start")) at = NULL;
    if (at && dab_pattern_group(r.pattern, "claim") >= 0)
        return dab_yaml_fail(dab_yaml_get(rule->set, "at"), c->error,
                             "a rule with `at` claims its whole match: use lookarounds, not a group `claim`");
    if (at && strcmp(at, "number") && strcmp(at, "digit") && strcmp(at, "hanzi"))
        return dab_yaml_fail(dab_yaml_get(rule->set, "at"), c->error, "at is number, digit, hanzi or start");
    if (at) {
        g_autofree char *anchored = g_strdup_printf("\\G(?:%s)", regex);
        if (!(r.pattern = dab_rules_compile(c->rules, anchored, dab_yaml_get(rule->node, "pattern"), c->error))) return FALSE;
        r.at_number = TRUE;
        g_array_append_val(t->context, r); /* which frees the pattern from now on */
        const DabYaml *next = dab_yaml_get(rule->set, "next");
        const DabWords *words = next ? read_next(c, next) : NULL;
        if (next && !words) return FALSE;
        if (strcmp(at, "hanzi")) set_bit(t->of_digits, order);
        if (strcmp(at, "digit")) set_bit(t->of_hanzi, order);
        for (guint n = needs->digits; n <= DAB_MAX_DIGITS; n++) set_bit(t->of_length + n * dab_sieve_size(t->likely), order);
        dab_sieve_ask(t->next, order, words);
        dab_sieve_ask(t->left, order, needs->left);
        dab_sieve_ask(t->head, order, needs->head);
    } else {
        g_array_append_val(t->context, r);
        set_bit(t->searched, order);
        dab_sieve_ask(t->start, order, needs->first);
    }
    gboolean guarded = at && dab_yaml_get(rule->set, "next"); /* asked there for less than a walk takes */
    for (guint i = 0; !guarded && i < needs->n; i++) dab_sieve_ask(t->likely, order, needs->anywhere[i]);
    g_array_index(t->context, DabContextRule, order).claim = dab_pattern_group(r.pattern, "claim");
    if (rule->priority > LEXICON_PRIORITY) t->first_behind_words = order + 1;
    return TRUE;
}

gboolean dab_context_rules_compile(DabNumerals *t, const DabRules *rules, GError **error) {
    g_autoptr(DabPool) pool = dab_pool_new();
    Compile c = {t, rules, pool, error};
    const GPtrArray *stage = dab_rules_stage(rules, "context");
    t->all_rules = rules;
    t->next = dab_sieve_new(stage->len, DAB_SIEVE_PLAIN);
    t->start = dab_sieve_new(stage->len, DAB_SIEVE_PLAIN);
    t->likely = dab_sieve_new(stage->len, DAB_SIEVE_PLAIN);
    t->head = dab_sieve_new(stage->len, DAB_SIEVE_PLAIN);
    t->left = dab_sieve_new(stage->len, DAB_SIEVE_BACKWARDS);
    guint size = dab_sieve_size(t->likely);
    t->of_digits = g_new0(guint64, size);
    t->of_hanzi = g_new0(guint64, size);
    t->searched = g_new0(guint64, size);
    t->of_length = g_new0(guint64, size * (DAB_MAX_DIGITS + 1));
    t->wanted = g_new0(guint64, size);
    t->here = g_new0(guint64, size);
    for (guint i = 0; i < stage->len; i++)
        if (!add_rule(&c, stage->pdata[i], i)) return FALSE;
    DabSieve *const sieves[] = {t->next, t->start, t->likely, t->head, t->left};
    for (guint i = 0; i < G_N_ELEMENTS(sieves); i++) dab_sieve_close(sieves[i]);
    return TRUE;
}
