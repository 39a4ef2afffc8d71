#include "base/regex_tree.h"

#include <string.h>

#define MAX_CLASS 64 /* characters of a class that are told one by one; a larger one is "anything" */
#define MAX_DEPTH 64
#define FIRST_TAG 0xE000 /* private use: one of these stands for a number in the shapes that rules match */
#define LAST_TAG 0xE01F

typedef struct {
    DabPool *pool;
    const char *s;
    guint depth;
    gboolean lost; /* something was met that this page does not know */
} Parser;

static DabRe *choice(Parser *p);

static DabRe *node(Parser *p, DabReKind kind) {
    DabRe *re = dab_pool_new0(p->pool, DabRe);
    re->kind = kind;
    return re;
}

static DabRe *with_kids(Parser *p, DabReKind kind, const GPtrArray *kids) {
    DabRe *re = node(p, kind);
    re->n = kids->len;
    re->kids = dab_pool_alloc(p->pool, MAX(kids->len, 1u) * sizeof *re->kids);
    if (kids->len) memcpy(re->kids, kids->pdata, kids->len * sizeof *re->kids);
    return re;
}

static DabRe *one_char(Parser *p, gunichar c) {
    DabRe *re = node(p, DAB_RE_CHARS);
    re->chars = dab_pool_alloc(p->pool, sizeof *re->chars);
    re->chars[0] = c;
    re->n = 1;
    return re;
}

static DabRe *anything(Parser *p, gboolean no_tag) {
    DabRe *re = node(p, DAB_RE_ANYTHING);
    re->no_tag = no_tag;
    return re;
}

static gunichar take(Parser *p) {
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
    if (!g_ascii_isalnum(*p->s)) return take(p);
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
    DabRe *re = anything(p, TRUE);
    re->n = G_N_ELEMENTS(blanks);
    re->chars = dab_pool_alloc(p->pool, sizeof blanks);
    memcpy(re->chars, blanks, sizeof blanks);
    return re;
}

static DabRe *escape(Parser *p) {
    if (!*p->s) {
        p->lost = TRUE;
        return node(p, DAB_RE_ANYTHING);
    }
    gunichar c = escaped_char(p);
    if (c) return one_char(p, c);
    char kind = *p->s++;
    switch (kind) {
    case 'A':
    case 'G':
        return node(p, DAB_RE_START);
    case 'z':
    case 'Z':
        return node(p, DAB_RE_END);
    case 'b':
    case 'B':
    case 'K':
        return node(p, DAB_RE_SEQUENCE);
    case 'Q': /* everything literal up to \E: nobody writes that */
    case 'E':
    case 'c':
        p->lost = TRUE;
        break;
    case 'p':
        if (g_str_has_prefix(p->s, "{Han}")) {
            p->s += strlen("{Han}");
            return anything(p, TRUE);
        } /* fall through */
    case 'P':
        if (*p->s != '{') { /* \pL */
            p->s += *p->s != 0;
            break;
        } /* fall through */
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
        return anything(p, TRUE);
    default: /* \1: its digits too */
        while (g_ascii_isdigit(kind) && g_ascii_isdigit(*p->s)) p->s++;
        break;
    }
    return node(p, DAB_RE_ANYTHING);
}

/* One character of a class; FALSE when it stands for more than one. */
static gboolean class_char(Parser *p, gunichar *c) {
    if (*p->s != '\\') {
        *c = take(p);
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

static DabRe *class(Parser *p) {
    gunichar chars[MAX_CLASS];
    guint n = 0;
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
        for (gunichar c = from; c <= to && !large; c++) {
            guint i = 0;
            while (i < n && chars[i] != c) i++;
            if (i == n && n == MAX_CLASS) large = TRUE;
            if (i == n && !large) chars[n++] = c;
        }
    }
    p->lost |= *p->s != ']';
    p->s += *p->s == ']';
    if (large) return anything(p, negated ? all_tags : !sets && !tags);
    DabRe *re = node(p, DAB_RE_CHARS);
    re->chars = dab_pool_alloc(p->pool, n * sizeof *re->chars);
    memcpy(re->chars, chars, n * sizeof *re->chars);
    re->n = n;
    return re;
}

/* Behind "(?": what kind of group it is. TRUE when its text takes part in the match. */
static gboolean group_takes_part(Parser *p, DabReKind *look, gboolean *number) {
    const char *s = p->s;
    if (*s == ':' || *s == '>' || *s == '|') {
        p->s++;
        return TRUE;
    }
    if (*s == '=' || g_str_has_prefix(s, "<=")) {
        p->s += *s == '=' ? 1 : 2;
        *look = *s == '=' ? DAB_RE_AHEAD : DAB_RE_BEHIND;
        return TRUE;
    }
    if (*s == '!' || g_str_has_prefix(s, "<!")) {
        p->s += *s == '!' ? 1 : 2;
        return FALSE;
    }
    if (*s == 'P' && s[1] == '<') s++;
    if (*s == '<' || *s == '\'') {
        const char *end = strchr(s + 1, *s == '<' ? '>' : '\'');
        if (end) {
            *number = end == s + 2 && s[1] == 'N';
            p->s = end + 1;
            return TRUE;
        }
    }
    p->lost = TRUE; /* options, conditions, calls of groups, comments */
    return FALSE;
}

static DabRe *group(Parser *p) {
    DabReKind look = DAB_RE_ANYTHING;
    gboolean number = FALSE, takes_part = TRUE;
    if (*p->s == '*') p->lost = TRUE; /* a verb */
    if (*p->s == '?') {
        p->s++;
        takes_part = group_takes_part(p, &look, &number);
    }
    DabRe *inside = choice(p);
    p->lost |= *p->s != ')';
    p->s += *p->s == ')';
    if (!takes_part) return node(p, DAB_RE_SEQUENCE);
    if (look == DAB_RE_ANYTHING && !number) return inside;
    DabRe *re = node(p, look);
    if (number) {
        *re = *inside;
        re->number = TRUE;
        return re;
    }
    re->kids = dab_pool_alloc(p->pool, sizeof *re->kids);
    re->kids[0] = inside;
    re->n = 1;
    return re;
}

static DabRe *atom(Parser *p) {
    switch (*p->s) {
    case '(':
        p->s++;
        return group(p);
    case '[':
        p->s++;
        return class(p);
    case '\\':
        p->s++;
        return escape(p);
    case '.':
        p->s++;
        return node(p, DAB_RE_ANYTHING);
    case '^':
        p->s++;
        return node(p, DAB_RE_START);
    case '$':
        p->s++;
        return node(p, DAB_RE_END);
    default:
        return one_char(p, take(p));
    }
}

/* {2}, {2,}, {2,5} at the place: their bounds. */
static gboolean counted(Parser *p, guint *min, guint *max) {
    const char *s = p->s + 1;
    char *end;
    if (!g_ascii_isdigit(*s)) return FALSE;
    *min = *max = (guint)g_ascii_strtoull(s, &end, 10);
    if (*end == ',') *max = g_ascii_isdigit(end[1]) ? (guint)g_ascii_strtoull(end + 1, &end, 10) : (end++, G_MAXUINT);
    if (*end != '}') return FALSE;
    p->s = end + 1;
    return TRUE;
}

static DabRe *repeated(Parser *p) {
    DabRe *re = atom(p);
    for (;;) {
        guint min = 1, max = 1;
        if (*p->s == '*' || *p->s == '+' || *p->s == '?') {
            min = *p->s == '+';
            max = *p->s == '?' ? 1 : G_MAXUINT;
            p->s++;
        } else if (*p->s != '{' || !counted(p, &min, &max)) {
            return re;
        }
        if (*p->s == '?' || *p->s == '+') p->s++;
        if (min == 1 && max == 1) continue;
        DabRe *kid = re;
        re = node(p, DAB_RE_REPEAT);
        re->kids = dab_pool_alloc(p->pool, sizeof *re->kids);
        re->kids[0] = kid;
        re->n = 1;
        re->min = min;
        re->once = max <= 1;
        if (max == 0) re = node(p, DAB_RE_SEQUENCE);
    }
}

static DabRe *sequence(Parser *p) {
    g_autoptr(GPtrArray) kids = g_ptr_array_new();
    while (*p->s && *p->s != '|' && *p->s != ')' && !p->lost) {
        DabRe *re = repeated(p);
        if (re->kind != DAB_RE_SEQUENCE || re->number) {
            g_ptr_array_add(kids, re);
            continue;
        }
        for (guint i = 0; i < re->n; i++) g_ptr_array_add(kids, re->kids[i]);
    }
    return kids->len == 1 ? kids->pdata[0] : with_kids(p, DAB_RE_SEQUENCE, kids);
}

static DabRe *choice(Parser *p) {
    g_autoptr(GPtrArray) kids = g_ptr_array_new();
    if (++p->depth > MAX_DEPTH) p->lost = TRUE;
    g_ptr_array_add(kids, sequence(p));
    while (*p->s == '|' && !p->lost) {
        p->s++;
        g_ptr_array_add(kids, sequence(p));
    }
    p->depth--;
    return kids->len == 1 ? kids->pdata[0] : with_kids(p, DAB_RE_CHOICE, kids);
}

DabRe *dab_re_parse(DabPool *pool, const char *regex) {
    Parser p = {.pool = pool, .s = regex};
    DabRe *re = choice(&p);
    return p.lost || *p.s ? NULL : re;
}
