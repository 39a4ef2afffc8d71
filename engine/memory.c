#include "engine/memory.h"

#include <string.h>

#include "dabiao/date.h"
#include "dabiao/likeness.h"

#define UNKNOWN (-1)
#define OF_DOCUMENT (-1) /* in place of a section: the title of the document itself */

typedef struct {
    const DabPattern *pattern;
    gint section;
} Question;

struct DabMemory {
    const DabDocument *document;
    const DabRules *rules;
    const char *genre;
    DabStand stand;     /* for which `open` is */
    guint64 *open;      /* NULL before it is asked */
    gconstpointer last; /* the number whose year was found last */
    gint last_year;
    GHashTable *years;         /* name → year + 1 */
    gint *section_year;        /* of each section, or UNKNOWN */
    const char **section_date; /* of each section and, last, of the document; NULL before it is asked, "" none */
    GHashTable *titles;        /* Question → 1: no, 2: yes */
};

static guint hash(gconstpointer question) {
    const Question *q = question;
    return g_direct_hash(q->pattern) + (guint)q->section * 31;
}

static gboolean equal(gconstpointer a, gconstpointer b) {
    const Question *x = a, *y = b;
    return x->pattern == y->pattern && x->section == y->section;
}

DabMemory *dab_memory_new(const DabDocument *document, const DabRules *rules) {
    DabMemory *m = g_new(DabMemory, 1);
    *m = (DabMemory){.document = document,
                     .rules = rules,
                     .genre = g_intern_string(document->genre),
                     .years = g_hash_table_new(g_direct_hash, g_direct_equal),
                     .section_year = g_new(gint, document->sections->len + 1),
                     .section_date = g_new0(const char *, document->sections->len + 1),
                     .titles = g_hash_table_new_full(hash, equal, g_free, NULL)};
    for (guint i = 0; i < document->sections->len; i++) m->section_year[i] = UNKNOWN;
    return m;
}

void dab_memory_free(DabMemory *m) {
    if (!m) return;
    g_hash_table_unref(m->years);
    g_hash_table_unref(m->titles);
    g_free(m->section_year);
    g_free(m->section_date);
    g_free(m->open);
    g_free(m);
}

const char *dab_memory_genre(const DabMemory *m) {
    return m->genre;
}

gboolean dab_stands_so(const DabWhen *w, const DabStand *stand) {
    if (w->genre && !dab_is_among(w->genre, stand->genre)) return FALSE;
    if (w->column && !dab_is_among(w->column, stand->column)) return FALSE;
    return !w->tense || dab_is_among(w->tense, stand->tense);
}

const guint64 *dab_memory_open_rules(DabMemory *m, const GPtrArray *rules, const DabStand *stand) {
    if (m->open && stand->genre == m->stand.genre && stand->column == m->stand.column && stand->tense == m->stand.tense)
        return m->open;
    if (!m->open) m->open = g_new(guint64, rules->len / 64 + 1);
    memset(m->open, 0, (rules->len / 64 + 1) * sizeof *m->open);
    for (guint i = 0; i < rules->len; i++) {
        const DabWhen *when = ((const DabRule *)rules->pdata[i])->when;
        if (!when || dab_stands_so(when, stand)) m->open[i / 64] |= (guint64)1 << (i % 64);
    }
    m->stand = *stand;
    return m->open;
}

gboolean dab_memory_last_year(const DabMemory *m, gconstpointer number, gint *year) {
    *year = m->last_year;
    return m->last == number;
}

void dab_memory_keep_year(DabMemory *m, gconstpointer number, gint year) {
    m->last = number;
    m->last_year = year;
}

static const DabSection *section_at(const DabMemory *m, gint section) {
    return &g_array_index(m->document->sections, DabSection, section);
}

static gint year_in(const DabMemory *m, const char *text) {
    char iso[11];
    if (!*text || !dab_date_find(m->rules, text, strlen(text), m->document->year, iso)) return 0;
    return (gint)g_ascii_strtoll(iso, NULL, 10);
}

gint dab_memory_year(DabMemory *m, const char *name) {
    if (!*name) return 0;
    gint year = GPOINTER_TO_INT(g_hash_table_lookup(m->years, name)) - 1;
    if (year >= 0) return year;
    year = year_in(m, name);
    g_hash_table_insert(m->years, (gpointer)name, GINT_TO_POINTER(year + 1));
    return year;
}

/* A report on half a year or a quarter: what it plans next is for the same year. */
static gboolean speaks_of_part(const DabDocument *d, const DabRules *rules) {
    if (dab_name_has_word(rules, "part_of_year", d->title)) return TRUE;
    return d->date && g_ascii_strtoll(d->date, NULL, 10) == d->year && g_ascii_strtoll(d->date + 5, NULL, 10) < 11;
}

/* 下一步工作 in a report on a whole year is the next year's. */
static gboolean names_next_period(const DabMemory *m, const char *title) {
    return dab_name_has_word(m->rules, "next_period", title) && !speaks_of_part(m->document, m->rules);
}

/* The year of a title, where it is not one that something is only compared with: 预算收入9亿元，比2022年增长5% is of no year. */
static gint own_year_in(const DabMemory *m, const char *title) {
    gsize end = strlen(title);
    const GPtrArray *words = dab_rules_words(m->rules, "time_stops");
    for (guint i = 0; words && i < words->len; i++) {
        const char *at = g_strstr_len(title, (gssize)end, words->pdata[i]);
        if (at) end = (gsize)(at - title);
    }
    g_autofree char *own = g_strndup(title, end);
    return year_in(m, own);
}

gint dab_memory_section_year(DabMemory *m, gint section) {
    gint year = 0;
    for (gint s = section; s >= 0 && !year; s = section_at(m, s)->parent) {
        if (m->section_year[s] != UNKNOWN) {
            year = m->section_year[s];
            break;
        }
        year = own_year_in(m, section_at(m, s)->title);
        if (!year && names_next_period(m, section_at(m, s)->title)) year = m->document->year + 1;
    }
    if (section >= 0) m->section_year[section] = year;
    return year;
}

/* The time behind 截至 in a title, "" where it has none. */
static const char *date_in(const DabMemory *m, const char *title) {
    gsize len = title ? strlen(title) : 0, word, end = len ? dab_rules_word_before(m->rules, "as_of_words", title, len, &word) : 0;
    char iso[11];
    if (!end || !dab_date_find(m->rules, title + end, len - end, m->document->year, iso)) return "";
    return dab_pool_strdup(m->document->pool, iso);
}

const char *dab_memory_title_date(DabMemory *m, gint section) {
    gint document = (gint)m->document->sections->len;
    for (gint s = section;; s = section_at(m, s)->parent) {
        const char **known = &m->section_date[s < 0 ? document : s];
        if (!*known) *known = date_in(m, s < 0 ? m->document->title : section_at(m, s)->title);
        if (**known) return *known;
        if (s < 0) return NULL;
    }
}

static gboolean matches(DabPattern *pattern, const char *text) {
    DabMatch match;
    return dab_pattern_match(pattern, text, strlen(text), 0, &match);
}

/* The answer is kept with the question, which is asked again and again. */
static gboolean answer(DabMemory *m, const Question *asked, gboolean yes) {
    g_hash_table_insert(m->titles, g_memdup2(asked, sizeof *asked), GUINT_TO_POINTER(yes ? 2 : 1));
    return yes;
}

gboolean dab_memory_title_matches(DabMemory *m, DabPattern *pattern) {
    if (!m->document->title) return FALSE;
    Question asked = {pattern, OF_DOCUMENT};
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(m->titles, &asked));
    return known ? known == 2 : answer(m, &asked, matches(pattern, m->document->title));
}

gboolean dab_memory_section_matches(DabMemory *m, gint section, DabPattern *pattern) {
    if (section < 0) return FALSE;
    Question asked = {pattern, section};
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(m->titles, &asked));
    if (known) return known == 2;
    const DabSection *s = section_at(m, section);
    return answer(m, &asked, matches(pattern, s->title) || dab_memory_section_matches(m, s->parent, pattern));
}
