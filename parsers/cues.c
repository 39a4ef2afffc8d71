/* The words at a number's sides: at least, up to, about. */
#include <string.h>

#include "parsers/numerals.h"

#define MAX_CUES 3      /* 不少于约…: two in a row are common, four unheard of */
#define MAX_FAR_CHARS 8 /* 至少新增1家: between the cue and its number */

static void take(DabNumber *n, guint cue) {
    if (cue == DAB_CUE_ABOUT || cue == DAB_CUE_GE_ABOUT) n->approximate = TRUE;
    if (cue == DAB_CUE_ABOUT || n->comparator_said) return;
    n->comparator = cue == DAB_CUE_GE_ABOUT ? DAB_GE : (DabComparator)cue;
    n->comparator_said = TRUE;
}

static gboolean far_cue(const DabNumerals *t, const char *text, gsize start, gsize at, DabNumber *n) {
    for (guint i = 0; i <= MAX_FAR_CHARS && at > start; i++) {
        guint cue;
        if (dab_trie_longest_before(t->far, text, start, at, &cue)) {
            if (cue == DAB_CUE_NO) return FALSE;
            take(n, cue);
            return TRUE;
        }
        if (!dab_is_hanzi(dab_char_before(text, start, at))) return FALSE;
        gsize len, before = (gsize)(g_utf8_prev_char(text + at) - text);
        if (dab_num_is(dab_num_char(t, text, before, at, &len))) return FALSE;
        at = before;
    }
    return FALSE;
}

/* 产值过亿, 占比过20%: 过 behind what can be measured; behind a verb it says that something was done. */
static gsize past_cue(const DabNumerals *t, const char *text, gsize start, gsize at, DabNumber *n) {
    gsize len = dab_trie_longest_before(t->past, text, start, at, NULL);
    if (!len || !dab_trie_longest_before(t->past_after, text, start, at - len, NULL)) return 0;
    take(n, DAB_GT);
    return len;
}

void dab_cues_before(const DabNumerals *t, const char *text, gsize start, DabNumber *n) {
    gsize at = n->extent.start;
    for (guint i = 0; i < MAX_CUES; i++) {
        guint cue;
        gsize blank = at > start && text[at - 1] == ' ' ? 1 : 0;
        gsize len = dab_trie_longest_before(t->before, text, start, at - blank, &cue);
        if (!len || cue == DAB_CUE_NO) break;
        at -= blank + len;
        take(n, cue);
    }
    at -= past_cue(t, text, start, at, n);
    n->extent.start = at;
    if (!n->comparator_said) far_cue(t, text, start, at, n);
}

/* 比30%高, 比170低; not 比30%高2个百分点, where 30% is only compared with, and not 占比30%高于. */
static gsize than_cue(const DabNumerals *t, const char *text, gsize start, gsize at, gsize end, DabNumber *n) {
    gsize from = n->extent.start, blank = from > start && text[from - 1] == ' ' ? 1 : 0;
    guint cue;
    gsize than = dab_trie_longest_before(t->than_before, text, start, from - blank, &cue);
    if (!than || cue == DAB_CUE_NO || n->comparator_said) return 0;
    if (at < end && text[at] == ' ') at++;
    gsize word = dab_trie_longest(t->than, text, at, end, &cue), next = at + word;
    if (!word) return 0;
    gunichar follows = dab_char_at(text, next, end);
    if ((dab_is_hanzi(follows) || g_unichar_isalnum(follows)) && !dab_trie_longest(t->than_then, text, next, end, NULL)) return 0;
    take(n, cue);
    n->extent.start = from - blank - than;
    return next - n->extent.end;
}

void dab_cues_after(const DabNumerals *t, const char *text, gsize start, gsize end, DabNumber *n) {
    gsize at = n->extent.end;
    at += than_cue(t, text, start, at, end, n);
    for (guint i = 0; i < MAX_CUES; i++) {
        guint cue;
        gsize len = dab_trie_longest(t->after, text, at, end, &cue);
        if (!len) break;
        at += len;
        take(n, cue);
    }
    gsize len = at == n->extent.end ? dab_trie_longest(t->within, text, at, end, NULL) : 0;
    if (len && !dab_trie_longest(t->within_not, text, at, end, NULL) &&
        dab_trie_longest(t->within_units, n->unit, 0, strlen(n->unit), NULL) == strlen(n->unit) && *n->unit) { /* 30分钟内 */
        at += len;
        take(n, DAB_LE);
    }
    n->extent.end = at;
}

gsize dab_cue_bare(const DabNumerals *t, const char *text, gsize start, gsize at, DabNumber *n) {
    guint cue;
    gsize len = dab_trie_longest_before(t->bare, text, start, at, &cue);
    if (!len || cue == DAB_CUE_NO) return 0;
    take(n, cue);
    return len;
}
