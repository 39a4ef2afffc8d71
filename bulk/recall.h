/* recall.h: what a run remembers of earlier ones: which results stand as this run would write them, and what was extracted from
 * which bytes. Between run.c, which knows documents, and cache.h and past.h, which know files.
 *
 * What a worker sends is not believed further than its own document: the hash under which its text is kept is taken here, and the
 * text of a member of an archive is kept for that archive alone. */
#ifndef DABIAO_BULK_RECALL_H
#define DABIAO_BULK_RECALL_H

#include "bulk/cache.h"
#include "bulk/inputs.h"
#include "bulk/result.h"
#include "dabiao/source.h"

typedef struct DabRecall DabRecall;

/* All functions take NULL for a run without memory, and then find nothing. `cache` is lent and must outlive it. `rules`: the digest
 * of the rule set. */
DabRecall *dab_recall_open(DabCache *cache, const char *out_dir, const char *rules, DabOcr ocr);
void dab_recall_close(DabRecall *recall);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabRecall, dab_recall_close)

/* TRUE: the output of this input stands there just as it was written, and everything it depends on is as it was. The result gets
 * all but the JSON, and the caller's status. Reads neither file. */
gboolean dab_recall_result(const DabRecall *recall, const DabInput *input, DabResult *result);
/* The hash of an input that is as it was, or NULL; free it. Such an input counts as seen (dab_recall_seen). */
char *dab_recall_sha256(DabRecall *recall, const DabInput *input);

/* The members of an archive that is as it was (member_lists.h), or NULL; free it. And keeps such a list, of an archive that was
 * seen (dab_recall_seen). */
GString *dab_recall_members(DabRecall *recall, const DabInput *archive);
void dab_recall_keep_members(DabRecall *recall, const DabInput *archive, const char *list, gsize bytes);

/* Before a worker gets the input, whose file (or archive) is open as `file`: a descriptor of its text, or -errno. */
int dab_recall_text(DabRecall *recall, const DabInput *input, int file);
/* Whether the text of an input is to be kept, so that a worker need not send what nobody takes. */
gboolean dab_recall_keeps(const DabRecall *recall);
/* TRUE: its worker died over a text that had been kept, which is kept no longer: the input wants another try. */
gboolean dab_recall_misled(DabRecall *recall, const DabInput *input, const DabResult *result);
/* After the output is written or removed; `stands`: it is there. */
void dab_recall_done(DabRecall *recall, const DabInput *input, const DabResult *result, gboolean stands);

/* Before an input is compared with others: so that a copy, which no worker converts, is known again too. */
void dab_recall_seen(DabRecall *recall, const DabInput *input, int file);
void dab_recall_forget(DabRecall *recall, const DabInput *input);

#endif
