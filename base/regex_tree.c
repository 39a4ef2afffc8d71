#include "base/regex_parser.h"

#include <string.h>

#define MAX_DEPTH 64

typedef DabReParser Parser;

static DabRe *choice(Parser *p);

static DabRe *node(Parser *p, DabReKind kind) {
    return dab_re_node(p, kind);
}

static DabRe *with_kids(Parser *p, DabReKind kind, const GPtrArray *kids) {
    DabRe *re = node(p, kind);
    re->n = kids->len;
    re->kids = dab_pool_alloc(p->pool, MAX(kids->len, 1u) * sizeof *re->kids);
    if (kids->len) memcpy(re->kids, kids->pdata, kids->len * sizeof *re->kids);
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
        return dab_re_class(p);
    case '\\':
        p->s++;
        return dab_re_escape(p);
    case '.':
        p->s++;
        return dab_re_one(p, FALSE);
    case '^':
        p->s++;
        return node(p, DAB_RE_START);
    case '$':
        p->s++;
        return node(p, DAB_RE_END);
    default:
        return dab_re_char(p, dab_re_take(p));
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
        re->max = max;
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
