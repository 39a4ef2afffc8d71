/* Figures of one indicator in several places: parts with names that make up a whole with a name, one indicator with two values, a
 * target that is easier than what was there before. */
#include <math.h>
#include <string.h>

#include "dabiao/likeness.h"
#include "engine/audit.h"

#define EPSILON 1e-9
#define MAX_PARTS 12
#define MIN_NAME 5 /* characters: 结案率 may be of anything, 森林覆盖率 says of what */

static guint passage_of(const DabAudit *a, const DabMeasure *m) {
    return g_array_index(a->report->document->sentences, DabSentence, m->sentence).passage;
}

static gboolean in_words(const DabYaml *words, const char *name) {
    for (guint i = 0; words && words->kind == DAB_YAML_SEQUENCE && i < words->n; i++)
        if (!g_strcmp0(words->items[i]->text, name)) return TRUE;
    return FALSE;
}

/* ---- named parts: 地区生产总值 is 第一产业增加值 and 第二产业增加值 and 第三产业增加值 ---- */

/* Whether a name is the one asked for, or one of several. */
static gboolean is_named(const DabYaml *names, const char *name) {
    return names->kind == DAB_YAML_SCALAR ? !g_strcmp0(names->text, name) : in_words(names, name);
}

/* The outcome of that name behind measure i, in its passage, of its year and unit; -1 when there is none, or two. */
static gint part_behind(const DabAudit *a, guint i, const DabYaml *names) {
    const DabMeasure *whole = dab_audit_measure(a, i);
    gint found = -1;
    for (guint k = i + 1; k < a->report->measures->len; k++) {
        const DabMeasure *m = dab_audit_measure(a, k);
        if (passage_of(a, m) != passage_of(a, whole)) break;
        if (m->role != whole->role || m->change != DAB_CHANGE_NONE || m->year != whole->year || strcmp(m->unit, whole->unit))
            continue;
        if (!is_named(names, m->indicator)) continue;
        if (found >= 0) return -1;
        found = (gint)k;
    }
    return found;
}

static void check_parts_of(const DabAudit *a, guint i) {
    const DabYaml *parts = dab_yaml_get(a->rule->set, "parts");
    guint numbers[MAX_PARTS + 1] = {dab_audit_measure(a, i)->number}, n = 1;
    DabPrinted whole, x;
    double sum = 0;
    if (!dab_printed_read(a, numbers[0], &whole)) return;
    double half = whole.half;
    g_autoptr(GString) list = g_string_new(NULL);
    const char *joint = dab_yaml_text(a->rule->set, "joint");
    for (guint k = 0; parts && k < parts->n && n <= MAX_PARTS; k++) {
        gint part = part_behind(a, i, parts->items[k]);
        if (part < 0) return;
        numbers[n] = dab_audit_measure(a, (guint)part)->number;
        if (!dab_printed_read(a, numbers[n], &x)) return;
        sum += x.value;
        half += x.half;
        g_string_append_printf(list, "%s%s", k ? joint ? joint : ", " : "", dab_audit_raw(a, numbers[n++]));
    }
    if (fabs(sum - whole.value) <= half + EPSILON * fmax(1, fabs(sum))) return;
    const char *const fields[] = {"indicator", dab_audit_measure(a, i)->indicator,
                                  "said",      dab_audit_raw(a, numbers[0]),
                                  "parts",     dab_pool_strdup(a->report->document->pool, list->str),
                                  "sum",       dab_audit_write(a, sum, numbers[0]),
                                  NULL};
    dab_audit_add(a, numbers, n, fields);
}

void dab_check_named_parts(const DabAudit *a) {
    const DabYaml *whole = dab_yaml_get(a->rule->set, "whole");
    for (guint i = 0; i < a->report->measures->len; i++) {
        const DabMeasure *m = dab_audit_measure(a, i);
        if (whole && m->role == DAB_ROLE_OUTCOME && m->change == DAB_CHANGE_NONE && dab_audit_name_holds(a, m, whole))
            check_parts_of(a, i);
    }
}

/* ---- the same indicator with two values ---- */

/* The date that a number stands under: the last one before it in its passage, as it is written; "" for none, and for the bare year
 * that the measure is of anyhow. 1-12月 and 12月 are told apart by it. In the pool. */
static const char *date_above(const DabAudit *a, const DabMeasure *m) {
    const DabDocument *d = a->report->document;
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, m->sentence);
    const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
    for (guint i = m->number; i > 0; i--) {
        const DabNumber *n = dab_audit_number(a, i - 1);
        if (n->span.start < p->span.start) break;
        if (!dab_rules_has_word(a->report->rules, "date_kinds", n->kind, strlen(n->kind))) continue;
        const char *text = dab_pool_strndup(d->pool, d->text->utf8->str + n->span.start, dab_span_len(n->span));
        char *rest;
        gboolean year = g_ascii_strtoll(text, &rest, 10) == m->year && g_utf8_strlen(rest, -1) <= 1;
        return year ? "" : text;
    }
    return "";
}

/* Whether the words before a number in its clause are its name and such as say nothing (list "plain_words"), and it has no table
 * column that says more. */
static gboolean stands_plain(const DabAudit *a, const DabMeasure *m) {
    const DabDocument *d = a->report->document;
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, m->sentence);
    const DabNumber *n = dab_audit_number(a, m->number);
    const char *sentence = d->text->utf8->str + s->span.start;
    gsize len;
    if (dab_audit_set_has(a, "not_after", sentence, n->extent.start - s->span.start)) return FALSE;
    const char *clause = dab_clause_before(a->report->rules, sentence, n->extent.start - s->span.start, &len);
    g_autoptr(GString) left = g_string_new(NULL);
    gsize at = (gsize)(clause - d->text->utf8->str), end = at + len;
    for (guint i = 0; i < s->n_numbers; i++) { /* dates are no words; another figure means that the name may be another's */
        const DabNumber *k = dab_audit_number(a, s->first_number + i);
        if (k->span.start < at || k->span.end > end) continue;
        if (!dab_rules_has_word(a->report->rules, "date_kinds", k->kind, strlen(k->kind))) return FALSE;
        g_string_append_len(left, d->text->utf8->str + at, (gssize)(k->span.start - at));
        at = k->span.end;
    }
    g_string_append_len(left, d->text->utf8->str + at, (gssize)(end - at));
    if (m->table < 0 && !strstr(left->str, m->indicator)) return FALSE;
    g_string_replace(left, m->indicator, "", 0);
    const GPtrArray *words = dab_rules_words(a->report->rules, "plain_words");
    for (guint i = 0; words && i < words->len; i++) g_string_replace(left, words->pdata[i], "", 0);
    for (const char *c = left->str; *c; c = g_utf8_next_char(c))
        if (g_unichar_isalnum(g_utf8_get_char(c))) return FALSE;
    return TRUE;
}

/* Whether a section above a measure is about something of its own: a place, a body, a project (`set.unless` of the rule). */
static gboolean has_own_section(const DabAudit *a, const DabMeasure *m) {
    const GArray *sections = a->report->document->sections;
    for (gint s = m->section; s >= 0; s = g_array_index(sections, DabSection, s).parent) {
        const char *title = g_array_index(sections, DabSection, s).title;
        if (title && dab_audit_set_has(a, "unless", title, strlen(title))) return TRUE;
    }
    return FALSE;
}

static gboolean can_be_compared(const DabAudit *a, const DabMeasure *m) {
    if (m->role != DAB_ROLE_OUTCOME || m->change != DAB_CHANGE_NONE || m->comparator != DAB_EQ) return FALSE;
    if (dab_audit_name_of(a, m)->chars < MIN_NAME || !dab_audit_name_holds(a, m, NULL)) return FALSE;
    return !has_own_section(a, m) && stands_plain(a, m);
}

/* As of when, where that is less than a year. */
static const char *day_of(const DabMeasure *m) {
    return m->as_of && strlen(m->as_of) > 4 ? m->as_of : "";
}

void dab_check_two_values(const DabAudit *a) {
    g_autoptr(GArray) plain = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < a->report->measures->len; i++)
        if (can_be_compared(a, dab_audit_measure(a, i))) g_array_append_val(plain, i);
    for (guint i = 0; i < plain->len; i++)
        for (guint k = i + 1; k < plain->len; k++) {
            const DabMeasure *x = dab_audit_measure(a, g_array_index(plain, guint, i)),
                             *y = dab_audit_measure(a, g_array_index(plain, guint, k));
            DabPrinted p, q;
            if (strcmp(x->indicator, y->indicator) || x->year != y->year || strcmp(day_of(x), day_of(y))) continue;
            if (strcmp(date_above(a, x), date_above(a, y))) continue;
            if (x->sentence == y->sentence || (x->table >= 0 && y->table >= 0) || !dab_audit_same_thing(a, x, y)) continue;
            if (!dab_printed_read(a, x->number, &p) || !dab_printed_read(a, y->number, &q)) continue;
            if (fabs(p.value - q.value) <= p.half + q.half + EPSILON * fmax(1, fabs(p.value))) continue;
            const guint numbers[] = {x->number, y->number};
            const char *const fields[] = {
                "indicator", x->indicator, "said", dab_audit_raw(a, x->number), "other", dab_audit_raw(a, y->number), NULL};
            dab_audit_add(a, numbers, 2, fields);
            break;
        }
}

/* ---- a target that is easier than what was there the year before ---- */

static gboolean against(const DabAudit *a, const char *what) {
    return !g_strcmp0(dab_yaml_text(a->rule->set, "against"), what);
}

static gboolean is_level(const DabAudit *a, const DabMeasure *m, DabPrinted *p) {
    const DabNumber *n = dab_audit_number(a, m->number);
    const DabWhen *when = a->rule->when;
    if (!n->has_value || n->approximate || (m->change != DAB_CHANGE_NONE && against(a, "outcome"))) return FALSE;
    const char *kind = strcmp(m->unit, "%") ? n->kind : "percent"; /* also where the unit stands in a column */
    if (when && when->number && !g_strv_contains((const char *const *)when->number, kind)) return FALSE;
    if (!dab_audit_name_holds(a, m, NULL)) return FALSE;
    *p = (DabPrinted){.value = n->value * m->factor};
    return TRUE;
}

/* Measures that the rule can look at, by the name they are compared by: DabEssence → GArray of guint, in order of the document. */
static GHashTable *levels_by_name(const DabAudit *a) {
    GHashTable *levels = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < a->report->measures->len; i++) {
        const DabMeasure *m = dab_audit_measure(a, i);
        DabPrinted p;
        if (m->role == DAB_ROLE_REFERENCE || !m->year || !is_level(a, m, &p)) continue;
        const DabEssence *name = dab_audit_name_of(a, m)->essence;
        GArray *list = g_hash_table_lookup(levels, name);
        if (!list) g_hash_table_insert(levels, (gpointer)name, list = g_array_new(FALSE, FALSE, sizeof(guint)));
        g_array_append_val(list, i);
    }
    return levels;
}

/* Whether an outcome stands in the target's row, or is linked with it: then it answers the target, whatever year it is of. */
static gboolean answers(const DabAudit *a, guint target, guint outcome) {
    const DabMeasure *t = dab_audit_measure(a, target), *o = dab_audit_measure(a, outcome);
    if (t->table >= 0 && t->table == o->table && t->row == o->row) return TRUE;
    for (guint i = 0; i < a->report->links->len; i++) {
        const DabLink *l = &g_array_index(a->report->links, DabLink, i);
        if (l->target == target && l->outcome == outcome) return TRUE;
    }
    return FALSE;
}

/* What the target is held against: `set.against` says target or outcome, of the year before. -1: nothing, or the same target with
 * the same value stands above (in a text and in its table). */
static gint before_of(const DabAudit *a, const GArray *levels, guint target, double value, gboolean lower) {
    const DabMeasure *t = dab_audit_measure(a, target);
    gboolean targets = against(a, "target");
    double slack = EPSILON * fmax(1, fabs(value));
    gint found = -1;
    for (guint i = 0; i < levels->len; i++) {
        guint at = g_array_index(levels, guint, i);
        const DabMeasure *m = dab_audit_measure(a, at);
        double other = dab_audit_number(a, m->number)->value * m->factor;
        if (!dab_audit_same_thing(a, t, m)) continue;
        if (m->role == t->role && m->year == t->year && at < target && fabs(other - value) <= slack) return -1;
        if (m->role != (targets ? DAB_ROLE_TARGET : DAB_ROLE_OUTCOME) || m->year != t->year - 1 || found >= 0) continue;
        if ((lower ? value > other + slack : value < other - slack) && (targets || !answers(a, target, at))) found = (gint)at;
    }
    return found;
}

void dab_check_targets(const DabAudit *a) {
    g_autoptr(GHashTable) levels = levels_by_name(a);
    for (guint i = 0; i < a->report->measures->len; i++) {
        const DabMeasure *t = dab_audit_measure(a, i);
        DabPrinted p;
        if (t->role != DAB_ROLE_TARGET || !t->year || !is_level(a, t, &p)) continue;
        gboolean lower = dab_measure_lower_is_better(a->report->rules, t),
                 most = t->comparator == DAB_LE || t->comparator == DAB_LT;
        if (t->comparator != DAB_EQ && lower != most) continue; /* its sense is not known for sure */
        gint before = before_of(a, g_hash_table_lookup(levels, dab_audit_name_of(a, t)->essence), i, p.value, lower);
        if (before < 0) continue;
        const DabMeasure *b = dab_audit_measure(a, (guint)before);
        const guint numbers[] = {t->number, b->number};
        const char *const fields[] = {
            "indicator", t->indicator, "said", dab_audit_raw(a, t->number), "other", dab_audit_raw(a, b->number), NULL};
        dab_audit_add(a, numbers, 2, fields);
    }
}
