#include "parsers/blanks.h"

#define ZERO 0x3007 /* 〇 */
#define YEAR 0x5E74 /* 年 */
#define EM_DASH 0x2014

static gboolean is_numeral(gunichar c) {
    static const gunichar numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                        0x516D, 0x4E03, 0x516B, 0x4E5D}; /* 一二三四五六七八九 */
    if (c == ZERO) return TRUE;
    if (c < 0x4E00 || c > 0x56DB) return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(numerals); i++)
        if (c == numerals[i]) return TRUE;
    return FALSE;
}

/* Typists write a circle, a letter O or a digit 0 for 〇: 二○二一年, 二O二一年, 二0二一年. */
static gboolean looks_like_zero(gunichar c) {
    return c == 0x25CB || c == 0x25EF || c == 0x3007 || c == 'O' || c == 'o' || c == '0' || c == 0x039F || c == 0x041E;
}

static void settle_zeros(DabUnit *u, guint n) {
    for (guint i = 1; i + 1 < n; i++) {
        if (!looks_like_zero(u[i].ch) || !is_numeral(u[i - 1].ch)) continue;
        guint next = i + 1;
        while (next < n && looks_like_zero(u[next].ch)) next++;
        if (next >= n || !(is_numeral(u[next].ch) || u[next].ch == YEAR)) continue;
        u[i].ch = ZERO;
        u[i].kind = DAB_CHAR_HANZI;
    }
}

static gboolean is_dash(gunichar c) {
    return c == '-' || (c >= 0x2012 && c <= 0x2015) || c == 0x2500; /* ‒ – — ― ─; ‐ ‑ − － are '-' already */
}

static gboolean is_word(const DabUnit *u) {
    return u->kind == DAB_CHAR_DIGIT || (u->kind == DAB_CHAR_LATIN && u->ch < 0x80);
}

static gboolean narrow(guint8 gap) {
    return gap == DAB_GAP_BLANK || gap == DAB_GAP_LINE;
}

/* 3 — 11 → 3-11, 5%–8% → 5%-8%, 3——11 → 3-11; "12 -5" stays two numbers; a dash in running text stays as it is. */
static void settle_dashes(DabUnit *u, guint n) {
    for (guint i = 1; i + 1 < n; i++) {
        if (!is_dash(u[i].ch)) continue;
        guint last = u[i].ch == EM_DASH && u[i + 1].ch == EM_DASH && i + 2 < n ? i + 1 : i;
        const DabUnit *left = &u[i - 1], *right = &u[last + 1];
        gboolean numbers = (left->kind == DAB_CHAR_DIGIT || left->kind == DAB_CHAR_PERCENT) && right->kind == DAB_CHAR_DIGIT;
        gboolean words = last == i && is_word(left) && is_word(right) && !u[i].gap && !right->gap;
        if (!numbers && !words) continue;
        gboolean minus = u[i].ch == '-' && narrow(u[i].gap) && right->gap == DAB_GAP_NONE; /* 12 -5 */
        u[i].ch = '-';
        u[i].kind = DAB_CHAR_PUNCT;
        if (last > i) u[last].ch = 0, u[last].gap = DAB_GAP_NONE;
        if (!minus && narrow(u[i].gap)) u[i].gap = DAB_GAP_NONE;
        if (narrow(u[last + 1].gap)) u[last + 1].gap = DAB_GAP_NONE;
        i = last;
    }
}

/* End of the digit run that begins at i: the first unit that is no digit or has a gap before it. */
static guint digits_end(const DabUnit *u, guint n, guint i) {
    guint end = i + 1;
    while (end < n && u[end].kind == DAB_CHAR_DIGIT && u[end].gap == DAB_GAP_NONE) end++;
    return end;
}

/* Nothing on the left that the digits from `start` on may belong with, as in a row of numbers (35 1 619). */
static gboolean stands_apart(const DabUnit *u, guint start) {
    if (start == 0) return TRUE;
    guint8 left = u[start - 1].kind;
    if (u[start].gap != DAB_GAP_NONE) return left != DAB_CHAR_DIGIT && left != DAB_CHAR_PERCENT;
    return left == DAB_CHAR_HANZI || left == DAB_CHAR_QUOTE || left == DAB_CHAR_STOP;
}

/* 1 619.83 → 1619.83: a group of one to three digits and then groups of exactly three, with single blanks between. Closes the
 * gaps and returns the end of the last group. */
static guint close_thousands(DabUnit *u, guint n, guint start, guint end) {
    gboolean apart = stands_apart(u, start);
    if (!apart || end - start > 3 || u[start].ch == '0') return end;
    guint last = end;
    while (last < n && u[last].kind == DAB_CHAR_DIGIT && u[last].gap == DAB_GAP_BLANK) {
        guint group = digits_end(u, n, last);
        if (group - last != 3) return end;
        last = group;
    }
    for (guint i = end; i < last; i++) u[i].gap = DAB_GAP_NONE;
    return last;
}

static gboolean looks_like_year(const DabUnit *u, guint start, guint end) {
    return end - start == 4 && ((u[start].ch == '1' && u[start + 1].ch == '9') || (u[start].ch == '2' && u[start + 1].ch == '0'));
}

/* 人员14 26名 → 1426名: inside a sentence no two figures stand side by side, so that the blank is a slip. Not in 表1 2022年, nor
 * before a day or month (附件1 3月), nor where more figures follow, as in the row of a table. `running`: the passage has commas or
 * stops, so that blanks between figures and hanzi (共 14 26 名) part no cells. */
static guint close_slip(DabUnit *u, guint n, guint start, guint end, gboolean running) {
    gboolean joined = start > 0 && (u[start].gap == DAB_GAP_NONE || narrow(u[start].gap));
    if (!joined || !stands_apart(u, start) || end >= n || end - start > 4) return end;
    if (u[end].kind != DAB_CHAR_DIGIT || u[end].gap != DAB_GAP_BLANK || looks_like_year(u, start, end)) return end;
    guint last = digits_end(u, n, end);
    gboolean followed =
        last < n && (u[last].gap == DAB_GAP_NONE || u[last].gap == DAB_GAP_LINE || (running && u[last].gap == DAB_GAP_BLANK));
    if (!followed || last - end > 4 || looks_like_year(u, end, last)) return end;
    gboolean dated = u[last].ch == YEAR || u[last].ch == 0x6708 /* 月 */ || u[last].ch == 0x65E5 /* 日 */;
    if (dated || (u[last].kind != DAB_CHAR_HANZI && u[last].kind != DAB_CHAR_PERCENT)) return end;
    u[end].gap = DAB_GAP_NONE;
    return last;
}

/* 2 .5 → 2.5 always; 2. 5 → 2.5 only after hanzi (提高2. 5个百分点), for "2. 5家…" begins a numbered item. */
static void close_point(DabUnit *u, guint n, guint start, guint end) {
    if (end + 1 >= n || (u[end].ch != '.' && u[end].ch != ',') || u[end + 1].kind != DAB_CHAR_DIGIT) return;
    guint8 before = u[end].gap, after = u[end + 1].gap;
    if (u[end].ch == ',' && digits_end(u, n, end + 1) - end != 4) return;
    if (narrow(before) && after == DAB_GAP_NONE) u[end].gap = DAB_GAP_NONE;
    gboolean inside = start > 0 && u[start - 1].kind == DAB_CHAR_HANZI && u[start].gap <= DAB_GAP_BLANK;
    if (u[end].ch == '.' && before == DAB_GAP_NONE && after == DAB_GAP_BLANK && inside) u[end + 1].gap = DAB_GAP_NONE;
}

/* A stretched year: 2 0 2 1 年 → 2021年. Four single digits and a hanzi, all with single blanks between. */
static void settle_stretched_years(DabUnit *u, guint n) {
    for (guint i = 0; i + 4 < n; i++) {
        if (u[i].kind != DAB_CHAR_DIGIT || u[i + 4].kind != DAB_CHAR_HANZI || u[i + 4].gap != DAB_GAP_BLANK) continue;
        gboolean four = i == 0 || (u[i].gap == DAB_GAP_NONE ? u[i - 1].kind == DAB_CHAR_HANZI : u[i - 1].kind != DAB_CHAR_DIGIT);
        for (guint k = i + 1; four && k < i + 4; k++) four = u[k].kind == DAB_CHAR_DIGIT && u[k].gap == DAB_GAP_BLANK;
        for (guint k = i + 1; four && k < i + 5; k++) u[k].gap = DAB_GAP_NONE;
    }
}

static gboolean is_running_text(const DabUnit *u, guint n) {
    for (guint i = 0; i < n; i++)
        if (u[i].ch == 0xFF0C || u[i].ch == 0x3002 || u[i].ch == 0xFF1B) return TRUE; /* ，。； */
    return FALSE;
}

static void settle_numbers(DabUnit *u, guint n) {
    gboolean running = is_running_text(u, n);
    settle_stretched_years(u, n);
    for (guint i = 0; i < n;) {
        if (u[i].kind != DAB_CHAR_DIGIT) {
            i++;
            continue;
        }
        guint end = close_thousands(u, n, i, digits_end(u, n, i));
        end = close_slip(u, n, i, end, running);
        close_point(u, n, i, end);
        i = end;
    }
}

static gboolean is_single(const DabUnit *u, guint n, guint i, guint8 gap) {
    return u[i].kind == DAB_CHAR_HANZI && i + 1 < n && u[i + 1].gap == gap && u[i + 1].kind == DAB_CHAR_HANZI;
}

/* 中 青 年 技 术 → 中青年技术: three single hanzi or more with the same gaps; two when they are all of their line (备　注). */
static void settle_stretched(DabUnit *u, guint n) {
    for (guint i = 0; i + 1 < n;) {
        guint8 gap = u[i + 1].gap;
        gboolean begins = i == 0 || u[i].gap != DAB_GAP_NONE || u[i - 1].kind != DAB_CHAR_HANZI;
        if (!begins || gap < DAB_GAP_BLANK || gap > DAB_GAP_WIDE || !is_single(u, n, i, gap)) {
            i++;
            continue;
        }
        guint last = i + 1;
        while (is_single(u, n, last, gap)) last++;
        if (last + 1 < n && u[last + 1].gap == DAB_GAP_NONE && u[last + 1].kind == DAB_CHAR_HANZI) last--; /* it begins a word */
        gboolean whole = (i == 0 || u[i].gap == DAB_GAP_LINE) && (last + 1 == n || u[last + 1].gap == DAB_GAP_LINE);
        if (last - i >= 2 || (last - i == 1 && whole))
            for (guint k = i + 1; k <= last; k++) u[k].gap = DAB_GAP_NONE;
        i = MAX(last, i + 1);
    }
}

/* A line end: nothing in Chinese; a blank between two words; a word broken with a hyphen is whole again. */
static gboolean line_end_stays(DabUnit *u, guint i) {
    DabUnit *a = &u[i - 1], *b = &u[i];
    if (b->kind != DAB_CHAR_LATIN && !(b->kind == DAB_CHAR_DIGIT && a->kind == DAB_CHAR_LATIN)) return FALSE;
    if (a->kind == DAB_CHAR_LATIN) return TRUE;
    gboolean after_word = a->kind == DAB_CHAR_PUNCT && i >= 2 && u[i - 2].kind == DAB_CHAR_LATIN && a->gap == DAB_GAP_NONE;
    if (!after_word) return FALSE;
    if (a->ch == '-') {
        if (g_unichar_islower(u[i - 2].ch) && g_unichar_islower(b->ch)) a->ch = 0; /* infor-/mation */
        return FALSE;
    }
    return a->ch == '.' || a->ch == ',' || a->ch == ';' || a->ch == ':' || a->ch == '!' || a->ch == '?' || a->ch == ')';
}

/* A unit after its number, as in "10 km": at most four letters, and no further word behind. */
static gboolean is_unit_word(const DabUnit *u, guint n, guint i) {
    guint end = i;
    while (end < n && u[end].kind == DAB_CHAR_LATIN && (end == i || u[end].gap == DAB_GAP_NONE)) end++;
    return end - i <= 4 && (end == n || u[end].gap == DAB_GAP_NONE || u[end].kind != DAB_CHAR_LATIN);
}

static gboolean blank_stays(const DabUnit *u, guint n, guint i, gboolean keep) {
    const DabUnit *a = &u[i - 1], *b = &u[i];
    DabCharKind l = a->kind, r = b->kind;
    gboolean wide = b->gap == DAB_GAP_WIDE, pair = wide || b->gap == DAB_GAP_PAIR;
    if (l == DAB_CHAR_STOP || r == DAB_CHAR_STOP || r == DAB_CHAR_PERCENT) return FALSE;
    if (l == DAB_CHAR_HANZI && r == DAB_CHAR_HANZI) return keep || pair;
    if (l == DAB_CHAR_QUOTE || r == DAB_CHAR_QUOTE) {
        if (l == DAB_CHAR_LATIN || r == DAB_CHAR_LATIN) return TRUE;
        return keep && (l == DAB_CHAR_HANZI || l == DAB_CHAR_QUOTE) && (r == DAB_CHAR_HANZI || r == DAB_CHAR_QUOTE);
    }
    if (l == DAB_CHAR_HANZI || r == DAB_CHAR_HANZI) return wide;
    if (l == DAB_CHAR_DIGIT && r == DAB_CHAR_LATIN) return wide || !is_unit_word(u, n, i);
    gboolean sign =
        (b->ch == '-' || b->ch == '+') && (i + 1 == n || u[i + 1].gap == DAB_GAP_NONE); /* 12 -5 are two numbers, 1 + 3 is one */
    gboolean before = l == DAB_CHAR_PUNCT && r == DAB_CHAR_DIGIT && a->ch != '.' && a->ch != ',';
    gboolean behind = (l == DAB_CHAR_DIGIT || l == DAB_CHAR_PERCENT) && r == DAB_CHAR_PUNCT && b->ch != '(' && !sign;
    return wide || !(before || behind);
}

static gboolean is_chinese(const DabUnit *u) {
    return u->kind == DAB_CHAR_HANZI || u->kind == DAB_CHAR_STOP || u->kind == DAB_CHAR_QUOTE;
}

static gboolean is_typed_stop(gunichar c) {
    return c == ',' || c == ';' || c == ':' || c == '!' || c == '?';
}

/* Half-width commas, colons and semicolons beside hanzi are Chinese ones, typed with the wrong key: 入园率达90%,新增学位50个.
 * Between two digits (1,619; 12:30) and in Latin words they are not. */
static void settle_stops(DabUnit *u, guint n) {
    for (guint i = 1; i < n; i++) {
        gunichar c = u[i].ch;
        if (!is_typed_stop(c)) continue;
        gboolean left = is_chinese(&u[i - 1]), right = i + 1 < n && is_chinese(&u[i + 1]);
        if (!left && !right) continue;
        u[i].ch = c - '!' + 0xFF01; /* the full-width forms stand in the order of ASCII */
        u[i].kind = DAB_CHAR_STOP;
    }
}

/* What there is to settle in a passage: most have little of it. */
typedef struct {
    gboolean gaps, stops, zeros, dashes;
} Found;

static Found look_through(const DabUnit *u, guint n) {
    Found f = {0};
    for (guint i = 0; i < n; i++) {
        gunichar c = u[i].ch;
        f.gaps |= u[i].gap != DAB_GAP_NONE;
        if (c >= 0x3400) continue;
        f.stops |= is_typed_stop(c);
        if (c >= '1' && c <= '9') continue;
        f.zeros |= i > 0 && u[i - 1].kind == DAB_CHAR_HANZI && looks_like_zero(c);
        f.dashes |= is_dash(c);
    }
    return f;
}

void dab_blanks_settle(DabUnit *u, guint n, gboolean keep_blanks) {
    Found found = look_through(u, n);
    if (found.stops) settle_stops(u, n);
    if (found.zeros) settle_zeros(u, n);
    if (found.dashes) settle_dashes(u, n);
    if (!found.gaps) return;
    settle_numbers(u, n);
    settle_stretched(u, n);
    for (guint i = 0; i < n; i++) {
        guint8 gap = u[i].gap;
        gboolean stays;
        if (gap == DAB_GAP_NONE || gap == DAB_GAP_KEPT) continue;
        if (i == 0)
            stays = FALSE;
        else if (gap == DAB_GAP_LOST)
            stays = u[i - 1].kind == DAB_CHAR_DIGIT && u[i].kind == DAB_CHAR_DIGIT; /* never one number of two halves */
        else if (gap == DAB_GAP_LINE)
            stays = line_end_stays(u, i);
        else
            stays = blank_stays(u, n, i, keep_blanks);
        u[i].gap = stays ? DAB_GAP_KEPT : DAB_GAP_NONE;
    }
}
