#include "base/needs.h"

#include <string.h>

#include "base/regex_tree.h"

#define MAX_WORDS 2048  /* of a set; a larger one asks too little to be worth its place */
#define MAX_PRODUCT 256 /* words that a set may grow to by putting two together */
#define MAX_CHARS 5     /* of a word; what follows is left out */
#define MAX_LIKELY 0.5  /* a set that most texts meet is not asked */

/* Places of the text, as characters of words while these are put together; no text holds them. */
#define START '\002'
#define END '\003'

typedef struct {
    DabPool *pool, *scratch;
} Finder;

static DabWords *new_words(DabPool *pool, guint n) {
    DabWords *w = dab_pool_new0(pool, DabWords);
    w->list = dab_pool_alloc(pool, MAX(n, 1u) * sizeof *w->list);
    return w;
}

static const DabWords *single(Finder *f, const char *word) {
    DabWords *w = new_words(f->scratch, 1);
    w->list[w->n++] = word;
    return w;
}

static gboolean has_empty(const DabWords *w) {
    for (guint i = 0; i < w->n; i++)
        if (!*w->list[i]) return TRUE;
    return FALSE;
}

/* All of both; the empty word of `a` left out when asked. NULL when it grows too large. */
static const DabWords *join(Finder *f, const DabWords *a, const DabWords *b, gboolean without_empty) {
    if (a->n + b->n > MAX_WORDS) return NULL;
    DabWords *w = new_words(f->scratch, a->n + b->n);
    for (guint i = 0; i < a->n; i++)
        if (*a->list[i] || !without_empty) w->list[w->n++] = a->list[i];
    for (guint i = 0; i < b->n; i++) w->list[w->n++] = b->list[i];
    return w;
}

/* Each of `a` with each of `b` behind it. */
static const DabWords *product(Finder *f, const DabWords *a, const DabWords *b) {
    DabWords *w = new_words(f->scratch, a->n * b->n);
    for (guint i = 0; i < a->n; i++)
        for (guint k = 0; k < b->n; k++) {
            gsize m = strlen(a->list[i]), n = strlen(b->list[k]);
            char *word = dab_pool_alloc(f->scratch, m + n + 1);
            memcpy(word, a->list[i], m);
            memcpy(word + m, b->list[k], n);
            w->list[w->n++] = word;
        }
    return w;
}

static gboolean small_product(const DabWords *a, const DabWords *b) {
    return (guint64)a->n * b->n <= MAX(MAX_PRODUCT, MAX(a->n, b->n));
}

static const DabWords *exact(Finder *f, DabRe *re);

static const DabWords *exact_chars(Finder *f, const DabRe *re) {
    DabWords *w = new_words(f->scratch, re->n);
    for (guint i = 0; i < re->n; i++) {
        char utf8[8] = {0};
        g_unichar_to_utf8(re->chars[i], utf8);
        w->list[w->n++] = dab_pool_strdup(f->scratch, utf8);
    }
    return w;
}

static const DabWords *exact_sequence(Finder *f, const DabRe *re) {
    const DabWords *all = single(f, "");
    for (guint i = 0; i < re->n; i++) {
        const DabWords *w = exact(f, re->kids[i]);
        if (!w || !small_product(all, w)) return NULL;
        all = product(f, all, w);
    }
    return all;
}

static const DabWords *exact_choice(Finder *f, const DabRe *re) {
    guint n = 0;
    for (guint i = 0; i < re->n; i++) {
        const DabWords *w = exact(f, re->kids[i]);
        if (!w || (n += w->n) > MAX_WORDS) return NULL;
    }
    DabWords *all = new_words(f->scratch, n);
    for (guint i = 0; i < re->n; i++) {
        const DabWords *w = exact(f, re->kids[i]);
        memcpy(all->list + all->n, w->list, w->n * sizeof *w->list);
        all->n += w->n;
    }
    return all;
}

static const DabWords *exact_anew(Finder *f, DabRe *re) {
    const DabWords *w;
    switch (re->kind) {
    case DAB_RE_CHARS:
        return exact_chars(f, re);
    case DAB_RE_START:
        return single(f, "\002");
    case DAB_RE_END:
        return single(f, "\003");
    case DAB_RE_SEQUENCE:
        return exact_sequence(f, re);
    case DAB_RE_CHOICE:
        return exact_choice(f, re);
    case DAB_RE_AHEAD: /* take no room */
    case DAB_RE_BEHIND:
        return single(f, "");
    case DAB_RE_REPEAT:
        w = re->max <= 1 ? exact(f, re->kids[0]) : NULL;
        return !w ? NULL : re->min ? w : join(f, single(f, ""), w, FALSE);
    default:
        return NULL;
    }
}

/* Every text that a match of this may be (or more); NULL when they cannot be told. */
static const DabWords *exact(Finder *f, DabRe *re) {
    if (!re->asked) {
        re->asked = TRUE;
        re->words = (void *)exact_anew(f, re);
    }
    return re->words;
}

static const DabWords *head(Finder *f, DabRe *re);
static const DabWords *tail(Finder *f, DabRe *re);

/* `next` and then what `words` (which stands on the outer side of it) has. */
static const DabWords *grow(Finder *f, const DabWords *next, const DabWords *words, gboolean behind) {
    if (words && small_product(next, words)) return behind ? product(f, words, next) : product(f, next, words);
    if (!has_empty(next)) return next;
    return words ? join(f, next, words, TRUE) : NULL;
}

static const DabWords *head_of(Finder *f, DabRe *const *kids, guint n) {
    const DabWords *words = NULL;
    for (guint i = n; i > 0; i--) {
        const DabWords *w = exact(f, kids[i - 1]);
        if (w) {
            words = grow(f, w, words, FALSE);
        } else if (kids[i - 1]->kind == DAB_RE_REPEAT && !kids[i - 1]->min) { /* perhaps none of it */
            w = words ? head(f, kids[i - 1]->kids[0]) : NULL;
            words = w ? join(f, w, words, FALSE) : NULL;
        } else {
            words = head(f, kids[i - 1]);
        }
    }
    return words;
}

/* What stands before the place that this is about: (?:^|(?<=，)). NULL where it takes room itself, or does not tell. */
static const DabWords *left_of(Finder *f, DabRe *re) {
    if (re->kind == DAB_RE_START) return exact(f, re);
    if (re->kind == DAB_RE_BEHIND) return tail(f, re->kids[0]);
    if (re->kind != DAB_RE_CHOICE) return NULL;
    const DabWords *all = left_of(f, re->kids[0]);
    for (guint i = 1; i < re->n && all; i++) {
        const DabWords *w = left_of(f, re->kids[i]);
        all = w ? join(f, all, w, FALSE) : NULL;
    }
    return all;
}

static const DabWords *tail_of(Finder *f, DabRe *const *kids, guint n) {
    const DabWords *words = n ? left_of(f, kids[0]) : NULL;
    for (guint i = words != NULL; i < n; i++) {
        const DabWords *w = exact(f, kids[i]);
        if (w) {
            words = grow(f, w, words, TRUE);
        } else if (kids[i]->kind == DAB_RE_REPEAT && !kids[i]->min) { /* perhaps none of it */
            w = words ? tail(f, kids[i]->kids[0]) : NULL;
            words = w ? join(f, w, words, FALSE) : NULL;
        } else {
            words = tail(f, kids[i]);
        }
    }
    return words;
}

static const DabWords *side(Finder *f, DabRe *re, gboolean at_end) {
    const DabWords *all = exact(f, re);
    if (all) return has_empty(all) ? NULL : all;
    switch (re->kind) {
    case DAB_RE_SEQUENCE:
        return at_end ? tail_of(f, re->kids, re->n) : head_of(f, re->kids, re->n);
    case DAB_RE_REPEAT:
        return re->min ? side(f, re->kids[0], at_end) : NULL;
    case DAB_RE_CHOICE:
        for (guint i = 0; i < re->n; i++) {
            const DabWords *w = side(f, re->kids[i], at_end);
            all = w && all ? join(f, all, w, FALSE) : i ? NULL : w;
            if (!all) return NULL;
        }
        return all;
    case DAB_RE_ANYTHING:
        return re->n ? exact_chars(f, re) : NULL;
    default:
        return NULL;
    }
}

/* Words of which one begins any match of this; NULL: nobody knows. */
static const DabWords *head(Finder *f, DabRe *re) {
    return side(f, re, FALSE);
}

static const DabWords *tail(Finder *f, DabRe *re) {
    return side(f, re, TRUE);
}

static gboolean is_place(char c) {
    return c == START || c == END;
}

/* How likely a text has the word: rough, only to choose by. */
static double likely(const char *word) {
    glong chars = g_utf8_strlen(word, -1);
    gunichar c = g_utf8_get_char(word);
    if (chars > 1) return chars > 2 ? 0.0005 : 0.002;
    if (c >= 0xE000 && c < 0xE020) return 1; /* a number's tag */
    if (c < 0x80) return 0.3;
    return g_unichar_ispunct(c) ? 0.5 : 0.02;
}

static double likely_any(const DabWords *w) {
    double sum = 0;
    for (guint i = 0; i < w->n; i++) sum += likely(w->list[i]);
    return sum;
}

/* Which places a settled word keeps: both (words of a text between START and END), the start alone as a word of its own, none. */
typedef enum { KEEP_NONE, KEEP_LONE_START, KEEP_BOTH } Keep;

/* The word without places inside it, and at its edges as asked. */
static char *plain_word(Finder *f, const char *from, Keep keep) {
    char *word = dab_pool_strdup(f->scratch, from), *to = word;
    for (const char *s = from; *s; s++) {
        gboolean edge = (*s == START && s == from) || (*s == END && !s[1]);
        if (!is_place(*s) || (edge && keep == KEEP_BOTH)) *to++ = *s;
    }
    *to = 0;
    if (!*word && *from == START && keep == KEEP_LONE_START) *to++ = START;
    return word;
}

/* A copy that stays, its words cut to MAX_CHARS (at the outer end), none twice. NULL when it asks nothing. */
static const DabWords *settle(Finder *f, const DabWords *w, gboolean keep_end, Keep keep) {
    if (!w) return NULL;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    DabWords *out = new_words(f->pool, w->n);
    for (guint i = 0; i < w->n; i++) {
        char *word = plain_word(f, w->list[i], keep);
        if (!*word || (keep == KEEP_BOTH && is_place(*word) && !word[1])) return NULL;
        glong chars = g_utf8_strlen(word, -1);
        if (chars > MAX_CHARS && keep_end) word = g_utf8_offset_to_pointer(word, chars - MAX_CHARS);
        if (chars > MAX_CHARS && !keep_end) *g_utf8_offset_to_pointer(word, MAX_CHARS) = 0;
        if (g_hash_table_add(seen, word)) out->list[out->n++] = dab_pool_strdup(f->pool, word);
    }
    return out->n ? out : NULL;
}

static const DabWords *settle_side(Finder *f, const DabWords *w, gboolean at_end) {
    for (guint i = 0; w && i < w->n; i++) {
        gsize len = strlen(w->list[i]);
        if (!len || w->list[i][at_end ? len - 1 : 0] != (at_end ? END : START)) return NULL;
    }
    return settle(f, w, at_end, KEEP_NONE);
}

static void ask(Finder *f, GPtrArray *clauses, const DabWords *w) {
    const DabWords *clause = settle(f, w, FALSE, KEEP_BOTH);
    if (clause && likely_any(clause) < MAX_LIKELY) g_ptr_array_add(clauses, (gpointer)clause);
}

static void find_clauses(Finder *f, DabRe *re, GPtrArray *clauses);

static const DabWords *best(const GPtrArray *clauses) {
    const DabWords *found = NULL;
    for (guint i = 0; i < clauses->len; i++)
        if (!found || likely_any(clauses->pdata[i]) < likely_any(found)) found = clauses->pdata[i];
    return found;
}

static void clauses_of_choice(Finder *f, const DabRe *re, GPtrArray *clauses) {
    const DabWords *all = NULL;
    for (guint i = 0; i < re->n; i++) {
        g_autoptr(GPtrArray) own = g_ptr_array_new();
        find_clauses(f, re->kids[i], own);
        const DabWords *w = best(own);
        if (!w) return;
        all = all ? join(f, all, w, FALSE) : w;
        if (!all) return;
    }
    if (all) ask(f, clauses, all);
}

static void clauses_of_sequence(Finder *f, const DabRe *re, GPtrArray *clauses) {
    const DabWords *run = NULL;
    for (guint i = 0; i < re->n; i++) {
        const DabWords *w = exact(f, re->kids[i]);
        if (dab_re_is_look(re->kids[i])) find_clauses(f, re->kids[i], clauses);
        if (w && run && small_product(run, w)) {
            run = product(f, run, w);
            continue;
        }
        ask(f, clauses, run);
        run = w;
        if (!w) find_clauses(f, re->kids[i], clauses);
    }
    ask(f, clauses, run);
}

/* Adds sets of words; a text in which this matches holds one of each. */
static void find_clauses(Finder *f, DabRe *re, GPtrArray *clauses) {
    switch (re->kind) {
    case DAB_RE_SEQUENCE:
        clauses_of_sequence(f, re, clauses);
        break;
    case DAB_RE_AHEAD:
    case DAB_RE_BEHIND:
        find_clauses(f, re->kids[0], clauses);
        break;
    case DAB_RE_REPEAT:
        if (re->min) find_clauses(f, re->kids[0], clauses);
        break;
    default:
        if (exact(f, re))
            ask(f, clauses, exact(f, re));
        else if (re->kind == DAB_RE_CHOICE)
            clauses_of_choice(f, re, clauses);
    }
}

/* What stands before a match. NULL: nobody knows. */
static const DabWords *left_side(Finder *f, DabRe *re) {
    const DabWords *all = re->kind == DAB_RE_SEQUENCE ? (re->n ? left_of(f, re->kids[0]) : NULL) : left_of(f, re);
    for (guint i = 0; re->kind == DAB_RE_CHOICE && !left_of(f, re) && i < re->n; i++) {
        const DabWords *w = left_side(f, re->kids[i]);
        all = !w ? NULL : i ? join(f, all, w, FALSE) : w;
        if (!all) return NULL;
    }
    return all;
}

void dab_needs_find(DabPool *pool, const char *regex, DabNeeds *needs) {
    *needs = (DabNeeds){0};
    g_autoptr(DabPool) scratch = dab_pool_new();
    Finder f = {pool, scratch};
    DabRe *re = dab_re_parse(scratch, regex);
    if (!re) return;
    g_autoptr(GPtrArray) clauses = g_ptr_array_new();
    find_clauses(&f, re, clauses);
    needs->left = settle(&f, left_side(&f, re), TRUE, KEEP_LONE_START);
    const DabWords *begins = head(&f, re);
    needs->head = settle(&f, begins, FALSE, KEEP_NONE);
    needs->digits = dab_re_digits(re);
    while (clauses->len && needs->n < DAB_MAX_CLAUSES) {
        const DabWords *w = best(clauses);
        needs->anywhere[needs->n++] = w;
        g_ptr_array_remove(clauses, (gpointer)w);
    }
    needs->first = settle_side(&f, begins, FALSE);
    needs->last = settle_side(&f, tail(&f, re), TRUE);
    for (guint i = 0; re->kind == DAB_RE_SEQUENCE && i < re->n; i++) {
        if (!re->kids[i]->number) continue;
        needs->before = settle(&f, tail_of(&f, re->kids, i), TRUE, KEEP_LONE_START);
        needs->after = settle(&f, head_of(&f, re->kids + i + 1, re->n - i - 1), FALSE, KEEP_NONE);
        needs->number_first = TRUE;
        for (guint k = 0; k < i; k++) needs->number_first &= dab_re_holds_no_tag(re->kids[k]);
    }
}
