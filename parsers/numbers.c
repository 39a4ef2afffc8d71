/* The walk over a passage: what the context rules claim becomes context; every other figure becomes a number: numeral, 万, 余,
 * unit, range, ratio, and the cues at its sides; or, in a word without a quantity (三医, 一), context of kind "word". */
#include "dabiao/number.h"

#include <math.h>
#include <string.h>

#include "dabiao/limits.h"
#include "parsers/numerals.h"

const char *dab_comparator_sign(DabComparator c) {
    static const char *const signs[] = {"=", ">=", ">", "<=", "<"};
    return signs[c];
}

/* One stretch between two claims. */
typedef struct {
    const DabNumerals *t;
    const char *text;
    gsize start, end; /* the numbers of the stretch */
    gsize from, to;   /* how far signs and cues may be looked for */
    gsize floor;      /* cues before a number: where the number before it ends with its own */
} Stretch;

/* What is known of the number under way. */
typedef struct {
    DabNumber n;
    DabNumeral numeral;
    gsize at; /* read so far */
    gboolean sure; /* a quantity, however short */
} Draft;

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

/* A sign before the numeral: 负, or a hyphen that can be nothing else. Its length. */
static gsize read_sign(const Stretch *s, gsize at) {
    if (at <= s->floor) return 0;
    gsize before = (gsize)(g_utf8_prev_char(s->text + at) - s->text), len;
    if (dab_num_char(s->t, s->text, before, s->to, &len).roles & DAB_NUM_MINUS) return at - before;
    gunichar c = g_utf8_get_char(s->text + before);
    if (c != '-' && c != 0x2212 && c != 0xFF0D) return 0;
    gunichar left = dab_char_before(s->text, s->from, before);
    if (dab_is_hanzi(left)) return dab_trie_longest_before(s->t->minus_after, s->text, s->from, before, NULL) ? at - before : 0;
    gboolean joins = g_unichar_isalnum(left) || left == c || left == '%' || left == 0x2030 || left == ')' || left == 0xFF09 || left == '.' || left == 0x2014 || left == '/';
    return joins ? 0 : at - before;
}

/* .5 for 0.5. */
static gboolean leading_point(const Stretch *s, gsize at) {
    if (at <= s->floor || s->text[at - 1] != '.') return FALSE;
    gunichar left = dab_char_before(s->text, s->from, at - 1);
    return left == 0 || left == ' ' || left == '-' || left == '=' || left == '<' || left == '>' || left == '(' || left == ',';
}

static gboolean open_draft(const Stretch *s, gsize at, Draft *d) {
    *d = (Draft){.n = {.unit = s->t->empty, .kind = s->t->number, .comparator = DAB_EQ}};
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
static gboolean read_slash(const Stretch *s, Draft *d) {
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
static gboolean read_mixed(const Stretch *s, Draft *d) {
    const DabNumeral *m = &d->numeral;
    if (!m->arabic || m->value.wide || m->value.e || d->at >= s->end || s->text[d->at] != ' ') return FALSE;
    Draft right = {.n = {.kind = s->t->number, .unit = s->t->empty}};
    gsize at = d->at + 1;
    if (at >= s->end || !g_ascii_isdigit(s->text[at]) || !dab_numeral_read(s->t, s->text, at, at, s->end, &right.numeral)) return FALSE;
    right.at = right.numeral.end;
    if (right.at - at > 2 || !read_slash(s, &right) || !right.numeral.fraction) return FALSE;
    d->numeral.value = dab_decimal_double(dab_decimal_value(m->value) + dab_decimal_value(right.numeral.value));
    d->numeral.fraction = TRUE;
    d->at = right.at;
    return TRUE;
}

/* 1:1.25 */
static gboolean read_ratio(const Stretch *s, Draft *d) {
    gsize sign = d->numeral.arabic ? dab_trie_longest(s->t->ratios, s->text, d->at, s->end, NULL) : 0;
    DabDecimal right;
    gsize at = d->at + sign, end = sign ? dab_digits_read(s->text, at, at, s->end, &right) : at;
    if (end == at) return FALSE;
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

/* 九成 → 90%, 七成六 → 76%, 八五折 → 85%. */
static gboolean read_tenths(const Stretch *s, Draft *d) {
    DabNumeral *m = &d->numeral;
    gsize sign = dab_trie_longest(s->t->tenths, s->text, d->at, s->end, NULL), len;
    double v = dab_decimal_value(m->value);
    if (!sign || v < 0 || v >= 100 || dab_trie_longest(s->t->tenths_not, s->text, d->at, s->end, NULL)) return FALSE;
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
        if (!dab_unit_read(s->t, s->text, d->at + len, s->end, FALSE, &unit) && !(d->at + len < s->end && dab_num_is(dab_num_char(s->t, s->text, d->at + len, s->end, &n)))) {
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
static void read_factor(const Stretch *s, Draft *d) {
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
static gsize read_more(const Stretch *s, gsize at) {
    gsize len;
    if (at >= s->end || !(dab_num_char(s->t, s->text, at, s->end, &len).roles & DAB_NUM_MORE)) return 0;
    return dab_trie_longest(s->t->more_not, s->text, at, s->to, NULL) ? 0 : len;
}

/* A unit that goes on behind a 多 or 半 put into it (个 多 月, 个 半 小时): what follows text[at] joined to the unit. Returns the
 * bytes taken of what follows. */
static gsize read_split_unit(const Stretch *s, Draft *d, gsize at) {
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
static void read_behind_unit(const Stretch *s, Draft *d) {
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

static void read_unit(const Stretch *s, Draft *d) {
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
    if (!n) return;
    d->n.unit = unit;
    d->at = at + more + n;
    if (!more) read_behind_unit(s, d);
}

/* ≥300.00(场), ＝5（万元）. */
static void read_brackets(const Stretch *s, Draft *d) {
    guint closing;
    gsize open = dab_trie_longest(s->t->brackets, s->text, d->at, s->end, &closing), len;
    if (!open || !d->numeral.arabic || *d->n.unit) return;
    gsize at = d->at + open;
    int power = 0;
    for (DabNumChar c; at < s->end && (c = dab_num_char(s->t, s->text, at, s->end, &len)).klass == DAB_NUM_BIG; at += len) power += c.value;
    const char *unit, *close = s->t->names->pdata[closing];
    gsize n = dab_unit_read(s->t, s->text, at, s->end, TRUE, &unit);
    if (!n || s->end - at - n < strlen(close) || memcmp(s->text + at + n, close, strlen(close))) return;
    d->n.unit = unit;
    d->numeral.value = dab_decimal_scale(d->numeral.value, power);
    d->numeral.spread = dab_decimal_scale(d->numeral.spread, power);
    d->at = at + n + strlen(close);
}

/* 10%-15%, 1-2个, 十八至三十万, 30~45万. `first_end`: where the left numeral ends, before its unit. */
static void read_range(const Stretch *s, Draft *d, gsize first_end) {
    DabNumeral *m = &d->numeral, right;
    gsize sign = dab_trie_longest(s->t->ranges, s->text, d->at, s->end, NULL), len;
    gboolean word = sign && dab_trie_longest(s->t->range_words, s->text, d->at, s->end, NULL);
    if (!sign || m->unit || m->fraction || !dab_decimal_is_zero(m->spread)) return;
    if (word && dab_trie_longest_before(s->t->range_not_after, s->text, s->from, d->n.span.start, NULL)) return;
    gsize at = d->at + sign;
    if (at >= s->end || !dab_num_is(dab_num_char(s->t, s->text, at, s->end, &len))) return;
    if (!dab_numeral_read(s->t, s->text, at, at, s->end, &right) || right.fraction || !dab_decimal_is_zero(right.spread)) return;
    Draft r = {.n = {.unit = s->t->empty}, .numeral = right, .at = right.end};
    if (!right.unit && !read_slash(s, &r)) read_unit(s, &r);
    if (r.numeral.fraction) return;
    gboolean left_unit = *d->n.unit != 0;
    if (left_unit && strcmp(d->n.unit, r.n.unit)) {
        if (d->at != first_end && *r.n.unit) return;
        if (!*r.n.unit) return; /* 5个-10: the second number is of something else */
    }
    DabDecimal low = m->value;
    double high = dab_decimal_value(right.value);
    if (right.big && !m->big && !left_unit && dab_decimal_value(dab_decimal_scale(low, right.big)) < high)
        low = dab_decimal_scale(low, right.big); /* 30-45万 */
    if (!(dab_decimal_value(low) < high)) return;
    m->value = low;
    m->spread = dab_decimal_add(right.value, dab_decimal_negate(low));
    d->n.unit = *r.n.unit ? r.n.unit : right.unit ? right.unit : d->n.unit;
    if (r.n.kind) d->n.kind = r.n.kind;
    d->n.numeral.end = right.end;
    d->n.approximate |= r.n.approximate;
    d->at = r.at;
}

/* ￥300 */
static void read_currency(const Stretch *s, Draft *d) {
    guint unit;
    if (*d->n.unit) return;
    gsize n = dab_trie_longest_before(s->t->currency, s->text, s->floor, d->n.span.start, &unit);
    if (!n) return;
    d->n.unit = s->t->names->pdata[unit];
    d->n.span.start -= n;
    d->n.extent.start -= n;
}

static const char *kind_of(const Stretch *s, const Draft *d) {
    if (d->n.kind != s->t->number) return d->n.kind;
    if (d->numeral.fraction) return s->t->fraction_kind;
    const char *kind = g_hash_table_lookup(s->t->unit_kinds, d->n.unit);
    if (kind) return kind;
    return strchr(d->n.unit, '/') ? s->t->ratio : s->t->number;
}

/* Whether Chinese figures without a cue are only part of a word: 三医, 五大行动, 一批. */
static gboolean only_word(const Stretch *s, const Draft *d) {
    const DabNumeral *m = &d->numeral;
    const DabNumber *n = &d->n;
    if (d->sure || m->arabic || m->unit || m->fraction || n->comparator_said || n->approximate) return FALSE;
    if (*n->unit == 0 && n->has_low) return FALSE;
    gsize after = dab_trie_longest(s->t->vague, s->text, m->end, s->to, NULL);
    if (m->chars == 1 && n->value == 1 && after && after >= strlen(n->unit)) return TRUE;
    if (m->weak && m->chars == 1) return TRUE;
    if (m->chars == 1 && n->has_value && n->value == 0 && !dab_is_hanzi(dab_char_at(s->text, m->end, s->to))) return FALSE; /* 事故为零 */
    if (m->bare) return m->chars < 2 || !*n->unit;
    if (*n->unit || n->kind == s->t->ratio) return FALSE;
    gboolean alone = !dab_is_hanzi(dab_char_before(s->text, s->from, n->span.start)) && !dab_is_hanzi(dab_char_at(s->text, n->span.end, s->to));
    return m->chars < 2 || !alone;
}

/* A lone multiplier is a number behind 近, 上, 超, and before 余. */
static void read_bare_cue(const Stretch *s, Draft *d) {
    gsize len = d->numeral.bare ? dab_cue_bare(s->t, s->text, s->floor, d->n.span.start, &d->n) : 0;
    d->n.extent.start -= len;
}

static void settle_pair(Draft *d) {
    DabNumeral *m = &d->numeral;
    if (!m->pair || !*d->n.unit || m->unit) return;
    m->value = dab_decimal_int(m->first); /* 七八个; without a unit it stays 78 */
    m->spread = dab_decimal_int(m->second - m->first);
    d->n.approximate = TRUE;
}

static void read_quantity(const Stretch *s, Draft *d) {
    DabNumeral *m = &d->numeral;
    if (m->unit) d->n.unit = m->unit;
    gboolean done = m->unit || m->fraction || read_slash(s, d) || read_mixed(s, d) || read_ratio(s, d) || read_tenths(s, d);
    d->n.numeral.end = done ? d->at : m->end;
    if (!done) {
        read_unit(s, d);
        settle_pair(d);
        read_factor(s, d);
    }
    if (!m->fraction && !isnan(dab_decimal_value(m->value))) read_range(s, d, m->end);
    read_brackets(s, d);
    read_currency(s, d);
}

/* The number at text[at]: where it ends; `at` when there is none. */
static gsize read_number(const Stretch *s, gsize at, GArray *numbers) {
    Draft d;
    if (!open_draft(s, at, &d)) return at;
    read_quantity(s, &d);
    DabNumber *n = &d.n;
    n->span.end = n->extent.end = d.at;
    set_value(n, d.numeral.value, d.numeral.spread);
    n->kind = kind_of(s, &d);
    read_bare_cue(s, &d);
    dab_cues_before(s->t, s->text, s->floor, n);
    dab_cues_after(s->t, s->text, s->to, n);
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

static gsize read_literal(const Stretch *s, gsize at, GArray *numbers) {
    guint which;
    gsize len = dab_trie_longest(s->t->literals, s->text, at, s->end, &which);
    if (!len) return at;
    const DabNumLiteral *l = &g_array_index(s->t->literal_values, DabNumLiteral, which);
    if (!*l->kind) return at + len;
    DabSpan span = {at, at + len};
    DabNumber n = {.span = span, .numeral = span, .extent = span, .kind = l->kind, .has_value = TRUE, .value = l->value, .unit = l->unit,
                   .comparator = l->comparator, .comparator_said = l->comparator_said};
    dab_cues_before(s->t, s->text, s->floor, &n);
    dab_cues_after(s->t, s->text, s->to, &n);
    g_array_append_val(numbers, n);
    return at + len;
}

static void add_enclosed(const Stretch *s, gsize at, gsize len, DabNumChar c, GArray *numbers) {
    DabSpan span = {at, at + len};
    DabNumber n = {.span = span, .numeral = span, .extent = span, .kind = s->t->numbering, .context = TRUE, .has_value = TRUE, .value = c.value, .unit = s->t->empty};
    g_array_append_val(numbers, n);
}

/* 半年, 半小时 with a unit of time or count, where no numeral stands before. */
static gsize read_half(const Stretch *s, gsize at, gsize len, GArray *numbers) {
    const char *unit;
    if (dab_trie_longest(s->t->half_not, s->text, at, s->to, NULL)) return at;
    gsize n = dab_unit_read(s->t, s->text, at + len, s->end, FALSE, &unit);
    if (!n || dab_is_hanzi(dab_char_before(s->text, s->from, at))) return at;
    DabSpan span = {at, at + len + n};
    DabNumber number = {.span = span, .numeral = {at, at + len}, .extent = span, .kind = s->t->number, .has_value = TRUE, .value = 0.5, .unit = unit};
    dab_cues_after(s->t, s->text, s->to, &number);
    g_array_append_val(numbers, number);
    return span.end;
}

static void walk(Stretch *s, GArray *numbers) {
    gsize len;
    for (gsize at = s->start; at < s->end && numbers->len < DAB_MAX_NUMBERS;) {
        DabNumChar c = dab_num_char(s->t, s->text, at, s->end, &len);
        gsize next = at;
        guint before = numbers->len;
        if (c.klass == DAB_NUM_ENCLOSED) add_enclosed(s, at, len, c, numbers);
        if (c.roles & DAB_NUM_LITERAL) next = read_literal(s, at, numbers);
        if (next == at && (dab_num_is(c) || (c.roles & DAB_NUM_SEVERAL)) && c.klass != DAB_NUM_ENCLOSED) next = read_number(s, at, numbers);
        if (next == at && (c.roles & DAB_NUM_HALF)) next = read_half(s, at, len, numbers);
        if (next > at && numbers->len > before) s->floor = g_array_index(numbers, DabNumber, numbers->len - 1).extent.end;
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
        if (found++ || (dab_num_char(t, text, at, n->span.end, &len).roles & DAB_NUM_WEAK) || !dab_numeral_read(t, text, n->span.start, at, n->span.end, &m)) {
            n->has_value = FALSE;
            return;
        }
        if (dab_decimal_is_zero(m.spread)) set_value(n, m.value, m.spread);
        n->numeral = (DabSpan){m.start, m.end};
        len = m.end - at;
    }
}

static void add_claim(const DabNumerals *t, const char *text, const DabClaim *c, GArray *numbers) {
    DabNumber n = {.span = c->span, .numeral = c->span, .extent = c->span, .kind = c->kind, .context = TRUE, .unit = t->empty, .rule = c->rule};
    if (c->valued) value_of_claim(t, text, &n);
    g_array_append_val(numbers, n);
}

void dab_numbers_find(const DabRules *rules, const char *text, DabSpan span, GArray *numbers) {
    const DabNumerals *t = dab_rules_table(rules, DAB_TABLE_NUMERALS);
    if (!t || span.end <= span.start) return;
    g_autofree guint8 *owner = g_malloc0(dab_span_len(span));
    g_autoptr(GArray) claims = dab_claims_find(t, text, span, owner);
    Stretch s = {.t = t, .text = text, .start = span.start, .from = span.start, .floor = span.start, .to = span.end};
    for (guint i = 0; i <= claims->len; i++) {
        const DabClaim *c = i < claims->len ? &g_array_index(claims, DabClaim, i) : NULL;
        s.end = c ? c->span.start : span.end;
        walk(&s, numbers);
        if (!c || numbers->len >= DAB_MAX_NUMBERS) break;
        add_claim(t, text, c, numbers);
        s.start = s.from = s.floor = c->span.end;
    }
}
