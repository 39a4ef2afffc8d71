/* fragments.h: {name} in a pattern of a rule file → the fragment, word list or tag it stands for. */
#ifndef DABIAO_ENGINE_FRAGMENTS_H
#define DABIAO_ENGINE_FRAGMENTS_H

#include "engine/rule_set.h"

/* Tags stand in a sentence's shape (engine/shape.h) for the numbers found in it; patterns name them in braces. Private-use
 * code points: the normaliser lets none through, so no text can forge one. */
enum {
    DAB_TAG_FIRST = 0xE000,
    DAB_TAG_NUMBER = DAB_TAG_FIRST, /* no unit, or none we know */
    DAB_TAG_PERCENT,
    DAB_TAG_PERMILLE,
    DAB_TAG_POINTS,
    DAB_TAG_MONEY,
    DAB_TAG_COUNT,          /* a measure word that counts things: 家 个 名 项 */
    DAB_TAG_AMOUNT,         /* a unit that measures: 平方米 吨 公里 */
    DAB_TAG_RATIO,          /* /10万, 床/万人, 1:1.2 */
    DAB_TAG_TIMES,          /* 倍 番 成 */
    DAB_TAG_LENGTH_OF_TIME, /* 个月 年 天 小时 */
    DAB_TAG_LAST_MEASURE = 0xE01F,
    DAB_TAG_DATE = 0xE020, /* date, year, time */
    DAB_TAG_DAY,           /* a date that names its day */
    DAB_TAG_LAST = 0xE03F,
};

#define DAB_TAG_BYTES 3 /* of a tag in UTF-8 */

/* The kinds of number that {N} of a pattern may be: bit k is the tag DAB_TAG_FIRST + k. 0 when it has no {N}. A sentence without
 * one of them need not be tried. */
guint32 dab_fragments_number_tags(const char *regex);

/* The pattern with everything put in. `map` receives pairs of guint (offset in the result, offset in `regex`), so that an error in
 * the result finds its place in the file. NULL and an error (blaming `at`) for an unknown name or a cycle. */
char *dab_fragments_expand(const DabRules *rules, const char *regex, const DabYaml *at, GArray *map, GError **error);

#endif
