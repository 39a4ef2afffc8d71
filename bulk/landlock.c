/* The kernel's own interface, whose headers are often older than the kernel: what of them is needed stands here. */
#include "bulk/landlock.h"

#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

enum { RULE_PATH_BENEATH = 1, VERSION_FLAG = 1 };
enum { READ_FILE = 1 << 2, READ_DIR = 1 << 3 };

typedef struct {
    guint64 fs, net, scoped;
} Ruleset; /* struct landlock_ruleset_attr; older kernels know the first of its members */

typedef struct {
    guint64 access;
    gint32 fd;
} __attribute__((packed)) PathRule; /* struct landlock_path_beneath_attr */

/* Folders and files that libraries read for themselves. */
static const char *const readable[] = {
    "/etc/fonts",
    "/usr/share/fontconfig",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/X11/fonts",
    "/usr/X11R6/lib/X11/fonts",
    "/var/cache/fontconfig",
    "/usr/share/poppler",
    "/usr/local/share/poppler",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/share/tesseract",
    "/usr/local/share/tessdata",
    "/usr/lib64/gconv",
    "/usr/lib/gconv",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/urandom",
};

static void allow(int ruleset, const char *path) {
    struct stat st;
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0) return; /* not on this machine */
    if (fstat(fd, &st) == 0) {
        PathRule rule = {.access = S_ISDIR(st.st_mode) ? READ_FILE | READ_DIR : READ_FILE, .fd = fd};
        if (strcmp(path, "/") != 0) syscall(__NR_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

static void allow_below(int ruleset, const char *folder, const char *name) {
    g_autofree char *path = folder && *folder ? g_build_filename(folder, name, NULL) : NULL;
    allow(ruleset, path);
}

/* Converters of odd character sets: Debian has them in /usr/lib/x86_64-linux-gnu/gconv and the like. */
static void allow_converters(int ruleset) {
    GDir *dir = g_dir_open("/usr/lib", 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *gconv = strstr(name, "-linux-") ? g_build_filename("/usr/lib", name, "gconv", NULL) : NULL;
        allow(ruleset, gconv);
    }
    if (dir) g_dir_close(dir);
}

/* Fonts of the user, and what environment variables say of fonts and tessdata. */
static void allow_own(int ruleset) {
    allow_below(ruleset, g_getenv("HOME"), ".fonts");
    allow_below(ruleset, g_getenv("HOME"), ".fonts.conf");
    allow_below(ruleset, g_get_user_data_dir(), "fonts");
    allow_below(ruleset, g_get_user_cache_dir(), "fontconfig");
    allow_below(ruleset, g_get_user_config_dir(), "fontconfig");
    for (const char *const *dir = g_get_system_data_dirs(); *dir; dir++) allow_below(ruleset, *dir, "fonts");
    allow(ruleset, g_getenv("FONTCONFIG_FILE"));
    allow(ruleset, g_getenv("FONTCONFIG_PATH"));
    allow(ruleset, g_getenv("TESSDATA_PREFIX"));
}

/* What an ABI version can forbid: everything it knows (landlock(7)). */
static gsize rules_of(long abi, Ruleset *rules) {
    static const int n_rights[] = {0, 13, 14, 15, 15, 16};
    rules->fs = (G_GUINT64_CONSTANT(1) << n_rights[MIN(abi, 5)]) - 1;
    rules->net = 3;    /* bind and connect of TCP */
    rules->scoped = 3; /* abstract sockets and signals stay inside */
    return abi >= 6 ? sizeof *rules : abi >= 4 ? 2 * sizeof(guint64) : sizeof(guint64);
}

gboolean dab_landlock_enter(void) {
    Ruleset rules;
    long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
    if (abi < 1) return FALSE;
    gsize bytes = rules_of(abi, &rules);
    int ruleset = (int)syscall(__NR_landlock_create_ruleset, &rules, bytes, 0);
    if (ruleset < 0) return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(readable); i++) allow(ruleset, readable[i]);
    allow_converters(ruleset);
    allow_own(ruleset);
    gboolean done = syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done;
}
