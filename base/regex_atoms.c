/* The parts of a pattern that stand for one character: escapes and classes. */
#include <string.h>

#include "base/regex_parser.h"

#define MAX_CLASS 64     /* characters of a class that are told one by one; a larger one is "anything" */
#define MAX_NEVER 16     /* characters told that one of "anything" never is */
#define FIRST_TAG 0xE000 /* private use: one of these stands for a number in the shapes that rules match */
#define LAST_TAG 0xE01F

typedef DabReParser Parser;

DabRe *dab_re_node(Parser *p, DabReKind kind) {
    DabRe *re = dab_pool_new0(p->pool, DabRe);
    re->kind = kind;
    if (kind == DAB_RE_ANYTHING) re->max = DAB_RE_ENDLESS;
    return re;
}

DabRe *dab_re_char(Parser *p, gunichar c) {
    DabRe *re = dab_re_node(p, DAB_RE_CHARS);
    re->chars = dab_pool_alloc(p->pool, sizeof *re->chars);
    re->chars[0] = c;
    re->n = 1;
    return re;
}

DabRe *dab_re_one(Parser *p, gboolean no_tag) {
    DabRe *re = dab_re_node(p, DAB_RE_ANYTHING);
    re->no_tag = no_tag;
    re->max = 1;
    return re;
}

gunichar dab_re_take(Parser *p) {
    gunichar c = g_utf8_get_char(p->s);
    p->s = g_utf8_next_char(p->s);
    return c;
}

/* \x{4E00}, \x41 behind the x. */
static gunichar hex(Parser *p) {
    gunichar c = 0;
    if (*p->s == '{') {
        for (p->s++; g_ascii_isxdigit(*p->s); p->s++) c = c * 16 + (gunichar)g_ascii_xdigit_value(*p->s);
        p->lost |= *p->s != '}';
        p->s += *p->s == '}';
        return c;
    }
    for (guint i = 0; i < 2 && g_ascii_isxdigit(*p->s); i++, p->s++) c = c * 16 + (gunichar)g_ascii_xdigit_value(*p->s);
    return c;
}

/* A {…} or <…> behind \p, \g, \k. */
static void skip_name(Parser *p) {
    char close = *p->s == '{' ? '}' : *p->s == '<' ? '>' : *p->s == '\'' ? '\'' : 0;
    if (!close) {
        while (g_ascii_isalnum(*p->s) || *p->s == '-' || *p->s == '+') p->s++;
        return;
    }
    const char *end = strchr(p->s + 1, close);
    if (end)
        p->s = end + 1;
    else
        p->lost = TRUE;
}

/* What follows a backslash, when it is one character: that one. 0: it is not. */
static gunichar escaped_char(Parser *p) {
    static const char letters[] = "tnrfae", meant[] = "\t\n\r\f\a\x1b";
    if (!g_ascii_isalnum(*p->s)) return dab_re_take(p);
    if (*p->s == 'x') {
        p->s++;
        return hex(p);
    }
    const char *which = strchr(letters, *p->s);
    if (!which) return 0;
    p->s++;
    return (guchar)meant[which - letters];
}

/* \s as PCRE2 has it with UCP. */
static DabRe *blank(Parser *p) {
    static const gunichar blanks[] = {'\t',   '\n',   '\v',   '\f',   '\r',   ' ',    0x85,   0xA0,   0x1680,
                                      0x180E, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007,
                                      0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
    DabRe *re = dab_re_one(p, TRUE);
    re->n = G_N_ELEMENTS(blanks);
    re->chars = dab_pool_alloc(p->pool, sizeof blanks);
    memcpy(re->chars, blanks, sizeof blanks);
    return re;
}

DabRe *dab_re_escape(Parser *p) {
    if (!*p->s) {
        p->lost = TRUE;
        return dab_re_node(p, DAB_RE_ANYTHING);
    }
    gunichar c = escaped_char(p);
    if (c) return dab_re_char(p, c);
    char kind = *p->s++;
    switch (kind) {
    case 'A':
    case 'G':
        return dab_re_node(p, DAB_RE_START);
    case 'z':
    case 'Z':
        return dab_re_node(p, DAB_RE_END);
    case 'b':
    case 'B':
    case 'K':
        return dab_re_node(p, DAB_RE_SEQUENCE);
    case 'Q': /* everything literal up to \E: nobody writes that */
    case 'E':
    case 'c':
        p->lost = TRUE;
        break;
    case 'p':
        if (g_str_has_prefix(p->s, "{Han}")) {
            p->s += strlen("{Han}");
            return dab_re_one(p, TRUE);
        } /* fall through */
    case 'P':
        if (*p->s == '{')
            skip_name(p);
        else /* \pL */
            p->s += *p->s != 0;
        return dab_re_one(p, FALSE);
    case 'g':
    case 'k':
    case 'o':
    case 'N':
        if (kind != 'N' || *p->s == '{') skip_name(p);
        break;
    case 's':
        return blank(p);
    case 'd':
    case 'w':
        return dab_re_one(p, TRUE);
    case 'D':
    case 'S':
    case 'W':
        return dab_re_one(p, FALSE);
    default: /* \1: its digits too */
        while (g_ascii_isdigit(kind) && g_ascii_isdigit(*p->s)) p->s++;
        break;
    }
    return dab_re_node(p, DAB_RE_ANYTHING);
}

/* One character of a class; FALSE when it stands for more than one. */
static gboolean class_char(Parser *p, gunichar *c) {
    if (*p->s != '\\') {
        *c = dab_re_take(p);
        return TRUE;
    }
    p->s++;
    if (*p->s == 'b') { /* a backspace there */
        p->s++;
        *c = '\b';
        return TRUE;
    }
    *c = *p->s ? escaped_char(p) : 0;
    if (*c) return TRUE;
    if (!*p->s || strchr("QE", *p->s)) {
        p->lost = TRUE;
        return FALSE;
    }
    gboolean named = strchr("pP", *p->s++) != NULL;
    if (named && *p->s == '{')
        skip_name(p);
    else if (named && *p->s)
        p->s++;
    return FALSE;
}

static gunichar *copy(Parser *p, const gunichar *chars, guint n) {
    gunichar *own = dab_pool_alloc(p->pool, MAX(n, 1u) * sizeof *own);
    if (n) memcpy(own, chars, n * sizeof *own);
    return own;
}

DabRe *dab_re_class(Parser *p) {
    gunichar chars[MAX_CLASS], never[MAX_NEVER];
    guint n = 0, n_never = 0;
    gboolean negated = *p->s == '^', large = negated, sets = FALSE, tags = FALSE, all_tags = FALSE;
    p->s += negated;
    for (gboolean first = TRUE; *p->s && (first || *p->s != ']'); first = FALSE) {
        gunichar from, to;
        if (p->s[0] == '[' && strchr(":.=", p->s[1])) p->lost = TRUE; /* [:alpha:] */
        if (!class_char(p, &from)) {
            large = sets = TRUE;
            continue;
        }
        to = from;
        if (p->s[0] == '-' && p->s[1] && p->s[1] != ']') {
            p->s++;
            if (!class_char(p, &to)) large = sets = TRUE;
        }
        tags |= from <= LAST_TAG && to >= FIRST_TAG;
        all_tags |= from <= FIRST_TAG && to >= LAST_TAG;
        if (negated && from == to && n_never < MAX_NEVER) never[n_never++] = from;
        for (gunichar c = from; c <= to && !large; c++) {
            guint i = 0;
            while (i < n && chars[i] != c) i++;
            if (i == n && n == MAX_CLASS) large = TRUE;
            if (i == n && !large) chars[n++] = c;
        }
    }
    p->lost |= *p->s != ']';
    p->s += *p->s == ']';
    if (large) {
        DabRe *re = dab_re_one(p, negated ? all_tags : !sets && !tags);
        re->never = copy(p, never, n_never);
        re->n_never = n_never;
        return re;
    }
    DabRe *re = dab_re_node(p, DAB_RE_CHARS);
    re->chars = copy(p, chars, n);
    re->n = n;
    return re;
}
