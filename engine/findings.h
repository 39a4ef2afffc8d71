/* findings.h: which checks rules of stage "finding" may name. */
#ifndef DABIAO_ENGINE_FINDINGS_H
#define DABIAO_ENGINE_FINDINGS_H

#include "dabiao/rules.h"

/* Whether `set: {check: NAME}` names a check that there is. */
gboolean dab_finding_is_known(const char *check);
/* Whether a rule's pattern is matched with the shapes of sentences, and relates figures of one. */
gboolean dab_finding_is_relation(const DabRule *rule);

#endif
