#include "parsers/tense.h"

#include <string.h>

#define MAX_HEADING_BYTES 120 /* 40 hanzi: a longer line is a paragraph */
#define WIDE_COLON 0xFF1A
#define LARGER 1.05f /* times the size of an announcing heading: another one above it */

/* An announcement that still holds. Depths are twice the levels of sections, so that one without a number fits between two. */
typedef struct {
    const char *tense; /* interned */
    guint depth;
    const char *list; /* label of the list that it announces: the same label again begins another list; NULL: none */
    gboolean begun;   /* the list has begun */
    float size;       /* of an unnumbered heading, in points; 0: not one */
} Announcement;

typedef struct {
    DabDocument *d;
    const DabRules *rules;
    GArray *open; /* Announcement, outermost first */
    guint next;   /* the next section that begins */
    guint level;  /* of the numbered section that holds here; 0: none */
} Reader;

static gboolean for_genre(const DabRule *rule, const char *genre) {
    const DabWhen *w = rule->when;
    return !w || !w->genre || g_strv_contains((const gchar *const *)w->genre, genre);
}

static const char *announced(const Reader *r, const char *kind, const char *text, gsize len) {
    DabLikely likely = dab_rules_likely_of(r->rules, DAB_STAGE_TENSE, kind, text, len);
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        DabMatch m;
        if (!for_genre(rule, r->d->genre) || !dab_pattern_match(rule->pattern, text, len, 0, &m)) continue;
        return g_intern_string(dab_yaml_text(rule->set, "tense"));
    }
    return NULL;
}

/* A numbered paragraph has a first sentence for a title; that is no heading. */
static const char *of_title(const Reader *r, const DabSection *s) {
    gsize len = strlen(s->title);
    return len <= MAX_HEADING_BYTES ? announced(r, "heading", s->title, len) : NULL;
}

static void close_from(Reader *r, guint depth) {
    while (r->open->len && g_array_index(r->open, Announcement, r->open->len - 1).depth >= depth)
        g_array_set_size(r->open, r->open->len - 1);
}

static void announce(Reader *r, Announcement a) {
    close_from(r, a.depth);
    g_array_append_val(r->open, a);
}

/* An announcement without a number stands above the list that begins behind it, else within the section around it. */
static void announce_unnumbered(Reader *r, const char *tense, float size) {
    Announcement a = {.tense = tense, .size = size, .depth = 2 * r->level + 1};
    for (guint i = r->next; i < r->d->sections->len; i++) {
        const DabSection *s = &g_array_index(r->d->sections, DabSection, i);
        if (!*s->label) continue;
        if (dab_rules_has_word(r->rules, "first_labels", s->label, strlen(s->label))) {
            a.list = s->label;
            a.depth = 2 * s->level - 1;
        }
        break;
    }
    announce(r, a);
}

static void begin_numbered(Reader *r, const DabSection *s) {
    close_from(r, 2 * s->level);
    r->level = s->level;
    if (r->open->len) {
        Announcement *a = &g_array_index(r->open, Announcement, r->open->len - 1);
        gboolean again = a->list && !strcmp(a->list, s->label) && a->depth + 1 == 2 * s->level;
        if (again && a->begun)
            close_from(r, a->depth);
        else if (again)
            a->begun = TRUE;
    }
    const char *tense = of_title(r, s);
    if (tense) announce(r, (Announcement){.tense = tense, .depth = 2 * s->level});
}

static float size_at(const DabDocument *d, gsize at) {
    guint32 g = g_array_index(d->text->glyph, guint32, at);
    return g == DAB_NO_GLYPH ? 0 : g_array_index(d->layout->glyphs, DabGlyph, g).size;
}

/* A heading that announces nothing ends what a smaller one announced: another article begins. */
static void begin_unnumbered(Reader *r, const DabSection *s) {
    float size = size_at(r->d, s->span.start);
    for (guint i = 0; i < r->open->len; i++) {
        const Announcement *a = &g_array_index(r->open, Announcement, i);
        if (a->size > 0 && size > a->size * LARGER) {
            g_array_set_size(r->open, i);
            break;
        }
    }
    const char *tense = of_title(r, s);
    if (tense) announce_unnumbered(r, tense, size);
}

/* A line alone in its paragraph that does not end like a sentence: a heading that nothing sets apart. */
static gboolean stands_alone(const DabDocument *d, guint sentence) {
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, sentence);
    const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
    const char *text = d->text->utf8->str;
    gunichar last = g_utf8_get_char(g_utf8_prev_char(text + s->span.end));
    if (g_unichar_type(last) == G_UNICODE_OTHER_PUNCTUATION && last != ':' && last != WIDE_COLON) return FALSE;
    return dab_span_len(s->span) <= MAX_HEADING_BYTES && s->span.start == p->span.start && s->span.end == p->span.end;
}

/* The title says what the whole document is: that is its genre. */
static gboolean may_announce(const DabDocument *d, const DabSentence *s) {
    const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
    return (p->kind == DAB_PASSAGE_HEADING || p->kind == DAB_PASSAGE_PARAGRAPH) && p->asks >> DAB_PASSAGE_ASK_TENSE & 1;
}

static void read_sentence(Reader *r, guint index) {
    DabSentence *s = &g_array_index(r->d->sentences, DabSentence, index);
    const char *text = r->d->text->utf8->str + s->span.start;
    gboolean section_begins = FALSE;
    for (; r->next < r->d->sections->len; section_begins = TRUE) {
        const DabSection *section = &g_array_index(r->d->sections, DabSection, r->next);
        if (section->span.start >= s->span.end) break;
        r->next++;
        if (*section->label)
            begin_numbered(r, section);
        else
            begin_unnumbered(r, section);
    }
    const char *tense = NULL;
    if (may_announce(r->d, s)) tense = announced(r, "lead", text, dab_span_len(s->span));
    if (!tense && may_announce(r->d, s) && !section_begins && stands_alone(r->d, index))
        tense = announced(r, "heading", text, dab_span_len(s->span));
    if (tense) announce_unnumbered(r, tense, 0);
    if (r->open->len) s->tense = g_array_index(r->open, Announcement, r->open->len - 1).tense;
}

void dab_tense_read(DabDocument *d, const DabRules *rules) {
    Reader r = {.d = d, .rules = rules, .open = g_array_new(FALSE, FALSE, sizeof(Announcement))};
    for (guint i = 0; i < d->sentences->len; i++) read_sentence(&r, i);
    g_array_free(r.open, TRUE);
}
