/* The walk over a passage: what the context rules claim becomes context; every other figure becomes a number: numeral, 万, 余,
 * unit, range, ratio, and the cues at its sides; or, in a word without a quantity (三医, 一), context of kind "word". */
#include "dabiao/number.h"

#include <math.h>
#include <string.h>

#include "dabiao/limits.h"
#include "parsers/quantity.h"

const char *dab_comparator_sign(DabComparator c) {
    static const char *const signs[] = {"=", ">=", ">", "<=", "<"};
    return signs[c];
}

static void set_value(DabNumber *n, DabDecimal value, DabDecimal spread) {
    double v = dab_decimal_value(value);
    n->has_value = n->has_low = n->has_high = FALSE;
    if (!isfinite(v)) return; /* more digits than any quantity has */
    if (dab_decimal_is_zero(spread)) {
        n->value = v;
        n->has_value = TRUE;
        return;
    }
    double high = dab_decimal_value(dab_decimal_add(value, spread));
    n->low = v;
    n->high = high;
    n->has_low = n->has_high = isfinite(high);
}

/* Whether Chinese figures without a cue are only part of a word: 三医, 五大行动, 一批. */
static gboolean only_word(const DabStretch *s, const DabDraft *d) {
    const DabNumeral *m = &d->numeral;
    const DabNumber *n = &d->n;
    if (d->sure || m->arabic || m->unit || m->fraction || n->comparator_said || n->approximate) return FALSE;
    if (*n->unit == 0 && n->has_low) return FALSE;
    gsize after = dab_trie_longest(s->t->vague, s->text, m->end, s->to, NULL);
    if (m->chars == 1 && n->value == 1 && after && after >= strlen(n->unit)) return TRUE;
    if (m->weak && m->chars == 1) return TRUE;
    if (m->chars == 1 && n->has_value && n->value == 0 && !dab_is_hanzi(dab_char_at(s->text, m->end, s->to)))
        return FALSE; /* 事故为零 */
    if (m->bare) return m->chars < 2 || !*n->unit;
    if (*n->unit || n->kind == s->t->ratio) return FALSE;
    gboolean alone =
        !dab_is_hanzi(dab_char_before(s->text, s->from, n->span.start)) && !dab_is_hanzi(dab_char_at(s->text, n->span.end, s->to));
    return m->chars < 2 || !alone;
}

/* A lone multiplier is a number behind 近, 上, 超, and before 余. */
static void read_bare_cue(const DabStretch *s, DabDraft *d) {
    gsize len = d->numeral.bare ? dab_cue_bare(s->t, s->text, s->floor, d->n.span.start, &d->n) : 0;
    d->n.extent.start -= len;
}

/* The number at text[at]: where it ends; `at` when there is none. */
static gsize read_number(const DabStretch *s, gsize at, GArray *numbers) {
    DabDraft d;
    if (!dab_draft_open(s, at, &d)) return at;
    dab_draft_read(s, &d);
    DabNumber *n = &d.n;
    n->span.end = d.at;
    n->extent.end = d.at + d.behind;
    set_value(n, d.numeral.value, d.numeral.spread);
    n->kind = dab_draft_kind(s, &d);
    read_bare_cue(s, &d);
    dab_cues_before(s->t, s->text, s->floor, n);
    dab_cues_after(s->t, s->text, s->floor, s->to, n);
    if (only_word(s, &d)) {
        if (d.numeral.weak && d.numeral.chars == 1) return d.numeral.end;
        n->kind = s->t->word;
        n->context = TRUE;
        n->comparator = DAB_EQ;
        n->comparator_said = n->approximate = FALSE;
        n->unit = s->t->empty;
        if (d.numeral.bare) n->has_value = FALSE; /* 万 in 万元 */
        n->span = n->extent = n->numeral = (DabSpan){d.numeral.start, d.numeral.end};
    }
    g_array_append_val(numbers, *n);
    return n->span.end;
}

static gsize read_literal(const DabStretch *s, gsize at, GArray *numbers) {
    guint which;
    gsize len = dab_trie_longest(s->t->literals, s->text, at, s->end, &which);
    if (!len) return at;
    const DabNumLiteral *l = &g_array_index(s->t->literal_values, DabNumLiteral, which);
    if (!*l->kind) return at + len;
    DabSpan span = {at, at + len};
    DabNumber n = {.span = span,
                   .numeral = span,
                   .extent = span,
                   .kind = l->kind,
                   .has_value = TRUE,
                   .value = l->value,
                   .unit = l->unit,
                   .comparator = l->comparator,
                   .comparator_said = l->comparator_said};
    dab_cues_before(s->t, s->text, s->floor, &n);
    dab_cues_after(s->t, s->text, s->floor, s->to, &n);
    g_array_append_val(numbers, n);
    return at + len;
}

static void add_enclosed(const DabStretch *s, gsize at, gsize len, DabNumChar c, GArray *numbers) {
    DabSpan span = {at, at + len};
    DabNumber n = {.span = span,
                   .numeral = span,
                   .extent = span,
                   .kind = s->t->numbering,
                   .context = TRUE,
                   .has_value = TRUE,
                   .value = c.value,
                   .unit = s->t->empty};
    g_array_append_val(numbers, n);
}

/* 半年, 半小时 with a unit of time or count, where no numeral stands before. */
static gsize read_half(const DabStretch *s, gsize at, gsize len, GArray *numbers) {
    const char *unit;
    if (dab_trie_longest(s->t->half_not, s->text, at, s->to, NULL)) return at;
    gsize n = dab_unit_read(s->t, s->text, at + len, s->end, FALSE, &unit);
    if (!n || dab_is_hanzi(dab_char_before(s->text, s->from, at))) return at;
    DabSpan span = {at, at + len + n};
    DabNumber number = {.span = span,
                        .numeral = {at, at + len},
                        .extent = span,
                        .kind = s->t->number,
                        .has_value = TRUE,
                        .value = 0.5,
                        .unit = unit};
    dab_cues_after(s->t, s->text, s->floor, s->to, &number);
    g_array_append_val(numbers, number);
    return span.end;
}

static void walk(DabStretch *s, GArray *numbers) {
    gsize len;
    for (gsize at = s->start; at < s->end && numbers->len < DAB_MAX_NUMBERS;) {
        DabNumChar c = dab_num_char(s->t, s->text, at, s->end, &len);
        gsize next = at;
        guint before = numbers->len;
        if (c.klass == DAB_NUM_ENCLOSED) add_enclosed(s, at, len, c, numbers);
        if (c.roles & DAB_NUM_LITERAL) next = read_literal(s, at, numbers);
        if (next == at && (dab_num_is(c) || (c.roles & DAB_NUM_SEVERAL)) && c.klass != DAB_NUM_ENCLOSED)
            next = read_number(s, at, numbers);
        if (next == at && (c.roles & DAB_NUM_HALF)) next = read_half(s, at, len, numbers);
        if (numbers->len > before) dab_limits_join(s->t, s->text, numbers);
        if (next > at && numbers->len >= before && numbers->len)
            s->floor = g_array_index(numbers, DabNumber, numbers->len - 1).extent.end;
        at = next > at ? next : at + len;
    }
}

/* The value of a claim that holds one numeral: 第三 → 3, 前十 → 10. */
static void value_of_claim(const DabNumerals *t, const char *text, DabNumber *n) {
    guint found = 0;
    gsize len;
    for (gsize at = n->span.start; at < n->span.end; at += len) {
        if (!dab_num_is(dab_num_char(t, text, at, n->span.end, &len))) continue;
        DabNumeral m;
        if (found++ || (dab_num_char(t, text, at, n->span.end, &len).roles & DAB_NUM_WEAK) ||
            !dab_numeral_read(t, text, n->span.start, at, n->span.end, &m)) {
            n->has_value = FALSE;
            return;
        }
        if (dab_decimal_is_zero(m.spread)) set_value(n, m.value, m.spread);
        n->numeral = (DabSpan){m.start, m.end};
        len = m.end - at;
    }
}

static void add_claim(const DabNumerals *t, const char *text, const DabClaim *c, GArray *numbers) {
    DabNumber n = {.span = c->span,
                   .numeral = c->span,
                   .extent = c->span,
                   .kind = c->kind,
                   .context = TRUE,
                   .unit = t->empty,
                   .rule = c->rule};
    if (c->valued) value_of_claim(t, text, &n);
    g_array_append_val(numbers, n);
}

/* Tells the numbers inside a claim apart, each of the claim's kind: 2021年3月 → 2021, 3. FALSE when there is none. */
static gboolean add_claim_apart(DabStretch *s, const DabClaim *c, GArray *numbers) {
    guint first = numbers->len;
    if (!c->valued || g_hash_table_contains(s->t->whole, c->kind)) return FALSE;
    s->start = c->span.start;
    s->end = c->span.end;
    walk(s, numbers);
    for (guint i = first; i < numbers->len; i++) {
        DabNumber *n = &g_array_index(numbers, DabNumber, i);
        n->kind = c->kind;
        n->context = TRUE;
        n->rule = c->rule;
    }
    return numbers->len > first;
}

static void find(DabNumerals *t, const char *text, DabSpan span, gboolean apart, GArray *numbers) {
    const GArray *claims = dab_claims_find(t, text, span);
    DabStretch s = {.t = t, .text = text, .start = span.start, .from = span.start, .floor = span.start, .to = span.end};
    for (guint i = 0; i <= claims->len; i++) {
        const DabClaim *c = i < claims->len ? &g_array_index(claims, DabClaim, i) : NULL;
        s.end = c ? c->span.start : span.end;
        walk(&s, numbers);
        if (!c || numbers->len >= DAB_MAX_NUMBERS) break;
        if (!apart || !add_claim_apart(&s, c, numbers)) add_claim(t, text, c, numbers);
        s.start = s.from = c->span.end;
        s.floor = apart ? MAX(s.floor, c->span.end) : c->span.end;
    }
}

void dab_numbers_find(const DabRules *rules, const char *text, DabSpan span, GArray *numbers) {
    DabNumerals *t = dab_rules_table(rules, DAB_TABLE_NUMERALS);
    if (t && span.end > span.start) find(t, text, span, FALSE, numbers);
}

void dab_numbers_find_plain(const DabRules *rules, const char *text, DabSpan span, GArray *numbers) {
    DabNumerals *t = dab_rules_table(rules, DAB_TABLE_NUMERALS);
    if (!t || span.end <= span.start) return;
    (void)dab_claims_find(t, text, (DabSpan){span.start, span.start}); /* makes the scratch that both share */
    DabNumerals plain = *t;
    memcpy(plain.shares, t->plain_shares, sizeof plain.shares);
    find(&plain, text, span, TRUE, numbers);
}
