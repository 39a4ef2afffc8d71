#include "parsers/sentences.h"

#include <string.h>

#include "dabiao/limits.h"

/* Code points of punctuation; the words of the language are in the rule files. */
enum {
    IDEOGRAPHIC_FULL_STOP = 0x3002,
    WIDE_EXCLAMATION = 0xFF01,
    WIDE_QUESTION = 0xFF1F,
    WIDE_COMMA = 0xFF0C,
    RIGHT_QUOTE = 0x201D,
    RIGHT_SINGLE_QUOTE = 0x2019,
    WIDE_RIGHT_PAREN = 0xFF09,
    RIGHT_CORNER = 0x300D,
    RIGHT_BLACK_BRACKET = 0x3011
};

static gboolean ends_sentence(gunichar c) {
    return c == IDEOGRAPHIC_FULL_STOP || c == WIDE_EXCLAMATION || c == WIDE_QUESTION || c == '!' || c == '?';
}

static gboolean closes(gunichar c) {
    return c == RIGHT_QUOTE || c == RIGHT_SINGLE_QUOTE || c == WIDE_RIGHT_PAREN || c == RIGHT_CORNER || c == RIGHT_BLACK_BRACKET ||
           c == ')';
}

/* The character there if it is one of ASCII or of a block with punctuation; else 0. Most are hanzi, of which nothing need be known.
 */
static gunichar mark_at(const char *s) {
    guchar lead = (guchar)*s;
    return lead < 0x80 ? lead : lead == 0xE3 || lead == 0xEF ? g_utf8_get_char(s) : 0;
}

static void add_sentence(DabDocument *d, guint passage, gsize start, gsize end) {
    const char *text = d->text->utf8->str;
    while (start < end && text[start] == ' ') start++;
    while (end > start && text[end - 1] == ' ') end--;
    if (start == end) return;
    DabSentence s = {.span = {start, end}, .passage = passage, .tense = g_intern_static_string("none")};
    g_array_append_val(d->sentences, s);
}

/* A place at which no number is cut in two: `at`, or the end of the number around it. Numbers are in order of the text. */
static gsize beside_numbers(const DabDocument *d, gsize at, guint first_number) {
    for (guint i = first_number; i < d->numbers->len; i++) {
        const DabNumber *n = &g_array_index(d->numbers, DabNumber, i);
        if (n->extent.start >= at) break;
        if (n->extent.end > at) return n->extent.end;
    }
    return at;
}

static void cut_passage(DabDocument *d, guint index, guint first_number) {
    const DabPassage *p = &g_array_index(d->passages, DabPassage, index);
    const char *text = d->text->utf8->str;
    gsize start = p->span.start, comma = 0;
    for (gsize i = start; i < p->span.end;) {
        gunichar c = mark_at(text + i);
        i += (gsize)g_utf8_skip[(guchar)text[i]];
        if (c == WIDE_COMMA) comma = i;
        if (ends_sentence(c)) {
            while (i < p->span.end) {
                gunichar next = g_utf8_get_char(text + i);
                if (!closes(next) && !ends_sentence(next)) break;
                i += (gsize)g_utf8_skip[(guchar)text[i]];
            }
            add_sentence(d, index, start, i);
            start = i;
        } else if (i - start > DAB_MAX_SENTENCE_BYTES) {
            gsize end = beside_numbers(d, comma > start ? comma : i, first_number);
            i = MAX(i, end);
            add_sentence(d, index, start, end);
            start = end;
        }
    }
    add_sentence(d, index, start, p->span.end);
}

void dab_sentences_cut(DabDocument *d, const DabRules *rules) {
    for (guint i = 0; i < d->passages->len; i++) {
        guint first_number = d->numbers->len, first = d->sentences->len;
        dab_numbers_find(rules, d->text->utf8->str, g_array_index(d->passages, DabPassage, i).span, d->numbers);
        cut_passage(d, i, first_number);
        /* a number belongs to the sentence in which it begins (a quoted name may hold a full stop) */
        guint k = first_number;
        for (guint s = first; s < d->sentences->len; s++) {
            DabSentence *sentence = &g_array_index(d->sentences, DabSentence, s);
            gboolean last = s + 1 == d->sentences->len;
            sentence->first_number = k;
            while (k < d->numbers->len && (last || g_array_index(d->numbers, DabNumber, k).span.start < sentence->span.end)) k++;
            sentence->n_numbers = k - sentence->first_number;
        }
    }
}
