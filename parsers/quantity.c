/* Numeral → quantity: 余, unit, half, range, ratio, fraction, tenths, brackets, currency. */
#include "parsers/quantity.h"

#include <math.h>
#include <string.h>

#define MAX_SHARES 12    /* of a whole, told as 16.3:39.3:44.4 */
#define ROUNDING 0.11    /* of each share */
#define MAX_RATIO_SIGN 3 /* bytes */

/* A sign before the numeral: 负, or a hyphen that can be nothing else. Its length. */
static gsize read_sign(const DabStretch *s, gsize at) {
    if (at <= s->floor) return 0;
    gsize before = (gsize)(g_utf8_prev_char(s->text + at) - s->text), len;
    if (dab_num_char(s->t, s->text, before, s->to, &len).roles & DAB_NUM_MINUS) return at - before;
    gunichar c = g_utf8_get_char(s->text + before);
    if (c != '-' && c != 0x2212 && c != 0xFF0D) return 0;
    gunichar left = dab_char_before(s->text, s->from, before);
    if (dab_is_hanzi(left)) return dab_trie_longest_before(s->t->minus_after, s->text, s->from, before, NULL) ? at - before : 0;
    gboolean joins = g_unichar_isalnum(left) || left == c || left == '%' || left == 0x2030 || left == ')' || left == 0xFF09 ||
                     left == '.' || left == 0x2014 || left == '/';
    return joins ? 0 : at - before;
}

/* .5 for 0.5. */
static gboolean leading_point(const DabStretch *s, gsize at) {
    if (at <= s->floor || s->text[at - 1] != '.') return FALSE;
    gunichar left = dab_char_before(s->text, s->from, at - 1);
    return left == 0 || left == ' ' || left == '-' || left == '=' || left == '<' || left == '>' || left == '(' || left == ',';
}

gboolean dab_draft_open(const DabStretch *s, gsize at, DabDraft *d) {
    *d = (DabDraft){.n = {.unit = s->t->empty, .kind = s->t->number, .comparator = DAB_EQ}};
    DabNumeral *m = &d->numeral;
    if (!dab_numeral_read(s->t, s->text, s->from, at, s->end, m)) return FALSE;
    gsize begin = at;
    if (m->arabic && leading_point(s, at)) {
        gsize digits = 0;
        while (at + digits < m->end && g_ascii_isdigit(s->text[at + digits])) digits++;
        m->value = dab_decimal_scale(m->value, -(int)MIN(digits, 300));
        begin--;
    }
    gsize sign = read_sign(s, begin);
    if (sign) {
        begin -= sign;
        m->value = dab_decimal_negate(m->value);
    }
    d->n.span.start = d->n.numeral.start = d->n.extent.start = begin;
    d->at = m->end;
    d->n.approximate = m->approximate;
    return TRUE;
}

/* 7/10万, 5/万: the unit is what stands behind the slash. 3/5: a fraction. */
static gboolean read_slash(const DabStretch *s, DabDraft *d) {
    if (!d->numeral.arabic || d->at + 1 >= s->end || s->text[d->at] != '/') return FALSE;
    gsize right = d->at + 1, per = dab_per_read(s->t, s->text, right, s->end), len;
    gsize digits = 0;
    while (right + digits < s->end && g_ascii_isdigit(s->text[right + digits])) digits++;
    DabNumChar first = dab_num_char(s->t, s->text, right, s->end, &len);
    if (per > digits || (per && digits >= 4)) {
        if (!digits && first.klass != DAB_NUM_SMALL && first.klass != DAB_NUM_BIG) return FALSE;
        g_autofree char *unit = g_strndup(s->text + d->at, per + 1);
        d->n.unit = g_intern_string(unit);
        d->n.kind = s->t->ratio;
        d->at += 1 + per;
        return TRUE;
    }
    DabDecimal bottom;
    if (!digits || dab_digits_read(s->text, right, right, s->end, &bottom) != right + digits) return FALSE;
    double b = dab_decimal_value(bottom);
    if (b == 0 || (right + digits < s->end && s->text[right + digits] == '/')) return FALSE;
    d->numeral.value = dab_decimal_double(dab_decimal_value(d->numeral.value) / b);
    d->numeral.fraction = TRUE;
    d->at = right + digits;
    return TRUE;
}

/* 1 3/5: a whole number and a fraction behind a blank. */
static gboolean read_mixed(const DabStretch *s, DabDraft *d) {
    const DabNumeral *m = &d->numeral;
    if (!m->arabic || m->value.wide || m->value.e || d->at >= s->end || s->text[d->at] != ' ') return FALSE;
    DabDraft right = {.n = {.kind = s->t->number, .unit = s->t->empty}};
    gsize at = d->at + 1;
    if (at >= s->end || !g_ascii_isdigit(s->text[at]) || !dab_numeral_read(s->t, s->text, at, at, s->end, &right.numeral))
        return FALSE;
    right.at = right.numeral.end;
    if (right.at - at > 2 || !read_slash(s, &right) || !right.numeral.fraction) return FALSE;
    d->numeral.value = dab_decimal_double(dab_decimal_value(m->value) + dab_decimal_value(right.numeral.value));
    d->numeral.fraction = TRUE;
    d->at = right.at;
    return TRUE;
}

/* Whether the parts of a ratio from `at` on are shares of a whole, 16.3:39.3:44.4: three and more that make 100. */
static gboolean are_shares(const DabStretch *s, gsize at) {
    double sum = 0;
    guint parts = 0;
    for (gsize sign = 0; parts < MAX_SHARES; at += sign) {
        DabDecimal part;
        gsize end = dab_digits_read(s->text, at, at, s->end, &part);
        if (end == at) return FALSE;
        sum += dab_decimal_value(part);
        parts++;
        at = end;
        sign = dab_trie_longest(s->t->ratios, s->text, at, s->end, NULL);
        if (!sign) break;
    }
    return parts >= 3 && fabs(sum - 100) < ROUNDING * parts;
}

/* Whether a sign of a ratio stands before the numeral: it is one share of several. */
static gboolean behind_ratio_sign(const DabStretch *s, const DabNumeral *m) {
    for (gsize len = 1; len <= MAX_RATIO_SIGN && len < m->start; len++)
        if (dab_trie_longest(s->t->ratios, s->text, m->start - len, s->end, NULL) == len)
            return g_ascii_isdigit(s->text[m->start - len - 1]);
    return FALSE;
}

/* 1:1.25. The shares of a whole stay numbers of their own. */
static gboolean read_ratio(const DabStretch *s, DabDraft *d) {
    const DabNumeral *m = &d->numeral;
    gsize sign = m->arabic ? dab_trie_longest(s->t->ratios, s->text, d->at, s->end, NULL) : 0;
    DabDecimal right;
    gsize at = d->at + sign, end = sign ? dab_digits_read(s->text, at, at, s->end, &right) : at;
    if (end == at || behind_ratio_sign(s, m) || are_shares(s, m->start)) return FALSE;
    double b = dab_decimal_value(right);
    d->numeral.value = dab_decimal_double(b != 0 ? dab_decimal_value(d->numeral.value) / b : NAN);
    d->n.kind = s->t->ratio;
    d->at = end;
    sign = dab_trie_longest(s->t->ratios, s->text, end, s->end, NULL);
    if (sign && dab_digits_read(s->text, end + sign, end + sign, s->end, &right) > end + sign) { /* 1:2:3 has no one value */
        d->at = dab_digits_read(s->text, end + sign, end + sign, s->end, &right);
        d->numeral.value = dab_decimal_double(NAN);
    }
    return TRUE;
}

/* 7 2 折: figures set apart by blanks. Where the second ends, or `at`. */
static gsize second_tenth(const DabStretch *s, gsize at, DabDecimal *value) {
    gsize last = at + 2, blank = last < s->end && s->text[last] == ' ';
    if (last > s->end || s->text[at] != ' ' || !g_ascii_isdigit(s->text[at + 1])) return at;
    if (!dab_trie_longest(s->t->tenths, s->text, last + blank, s->end, NULL)) return at;
    *value = dab_decimal_add(dab_decimal_times(*value, 10), dab_decimal_int(s->text[at + 1] - '0'));
    return last + blank;
}

/* 九成 → 90%, 七成六 → 76%, 八五折 → 85%. */
static gboolean read_tenths(const DabStretch *s, DabDraft *d) {
    DabNumeral *m = &d->numeral;
    if (m->arabic && m->end == m->start + 1) d->at = second_tenth(s, d->at, &m->value);
    gsize sign = dab_trie_longest(s->t->tenths, s->text, d->at, s->end, NULL), len;
    double v = dab_decimal_value(m->value);
    if (!sign || v < 0 || v >= 100 || dab_trie_longest(s->t->tenths_not, s->text, d->at, s->end, NULL)) return FALSE;
    if (v == 10 && !dab_trie_longest(s->t->tenths_whole, s->text, d->at, s->end, NULL)) return FALSE;
    if (m->pair && m->second == m->first + 1) { /* 七八成: 70–80% */
        m->value = dab_decimal_int(m->first * 10);
        m->spread = dab_decimal_int(10);
        d->n.approximate = TRUE;
    } else {
        if (v <= 10) m->value = dab_decimal_scale(m->value, 1);
        m->spread = dab_decimal_scale(m->spread, 1);
    }
    d->at += sign;
    DabNumChar next = d->at < s->end ? dab_num_char(s->t, s->text, d->at, s->end, &len) : (DabNumChar){0, 0, 0};
    if (next.klass == DAB_NUM_DIGIT && v < 10 && !(next.roles & DAB_NUM_PAIR)) {
        gsize n;
        const char *unit;
        if (!dab_unit_read(s->t, s->text, d->at + len, s->end, FALSE, &unit) &&
            !(d->at + len < s->end && dab_num_is(dab_num_char(s->t, s->text, d->at + len, s->end, &n)))) {
            m->value = dab_decimal_add(m->value, dab_decimal_int(next.value));
            d->at += len;
        }
    } else if (next.roles & DAB_NUM_HALF) {
        m->value = dab_decimal_add(m->value, dab_decimal_int(5));
        d->at += len;
    }
    d->n.unit = s->t->percent_sign;
    return TRUE;
}

/* 十打 → 120 */
static void read_factor(const DabStretch *s, DabDraft *d) {
    guint factor;
    gsize sign = dab_trie_longest(s->t->factors, s->text, d->at, s->end, &factor);
    if (!sign || dab_trie_longest(s->t->factors_not, s->text, d->at, s->to, NULL)) return;
    d->numeral.value = dab_decimal_times(d->numeral.value, factor);
    d->n.numeral.end = d->at + sign;
    d->n.unit = s->t->empty;
    d->sure = TRUE;
    d->at += sign;
}

/* 余 多 来 几 at text[at]; its length. */
static gsize read_more(const DabStretch *s, gsize at) {
    gsize len;
    if (at >= s->end || !(dab_num_char(s->t, s->text, at, s->end, &len).roles & DAB_NUM_MORE)) return 0;
    return dab_trie_longest(s->t->more_not, s->text, at, s->to, NULL) ? 0 : len;
}

/* A unit that goes on behind a 多 or 半 put into it (个 多 月, 个 半 小时): what follows text[at] joined to the unit. Returns the
 * bytes taken of what follows. */
static gsize read_split_unit(const DabStretch *s, DabDraft *d, gsize at) {
    char joined[64];
    const char *unit;
    gsize head = strlen(d->n.unit), tail = MIN(s->end - at, sizeof joined / 2);
    if (head >= sizeof joined / 2) return 0;
    while (tail && at + tail < s->end && (s->text[at + tail] & 0xC0) == 0x80) tail--; /* whole characters */
    memcpy(joined, d->n.unit, head);
    memcpy(joined + head, s->text + at, tail);
    memset(joined + head + tail, 0, sizeof joined - head - tail);
    gsize n = dab_unit_read(s->t, joined, 0, head + tail, TRUE, &unit);
    if (n <= head) return 0;
    d->n.unit = unit;
    return n - head;
}

/* Behind the unit: 2年多, 3个多月, 一个半, 三年半. */
static void read_behind_unit(const DabStretch *s, DabDraft *d) {
    gsize len = read_more(s, d->at);
    if (len) {
        d->n.approximate = TRUE;
    } else if (d->at < s->end && (dab_num_char(s->t, s->text, d->at, s->end, &len).roles & DAB_NUM_HALF) &&
               !dab_trie_longest(s->t->half_not, s->text, d->at, s->to, NULL)) {
        d->numeral.value = dab_decimal_add(d->numeral.value, dab_decimal_scale(dab_decimal_int(5), -1));
    } else {
        return;
    }
    d->at += len;
    d->at += read_split_unit(s, d, d->at);
}

/* 55832[1]人: the mark of a note is claimed; the unit behind it is the number's. */
static void read_unit_behind_mark(const DabStretch *s, DabDraft *d) {
    gsize mark = dab_mark_read(s->text, s->end, s->to);
    const char *unit;
    if (mark && dab_unit_read(s->t, s->text, s->end + mark, s->to, d->numeral.arabic, &unit)) d->n.unit = unit;
}

static void read_unit(const DabStretch *s, DabDraft *d) {
    gsize at = d->at, more = read_more(s, at);
    const char *unit;
    gsize n = dab_unit_read(s->t, s->text, at + more, s->end, d->numeral.arabic, &unit);
    if (!n && !more && at < s->end && s->text[at] == ' ') { /* 3 km, 30 % */
        n = dab_unit_read(s->t, s->text, at + 1, s->end, TRUE, &unit);
        if (n && !g_ascii_isalpha(s->text[at + 1]) && s->text[at + 1] != '%') n = 0;
        if (n) at++;
    }
    if (more) {
        d->n.approximate = TRUE;
        d->at += more;
    }
    if (!n && at == s->end) read_unit_behind_mark(s, d);
    if (!n) return;
    d->n.unit = unit;
    d->at = at + more + n;
    if (!more) read_behind_unit(s, d);
}

/* ≥300.00(场), ＝5（万元）. */
static void read_brackets(const DabStretch *s, DabDraft *d) {
    guint closing;
    gsize open = dab_trie_longest(s->t->brackets, s->text, d->at, s->end, &closing), len;
    if (!open || !d->numeral.arabic || *d->n.unit) return;
    gsize at = d->at + open;
    int power = 0;
    for (DabNumChar c; at < s->end && (c = dab_num_char(s->t, s->text, at, s->end, &len)).klass == DAB_NUM_BIG; at += len)
        power += c.value;
    const char *unit, *close = s->t->names->pdata[closing];
    gsize n = dab_unit_read(s->t, s->text, at, s->end, TRUE, &unit);
    if (!n || s->end - at - n < strlen(close) || memcmp(s->text + at + n, close, strlen(close))) return;
    d->n.unit = unit;
    d->numeral.value = dab_decimal_scale(d->numeral.value, power);
    d->numeral.spread = dab_decimal_scale(d->numeral.spread, power);
    d->at = at + n + strlen(close);
}

/* ￥300 */
static void read_currency(const DabStretch *s, DabDraft *d) {
    guint unit;
    if (*d->n.unit) return;
    gsize n = dab_trie_longest_before(s->t->currency, s->text, s->floor, d->n.span.start, &unit);
    if (!n) return;
    d->n.unit = s->t->names->pdata[unit];
    d->n.span.start -= n;
    d->n.extent.start -= n;
}

static void settle_pair(DabDraft *d) {
    DabNumeral *m = &d->numeral;
    if (!m->pair || !*d->n.unit || m->unit) return;
    m->value = dab_decimal_int(m->first); /* 七八个; without a unit it stays 78 */
    m->spread = dab_decimal_int(m->second - m->first);
    d->n.approximate = TRUE;
}

/* 5元3角, 两美元又三美分: one amount in two units. */
static void read_subunits(const DabStretch *s, DabDraft *d) {
    for (guint i = 0; i < 2 && *d->n.unit && !d->n.approximate; i++) { /* 元, 角, 分 */
        char joined[64];
        const char *unit;
        guint power;
        DabNumeral part;
        gsize at = d->at + dab_trie_longest(s->t->and_word, s->text, d->at, s->end, NULL), len;
        if (at >= s->end || !dab_num_is(dab_num_char(s->t, s->text, at, s->end, &len))) return;
        if (!dab_numeral_read(s->t, s->text, s->from, at, s->end, &part) || part.fraction || part.unit) return;
        gsize n = dab_unit_read(s->t, s->text, part.end, s->end, TRUE, &unit);
        if (!n || g_snprintf(joined, sizeof joined, "%s%s", d->n.unit, unit) >= (int)sizeof joined) return;
        if (dab_trie_longest(s->t->subunits, joined, 0, strlen(joined), &power) != strlen(joined)) return;
        d->numeral.value = dab_decimal_add(d->numeral.value, dab_decimal_scale(part.value, -(int)power));
        d->n.numeral.end = part.end;
        d->at = part.end + n;
    }
}

void dab_draft_unit(const DabStretch *s, DabDraft *d) {
    if (!d->numeral.unit && !read_slash(s, d)) read_unit(s, d);
}

void dab_draft_read(const DabStretch *s, DabDraft *d) {
    DabNumeral *m = &d->numeral;
    if (m->unit) d->n.unit = m->unit;
    gboolean done = m->unit || m->fraction || read_slash(s, d) || read_mixed(s, d) || read_ratio(s, d) || read_tenths(s, d);
    d->n.numeral.end = done ? d->at : m->end;
    if (!done) {
        read_unit(s, d);
        settle_pair(d);
        read_factor(s, d);
        read_subunits(s, d);
    }
    if (!isnan(dab_decimal_value(m->value))) dab_range_read(s, d, m->end);
    read_brackets(s, d);
    read_currency(s, d);
}

const char *dab_draft_kind(const DabStretch *s, const DabDraft *d) {
    if (d->n.kind != s->t->number) return d->n.kind;
    if (d->numeral.fraction) return s->t->fraction_kind;
    const char *kind = g_hash_table_lookup(s->t->unit_kinds, d->n.unit);
    if (kind) return kind;
    return strchr(d->n.unit, '/') ? s->t->ratio : s->t->number;
}
