/* seccomp.h: which system calls a process may make that is shut in (seccomp(2)): those on a list, which libraries need to read a
 * document, and none besides. For sandbox.c. The only user of libseccomp. */
#ifndef DABIAO_BULK_SECCOMP_H
#define DABIAO_BULK_SECCOMP_H

#include <glib.h>

/* Shuts the process off from all other calls, for good: those that libraries know how to do without give EPERM, the rest does not
 * exist (ENOSYS). FALSE: the kernel cannot, and all is as it was. Wants PR_SET_NO_NEW_PRIVS. */
gboolean dab_seccomp_enter(void);

#endif
