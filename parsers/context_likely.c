/* Where the figures of a passage stand, and which context rules may hold in it and at each of them: far fewer than there are. */
#include <string.h>

#include "parsers/claims.h"

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

/* A piece ends behind 。 ； ！ ？, or where it is long enough. */
void dab_places_find(Claims *c) {
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

const guint64 *dab_likely_at(const Claims *c, gsize at) {
    return (const guint64 *)(const void *)c->blocks->data + at / BLOCK_BYTES * dab_sieve_size(c->t->likely);
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
    gboolean any = narrow(t->here, dab_likely_at(c, p->at), size);
    if (dab_rules_tries_all(t->all_rules))
        return narrow(t->here, dab_sieve_at(t->next, c->text, figures_end(c, p), c->len), size) ? t->here : NULL;
    any = any && narrow(t->here, t->of_length + p->digits * size, size) &&
          narrow(t->here, dab_sieve_at(t->next, c->text, figures_end(c, p), c->len), size) &&
          narrow(t->here, p->at ? dab_sieve_at(t->left, c->text, p->at, 0) : dab_sieve_at(t->left, DAB_TEXT_START, 1, 0), size) &&
          narrow(t->here, dab_sieve_at(t->head, c->text, p->at, c->len), size);
    return any ? t->here : NULL;
}

/* The first rule from the place `from` of the stage on that may hold at a place, and matches there; -1 when there is none. */
gint dab_context_match(const Claims *c, const Place *p, guint from, DabMatch *m) {
    const guint64 *likely = likely_here(c, p);
    guint n = likely ? c->t->context->len : 0;
    gsize end = ahead(c, p->at);
    for (guint i = from; (i = dab_bits_next(likely, i, n)) < n; i++)
        if (dab_pattern_match(dab_context_rule(c, i)->pattern, c->text, end, p->at, m)) return (gint)i;
    return -1;
}

void dab_searched_find(Claims *c) {
    const DabNumerals *t = c->t;
    find_blocks(c);
    guint size = dab_sieve_size(t->likely);
    memset(t->wanted, 0, size * sizeof *t->wanted);
    for (guint i = 0; i < c->blocks->len; i++) t->wanted[i % size] |= g_array_index(c->blocks, guint64, i);
    (void)narrow(t->wanted, t->searched, size);
    if (!dab_rules_tries_all(t->all_rules)) (void)narrow(t->wanted, dab_sieve_at(t->start, c->text, 0, c->len), size);
}
