/* What all verbs share: options, help, the rules' folder, files of a folder. */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* GOption knows "-j 4" and not "-j4": takes the two apart. */
static void split_short(int *argc, char ***argv, const GOptionEntry *options) {
    static GPtrArray *owned, *args; /* main's argv lives as long as the program, and so do these */
    owned = g_ptr_array_new_with_free_func(g_free);
    args = g_ptr_array_new();
    gboolean literal = FALSE;
    for (int i = 0; i < *argc; i++) {
        char *arg = (*argv)[i];
        literal |= strcmp(arg, "--") == 0;
        const GOptionEntry *o = i > 0 && !literal && arg[0] == '-' && arg[1] && arg[2] ? options : NULL;
        while (o && o->long_name && (o->short_name != arg[1] || o->arg == G_OPTION_ARG_NONE)) o++;
        if (o && o->long_name) {
            g_ptr_array_add(owned, g_strndup(arg, 2));
            g_ptr_array_add(args, owned->pdata[owned->len - 1]);
            arg += 2;
        }
        g_ptr_array_add(args, arg);
    }
    *argc = (int)args->len;
    g_ptr_array_add(args, NULL);
    *argv = (char **)args->pdata;
}

gboolean dab_cli_parse(int *argc, char ***argv, const GOptionEntry *options, const DabCliHelp *help, int *status) {
    g_autoptr(GOptionContext) context = g_option_context_new(help->arguments);
    g_autoptr(GError) error = NULL;
    split_short(argc, argv, options);
    const char *verb = (*argv)[0];
    g_set_prgname(verb);
    g_option_context_set_summary(context, help->summary);
    g_option_context_set_description(context, help->more);
    g_option_context_set_help_enabled(context, FALSE); /* GLib would print it recoded to the locale, and exit */
    gboolean wants_help = FALSE;
    const GOptionEntry help_option[] = {{"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Show this help", NULL}, {0}};
    g_option_context_add_main_entries(context, options, NULL);
    g_option_context_add_main_entries(context, help_option, NULL);
    if (!g_option_context_parse(context, argc, argv, &error)) {
        *status = dab_cli_usage(verb, "%s", error->message);
        return FALSE;
    }
    if (wants_help) {
        g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
        fputs(text, stdout);
        *status = DAB_EXIT_DONE;
        return FALSE;
    }
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) { /* GOption leaves it where the next argument begins with '-' */
        memmove(*argv + 1, *argv + 2, (gsize)(*argc - 1) * sizeof **argv);
        --*argc;
    }
    return TRUE;
}

int dab_cli_usage(const char *verb, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    fprintf(stderr, "%s: %s\nSee %s --help.\n", verb, message, verb);
    return DAB_EXIT_USAGE;
}

char *dab_cli_rules_folder(void) {
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    if (!program) return NULL;
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *installed = g_build_filename(folder, "..", "share", "dabiao", "rules", NULL);
    g_autofree char *beside = g_build_filename(folder, "rules", NULL);
    g_autofree char *above = g_build_filename(folder, "..", "rules", NULL);
    const char *places[] = {beside, above, installed};
    if (strcmp(name, "bin") == 0) places[0] = installed, places[2] = beside;
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        if (g_file_test(places[i], G_FILE_TEST_IS_DIR)) return g_canonicalize_filename(places[i], NULL);
    return NULL;
}

/* The folder that is meant; NULL: it has been said that there is none. */
static char *find_rules(const char *verb, const char *dir) {
    char *found = dir ? g_strdup(dir) : dab_cli_rules_folder();
    if (!found) fprintf(stderr, "%s: found no rules beside the program; name their folder with --rules DIR\n", verb);
    return found;
}

DabRules *dab_cli_load_rules(const char *verb, const char *dir) {
    g_autofree char *folder = find_rules(verb, dir);
    g_autoptr(GError) error = NULL;
    if (!folder) return NULL;
    DabRules *rules = dab_rules_load(folder, &error);
    if (!rules) fprintf(stderr, "%s: %s\n", verb, error->message);
    return rules;
}

char *dab_cli_rules_digest(const char *verb, const char *dir) {
    g_autofree char *folder = find_rules(verb, dir);
    g_autoptr(GError) error = NULL;
    if (!folder) return NULL;
    char *digest = dab_rules_digest_of(folder, &error);
    if (!digest) fprintf(stderr, "%s: %s\n", verb, error->message);
    return digest;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void collect(GPtrArray *files, const char *path, const char *suffix, guint depth) {
    GDir *dir = depth < 64 ? g_dir_open(path, 0, NULL) : NULL;
    if (!dir) return;
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        if (name[0] == '.') continue;
        if (g_file_test(file, G_FILE_TEST_IS_DIR))
            collect(files, file, suffix, depth + 1);
        else if (g_str_has_suffix(name, suffix))
            g_ptr_array_add(files, g_steal_pointer(&file));
    }
    g_dir_close(dir);
}

GPtrArray *dab_cli_files_below(const char *path, const char *suffix) {
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        collect(files, path, suffix, 0);
    else
        g_ptr_array_add(files, g_strdup(path));
    g_ptr_array_sort(files, by_bytes);
    return files;
}

const char *dab_cli_name_below(const char *file, const char *out, gboolean several) {
    gsize len = strlen(out);
    if (several || !g_file_test(out, G_FILE_TEST_IS_DIR) || strncmp(file, out, len) != 0) return file;
    file += len;
    while (*file == '/') file++;
    return file;
}

gboolean dab_cli_read_ocr(const char *text, DabOcr *ocr) {
    static const char *const names[] = {"auto", "never", "always"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(text, names[i])) {
            *ocr = (DabOcr)i;
            return TRUE;
        }
    return FALSE;
}

guint dab_cli_distance(const char *a, const char *b) {
    enum { MAX = 24 };
    gsize n = strlen(a), m = strlen(b);
    if (n >= MAX || m >= MAX) return G_MAXUINT;
    guint d[MAX][MAX];
    for (gsize i = 0; i <= n; i++) d[i][0] = (guint)i;
    for (gsize j = 0; j <= m; j++) d[0][j] = (guint)j;
    for (gsize i = 1; i <= n; i++)
        for (gsize j = 1; j <= m; j++) {
            guint cost = a[i - 1] != b[j - 1];
            d[i][j] = MIN(MIN(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = MIN(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}
