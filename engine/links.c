/* Joins each target to the outcome that answers it. The verdict is engine/verdict.c's work. */
#include <string.h>

#include "engine/linker.h"
#include "engine/rule_set.h"

#define MIN_LIKENESS 0.62    /* in a document: from here on two names are taken to be of one thing */
#define MIN_LIKENESS_ROW 0.4 /* in one row the table has already said that they belong together */
#define HALF_ALIKE 0.4       /* enough for the only target and the only outcome of their unit in a passage */
#define OTHER_BASE 0.7       /* 托位 and 每千人口托位 */
#define OTHER_NATURE 0.65    /* 新增参保 and 参保人数; a name that is the same passes all the same */
#define BEGUN 0.5            /* 完成改造6家: 开工6家 does not answer it where 竣工4家 stands beside */

/* Whether a word of the list stands in the name of a measure. */
static gboolean name_has(const DabLinker *l, guint i, DabListBit list) {
    return dab_lists_have(l->names[i]->lists, list);
}

/* Whether both stand where the document looks back. */
static gboolean both_reviewed(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    const GArray *sentences = r->document->sentences;
    const DabMeasure *both[] = {t, o};
    for (guint i = 0; i < G_N_ELEMENTS(both); i++)
        if (strcmp(g_array_index(sentences, DabSentence, both[i]->sentence).tense, "past")) return FALSE;
    return TRUE;
}

/* How near two measures stand to each other; what stands together belongs together when names alone do not tell. */
static double nearness(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    if ((t->table >= 0) != (o->table >= 0)) return 0;
    if (t->table >= 0) return t->table == o->table ? 0.1 : 0.05;
    if (t->sentence == o->sentence) return 0.2;
    return dab_same_passage(r, t, o) ? 0.15 : t->section == o->section ? 0.1 : 0.05;
}

/* Whether an outcome in prose is the share of a plan that was reached: 完成年度目标的89.5%. */
static gboolean is_share_of_goal(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    const char *kind = g_array_index(l->report->document->numbers, DabNumber, m->number).kind;
    return m->change == DAB_CHANGE_NONE && !strcmp(kind, "percent") &&
           dab_rules_last_word(l->rules, "goal_names", m->indicator, strlen(m->indicator));
}

/* By how much the kinds of figure part two names that are alike; 0: one cannot answer the other. */
static double natures_fit(const DabLinker *l, guint target, guint outcome, gboolean row) {
    const DabNature *t = &l->natures[target], *o = &l->natures[outcome];
    double fit = t->begun < o->begun ? BEGUN : 1;
    if (t->gap < o->gap) return 0; /* 比目标还差0.2年 */
    if (!row && is_share_of_goal(l, outcome)) return 0;
    if (row) return t->added < o->added ? fit * OTHER_NATURE : fit;
    if (t->further && !o->further) return 0; /* 再举办40场 is not yet done */
    return t->added != o->added ? fit * OTHER_NATURE : fit;
}

static gboolean one_has_other(const DabEssence *a, const DabEssence *b) {
    return a == b || strstr(a->text, b->text) || strstr(b->text, a->text);
}

/* Whether an outcome may answer a target as far as years, changes and places tell. */
static gboolean may_answer(const DabLinker *l, const DabMeasure *t, const DabMeasure *o, gboolean row) {
    if (!dab_changes_agree(t, o)) return FALSE;
    if (row) return TRUE;
    if (t->year != o->year) return FALSE; /* last year's figure does not answer this year's target */
    return !l->plan || dab_same_passage(l->report, t, o) ||
           both_reviewed(l->report, t, o); /* what it reviews is not what it plans */
}

/* How well an outcome answers a target whose unit fits so well; 0: not at all; above IN_ROW in the same row. */
static double fit(const DabLinker *l, guint target, guint outcome, double unit) {
    const DabMeasure *t = dab_linker_measure(l, target), *o = dab_linker_measure(l, outcome);
    const DabEssence *goal = l->names[target]->essence, *done = l->names[outcome]->essence;
    gboolean row = dab_same_row(t, o);
    if (!may_answer(l, t, o, row)) return 0;
    gboolean whole = name_has(l, target, DAB_LIST_NEVER_ANSWERS);
    gboolean part = name_has(l, outcome, DAB_LIST_NEVER_ANSWERS) != whole; /* 总投资 does not answer 年度计划投资 */
    if (part && (!whole || (!row && dab_part_is_planned(l, target, outcome)))) return 0;
    double like = dab_essence_likeness(goal, done);
    if (!row && !like) return 0;
    if (!row && like < 1) like = dab_rest_likeness(l, target, outcome, like);
    if (!row && unit < 1 && dab_other_has_unit(l, target, outcome)) return 0;
    if (!row && (!dab_acts_agree(l, t, o) || dab_target_is_replaced(l, target, outcome) || dab_begun_is_meant(l, target, outcome)))
        return 0;
    if (row ? !dab_columns_fit(l, target, outcome) : t->table >= 0 && dab_row_has_results(l, t)) return 0;
    if (dab_changes_oppose(t, o) && !one_has_other(goal, done)) return 0; /* of what rose and what fell the name must be the same */
    like *= unit * natures_fit(l, target, outcome, row);
    if (row && unit == 1) like += dab_row_pair_bonus(l, target, outcome);
    if (!row && like >= HALF_ALIKE && like < MIN_LIKENESS && unit == 1 && dab_same_item(l->report, t, o) &&
        (dab_only_pair(l, target, outcome, FALSE) || dab_is_short_for(l, target, outcome)))
        like = MIN_LIKENESS; /* 为5万名妇女提供免费筛查。已筛查5.3万人。 */
    if (name_has(l, target, DAB_LIST_BASE) != name_has(l, outcome, DAB_LIST_BASE)) like *= OTHER_BASE;
    if (!row) like *= dab_scopes_fit(l, t, o);
    if (like < (row && unit == 1 ? MIN_LIKENESS_ROW : MIN_LIKENESS)) return 0;
    return row ? like + IN_ROW : like + nearness(l->report, t, o) + dab_companions_bonus(l, target, outcome);
}

static gint best_first(gconstpointer a, gconstpointer b) {
    const DabPair *p = a, *q = b;
    if (p->fit != q->fit) return p->fit > q->fit ? -1 : 1;
    if (p->target != q->target) return p->target < q->target ? -1 : 1;
    return p->outcome < q->outcome ? -1 : p->outcome > q->outcome;
}

static gint by_target(gconstpointer a, gconstpointer b) {
    const DabLink *x = a, *y = b;
    return x->target < y->target ? -1 : x->target > y->target;
}

/* The outcomes of one unit. */
typedef struct {
    const DabUnit *unit;
    GArray *outcomes; /* guint */
} Kind;

static void clear_kind(gpointer kind) {
    g_array_unref(((Kind *)kind)->outcomes);
}

/* The outcomes of a document by their units: Kind. Free with g_array_unref. */
static GArray *outcomes_by_unit(const DabLinker *l) {
    GArray *kinds = g_array_new(FALSE, FALSE, sizeof(Kind));
    g_array_set_clear_func(kinds, clear_kind);
    g_autoptr(GHashTable) places = g_hash_table_new(g_direct_hash, g_direct_equal); /* unit → its place in `kinds`, and 1 */
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (m->role != DAB_ROLE_OUTCOME) continue;
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, l->units[i]));
        if (!place) {
            Kind kind = {l->units[i], g_array_new(FALSE, FALSE, sizeof(guint))};
            g_array_append_val(kinds, kind);
            g_hash_table_insert(places, (gpointer)l->units[i], GUINT_TO_POINTER(place = kinds->len));
        }
        g_array_append_val(g_array_index(kinds, Kind, place - 1).outcomes, i);
    }
    return kinds;
}

static void find_pairs_of(const DabLinker *l, guint target, const GArray *kinds, GArray *pairs) {
    for (guint k = 0; k < kinds->len; k++) {
        const Kind *kind = &g_array_index(kinds, Kind, k);
        double unit = dab_unit_fit(&l->units[target]->class, &kind->unit->class);
        for (guint i = 0; unit && i < kind->outcomes->len; i++) {
            guint outcome = g_array_index(kind->outcomes, guint, i);
            DabPair pair = {target, outcome, fit(l, target, outcome, unit), FALSE};
            if (pair.fit > 0) g_array_append_val(pairs, pair);
        }
    }
}

static void find_pairs(const DabLinker *l, GArray *pairs) {
    g_autoptr(GArray) kinds = outcomes_by_unit(l);
    for (guint t = 0; t < l->report->measures->len; t++) {
        const DabMeasure *m = dab_linker_measure(l, t);
        if (m->role != DAB_ROLE_TARGET) continue;
        if (m->year <= l->report->document->year || dab_row_is_assessed(l, m)) find_pairs_of(l, t, kinds, pairs);
        dab_goals_pair(l, t, pairs);
    }
    g_array_sort(pairs, best_first);
}

static gboolean section_says(const DabReport *r, gint section, const char *list) {
    for (; section >= 0; section = g_array_index(r->document->sections, DabSection, section).parent)
        if (dab_name_has_word(r->rules, list, g_array_index(r->document->sections, DabSection, section).title)) return TRUE;
    return FALSE;
}

/* Whether an amount is of the rest of the year, by the head of its sentence. */
static gboolean is_of_the_rest(const DabReport *r, const DabMeasure *m, const char *sentence, gsize len) {
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, m->number);
    static const char *const rates[] = {"percent", "permille", "points", "ratio", NULL};
    if (m->role != DAB_ROLE_TARGET || m->table >= 0 || g_strv_contains(rates, n->kind)) return FALSE;
    return dab_is_of_the_rest(r->rules, sentence, len);
}

/* What a section on the rest of the year plans may be of the whole year or of the rest; when the first half has reached it already,
 * it is of the rest, and was not meant. */
static gboolean is_doubtful(const DabReport *r, const DabLink *link) {
    const DabMeasure *t = &g_array_index(r->measures, DabMeasure, link->target);
    const DabMeasure *o = &g_array_index(r->measures, DabMeasure, link->outcome);
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, t->number);
    gboolean amount = strcmp(n->kind, "percent") && strcmp(n->kind, "permille") && strcmp(n->kind, "ratio");
    return link->verdict == DAB_VERDICT_MET && amount && t->table < 0 && t->section != o->section &&
           section_says(r, t->section, "rest_words");
}

static DabNature nature_of(const DabReport *r, const DabMeasure *m, const DabName *name) {
    const DabSentence *s = &g_array_index(r->document->sentences, DabSentence, m->sentence);
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, m->number);
    const char *sentence = r->document->text->utf8->str + s->span.start;
    gsize len;
    const char *clause = dab_clause_before(r->rules, sentence, n->span.start - s->span.start, &len);
    DabNature nature = dab_nature_of(name->lists | dab_lexicon_scan(r->rules->lexicon, clause, len));
    nature.gap = dab_rules_last_word(r->rules, "difference_words", clause, len) > 0;
    nature.further |= is_of_the_rest(r, m, sentence, n->span.start - s->span.start);
    return nature;
}

static void prepare(DabLinker *l, DabReport *r, DabName *const *names) {
    guint n = r->measures->len;
    gboolean plan = !strcmp(r->document->genre, "plan");
    *l =
        (DabLinker){r, r->rules, names, g_new(const DabUnit *, n + 1), g_new(DabNature, n + 1), g_new0(DabRest, n + 1), NULL, plan};
    for (guint i = 0; i < n; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        l->units[i] = dab_unit_of(l->rules, m->unit);
        l->natures[i] = nature_of(r, m, names[i]);
    }
    l->goals = dab_goal_names(l);
}

void dab_links_make(DabReport *r, DabName *const *names) {
    DabLinker l;
    prepare(&l, r, names);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(DabPair));
    find_pairs(&l, pairs);
    /* each target takes its best outcome; an outcome may answer several targets (the city's and the district's share of it) */
    g_autofree gboolean *answered = g_new0(gboolean, r->measures->len + 1);
    for (guint i = 0; i < pairs->len; i++) {
        const DabPair *pair = &g_array_index(pairs, DabPair, i);
        if (answered[pair->target] || dab_row_has_better(&l, pair, pairs)) continue;
        answered[pair->target] = TRUE;
        DabLink link = dab_linker_judge(&l, pair);
        link.rule = pair->goal ? "link.goal" : pair->fit > IN_ROW ? "link.row" : "link.document";
        if (!is_doubtful(r, &link)) g_array_append_val(r->links, link);
    }
    g_array_sort(r->links, by_target);
    g_free(l.units);
    g_free(l.natures);
    g_free(l.rests);
    g_array_unref(l.goals);
}
