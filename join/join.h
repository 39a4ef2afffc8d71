/* join.h: outputs of many documents → links between documents: a target of one answered by an outcome of a later one; and findings:
 * a target easier than the one of the year before. Reads and prints nothing. docs/SCHEMA.md tells users what is joined. */
#ifndef DABIAO_JOIN_JOIN_H
#define DABIAO_JOIN_JOIN_H

#include "dabiao/rules.h"
#include "output/read.h"

typedef struct DabJoin DabJoin;

/* Borrows the rules. */
DabJoin *dab_join_new(const DabRules *rules);
void dab_join_free(DabJoin *join); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabJoin, dab_join_free)

/* Takes the targets and outcomes of an output to heart; copies what it keeps (some 300 bytes a measure). `name`: how links call it.
 */
void dab_join_add(DabJoin *join, const DabOutput *output, const char *name);

/* The lines of links.jsonl, one a target that is answered, in order of the documents as they were added and of their measures.
 *
 * Joined are a target and an outcome of two documents of other content, of the same region (the same issuer where one names no
 * region) and the same year, the outcome's document not the older one, whose indicators are alike, of units that compare, both
 * levels or both changes. Not joined is an outcome of a part of the target's year, a target that its own document has answered
 * already, names of which one alone has a word of "distinguishing_words", and a group (scope) that the other side does not speak
 * of. */
GString *dab_join_links(DabJoin *join, guint *n_links);

/* The lines of findings.jsonl, in order of the targets: rules of stage "finding" with the check target_fell, between documents. */
GString *dab_join_findings(DabJoin *join, guint *n_findings);

#endif
