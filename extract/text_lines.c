#include "extract/text_lines.h"

#define LABEL_CELLS 20 /* cells up to a form's colon */

gboolean dab_text_is_blank(gunichar c) {
    return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0xFEFF;
}

gboolean dab_text_is_digit(gunichar c) {
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

guint dab_text_cells(gunichar c) {
    if (c == '\t') return 4;
    if (c < 0x80) return 1;
    if (c >= 0x2E80 && c <= 0x9FFF) return 2;
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide_cjk(c) ? 2 : 1;
}

static gboolean is_line_end(gunichar c) {
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static gboolean is_hanzi(gunichar c) {
    return c >= 0x2E80 && dab_text_cells(c) == 2 && g_unichar_isalpha(c);
}

static gboolean is_closer(gunichar c) { /* ” ’ 」 』 ） ) 】 》 " */
    return c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == 0xFF09 || c == ')' || c == 0x3011 || c == 0x300B ||
           c == '"';
}

static DabLineEnd end_of(gunichar c) {
    switch (c) {
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case '!':
    case '?':
        return DAB_END_STOP;
    case 0xFF1B: /* ； */
    case 0xFF1A: /* ： */
    case ';':
    case ':':
        return DAB_END_SEMI;
    case 0xFF0C: /* ， */
    case 0x3001: /* 、 */
    case ',':
        return DAB_END_CLAUSE;
    default:
        return DAB_END_OPEN;
    }
}

static gboolean is_bullet(gunichar c) { /* ■ ● ★ ➢ • · 【 and the private-use bullets of word processors */
    return (c >= 0x25A0 && c <= 0x27BF && !(c >= 0x2776 && c <= 0x2793)) || c == 0x2022 || c == 0xB7 || c == 0x3010 ||
           (c >= 0xF000 && c <= 0xF0FF);
}

static gboolean is_opening(gunichar c) {
    return c == '(' || c == 0xFF08;
}

static gboolean is_closing(gunichar c) {
    return c == ')' || c == 0xFF09;
}

static gboolean is_point(gunichar c) {
    return c == '.' || c == 0xFF0E;
}

static guint digit_value(gunichar c) {
    return c <= '9' ? c - '0' : c - 0xFF10;
}

/* Reads up to four digits from g[*i] on. FALSE when there are none or more. */
static gboolean read_number(const DabGlyph *g, guint n, guint *i, guint *value) {
    guint start = *i;
    for (*value = 0; *i < n && dab_text_is_digit(g[*i].ch) && *i - start < 5; ++*i) *value = *value * 10 + digit_value(g[*i].ch);
    return *i > start && *i - start < 5;
}

static DabLineStart start_of(const DabGlyph *g, guint n, guint *number) {
    gunichar c = g[0].ch, next = n > 1 ? g[1].ch : 0;
    guint i = is_opening(c) ? 1 : 0;
    if (is_bullet(c) || ((c == '-' || c == '*' || c == '#') && next == ' ')) return DAB_START_BULLET;
    if (c >= 0x2460 && c <= 0x249B) { /* ① … ⒛ */
        *number = (c - 0x2460) % 20 + 1;
        return DAB_START_NUMBER;
    }
    if (read_number(g, n, &i, number) && i < n) {
        if (is_opening(c)) return is_closing(g[i].ch) ? DAB_START_NUMBER : DAB_START_PLAIN;
        if (g[i].ch == 0x3001 || is_closing(g[i].ch)) return DAB_START_NUMBER; /* 、 */
        if (!is_point(g[i].ch)) return DAB_START_PLAIN;
        return i + 1 < n && dab_text_is_digit(g[i + 1].ch) ? DAB_START_DECIMAL : DAB_START_NUMBER;
    }
    guint from = is_opening(c) ? 1 : 0;
    for (i = from; i < n && i < from + 3 && is_hanzi(g[i].ch); i++) {
    }
    if (i > from && i < n && (from ? is_closing(g[i].ch) : g[i].ch == 0x3001))
        return i == from + 1 ? DAB_START_WORD : DAB_START_PHRASE;
    return DAB_START_PLAIN;
}

static gboolean is_dash(gunichar c) {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xB7 || c == '~';
}

/* 12 · - 12 - · — 3 — · 3/12 */
static void read_bare(DabTextLine *line, const DabGlyph *g) {
    guint i = 0, value = 0, other, dashes = 0;
    if (line->n > 16) return;
    for (; i < line->n && (is_dash(g[i].ch) || g[i].ch == ' '); i++) dashes += is_dash(g[i].ch);
    if (!read_number(g, line->n, &i, &value)) return;
    if (i < line->n && g[i].ch == '/' && ++i && !dashes++ && !read_number(g, line->n, &i, &other)) return;
    for (; i < line->n && (is_dash(g[i].ch) || g[i].ch == ' '); i++) dashes += is_dash(g[i].ch);
    if (i < line->n) return;
    line->bare = TRUE;
    line->dashed = dashes > 0;
    line->number = value;
}

static guint head_cells(const DabGlyph *g, guint n) {
    guint i = 0;
    while (i < n && i < 16 && g[i].ch < 0x80 && g[i].ch > ' ' && end_of(g[i].ch) == DAB_END_OPEN) i++;
    return i;
}

static void measure(DabTextLine *line, const DabGlyph *g) {
    for (guint i = 0; i < line->n; i++) {
        line->width += dab_text_cells(g[i].ch);
        DabLineEnd end = i + 1 < line->n ? end_of(g[i].ch) : DAB_END_OPEN;
        if (end == DAB_END_STOP) line->stop_inside = TRUE;
        if (end == DAB_END_SEMI && line->width <= LABEL_CELLS && !line->clause_inside && (g[i].ch == ':' || g[i].ch == 0xFF1A))
            line->labelled = TRUE;
        if (end != DAB_END_OPEN && g[i].ch != 0x3001 && g[i].ch != ':' && g[i].ch != 0xFF1A)
            line->clause_inside = TRUE; /* not 、 nor ： */
        if (dab_text_is_blank(g[i].ch) && i > 0 && i + 1 < line->n && is_hanzi(g[i - 1].ch) && is_hanzi(g[i + 1].ch))
            line->inner_blank = TRUE;
    }
    guint last = line->n - 1;
    line->end = end_of(g[last].ch);
    guint inner = last;
    while (inner > 0 && is_closer(g[inner].ch)) inner--;
    if (end_of(g[inner].ch) == DAB_END_STOP) line->end = DAB_END_STOP;
    if (g[inner].ch == '.' && inner > 0 && g[inner - 1].ch < 0x80 && g_ascii_isalpha((char)g[inner - 1].ch))
        line->end = DAB_END_STOP;
    line->start = start_of(g, line->n, &line->number);
    line->head = head_cells(g, line->n);
    read_bare(line, g);
}

/* Trims the line, measures it and appends it; a line of nothing adds to *blanks. */
static void add_line(DabLayout *layout, GArray *lines, DabTextLine line, guint *blanks, gboolean *page_break) {
    const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, 0);
    guint first = line.raw_first, end = line.raw_first + line.raw_n;
    for (; first < end && dab_text_is_blank(g[first].ch); first++) line.indent += dab_text_cells(g[first].ch);
    while (end > first && dab_text_is_blank(g[end - 1].ch)) end--;
    line.first = first;
    line.n = end - first;
    if (!line.n && !line.tabs) {
        ++*blanks;
        return;
    }
    line.leading_tab = line.raw_n && g[line.raw_first].ch == '\t';
    line.blank_before = *blanks;
    line.page_break = *page_break;
    *blanks = 0;
    *page_break = FALSE;
    if (line.n) measure(&line, g + first);
    g_array_append_val(lines, line);
}

GArray *dab_text_lines_read(DabLayout *layout, const char *text, gsize bytes) {
    GArray *lines = g_array_new(FALSE, TRUE, sizeof(DabTextLine));
    DabTextLine line = {.raw_first = layout->glyphs->len};
    guint blanks = 0;
    gboolean page_break = FALSE;
    for (const char *p = text, *end = text + bytes; p <= end; p = p < end ? g_utf8_next_char(p) : p + 1) {
        gunichar c = p < end ? g_utf8_get_char(p) : '\n';
        if (c == '\r' && p + 1 < end && p[1] == '\n') continue;
        if (!is_line_end(c)) {
            DabGlyph glyph = {.ch = c};
            g_array_append_val(layout->glyphs, glyph);
            line.tabs += c == '\t';
            continue;
        }
        line.raw_n = layout->glyphs->len - line.raw_first;
        if (layout->glyphs->len && (line.raw_n || c != '\f')) add_line(layout, lines, line, &blanks, &page_break);
        if (c == '\f') page_break = TRUE;
        line = (DabTextLine){.raw_first = layout->glyphs->len};
    }
    return lines;
}
