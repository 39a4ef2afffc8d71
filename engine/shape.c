#include "engine/shape.h"

#include <string.h>

#include "engine/rule_set.h"

DabShape *dab_shape_new(void) {
    DabShape *s = g_new0(DabShape, 1);
    s->text = g_string_new(NULL);
    s->tags = g_array_new(FALSE, FALSE, sizeof(DabTag));
    return s;
}

void dab_shape_free(DabShape *s) {
    if (!s) return;
    g_string_free(s->text, TRUE);
    g_array_unref(s->tags);
    g_free(s->likely);
    g_free(s);
}

static gunichar measure_tag(const DabRules *rules, const DabNumber *n) {
    static const struct {
        const char *kind;
        gunichar tag;
    } kinds[] = {{"percent", DAB_TAG_PERCENT},
                 {"permille", DAB_TAG_PERMILLE},
                 {"points", DAB_TAG_POINTS},
                 {"money", DAB_TAG_MONEY},
                 {"ratio", DAB_TAG_RATIO}};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(n->kind, kinds[i].kind)) return kinds[i].tag;
    return dab_unit_of(rules, n->unit)->tag;
}

/* 0: the number's text stays in the shape. */
static gunichar tag_of(const DabRules *rules, const char *text, const DabNumber *n) {
    if (!n->context) return measure_tag(rules, n);
    if (!dab_rules_has_word(rules, "date_kinds", n->kind, strlen(n->kind))) return 0;
    const char *last = g_utf8_find_prev_char(text + n->span.start, text + n->span.end);
    return last && dab_rules_has_word(rules, "day_ends", last, (gsize)(text + n->span.end - last)) ? DAB_TAG_DAY : DAB_TAG_DATE;
}

static void append_text(DabShape *s, const char *text, gsize start, gsize end) {
    g_string_append_len(s->text, text + start, (gssize)(end - start));
}

static void append_tag(DabShape *s, gunichar tag, guint number, DabSpan home) {
    DabTag t = {s->text->len, number, tag <= DAB_TAG_LAST_MEASURE ? 1u << (tag - DAB_TAG_FIRST) : 0, home};
    char utf8[6];
    g_array_append_val(s->tags, t);
    g_string_append_len(s->text, utf8, g_unichar_to_utf8(tag, utf8));
    s->kinds |= t.kind;
}

void dab_shape_sift(DabShape *s, const DabRules *rules) {
    const DabShapeFilter *filter = rules->shape_filter;
    guint size = s->likely_size = filter->size, room = (s->tags->len + 1) * size;
    if (room > s->likely_room) s->likely = g_renew(guint64, s->likely, s->likely_room = 2 * room);
    if (rules->try_all) {
        memset(s->likely, 0xFF, room * sizeof *s->likely);
        return;
    }
    dab_shape_filter_sentence(filter, s->text->str, s->text->len, s->likely);
    for (guint i = 0; i < s->tags->len; i++) {
        const DabTag *t = &g_array_index(s->tags, DabTag, i);
        if (t->kind) dab_shape_filter_number(filter, s->text->str, s->text->len, t->at, s->likely, s->likely + (i + 1) * size);
    }
}

/* Where a number ends with the mark of a note and its unit behind that: 55832[1]人. Its own text has no unit then. */
static gsize end_behind_mark(const DabDocument *d, const char *text, const DabSentence *sentence, guint i, gsize end) {
    const DabNumber *n = &g_array_index(d->numbers, DabNumber, sentence->first_number + i);
    if (i + 1 >= sentence->n_numbers || !*n->unit) return end;
    const DabNumber *mark = &g_array_index(d->numbers, DabNumber, sentence->first_number + i + 1);
    gsize len = strlen(n->unit);
    if (!mark->context || mark->span.start != end || n->numeral.end != end || mark->span.end + len > sentence->span.end) return end;
    return strncmp(text + mark->span.end, n->unit, len) ? end : mark->span.end + len;
}

void dab_shape_make(DabShape *s, const DabRules *rules, const DabDocument *d, const DabSentence *sentence) {
    g_string_truncate(s->text, 0);
    s->start = sentence->span.start;
    g_array_set_size(s->tags, 0);
    s->kinds = 0;
    const char *text = d->text->utf8->str;
    gsize at = sentence->span.start;
    for (guint i = 0; i < sentence->n_numbers; i++) {
        guint index = sentence->first_number + i;
        const DabNumber *n = &g_array_index(d->numbers, DabNumber, index);
        gunichar tag = tag_of(rules, text, n);
        DabSpan span = n->context ? n->span : n->extent;
        if (!n->context) span.end = end_behind_mark(d, text, sentence, i, span.end);
        if (!tag || span.start < at || span.end > sentence->span.end) continue;
        /* a word next to a date belongs to it: 前三季度 is a date, not what stands before 三季度 */
        if (tag == DAB_TAG_DATE) span.start -= dab_rules_last_word(rules, "date_lead", text + at, span.start - at);
        append_text(s, text, at, span.start);
        append_tag(s, tag, index, span);
        at = span.end;
    }
    append_text(s, text, at, sentence->span.end);
}

const guint64 *dab_shape_likely(const DabShape *s, guint tag) {
    return s->likely + (tag + 1) * s->likely_size;
}

gboolean dab_shape_may_relate(const DabShape *s, const DabRules *rules) {
    const DabShapeFilter *f = rules->shape_filter;
    return dab_bits_next(s->likely, f->first_relation, f->n) < f->n;
}

/* The first tag that does not stand before byte `at`; the number of tags where there is none. */
static guint tag_from(const DabShape *s, gsize at) {
    guint low = 0, high = s->tags->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(s->tags, DabTag, middle).at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

gint dab_shape_number(const DabShape *s, gsize at) {
    guint i = tag_from(s, at);
    const DabTag *t = &g_array_index(s->tags, DabTag, i);
    return i < s->tags->len && t->at == at ? (gint)t->number : -1;
}

gint dab_shape_tag(const DabShape *s, guint number) {
    guint low = 0, high = s->tags->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        guint other = g_array_index(s->tags, DabTag, middle).number;
        if (other == number) return (gint)middle;
        if (other < number)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

gssize dab_shape_find(const DabShape *s, guint number) {
    gint tag = dab_shape_tag(s, number);
    return tag < 0 ? -1 : (gssize)g_array_index(s->tags, DabTag, tag).at;
}

/* Of a byte inside a tag: where the tag's stretch begins. */
static gsize home_of(const DabShape *s, gsize at) {
    guint i = tag_from(s, at + 1);
    if (!i) return s->start + at;
    const DabTag *t = &g_array_index(s->tags, DabTag, i - 1);
    return at < t->at + DAB_TAG_BYTES ? t->home.start : t->home.end + (at - t->at - DAB_TAG_BYTES);
}

DabSpan dab_shape_home(const DabShape *s, gsize start, gsize end) {
    return (DabSpan){home_of(s, start), home_of(s, end)};
}
