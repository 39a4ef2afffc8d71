/* sandbox.h: shuts the calling process in for good: it may compute, read what it has open and the few folders named here, and
 * write to what it has open. Knows nothing of documents.
 *
 *   Landlock (landlock(7))  files below fonts, fontconfig, poppler-data, tessdata and converters of character sets can be
 *                           read; no others, and nothing can be written, made or removed
 *   seccomp (seccomp(2))    system calls by a list: no sockets, no programs, no processes or threads, no signals to others,
 *                           no tracing, nothing opened for writing, no limit raised. What is not on the list does not exist
 *                           (ENOSYS).
 *   limits (setrlimit(2))   no byte to any file, few descriptors, no core
 */
#ifndef DABIAO_BULK_SANDBOX_H
#define DABIAO_BULK_SANDBOX_H

#include <glib.h>

typedef enum {
    DAB_SANDBOX_AUTO,    /* what walls the system has */
    DAB_SANDBOX_REQUIRE, /* all of them */
    DAB_SANDBOX_OFF,
} DabSandbox;

/* Makes ready in the parent what a process cannot load any more once it is shut in. Once; costs next to nothing. */
void dab_sandbox_prepare(void);

/* Shuts the process in, as far as the system can. FALSE and DAB_ERROR_UNREADABLE when a wall is missing: the message names it;
 * the other walls stand. The process must have one thread. */
gboolean dab_sandbox_enter(GError **error);

/* Whether all walls stand in a process like this one: tries it in a child. FALSE as dab_sandbox_enter. */
gboolean dab_sandbox_probe(GError **error);

#endif
