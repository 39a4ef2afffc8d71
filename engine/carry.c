/* The name that a number without one carries on: of the measure it stands beside, of the clause before it, of its row, of its
 * heading. */
#include <string.h>

#include "engine/naming.h"

#define MIN_CLAUSE 4 /* characters of a clause that may name a number of the next one */
#define MAX_CLAUSE 24
#define MAX_JOINT_BYTES 3
#define MIN_NAME 2 /* one character left over names nothing */
#define WIDE_LEFT_PAREN 0xFF08
#define WIDE_RIGHT_PAREN 0xFF09

/* Where the last stop of the list `words` before byte `end` of the shape begins; *len is its length. -1: none. */
static gssize stop_before(const DabPlace *p, const char *words, gsize end, gsize *len) {
    gsize at = dab_rules_word_before(p->rules, words, p->shape->text->str, end, len);
    return *len ? (gssize)(at - *len) : -1;
}

const char *dab_name_clause(const DabPlace *p, guint number) {
    gsize len, before_len, hard_len;
    gssize end = stop_before(p, "clause_stops", (gsize)dab_shape_find(p->shape, number), &len);
    if (end < 0 || stop_before(p, "hard_stops", (gsize)end + len, &hard_len) == end) return "";
    gssize before = stop_before(p, "clause_stops", (gsize)end, &before_len);
    gsize start = before < 0 ? 0 : (gsize)before + before_len;
    for (guint i = 0; i < p->shape->tags->len; i++) {
        gsize at = g_array_index(p->shape->tags, DabTag, i).at;
        if (at >= start && at < (gsize)end) return "";
    }
    g_autoptr(GString) name = g_string_new(NULL);
    dab_append_home(name, p, dab_trim(p, (DabSpan){start, (gsize)end}, NULL));
    g_string_truncate(name, dab_without_predicate(p->rules, name->str));
    glong chars = g_utf8_strlen(name->str, -1);
    if (dab_name_is_partial(p->rules, name->str) || dab_name_is_nothing(p->rules, name->str)) return "";
    return chars >= MIN_CLAUSE && chars <= MAX_CLAUSE ? dab_pool_strdup(p->document->pool, name->str) : "";
}

/* In a box of figures the name stands below its number: the next passage, when this one is the number alone. "" otherwise. */
static const char *label_below(const DabPlace *p) {
    const DabDocument *d = p->document;
    guint next = p->sentence->passage + 1;
    if (p->shape->text->len != DAB_TAG_BYTES || next >= d->passages->len) return "";
    const DabPassage *below = &g_array_index(d->passages, DabPassage, next);
    if (below->page != p->passage->page || below->kind == DAB_PASSAGE_FURNITURE) return "";
    if (below->table != p->passage->table || below->row != p->passage->row || below->cell != p->passage->cell) return "";
    const char *text = d->text->utf8->str + below->span.start;
    glong len = g_utf8_strlen(text, (gssize)dab_span_len(below->span));
    if (len < MIN_NAME || len > MAX_CLAUSE) return "";
    for (gsize i = 0; i < dab_span_len(below->span); i++)
        if (g_ascii_isdigit(text[i])) return "";
    return dab_pool_strndup(d->pool, text, dab_span_len(below->span));
}

/* Whether number `a` stands in brackets that close before number `b`: 受理3211件（不含旧存288件），下降1.3%. */
static gboolean bracketed_off(const DabPlace *p, guint a, guint b) {
    const GArray *numbers = p->document->numbers;
    const char *text = p->document->text->utf8->str;
    gint depth = 0;
    for (gsize i = g_array_index(numbers, DabNumber, a).span.end; i < g_array_index(numbers, DabNumber, b).span.start;) {
        gunichar c = g_utf8_get_char(text + i);
        depth += c == WIDE_LEFT_PAREN || c == '(';
        depth -= c == WIDE_RIGHT_PAREN || c == ')';
        if (depth < 0) return TRUE;
        i += (gsize)g_utf8_skip[(guchar)text[i]];
    }
    return FALSE;
}

static guint passage_of(const DabPlace *p, const DabMeasure *m) {
    return g_array_index(p->document->sentences, DabSentence, m->sentence).passage;
}

/* The measure that a number without a name is of: the nearest before it in its passage; where the number counts things or money,
 * one of the same unit first (事故5起、死亡9人，同比减少4起), of its own sentence or the first of the one before. NULL when there
 * is none. */
static const DabMeasure *measure_before(const DabPlace *p, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gboolean counts = dab_rules_has_word(p->rules, "unit_count", n->unit, strlen(n->unit)) || !strcmp(n->kind, "money");
    const DabMeasure *nearest = NULL, *alike = NULL;
    for (guint i = measures->len; i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (passage_of(p, m) != p->sentence->passage) break;
        if (!m->subject || !*m->subject || bracketed_off(p, m->number, number)) continue;
        if (!nearest) nearest = m;
        if (!counts) break;
        if (alike && m->sentence != alike->sentence) break;
        if (m->change != DAB_CHANGE_NONE || strcmp(m->unit, n->unit)) continue;
        alike = m;
        if (m->sentence == p->sentence_index) break;
    }
    return alike ? alike : nearest;
}

/* Whether nothing but a joint stands between a number and the measure before it: 改造小区12个、3000户. */
static gboolean stands_beside(const DabPlace *p, const DabMeasure *m, guint number) {
    const DabNumber *a = &g_array_index(p->document->numbers, DabNumber, m->number);
    const DabNumber *b = &g_array_index(p->document->numbers, DabNumber, number);
    return m->sentence == p->sentence_index && b->extent.start <= a->extent.end + MAX_JOINT_BYTES;
}

static gboolean in_same_clause(const DabPlace *p, const DabMeasure *m, guint number) {
    gsize len;
    if (m->sentence != p->sentence_index) return FALSE;
    gssize stop = stop_before(p, "clause_stops", (gsize)dab_shape_find(p->shape, number), &len);
    return dab_shape_find(p->shape, m->number) > stop;
}

/* The title of the section, if it is one: where a numbered sentence is all there is, no figure of it is a name. */
static const char *title_of(const DabPlace *p) {
    const char *title = g_array_index(p->document->sections, DabSection, p->passage->section).title;
    const char *name = dab_trim_label(p->rules, p->document->pool, title);
    if (dab_heading_is_nothing(p->rules, name)) return "";
    gsize stop = strcspn(name, "0123456789");
    return g_utf8_strlen(name, -1) > MAX_CLAUSE && name[stop] ? "" : name;
}

/* What a number goes on from another: a change from all of its name (完成率95%，提高2个百分点), but a growth not from the share of
 * a plan (完成年度任务的54.7%，同比增长24.1%); a level from the thing itself. */
static const char *going_on(const DabPlace *p, guint number, const DabMeasure *m, gboolean change) {
    const GArray *numbers = p->document->numbers;
    gboolean rates = !strcmp(g_array_index(numbers, DabNumber, number).kind, "percent") &&
                     !strcmp(g_array_index(numbers, DabNumber, m->number).kind, "percent");
    gboolean share =
        rates && m->change == DAB_CHANGE_NONE && dab_rules_last_word(p->rules, "goal_names", m->indicator, strlen(m->indicator));
    return change && !share ? m->indicator : m->subject;
}

/* The name a reading without one takes: of the measure it stands beside; of one in its clause; of the clause before it; of the
 * measure before it in the sentence or cell; of its row; of the section. */
const char *dab_name_carried(const DabPlace *p, guint number, const GArray *measures, gboolean change) {
    const DabMeasure *last = measures->len ? &g_array_index(measures, DabMeasure, measures->len - 1) : NULL;
    if (last && last->subject && *last->subject && stands_beside(p, last, number)) return going_on(p, number, last, change);
    const DabMeasure *before = measure_before(p, number, measures);
    if (before && in_same_clause(p, before, number)) return going_on(p, number, before, change);
    const char *clause = dab_name_clause(p, number);
    if (*clause) return clause;
    if (before) return going_on(p, number, before, change);
    const char *below = label_below(p);
    if (*below) return below;
    if (p->table) return *p->row_label ? p->row_label : dab_column_label(p);
    if (p->passage->section < 0) return "";
    return title_of(p);
}
