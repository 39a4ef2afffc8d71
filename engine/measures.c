/* The measures of a sentence: from what the rules of stage "measure" say of each number (readings.c); rules of stage "role" say
 * whether it is promised, reported or only compared with. */
#include <string.h>

#include "engine/naming.h"

static DabRole role_of(const DabRule *rule) {
    const char *role = rule->said.role;
    return !g_strcmp0(role, "target") ? DAB_ROLE_TARGET : !g_strcmp0(role, "outcome") ? DAB_ROLE_OUTCOME : DAB_ROLE_REFERENCE;
}

/* What stands behind a number alone: of 低于95%以上的目标 the goal is 95%以上. DAB_EQ when nothing does. */
static DabComparator said_behind(const DabPlace *p, const DabNumber *n) {
    const char *text = p->document->text->utf8->str;
    if (dab_rules_last_word(p->rules, "behind_ge", text, n->extent.end)) return DAB_GE;
    return dab_rules_last_word(p->rules, "behind_le", text, n->extent.end) ? DAB_LE : DAB_EQ;
}

/* What a column of the row says of its goal: ≥ under 指标性质. FALSE: nothing. */
static gboolean said_in_row(const DabPlace *p, DabComparator *said) {
    for (guint c = 0; p->table && c < dab_place_columns(p)->len; c++) {
        if (strcmp(g_array_index(dab_place_columns(p), DabColumn, c).role, "relation")) continue;
        const char *sign = dab_rules_map(p->rules, "relation_words", dab_cell_at(p->table, p->passage->row, (gint)c));
        for (*said = DAB_EQ; sign && *said <= DAB_LT; (*said)++)
            if (!strcmp(sign, dab_comparator_sign(*said))) return TRUE;
        return FALSE;
    }
    return FALSE;
}

/* Comparator: the number's own word; else what the verb says of a target (达到 → ">="); else what the indicator's sense asks. A
 * role rule with `comparator: behind` says that the word before the number compares an outcome with it. */
static DabComparator comparator_of(const DabPlace *p, const DabMeasure *m, guint number, const DabRule *role) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    const char *text = p->document->text->utf8->str + p->sentence->span.start;
    gboolean own = dab_rules_last_word(p->rules, "asking_words", text, n->numeral.start - p->sentence->span.start) > 0;
    gboolean behind = !own && !g_strcmp0(role->said.comparator, "behind"); /* 不超过8分钟的要求 compares nothing with it */
    DabComparator said = behind ? said_behind(p, n) : n->comparator;
    if (said != DAB_EQ || (n->comparator_said && !behind) || m->role != DAB_ROLE_TARGET) return said;
    if (!strcmp(p->column_role, "target") && said_in_row(p, &said)) return said;
    if (dab_measure_lower_is_better(p->rules, m)) return DAB_LE;
    gssize at = dab_shape_find(p->shape, number);
    if (at >= 0 && dab_rules_last_word(p->rules, "reach_down", p->shape->text->str, (gsize)at)) return DAB_LE;
    return at >= 0 && dab_rules_last_word(p->rules, "reach", p->shape->text->str, (gsize)at) ? DAB_GE : DAB_EQ;
}

/* A name that is itself a change (增幅, 降幅): the map "change_names" says which way. */
static const char *change_in_name(const DabPlace *p, const char *name) {
    gsize len = strlen(name), change = dab_rules_last_word(p->rules, "change_names", name, len);
    if (!change || dab_rules_last_word(p->rules, "no_change_names", name, len)) return NULL; /* 自然增长率 is a level */
    return dab_rules_map(p->rules, "change_names", name + len - change);
}

static void change_of(const DabPlace *p, const DabReading *r, const DabNumber *n, const GArray *measures, DabMeasure *m) {
    const char *change = r->rule->said.change;
    if (!g_strcmp0(change, "same")) { /* 增长6.2%（计划6%左右） */
        if (measures->len) m->change = g_array_index(measures, DabMeasure, measures->len - 1).change;
        return;
    }
    const char *named = change_in_name(p, m->indicator);
    if (!named && r->names_back) named = change_in_name(p, r->name); /* 产量分别达32万吨和4.5万吨，增幅分别为2.1%和3.5% */
    if (!change || (named && g_str_has_suffix(p->column_role, "change")))
        change = named ? named : change; /* 能耗下降 under 增长（%） */
    if (!change) return;
    gboolean down = !strcmp(change, "decrease") || (n->has_value && n->value < 0); /* a growth of -2.6 % is a decrease */
    m->change = down ? DAB_CHANGE_DECREASE : DAB_CHANGE_INCREASE;
    if (r->since.start >= r->since.end) return;
    g_autoptr(GString) since = g_string_new(NULL);
    dab_append_home(since, p, r->since);
    m->since = dab_pool_strdup(p->document->pool, since->str);
}

static DabMeasure make(const DabPlace *p, const DabReading *r, guint number, const DabRule *role, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    DabPool *pool = p->document->pool;
    DabMeasure m = {.role = role_of(r->rule->said.role ? r->rule : role),
                    .number = number,
                    .unit = n->unit,
                    .factor = 1,
                    .sentence = p->sentence_index,
                    .rule = r->rule->id,
                    .section = p->passage->section,
                    .table = p->passage->table,
                    .row = p->passage->row,
                    .column = p->column};
    dab_name_measure(p, r, number, measures, &m);
    if (r->unit_like >= 0) m.unit = g_array_index(p->document->numbers, DabNumber, r->unit_like).unit;
    if (!strcmp(n->kind, "fraction")) { /* 三分之二 is told as a share: 66.67 % */
        m.unit = "%";
        m.factor = 100;
    }
    const char *unit = r->rule->said.unit;
    if (!*m.unit && strcmp(n->kind, "ratio")) m.unit = unit ? unit : dab_header_unit(p, &m.factor); /* 18.1:1 has none */
    gboolean bare = !*m.unit && !strcmp(n->kind, "number");
    const DabMeasure *goal = bare ? dab_row_goal(p, number, measures) : NULL;
    if (bare && !goal && !strcmp(p->column_role, "outcome")) goal = dab_row_target(p, measures);
    if (goal) m.unit = dab_goal_unit(p, goal, &m.factor);
    if (!*m.unit && !strcmp(n->kind, "number")) m.unit = dab_unit_of_name(p->rules, m.indicator);
    change_of(p, r, n, measures, &m);
    if (r->scope.start < r->scope.end) {
        g_autoptr(GString) scope = g_string_new(NULL);
        dab_append_home(scope, p, r->scope);
        m.scope = dab_pool_strdup(pool, scope->str);
    }
    guint spoken = !n->comparator_said && r->like >= 0 ? (guint)r->like : number; /* 分别不少于2300吨、1850吨 */
    m.comparator = comparator_of(p, &m, spoken, role);
    dab_times_read(p, pool, number, &m);
    m.year = m.deadline ? (gint)g_ascii_strtoll(m.deadline, NULL, 10) : dab_place_year(p, n);
    m.page = dab_document_place(p->document, n->span, &m.box);
    m.id = dab_measure_id(pool, measures->len + 1);
    return m;
}

void dab_measures_read(const DabPlace *p, GArray *measures, DabFate *fates) {
    if (!p->shape->kinds) return;
    g_autofree DabReading *readings = g_new0(DabReading, p->sentence->n_numbers);
    dab_readings_make(p, readings);
    dab_lists_share(p, readings);
    for (guint i = 0; i < p->sentence->n_numbers; i++) {
        guint number = p->sentence->first_number + i;
        const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
        if (n->context || dab_shape_find(p->shape, number) < 0) continue;
        const DabRule *role = dab_role_decide(p, readings[i].like >= 0 && readings[i].rule ? (guint)readings[i].like : number);
        if (!role) continue;
        if (role->said.context) {
            fates[number].context = role->said.context;
            continue;
        }
        if (!n->has_value && !n->has_low && !n->has_high) { /* 16.3:39.3:44.4 has parts, no value */
            fates[number].context = n->kind;
            continue;
        }
        if (!readings[i].rule) continue;
        DabMeasure m = make(p, &readings[i], number, role, measures);
        if (!*m.indicator) continue; /* a number that nothing names is left unclaimed, for the eyes of whoever tunes the rules */
        g_array_append_val(measures, m);
        fates[number].measure = TRUE;
    }
}
