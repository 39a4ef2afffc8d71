/* dabiao cache: what is kept between runs. */
#include "cli/cache.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "dabiao/limits.h"

static const DabCliHelp help = {
    "[show|clear]",
    "Shows what is kept between runs, or clears it: the text of documents, so that changed rules run without reading them again, "
    "and\n"
    "which results stand as they were written, so that what has not changed is left alone. Results never depend on it.",
    "The folder is that of --cache, else of the variable DABIAO_CACHE (\"off\": none), else ~/.cache/dabiao (XDG_CACHE_HOME).\n"
    "\n"
    "Examples:\n"
    "  dabiao cache                          where it is, and how much is in it\n"
    "  dabiao cache clear                    removes it\n"
    "  dabiao convert --no-cache reports/    neither uses nor fills it\n"};

/* The folder; NULL: none is wanted. */
static char *folder_of(const char *named, gboolean shared) {
    const char *variable = g_getenv("DABIAO_CACHE");
    if (named) return g_strdup(named);
    if (variable) return *variable && strcmp(variable, "off") != 0 ? g_strdup(variable) : NULL;
    return shared ? NULL : g_build_filename(g_get_user_cache_dir(), "dabiao", NULL);
}

/* "800M", "20G": bytes; 0: no such thing. */
static guint64 read_size(const char *text) {
    static const char units[] = "KMGT";
    char *end;
    if (!g_ascii_isdigit(*text)) return 0;
    guint64 size = g_ascii_strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, g_ascii_toupper(*end)) : NULL;
    if (!unit || end[1] || size > 1u << 20) return 0;
    return size << (10 * (unit - units + 1));
}

gboolean dab_cli_cache_open(const DabCliCache *o, const char *verb, DabCache **cache, int *status) {
    guint64 most = o->size ? read_size(o->size) : DAB_CACHE_BYTES;
    *cache = NULL;
    if (!most) {
        *status = dab_cli_usage(verb, "--cache-size takes a number with K, M, G or T, not \"%s\"", o->size);
        return FALSE;
    }
    g_autofree char *folder = o->none ? NULL : folder_of(o->folder, o->shared);
    g_autoptr(GError) error = NULL;
    if (!folder) return TRUE;
    *cache = dab_cache_open(folder, most, &error);
    if (*cache || !o->folder) return TRUE; /* one that nobody asked for may fail */
    *status = dab_cli_usage(verb, "%s (--cache)", error->message);
    return FALSE;
}

static int show(const char *folder) {
    DabCacheCount count;
    dab_cache_count(folder, &count);
    printf("%s\n", folder);
    printf("  %" G_GUINT64_FORMAT " texts of documents, %.1f MB\n", count.texts, (double)count.text_bytes / 1e6);
    printf("  %" G_GUINT64_FORMAT " output folders that are known, %.1f MB\n", count.pasts, (double)count.past_bytes / 1e6);
    return DAB_EXIT_DONE;
}

static int clear(const char *verb, const char *folder) {
    DabCacheCount count;
    dab_cache_count(folder, &count);
    if (!dab_cache_clear(folder)) {
        fprintf(stderr, "%s: %s: not all of it could be removed\n", verb, folder);
        return DAB_EXIT_SOME_FAILED;
    }
    printf("%.1f MB removed from %s\n", (double)(count.text_bytes + count.past_bytes) / 1e6, folder);
    return DAB_EXIT_DONE;
}

int dab_cli_cache(int argc, char **argv) {
    g_autofree char *named = NULL;
    const GOptionEntry options[] = {{"cache", 0, 0, G_OPTION_ARG_FILENAME, &named, "Its folder", "DIR"}, {0}};
    int status;
    const char *verb = argv[0];
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    const char *what = argc > 1 ? argv[1] : "show";
    if (argc > 2 || (strcmp(what, "show") != 0 && strcmp(what, "clear") != 0))
        return dab_cli_usage(verb, "show or clear? Not \"%s\"", argv[argc - 1]);
    g_autofree char *folder = folder_of(named, FALSE);
    if (!folder) {
        puts("there is none: DABIAO_CACHE is off");
        return DAB_EXIT_DONE;
    }
    return strcmp(what, "show") == 0 ? show(folder) : clear(verb, folder);
}
