/* Which stretches of a passage hold figures and no measure: dates, ages, names, numbering … (rules of the stage "context" and
 * the lexicons of words with a numeral character in them). */
#include <string.h>

#include "parsers/claims.h"

/* A word of the lexicons holds its first numeral character at most so many characters behind its beginning (数一数二: 1). */
#define LEXICON_REACH 5

static gboolean cuts_digits(const Claims *c, gsize at) {
    return at > 0 && at < c->len && g_ascii_isdigit(c->text[at - 1]) && g_ascii_isdigit(c->text[at]);
}

/* Between two figures of one numeral: 二十[一起], [三八]折. A word that ends there is only part of a number. */
static gboolean cuts_numeral(const Claims *c, gsize at) {
    gsize len;
    if (at == 0 || at >= c->len || c->owner[at - 1]) return FALSE;
    gsize before = (gsize)(g_utf8_prev_char(c->text + at) - c->text);
    return dab_num_is(dab_num_char(c->t, c->text, before, c->len, &len)) &&
           dab_num_is(dab_num_char(c->t, c->text, at, c->len, &len));
}

static gboolean holds_numeral(const Claims *c, gsize start, gsize end) {
    gsize len;
    for (gsize at = start; at < end; at += len)
        if (dab_num_is(dab_num_char(c->t, c->text, at, end, &len))) return TRUE;
    return FALSE;
}

static gboolean is_free(const Claims *c, gsize start, gsize end) {
    for (gsize at = start; at < end; at++)
        if (c->owner[at]) return FALSE;
    return TRUE;
}

static gboolean claim(Claims *c, gsize start, gsize end, const char *kind, const char *rule) {
    if (start >= end || cuts_digits(c, start) || cuts_digits(c, end) || !is_free(c, start, end) || !holds_numeral(c, start, end))
        return FALSE;
    DabClaim k = {.span = {c->offset + start, c->offset + end}, .kind = kind, .rule = rule, .valued = rule != NULL};
    g_array_append_val(c->claims, k);
    for (gsize at = start; at < end; at++) c->owner[at] = 1;
    return TRUE;
}

static void claim_match(Claims *c, const DabContextRule *r, const DabMatch *m) {
    int group = dab_match_has(m, r->claim) ? r->claim : 0;
    claim(c, m->spans[2 * group], m->spans[2 * group + 1], r->rule->kind, r->rule->id);
}

static void search(Claims *c, guint which) {
    const DabContextRule *r = dab_context_rule(c, which);
    DabMatch m;
    for (guint i = 0; i < c->pieces->len; i++) {
        const Piece *piece = &g_array_index(c->pieces, Piece, i);
        if (r->at_start && piece->start) return;
        if (r->needs && !(r->needs & piece->holds)) continue;
        if (!dab_bits_has(dab_likely_at(c, piece->start), which)) continue;
        /* from the stop before it on: a pattern may begin with 。 */
        gsize from = piece->start ? (gsize)(g_utf8_prev_char(c->text + piece->start) - c->text) : 0;
        for (gsize at = from; at < piece->end && dab_pattern_match(r->pattern, c->text, piece->end, at, &m);) {
            gsize end = m.spans[1];
            claim_match(c, r, &m);
            /* an empty match (a pattern of lookarounds alone) must not stand still */
            at = end > at ? end : (gsize)(g_utf8_next_char(c->text + at) - c->text);
        }
    }
}

/* The best rule at a place. */
static void find_rule(Claims *c, Place *p) {
    DabMatch m;
    p->rule = dab_context_match(c, p, 0, &m);
    if (p->rule >= 0) p->end = (guint32)m.spans[1];
}

/* The best rule's claim failed (its end cuts a number, or is taken): those below it, one by one. */
static void try_rules_below(Claims *c, const Place *p) {
    DabMatch m;
    gint r = p->rule;
    while (!c->owner[p->at] && (r = dab_context_match(c, p, (guint)r + 1, &m)) >= 0)
        claim_match(c, dab_context_rule(c, (guint)r), &m);
}

static void claim_place(Claims *c, const Place *p) {
    const DabContextRule *r = dab_context_rule(c, (guint)p->rule);
    if (!claim(c, p->at, p->end, r->rule->kind, r->rule->id)) try_rules_below(c, p);
}

/* Gives the rule `which` the places where it is the best. */
static void claim_places(Claims *c, guint which) {
    for (guint i = 0; i < c->places->len; i++) {
        const Place *p = &g_array_index(c->places, Place, i);
        if (p->rule == (gint)which && !c->owner[p->at]) claim_place(c, p);
    }
}

/* Numerals that begin only since something before them was claimed: 2.|8月底前 */
static void claim_new_places(Claims *c) {
    for (guint i = 0; i < c->places->len; i++) {
        Place *p = &g_array_index(c->places, Place, i);
        if (p->first || c->owner[p->at] || p->at == 0 || !c->owner[p->at - 1]) continue;
        find_rule(c, p);
        if (p->rule >= 0) claim_place(c, p);
    }
}

static void look_up_words(Claims *c) {
    for (guint i = 0; i < c->places->len; i++) {
        const Place *p = &g_array_index(c->places, Place, i);
        if (c->owner[p->at] || p->arabic) continue;
        gsize best = 0, best_at = 0, at = p->at;
        guint best_kind = 0;
        for (guint back = 0; back <= LEXICON_REACH && !c->owner[at]; back++) {
            guint kind;
            gsize len = dab_trie_longest(c->t->lexicon, c->text, at, c->len, &kind);
            if (at + len > p->at && len > best) {
                best = len;
                best_at = at;
                best_kind = kind;
            }
            if (at == 0) break;
            at = (gsize)(g_utf8_prev_char(c->text + at) - c->text);
        }
        const char *kind = best ? c->t->names->pdata[best_kind] : "";
        if (*kind && !cuts_numeral(c, best_at) && !cuts_numeral(c, best_at + best))
            claim(c, best_at, best_at + best, kind, NULL); /* a list without a kind says: this is not the shorter word */
    }
}

/* The rules that are to be tried in this passage, and which of them at each place. */
static void find_wanted(Claims *c) {
    dab_searched_find(c);
    for (guint i = 0; i < c->places->len; i++) {
        Place *p = &g_array_index(c->places, Place, i);
        if (p->first) find_rule(c, p);
        if (p->rule >= 0) c->t->wanted[p->rule / 64] |= (guint64)1 << (p->rule % 64);
    }
}

static void claim_wanted(Claims *c, guint from, guint end) {
    for (guint i = from; (i = dab_bits_next(c->t->wanted, i, end)) < end; i++) {
        if (dab_context_rule(c, i)->at_number)
            claim_places(c, i);
        else
            search(c, i);
    }
}

static int by_place(gconstpointer a, gconstpointer b) {
    const DabClaim *x = a, *y = b;
    return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

/* The scratch, emptied; `owner` zeroed for the span. */
static void prepare(DabNumerals *t, gsize len) {
    if (!t->claims) {
        t->claims = g_array_new(FALSE, FALSE, sizeof(DabClaim));
        t->places = g_array_new(FALSE, FALSE, sizeof(Place));
        t->pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
        t->blocks = g_array_new(FALSE, FALSE, sizeof(guint64));
        t->owner = g_byte_array_new();
    }
    g_array_set_size(t->claims, 0);
    g_array_set_size(t->places, 0);
    g_array_set_size(t->pieces, 0);
    g_byte_array_set_size(t->owner, (guint)len);
    if (len) memset(t->owner->data, 0, len);
}

const GArray *dab_claims_find(DabNumerals *t, const char *text, DabSpan span) {
    prepare(t, dab_span_len(span));
    Claims c = {.t = t,
                .text = text + span.start,
                .len = dab_span_len(span),
                .offset = span.start,
                .owner = t->owner->data,
                .claims = t->claims,
                .places = t->places,
                .pieces = t->pieces,
                .blocks = t->blocks};
    dab_places_find(&c);
    if (!c.places->len) return c.claims;
    find_wanted(&c);
    claim_wanted(&c, 0, t->first_behind_words);
    look_up_words(&c);
    claim_wanted(&c, t->first_behind_words, t->context->len);
    claim_new_places(&c);
    g_array_sort(c.claims, by_place);
    return c.claims;
}
