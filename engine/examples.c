#include "dabiao/examples.h"

#include <math.h>
#include <string.h>

#include "dabiao/date.h"
#include "engine/draft.h"
#include "engine/example_layout.h"

#define EXAMPLE_YEAR 2021 /* what 今年 means in an example */

/* An example as a document of one passage, perhaps under a heading, perhaps in a cell. */
typedef struct {
    const DabRules *rules;
    const DabRule *rule;
    const DabYaml *example;
    DabPool *pool;
    DabDocument *document;
    DabShape *shape;
    DabMemory *memory;
    DabPlace place; /* of the last sentence */
} Stage;

/* The last passage becomes a cell of a table of one row: the row's name, then the cell in a column of the role and name that the
 * example asks for. */
static void put_in_table(DabDocument *d, const char *role, const char *name, const char *row_name) {
    DabDocTable *t = dab_pool_new0(d->pool, DabDocTable);
    DabTable *layout = dab_pool_new0(d->pool, DabTable);
    *layout = (DabTable){.n_columns = 2, .n_header_rows = !strcmp(role, "header"), .rows = dab_pool_array(d->pool, sizeof(DabRow))};
    *t = (DabDocTable){.layout = layout,
                       .id = "t1",
                       .columns = dab_pool_array(d->pool, sizeof(DabColumn)),
                       .bands = dab_pool_array(d->pool, sizeof(DabBand)),
                       .cell_text = dab_pool_ptr_array(d->pool)};
    DabBand band = {.n_header_rows = layout->n_header_rows, .columns = t->columns};
    g_array_append_val(t->bands, band);
    DabRow row = {.cells = dab_pool_array(d->pool, sizeof(DabCell))};
    const DabColumn columns[] = {{"", "", "", "", g_intern_static_string("indicator")},
                                 {name ? name : "", "", name ? name : "", name ? name : "", g_intern_string(role)}};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        DabCell cell = {.column = i, .row_span = 1, .col_span = 1};
        g_array_append_val(row.cells, cell);
        g_array_append_val(t->columns, columns[i]);
        g_ptr_array_add(t->cell_text, i == 0 && row_name ? (gpointer)row_name : "");
    }
    g_array_append_val(layout->rows, row);
    g_ptr_array_add(d->tables, t);
    DabPassage *p = &g_array_index(d->passages, DabPassage, d->passages->len - 1);
    p->kind = DAB_PASSAGE_CELL;
    p->table = p->row = 0;
    p->cell = 1;
}

static const char *first_of(const char *const *list) {
    return list ? list[0] : NULL;
}

static void set_stage(Stage *s, const char *text) {
    s->pool = dab_pool_new();
    const char *section = dab_yaml_text(s->example, "section"), *column = dab_yaml_text(s->example, "column");
    const char *genre = dab_yaml_text(s->example, "genre");
    const DabWhen *when = s->rule->when;
    const char *next = dab_yaml_text(s->example, "next");
    DabLayout *l = dab_example_layout(s->pool, section, next ? dab_pool_printf(s->pool, "%s%s", text, next) : text);
    static const DabSource source = {.path = "example", .media_type = "text/plain", .sha256 = ""};
    s->document = dab_document_parse(s->pool, s->rules, &source, l);
    s->document->year = EXAMPLE_YEAR;
    if (dab_yaml_text(s->example, "title")) s->document->title = dab_yaml_text(s->example, "title");
    if (!genre && when) genre = first_of(when->genre);
    if (!genre && when && when->role) genre = !strcmp(when->role[0], "target") ? "plan" : "summary";
    if (!genre && !strcmp(s->rule->stage, "finding")) genre = "summary";
    s->document->genre = genre ? genre : "other";
    if (!column && when) column = first_of(when->column);
    if (column && strcmp(column, "none"))
        put_in_table(s->document, column, dab_yaml_text(s->example, "name"), dab_yaml_text(s->example, "row"));
    s->shape = dab_shape_new();
    s->memory = dab_memory_new(s->document, s->rules);
    if (!s->document->sentences->len) return;
    guint last = s->document->sentences->len - 1;
    if (dab_yaml_text(s->example, "next"))
        while (last > 0 && g_array_index(s->document->sentences, DabSentence, last - 1).passage ==
                               g_array_index(s->document->sentences, DabSentence, last).passage)
            last--; /* the example is the first sentence of its passage */
    dab_shape_make(s->shape, s->rules, s->document, &g_array_index(s->document->sentences, DabSentence, last));
    dab_shape_sift(s->shape, s->rules);
    dab_place_make(&s->place, s->document, s->rules, s->memory, last, s->shape);
}

static void clear_stage(Stage *s) {
    dab_memory_free(s->memory);
    dab_shape_free(s->shape);
    dab_pool_free(s->pool);
}

/* The number that the example speaks of: the first in the shape, or the one `number:` says; -1 when there is none. */
static gint example_number(const Stage *s) {
    const char *which = dab_yaml_text(s->example, "number");
    guint at = which ? (guint)g_ascii_strtoull(which, NULL, 10) - 1 : 0, k = 0;
    for (guint i = 0; i < s->shape->tags->len; i++) {
        guint number = g_array_index(s->shape->tags, DabTag, i).number;
        if (!g_array_index(s->document->numbers, DabNumber, number).context && k++ == at) return (gint)number;
    }
    return -1;
}

/* ---- what a rule makes of a text, as a string; NULL when nothing. In the stage's pool. ---- */

static const char *run_context(Stage *s) {
    for (guint i = 0; i < s->document->numbers->len; i++) {
        const DabNumber *n = &g_array_index(s->document->numbers, DabNumber, i);
        if (n->rule && !strcmp(n->rule, s->rule->id))
            return dab_pool_strndup(s->pool, s->document->text->utf8->str + n->span.start, dab_span_len(n->span));
    }
    return NULL;
}

static const char *run_date(Stage *s, const char *text) {
    DabMatch m;
    char iso[11];
    if (!dab_pattern_match(s->rule->pattern, text, strlen(text), 0, &m)) return NULL;
    return dab_date_find(s->rules, text, strlen(text), EXAMPLE_YEAR, iso) ? dab_pool_strdup(s->pool, iso) : NULL;
}

/* Rules of a name or title: what their `set` says, else the group that has the kind's name, else the kind. */
static const char *run_words(Stage *s, const char *text) {
    DabMatch m;
    if (!dab_pattern_match(s->rule->pattern, text, strlen(text), 0, &m)) return NULL;
    static const char *const said[] = {"genre", "claims", "tense", "unit", NULL};
    for (const char *const *key = said; *key; key++)
        if (dab_yaml_text(s->rule->set, *key)) return dab_yaml_text(s->rule->set, *key);
    const char *const groups[] = {s->rule->kind ? s->rule->kind : "", "label", "unit"};
    for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
        int group = dab_pattern_group(s->rule->pattern, groups[i]);
        if (dab_match_has(&m, group))
            return dab_pool_strndup(s->pool, text + m.spans[2 * group], m.spans[2 * group + 1] - m.spans[2 * group]);
    }
    return s->rule->kind;
}

static const char *run_outline(Stage *s, const char *text) {
    DabMatch m;
    if (!dab_pattern_match_here(s->rule->pattern, text, strlen(text), 0, &m)) return NULL;
    int group = dab_pattern_group(s->rule->pattern, "label");
    return dab_pool_strndup(s->pool, text + m.spans[2 * group], m.spans[2 * group + 1] - m.spans[2 * group]);
}

static const char *run_trim(Stage *s, const char *text) {
    if (!g_strcmp0(s->rule->kind, "label")) {
        const char *label = dab_trim_label(s->rules, s->pool, text);
        return strcmp(label, text) ? label : NULL;
    }
    static const char *const of_words[] = {"partial", "nothing", "heading", "clause_tail", NULL};
    if (s->rule->kind && g_strv_contains(of_words, s->rule->kind)) return run_words(s, text);
    DabSpan span = {0, s->shape->text->len};
    if (!dab_trim_once(&s->place, s->rule, &span, NULL)) return NULL;
    DabSpan home = dab_shape_home(s->shape, span.start, span.end);
    return dab_pool_strndup(s->pool, s->document->text->utf8->str + home.start, dab_span_len(home));
}

static const char *run_role(Stage *s) {
    gint number = example_number(s);
    if (number < 0 || dab_role_decide(&s->place, (guint)number) != s->rule) return NULL;
    const char *role = dab_yaml_text(s->rule->set, "role");
    return role ? role : dab_yaml_text(s->rule->set, "context");
}

static char *field_of(const DabReport *r, const DabMeasure *m, const char *key) {
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, m->number);
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    const char *s = NULL;
    if (!strcmp(key, "indicator"))
        s = m->indicator;
    else if (!strcmp(key, "unit"))
        s = m->unit;
    else if (!strcmp(key, "role"))
        s = dab_role_name(m->role);
    else if (!strcmp(key, "change"))
        s = dab_change_name(m->change);
    else if (!strcmp(key, "comparator"))
        s = dab_comparator_sign(m->comparator);
    else if (!strcmp(key, "deadline"))
        s = m->deadline;
    else if (!strcmp(key, "as_of"))
        s = m->as_of;
    else if (!strcmp(key, "scope"))
        s = m->scope;
    else if (!strcmp(key, "value") && n->has_value)
        s = g_ascii_formatd(text, sizeof text, "%.15g", n->value * m->factor);
    else if (!strcmp(key, "low") && n->has_low)
        s = g_ascii_formatd(text, sizeof text, "%.15g", n->low * m->factor);
    else if (!strcmp(key, "high") && n->has_high)
        s = g_ascii_formatd(text, sizeof text, "%.15g", n->high * m->factor);
    return g_strdup(s ? s : "null");
}

/* "key: value, …" for the keys that `gives` asks about; NULL when the rule made no measure of the number. */
static const char *run_measure(Stage *s, const DabYaml *gives) {
    const DabReport *r = dab_report_make(s->document, s->rules);
    gint number = example_number(s);
    gboolean any_rule = !strcmp(s->rule->stage, "time");
    for (guint i = 0; i < r->measures->len; i++) {
        const DabMeasure *m = &g_array_index(r->measures, DabMeasure, i);
        if ((gives && (gint)m->number != number) || (!any_rule && strcmp(m->rule, s->rule->id))) continue;
        g_autoptr(GString) out = g_string_new(NULL);
        for (guint k = 0; gives && k < gives->n; k++) {
            g_autofree char *value = field_of(r, m, gives->pairs[k].key->text);
            g_string_append_printf(out, "%s%s: %s", k ? ", " : "", gives->pairs[k].key->text, value);
        }
        return dab_pool_strdup(s->pool, out->str);
    }
    return NULL;
}

/* A rule of stage "time" must not hold before any number of a `not`. */
static const char *run_time_not(Stage *s) {
    for (guint i = 0; i < s->shape->tags->len; i++) {
        gsize at = g_array_index(s->shape->tags, DabTag, i).at;
        if (dab_around_holds(s->rule, s->shape, at, NULL)) return "a date";
    }
    return NULL;
}

/* What the rule finds in the text: its kind. */
static const char *run_finding(Stage *s) {
    const DabReport *r = dab_report_make(s->document, s->rules);
    for (guint i = 0; i < r->findings->len; i++) {
        const DabFinding *f = &g_array_index(r->findings, DabFinding, i);
        if (!g_strcmp0(f->rule, s->rule->id)) return f->kind;
    }
    return NULL;
}

static const char *run(Stage *s, const char *text, const DabYaml *gives) {
    const char *stage = s->rule->stage;
    if (!strcmp(stage, "context")) return run_context(s);
    if (!strcmp(stage, "date")) return run_date(s, text);
    if (!strcmp(stage, "outline")) return run_outline(s, text);
    if (!strcmp(stage, "trim")) return run_trim(s, text);
    if (!strcmp(stage, "role")) return run_role(s);
    if (!strcmp(stage, "finding")) return run_finding(s);
    if (!strcmp(stage, "time") && !gives) return run_time_not(s);
    if (!strcmp(stage, "measure") || !strcmp(stage, "time")) return run_measure(s, gives);
    return run_words(s, text);
}

static char *wanted(const DabYaml *gives) {
    if (gives->kind == DAB_YAML_SCALAR) return g_strdup(gives->text);
    GString *out = g_string_new(NULL);
    for (guint k = 0; gives->kind == DAB_YAML_MAPPING && k < gives->n; k++)
        g_string_append_printf(out, "%s%s: %s", k ? ", " : "", gives->pairs[k].key->text,
                               gives->pairs[k].value->kind == DAB_YAML_SCALAR ? gives->pairs[k].value->text : "?");
    return g_string_free(out, FALSE);
}

/* NULL when the example holds, else what is wrong with it. Free with g_free. */
static char *check(Stage *s) {
    const char *text = dab_yaml_text(s->example, "text"), *not_text = dab_yaml_text(s->example, "not");
    const DabYaml *gives = text ? dab_yaml_get(s->example, "gives") : NULL;
    set_stage(s, text ? text : not_text);
    const char *got = run(s, text ? text : not_text, gives);
    char *message = NULL;
    if (text) {
        g_autofree char *want = wanted(gives);
        if (g_strcmp0(want, got))
            message = g_strdup_printf("%s: wanted \"%s\", got %s%s%s", s->rule->id, want, got ? "\"" : "",
                                      got ? got : "nothing by this rule", got ? "\"" : "");
    } else if (got) {
        message = g_strdup_printf("%s: must not match, but gives \"%s\"", s->rule->id, got);
    }
    clear_stage(s);
    return message;
}

DabExampleCount dab_rules_test(const DabRules *rules, DabExampleFailed failed, gpointer data) {
    DabExampleCount count = {0};
    for (const char *const *stage = dab_stage_names; *stage; stage++) {
        const GPtrArray *list = dab_rules_stage(rules, *stage);
        for (guint i = 0; i < list->len; i++) {
            const DabRule *rule = list->pdata[i];
            const DabYaml *examples = dab_yaml_get(rule->node, "examples");
            count.rules++;
            if (!examples) count.rules_without++;
            for (guint k = 0; examples && k < examples->n; k++) {
                Stage s = {.rules = rules, .rule = rule, .example = examples->items[k]};
                g_autofree char *message = check(&s);
                if (!message) {
                    count.passed++;
                    continue;
                }
                count.failed++;
                g_autoptr(GError) error = NULL;
                dab_yaml_fail(examples->items[k], &error, "%s", message);
                failed(error->message, data);
            }
        }
    }
    return count;
}
