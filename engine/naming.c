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
    if (g_utf8_strlen(name->str, -1) < MIN_NAME) {
        g_string_truncate(name, 0);
    } else if (dab_name_is_nothing(p->rules, name->str)) {
        r->spare = dab_pool_strdup(p->document->pool, name->str);
        g_string_truncate(name, 0);
    }
    r->name = dab_pool_strdup(p->document->pool, name->str);
}

/* A header's name without its unit: 发行额（亿元） → 发行额. */
static const char *bare_name(const DabPlace *p, const char *name) {
    gsize len = strlen(name);
    if (!len) return name;
    DabLikely likely = dab_rules_likely(p->rules, DAB_STAGE_COLUMN, name, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (g_strcmp0(rule->kind, "unit_name") || dab_yaml_text(rule->set, "unit")) continue; /* 增速 stays */
        if (!dab_pattern_match(rule->pattern, name, len, 0, &m) || m.spans[0] == 0) continue;
        return dab_pool_strndup(p->document->pool, name, m.spans[0]);
    }
    return name;
}

/* Columns whose own name belongs to what is measured (在校生数), not to when or how (2022年, 年度目标). */
static gboolean column_names(const DabPlace *p) {
    return p->table && *p->column_name && dab_rules_has_word(p->rules, "naming_roles", p->column_role, strlen(p->column_role));
}

static const DabColumn *column_of(const DabPlace *p) {
    return &g_array_index(dab_table_band(p->table, (guint)p->passage->row)->columns, DabColumn, p->column);
}

/* What a column counts, for a row that has no name: 公务接待费 over one row of figures, be it under 预算数 or 决算数. */
const char *dab_column_label(const DabPlace *p) {
    const char *group = column_names(p) ? "" : column_of(p)->group;
    const char *name = dab_trim_label(p->rules, p->document->pool, bare_name(p, *group ? group : p->column_label));
    return dab_name_is_partial(p->rules, name) ? "" : name;
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
    return end < len ? dab_pool_strndup(p->document->pool, subject, len - end) : subject;
}

/* The rate that a part goes on from: 县城 of 机械化清扫率达85%、县城达82%. NULL where the name says its own rate. */
static const char *rate_of_part(const DabPlace *p, const DabReading *r, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    if (strcmp(n->kind, "percent") || !measures->len || g_utf8_strlen(r->name, -1) > MAX_PART) return NULL;
    const DabMeasure *before = &g_array_index(measures, DabMeasure, measures->len - 1);
    const DabNumber *other = &g_array_index(p->document->numbers, DabNumber, before->number);
    if (before->sentence != p->sentence_index || strcmp(other->kind, n->kind) || before->change != DAB_CHANGE_NONE) return NULL;
    if (r->rule->said.change || ends_in_list(p->rules, "rate_nouns", r->name)) return NULL;
    if (ends_in_list(p->rules, "goal_names", r->name)) return NULL; /* 满意度目标 */
    if (!ends_in_list(p->rules, "rate_nouns", before->indicator)) return NULL;
    return ends_in_list(p->rules, "rate_nouns", before->subject) ? before->subject : before->indicator;
}

static const char *other_half(const DabPlace *p, const char *name, const GArray *measures) {
    const DabMeasure *before = measures->len ? &g_array_index(measures, DabMeasure, measures->len - 1) : NULL;
    return before && before->sentence == p->sentence_index ? dab_name_as_counterpart(p, name, before->indicator) : NULL;
}

/* A row that is a place (东湖区): what is measured there stands over the column. */
static gboolean is_place(const DabPlace *p, const char *name) {
    return g_utf8_strlen(name, -1) <= MAX_PART && !strcmp(name, p->row_label) && ends_in_list(p->rules, "place_ends", name);
}

/* 道路运输 under 事故起数 → 道路运输事故起数. */
static const char *with_group(const DabPlace *p, const char *name) {
    const char *group = bare_name(p, column_of(p)->group);
    if (!*group || strstr(name, group) || dab_name_is_partial(p->rules, group)) return name;
    return dab_pool_join(p->document->pool, name, group);
}

static const char *in_table(const DabPlace *p, const char *name) {
    if (!p->table) return name;
    gboolean naming = column_names(p);
    const char *own = dab_trim_label(p->rules, p->document->pool, bare_name(p, p->column_label));
    if (is_place(p, name)) {
        const char *grouped = naming ? name : with_group(p, name);
        if (grouped != name) return grouped;
        if (*own && !dab_name_is_partial(p->rules, own)) return dab_pool_join(p->document->pool, name, own);
    }
    if (!naming) return with_group(p, bare_name(p, name));
    if (!strcmp(name, own)) return name; /* there is no name but the column's */
    return dab_pool_join(p->document->pool, bare_name(p, name), own);
}

const char *dab_unit_of_name(const DabRules *rules, const char *name) {
    for (const char *end = name; *end; end = g_utf8_next_char(end)) {
        const char *unit = dab_rules_map(rules, "unit_of_name", end);
        if (unit) return unit;
    }
    return "";
}

/* The row's name is a task with its figure when it has the words of the target in it. */
static gboolean states(const DabPlace *p, const DabMeasure *m) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, m->number);
    const char *text = p->document->text->utf8->str + n->span.start;
    return strstr(p->row_label, dab_pool_strndup(p->document->pool, text, dab_span_len(n->span))) != NULL;
}

/* The only target of the row that `fits` (NULL: any), in another column. */
static const DabMeasure *only_target(const DabPlace *p, const GArray *measures, const DabNumber *n,
                                     gboolean (*fits)(const DabPlace *, const DabMeasure *, const DabNumber *)) {
    const DabMeasure *goal = NULL;
    for (guint i = measures->len; p->table && i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (m->table != p->passage->table || m->row != p->passage->row) break;
        if (m->role != DAB_ROLE_TARGET || m->column == p->column || (fits && !fits(p, m, n))) continue;
        if (goal) return NULL;
        goal = m;
    }
    return goal;
}

const DabMeasure *dab_row_target(const DabPlace *p, const GArray *measures) {
    return only_target(p, measures, NULL, NULL);
}

static gboolean is_answered(const DabPlace *p, const DabMeasure *m, const DabNumber *n) {
    return states(p, m) && (!*n->unit || !strcmp(n->unit, m->unit) || !strcmp(n->kind, "percent"));
}

const DabMeasure *dab_row_goal(const DabPlace *p, guint number, const GArray *measures) {
    return only_target(p, measures, &g_array_index(p->document->numbers, DabNumber, number), is_answered);
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
    if (*r->name && !dab_name_is_partial(p->rules, r->name)) {
        const char *whole = other_half(p, r->name, measures);
        const char *rate = whole ? NULL : rate_of_part(p, r, number, measures);
        m->indicator = whole ? whole : rate ? dab_pool_join(pool, r->name, rate) : r->name;
        m->subject = without_generic(p, rate ? rate : m->indicator);
        if (!*m->subject) m->subject = m->indicator;
        return;
    }
    const DabMeasure *goal = *r->name ? NULL : dab_row_goal(p, number, measures);
    if (goal) {
        m->indicator = in_table(p, goal->indicator);
        m->subject = goal->subject;
        return;
    }
    const char *carry = dab_name_carried(p, number, measures, r->rule->said.change != NULL);
    if (!*carry && !*r->name) carry = r->spare;
    m->subject = without_generic(p, carry);
    if (!*m->subject) m->subject = *carry ? carry : r->name;
    m->indicator = *r->name ? dab_pool_join(pool, *carry ? thing_of(p, m->subject, r->name) : "", r->name) : in_table(p, carry);
}
