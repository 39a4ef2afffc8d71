/* Which stretches of a passage hold figures and no measure: dates, ages, names, numbering … (rules of the stage "context" and
 * the lexicons of words with a numeral character in them). */
#include <string.h>

#include "parsers/numerals.h"

/* A word of the lexicons holds its first numeral character at most so many characters behind its beginning (数一数二: 1). */
#define LEXICON_REACH 5

/* A rule is tried on pieces of the passage no longer than this, in bytes, cut where a sentence ends: PCRE2 looks ahead for a
 * character that a match must hold, as far as it may, and on a long passage that takes longer than all matching. */
#define PIECE_BYTES 1200
/* A rule tried at a numeral sees so many bytes behind it. */
#define AHEAD_BYTES 240

/* Which rules may hold is told for so many bytes of a passage at a time, and so many before and behind them, for what patterns look
 * at there: lookbehinds are shorter, and a piece that begins in the block ends before. */
#define BLOCK_BYTES 4096
#define BLOCK_BEFORE 1024
#define BLOCK_BEHIND (PIECE_BYTES + AHEAD_BYTES)

typedef struct {
    gsize start, end;
    guint64 holds; /* bits of DabNumerals.needed */
} Piece;

typedef struct {
    const DabNumerals *t;
    const char *text; /* the passage alone: patterns see ^ and $ where it begins and ends */
    gsize len, offset;
    guint8 *owner;
    GArray *claims;
    GArray *places; /* Place */
    GArray *pieces; /* Piece: those with a numeral in them */
    GArray *blocks; /* guint64: which rules may hold in each block of the passage */
} Claims;

/* A numeral character, or the first of a run of 0-9. */
typedef struct {
    guint32 at;
    guint8 arabic, first; /* first: of a run of such characters */
    guint8 digits;        /* of 0-9 in a row, at most DAB_MAX_DIGITS */
    gint rule;            /* the best rule that is tried here, by its place, or -1 */
    guint32 end;          /* of its match */
} Place;

static guint64 needed_bit(const DabNumerals *t, gunichar ch) {
    for (guint i = 0; i < t->n_needed; i++)
        if (t->needed[i] == ch) return (guint64)1 << i;
    return 0;
}

/* 。 ！ ； ？ in UTF-8. */
static inline gboolean is_stop(const guint8 *s) {
    return s[0] == 0xE3 ? s[1] == 0x80 && s[2] == 0x82
                        : s[0] == 0xEF && s[1] == 0xBC && (s[2] == 0x81 || s[2] == 0x9B || s[2] == 0x9F);
}

/* Adds the place of a numeral character; `before`: what stands there. */
static void add_place(Claims *c, gsize at, DabNumClass klass, DabNumClass before) {
    Place p = {.at = (guint32)at, .arabic = klass == DAB_NUM_ARABIC, .rule = -1, .digits = klass == DAB_NUM_ARABIC};
    if (p.arabic) /* decimals are no beginning */
        p.first = !(at >= 2 && (c->text[at - 1] == '.' || c->text[at - 1] == ',') && g_ascii_isdigit(c->text[at - 2]));
    else
        p.first = before == DAB_NUM_NONE || before == DAB_NUM_ARABIC;
    g_array_append_val(c->places, p);
}

/* The places of the passage, and the pieces that have one. A piece ends behind 。 ； ！ ？, or where it is long enough. */
static void find_places(Claims *c) {
    gsize len;
    DabNumClass before = DAB_NUM_NONE;
    Piece piece = {0};
    guint first_place = 0;
    for (gsize at = 0; at < c->len; at += len) {
        DabNumChar ch = dab_num_char(c->t, c->text, at, c->len, &len);
        DabNumClass klass = ch.klass == DAB_NUM_ENCLOSED ? DAB_NUM_NONE : ch.klass;
        const guint8 *s = (const guint8 *)c->text + at;
        if (klass == DAB_NUM_ARABIC && before == DAB_NUM_ARABIC) {
            Place *p = &g_array_index(c->places, Place, c->places->len - 1);
            p->digits = (guint8)MIN(p->digits + 1, DAB_MAX_DIGITS);
        } else if (klass != DAB_NUM_NONE) {
            add_place(c, at, klass, before);
        }
        before = klass;
        if (ch.roles & DAB_NUM_NEEDED) piece.holds |= needed_bit(c->t, g_utf8_get_char(c->text + at));
        if (len == 1 && g_ascii_isalpha(*s)) piece.holds |= (guint64)1 << DAB_NEEDS_LATIN;
        piece.end = at + len;
        gboolean ends = (len == 3 && is_stop(s)) || piece.end - piece.start >= PIECE_BYTES || piece.end == c->len;
        if (!ends) continue;
        if (c->places->len > first_place) g_array_append_val(c->pieces, piece);
        piece = (Piece){piece.end, piece.end, 0};
        first_place = c->places->len;
    }
}

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

/* A place that is no part of a character. */
static gsize at_character(const Claims *c, gsize at) {
    while (at < c->len && (c->text[at] & 0xC0) == 0x80) at++;
    return MIN(at, c->len);
}

static void find_blocks(Claims *c) {
    guint size = dab_sieve_size(c->t->likely), n = (guint)(c->len / BLOCK_BYTES) + 1;
    g_array_set_size(c->blocks, n * size);
    guint64 *bits = (guint64 *)(void *)c->blocks->data;
    if (dab_rules_tries_all(c->t->all_rules)) {
        memset(bits, 0xFF, n * size * sizeof *bits);
        return;
    }
    for (guint i = 0; i < n; i++, bits += size) {
        gsize at = (gsize)i * BLOCK_BYTES, start = at_character(c, at > BLOCK_BEFORE ? at - BLOCK_BEFORE : 0);
        gsize end = at_character(c, at + BLOCK_BYTES + BLOCK_BEHIND);
        memcpy(bits, dab_sieve_scan(c->t->likely, c->text + start, end - start), size * sizeof *bits);
    }
}

static const guint64 *likely_at(const Claims *c, gsize at) {
    return (const guint64 *)(const void *)c->blocks->data + at / BLOCK_BYTES * dab_sieve_size(c->t->likely);
}

static const DabContextRule *rule_at(const Claims *c, guint which) {
    return &g_array_index(c->t->context, DabContextRule, which);
}

static void search(Claims *c, guint which) {
    const DabContextRule *r = rule_at(c, which);
    DabMatch m;
    for (guint i = 0; i < c->pieces->len; i++) {
        const Piece *piece = &g_array_index(c->pieces, Piece, i);
        if (r->at_start && piece->start) return;
        if (r->needs && !(r->needs & piece->holds)) continue;
        if (!dab_bits_has(likely_at(c, piece->start), which)) continue;
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

/* Where the text that a rule sees from `at` on ends. */
static gsize ahead(const Claims *c, gsize at) {
    gsize end = MIN(c->len, at + AHEAD_BYTES);
    while (end < c->len && (c->text[end] & 0xC0) == 0x80) end--;
    return end;
}

static gsize skip_digits(const Claims *c, gsize at) {
    while (at < c->len && g_ascii_isdigit(c->text[at])) at++;
    return at;
}

/* Where the figures at a place end, decimals with them. */
static gsize figures_end(const Claims *c, const Place *p) {
    gsize at = p->at, len;
    if (p->arabic) {
        at = skip_digits(c, at);
        gboolean decimals = at + 1 < c->len && c->text[at] == '.' && g_ascii_isdigit(c->text[at + 1]);
        return decimals ? skip_digits(c, at + 1) : at;
    }
    for (; at < c->len; at += len) {
        DabNumClass klass = dab_num_char(c->t, c->text, at, c->len, &len).klass;
        if (klass == DAB_NUM_NONE || klass == DAB_NUM_ARABIC || klass == DAB_NUM_ENCLOSED) break;
    }
    return at;
}

/* Leaves the bits that are in both; FALSE when there is none. */
static gboolean narrow(guint64 *bits, const guint64 *by, guint size) {
    guint64 any = 0;
    for (guint i = 0; i < size; i++) any |= bits[i] &= by[i];
    return any != 0;
}

/* Which rules may hold at a place, by what stands around it; the cheap questions first. NULL: none. */
static const guint64 *likely_here(const Claims *c, const Place *p) {
    const DabNumerals *t = c->t;
    guint size = dab_sieve_size(t->likely);
    memcpy(t->here, p->arabic ? t->of_digits : t->of_hanzi, size * sizeof *t->here);
    gboolean any = narrow(t->here, likely_at(c, p->at), size);
    if (dab_rules_tries_all(t->all_rules))
        return narrow(t->here, dab_sieve_at(t->next, c->text, figures_end(c, p), c->len), size) ? t->here : NULL;
    any = any && narrow(t->here, t->of_length + p->digits * size, size) &&
          narrow(t->here, dab_sieve_at(t->next, c->text, figures_end(c, p), c->len), size) &&
          narrow(t->here, p->at ? dab_sieve_at(t->left, c->text, p->at, 0) : dab_sieve_at(t->left, DAB_TEXT_START, 1, 0), size) &&
          narrow(t->here, dab_sieve_at(t->head, c->text, p->at, c->len), size);
    return any ? t->here : NULL;
}

/* The first rule from the place `from` of the stage on that may hold at a place, and matches there; -1 when there is none. */
static gint match_rule(const Claims *c, const Place *p, guint from, DabMatch *m) {
    const guint64 *likely = likely_here(c, p);
    guint n = likely ? c->t->context->len : 0;
    gsize end = ahead(c, p->at);
    for (guint i = from; (i = dab_bits_next(likely, i, n)) < n; i++)
        if (dab_pattern_match(rule_at(c, i)->pattern, c->text, end, p->at, m)) return (gint)i;
    return -1;
}

/* The best rule at a place. */
static void find_rule(Claims *c, Place *p) {
    DabMatch m;
    p->rule = match_rule(c, p, 0, &m);
    if (p->rule >= 0) p->end = (guint32)m.spans[1];
}

/* The best rule's claim failed (its end cuts a number, or is taken): those below it, one by one. */
static void try_rules_below(Claims *c, const Place *p) {
    DabMatch m;
    gint r = p->rule;
    while (!c->owner[p->at] && (r = match_rule(c, p, (guint)r + 1, &m)) >= 0) claim_match(c, rule_at(c, (guint)r), &m);
}

static void claim_place(Claims *c, const Place *p) {
    const DabContextRule *r = rule_at(c, (guint)p->rule);
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
    const DabNumerals *t = c->t;
    guint size = dab_sieve_size(t->likely);
    memset(t->wanted, 0, size * sizeof *t->wanted);
    for (guint i = 0; i < c->blocks->len; i++) t->wanted[i % size] |= g_array_index(c->blocks, guint64, i);
    (void)narrow(t->wanted, t->searched, size);
    if (!dab_rules_tries_all(t->all_rules)) (void)narrow(t->wanted, dab_sieve_at(t->start, c->text, 0, c->len), size);
    for (guint i = 0; i < c->places->len; i++) {
        Place *p = &g_array_index(c->places, Place, i);
        if (p->first) find_rule(c, p);
        if (p->rule >= 0) t->wanted[p->rule / 64] |= (guint64)1 << (p->rule % 64);
    }
}

static void claim_wanted(Claims *c, guint from, guint end) {
    for (guint i = from; (i = dab_bits_next(c->t->wanted, i, end)) < end; i++) {
        if (rule_at(c, i)->at_number)
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
    find_places(&c);
    if (!c.places->len) return c.claims;
    find_blocks(&c);
    find_wanted(&c);
    claim_wanted(&c, 0, t->first_behind_words);
    look_up_words(&c);
    claim_wanted(&c, t->first_behind_words, t->context->len);
    claim_new_places(&c);
    g_array_sort(c.claims, by_place);
    return c.claims;
}
