/* numeral_keys.h: one key of `numerals:` → its part of DabNumerals. For numeral_table.c, which says which key is read how.
 *
 * Readers take what the key holds; a key that is not there leaves its part empty. FALSE and DAB_ERROR_RULES, which points at the
 * place, for what they do not understand: nothing in a rule file is passed over in silence. */
#ifndef DAB_PARSERS_NUMERAL_KEYS_H
#define DAB_PARSERS_NUMERAL_KEYS_H

#include "parsers/numerals.h"

typedef struct {
    DabNumerals *table; /* being filled */
    const DabRules *rules;
    const DabYaml *root; /* the mapping below `numerals:` */
    GError **error;
} DabNumeralKeys;

/* The mapping, or list, under `key` of `in`: an empty one when the key is not there; NULL and the error when it is neither. */
const DabYaml *dab_numeral_mapping(DabNumeralKeys *k, const DabYaml *in, const char *key);
const DabYaml *dab_numeral_list(DabNumeralKeys *k, const DabYaml *in, const char *key);
/* The text of a scalar. NULL and the error. */
const char *dab_numeral_word(DabNumeralKeys *k, const DabYaml *node);
/* The whole number that a scalar is. */
gboolean dab_numeral_integer(DabNumeralKeys *k, const DabYaml *node, gint64 low, gint64 high, gint64 *value);
/* The place of a name (a unit, a kind) in `names`, where it is put if it is new. */
guint dab_numeral_name(DabNumeralKeys *k, const char *name);

/* ---- characters ---- */

/* {一: 1, 二: 2}: characters of a class with their values, up to `most`. */
gboolean dab_numeral_read_class(DabNumeralKeys *k, const char *key, DabNumClass klass, gint64 most);
/* [零, 〇]: characters that play a part besides. */
gboolean dab_numeral_read_role(DabNumeralKeys *k, const char *key, guint16 role);
/* [①②③, ⑴⑵⑶]: each string counts from 1. */
gboolean dab_numeral_read_enclosed(DabNumeralKeys *k);

/* ---- a key → the words of a trie and what they mean ---- */

typedef gboolean DabNumeralReader(DabNumeralKeys *k, const char *key, DabTrie *trie);

DabNumeralReader dab_numeral_read_words;  /* [word, …], or the keys of a mapping: 0 */
DabNumeralReader dab_numeral_read_named;  /* {word: name}: the name's place in `names` */
DabNumeralReader dab_numeral_read_cues;   /* {'>=': [word, …]}: a DabComparator or DAB_CUE_… */
DabNumeralReader dab_numeral_read_no_cue; /* [word, …]: DAB_CUE_NO */
DabNumeralReader dab_numeral_read_powers; /* {k: 3}: the power of ten */

DabNumeralReader dab_numeral_read_units;    /* units, units_not, units_digits_only, percent: as `units` of DabNumerals */
DabNumeralReader dab_numeral_read_lists;    /* names of word lists, one or several: 0 */
DabNumeralReader dab_numeral_read_lexicons; /* {word list: kind}: the kind's place in `names` */
DabNumeralReader dab_numeral_read_subunits; /* {元: {角: 1}}: 元角, the power of ten between them */

DabNumeralReader dab_numeral_read_factors;  /* {打: {times: 12, …}}: the factor */
DabNumeralReader dab_numeral_read_not;      /* {成: [立, …]}, {打: {not: [击, …]}}: 成立, 打击; 0 */
DabNumeralReader dab_numeral_read_literals; /* {一半: {value: 0.5, …}}: the place in `literal_values` */

/* ---- the rest ---- */

/* unit_kinds and percent: unit → kind of number. */
gboolean dab_numeral_read_unit_kinds(DabNumeralKeys *k);
/* {2: '%'} of `in`: `shares[2]` is the unit, interned. */
gboolean dab_numeral_read_shares(DabNumeralKeys *k, const DabYaml *in, const char **shares);
/* What is read in another way where no report is given: its own `shares`, and the kinds of context to leave `whole`. */
gboolean dab_numeral_read_plain(DabNumeralKeys *k);

#endif
