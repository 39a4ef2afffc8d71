#include "base/reach.h"

#include <string.h>

#include "base/regex_tree.h"

#define MAX_STOPS 8 /* characters that no match holds */
#define HASHES 4    /* 64-bit words of hashes */

/* A match has at most `most` characters, each with its hash in `may`, none of them in `stops`. */
struct DabReach {
    guint most;
    guint64 may[HASHES];
    guint n_stops;
    gunichar stops[MAX_STOPS];
};

static guint hash(gunichar c) {
    return (c * 0x9E3779B1u) >> 24;
}

static gboolean may_hold(const DabReach *r, gunichar c) {
    return r->may[hash(c) / 64] >> (hash(c) % 64) & 1;
}

static gboolean is_place(const DabRe *re) {
    return dab_re_is_look(re) || re->kind == DAB_RE_START || re->kind == DAB_RE_END;
}

static guint most_times(guint a, guint b) {
    return !a || !b ? 0 : a > DAB_RE_ENDLESS / b ? DAB_RE_ENDLESS : a * b;
}

static guint most_of(const DabRe *re) {
    guint most = 0, of_kid;
    if (is_place(re)) return 0;
    if (re->kind == DAB_RE_CHARS) return 1;
    if (re->kind == DAB_RE_ANYTHING) return re->max;
    if (re->kind == DAB_RE_REPEAT) return most_times(most_of(re->kids[0]), re->max);
    for (guint i = 0; i < re->n; i++) {
        of_kid = most_of(re->kids[i]);
        if (re->kind == DAB_RE_CHOICE)
            most = MAX(most, of_kid);
        else
            most = most > DAB_RE_ENDLESS - of_kid ? DAB_RE_ENDLESS : most + of_kid;
    }
    return most;
}

/* Whether a match of this ends where the text does. */
static gboolean ends(const DabRe *re) {
    switch (re->kind) {
    case DAB_RE_END:
        return TRUE;
    case DAB_RE_SEQUENCE:
        return re->n && ends(re->kids[re->n - 1]);
    case DAB_RE_CHOICE:
        for (guint i = 0; i < re->n; i++)
            if (!ends(re->kids[i])) return FALSE;
        return TRUE;
    default:
        return FALSE;
    }
}

/* Adds the characters that a match of this may hold. */
static void add_hashes(const DabRe *re, DabReach *r) {
    if (is_place(re)) return;
    if (re->kind == DAB_RE_ANYTHING) {
        memset(r->may, 0xFF, sizeof r->may);
        return;
    }
    for (guint i = 0; i < re->n; i++) {
        if (re->kind == DAB_RE_CHARS)
            r->may[hash(re->chars[i]) / 64] |= (guint64)1 << (hash(re->chars[i]) % 64);
        else
            add_hashes(re->kids[i], r);
    }
}

/* Whether no match of this holds the character. */
static gboolean never(const DabRe *re, gunichar c) {
    if (is_place(re)) return TRUE;
    for (guint i = 0; re->kind == DAB_RE_ANYTHING && i < re->n_never; i++)
        if (re->never[i] == c) return TRUE;
    if (re->kind == DAB_RE_ANYTHING) return FALSE;
    for (guint i = 0; i < re->n; i++)
        if (re->kind == DAB_RE_CHARS ? re->chars[i] == c : !never(re->kids[i], c)) return FALSE;
    return TRUE;
}

/* Of the characters that some part excludes, those that all of it does. */
static void add_stops(const DabRe *re, const DabRe *all, DabReach *r) {
    if (is_place(re) || re->kind == DAB_RE_CHARS) return;
    for (guint i = 0; re->kind == DAB_RE_ANYTHING && i < re->n_never && r->n_stops < MAX_STOPS; i++) {
        gboolean known = FALSE;
        for (guint k = 0; k < r->n_stops; k++) known |= r->stops[k] == re->never[i];
        if (!known && never(all, re->never[i])) r->stops[r->n_stops++] = re->never[i];
    }
    for (guint i = 0; re->kind != DAB_RE_ANYTHING && i < re->n; i++) add_stops(re->kids[i], all, r);
}

const DabReach *dab_reach_find(DabPool *pool, const char *regex) {
    if (strstr(regex, "\\G") || !strpbrk(regex, "$zZ")) return NULL; /* \G asks where the search began */
    g_autoptr(DabPool) scratch = dab_pool_new();
    const DabRe *re = dab_re_parse(scratch, regex);
    if (!re || !ends(re)) return NULL;
    DabReach *r = dab_pool_new0(pool, DabReach);
    r->most = most_of(re);
    add_hashes(re, r);
    add_stops(re, re, r);
    gboolean any = TRUE;
    for (guint i = 0; i < HASHES; i++) any &= r->may[i] == G_MAXUINT64;
    return any && !r->n_stops && r->most == DAB_RE_ENDLESS ? NULL : r;
}

static gboolean is_stop(const DabReach *r, gunichar c) {
    for (guint i = 0; i < r->n_stops; i++)
        if (r->stops[i] == c) return TRUE;
    return FALSE;
}

gsize dab_reach_start(const DabReach *r, const char *text, gsize len, gsize start) {
    if (len && text[len - 1] == '\n') return start; /* $ matches before it too */
    const char *at = text + len;
    for (guint n = 0; n < r->most && at > text + start; n++) {
        const char *before = g_utf8_prev_char(at);
        gunichar c = g_utf8_get_char(before);
        if (!may_hold(r, c) || is_stop(r, c)) break;
        at = before;
    }
    return (gsize)(at - text);
}
