/* Target, outcome, reference or no measure at all: the first rule of stage "role" that holds decides. */
#include <string.h>

#include "engine/draft.h"

gboolean dab_around_holds(const DabRule *rule, const DabShape *shape, gsize at, DabMatch *before) {
    DabMatch m;
    const char *text = shape->text->str;
    gsize end = at + DAB_TAG_BYTES;
    if (rule->after && !dab_pattern_match(rule->after, text + end, shape->text->len - end, 0, &m)) return FALSE;
    return !rule->before || dab_pattern_match(rule->before, text, at, 0, before ? before : &m);
}

static gboolean holds(const DabRule *rule, const DabPlace *p, const DabNumber *n, gsize at) {
    DabMatch m;
    if (!dab_when_holds(rule->when, p, n, NULL) || !dab_around_holds(rule, p->shape, at, NULL)) return FALSE;
    return !rule->pattern || dab_pattern_match(rule->pattern, p->shape->text->str, p->shape->text->len, 0, &m);
}

const DabRule *dab_role_decide(const DabPlace *p, guint number) {
    const GPtrArray *stage = dab_rules_stage(p->rules, "role");
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gssize at = dab_shape_find(p->shape, number);
    if (at < 0) return NULL;
    for (guint i = 0; i < stage->len; i++) {
        if (holds(stage->pdata[i], p, n, (gsize)at)) return stage->pdata[i];
    }
    return NULL;
}
