#include "cli/join.h"

#include <math.h>
#include <string.h>

#include "dabiao/likeness.h"
#include "output/value.h"

#define MIN_LIKENESS 0.75 /* stricter than in a document, where what stands together belongs together */
/* Summaries of a year are written from November on; what is dated earlier speaks of a part of the year. */
#define FIRST_SUMMARY_MONTH 11

/* Strings live in the join's chunk, or in the rules; NULL where the document says nothing. */
typedef struct {
    const char *name, *sha256, *region, *issuer, *date;
    guint index;
} Doc;

typedef struct {
    const Doc *doc;
    const char *id, *indicator, *essence, *scope, *sentence, *unit, *as_of, *deadline, *change;
    DabUnitClass unit_class;
    DabComparator comparator;
    gboolean has_value, has_range, cumulative, added;
    double value, low, high;
    gint year;
} Item;

struct DabJoin {
    const DabRules *rules;
    GStringChunk *text;
    GPtrArray *docs;      /* Doc */
    GPtrArray *items;     /* owns them */
    GPtrArray *targets;   /* Item, in order */
    GHashTable *outcomes; /* place and year, in the chunk → GPtrArray of Item: a target is compared with those of its own only */
};

DabJoin *dab_join_new(const DabRules *rules) {
    DabJoin *j = g_new0(DabJoin, 1);
    j->rules = rules;
    j->text = g_string_chunk_new(64 * 1024);
    j->docs = g_ptr_array_new_with_free_func(g_free);
    j->items = g_ptr_array_new_with_free_func(g_free);
    j->targets = g_ptr_array_new();
    j->outcomes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    return j;
}

void dab_join_free(DabJoin *j) {
    if (!j) return;
    g_hash_table_unref(j->outcomes);
    g_ptr_array_unref(j->targets);
    g_ptr_array_unref(j->items);
    g_ptr_array_unref(j->docs);
    g_string_chunk_free(j->text);
    g_free(j);
}

static const char *keep(DabJoin *j, const char *text) {
    return text && *text ? g_string_chunk_insert_const(j->text, text) : NULL;
}

static gint year_of(const char *date, gint otherwise) {
    gint year = date ? (gint)g_ascii_strtoll(date, NULL, 10) : 0;
    return year > 0 ? year : otherwise;
}

static DabComparator comparator_of(const char *sign) {
    for (DabComparator c = DAB_EQ; c <= DAB_LT; c++)
        if (!g_strcmp0(sign, dab_comparator_sign(c))) return c;
    return DAB_EQ;
}

/* What stands before the number in its clause: 全年累计培训 of 全年累计培训320人次. The whole sentence where the number is not
 * found. */
static char *clause_before(const DabRules *rules, const char *sentence, const char *raw) {
    const char *at = sentence && raw && *raw ? strstr(sentence, raw) : NULL;
    if (!at) return g_strdup(sentence ? sentence : "");
    g_autofree char *head = g_strndup(sentence, (gsize)(at - sentence));
    const GPtrArray *marks = dab_rules_words(rules, "clause_marks");
    const char *start = head;
    for (guint i = 0; marks && i < marks->len; i++) {
        const char *mark = g_strrstr(head, marks->pdata[i]);
        if (mark) start = MAX(start, mark + strlen(marks->pdata[i]));
    }
    return g_strdup(start);
}

static gboolean is_cumulative(const DabRules *rules, const char *clause, const char *indicator) {
    g_autoptr(GString) text = g_string_new(clause);
    g_string_append_printf(text, "\n%s", indicator);
    const GPtrArray *annual = dab_rules_words(rules, "annual_words");
    for (guint i = 0; annual && i < annual->len; i++) {
        if (strstr(text->str, annual->pdata[i])) return FALSE;
    }
    return dab_name_has_word(rules, "cumulative_words", text->str);
}

static Item *item_of(DabJoin *j, const Doc *doc, const DabOutputMeasure *m, const char *date, gint year) {
    Item *i = g_new0(Item, 1);
    g_ptr_array_add(j->items, i);
    g_autofree char *essence = dab_name_essence(j->rules, m->indicator), *clause = clause_before(j->rules, m->sentence, m->raw);
    *i = (Item){.doc = doc,
                .id = keep(j, m->id),
                .indicator = keep(j, m->indicator),
                .essence = keep(j, essence),
                .scope = keep(j, m->scope),
                .sentence = keep(j, m->sentence),
                .as_of = keep(j, m->as_of),
                .deadline = keep(j, m->deadline),
                .change = keep(j, m->change),
                .comparator = comparator_of(m->comparator),
                .has_value = m->has_value,
                .has_range = m->has_low && m->has_high,
                .value = m->value,
                .low = m->low,
                .high = m->high,
                .year = year_of(date, year)};
    i->unit = m->unit && *m->unit ? keep(j, m->unit) : "";
    i->unit_class = dab_unit_class(j->rules, i->unit);
    i->cumulative = is_cumulative(j->rules, clause, m->indicator);
    i->added = dab_name_has_word(j->rules, "added_words", clause) || dab_name_has_word(j->rules, "added_words", m->indicator);
    return i;
}

static gboolean is_answered(const DabOutput *o, const DabOutputMeasure *m) {
    for (guint i = 0; i < o->links->len; i++)
        if (!g_strcmp0(g_array_index(o->links, DabOutputLink, i).target, m->id)) return TRUE;
    return FALSE;
}

static char *key_of(const char *what, const char *place, gint year) {
    return g_strdup_printf("%s %d %s", what, year, place);
}

static void file_under(DabJoin *j, const char *what, const char *place, Item *i) {
    if (!place) return;
    g_autofree char *key = key_of(what, place, i->year);
    GPtrArray *items = g_hash_table_lookup(j->outcomes, key);
    if (!items) {
        items = g_ptr_array_new();
        g_hash_table_insert(j->outcomes, g_string_chunk_insert_const(j->text, key), items);
    }
    g_ptr_array_add(items, i);
}

void dab_join_add(DabJoin *j, const DabOutput *o, const char *name) {
    Doc *doc = g_new0(Doc, 1);
    g_ptr_array_add(j->docs, doc);
    *doc = (Doc){keep(j, name), keep(j, o->source_sha256), keep(j, o->region), keep(j, o->issuer), keep(j, o->date), j->docs->len};
    for (guint k = 0; k < o->measures->len; k++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, k);
        gboolean target = !g_strcmp0(m->role, "target");
        if (!m->id || !m->indicator || !*m->indicator || (!target && g_strcmp0(m->role, "outcome"))) continue;
        if (target && is_answered(o, m)) continue;
        Item *i = item_of(j, doc, m, target ? m->deadline : m->as_of, o->year);
        if (!i->year || !i->essence) continue;
        if (target) {
            g_ptr_array_add(j->targets, i);
        } else {
            file_under(j, "region", doc->region, i);
            file_under(j, "issuer", doc->issuer, i);
        }
    }
}

static gboolean same_place(const Doc *t, const Doc *o) {
    if (t->region && o->region) return t->region == o->region; /* the chunk keeps each string once */
    return t->issuer && t->issuer == o->issuer;
}

/* Whether `a` is dated before `b`, as far as both say: 2022-06 is not before 2022-06-30. */
static gboolean before(const char *a, const char *b) {
    if (!a || !b) return FALSE;
    return strncmp(a, b, MIN(strlen(a), strlen(b))) < 0;
}

/* Whether the outcome is of a part of the target's period only. *early: it is of a document that was written before the period
 * ended. */
static gboolean is_partial(const Item *t, const Item *o, gboolean *early) {
    g_autofree char *end = t->deadline && strlen(t->deadline) >= 7 ? g_strdup(t->deadline) : g_strdup_printf("%d-12-31", t->year);
    *early = FALSE;
    if (o->as_of && strlen(o->as_of) >= 7) return before(o->as_of, end);
    if (!o->doc->date || !before(o->doc->date, end)) return FALSE;
    gint month = strlen(o->doc->date) >= 7 ? (gint)g_ascii_strtoll(o->doc->date + 5, NULL, 10) : 12;
    *early = month < 12;
    return year_of(o->doc->date, 0) < o->year || month < FIRST_SUMMARY_MONTH;
}

/* Whether a scope is the whole of what the document is about: 全市 in a report of 松泽市, not in one of 松泽市南湾区. */
static gboolean is_whole(const DabRules *rules, const Doc *doc, const char *scope) {
    if (dab_rules_has_word(rules, "own_scopes", scope, strlen(scope))) return TRUE;
    if (g_utf8_strlen(scope, -1) != 2) return FALSE;
    return !doc->region || g_str_has_suffix(doc->region, g_utf8_next_char(scope));
}

/* Whether `o` speaks of the group or part that `t` names: 市区, 65岁及以上老年人. */
static gboolean speaks_of(const DabRules *rules, const Item *t, const Item *o) {
    if (!t->scope || t->scope == o->scope || is_whole(rules, t->doc, t->scope)) return TRUE;
    return (o->scope && strstr(o->scope, t->scope)) || strstr(o->indicator, t->scope) ||
           (o->sentence && strstr(o->sentence, t->scope));
}

static gboolean same_distinctions(const DabRules *rules, const char *a, const char *b) {
    const GPtrArray *words = dab_rules_words(rules, "distinguishing_words");
    for (guint i = 0; words && i < words->len; i++)
        if (!strstr(a, words->pdata[i]) != !strstr(b, words->pdata[i])) return FALSE;
    return TRUE;
}

/* Whether every character of the shorter name stands in the longer one, in the same order: one leaves words out, none has another.
 */
static gboolean is_within(const char *a, const char *b) {
    if (strlen(a) > strlen(b)) {
        const char *longer = a;
        a = b, b = longer;
    }
    for (; *a && *b; b = g_utf8_next_char(b))
        if (g_utf8_get_char(a) == g_utf8_get_char(b)) a = g_utf8_next_char(a);
    return !*a;
}

/* How well an outcome answers a target; 0: not at all. Cheap questions first: it is asked of each pair of a year. */
static double fit(const DabRules *rules, const Item *t, const Item *o, gboolean *early) {
    if (!same_place(t->doc, o->doc) || t->doc == o->doc || t->change != o->change) return 0;
    if (t->doc->sha256 && t->doc->sha256 == o->doc->sha256) return 0; /* the same report twice */
    double unit = dab_unit_fit(&t->unit_class, &o->unit_class);
    if (!unit) return 0;
    if (t->essence != o->essence && (!is_within(t->essence, o->essence) || !same_distinctions(rules, t->essence, o->essence)))
        return 0;
    double like = dab_name_likeness(t->essence, o->essence) * (unit < 1 ? 0.99 : 1);
    if (like < MIN_LIKENESS || before(o->doc->date, t->doc->date) || is_partial(t, o, early)) return 0;
    if (!speaks_of(rules, t, o) || !speaks_of(rules, o, t)) return 0;
    return like;
}

typedef struct {
    const Item *outcome;
    double fit;
    gboolean early;
} Answer;

/* The best one; of equals that of the same issuer, then of the later document, then the first. */
static gboolean better(const Item *t, const Answer *a, const Answer *b) {
    if (!b->outcome || a->fit != b->fit) return !b->outcome || a->fit > b->fit;
    const Doc *x = a->outcome->doc, *y = b->outcome->doc;
    gboolean own_x = x->issuer && x->issuer == t->doc->issuer, own_y = y->issuer && y->issuer == t->doc->issuer;
    if (own_x != own_y) return own_x;
    gint later = g_strcmp0(x->date, y->date);
    return later > 0 || (later == 0 && x->index < y->index);
}

static DabVerdict judge(const DabRules *rules, const Item *t, const Answer *a, double *margin, GString *why) {
    const Item *o = a->outcome;
    *margin = NAN;
    if ((!t->has_value && !t->has_range) || !o->has_value) {
        g_string_append(why, "; one side has no single value");
        return DAB_VERDICT_UNCLEAR;
    }
    DabChange change = !t->change ? DAB_CHANGE_NONE : !strcmp(t->change, "decrease") ? DAB_CHANGE_DECREASE : DAB_CHANGE_INCREASE;
    DabGoal goal = {.low = t->has_value ? t->value : t->low,
                    .high = t->has_value ? t->value : t->high,
                    .comparator = t->has_value ? t->comparator : DAB_EQ,
                    .lower_is_better = dab_lower_is_better(rules, t->indicator, change)};
    double ratio = dab_unit_ratio(&o->unit_class, &t->unit_class);
    if (ratio != 1) g_string_append_printf(why, "; %s converted to %s", o->unit, t->unit);
    if (goal.lower_is_better) g_string_append(why, "; less is better");
    if (t->cumulative != o->cumulative || t->added != o->added) {
        gboolean total = t->cumulative != o->cumulative;
        g_string_append_printf(why, total ? "; %s is cumulative" : "; %s alone is what the year added",
                               (total ? t->cumulative : t->added) ? "the target" : "the outcome");
        return DAB_VERDICT_UNCLEAR;
    }
    DabVerdict verdict = dab_goal_judge(&goal, o->value * ratio, margin);
    if (verdict != DAB_VERDICT_MISSED || !a->early) return verdict;
    g_string_append(why, "; the year still ran");
    return DAB_VERDICT_UNCLEAR;
}

static void put_measure(DabValue *into, const char *key, const Item *i) {
    DabValue *o = dab_value_new_object();
    dab_value_put_text(o, "output", i->doc->name);
    dab_value_put_text(o, "id", i->id);
    dab_value_put(into, key, o);
}

static void write_link(const DabRules *rules, const Item *t, const Answer *a, GString *out) {
    const Item *o = a->outcome;
    double margin;
    g_autoptr(GString) why = g_string_new(NULL);
    gboolean region = t->doc->region && o->doc->region;
    g_string_append_printf(why, "same %s %s, %s", region ? "region" : "issuer", region ? t->doc->region : t->doc->issuer,
                           t->essence == o->essence ? "same indicator" : "like indicator ");
    if (t->essence != o->essence) g_string_append(why, o->indicator);
    DabVerdict verdict = judge(rules, t, a, &margin, why);
    g_autoptr(DabValue) line = dab_value_new_object();
    put_measure(line, "target", t);
    put_measure(line, "outcome", o);
    dab_value_put_text(line, "indicator", t->indicator);
    dab_value_put_count(line, "year", (guint64)t->year);
    dab_value_put_text(line, "verdict", dab_verdict_name(verdict));
    double larger = t->has_value ? fmax(fabs(t->value), fabs(o->value)) : fmax(fabs(t->high), fabs(o->value));
    int whole_digits = larger >= 1 ? (int)floor(log10(larger)) + 1 : 1;
    if (isnan(margin))
        dab_value_put_null(line, "margin");
    else
        dab_value_put_decimals(line, "margin", margin, (guint)CLAMP(14 - whole_digits, 0, 10));
    dab_value_put_text(line, "why", why->str);
    dab_value_write(line, out);
    g_string_append_c(out, '\n');
}

static void look_under(const DabJoin *j, const char *what, const char *place, const Item *t, Answer *best) {
    if (!place) return;
    g_autofree char *key = key_of(what, place, t->year);
    const GPtrArray *outcomes = g_hash_table_lookup(j->outcomes, key);
    for (guint i = 0; outcomes && i < outcomes->len; i++) {
        Answer a = {.outcome = outcomes->pdata[i]};
        a.fit = fit(j->rules, t, a.outcome, &a.early);
        if (a.fit > 0 && better(t, &a, best)) *best = a;
    }
}

GString *dab_join_make(DabJoin *j, guint *n_links) {
    GString *out = g_string_new(NULL);
    *n_links = 0;
    for (guint i = 0; i < j->targets->len; i++) {
        const Item *t = j->targets->pdata[i];
        Answer best = {0};
        look_under(j, "region", t->doc->region, t, &best);
        look_under(j, "issuer", t->doc->issuer, t, &best);
        if (!best.outcome) continue;
        write_link(j->rules, t, &best, out);
        ++*n_links;
    }
    return out;
}
