/* explain.h: why the numbers of a text are read as they are: which rule named each, which gave it its role, and what a certain rule
 * lacks to hold. */
#ifndef DABIAO_CLI_EXPLAIN_H
#define DABIAO_CLI_EXPLAIN_H

#include "dabiao/measure.h"

/* The rule of this id, or NULL. */
const DabRule *dab_cli_find_rule(const DabRules *rules, const char *id);

/* Prints what became of the numbers of each sentence that holds `words` (NULL: of each that has numbers); of `asked`, when not
 * NULL, what it lacks. Returns how many sentences that were. */
guint dab_cli_explain(const DabDocument *document, const DabRules *rules, const char *words, const DabRule *asked);

#endif
