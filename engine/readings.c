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

/* Whether a rule may still give the tag a reading: it is of its kinds and without one, and around it stands what the rule needs. */
static gboolean is_open(const DabPlace *p, const DabRule *rule, guint index, guint tag, const DabReading *readings) {
    const DabTag *t = &g_array_index(p->shape->tags, DabTag, tag);
    if (!(t->kind & rule->number_tags) || readings[t->number - p->sentence->first_number].rule) return FALSE;
    if (!dab_bits_has(dab_shape_likely(p->shape, tag), index)) return FALSE;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, t->number);
    return dab_when_holds(rule->when, p, n, NULL) && dab_around_holds(rule, p->shape, t->at, NULL);
}

/* Runs a rule over the sentence as far as the byte `last`; each number that has no reading yet takes the first it gets. */
static void run_rule(const DabPlace *p, const DabRule *rule, gsize last, DabReading *readings) {
    const DabShape *shape = p->shape;
    int group = rule->groups.n;
    DabMatch m;
    gsize start = 0;
    while (group > 0 && start <= last && dab_pattern_match(rule->pattern, shape->text->str, shape->text->len, start, &m)) {
        if (!dab_match_has(&m, group)) return;
        gsize at = m.spans[2 * group];
        start = MAX(at, m.spans[0]) + DAB_TAG_BYTES;
        gint number = dab_shape_number(shape, at);
        if (number < 0) continue;
        DabReading *r = &readings[(guint)number - p->sentence->first_number];
        const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
        if (r->rule || !dab_when_holds(rule->when, p, n, NULL)) continue;
        if (!dab_around_holds(rule, shape, at, NULL)) continue;
        DabReading found;
        if (read_match(p, rule, &m, &found)) *r = found;
    }
}

void dab_readings_make(const DabPlace *p, DabReading *readings) {
    const DabShapeFilter *filter = p->rules->shape_filter;
    const GArray *tags = p->shape->tags;
    g_autofree guint64 *any = g_new0(guint64, filter->size);
    for (guint i = 0; i < tags->len; i++) {
        const guint64 *likely = dab_shape_likely(p->shape, i);
        for (guint k = 0; k < filter->size && g_array_index(tags, DabTag, i).kind; k++) any[k] |= likely[k];
    }
    for (guint i = 0; (i = dab_bits_next(any, i, filter->first_role)) < filter->first_role; i++) {
        const DabRule *rule = filter->measures->pdata[i];
        guint tag = tags->len; /* behind the last one that the rule may read it would find nothing to do */
        while (rule->pattern && tag > 0 && !is_open(p, rule, i, tag - 1, readings)) tag--;
        if (rule->pattern && tag > 0) run_rule(p, rule, g_array_index(tags, DabTag, tag - 1).at, readings);
    }
}
