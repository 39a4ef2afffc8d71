/* Where a number stands, and whether a rule's conditions hold there. */
#include <string.h>

#include "dabiao/date.h"
#include "engine/draft.h"
#include "engine/rule_set.h"

static gint year_of(const DabPlace *p, const char *text) {
    char iso[11];
    gboolean found = *text && dab_date_find(p->rules, text, strlen(text), p->document->year, iso);
    return found ? (gint)g_ascii_strtoll(iso, NULL, 10) : 0;
}

/* 2018 in a column of years: of when the figures of the row are. */
static const char *time_of_row(const DabPlace *p) {
    const GArray *columns = dab_place_columns(p);
    for (guint c = 0; c < columns->len; c++)
        if (!strcmp(g_array_index(columns, DabColumn, c).role, "period")) return dab_cell_at(p->table, p->passage->row, (gint)c);
    return "";
}

/* Whether the table has another column of this role for the document's own year: 2021年决算数 beside 2022年决算数. */
static gboolean has_newer(const DabPlace *p, const char *role) {
    const GArray *columns = dab_place_columns(p);
    for (guint c = 0; c < columns->len; c++) {
        const DabColumn *column = &g_array_index(columns, DabColumn, c);
        if (!strcmp(column->role, role) && dab_memory_year(p->memory, column->when) == p->document->year) return TRUE;
    }
    return FALSE;
}

/* The role of a column or row that names a year: 2021年 in a document of 2022 is only compared with, 2025年 is promised. NULL: its
 * own. */
static const char *role_of_year(const DabPlace *p) {
    gboolean period = dab_rules_has_word(p->rules, "period_roles", p->column_role, strlen(p->column_role));
    if (!period && strcmp(p->column_role, "outcome")) return NULL;
    gint year = period ? year_of(p, p->row_when) : 0;
    if (!year) year = dab_memory_year(p->memory, p->column_when);
    if (!year || !p->document->year || year == p->document->year) return NULL;
    if (!period) return year < p->document->year && has_newer(p, "outcome") ? g_intern_static_string("reference") : NULL;
    return year < p->document->year ? g_intern_static_string("reference") : g_intern_static_string("target");
}

void dab_place_make(DabPlace *p, const DabDocument *d, const DabRules *rules, DabMemory *memory, guint sentence,
                    const DabShape *shape) {
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, sentence);
    const DabPassage *passage = &g_array_index(d->passages, DabPassage, s->passage);
    *p = (DabPlace){.document = d,
                    .rules = rules,
                    .memory = memory,
                    .genre = dab_memory_genre(memory),
                    .sentence = s,
                    .passage = passage,
                    .sentence_index = sentence,
                    .shape = shape,
                    .column = -1,
                    .column_role = g_intern_static_string("none"),
                    .column_name = "",
                    .column_label = "",
                    .column_when = "",
                    .row_when = "",
                    .row_label = ""};
    if (passage->table < 0) return;
    p->table = d->tables->pdata[passage->table];
    const DabRow *row = &g_array_index(p->table->layout->rows, DabRow, passage->row);
    p->column = (gint)g_array_index(row->cells, DabCell, passage->cell).column;
    const DabBand *band = dab_table_band(p->table, (guint)passage->row);
    const DabColumn *column = &g_array_index(band->columns, DabColumn, p->column);
    p->column_role = column->role;
    p->column_name = column->name;
    p->column_label = column->label;
    p->column_when = column->when;
    p->row_when = time_of_row(p);
    const char *role = role_of_year(p);
    if (role) p->column_role = role;
    if ((guint)passage->row < band->first_row + band->n_header_rows) p->column_role = g_intern_static_string("header");
    p->row_label = dab_row_label(d, rules, p->table, passage->row, p->column);
}

/* The year that stands at the head of a clause before the number (rules of stage "time", kind "year"): not one that it is compared
 * with. */
static gint year_before(const DabPlace *p, const DabNumber *number) {
    const DabShapeFilter *filter = p->rules->shape_filter;
    gint tag = dab_shape_tag(p->shape, (guint)(number - (const DabNumber *)(const void *)p->document->numbers->data));
    if (tag < 0) return 0;
    gsize at = g_array_index(p->shape->tags, DabTag, tag).at;
    const guint64 *likely = dab_shape_likely(p->shape, (guint)tag);
    for (guint i = filter->first_time; (i = dab_bits_next(likely, i, filter->first_relation)) < filter->first_relation; i++) {
        const DabRule *rule = filter->times->pdata[i - filter->first_time];
        DabMatch m = {0};
        if (g_strcmp0(rule->kind, "year") || !dab_around_holds(rule, p->shape, at, &m)) continue;
        int group = dab_pattern_group(rule->before, "date");
        if (!dab_match_has(&m, group)) continue;
        DabSpan home = dab_shape_home(p->shape, m.spans[2 * group], m.spans[2 * group + 1]);
        char iso[11];
        const char *text = p->document->text->utf8->str + home.start;
        gint own = p->document->year, section = dab_memory_section_year(p->memory, p->passage->section);
        if (!dab_date_find(p->rules, text, dab_span_len(home), own, iso)) continue;
        if (section && g_ascii_strtoll(iso, NULL, 10) == own) /* 一季度 under 2024年计划 is of 2024 */
            dab_date_find(p->rules, text, dab_span_len(home), section, iso);
        return (gint)g_ascii_strtoll(iso, NULL, 10);
    }
    return 0;
}

static gint find_year(const DabPlace *p, const DabNumber *number) {
    gint year = year_of(p, p->row_when); /* a row of years: 年末人口 is of its year's end */
    if (!year) year = dab_memory_year(p->memory, p->column_when);
    if (!year) year = year_before(p, number);
    if (!year) year = dab_memory_section_year(p->memory, p->passage->section);
    return year ? year : p->document->year;
}

gint dab_place_year(const DabPlace *p, const DabNumber *number) {
    gint year;
    if (dab_memory_last_year(p->memory, number, &year)) return year;
    year = find_year(p, number);
    dab_memory_keep_year(p->memory, number, year);
    return year;
}

static const char *against_document(const DabPlace *p, const DabNumber *number) {
    gint year = dab_place_year(p, number);
    return year > p->document->year ? "later" : year < p->document->year ? "earlier" : "same";
}

static gboolean unit_in(const DabRules *rules, const char *const *lists, const char *unit) {
    for (; *lists; lists++)
        if (dab_rules_has_word(rules, *lists, unit, strlen(unit))) return TRUE;
    return FALSE;
}

static gboolean matches(DabPattern *pattern, const char *text) {
    DabMatch m;
    return dab_pattern_match(pattern, text, strlen(text), 0, &m);
}

static gboolean raw_matches(const DabPlace *p, DabPattern *pattern, const DabNumber *number) {
    DabMatch m;
    return dab_pattern_match(pattern, p->document->text->utf8->str + number->span.start, dab_span_len(number->span), 0, &m);
}

/* Whether a number stands in the title of a section. Sections are in order of the text. */
static gboolean in_title(const DabPlace *p, const DabNumber *number) {
    const GArray *sections = p->document->sections;
    guint low = 0, high = sections->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(sections, DabSection, middle).span.end <= number->span.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sections->len && dab_span_has(g_array_index(sections, DabSection, low).span, number->span);
}

/* The rest of the passage, without the blank that may part two sentences. */
static gboolean next_matches(const DabPlace *p, DabPattern *pattern) {
    gsize start = p->sentence->span.end;
    const char *text = p->document->text->utf8->str;
    while (start < p->passage->span.end && text[start] == ' ') start++;
    DabMatch m;
    return start < p->passage->span.end && dab_pattern_match(pattern, text + start, p->passage->span.end - start, 0, &m);
}

gboolean dab_when_holds(const DabWhen *w, const DabPlace *p, const DabNumber *number, const char *role) {
    if (!w) return TRUE;
    const DabStand stand = {p->genre, p->column_role, p->sentence->tense};
    if (!dab_stands_so(w, &stand)) return FALSE;
    if (w->number && (!number || !dab_is_among(w->number, number->kind))) return FALSE;
    if (w->unit && (!number || !unit_in(p->rules, w->unit, number->unit))) return FALSE;
    if (w->comparator &&
        (!number || !g_strv_contains((const gchar *const *)w->comparator, dab_comparator_sign(number->comparator))))
        return FALSE;
    if (w->place &&
        (!number || !g_strv_contains((const gchar *const *)w->place,
                                     p->passage->kind == DAB_PASSAGE_TITLE || in_title(p, number) ? "heading" : "text")))
        return FALSE;
    if (w->raw && (!number || !raw_matches(p, w->raw, number))) return FALSE;
    if (w->year && (!number || !g_strv_contains((const gchar *const *)w->year, against_document(p, number)))) return FALSE;
    if (w->role && (!role || !g_strv_contains((const gchar *const *)w->role, role))) return FALSE;
    if (w->title && !dab_memory_title_matches(p->memory, w->title)) return FALSE;
    if (w->next && !next_matches(p, w->next)) return FALSE;
    if (w->section && !dab_memory_section_matches(p->memory, p->passage->section, w->section)) return FALSE;
    if (w->name && !matches(w->name, p->column_name) && !matches(w->name, p->row_label) && !matches(w->name, p->row_when))
        return FALSE;
    return TRUE;
}
