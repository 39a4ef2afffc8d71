/* One rule of a rule file → DabRule. */
#include <stdlib.h>
#include <string.h>

#include "engine/findings.h"
#include "engine/fragments.h"
#include "engine/rule_set.h"
#include "engine/tails.h"

const char *const dab_stage_names[] = {"outline", "tense", "column",  "chart", "document", "context", "date",
                                       "role",    "trim",  "measure", "time",  "link",     "finding", NULL};

static const char *const rule_keys[] = {"id",     "stage", "kind", "priority", "says",     "pattern",
                                        "before", "after", "when", "set",      "examples", NULL};
static const char *const when_keys[] = {"genre", "column", "number",  "unit", "comparator", "year",  "place", "role",
                                        "tense", "raw",    "section", "name", "next",       "title", NULL};
static const char *const example_keys[] = {"text",   "gives", "not", "number", "genre", "section",
                                           "column", "name",  "row", "next",   "title", NULL};

/* A single word or a list of words → NULL-terminated, interned. */
static const char **read_list(DabRules *r, const DabYaml *node, GError **error) {
    guint n = node->kind == DAB_YAML_SCALAR ? 1 : node->n;
    const char **list = dab_pool_alloc(r->pool, (n + 1) * sizeof *list);
    for (guint i = 0; i < n; i++) {
        const DabYaml *item = node->kind == DAB_YAML_SCALAR ? node : node->kind == DAB_YAML_SEQUENCE ? node->items[i] : NULL;
        if (!item || item->kind != DAB_YAML_SCALAR) {
            dab_yaml_fail(node, error, "must be a word or a list of words");
            return NULL;
        }
        list[i] = g_intern_string(item->text);
    }
    return list;
}

static DabPattern *read_pattern(DabRules *r, const DabYaml *node, const DabNeeds **needs, GError **error) {
    if (node->kind != DAB_YAML_SCALAR) {
        dab_yaml_fail(node, error, "a pattern must be a single value");
        return NULL;
    }
    DabPattern *p = dab_rules_compile_with_needs(r, node->text, node, needs, error);
    return p ? dab_pool_own(r->pool, p, (GDestroyNotify)dab_pattern_free) : NULL;
}

static const DabWhen *read_when(DabRules *r, const DabYaml *node, GError **error) {
    if (node->kind != DAB_YAML_MAPPING) {
        dab_yaml_fail(node, error, "when must be a mapping");
        return NULL;
    }
    if (!dab_yaml_only(node, when_keys, error)) return NULL;
    DabWhen *w = dab_pool_new0(r->pool, DabWhen);
    const char ***lists[] = {&w->genre, &w->column, &w->number, &w->unit, &w->comparator, &w->year, &w->place, &w->role, &w->tense};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        const DabYaml *value = dab_yaml_get(node, when_keys[i]);
        if (value && !(*lists[i] = read_list(r, value, error))) return NULL;
    }
    for (guint i = 0; w->unit && w->unit[i]; i++)
        if (!dab_rules_words(r, w->unit[i])) {
            dab_yaml_fail(dab_yaml_get(node, "unit"), error, "no word list has the name \"%s\"", w->unit[i]);
            return NULL;
        }
    const DabYaml *section = dab_yaml_get(node, "section"), *name = dab_yaml_get(node, "name"), *raw = dab_yaml_get(node, "raw");
    const DabYaml *next = dab_yaml_get(node, "next"), *title = dab_yaml_get(node, "title");
    if (raw && !(w->raw = read_pattern(r, raw, NULL, error))) return NULL;
    if (section && !(w->section = read_pattern(r, section, NULL, error))) return NULL;
    if (name && !(w->name = read_pattern(r, name, NULL, error))) return NULL;
    if (next && !(w->next = read_pattern(r, next, NULL, error))) return NULL;
    if (title && !(w->title = read_pattern(r, title, NULL, error))) return NULL;
    return w;
}

static gboolean check_examples(const DabYaml *examples, GError **error) {
    if (examples->kind != DAB_YAML_SEQUENCE) return dab_yaml_fail(examples, error, "examples must be a list");
    for (guint i = 0; i < examples->n; i++) {
        const DabYaml *e = examples->items[i];
        if (e->kind != DAB_YAML_MAPPING) return dab_yaml_fail(e, error, "an example is `text: …` with `gives: …`, or `not: …`");
        if (!dab_yaml_only(e, example_keys, error)) return FALSE;
        if (!dab_yaml_text(e, "text") == !dab_yaml_text(e, "not"))
            return dab_yaml_fail(e, error, "an example has `text:` (must match) or `not:` (must not match)");
        if (dab_yaml_text(e, "text") && !dab_yaml_get(e, "gives"))
            return dab_yaml_fail(e, error, "`gives:` says what the match must give");
    }
    return TRUE;
}

/* A section begins with its label: the rest of the sentence need not be searched. */
static gboolean anchor(DabRules *r, DabRule *rule, const DabYaml *pattern, GError **error) {
    g_autofree char *anchored = g_strdup_printf("\\G(?:%s)", pattern->text);
    rule->pattern = dab_rules_compile_with_needs(r, anchored, pattern, &rule->pattern_needs, error);
    return rule->pattern && dab_pool_own(r->pool, rule->pattern, (GDestroyNotify)dab_pattern_free);
}

#define PROBE "\001" /* a tail that this text begins with asks for nothing */

/* What must stand behind the number of a measure rule. Rules that ask the same share one pattern. */
static void read_tail(DabRules *r, DabRule *rule, const DabYaml *pattern) {
    const char *text = dab_tail_of(pattern->text);
    if (!text) return;
    const DabRule *other = g_hash_table_lookup(r->tails, text);
    if (other) {
        rule->tail = other->tail;
        rule->tail_index = other->tail_index;
        return;
    }
    g_autofree char *anchored = g_strdup_printf("\\G(?:%s)", text);
    DabPattern *tail = dab_rules_compile(r, anchored, pattern, NULL);
    DabMatch m;
    if (tail) dab_pool_own(r->pool, tail, (GDestroyNotify)dab_pattern_free);
    if (!tail || dab_pattern_match(tail, PROBE, strlen(PROBE), 0, &m)) return;
    rule->tail = tail;
    rule->tail_index = g_hash_table_size(r->tails);
    g_hash_table_insert(r->tails, (gpointer)text, rule);
}

static void read_groups(DabRule *rule) {
    const struct {
        int *number;
        const char *name;
    } groups[] = {{&rule->groups.n, "N"},           {&rule->groups.prefix, "prefix"}, {&rule->groups.indicator, "indicator"},
                  {&rule->groups.object, "object"}, {&rule->groups.since, "since"},   {&rule->groups.scope, "scope"}};
    for (guint i = 0; i < G_N_ELEMENTS(groups); i++)
        *groups[i].number = rule->pattern ? dab_pattern_group(rule->pattern, groups[i].name) : -1;
}

static void read_said(DabRule *rule) {
    rule->said = (DabSaid){.role = dab_yaml_text(rule->set, "role"),
                           .context = dab_yaml_text(rule->set, "context"),
                           .change = dab_yaml_text(rule->set, "change"),
                           .unit = dab_yaml_text(rule->set, "unit"),
                           .comparator = dab_yaml_text(rule->set, "comparator"),
                           .carry = !g_strcmp0(dab_yaml_text(rule->set, "carry"), "true")};
    if (rule->said.context) rule->said.context = g_intern_string(rule->said.context);
}

DabRule *dab_rule_new(DabRules *r, const DabYaml *node, GError **error) {
    if (node->kind != DAB_YAML_MAPPING) {
        dab_yaml_fail(node, error, "a rule must be a mapping (key: value)");
        return NULL;
    }
    if (!dab_yaml_only(node, rule_keys, error)) return NULL;
    DabRule *rule = dab_pool_new0(r->pool, DabRule);
    const char *id = dab_yaml_text(node, "id"), *stage = dab_yaml_text(node, "stage");
    const DabYaml *pattern = dab_yaml_get(node, "pattern"), *when = dab_yaml_get(node, "when");
    const DabYaml *examples = dab_yaml_get(node, "examples"), *set = dab_yaml_get(node, "set");
    if (!id || !stage) {
        dab_yaml_fail(node, error, "a rule needs an id and a stage");
        return NULL;
    }
    if (!g_hash_table_contains(r->stages, stage)) {
        g_autofree char *known = g_strjoinv(", ", (char **)dab_stage_names);
        dab_yaml_fail(dab_yaml_get(node, "stage"), error, "unknown stage \"%s\"; known: %s", stage, known);
        return NULL;
    }
    *rule = (DabRule){.id = id, .stage = g_intern_string(stage), .node = node, .set = set, .priority = 50};
    if (dab_yaml_text(node, "kind")) rule->kind = g_intern_string(dab_yaml_text(node, "kind"));
    const char *priority = dab_yaml_text(node, "priority");
    if (priority) {
        gint64 value;
        if (!g_ascii_string_to_signed(priority, 10, 0, 1000, &value, NULL)) {
            dab_yaml_fail(dab_yaml_get(node, "priority"), error, "a priority is a number from 0 to 1000");
            return NULL;
        }
        rule->priority = (gint)value;
    }
    const DabYaml *before = dab_yaml_get(node, "before"), *after = dab_yaml_get(node, "after");
    const char *check = set && set->kind == DAB_YAML_MAPPING ? dab_yaml_text(set, "check") : NULL;
    if (check && !strcmp(stage, "finding") && !dab_finding_is_known(check)) {
        dab_yaml_fail(dab_yaml_get(set, "check"), error, "there is no check \"%s\"", check);
        return NULL;
    }
    if (!pattern && !when && !before && !after && !check) {
        dab_yaml_fail(node, error, "a rule needs a pattern, a `before`, an `after` or a `when`");
        return NULL;
    }
    if (set && set->kind != DAB_YAML_MAPPING) {
        dab_yaml_fail(set, error, "set must be a mapping");
        return NULL;
    }
    if (pattern && !(rule->pattern = read_pattern(r, pattern, &rule->pattern_needs, error))) return NULL;
    if (pattern && !strcmp(rule->stage, "outline") && !anchor(r, rule, pattern, error)) return NULL;
    if (pattern) rule->number_tags = dab_fragments_number_tags(pattern->text);
    if (before && !(rule->before = read_pattern(r, before, &rule->before_needs, error))) return NULL;
    if (after && !(rule->after = read_pattern(r, after, &rule->after_needs, error))) return NULL;
    if (when && !(rule->when = read_when(r, when, error))) return NULL;
    if (pattern && !strcmp(rule->stage, "measure")) read_tail(r, rule, pattern);
    read_groups(rule);
    read_said(rule);
    if (examples && !check_examples(examples, error)) return NULL;
    return rule;
}
