/* Target, outcome, reference or no measure at all: the first rule of stage "role" that holds decides. */
#include <string.h>

#include "engine/draft.h"
#include "engine/rule_set.h"

static gboolean holds_behind(const DabRule *rule, const DabShape *shape, gsize end) {
    DabMatch m;
    return !rule->after || dab_pattern_match(rule->after, shape->text->str + end, shape->text->len - end, 0, &m);
}

gboolean dab_around_holds(const DabRule *rule, const DabShape *shape, gsize at, DabMatch *before) {
    DabMatch m;
    gsize end = at + DAB_TAG_BYTES;
    gboolean first = shape->text->len - end <= at; /* the shorter side is the cheaper one to ask */
    if (first && !holds_behind(rule, shape, end)) return FALSE;
    if (rule->before && !dab_pattern_match(rule->before, shape->text->str, at, 0, before ? before : &m)) return FALSE;
    return first || holds_behind(rule, shape, end);
}

static gboolean holds(const DabRule *rule, const DabPlace *p, const DabNumber *n, gsize at) {
    DabMatch m;
    if (!dab_when_holds(rule->when, p, n, NULL) || !dab_around_holds(rule, p->shape, at, NULL)) return FALSE;
    return !rule->pattern || dab_pattern_match(rule->pattern, p->shape->text->str, p->shape->text->len, 0, &m);
}

const DabRule *dab_role_decide(const DabPlace *p, guint number) {
    const DabShapeFilter *filter = p->rules->shape_filter;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gint tag = dab_shape_tag(p->shape, number);
    if (tag < 0) return NULL;
    gsize at = g_array_index(p->shape->tags, DabTag, tag).at;
    const guint64 *likely = dab_shape_likely(p->shape, (guint)tag);
    const DabStand stand = {p->genre, p->column_role, p->sentence->tense};
    const guint64 *open = dab_memory_open_rules(p->memory, filter->roles, &stand);
    for (guint i = filter->first_role; (i = dab_bits_next(likely, i, filter->first_time)) < filter->first_time; i++) {
        const DabRule *rule = filter->roles->pdata[i - filter->first_role];
        if (dab_bits_has(open, i - filter->first_role) && holds(rule, p, n, at)) return rule;
    }
    return NULL;
}
