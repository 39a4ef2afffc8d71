/* archives.h: inputs that are archives by their names (.zip, .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz, .tar.zst) and their content →
 * an input for each file in them. Members are listed in workers: an archive is as hostile as any document. */
#ifndef DABIAO_BULK_ARCHIVES_H
#define DABIAO_BULK_ARCHIVES_H

#include "bulk/inputs.h"
#include "bulk/recall.h"
#include "bulk/workers.h"

/* Replaces each archive by its members, in their order: a.zip → a.zip/2021/plan.pdf, … Left out as in folders: names that begin
 * with a dot, and what is no regular file. What has the name of an archive and is none, or is a document of the kinds that are ZIP
 * files, stays as it is. An archive that cannot be listed, holds nothing, or breaks off is an input that fails, behind the members
 * that can be read. `like`: workers, deadline, memory and sandbox; an archive may take DAB_ARCHIVE_DEADLINES deadlines.
 * `recall`: lists that are known are not made again; or NULL. FALSE without an error: interrupted. Errors as dab_inputs_settle,
 * which it calls. */
gboolean dab_archives_expand(GPtrArray *inputs, const DabWorkers *like, DabRecall *recall, GError **error);

#endif
