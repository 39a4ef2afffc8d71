/* What a measure is called: its own words, or those it carries on from before it, from its row, from its heading. */
#include <string.h>

#include "engine/naming.h"

#define MAX_PART 8 /* characters of a name that only says which part: 县城, 云岭县 */
#define MIN_NAME 2 /* one character left over names nothing */

void dab_append_home(GString *out, const DabPlace *p, DabSpan span) {
    if (span.start >= span.end) return;
    DabSpan home = dab_shape_home(p->shape, span.start, span.end);
    g_string_append_len(out, p->document->text->utf8->str + home.start, (gssize)dab_span_len(home));
}

static void trim_group(const DabPlace *p, DabSpan *span, DabSpan *scope) {
    if (span->start < span->end) *span = dab_trim(p, *span, scope);
}

/* Puts the name together: prefix (新增), indicator (before the number), object (behind it). Empty when all of it was trimmed away.
 */
void dab_name_reading(const DabPlace *p, DabReading *r) {
    trim_group(p, &r->indicator, &r->scope);
    trim_group(p, &r->object, NULL);
    if (dab_span_len(r->indicator) && r->prefix.end > r->indicator.start) r->prefix = (DabSpan){0};
    g_autoptr(GString) name = g_string_new(NULL);
    if (dab_span_len(r->indicator) || dab_span_len(r->object)) dab_append_home(name, p, r->prefix);
    dab_append_home(name, p, r->indicator);
    dab_append_home(name, p, r->object);
    r->spare = "";
    const char *whole = dab_rules_map(p->rules, "short_names", name->str);
    if (whole) g_string_assign(name, whole); /* 亡6人 */
    if (g_utf8_strlen(name->str, -1) < MIN_NAME) {
        g_string_truncate(name, 0);
    } else if (dab_name_is_nothing(p->rules, name->str)) {
        r->spare = dab_pool_strdup(p->document->pool, name->str);
        g_string_truncate(name, 0);
    }
    r->name = dab_pool_strdup(p->document->pool, name->str);
}

static gboolean ends_in_list(const DabRules *rules, const char *list, const char *name) {
    return dab_rules_last_word(rules, list, name, strlen(name)) > 0;
}

/* The thing without what says which figure of it: 公务接待费年初预算 → 公务接待费. */
static const char *without_generic(const DabPlace *p, const char *name) {
    gsize len = strlen(name);
    return dab_pool_strndup(p->document->pool, name, len - dab_rules_last_word(p->rules, "generic_ends", name, len));
}

/* The thing that a generic name is of: 夏粮 of 夏粮单产292公斤，总产4.95万吨. */
static const char *thing_of(const DabPlace *p, const char *subject, const char *name) {
    if (!dab_rules_has_word(p->rules, "crop_figures", name, strlen(name))) return subject;
    gsize len = strlen(subject), end = dab_rules_last_word(p->rules, "crop_figures", subject, len);
    return dab_pool_strndup(p->document->pool, subject, len - end); /* 实际播种69.1万亩，总产量…: nothing is left of 播种 */
}

/* Whether a name says what is usual of each: 平均住院日, 人均可支配收入. */
static gboolean is_mean(const DabPlace *p, const char *name) {
    return dab_rules_find_word(p->rules, "mean_words", name, strlen(name));
}

/* The mean that a part goes on from: 公立医院 of 平均住院日8.8天，其中公立医院8.4天. NULL where the name says its own figure. */
static const char *mean_of_part(const DabPlace *p, const DabReading *r, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    if (!measures->len || g_utf8_strlen(r->name, -1) > MAX_PART || r->rule->said.change) return NULL;
    const DabMeasure *before = &g_array_index(measures, DabMeasure, measures->len - 1);
    if (before->sentence != p->sentence_index || before->change != DAB_CHANGE_NONE || strcmp(before->unit, n->unit)) return NULL;
    gssize end = dab_shape_find(p->shape, number);
    if (end < 0 || !dab_rules_find_word(p->rules, "among_words", p->shape->text->str, (gsize)end)) return NULL;
    gboolean own = is_mean(p, r->name) || ends_in_list(p->rules, "rate_nouns", r->name);
    return !own && *n->unit && is_mean(p, before->indicator) && p->passage->table < 0 ? before->indicator : NULL;
}

/* The rate that a part goes on from: 县城 of 机械化清扫率达85%、县城达82%. NULL where the name says its own rate. */
static const char *rate_of_part(const DabPlace *p, const DabReading *r, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    if (strcmp(n->kind, "percent")) return mean_of_part(p, r, number, measures);
    if (!measures->len || g_utf8_strlen(r->name, -1) > MAX_PART) return NULL;
    const DabMeasure *before = &g_array_index(measures, DabMeasure, measures->len - 1);
    const DabNumber *other = &g_array_index(p->document->numbers, DabNumber, before->number);
    if (before->sentence != p->sentence_index || strcmp(other->kind, n->kind) || before->change != DAB_CHANGE_NONE) return NULL;
    if (r->rule->said.change || ends_in_list(p->rules, "rate_nouns", r->name)) return NULL;
    if (ends_in_list(p->rules, "goal_names", r->name)) return NULL; /* 满意度目标 */
    if (!ends_in_list(p->rules, "rate_nouns", before->indicator)) return NULL;
    return ends_in_list(p->rules, "rate_nouns", before->subject) ? before->subject : before->indicator;
}

/* The whole of a name that goes on from the measure before it in the sentence. NULL where it is whole by itself. */
static const char *whole_name(const DabPlace *p, const char *name, guint number, const GArray *measures) {
    const DabMeasure *before = measures->len ? &g_array_index(measures, DabMeasure, measures->len - 1) : NULL;
    if (!before || before->sentence != p->sentence_index || !*before->indicator) return NULL;
    const char *whole = dab_name_as_counterpart(p, name, before->indicator);
    if (!whole && before->role == DAB_ROLE_TARGET && strcmp(before->subject, before->indicator) &&
        dab_rules_has_word(p->rules, "spending_names", name, strlen(name))) /* 公务接待费年初预算12万元，支出5.6万元 */
        return dab_pool_join(p->document->pool, before->subject, name);
    if (whole || before->change != DAB_CHANGE_NONE || before->table >= 0) return whole;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    return *n->unit && !strcmp(n->unit, before->unit) ? dab_name_as_part(p, name, before->indicator) : NULL;
}

void dab_name_measure(const DabPlace *p, const DabReading *r, guint number, const GArray *measures, DabMeasure *m) {
    DabPool *pool = p->document->pool;
    if (r->names_back && r->names_back <= measures->len) {
        const DabMeasure *back = &g_array_index(measures, DabMeasure, measures->len - r->names_back);
        if (g_array_index(p->document->sentences, DabSentence, back->sentence).passage == p->sentence->passage) {
            m->indicator = back->indicator;
            m->subject = back->subject;
            return;
        }
    }
    gboolean verb = p->table && !r->rule->said.change && (!*r->name || dab_name_is_verb(p, r->name)); /* 改造35座; 5.1% */
    const DabMeasure *answered = verb ? dab_row_answered(p, number, r->name, measures) : NULL;
    if (answered) {
        m->indicator = answered->indicator;
        m->subject = answered->subject;
        return;
    }
    if (verb && *r->name && *p->row_label && !strpbrk(p->row_label, "0123456789")) { /* 新建20座 in the row 公厕建设 */
        m->subject = p->row_label;
        m->indicator = dab_pool_join(pool, p->row_label, r->name);
        return;
    }
    if (*r->name && !dab_name_is_partial(p->rules, r->name)) {
        const char *whole = whole_name(p, r->name, number, measures);
        const char *rate = whole ? NULL : rate_of_part(p, r, number, measures);
        m->indicator = whole ? whole : rate ? dab_pool_join(pool, r->name, rate) : r->name;
        m->subject = without_generic(p, rate ? rate : m->indicator);
        if (!*m->subject) m->subject = m->indicator;
        return;
    }
    const DabMeasure *goal = *r->name ? NULL : dab_row_goal(p, number, measures);
    if (goal) {
        m->indicator = dab_in_table(p, goal->indicator);
        m->subject = goal->subject;
        return;
    }
    const char *carry = dab_name_carried(p, number, measures, r->rule->said.change != NULL);
    if (!*carry && !*r->name) carry = r->spare;
    m->subject = without_generic(p, carry);
    if (!*m->subject) m->subject = *carry ? carry : r->name;
    gboolean said = *r->name && (g_str_has_prefix(carry, r->name) || g_str_has_suffix(carry, r->name)); /* 改造小区420个，再改造 */
    if (said || !*r->name)
        m->indicator = dab_in_table(p, carry);
    else
        m->indicator = dab_pool_join(pool, *carry ? thing_of(p, m->subject, r->name) : "", r->name);
}
