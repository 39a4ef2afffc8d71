/* landlock.h: which files a process may read that is shut in (landlock(7)): those below fonts, fontconfig, poppler-data, tessdata
 * and converters of character sets, and none besides. For sandbox.c. */
#ifndef DABIAO_BULK_LANDLOCK_H
#define DABIAO_BULK_LANDLOCK_H

#include <glib.h>

/* Shuts the thread off from all other files, for good: none can be read, written, made or removed, but for those it has open.
 * FALSE: the kernel cannot (before 5.13, or not enabled), and all is as it was. Wants PR_SET_NO_NEW_PRIVS. */
gboolean dab_landlock_enter(void);

#endif
