/* reader.h: an input → its bytes, in two steps: the parent opens files, a worker that is shut in reads from what is open. */
#ifndef DABIAO_BULK_READER_H
#define DABIAO_BULK_READER_H

#include "bulk/inputs.h"
#include "dabiao/source.h"

/* In the parent: a descriptor of the input's file, or of the archive it stands in; or -errno. The caller closes it. */
int dab_reader_open(const DabInput *input);

/* In the worker: the document. A member is reached by going through its archive, where the last one ended if it can be: a process
 * keeps the archive it read last. Errors as dab_source_open, dab_archive_next and dab_archive_unpack; unreadable when the archive
 * is not what it was when its members were listed. */
DabSource *dab_reader_source(DabPool *pool, const DabInput *input, int file, GError **error);

#endif
