/* Figures that no word calls a promise, and that a later sentence answers: 漏损率控制在9%以内。… 年末漏损率9.6%. The first of two
 * levels of one thing is then what was asked for. And the other way round: 到12月底，建成856个 tells what was done where the report
 * is of the whole year. */
#include <string.h>

#include "dabiao/date.h"
#include "engine/linker.h"
#include "engine/rule_set.h"

#define FAR 24          /* measures that a promise and its answer may stand apart */
#define ALIKE 0.75      /* two names, where another pair goes along with them */
#define GOAL_ALIKE 0.62 /* the names of that other pair: its target is known to be one */

typedef struct {
    DabReport *r;
    DabName *const *names;
} Finder;

static DabMeasure *measure_of(const Finder *f, guint i) {
    return &g_array_index(f->r->measures, DabMeasure, i);
}

static const DabSentence *sentence_of(const Finder *f, const DabMeasure *m) {
    return &g_array_index(f->r->document->sentences, DabSentence, m->sentence);
}

/* Whether the words about a number set a bound that is kept: 控制在…以内, 不低于, 85%以上. */
static gboolean asks(const Finder *f, const DabMeasure *m) {
    const DabDocument *d = f->r->document;
    const DabNumber *n = &g_array_index(d->numbers, DabNumber, m->number);
    gsize start = sentence_of(f, m)->span.start;
    const char *text = d->text->utf8->str;
    return dab_rules_last_word(f->r->rules, "behind_ge", text + start, n->extent.end - start) ||
           dab_rules_last_word(f->r->rules, "behind_le", text + start, n->extent.end - start) ||
           dab_rules_last_word(f->r->rules, "asking_words", text + start, n->numeral.start - start);
}

/* Whether a name is another's, or its end: 合格率 behind 食品抽检合格率. */
static gboolean same_name(const DabEssence *a, const DabEssence *b) {
    return a == b || g_str_has_suffix(a->text, b->text);
}

/* Whether two figures are of one thing and one time. `like`: how alike their names have to be; 1: the same. */
static gboolean of_one_thing(const Finder *f, guint i, guint k, double like) {
    const DabMeasure *a = measure_of(f, i), *b = measure_of(f, k);
    const DabEssence *x = f->names[i]->essence, *y = f->names[k]->essence;
    if (a->change != b->change || a->year != b->year) return FALSE;
    if (!same_name(x, y) && (like >= 1 || dab_essence_likeness(x, y) < like)) return FALSE;
    if (a->scope && b->scope && strcmp(a->scope, b->scope)) return FALSE;
    return dab_unit_fit(&dab_unit_of(f->r->rules, a->unit)->class, &dab_unit_of(f->r->rules, b->unit)->class) == 1;
}

/* The first outcome of a later sentence of the passage that is of one thing with measure i; 0: none. */
static guint answer_of(const Finder *f, guint i, double like) {
    const DabMeasure *m = measure_of(f, i);
    for (guint k = i + 1; k < f->r->measures->len && k <= i + FAR; k++) {
        const DabMeasure *o = measure_of(f, k);
        if (!dab_same_passage(f->r, m, o)) break;
        if (o->role == DAB_ROLE_OUTCOME && o->sentence != m->sentence && of_one_thing(f, i, k, like)) return k;
    }
    return 0;
}

/* Whether a target beside a figure in its sentence is of another thing, and its answer stands as the figure's own does:
 * 计划造林12万亩，其中人工造林4万亩。实际造林12.6万亩，其中人工造林3.8万亩. */
static gboolean listed_with_target(const Finder *f, guint i) {
    guint n = f->r->measures->len, sentence = measure_of(f, i)->sentence, first = i, answer = answer_of(f, i, ALIKE);
    while (first > 0 && measure_of(f, first - 1)->sentence == sentence) first--;
    for (guint k = first; answer && k < n && measure_of(f, k)->sentence == sentence; k++) {
        if (measure_of(f, k)->role != DAB_ROLE_TARGET || f->names[k]->essence == f->names[i]->essence) continue;
        guint beside = answer_of(f, k, GOAL_ALIKE);
        if (beside && beside != answer) return TRUE;
    }
    return FALSE;
}

/* Whether a figure stands in the first sentence of a numbered item. */
static gboolean begins_item(const Finder *f, const DabMeasure *m) {
    const DabSentence *s = sentence_of(f, m);
    if (m->section < 0) return FALSE;
    const DabSection *section = &g_array_index(f->r->document->sections, DabSection, m->section);
    return *section->label && section->span.start >= s->span.start && section->span.start < s->span.end;
}

/* Whether a sentence is all of its passage, and ends as a heading does. */
static gboolean stands_alone(const Finder *f, const DabMeasure *m) {
    const DabDocument *d = f->r->document;
    const DabSentence *s = sentence_of(f, m);
    const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
    const char *text = d->text->utf8->str;
    return s->span.start == p->span.start && s->span.end == p->span.end &&
           !g_unichar_ispunct(g_utf8_get_char(g_utf8_prev_char(text + s->span.end)));
}

/* Whether a figure stands in the first sentence of a numbered item and the next one gives another of just its name:
 * 3.新增托位800个。新增托位812个. */
static gboolean said_again(const Finder *f, guint i) {
    const DabMeasure *m = measure_of(f, i);
    if (!begins_item(f, m) || m->change != DAB_CHANGE_NONE) return FALSE;
    guint answer = answer_of(f, i, 1);
    return answer && measure_of(f, answer)->sentence == m->sentence + 1 && f->names[answer] == f->names[i];
}

/* Whether a figure stands in the heading of an item, which says what is to be done, and the first like figure below it is another:
 * （一）为60万名老年人免费体检 / 全年免费体检老年人62.4万名. */
static gboolean is_headed(const Finder *f, guint i) {
    const DabMeasure *m = measure_of(f, i);
    const DabDocument *d = f->r->document;
    const DabNumber *n = &g_array_index(d->numbers, DabNumber, m->number);
    if (!begins_item(f, m) || !stands_alone(f, m) || n->comparator_said || n->approximate) return FALSE;
    for (guint k = i + 1; k < f->r->measures->len && m->change == DAB_CHANGE_NONE; k++) {
        const DabMeasure *o = measure_of(f, k);
        if (o->section != m->section || o->table >= 0) break;
        if (o->sentence == m->sentence || o->role != DAB_ROLE_OUTCOME || o->change != DAB_CHANGE_NONE) continue;
        gboolean part = strstr(f->names[i]->essence->text, f->names[k]->essence->text) != NULL;
        if (!part && !of_one_thing(f, i, k, GOAL_ALIKE)) continue;
        if (dab_unit_fit(&dab_unit_of(f->r->rules, m->unit)->class, &dab_unit_of(f->r->rules, o->unit)->class) != 1) continue;
        return o->year == m->year && dab_measure_value(f->r, o) != dab_measure_value(f->r, m);
    }
    return FALSE;
}

/* Whether a sentence says that what it tells was done. */
static gboolean says_done(const Finder *f, const DabMeasure *m) {
    const DabSentence *s = sentence_of(f, m);
    return dab_rules_find_word(f->r->rules, "past", f->r->document->text->utf8->str + s->span.start, dab_span_len(s->span));
}

static gboolean may_be_promise(const Finder *f, guint i) {
    const DabMeasure *m = measure_of(f, i);
    return m->role == DAB_ROLE_OUTCOME && m->table < 0 && !says_done(f, m);
}

/* Whether a bound is followed by what came of it, in a later sentence, or right behind it at a time of its own:
 * 不良率控制在2%以内，年末1.76%. */
static gboolean is_answered_bound(const Finder *f, guint i) {
    const DabMeasure *m = measure_of(f, i);
    if (!asks(f, m)) return FALSE;
    guint answer = answer_of(f, i, 1);
    if (answer && !asks(f, measure_of(f, answer))) return TRUE;
    if (i + 1 >= f->r->measures->len || f->names[i + 1] != f->names[i]) return FALSE;
    const DabMeasure *o = measure_of(f, i + 1);
    return o->role == DAB_ROLE_OUTCOME && o->sentence == m->sentence && o->as_of && !m->as_of && !asks(f, o) &&
           of_one_thing(f, i, i + 1, 1);
}

static void promise(const Finder *f, DabMeasure *m) {
    m->role = DAB_ROLE_TARGET;
    m->as_of = NULL;
    if (m->comparator == DAB_EQ && dab_measure_lower_is_better(f->r->rules, m)) m->comparator = DAB_LE;
}

/* The last day that a review tells of: of the time in its title, else the day of its date. "" where it is no review. */
static void last_day(const DabReport *r, char iso[11]) {
    const DabDocument *d = r->document;
    *iso = '\0';
    if (strcmp(d->genre, "summary")) return;
    if (d->title && dab_date_find(r->rules, d->title, strlen(d->title), d->year, iso)) {
        if (strlen(iso) == 4) g_strlcat(iso, "-12-31", 11);
    } else if (d->date) {
        g_strlcpy(iso, d->date, 11);
    }
}

/* Whether a target with a day that is over says nothing of what is still to be done. */
static gboolean is_over(const Finder *f, const DabMeasure *m, const char *today) {
    const DabSentence *s = sentence_of(f, m);
    const DabNumber *n = &g_array_index(f->r->document->numbers, DabNumber, m->number);
    const char *text = f->r->document->text->utf8->str;
    if (!*today || !m->deadline || strlen(m->deadline) != 10 || strcmp(m->deadline, today) > 0) return FALSE;
    if (!strcmp(s->tense, "future") || dab_rules_find_word(f->r->rules, "must_words", text + s->span.start, dab_span_len(s->span)))
        return FALSE;
    return n->comparator == DAB_EQ || !asks(f, m);
}

/* 计划新建800个。到12月底，新建856个: a figure of the same thing stands in a sentence before. */
static gboolean was_told_before(const Finder *f, guint i) {
    for (guint k = i, n = 0; k > 0 && n < FAR; n++) {
        const DabMeasure *m = measure_of(f, --k);
        if (!dab_same_passage(f->r, m, measure_of(f, i))) return FALSE;
        if (!m->deadline && of_one_thing(f, k, i, ALIKE)) return TRUE;
    }
    return FALSE;
}

/* All that the sentence promises for that day. */
static void report_done(const Finder *f, guint i) {
    const guint sentence = measure_of(f, i)->sentence;
    const char *day = measure_of(f, i)->deadline;
    for (guint k = i; k < f->r->measures->len && measure_of(f, k)->sentence == sentence; k++) {
        DabMeasure *m = measure_of(f, k);
        if (m->role != DAB_ROLE_TARGET || g_strcmp0(m->deadline, day) || asks(f, m)) continue;
        m->role = DAB_ROLE_OUTCOME;
        m->as_of = m->deadline;
        m->deadline = NULL;
    }
}

void dab_promises_find(DabReport *r, DabName *const *names) {
    const Finder f = {r, names};
    char today[11];
    last_day(r, today);
    for (guint i = 0; i < r->measures->len; i++) {
        const DabMeasure *m = measure_of(&f, i);
        if (m->table < 0 && m->role == DAB_ROLE_TARGET && is_over(&f, m, today) && was_told_before(&f, i)) report_done(&f, i);
    }
    for (guint i = 0; i < r->measures->len; i++)
        if (may_be_promise(&f, i) && (is_answered_bound(&f, i) || said_again(&f, i) || is_headed(&f, i)))
            promise(&f, measure_of(&f, i));
    for (guint i = 0; i < r->measures->len; i++)
        if (may_be_promise(&f, i) && listed_with_target(&f, i)) promise(&f, measure_of(&f, i));
}
