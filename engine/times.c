/* By when a target is due, as of when an outcome holds: rules of stage "time" find the date, rules of stage "date" read it. */
#include <string.h>

#include "dabiao/date.h"
#include "engine/draft.h"
#include "engine/rule_set.h"

#define MAX_BACK 40  /* sentences: further back nothing says when a target is due */
#define DUE_BYTES 18 /* 2025年年底 */

/* The last day of a year or month: what is due in 2025 is due by its end. */
static void to_last_day(char iso[11]) {
    gint year = (gint)g_ascii_strtoll(iso, NULL, 10), month = strlen(iso) >= 7 ? (gint)g_ascii_strtoll(iso + 5, NULL, 10) : 12;
    if (strlen(iso) < 10)
        g_snprintf(iso, 11, "%04d-%02d-%02d", year, month, g_date_get_days_in_month((GDateMonth)month, (GDateYear)year));
}

/* 全年, 2022年 in a document of 2022: over which time a figure is, which its year says, not as of when it holds. */
static gboolean is_own_year(const DabPlace *p, const char *iso) {
    return strlen(iso) == strlen("2022") && g_ascii_strtoll(iso, NULL, 10) == p->document->year;
}

/* Where a rule finds its date, in the shape around the tag at byte `at`: the group "date" of what it asks before the number, or
 * behind it. FALSE: it does not hold. */
static gboolean find_date(const DabPlace *p, const DabRule *rule, gsize at, DabSpan *date) {
    DabMatch m = {0};
    if (!dab_around_holds(rule, p->shape, at, &m)) return FALSE;
    gboolean behind = !rule->before;
    DabPattern *pattern = behind ? rule->after : rule->before;
    gsize from = behind ? at + DAB_TAG_BYTES : 0;
    if (behind && !dab_pattern_match(pattern, p->shape->text->str + from, p->shape->text->len - from, 0, &m)) return FALSE;
    int group = dab_pattern_group(pattern, "date");
    guint which = dab_match_has(&m, group) ? (guint)group : 0;
    *date = dab_shape_home(p->shape, from + m.spans[2 * which], from + m.spans[2 * which + 1]);
    return TRUE;
}

/* The date that the words of the document say. NULL where they say none, or nothing of interest. */
static const char *read_date(const DabPlace *p, const DabRule *rule, DabSpan home, DabPool *pool) {
    const char *text = p->document->text->utf8->str + home.start;
    gint own = p->document->year, section = dab_memory_section_year(p->memory, p->passage->section);
    char iso[11];
    if (!dab_date_find(p->rules, text, dab_span_len(home), own, iso)) return NULL;
    /* 6月底 under 2024年工作谋划 is of 2024; 去年 is the year before the document's all the same */
    if (section && g_ascii_strtoll(iso, NULL, 10) == own) dab_date_find(p->rules, text, dab_span_len(home), section, iso);
    if (!g_strcmp0(rule->kind, "deadline")) to_last_day(iso);
    if (!g_strcmp0(rule->kind, "period") && is_own_year(p, iso)) return NULL;
    return dab_pool_strdup(pool, iso);
}

static const char *deadline_in(const DabPlace *p, DabPool *pool, const char *text) {
    char iso[11];
    if (!dab_date_find(p->rules, text, strlen(text), p->document->year, iso)) return NULL;
    to_last_day(iso);
    return dab_pool_strdup(pool, iso);
}

/* The end of a year that a sentence begins with: 到2025年，… FALSE where it begins otherwise. */
static gboolean opens_with_due(const DabPlace *p, guint sentence, char iso[11]) {
    DabSpan span = g_array_index(p->document->sentences, DabSentence, sentence).span;
    const char *text = p->document->text->utf8->str + span.start;
    const GPtrArray *openers = dab_rules_words(p->rules, "due_openers");
    gsize len = 0;
    for (guint i = 0; openers && i < openers->len; i++)
        if (g_str_has_prefix(text, openers->pdata[i])) len = MAX(len, strlen(openers->pdata[i]));
    if (!len || len >= dab_span_len(span) || !g_ascii_isdigit(text[len])) return FALSE;
    if (!dab_date_find(p->rules, text + len, MIN(dab_span_len(span) - len, DUE_BYTES), p->document->year, iso)) return FALSE;
    to_last_day(iso);
    return g_str_has_suffix(iso, "-12-31");
}

/* By when a target is due that names no time, as a sentence before it says: one that begins with it, in the same paragraph; in a
 * section of goals, in the section. */
static const char *due_before(const DabPlace *p, DabPool *pool) {
    gint section = p->passage->section;
    const char *title = section >= 0 ? g_array_index(p->document->sections, DabSection, section).title : "";
    gboolean goals = dab_rules_find_word(p->rules, "goal_titles", title, strlen(title));
    for (guint i = p->sentence_index; i > 0 && p->sentence_index - i < MAX_BACK; i--) {
        const DabSentence *s = &g_array_index(p->document->sentences, DabSentence, i - 1);
        const DabPassage *passage = &g_array_index(p->document->passages, DabPassage, s->passage);
        if (s->passage != p->sentence->passage && (!goals || passage->section != section)) return NULL;
        char iso[11];
        if (opens_with_due(p, i - 1, iso)) return dab_pool_strdup(pool, iso);
    }
    return NULL;
}

/* A target of the year (年度计划投资) is due in it, whenever the project will be done. */
static const char *within_year(const DabPlace *p, DabPool *pool, const char *deadline) {
    if (!dab_name_has_word(p->rules, "year_columns", p->column_name)) return deadline;
    gint year = p->document->year;
    return year && g_ascii_strtoll(deadline, NULL, 10) > year ? dab_pool_printf(pool, "%04d-12-31", year) : deadline;
}

/* By when, as the column of deadlines says, or the name of the target's own column (2025年目标值). */
static const char *deadline_in_row(const DabPlace *p, DabPool *pool) {
    const GArray *columns = dab_place_columns(p);
    for (guint c = 0; c < columns->len; c++) {
        if (strcmp(g_array_index(columns, DabColumn, c).role, "deadline")) continue;
        const char *found = deadline_in(p, pool, dab_cell_at(p->table, p->passage->row, (gint)c));
        if (found) return within_year(p, pool, found);
    }
    const char *own = deadline_in(p, pool, p->row_when);
    return own ? own : deadline_in(p, pool, p->column_when);
}

/* As of when, as the row says (2018), or the name of the column. */
static const char *as_of_place(const DabPlace *p, DabPool *pool) {
    const char *texts[] = {p->row_when, p->column_when};
    char iso[11];
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (*texts[i] && dab_date_find(p->rules, texts[i], strlen(texts[i]), p->document->year, iso))
            return is_own_year(p, iso) ? NULL : dab_pool_strdup(pool, iso);
    return NULL;
}

void dab_times_read(const DabPlace *p, DabPool *pool, guint number, DabMeasure *measure) {
    const DabShapeFilter *filter = p->rules->shape_filter;
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gint tag = dab_shape_tag(p->shape, number);
    if (tag < 0) return;
    gsize at = g_array_index(p->shape->tags, DabTag, tag).at;
    const guint64 *likely = dab_shape_likely(p->shape, (guint)tag);
    const char **fields[] = {&measure->deadline, &measure->as_of};
    for (guint i = filter->first_time; (i = dab_bits_next(likely, i, filter->first_relation)) < filter->first_relation; i++) {
        const DabRule *rule = filter->times->pdata[i - filter->first_time];
        if (!g_strcmp0(rule->kind, "year")) continue;
        const char **field = fields[g_strcmp0(rule->kind, "deadline") ? 1 : 0];
        DabSpan date;
        if (*field || !dab_when_holds(rule->when, p, n, dab_role_name(measure->role))) continue;
        if (find_date(p, rule, at, &date)) *field = read_date(p, rule, date, pool);
    }
    gboolean target = measure->role == DAB_ROLE_TARGET;
    if (!p->table && target && !measure->deadline && dab_place_year(p, n) == p->document->year)
        measure->deadline = due_before(p, pool);
    if (!p->table) {
        if (!target && !measure->as_of) measure->as_of = dab_memory_title_date(p->memory, p->passage->section);
        return;
    }
    if (target && !measure->deadline) measure->deadline = deadline_in_row(p, pool);
    if (!target && !measure->as_of) measure->as_of = as_of_place(p, pool);
    if (!target && !measure->as_of) measure->as_of = dab_memory_title_date(p->memory, p->passage->section);
}
