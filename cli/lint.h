/* lint.h: a rule set that loads → what in it does nothing, or hardly what was meant: a list that nothing reads, two words told as
 * one, a role that there is not. Prints nothing. */
#ifndef DABIAO_CLI_LINT_H
#define DABIAO_CLI_LINT_H

#include "dabiao/rules.h"

/* `message`: file:line:column, what is odd, the line and a caret; lent for the call. */
typedef void (*DabLintSays)(const char *message, gpointer data);

/* Looks through the files of `dir`, from which `rules` were loaded. Returns how many things it has said; error: DAB_ERROR_RULES
 * when a file cannot be read any more. */
guint dab_rules_lint(const char *dir, const DabRules *rules, DabLintSays says, gpointer data, GError **error);

#endif
