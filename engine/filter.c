#include "engine/filter.h"

#include <string.h>

#include "engine/fragments.h"
#include "engine/rule_set.h"

static void ask_anywhere(DabSieve *sieve, guint entry, const DabNeeds *needs) {
    for (guint i = 0; needs && i < needs->n; i++) dab_sieve_ask(sieve, entry, needs->anywhere[i]);
}

/* `kinds`: NULL for all. */
static gboolean is_of_kinds(const DabRule *rule, char **kinds) {
    return !kinds || (rule->kind && g_strv_contains((const gchar *const *)kinds, rule->kind));
}

DabFilter *dab_filter_new(const GPtrArray *rules, const char *kind) {
    DabFilter *f = g_new0(DabFilter, 1);
    g_auto(GStrv) kinds = kind ? g_strsplit(kind, "|", -1) : NULL;
    f->kind = g_intern_string(kind);
    f->rules = g_ptr_array_new();
    for (guint i = 0; i < rules->len; i++) {
        DabRule *rule = rules->pdata[i];
        if (is_of_kinds(rule, kinds)) g_ptr_array_add(f->rules, rule);
    }
    guint n = f->rules->len;
    f->anywhere = dab_sieve_new(n, DAB_SIEVE_FRAMED);
    f->first = dab_sieve_new(n, DAB_SIEVE_PLAIN);
    f->last = dab_sieve_new(n, DAB_SIEVE_BACKWARDS);
    f->size = dab_sieve_size(f->anywhere);
    f->bits = g_new0(guint64, f->size);
    f->asking = g_new0(guint64, f->size);
    for (guint i = 0; i < n; i++) {
        const DabNeeds *needs = ((const DabRule *)f->rules->pdata[i])->pattern_needs;
        if (!needs) continue;
        ask_anywhere(f->anywhere, i, needs);
        dab_sieve_ask(f->first, i, needs->first);
        dab_sieve_ask(f->last, i, needs->last);
        if (needs->n) f->asking[i / 64] |= (guint64)1 << (i % 64);
    }
    dab_sieve_close(f->anywhere);
    dab_sieve_close(f->first);
    dab_sieve_close(f->last);
    return f;
}

void dab_filter_free(DabFilter *f) {
    if (!f) return;
    dab_filter_free(f->next);
    g_ptr_array_unref(f->rules);
    dab_sieve_free(f->anywhere);
    dab_sieve_free(f->first);
    dab_sieve_free(f->last);
    g_free(f->bits);
    g_free(f->asking);
    g_free(f);
}

/* The ends of the text first: they leave few rules, and where none of these needs a word in between, no walk is needed. */
const guint64 *dab_filter_bits(DabFilter *f, const char *text, gsize len) {
    const guint64 *first = dab_sieve_at(f->first, text, 0, len);
    gboolean line_end = len && text[len - 1] == '\n'; /* $ matches before it too */
    const guint64 *last = line_end ? first : dab_sieve_at(f->last, text, len, 0);
    guint64 asking = 0;
    for (guint i = 0; i < f->size; i++) {
        f->bits[i] = first[i] & last[i];
        asking |= f->bits[i] & f->asking[i];
    }
    if (!asking) return f->bits;
    const guint64 *anywhere = dab_sieve_scan(f->anywhere, text, len);
    for (guint i = 0; i < f->size; i++) f->bits[i] &= anywhere[i];
    return f->bits;
}

/* One rule of the shape. */
static void add(DabShapeFilter *f, guint entry, const DabRule *rule) {
    const DabNeeds *pattern = rule->pattern_needs, *before = rule->before_needs, *after = rule->after_needs;
    ask_anywhere(f->anywhere, entry, pattern);
    ask_anywhere(f->anywhere, entry, before);
    ask_anywhere(f->anywhere, entry, after);
    if (pattern) {
        dab_sieve_ask(f->before, entry, pattern->before);
        dab_sieve_ask(f->after, entry, pattern->after);
    }
    if (before) dab_sieve_ask(f->before, entry, before->last);
    if (after) dab_sieve_ask(f->after, entry, after->first);
}

DabShapeFilter *dab_shape_filter_new(const GPtrArray *measures, const GPtrArray *roles, const GPtrArray *times,
                                     const GPtrArray *relations) {
    DabShapeFilter *f = g_new0(DabShapeFilter, 1);
    *f = (DabShapeFilter){.measures = measures, .roles = roles, .times = times};
    f->first_role = measures->len;
    f->first_time = f->first_role + roles->len;
    f->first_relation = f->first_time + times->len;
    f->n = f->first_relation + relations->len;
    f->anywhere = dab_sieve_new(f->n, DAB_SIEVE_PLAIN);
    f->before = dab_sieve_new(f->n, DAB_SIEVE_BACKWARDS);
    f->after = dab_sieve_new(f->n, DAB_SIEVE_PLAIN);
    for (guint i = 0; i < measures->len; i++) add(f, i, measures->pdata[i]);
    for (guint i = 0; i < roles->len; i++) add(f, f->first_role + i, roles->pdata[i]);
    for (guint i = 0; i < times->len; i++) add(f, f->first_time + i, times->pdata[i]);
    for (guint i = 0; i < relations->len; i++) add(f, f->first_relation + i, relations->pdata[i]);
    dab_sieve_close(f->anywhere);
    dab_sieve_close(f->before);
    dab_sieve_close(f->after);
    f->size = dab_sieve_size(f->anywhere);
    return f;
}

void dab_shape_filter_free(DabShapeFilter *f) {
    if (!f) return;
    dab_sieve_free(f->anywhere);
    dab_sieve_free(f->before);
    dab_sieve_free(f->after);
    g_free(f);
}

void dab_shape_filter_sentence(const DabShapeFilter *f, const char *shape, gsize len, guint64 *bits) {
    memcpy(bits, dab_sieve_scan(f->anywhere, shape, len), f->size * sizeof *bits);
}

void dab_shape_filter_number(const DabShapeFilter *f, const char *shape, gsize len, gsize at, const guint64 *sentence,
                             guint64 *bits) {
    const guint64 *before = at ? dab_sieve_at(f->before, shape, at, 0) : dab_sieve_at(f->before, DAB_TEXT_START, 1, 0);
    const guint64 *after = dab_sieve_at(f->after, shape, at + DAB_TAG_BYTES, len);
    for (guint i = 0; i < f->size; i++) bits[i] = sentence[i] & before[i] & after[i];
}

static const struct {
    DabStage stage;
    const char *kinds; /* NULL: all */
} asked_of_passages[] = {
    [DAB_PASSAGE_ASK_TENSE] = {DAB_STAGE_TENSE, NULL}, [DAB_PASSAGE_ASK_CAPTION] = {DAB_STAGE_CHART, "caption|joined"}};

/* What a part of a passage begins or ends with stands somewhere in the passage. */
static void add_to_passages(DabPassageFilter *f, guint entry, DabPassageAsk ask, const DabNeeds *needs) {
    f->ask_of[entry] = (guint8)ask;
    ask_anywhere(f->anywhere, entry, needs);
    if (!needs) return;
    dab_sieve_ask(f->anywhere, entry, needs->first);
    dab_sieve_ask(f->anywhere, entry, needs->last);
}

DabPassageFilter *dab_passage_filter_new(const DabRules *rules) {
    DabPassageFilter *f = g_new0(DabPassageFilter, 1);
    for (guint i = 0; i < G_N_ELEMENTS(asked_of_passages); i++)
        f->n += dab_rules_stage(rules, dab_stage_names[asked_of_passages[i].stage])->len;
    f->anywhere = dab_sieve_new(f->n, DAB_SIEVE_PLAIN);
    f->ask_of = g_new0(guint8, f->n + 1);
    guint entry = 0;
    for (guint i = 0; i < G_N_ELEMENTS(asked_of_passages); i++) {
        const GPtrArray *stage = dab_rules_stage(rules, dab_stage_names[asked_of_passages[i].stage]);
        g_auto(GStrv) kinds = asked_of_passages[i].kinds ? g_strsplit(asked_of_passages[i].kinds, "|", -1) : NULL;
        for (guint k = 0; k < stage->len; k++) {
            const DabRule *rule = stage->pdata[k];
            if (is_of_kinds(rule, kinds)) add_to_passages(f, entry++, i, rule->pattern_needs);
        }
    }
    f->n = entry; /* the sieve lets pass the others, which ask for nothing: they are not looked at */
    dab_sieve_close(f->anywhere);
    return f;
}

void dab_passage_filter_free(DabPassageFilter *f) {
    if (!f) return;
    dab_sieve_free(f->anywhere);
    g_free(f->ask_of);
    g_free(f);
}

guint32 dab_passage_filter_asks(const DabPassageFilter *f, const char *text, gsize len) {
    const guint64 *bits = dab_sieve_scan(f->anywhere, text, len);
    guint32 asks = 0;
    for (guint i = 0; (i = dab_bits_next(bits, i, f->n)) < f->n; i++) asks |= 1u << f->ask_of[i];
    return asks;
}
