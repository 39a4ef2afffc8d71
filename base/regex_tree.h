/* regex_tree.h: the text of a pattern → a tree of what it may match, coarse: whatever is not plain characters, choices and
 * repetitions becomes "anything". Read by base/needs.c; matching is PCRE2's work alone. */
#ifndef DABIAO_BASE_REGEX_TREE_H
#define DABIAO_BASE_REGEX_TREE_H

#include "base/pool.h"

typedef enum {
    DAB_RE_CHARS,    /* one of `chars` */
    DAB_RE_ANYTHING, /* any text, or none; where it has `chars`, one of these, too many to be told apart inside of words */
    DAB_RE_START,    /* ^; \G too: patterns that have it are told where to begin */
    DAB_RE_END,      /* $ */
    DAB_RE_SEQUENCE, /* kids, one after the other; none: the empty text */
    DAB_RE_CHOICE,   /* one of the kids */
    DAB_RE_REPEAT,   /* the only kid, `min` to `max` times */
    DAB_RE_AHEAD,    /* a lookaround that must hold: takes no room in the match, but its text must be there */
    DAB_RE_BEHIND,
} DabReKind;

#define DAB_RE_ENDLESS G_MAXUINT

typedef struct DabRe DabRe;
struct DabRe {
    DabReKind kind;
    gunichar *chars; /* none twice */
    guint n;         /* of chars or kids */
    DabRe **kids;
    guint min, max;  /* of a repetition; of anything `max` alone: characters that it is at most */
    gboolean number; /* the group N */
    gunichar *never; /* of anything: characters that it never holds, as far as they are told one by one */
    guint n_never;
    gboolean no_tag; /* of anything: but no private-use character, which stands for a number in shapes */
    void *words;     /* for base/needs.c, which asks more than once */
    gboolean asked;
};

/* NULL for a pattern that this page does not understand well enough (options in it, conditions, verbs). All of it in `pool`. */
DabRe *dab_re_parse(DabPool *pool, const char *regex);

static inline gboolean dab_re_is_look(const DabRe *re) {
    return re->kind == DAB_RE_AHEAD || re->kind == DAB_RE_BEHIND;
}
/* How many of 0-9 a match begins with at least. */
guint dab_re_digits(const DabRe *re);
/* Whether no match of this holds the tag of a number. */
gboolean dab_re_holds_no_tag(const DabRe *re);

#endif
