/* Targets and outcomes joined by their place, where names do not tell: a target that says only that it is one
 * (集装箱吞吐量86.3万标箱， 比90万标箱的年度目标还差3.7万标箱), an outcome that says only that it is one
 * (要改造小区64个，实际71个). */
#include <math.h>
#include <string.h>

#include "engine/linker.h"

#define GOAL_FIT 0.66   /* less than a name that is the same */
#define ACTUAL_FIT 1.25 /* more than any name in the same sentence */
#define SHARE_FIT 1.5   /* the figures themselves say that they belong together */
#define SHARE_OFF 0.06  /* points by which a share of one decimal may be off; ten times as much of one without */
#define MAX_LINK 9      /* bytes between a goal and the share of it: 的约 */
#define MAX_TAIL 12     /* characters behind a number that may call it a goal */
#define FAR_PASSAGE 2   /* a box of figures says each in a passage of its own */

static const char *clause_of(const DabLinker *l, const DabMeasure *m, gsize *len) {
    const DabDocument *d = l->report->document;
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, m->sentence);
    const DabNumber *n = &g_array_index(d->numbers, DabNumber, m->number);
    /* with the words glued to the number: 低于 of 低于40% */
    return dab_clause_before(l->rules, d->text->utf8->str + s->span.start, n->numeral.start - s->span.start, len);
}

static gboolean begins_with(const DabRules *rules, const char *list, const char *text, gsize len) {
    const GPtrArray *words = dab_rules_words(rules, list);
    for (guint i = 0; words && i < words->len; i++) {
        gsize n = strlen(words->pdata[i]);
        if (len >= n && !strncmp(text, words->pdata[i], n)) return TRUE;
    }
    return FALSE;
}

/* Letters right behind a measure's number, up to the next mark: 的规划目标 of 低于40%的规划目标. Free it. */
static char *tail_of(const DabLinker *l, const DabMeasure *m) {
    const DabDocument *d = l->report->document;
    const char *start = d->text->utf8->str + g_array_index(d->numbers, DabNumber, m->number).extent.end, *s = start;
    for (guint i = 0; i < MAX_TAIL && g_unichar_isalnum(g_utf8_get_char(s)); i++) s = g_utf8_next_char(s);
    return g_strndup(start, (gsize)(s - start));
}

gboolean dab_goal_is_compared(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    if (m->role != DAB_ROLE_TARGET || m->table >= 0) return FALSE;
    gsize len;
    const char *clause = clause_of(l, m, &len);
    if (!begins_with(l->rules, "comparing_words", clause, len)) return FALSE;
    g_autofree char *tail = tail_of(l, m);
    return dab_name_has_word(l->rules, "goal_names", tail) || dab_name_has_word(l->rules, "goal_words", tail);
}

/* Whether a target is what was reached: 超额完成年初确定的10所、3000个的目标. The last of several is called the goal. */
static gboolean is_completed(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    gsize len;
    const char *clause = clause_of(l, m, &len);
    if (!begins_with(l->rules, "completing_words", clause, len)) return FALSE;
    const DabNumber *n = &g_array_index(l->report->document->numbers, DabNumber, m->number);
    for (guint k = i + 1; k < l->report->measures->len; k++) {
        const DabMeasure *next = dab_linker_measure(l, k);
        const DabNumber *other = &g_array_index(l->report->document->numbers, DabNumber, next->number);
        if (next->role != DAB_ROLE_TARGET || other->numeral.start > n->extent.end + MAX_LINK) break;
        n = other;
        m = next;
    }
    g_autofree char *tail = tail_of(l, m);
    return dab_name_has_word(l->rules, "goal_names", tail);
}

/* Whether a target's words only say that it is one: its name is 年度工作目标, 省下达任务 (list "goal_names" ends it), 要求 and no
 * more (list "goal_words"), or it is compared with: 低于年初确定的6.5%的目标. 还差3.7万 is none. */
static gboolean is_goal(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    const DabNumber *n = &g_array_index(l->report->document->numbers, DabNumber, m->number);
    if (m->role != DAB_ROLE_TARGET || m->table >= 0 || !strcmp(n->kind, "points")) return FALSE;
    gsize len, name = strlen(m->indicator);
    if (!dab_rules_last_word(l->rules, "goal_names", m->indicator, name) &&
        !dab_rules_has_word(l->rules, "goal_words", m->indicator, name) && !dab_goal_is_compared(l, i) && !is_completed(l, i))
        return FALSE;
    const char *clause = clause_of(l, m, &len);
    return !dab_rules_last_word(l->rules, "difference_words", clause, len);
}

static gboolean same_kind(const DabLinker *l, guint target, guint i) {
    const DabMeasure *t = dab_linker_measure(l, target), *m = dab_linker_measure(l, i);
    return dab_changes_agree(t, m) && !dab_changes_oppose(t, m) && dab_unit_fit(&l->units[target]->class, &l->units[i]->class) == 1;
}

static guint passage_of(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    return g_array_index(l->report->document->sentences, DabSentence, m->sentence).passage;
}

/* The first measure of the sentence that measure i stands in; they stand together. */
static guint first_of_sentence(const DabLinker *l, guint i) {
    guint sentence = dab_linker_measure(l, i)->sentence;
    while (i > 0 && dab_linker_measure(l, i - 1)->sentence == sentence) i--;
    return i;
}

/* The outcome that a goal is of. Goals in a row and the outcomes before them, all of one unit, go one to one:
 * A为7.6、B为2.9，分别控制在 目标9、4以内. A goal before all outcomes is of the first. */
static gint outcome_of_goal(const DabLinker *l, guint goal) {
    guint first = first_of_sentence(l, goal), n = l->report->measures->len, sentence = dab_linker_measure(l, goal)->sentence;
    guint goals = 1, place = 0, i = goal;
    g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(guint)); /* the nearest first */
    gint after = -1;
    while (i-- > first) {
        if (!same_kind(l, goal, i)) continue;
        if (is_goal(l, i)) {
            if (before->len) break; /* what is before it is its own */
            place++, goals++;
        } else if (dab_linker_measure(l, i)->role == DAB_ROLE_OUTCOME && !l->natures[i].gap) {
            g_array_append_val(before, i);
        }
    }
    for (i = goal + 1; i < n && dab_linker_measure(l, i)->sentence == sentence && after < 0; i++) {
        if (!same_kind(l, goal, i)) continue;
        if (is_goal(l, i)) goals++;
        if (dab_linker_measure(l, i)->role == DAB_ROLE_OUTCOME && !l->natures[i].gap) after = (gint)i;
    }
    if (before->len >= goals) return (gint)g_array_index(before, guint, goals - 1 - place);
    if (before->len) return place < before->len ? (gint)g_array_index(before, guint, before->len - 1 - place) : -1;
    if (goals == 1 && after >= 0) return after;
    gboolean beside = goal > 0 && dab_linker_measure(l, goal - 1)->role == DAB_ROLE_OUTCOME && same_kind(l, goal, goal - 1);
    return beside && passage_of(l, goal) - passage_of(l, goal - 1) <= FAR_PASSAGE ? (gint)goal - 1 : -1;
}

/* Whether an outcome's own clause says 实际 and it is not the list's further member: 实际开工71个. */
static gboolean is_actual(const DabLinker *l, guint i) {
    const DabMeasure *m = dab_linker_measure(l, i);
    if (m->role != DAB_ROLE_OUTCOME || m->table >= 0) return FALSE;
    gsize len;
    const char *clause = clause_of(l, m, &len);
    g_autofree char *said = g_strndup(clause, len);
    return dab_name_has_word(l->rules, "actual_words", said);
}

/* 要开工改造小区64个、惠及居民2.1万户，实际开工71个: the first that says 实际 behind the target, of its unit and in its sentence,
 * when no other target of that unit stands between. */
static gint actual_of(const DabLinker *l, guint target) {
    const DabMeasure *t = dab_linker_measure(l, target);
    for (guint i = first_of_sentence(l, target); i < target; i++)
        if (dab_linker_measure(l, i)->role == DAB_ROLE_TARGET && same_kind(l, target, i)) return -1;
    for (guint i = target + 1; i < l->report->measures->len && dab_linker_measure(l, i)->sentence == t->sentence; i++) {
        if (!same_kind(l, target, i)) continue;
        return is_actual(l, i) ? (gint)i : -1;
    }
    return -1;
}

/* 就业6200人，其中新业态1180人，完成年度任务5000人的124%: of the outcomes before it in the sentence the one that is that share of
 * the goal; -1: no share is told, or no outcome is. */
static gint share_of(const DabLinker *l, guint goal) {
    const GArray *numbers = l->report->document->numbers;
    const DabMeasure *t = dab_linker_measure(l, goal);
    if (goal + 1 >= l->report->measures->len || t->table >= 0) return -1;
    const DabMeasure *share = dab_linker_measure(l, goal + 1);
    const DabNumber *g = &g_array_index(numbers, DabNumber, t->number), *s = &g_array_index(numbers, DabNumber, share->number);
    if (share->sentence != t->sentence || strcmp(s->kind, "percent") || !s->has_value || !g->has_value || g->value <= 0) return -1;
    if (s->span.start < g->extent.end || s->span.start > g->extent.end + MAX_LINK) return -1;
    double off = s->value == floor(s->value) ? 10 * SHARE_OFF : SHARE_OFF;
    for (guint first = first_of_sentence(l, goal), i = goal; i-- > first;) {
        const DabMeasure *o = dab_linker_measure(l, i);
        const DabNumber *n = &g_array_index(numbers, DabNumber, o->number);
        if (o->role != DAB_ROLE_OUTCOME || o->change != DAB_CHANGE_NONE || !n->has_value || !same_kind(l, goal, i)) continue;
        double ratio = dab_unit_ratio(&l->units[i]->class, &l->units[goal]->class);
        if (fabs(100 * n->value * o->factor * ratio / (g->value * t->factor) - s->value) <= off) return (gint)i;
    }
    return -1;
}

static void add_pair(GArray *pairs, guint target, gint outcome, double fit, gboolean goal) {
    DabPair pair = {target, (guint)outcome, fit, goal};
    if (outcome >= 0) g_array_append_val(pairs, pair);
}

void dab_goals_pair(const DabLinker *l, guint target, GArray *pairs) {
    add_pair(pairs, target, share_of(l, target), SHARE_FIT, TRUE);
    if (is_goal(l, target)) add_pair(pairs, target, outcome_of_goal(l, target), GOAL_FIT, TRUE);
    if (dab_linker_measure(l, target)->table < 0) add_pair(pairs, target, actual_of(l, target), ACTUAL_FIT, FALSE);
}
