/* examples.h: runs the examples of the rule files: each `text` must give what its `gives` says through the rule it belongs to,
 * each `not` must give nothing through it. */
#ifndef DABIAO_EXAMPLES_H
#define DABIAO_EXAMPLES_H

#include "dabiao/rules.h"

/* `message` (file:line:column, what was wanted, what came) is lent for the call. */
typedef void (*DabExampleFailed)(const char *message, gpointer data);

typedef struct {
    guint passed, failed;
    guint rules, rules_without; /* rules_without: rules that have no example at all */
} DabExampleCount;

DabExampleCount dab_rules_test(const DabRules *rules, DabExampleFailed failed, gpointer data);

#endif
