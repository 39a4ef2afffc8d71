#include "parsers/identity.h"

#include <string.h>

#include "dabiao/date.h"

#define FIRST_PASSAGES 14 /* a title page: letterhead, number, title, addressee */
#define LAST_PASSAGES 8   /* a signature: issuer, date, contacts */
#define MAX_TITLE_BYTES 300
#define MAX_TITLE_LINES 3
#define FIRST_YEAR 1949
#define LAST_YEAR 2099

static const DabPassage *passage(const DabDocument *d, guint i) {
    return &g_array_index(d->passages, DabPassage, i);
}

static gsize passage_len(const DabPassage *p) {
    return dab_span_len(p->span);
}

/* The first rule of stage "document" and `kind` that matches text[span]; its group of that name (or the whole match) is copied. */
static const char *find_in(DabDocument *d, const DabRules *rules, const char *kind, const char *text, gsize len,
                           const DabRule **which) {
    DabLikely likely = dab_rules_likely_of(rules, DAB_STAGE_DOCUMENT, kind, text, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (!rule->pattern || !dab_pattern_match(rule->pattern, text, len, 0, &m)) continue;
        int group = dab_pattern_group(rule->pattern, kind);
        guint at = dab_match_has(&m, group) ? (guint)group : 0;
        if (which) *which = rule;
        return dab_pool_strndup(d->pool, text + m.spans[2 * at], m.spans[2 * at + 1] - m.spans[2 * at]);
    }
    return NULL;
}

static const char *find_in_passage(DabDocument *d, const DabRules *rules, const char *kind, guint i) {
    const DabPassage *p = passage(d, i);
    return find_in(d, rules, kind, d->text->utf8->str + p->span.start, passage_len(p), NULL);
}

/* Over the first passages, then the last ones, from the end. */
static const char *find_at_ends(DabDocument *d, const DabRules *rules, const char *kind) {
    guint n = d->passages->len;
    const char *found = NULL;
    for (guint i = 0; i < MIN(n, FIRST_PASSAGES) && !found; i++) found = find_in_passage(d, rules, kind, i);
    for (guint i = n; i > 0 && i + LAST_PASSAGES > n && !found; i--) found = find_in_passage(d, rules, kind, i - 1);
    return found;
}

static float passage_size(const DabDocument *d, const DabPassage *p) {
    for (gsize i = p->span.start; i < p->span.end; i++) {
        guint32 g = g_array_index(d->text->glyph, guint32, i);
        if (g != DAB_NO_GLYPH) return g_array_index(d->layout->glyphs, DabGlyph, g).size;
    }
    return 0;
}

/* How much a passage looks like the title; a rule's words weigh as much as twice the size of the body. */
static double title_score(DabDocument *d, const DabRules *rules, const DabPassage *p, guint i) {
    const char *text = d->text->utf8->str + p->span.start;
    gsize len = passage_len(p);
    if (p->kind == DAB_PASSAGE_CELL || p->kind == DAB_PASSAGE_FURNITURE || p->kind == DAB_PASSAGE_CAPTION ||
        p->kind == DAB_PASSAGE_CHART)
        return 0;
    if (len < 6 || len > MAX_TITLE_BYTES || find_in(d, rules, "title_not", text, len, NULL)) return 0;
    double score = 1 + passage_size(d, p) / 12 - 0.05 * i;
    if (p->kind == DAB_PASSAGE_HEADING) score += 0.3;
    if (find_in(d, rules, "title", text, len, NULL)) score += 1.5;
    return score;
}

/* A line that begins a section of its own goes on no title. */
static gboolean is_numbered(const DabDocument *d, const DabRules *rules, const DabPassage *p) {
    const GPtrArray *stage = dab_rules_stage(rules, "outline");
    DabMatch m;
    for (guint i = 0; i < stage->len; i++) {
        const DabRule *rule = stage->pdata[i];
        gboolean found = !rule->kind && dab_pattern_match(rule->pattern, d->text->utf8->str, p->span.end, p->span.start, &m);
        if (found && m.spans[0] == p->span.start) return TRUE;
    }
    return FALSE;
}

static void read_title(DabDocument *d, const DabRules *rules) {
    double best = 0;
    guint at = 0;
    for (guint i = 0; i < MIN(d->passages->len, FIRST_PASSAGES); i++) {
        double score = title_score(d, rules, passage(d, i), i);
        if (score <= best) continue;
        best = score;
        at = i;
    }
    if (best <= 0) return;
    /* a title of several lines: the next passages of the same size, when they are set larger than the text */
    g_autoptr(GString) title =
        g_string_new_len(d->text->utf8->str + passage(d, at)->span.start, (gssize)passage_len(passage(d, at)));
    float size = passage_size(d, passage(d, at));
    DabPassage *p = &g_array_index(d->passages, DabPassage, at);
    for (guint i = at + 1; i < MIN(at + MAX_TITLE_LINES, d->passages->len) && p->kind == DAB_PASSAGE_HEADING && size > 0; i++) {
        DabPassage *next = &g_array_index(d->passages, DabPassage, i);
        gboolean same = next->kind == DAB_PASSAGE_HEADING && passage_size(d, next) == size && next->page == p->page;
        if (!same || passage_len(next) > MAX_TITLE_BYTES || is_numbered(d, rules, next)) break;
        next->kind = DAB_PASSAGE_TITLE;
        g_string_append_len(title, d->text->utf8->str + next->span.start, (gssize)passage_len(next));
    }
    p->kind = DAB_PASSAGE_TITLE;
    d->title = dab_pool_strdup(d->pool, title->str);
}

/* The date where the document is signed or dated: the last one of its ends that a rule "date" takes, as ISO. */
static void read_date(DabDocument *d, const DabRules *rules) {
    const char *found = find_at_ends(d, rules, "date");
    char iso[11];
    if (found && dab_date_find(rules, found, strlen(found), 0, iso) && strlen(iso) == 10) d->date = dab_pool_strdup(d->pool, iso);
}

static gint year_of(const DabRules *rules, const char *text) {
    char iso[11];
    return text && dab_date_find(rules, text, strlen(text), 0, iso) ? (gint)g_ascii_strtoll(iso, NULL, 10) : 0;
}

/* Whether a word before a date says that something is only compared with it (比2019年, 从2015年; word list "year_of_others"). */
static gboolean compared_with(const DabDocument *d, const DabRules *rules, const DabNumber *n) {
    const char *text = d->text->utf8->str;
    return !dab_rules_last_word(rules, "year_of_own", text, n->span.start) &&
           dab_rules_last_word(rules, "year_of_others", text, n->span.start);
}

static gboolean names_two_years(const char *text) {
    guint years = 0;
    for (gsize digits; *text; text += digits ? digits : 1) {
        digits = strspn(text, "0123456789");
        years += digits == 4;
    }
    return years > 1;
}

/* The year that most of the document's dates name, of those from `first` to `last`; ranges (2018-2020年) and years that something
 * is compared with aside; the earlier one of two. */
static gint most_named_year(const DabDocument *d, const DabRules *rules, gint first, gint last) {
    guint counts[LAST_YEAR - FIRST_YEAR + 1] = {0};
    gint best = 0;
    for (guint i = 0; i < d->numbers->len; i++) {
        const DabNumber *n = &g_array_index(d->numbers, DabNumber, i);
        if (!n->context || !dab_rules_has_word(rules, "date_kinds", n->kind, strlen(n->kind))) continue;
        g_autofree char *text = g_strndup(d->text->utf8->str + n->span.start, dab_span_len(n->span));
        gint year = strchr(text, '-') || names_two_years(text) ? 0 : year_of(rules, text);
        if (year >= first && year <= last && !compared_with(d, rules, n)) counts[year - FIRST_YEAR]++;
    }
    for (gint y = first; y <= last; y++)
        if (counts[y - FIRST_YEAR] > (best ? counts[best - FIRST_YEAR] : 0)) best = y;
    return best;
}

/* The year the document speaks of: in its title; a plan's, when it is dated, that of its date; of any other that is dated, the one
 * of that year and the year before that it names most; else the one it names most. */
static void read_year(DabDocument *d, const DabRules *rules) {
    gint dated = d->date ? (gint)g_ascii_strtoll(d->date, NULL, 10) : 0;
    if (!dated) dated = year_of(rules, d->number);
    if (dated < FIRST_YEAR || dated > LAST_YEAR) dated = 0;
    const char *first =
        d->title && !strcmp(d->genre, "plan") ? find_in(d, rules, "first_year", d->title, strlen(d->title), NULL) : NULL;
    const char *planned = first ? dab_rules_map(rules, "plan_years", first) : NULL;
    d->year = first ? (gint)g_ascii_strtoll(planned ? planned : first, NULL, 10) : year_of(rules, d->title);
    if (!d->year && !strcmp(d->genre, "plan")) d->year = dated;
    if (!d->year && dated) d->year = most_named_year(d, rules, MAX(dated - 1, FIRST_YEAR), dated);
    if (!d->year) d->year = dated;
    if (!d->year) d->year = most_named_year(d, rules, FIRST_YEAR, LAST_YEAR);
}

static gboolean has_column(const DabDocument *d, const char *role) {
    for (guint t = 0; t < d->tables->len; t++) {
        const DabDocTable *table = d->tables->pdata[t];
        for (guint c = 0; c < table->columns->len; c++)
            if (!strcmp(g_array_index(table->columns, DabColumn, c).role, role)) return TRUE;
    }
    return FALSE;
}

/* The title says what a report is; where it does not, a table with targets and outcomes side by side does; then the first passages.
 */
static void read_genre(DabDocument *d, const DabRules *rules) {
    const DabRule *rule = NULL;
    d->genre = "other";
    gboolean found = d->title && find_in(d, rules, "genre", d->title, strlen(d->title), &rule);
    if (!found && has_column(d, "target") && has_column(d, "outcome")) {
        d->genre = "task_table";
        return;
    }
    for (guint i = 0; i < MIN(d->passages->len, FIRST_PASSAGES) && !found; i++) {
        const DabPassage *p = passage(d, i);
        found = find_in(d, rules, "genre", d->text->utf8->str + p->span.start, passage_len(p), &rule) != NULL;
    }
    const char *genre = found ? dab_yaml_text(rule->set, "genre") : NULL;
    if (genre) d->genre = genre;
}

void dab_identity_read(DabDocument *d, const DabRules *rules) {
    read_title(d, rules);
    d->number = find_at_ends(d, rules, "number");
    d->issuer = find_at_ends(d, rules, "issuer");
    const char *const places[] = {d->issuer, d->title};
    for (guint i = 0; i < G_N_ELEMENTS(places) && !d->region; i++)
        if (places[i]) d->region = find_in(d, rules, "region", places[i], strlen(places[i]), NULL);
    if (!d->region) d->region = find_at_ends(d, rules, "meeting_region");
    read_date(d, rules);
    read_genre(d, rules);
    read_year(d, rules);
}
