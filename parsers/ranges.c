/* Two numerals that are the two ends of one range: 10%-15%, 十八至三十万, 20和30之间; and two numbers that limit the same thing:
 * 大于20小于35, 1000以上、1500以下. */
#include <string.h>

#include "parsers/quantity.h"

#define MAX_JOINTS 3 /* 的同时，又 */

/* 之间 behind the second number: its length. `narrow`: 间, which might be a unit of rooms, will do where no word goes on. */
static gsize between_end(const DabStretch *s, gsize at, gboolean narrow) {
    gsize n = dab_trie_longest(s->t->between_ends, s->text, at, s->to, NULL);
    if (n || !narrow) return n;
    n = dab_trie_longest(s->t->between_narrow_ends, s->text, at, s->to, NULL);
    return n && !dab_is_hanzi(dab_char_at(s->text, at + n, s->to)) ? n : 0;
}

/* The second number at text[at], its unit with it. */
static gboolean read_right(const DabStretch *s, gsize at, gboolean narrow, DabDraft *r) {
    gsize len;
    *r = (DabDraft){.n = {.unit = s->t->empty, .kind = s->t->number}};
    if (at >= s->end || !dab_num_is(dab_num_char(s->t, s->text, at, s->end, &len))) return FALSE;
    if (!dab_numeral_read(s->t, s->text, at, at, s->end, &r->numeral) || !dab_decimal_is_zero(r->numeral.spread)) return FALSE;
    r->at = r->numeral.end;
    if (narrow && between_end(s, r->at, TRUE)) return TRUE;
    dab_draft_unit(s, r);
    return TRUE;
}

/* Whether a unit at the left and one, or none, at the right can be of one range. */
static gboolean units_agree(const DabDraft *left, const DabDraft *right, gboolean behind_unit) {
    const char *a = *left->n.unit ? left->n.unit : left->numeral.unit, *b = *right->n.unit ? right->n.unit : right->numeral.unit;
    if (!a || !*a || !g_strcmp0(a, b)) return TRUE;
    return b && *b && !behind_unit; /* 5个-10: the second number is of something else */
}

void dab_range_read(const DabStretch *s, DabDraft *d, gsize first_end) {
    DabNumeral *m = &d->numeral;
    DabDraft r;
    gsize sign = dab_trie_longest(s->t->ranges, s->text, d->at, s->end, NULL);
    gsize link = sign ? 0 : dab_trie_longest(s->t->between, s->text, d->at, s->end, NULL);
    if ((!sign && !link) || !dab_decimal_is_zero(m->spread)) return;
    gboolean from_to = sign && dab_trie_longest(s->t->range_words, s->text, d->at, s->end, NULL) &&
                       dab_trie_longest_before(s->t->range_not_after, s->text, s->from, d->n.span.start, NULL);
    gboolean narrow = link && !*d->n.unit && dab_trie_longest(s->t->between_narrow, s->text, d->at, s->end, NULL) == link;
    if (!read_right(s, d->at + sign + link, narrow, &r)) return;
    gsize end = between_end(s, r.at, narrow);
    if (((link || from_to) && !end) || m->fraction != r.numeral.fraction) return;
    if (!units_agree(d, &r, d->at != first_end)) return;
    DabDecimal low = m->value, right = r.numeral.value;
    double high = dab_decimal_value(right);
    if (r.numeral.big && !m->big && !*d->n.unit && dab_decimal_value(dab_decimal_scale(low, r.numeral.big)) < high)
        low = dab_decimal_scale(low, r.numeral.big); /* 30-45万 */
    if (!(dab_decimal_value(low) < high)) return;
    m->value = low;
    m->spread = dab_decimal_add(right, dab_decimal_negate(low));
    d->n.unit = *r.n.unit ? r.n.unit : r.numeral.unit ? r.numeral.unit : d->n.unit;
    if (r.n.kind != s->t->number) d->n.kind = r.n.kind;
    d->n.numeral.end = r.numeral.end;
    d->n.approximate |= r.n.approximate;
    d->at = r.at;
    d->behind = end;
}

static gboolean is_lower(const DabNumber *n) {
    return n->comparator == DAB_GE || n->comparator == DAB_GT;
}

static gboolean is_limit(const DabNumber *n) {
    return n->has_value && n->comparator_said && n->comparator != DAB_EQ && !n->approximate;
}

/* Only 且, 的同时, a comma … stand in text[at, end). */
static gboolean only_joints(const DabNumerals *t, const char *text, gsize at, gsize end) {
    for (guint i = 0; i < MAX_JOINTS && at < end; i++) {
        gsize n = text[at] == ' ' ? 1 : dab_trie_longest(t->limit_joints, text, at, end, NULL);
        if (!n) return FALSE;
        at += n;
    }
    return at == end;
}

void dab_limits_join(const DabNumerals *t, const char *text, GArray *numbers) {
    if (numbers->len < 2) return;
    DabNumber *a = &g_array_index(numbers, DabNumber, numbers->len - 2), *b = a + 1;
    if (!is_limit(a) || !is_limit(b) || is_lower(a) == is_lower(b) || a->context != b->context) return;
    if (a->unit != b->unit && *a->unit) return; /* 100人以上，50个以下 */
    double low = is_lower(a) ? a->value : b->value, high = is_lower(a) ? b->value : a->value;
    if (!(low < high) || a->extent.end > b->extent.start || !only_joints(t, text, a->extent.end, b->extent.start)) return;
    a->has_value = FALSE;
    a->has_low = a->has_high = TRUE;
    a->low = low;
    a->high = high;
    a->value = 0;
    a->comparator = DAB_EQ;
    a->unit = b->unit;
    a->kind = b->kind;
    a->span.end = b->span.end;
    a->numeral.end = b->numeral.end;
    a->extent.end = b->extent.end;
    g_array_set_size(numbers, numbers->len - 1);
}
