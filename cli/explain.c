#include "cli/explain.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"
#include "engine/reading.h"
#include "engine/rule_set.h"

#define MARGIN 6 /* columns before what is said of a number */

typedef struct {
    const DabReport *report;
    const DabRule *asked;
    DabPlace place;
    DabReading *readings; /* of the sentence's numbers */
} Explain;

const DabRule *dab_cli_find_rule(const DabRules *rules, const char *id) {
    for (const char *const *stage = dab_stage_names; *stage; stage++) {
        const GPtrArray *list = dab_rules_stage(rules, *stage);
        for (guint i = 0; id && i < list->len; i++)
            if (!strcmp(((const DabRule *)list->pdata[i])->id, id)) return list->pdata[i];
    }
    return NULL;
}

/* "named    level.named  70-measures.yaml:883  a name, then its figure" */
static void put_rule(const char *what, const DabRule *rule) {
    if (!rule) return;
    const char *says = dab_yaml_text(rule->node, "says");
    g_autofree char *file = g_path_get_basename(rule->node->file->name);
    printf("%*s%-8s ", MARGIN, "", what);
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    fputs(rule->id, stdout);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    printf("  %s:%u  ", file, rule->node->line);
    dab_terminal_ink(stdout, DAB_INK_DIM);
    dab_terminal_put(stdout, says ? says : "", G_MAXINT);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
}

static void put_span(const char *text, DabSpan span) {
    g_autofree char *part = g_strndup(text + span.start, dab_span_len(span));
    dab_terminal_put(stdout, part, G_MAXINT);
}

/* The shape as patterns name it: {percent} for a tag. */
static void put_shape(const DabShape *shape) {
    static const char *const numbers[] = {"number", "percent", "permille", "points", "money",
                                          "count",  "amount",  "ratio",    "times",  "span"};
    for (const char *at = shape->text->str; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        const char *tag = c == DAB_TAG_DATE                                                 ? "date"
                          : c == DAB_TAG_DAY                                                ? "day"
                          : c >= DAB_TAG_FIRST && c - DAB_TAG_FIRST < G_N_ELEMENTS(numbers) ? numbers[c - DAB_TAG_FIRST]
                                                                                            : NULL;
        g_autofree char *part = tag ? g_strdup_printf("{%s}", tag) : g_strndup(at, (gsize)(g_utf8_next_char(at) - at));
        dab_terminal_put(stdout, part, G_MAXINT);
    }
    putchar('\n');
}

/* Whether the pattern of a measure rule reads the number whose tag stands at `at`. */
static gboolean pattern_reads(const DabRule *rule, const DabShape *shape, gsize at) {
    DabMatch m;
    for (gsize from = 0;
         from < shape->text->len && dab_pattern_match(rule->pattern, shape->text->str, shape->text->len, from, &m);) {
        if (rule->groups.n > 0 && m.spans[2 * rule->groups.n] == at) return TRUE;
        from = m.spans[0] >= from ? m.spans[0] : from;
        from = (gsize)(g_utf8_next_char(shape->text->str + from) - shape->text->str);
    }
    return FALSE;
}

static gboolean side_matches(DabPattern *pattern, const char *text, gsize len) {
    DabMatch m;
    return !pattern || dab_pattern_match(pattern, text, len, 0, &m);
}

/* What a rule of the stages measure, role and time lacks to hold for a number; NULL: nothing. */
static const char *lacks(const Explain *e, const DabRule *rule, const DabNumber *n, gsize at, const char *role) {
    const DabShape *shape = e->place.shape;
    const char *text = shape->text->str;
    gsize end = at + DAB_TAG_BYTES;
    if (rule->pattern && !strcmp(rule->stage, "measure") && !pattern_reads(rule, shape, at))
        return "its pattern does not match the shape";
    if (!side_matches(strcmp(rule->stage, "measure") ? rule->pattern : NULL, text, shape->text->len))
        return "its pattern does not match the shape";
    if (!side_matches(rule->before, text, at)) return "its `before` does not match the shape up to the number";
    if (!side_matches(rule->after, text + end, shape->text->len - end))
        return "its `after` does not match the shape behind the number";
    return dab_when_holds(rule->when, &e->place, n, role) ? NULL : "its `when` does not hold here";
}

/* What the rule that was asked about lacks, or which one came before it. */
static void put_asked(const Explain *e, const DabNumber *n, gsize at, const char *role, const DabRule *winner) {
    const DabRule *rule = e->asked;
    const char *missing = lacks(e, rule, n, at, role);
    printf("%*s%-8s %s (priority %d): ", MARGIN, "", "asked", rule->id, rule->priority);
    if (missing)
        puts(missing);
    else if (!winner || winner == rule || strcmp(winner->stage, rule->stage))
        puts("holds");
    else
        printf("would hold, but %s (priority %d) comes before it\n", winner->id, winner->priority);
}

static const DabMeasure *measure_of(const DabReport *report, guint number) {
    for (guint i = 0; i < report->measures->len; i++) {
        const DabMeasure *m = &g_array_index(report->measures, DabMeasure, i);
        if (m->number == number) return m;
    }
    return NULL;
}

static void put_measure(const DabReport *report, const DabMeasure *m) {
    const DabNumber *n = &g_array_index(report->document->numbers, DabNumber, m->number);
    char low[G_ASCII_DTOSTR_BUF_SIZE] = "", high[G_ASCII_DTOSTR_BUF_SIZE] = "";
    gboolean range = n->has_low || n->has_high;
    if (!range || n->has_low) g_ascii_formatd(low, sizeof low, "%.15g", (range ? n->low : n->value) * m->factor);
    if (n->has_high) g_ascii_formatd(high, sizeof high, "%.15g", n->high * m->factor);
    dab_terminal_ink(stdout, DAB_INK_GREEN);
    printf("%s", dab_role_name(m->role));
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    g_autoptr(GString) line = g_string_new(NULL);
    const char *change = dab_change_name(m->change), *sign = m->comparator == DAB_EQ ? "" : dab_comparator_sign(m->comparator);
    g_string_append_printf(line, "  %s  %s%s%s%s%s%s%s%s%s", m->indicator, change ? change : "", change ? " " : "", sign,
                           *sign ? " " : "", low, range ? "-" : "", high, *m->unit ? " " : "", m->unit);
    if (m->deadline) g_string_append_printf(line, ", by %s", m->deadline);
    if (m->as_of) g_string_append_printf(line, ", as of %s", m->as_of);
    if (m->scope) g_string_append_printf(line, ", scope %s", m->scope);
    dab_terminal_put(stdout, line->str, G_MAXINT);
    putchar('\n');
}

static void put_context(const DabRules *rules, const char *kind, const char *rule) {
    dab_terminal_ink(stdout, DAB_INK_DIM);
    printf("context: %s", kind);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    puts(rule ? "" : ", by a word list or the number's own form");
    put_rule("claimed", dab_cli_find_rule(rules, rule));
}

static void explain_number(const Explain *e, guint i) {
    const DabPlace *p = &e->place;
    guint number = p->sentence->first_number + i;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    const DabReading *reading = &e->readings[i];
    gssize at = dab_shape_find(p->shape, number);
    fputs("  ", stdout);
    dab_terminal_ink(stdout, DAB_INK_BOLD);
    put_span(p->document->text->utf8->str, n->extent.end > n->extent.start ? n->extent : n->span);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    fputs("  ", stdout);
    if (n->context || at < 0) {
        put_context(p->rules, n->kind, n->rule);
        return;
    }
    const DabMeasure *m = measure_of(e->report, number);
    const DabRule *role = dab_role_decide(p, reading->like >= 0 && reading->rule ? (guint)reading->like : number);
    if (m)
        put_measure(e->report, m);
    else if (role && role->said.context)
        put_context(p->rules, role->said.context, role->id);
    else
        printf("unclaimed: %s\n", !reading->rule ? "no rule of stage measure reads it"
                                  : !role        ? "no rule of stage role holds"
                                                 : "nothing names it");
    put_rule("read", reading->rule);
    if (!role || !role->said.context) put_rule("role", reading->rule && reading->rule->said.role ? reading->rule : role);
    const char *said = m ? dab_role_name(m->role) : NULL;
    gboolean asks_role = e->asked && !strcmp(e->asked->stage, "role"),
             asks_measure = e->asked && !strcmp(e->asked->stage, "measure");
    if (e->asked) put_asked(e, n, (gsize)at, asks_role ? NULL : said, asks_role ? role : asks_measure ? reading->rule : NULL);
}

/* Where the sentence stands, as conditions ask. */
static void put_place(const DabPlace *p) {
    const DabDocument *d = p->document;
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_append_printf(line, "genre %s, tense %s", p->genre, p->sentence->tense);
    if (d->year) g_string_append_printf(line, ", year %d", d->year);
    if (p->passage->section >= 0) {
        const DabSection *s = &g_array_index(d->sections, DabSection, p->passage->section);
        g_string_append_printf(line, ", section %s%s", s->label, s->title);
    }
    if (p->table) g_string_append_printf(line, ", column %s (%s), row %s", p->column_name, p->column_role, p->row_label);
    dab_terminal_ink(stdout, DAB_INK_DIM);
    fputs("place  ", stdout);
    dab_terminal_put(stdout, line->str, G_MAXINT);
    dab_terminal_ink(stdout, DAB_INK_PLAIN);
    putchar('\n');
}

static gboolean wanted(const DabDocument *d, const DabSentence *s, const char *words) {
    if (g_array_index(d->passages, DabPassage, s->passage).kind == DAB_PASSAGE_FURNITURE || !s->n_numbers) return FALSE;
    return !words || g_strstr_len(d->text->utf8->str + s->span.start, (gssize)dab_span_len(s->span), words);
}

guint dab_cli_explain(const DabDocument *d, const DabRules *rules, const char *words, const DabRule *asked) {
    Explain e = {.report = dab_report_make(d, rules), .asked = asked};
    g_autoptr(DabMemory) memory = dab_memory_new(d, rules);
    g_autoptr(DabShape) shape = dab_shape_new();
    guint n = 0;
    for (guint i = 0; i < d->sentences->len; i++) {
        const DabSentence *s = &g_array_index(d->sentences, DabSentence, i);
        if (!wanted(d, s, words)) continue;
        if (n++) putchar('\n');
        dab_shape_make(shape, rules, d, s);
        dab_shape_sift(shape, rules);
        dab_place_make(&e.place, d, rules, memory, i, shape);
        g_autofree DabReading *readings = e.readings = g_new0(DabReading, s->n_numbers);
        for (guint k = 0; k < s->n_numbers; k++) readings[k].like = readings[k].unit_like = -1;
        if (shape->kinds) {
            dab_readings_make(&e.place, readings);
            dab_lists_share(&e.place, readings);
        }
        put_span(d->text->utf8->str, s->span);
        putchar('\n');
        put_place(&e.place);
        fputs("shape  ", stdout);
        put_shape(shape);
        for (guint k = 0; k < s->n_numbers; k++) explain_number(&e, k);
    }
    return n;
}
