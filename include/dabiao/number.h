/* number.h: one number of a document, found and valued, or recognised as context. Made by parsers/, read by engine/. */
#ifndef DABIAO_NUMBER_H
#define DABIAO_NUMBER_H

#include "dabiao/rules.h"
#include "dabiao/text.h"

typedef enum { DAB_EQ, DAB_GE, DAB_GT, DAB_LE, DAB_LT } DabComparator;
const char *dab_comparator_sign(DabComparator c); /* "=", ">=", … */

typedef struct {
    DabSpan span;     /* as a person would mark it: sign, digits, 万, 余, unit: 372.09万余份, 7/10万, 1-2个 */
    DabSpan numeral;  /* its digits and numerals alone: 372.09万, 7/10万, 1-2 */
    DabSpan extent;   /* span with the cue words glued to it: 约…, 不少于…, …以上, …左右 */
    const char *kind; /* interned. Not context: number percent permille points money ratio fraction. Context: date year
                         time age ordinal numbering name word grade slogan phone code document_number rank limit footnote … (rules
                         say which) */
    gboolean context; /* no measure can be made of it */
    gboolean has_value, has_low, has_high;
    double value, low, high;  /* scaled: 372.09万 → 3720900; a percentage stays 90 */
    const char *unit;         /* interned; as written without 万/亿/余/多; "" when there is none */
    DabComparator comparator; /* from its own cues alone; DAB_EQ when nothing is said */
    gboolean comparator_said;
    gboolean approximate;
    const char *rule; /* id of the context rule that claimed it, or NULL; lives with the rules */
} DabNumber;

/* Compiles the top-level node "numerals" of the rule files with the word lists it names and the rules of the stage "context".
 * Called by the loader once all files are read; freed with the rules. NULL and DAB_ERROR_RULES with the place in the file. */
void *dab_numerals_compile(const DabRules *rules, GError **error);
void dab_numerals_free(void *numerals); /* NULL is fine */

/* Finds every number of text[span] (one passage: no '\n' inside), in order, none overlapping, and appends them to
 * `numbers` (DabNumber). Every digit run and Chinese numeral in the span is in exactly one of them: what is no number in
 * the reader's sense (一体化, 统一) comes back as context of kind "word". Offsets are into `text`. */
void dab_numbers_find(const DabRules *rules, const char *text, DabSpan span, GArray *numbers);
/* The same for text that is no report, one number for each figure: those inside dates, ages, ordinals … are told apart (each of
 * that kind, with its value), and shares in words are percentages (千分之二 → 0.2%). docs/NUMBERS.md lists the differences. */
void dab_numbers_find_plain(const DabRules *rules, const char *text, DabSpan span, GArray *numbers);

#endif
