#include "bulk/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulk/landlock.h"
#include "bulk/sanitized.h"
#include "bulk/seccomp.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

static void limit(int resource, rlim_t to) {
    struct rlimit both = {to, to};
    setrlimit(resource, &both);
}

void dab_sandbox_prepare(void) {
    /* glibc loads converters as libraries, when first asked and as long as one is open */
    static GIConv kept_open;
    if (!kept_open) kept_open = g_iconv_open("UTF-8", "GB18030");
}

gboolean dab_sandbox_enter(GError **error) {
    if (DAB_SANITIZED) { /* which write reports, and map and trace as they like */
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "a build with sanitizers cannot be shut in");
        return FALSE;
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, DAB_WORKER_DESCRIPTORS);
    gboolean privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    gboolean files = privileges && dab_landlock_enter(), calls_too = privileges && dab_seccomp_enter();
    if (files && calls_too) return TRUE;
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "this system has no %s%s%s",
                files ? "" : "Landlock (Linux 5.13 and up, enabled: files that are readable stay so)",
                files || calls_too ? "" : " and no ", calls_too ? "" : "seccomp filters (system calls stay open)");
    return FALSE;
}

gboolean dab_sandbox_probe(GError **error) {
    int back[2];
    char message[512];
    if (pipe2(back, O_CLOEXEC) != 0) return TRUE; /* there are worse worries, and they show at once */
    pid_t pid = fork();
    if (pid == 0) {
        g_autoptr(GError) missing = NULL;
        if (dab_sandbox_enter(&missing)) _exit(0);
        _exit(write(back[1], missing->message, strlen(missing->message)) < 0 ? 2 : 1);
    }
    close(back[1]);
    ssize_t n = pid > 0 ? read(back[0], message, sizeof message - 1) : 0;
    close(back[0]);
    int status = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) return TRUE;
    message[MAX(n, 0)] = 0;
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "%s", n > 0 ? message : "this system stops a process that is shut in");
    return FALSE;
}
