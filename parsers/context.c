/* Which stretches of a passage hold figures and no measure: dates, ages, names, numbering … (rules of the stage "context" and
 * the lexicons of words with a numeral character in them). */
#include <string.h>

#include "parsers/numerals.h"

/* Rules of a higher priority claim before the lexicons do, the others after. */
#define LEXICON_PRIORITY 60
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
    gint rule;            /* the best rule of `at_number` here, by its index, or -1 */
    guint32 end;          /* of its match */
} Place;

static void find_places(Claims *c) {
    gsize len;
    gboolean run = FALSE;
    for (gsize at = 0; at < c->len; at += len) {
        DabNumChar ch = dab_num_char(c->t, c->text, at, c->len, &len);
        if (ch.klass == DAB_NUM_NONE || ch.klass == DAB_NUM_ENCLOSED) {
            run = FALSE;
            continue;
        }
        Place p = {.at = (guint32)at, .arabic = ch.klass == DAB_NUM_ARABIC, .first = !run, .rule = -1};
        if (p.arabic) { /* decimals are no beginning */
            p.first = !(at >= 2 && (c->text[at - 1] == '.' || c->text[at - 1] == ',') && g_ascii_isdigit(c->text[at - 2]));
            while (at + len < c->len && g_ascii_isdigit(c->text[at + len])) len++;
        }
        run = !p.arabic;
        g_array_append_val(c->places, p);
    }
}

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

/* Where a piece that begins at `at` ends: behind the next 。 ； ！ ？, or where it is long enough. Adds to *holds what it holds. */
static gsize piece_end(const Claims *c, gsize at, guint64 *holds) {
    gsize most = MIN(c->len, at + PIECE_BYTES), len;
    for (; at < most; at += len) {
        const guint8 *s = (const guint8 *)c->text + at;
        if (dab_num_char(c->t, c->text, at, c->len, &len).roles & DAB_NUM_NEEDED)
            *holds |= needed_bit(c->t, g_utf8_get_char(c->text + at));
        if (len == 1 && g_ascii_isalpha(*s)) *holds |= (guint64)1 << DAB_NEEDS_LATIN;
        if (len == 3 && is_stop(s)) return at + 3;
    }
    return MIN(at, c->len);
}

static void find_pieces(Claims *c) {
    gsize at = 0;
    for (guint i = 0; i < c->places->len; i++) {
        const Place *p = &g_array_index(c->places, Place, i);
        if (p->at < at) continue;
        Piece piece = {at, at, 0};
        while (piece.end <= p->at) {
            piece.start = piece.end;
            piece.holds = 0;
            piece.end = piece_end(c, piece.start, &piece.holds);
        }
        at = piece.end;
        g_array_append_val(c->pieces, piece);
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

static void search(Claims *c, const DabContextRule *r) {
    DabMatch m;
    for (guint i = 0; i < c->pieces->len; i++) {
        const Piece *piece = &g_array_index(c->pieces, Piece, i);
        if (r->at_start && piece->start) return;
        if (r->needs && !(r->needs & piece->holds)) continue;
        if (!dab_bits_has(likely_at(c, piece->start), r->order)) continue;
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

/* Which rules may hold with what stands behind the figures at a place. */
static const guint64 *likely_behind(const Claims *c, const Place *p) {
    gsize at = p->at, len;
    if (p->arabic) {
        while (at < c->len &&
               (g_ascii_isdigit(c->text[at]) || (c->text[at] == '.' && at + 1 < c->len && g_ascii_isdigit(c->text[at + 1]))))
            at++;
        return dab_sieve_at(c->t->next_digit, c->text, at, c->len);
    }
    for (; at < c->len; at += len) {
        DabNumClass klass = dab_num_char(c->t, c->text, at, c->len, &len).klass;
        if (klass == DAB_NUM_NONE || klass == DAB_NUM_ARABIC || klass == DAB_NUM_ENCLOSED) break;
    }
    return dab_sieve_at(c->t->next_hanzi, c->text, at, c->len);
}

/* The first rule from the place `order` of the stage on that may hold at a place, and matches there; NULL when there is none. */
static const DabContextRule *match_rule(const Claims *c, const Place *p, guint order, DabMatch *m) {
    const DabNumerals *t = c->t;
    const guint64 *next = likely_behind(c, p), *words = likely_at(c, p->at), *kind = p->arabic ? t->of_digits : t->of_hanzi;
    const guint64 *left = p->at ? dab_sieve_at(t->left, c->text, p->at, 0) : dab_sieve_at(t->left, DAB_TEXT_START, 1, 0);
    const guint64 *head = dab_sieve_at(t->head, c->text, p->at, c->len);
    if (dab_rules_tries_all(t->all_rules)) left = head = words;
    gsize end = ahead(c, p->at);
    for (guint w = order / 64; w < dab_sieve_size(c->t->likely); w++) {
        guint64 bits = next[w] & words[w] & kind[w] & left[w] & head[w];
        if (w == order / 64) bits &= G_MAXUINT64 << (order % 64);
        for (; bits; bits &= bits - 1) {
            guint at = c->t->at_number_of[w * 64 + (guint)__builtin_ctzll(bits)];
            const DabContextRule *r = &g_array_index(c->t->at_number, DabContextRule, at);
            if (dab_pattern_match(r->pattern, c->text, end, p->at, m)) return r;
        }
    }
    return NULL;
}

/* The best rule at a place. */
static void find_rule(Claims *c, Place *p) {
    DabMatch m;
    const DabContextRule *r = match_rule(c, p, 0, &m);
    p->rule = r ? (gint)c->t->at_number_of[r->order] : -1;
    if (r) p->end = (guint32)m.spans[1];
}

/* The best rule's claim failed (its end cuts a number, or is taken): those below it, one by one. */
static void try_rules_below(Claims *c, const Place *p) {
    DabMatch m;
    const DabContextRule *r = &g_array_index(c->t->at_number, DabContextRule, p->rule);
    while (!c->owner[p->at] && (r = match_rule(c, p, r->order + 1, &m))) claim_match(c, r, &m);
}

static void claim_place(Claims *c, const Place *p) {
    const DabContextRule *r = &g_array_index(c->t->at_number, DabContextRule, p->rule);
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
    find_pieces(&c);
    find_blocks(&c);
    g_autofree gboolean *wanted = g_new0(gboolean, t->at_number->len + 1);
    for (guint n = 0; n < c.places->len; n++) {
        Place *p = &g_array_index(c.places, Place, n);
        if (p->first) find_rule(&c, p);
        if (p->rule >= 0) wanted[p->rule] = TRUE;
    }
    guint i = 0, k = 0;
    gboolean words = FALSE;
    while (i < t->rules->len || k < t->at_number->len) {
        const DabContextRule *a = i < t->rules->len ? &g_array_index(t->rules, DabContextRule, i) : NULL;
        const DabContextRule *b = k < t->at_number->len ? &g_array_index(t->at_number, DabContextRule, k) : NULL;
        gboolean anywhere =
            a && (!b || a->rule->priority > b->rule->priority || (a->rule->priority == b->rule->priority && a->order < b->order));
        const DabContextRule *r = anywhere ? a : b;
        if (!words && r->rule->priority <= LEXICON_PRIORITY) {
            look_up_words(&c);
            words = TRUE;
        }
        if (anywhere)
            search(&c, r);
        else if (wanted[k])
            claim_places(&c, k);
        *(anywhere ? &i : &k) += 1;
    }
    if (!words) look_up_words(&c);
    claim_new_places(&c);
    g_array_sort(c.claims, by_place);
    return c.claims;
}
