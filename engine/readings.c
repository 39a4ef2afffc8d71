/* Rules of stage "measure" find what each number of a sentence says, best rule first. */
#include <string.h>

#include "engine/naming.h"
#include "engine/rule_set.h"

static DabSpan group_span(const DabMatch *m, int group) {
    if (!dab_match_has(m, group)) return (DabSpan){0};
    return (DabSpan){m->spans[2 * group], m->spans[2 * group + 1]};
}

/* Tries one match of a rule for the number it names. FALSE when the rule gives no name and may not carry one. */
static gboolean read_match(const DabPlace *p, const DabRule *rule, const DabMatch *m, DabReading *r) {
    const DabGroups *groups = &rule->groups;
    *r = (DabReading){.rule = rule,
                      .prefix = group_span(m, groups->prefix),
                      .indicator = group_span(m, groups->indicator),
                      .object = group_span(m, groups->object),
                      .since = group_span(m, groups->since),
                      .scope = group_span(m, groups->scope),
                      .like = -1,
                      .unit_like = -1};
    dab_name_reading(p, r);
    return *r->name || rule->said.carry;
}

/* Whether what a rule asks for begins behind its number. Many rules ask the same: it is looked at once. */
static gboolean tail_holds(const DabPlace *p, const DabRule *rule, gsize at, DabReading *r) {
    DabMatch m;
    if (!rule->tail || p->rules->try_all) return TRUE;
    guint64 bit = rule->tail_index < 64 ? (guint64)1 << rule->tail_index : 0;
    if (r->tails_asked & bit) return (r->tails_hold & bit) != 0;
    gboolean holds = dab_pattern_match(rule->tail, p->shape->text->str, p->shape->text->len, at + DAB_TAG_BYTES, &m);
    r->tails_asked |= bit;
    if (holds) r->tails_hold |= bit;
    return holds;
}

/* Whether a rule may still give the tag a reading: it is of its kinds and without one, and around it stands what the rule needs. */
static gboolean is_open(const DabPlace *p, const DabRule *rule, guint index, guint tag, DabReading *readings) {
    const DabTag *t = &g_array_index(p->shape->tags, DabTag, tag);
    DabReading *r = &readings[t->number - p->sentence->first_number];
    if (!(t->kind & rule->number_tags) || r->rule) return FALSE;
    if (!dab_bits_has(dab_shape_likely(p->shape, tag), index) || !tail_holds(p, rule, t->at, r)) return FALSE;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, t->number);
    return dab_when_holds(rule->when, p, n, NULL) && dab_around_holds(rule, p->shape, t->at, NULL);
}

/* Takes a match for the number it names, if that has no reading yet. */
static void take_match(const DabPlace *p, const DabRule *rule, const DabMatch *m, DabReading *readings) {
    gsize at = m->spans[2 * rule->groups.n];
    gint number = dab_shape_number(p->shape, at);
    if (number < 0) return;
    DabReading *r = &readings[(guint)number - p->sentence->first_number];
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    if (r->rule || !dab_when_holds(rule->when, p, n, NULL)) return;
    if (!dab_around_holds(rule, p->shape, at, NULL)) return;
    DabReading found;
    if (read_match(p, rule, m, &found)) *r = found;
}

/* Runs a rule over the sentence as far as the byte `last`; each number that has no reading yet takes the first it gets. */
static void run_over(const DabPlace *p, const DabRule *rule, gsize last, DabReading *readings) {
    const GString *text = p->shape->text;
    DabMatch m;
    gsize start = 0;
    while (start <= last && dab_pattern_match(rule->pattern, text->str, text->len, start, &m)) {
        if (!dab_match_has(&m, rule->groups.n)) return;
        start = MAX(m.spans[2 * rule->groups.n], m.spans[0]) + DAB_TAG_BYTES;
        take_match(p, rule, &m, readings);
    }
}

/* The same for a rule in whose matches no number stands before its own: each number is read by itself, from the one before it on.
 */
static void run_at_each(const DabPlace *p, const DabRule *rule, guint index, DabReading *readings) {
    const GString *text = p->shape->text;
    gsize start = 0;
    for (guint i = 0; i < p->shape->tags->len; i++) {
        const DabTag *t = &g_array_index(p->shape->tags, DabTag, i);
        DabMatch m;
        if (!t->kind) continue;
        if (is_open(p, rule, index, i, readings) &&
            dab_pattern_match_until(rule->pattern, text->str, text->len, start, t->at, &m) && dab_match_has(&m, rule->groups.n))
            take_match(p, rule, &m, readings);
        start = t->at + DAB_TAG_BYTES;
    }
}

void dab_readings_make(const DabPlace *p, DabReading *readings) {
    const DabShapeFilter *filter = p->rules->shape_filter;
    const GArray *tags = p->shape->tags;
    guint64 *any = g_newa0(guint64, filter->size);
    for (guint i = 0; i < tags->len; i++) {
        const guint64 *likely = dab_shape_likely(p->shape, i);
        for (guint k = 0; k < filter->size && g_array_index(tags, DabTag, i).kind; k++) any[k] |= likely[k];
    }
    for (guint i = 0; (i = dab_bits_next(any, i, filter->first_role)) < filter->first_role; i++) {
        const DabRule *rule = filter->measures->pdata[i];
        if (!rule->pattern || rule->groups.n < 0) continue;
        if (rule->pattern_needs->number_first) {
            run_at_each(p, rule, i, readings);
            continue;
        }
        guint tag = tags->len; /* behind the last one that the rule may read it would find nothing to do */
        while (tag > 0 && !is_open(p, rule, i, tag - 1, readings)) tag--;
        if (tag > 0) run_over(p, rule, g_array_index(tags, DabTag, tag - 1).at, readings);
    }
}
