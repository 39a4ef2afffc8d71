/* A cardinal number as written → its exact value: 0-9 with separators and decimals, Chinese figures, and both mixed (3万5千,
 * 1.2亿), approximate ones (三四百, 数百万, 十余万). It is read character by character, each added to the sum under way. */
#include <math.h>

#include "parsers/numerals.h"

/* The sum under way. A group is what stands before a 万 or 亿: 三千五百 in 三千五百万. */
typedef struct {
    const DabNumerals *t;
    const char *text;
    gsize start, at, end;
    DabDecimal total, total_spread;     /* groups closed by 万 or 亿 */
    DabDecimal section, section_spread; /* of the group under way */
    DabDecimal current;                 /* digits waiting for their multiplier */
    DabDecimal current_spread;
    guint digits;         /* of them, Chinese ones */
    guint8 first, second; /* the first two */
    gboolean arabic;      /* they are 0-9 */
    gboolean zero;        /* 零 since the last multiplier */
    gboolean approximate, ended;
    int small;                /* last multiplier of the group, or 9 */
    int big;                  /* last 万 or 亿, or 0 */
    int last;                 /* last multiplier of all, or 0 */
    guint chars, multipliers; /* of which multipliers */
    gboolean strong;
} Sum;

static gboolean waiting(const Sum *s) {
    return s->digits || s->arabic;
}

static void clear_current(Sum *s) {
    s->current = s->current_spread = dab_decimal_int(0);
    s->digits = 0;
    s->arabic = FALSE;
}

/* 七八, 两三, 三五: two digits that stand for a few in between. */
static gboolean is_pair(const Sum *s) {
    return s->digits == 2 && (s->second == s->first + 1 || (s->first == 3 && s->second == 5)) && s->first > 0;
}

/* 三四 before 百: three to four. */
static void settle_pair(Sum *s) {
    if (!is_pair(s)) return;
    s->current = dab_decimal_int(s->first);
    s->current_spread = dab_decimal_int(s->second - s->first);
}

static gboolean take_arabic(Sum *s) {
    DabDecimal value;
    if (waiting(s)) return FALSE;
    gsize last = dab_digits_read(s->text, s->start, s->at, s->end, &value);
    if (last == s->at) return FALSE;
    /* 3万4000 is one number; 3万12345 is two */
    if (s->last && (value.wide || value.e < 0 || dab_decimal_value(value) >= pow(10, s->last))) return FALSE;
    s->current = value;
    s->arabic = TRUE;
    s->at = last;
    guint power;
    gsize latin = s->chars ? 0 : dab_trie_longest(s->t->latin, s->text, s->at, s->end, &power);
    if (latin && !(s->at + latin < s->end && g_ascii_isalnum(s->text[s->at + latin]))) {
        s->current = dab_decimal_scale(s->current, (int)power);
        s->at += latin;
        s->ended = TRUE;
    }
    return TRUE;
}

static gboolean take_digit(Sum *s, DabNumChar c, gsize len) {
    if (s->arabic) return FALSE;
    gsize next = s->at + len, next_len;
    DabNumChar follows = next < s->end ? dab_num_char(s->t, s->text, next, s->end, &next_len) : (DabNumChar){0, 0, 0};
    gboolean multiplies = follows.klass == DAB_NUM_SMALL || follows.klass == DAB_NUM_BIG;
    if ((c.roles & DAB_NUM_PAIR) && !multiplies && (s->last || s->zero || (s->digits && s->first != 1)))
        return FALSE;                                        /* 五百两: a weight */
    if ((c.roles & DAB_NUM_ZERO) && !s->digits && s->last) { /* 一千零五; nothing behind it: no part of the number */
        if (!dab_num_is(follows) && !(follows.roles & (DAB_NUM_SEVERAL | DAB_NUM_MORE))) return FALSE;
        s->zero = TRUE;
        s->at = next;
        return TRUE;
    }
    if (s->digits == 0) s->first = c.value;
    if (s->digits == 1) s->second = c.value;
    if (s->digits && s->last) { /* behind a multiplier only a pair may stand: 十二三, and the multiplier is 十 */
        if (s->digits > 1 || s->last != 1 || s->zero) return FALSE;
        s->digits++;
        if (!is_pair(s)) {
            s->digits--;
            return FALSE;
        }
        s->current_spread = dab_decimal_int(s->second - s->first);
    } else {
        s->current = dab_decimal_add(dab_decimal_times(s->current, 10), dab_decimal_int(c.value));
        s->digits++;
    }
    if (!(c.roles & DAB_NUM_WEAK)) s->strong = TRUE;
    s->chars++;
    s->at = next;
    return TRUE;
}

/* Digits before a unit that begins with a multiplier: 5千米, 100千瓦, 3兆瓦. */
static gboolean begins_unit(const Sum *s, gsize len) {
    guint value;
    gsize n = dab_trie_longest(s->t->units, s->text, s->at, s->end, &value);
    return n > len && !(value & DAB_UNIT_NOT);
}

static gboolean take_small(Sum *s, DabNumChar c, gsize len) {
    int power = c.value;
    if (power >= s->small) return FALSE; /* 五十千: fifty, and a word */
    if (s->arabic && begins_unit(s, len)) return FALSE;
    if (!waiting(s)) {
        if (s->small != 9 && !(s->zero && power == 1)) return FALSE;
        if (s->small == 9 && begins_unit(s, len)) return FALSE;
        s->current = dab_decimal_int(1); /* 十五, 百三; 一百零十 */
    } else {
        if (s->digits == 2) {
            if (!is_pair(s)) return FALSE;
            settle_pair(s);
        }
        if (s->digits > 2) return FALSE;
        if (s->digits == 1 && dab_decimal_is_zero(s->current)) s->current = dab_decimal_int(1); /* 零十 */
    }
    s->section = dab_decimal_add(s->section, dab_decimal_scale(s->current, power));
    s->section_spread = dab_decimal_add(s->section_spread, dab_decimal_scale(s->current_spread, power));
    clear_current(s);
    s->small = s->last = power;
    s->zero = FALSE;
    s->chars++;
    s->multipliers++;
    if (!(c.roles & DAB_NUM_WEAK)) s->strong = TRUE;
    s->at += len;
    return TRUE;
}

static gboolean take_big(Sum *s, DabNumChar c, gsize len) {
    int power = c.value;
    gboolean group = waiting(s) || s->small != 9;
    if (begins_unit(s, len) && (s->arabic || !group || (power == 12 && !s->big))) return FALSE; /* 千瓦; 五十兆字节 */
    if (s->digits >= 2) {
        if (is_pair(s))
            settle_pair(s);
        else if (s->last)
            return FALSE;
    } else if (s->digits == 1 && s->small > 1 && s->small != 9 && !s->zero) { /* 三百五万 = 350万 */
        s->current = dab_decimal_scale(s->current, s->small - 1);
    }
    DabDecimal sum = dab_decimal_add(s->section, s->current), spread = dab_decimal_add(s->section_spread, s->current_spread);
    if (!group && !s->big) sum = dab_decimal_int(1); /* 万, 亿 alone */
    if (!group || power > s->big) {                  /* 4.78万亿, 万万; 八千三百一十一亿 behind 万 */
        s->total = dab_decimal_scale(dab_decimal_add(s->total, sum), power);
        s->total_spread = dab_decimal_scale(dab_decimal_add(s->total_spread, spread), power);
    } else if (power == s->big) {
        return FALSE;
    } else {
        s->total = dab_decimal_add(s->total, dab_decimal_scale(sum, power));
        s->total_spread = dab_decimal_add(s->total_spread, dab_decimal_scale(spread, power));
    }
    s->section = s->section_spread = dab_decimal_int(0);
    clear_current(s);
    s->small = 9;
    s->big = s->last = power;
    s->zero = FALSE;
    s->strong = TRUE;
    s->chars++;
    s->multipliers++;
    s->at += len;
    return TRUE;
}

static gboolean take_tens(Sum *s, DabNumChar c, gsize len) {
    if (waiting(s) || s->small <= 1) return FALSE;
    s->section = dab_decimal_add(s->section, dab_decimal_int(c.value * 10));
    s->small = s->last = 1;
    s->strong = TRUE;
    s->chars++;
    s->at += len;
    return TRUE;
}

/* 十余万, 一百零几万: about, when a multiplier follows. */
static gboolean take_more(Sum *s, gsize len) {
    gsize next = s->at + len, next_len;
    if (!s->last && !waiting(s)) return FALSE;
    if (next >= s->end || dab_num_char(s->t, s->text, next, s->end, &next_len).klass != DAB_NUM_BIG) return FALSE;
    s->approximate = TRUE;
    s->at = next;
    return TRUE;
}

/* 点五七 behind a whole number; then only 万 or 亿 may follow. */
static gboolean take_point(Sum *s, gsize len) {
    gsize at = s->at + len, n;
    DabDecimal part = dab_decimal_int(0);
    int places = 0;
    if (s->arabic || (!s->digits && !s->last) || s->digits > 2 || !dab_decimal_is_zero(s->section_spread)) return FALSE;
    for (; at < s->end; at += n) {
        DabNumChar c = dab_num_char(s->t, s->text, at, s->end, &n);
        if (c.klass != DAB_NUM_DIGIT || (c.roles & DAB_NUM_PAIR)) {
            if (c.klass == DAB_NUM_SMALL) return FALSE; /* 三点二十分: a time */
            break;
        }
        part = dab_decimal_add(dab_decimal_times(part, 10), dab_decimal_int(c.value));
        places++;
        s->chars++;
    }
    if (!places) return FALSE;
    if (s->digits == 1 && s->last > 1 && !s->zero) s->current = dab_decimal_scale(s->current, s->last - 1);
    s->total =
        dab_decimal_add(dab_decimal_add(s->total, s->section), dab_decimal_add(s->current, dab_decimal_scale(part, -places)));
    s->section = dab_decimal_int(0);
    clear_current(s);
    s->at = at;
    s->ended = TRUE;
    s->small = 0;
    return TRUE;
}

static gboolean take(Sum *s) {
    gsize len;
    DabNumChar c = dab_num_char(s->t, s->text, s->at, s->end, &len);
    if (s->ended) return c.klass == DAB_NUM_BIG && !s->big && take_big(s, c, len); /* 三点五万 */
    switch (c.klass) {
    case DAB_NUM_ARABIC:
        return take_arabic(s);
    case DAB_NUM_DIGIT:
        return take_digit(s, c, len);
    case DAB_NUM_SMALL:
        return take_small(s, c, len);
    case DAB_NUM_TENS:
        return take_tens(s, c, len);
    case DAB_NUM_BIG:
        return take_big(s, c, len);
    default:
        break;
    }
    if ((c.roles & DAB_NUM_POINT) && take_point(s, len)) return TRUE;
    return (c.roles & DAB_NUM_MORE) && take_more(s, len);
}

/* 数百, 几十万: one to ten of what follows. */
static gboolean take_several(Sum *s) {
    gsize len, n;
    DabNumChar c = dab_num_char(s->t, s->text, s->at, s->end, &len);
    if (!(c.roles & DAB_NUM_SEVERAL) || s->at + len >= s->end) return FALSE;
    DabNumChar next = dab_num_char(s->t, s->text, s->at + len, s->end, &n);
    if (next.klass != DAB_NUM_SMALL && next.klass != DAB_NUM_BIG) return FALSE;
    if (dab_trie_longest_before(s->t->several_not_after, s->text, s->start, s->at, NULL)) return FALSE;
    s->current = dab_decimal_int(1);
    s->current_spread = dab_decimal_int(9);
    s->arabic = TRUE; /* it waits for a multiplier, and no digit may join it */
    s->approximate = TRUE;
    s->at += len;
    return TRUE;
}

gboolean dab_cardinal_read(const DabNumerals *t, const char *text, gsize start, gsize at, gsize end, DabNumeral *out) {
    Sum s = {.t = t, .text = text, .start = start, .at = at, .end = end, .small = 9};
    gsize len;
    *out = (DabNumeral){.start = at};
    DabNumChar c = at < end ? dab_num_char(t, text, at, end, &len) : (DabNumChar){0, 0, 0};
    out->arabic = c.klass == DAB_NUM_ARABIC;
    gboolean several = take_several(&s);
    while (s.at < end && take(&s)) {
    }
    if (s.at == at || (!s.last && !waiting(&s) && !s.ended)) return FALSE;
    out->bare = !several && s.chars && s.chars == s.multipliers && !waiting(&s) && !s.zero && !out->arabic && c.value != 1;
    if (s.digits == 1 && s.last > 1 && !s.zero) s.current = dab_decimal_scale(s.current, s.last - 1); /* 一百五, 四亿五 */
    out->pair = is_pair(&s) && !s.last;
    out->first = s.first;
    out->second = s.second;
    out->value = dab_decimal_add(dab_decimal_add(s.total, s.section), s.current);
    out->spread = dab_decimal_add(dab_decimal_add(s.total_spread, s.section_spread), s.current_spread);
    out->approximate = s.approximate || !dab_decimal_is_zero(out->spread);
    out->weak = !s.strong && !out->arabic;
    out->chars = s.chars;
    out->big = s.big;
    out->end = s.at;
    return TRUE;
}
