/* findings.h: which checks rules of stage "finding" may name. */
#ifndef DABIAO_ENGINE_FINDINGS_H
#define DABIAO_ENGINE_FINDINGS_H

#include <glib.h>

/* Whether `set: {check: NAME}` names a check that there is. */
gboolean dab_finding_is_known(const char *check);

#endif
