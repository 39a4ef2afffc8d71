/* What the tree of a pattern tells of every match of it. */
#include "base/regex_tree.h"

static gboolean only_digits(const DabRe *re) {
    if (re->kind == DAB_RE_ANYTHING || re->kind == DAB_RE_START || re->kind == DAB_RE_END) return FALSE;
    for (guint i = 0; i < re->n; i++)
        if (re->kind == DAB_RE_CHARS ? re->chars[i] < '0' || re->chars[i] > '9' : !only_digits(re->kids[i])) return FALSE;
    return TRUE;
}

guint dab_re_digits(const DabRe *re) {
    guint n = 0, of_kid;
    switch (re->kind) {
    case DAB_RE_CHARS:
        return only_digits(re);
    case DAB_RE_REPEAT:
        of_kid = re->min ? dab_re_digits(re->kids[0]) : 0;
        return only_digits(re) ? of_kid * MIN(re->min, 99) : of_kid;
    case DAB_RE_SEQUENCE:
        for (guint i = 0; i < re->n; i++) {
            gboolean place = dab_re_is_look(re->kids[i]) || re->kids[i]->kind == DAB_RE_START;
            if (!place) n += dab_re_digits(re->kids[i]);
            if (!place && !only_digits(re->kids[i])) break;
        }
        return MIN(n, 99);
    case DAB_RE_CHOICE:
        for (guint i = 0; i < re->n; i++) {
            of_kid = dab_re_digits(re->kids[i]);
            n = i ? MIN(n, of_kid) : of_kid;
        }
        return n;
    default:
        return 0;
    }
}

gboolean dab_re_holds_no_tag(const DabRe *re) {
    if (re->kind == DAB_RE_ANYTHING) return re->no_tag;
    if (re->kind == DAB_RE_AHEAD || re->kind == DAB_RE_BEHIND) return TRUE;
    for (guint i = 0; i < re->n; i++) {
        if (re->kind == DAB_RE_CHARS ? re->chars[i] >= 0xE000 && re->chars[i] < 0xE020 : !dab_re_holds_no_tag(re->kids[i]))
            return FALSE;
    }
    return TRUE;
}
