#include "bulk/merge.h"

#include <stdio.h>
#include <string.h>

#include "bulk/file.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "output/json.h"
#include "output/value.h"

#define MAX_NAMED 8 /* shards that a message names; more would hide the point */

/* How a shard was made; `by` is the shard that said so first. */
typedef struct {
    char *version, *rules;
    guint of, by;
} Maker;

typedef struct {
    const char *dir;
    guint n;             /* shards */
    guint *wanted, *got; /* inputs of each shard as its lines say, and lines; [0] is not used */
    GPtrArray *lines;    /* of manifest.jsonl, by place; NULL: not seen yet */
    Maker maker;
    DabMergeCount count;
} Merge;

static gboolean fail(GError **error, DabErrorCode code, const char *format, ...) G_GNUC_PRINTF(3, 4);
static gboolean fail(GError **error, DabErrorCode code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error_literal(error, DAB_ERROR, (gint)code, message);
    return FALSE;
}

/* manifest.2-of-8.jsonl → 2, 8, and whether it is the .part of a run that has not ended. */
static gboolean read_name(const char *name, guint *i, guint *n, gboolean *part) {
    int end = 0;
    *part = g_str_has_suffix(name, ".jsonl.part");
    if (sscanf(name, "manifest.%7u-of-%7u.jsonl%n", i, n, &end) != 2 || !end) return FALSE;
    return *n > 1 && *i >= 1 && *i <= *n && (!name[end] || *part);
}

static void name_shard(GString *list, guint shard, guint *named) {
    if (*named < MAX_NAMED) g_string_append_printf(list, "%s%u", *named ? ", " : "", shard);
    if (*named == MAX_NAMED) g_string_append(list, ", …");
    ++*named;
}

/* Finds how many shards there are to be. Each must be there, and none have a .part. */
static gboolean find_shards(Merge *m, GError **error) {
    GDir *dir = g_dir_open(m->dir, 0, NULL);
    if (!dir) return fail(error, DAB_ERROR_UNREADABLE, "%s cannot be read, or is no folder", m->dir);
    g_autoptr(GHashTable) whole = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GHashTable) open = g_hash_table_new(g_direct_hash, g_direct_equal);
    guint i, n, other = 0;
    gboolean part;
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (!read_name(name, &i, &n, &part)) continue;
        if (!m->n) m->n = n;
        if (n != m->n) other = n;
        g_hash_table_add(part ? open : whole, GUINT_TO_POINTER(i));
    }
    g_dir_close(dir);
    if (!m->n) return fail(error, DAB_ERROR_USAGE, "%s has no manifest.I-of-N.jsonl: nothing to merge", m->dir);
    if (other)
        return fail(error, DAB_ERROR_USAGE, "%s has shards of %u and of %u; remove the manifests of the one that is not wanted",
                    m->dir, MIN(m->n, other), MAX(m->n, other));
    g_autoptr(GString) missing = g_string_new(NULL), running = g_string_new(NULL);
    guint n_missing = 0, n_running = 0;
    for (i = 1; i <= m->n; i++) {
        if (g_hash_table_contains(open, GUINT_TO_POINTER(i)))
            name_shard(running, i, &n_running);
        else if (!g_hash_table_contains(whole, GUINT_TO_POINTER(i)))
            name_shard(missing, i, &n_missing);
    }
    if (n_missing) return fail(error, DAB_ERROR_NOT_FOUND, "of %u shards, %u missing: %s", m->n, n_missing, missing->str);
    if (n_running)
        return fail(error, DAB_ERROR_NOT_FOUND, "of %u shards, %u still running or killed (run again with --resume): %s", m->n,
                    n_running, running->str);
    return TRUE;
}

static gboolean check_maker(Merge *m, guint shard, const DabValue *made, GError **error) {
    const char *version = dab_value_text(made, "version"), *rules = dab_value_text(made, "rules");
    double of = dab_value_number(made, "of", 0);
    if (!version || !rules || !(of >= 1 && of <= DAB_MAX_INPUTS))
        return fail(error, DAB_ERROR_DAMAGED, "shard %u has a line that does not say how it was made", shard);
    if (!m->maker.version) {
        m->maker = (Maker){g_strdup(version), g_strdup(rules), (guint)of, shard};
        g_ptr_array_set_size(m->lines, (gint)of);
        return TRUE;
    }
    const char *differ = strcmp(version, m->maker.version) ? "another version of dabiao"
                         : strcmp(rules, m->maker.rules)   ? "other rules"
                         : (guint)of != m->maker.of        ? "another list of inputs"
                                                           : NULL;
    if (!differ) return TRUE;
    return fail(error, DAB_ERROR_DAMAGED, "shard %u was made with %s than shard %u; convert one of them again", shard, differ,
                m->maker.by);
}

/* The line as a whole run writes it: without its last key. Inside a string the quotes would be escaped. */
static char *without_shard(const char *line) {
    const char *at = g_strrstr(line, ",\"" DAB_SHARD_KEY "\":{");
    return at ? g_strdup_printf("%.*s}\n", (int)(at - line), line) : NULL;
}

static gboolean add_line(Merge *m, guint shard, const char *text, GError **error) {
    g_autoptr(DabValue) line = dab_value_parse(text, strlen(text));
    const DabValue *made = dab_value_get(line, DAB_SHARD_KEY);
    if (!made) return fail(error, DAB_ERROR_DAMAGED, "shard %u has a line that is of no shard's manifest", shard);
    if (!check_maker(m, shard, made, error)) return FALSE;
    double place = dab_value_number(made, "place", -1);
    if (!(place >= 0 && place < m->maker.of) || m->lines->pdata[(guint)place])
        return fail(error, DAB_ERROR_DAMAGED, "shard %u has a line twice, or one that another shard has", shard);
    m->wanted[shard] = (guint)MAX(dab_value_integer(made, "inputs", 0), 0);
    m->got[shard]++;
    const char *output = dab_value_text(line, "output");
    g_autofree char *path = output ? g_build_filename(m->dir, output, NULL) : NULL;
    if (path && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return fail(error, DAB_ERROR_NOT_FOUND, "shard %u: its output %s is missing", shard, output);
    m->lines->pdata[(guint)place] = without_shard(text);
    m->count.failed += !output;
    return m->lines->pdata[(guint)place] ||
           fail(error, DAB_ERROR_DAMAGED, "shard %u has a line that is of no shard's manifest", shard);
}

static gboolean add_shard(Merge *m, guint shard, GError **error) {
    g_autofree char *name = g_strdup_printf("manifest.%u-of-%u.jsonl", shard, m->n);
    g_autofree char *path = g_build_filename(m->dir, name, NULL), *text = NULL;
    g_autoptr(GError) why = NULL;
    if (!g_file_get_contents(path, &text, NULL, &why)) return fail(error, DAB_ERROR_UNREADABLE, "%s", why->message);
    for (char *line = text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        if (!end) return fail(error, DAB_ERROR_DAMAGED, "shard %u: its manifest is cut off", shard);
        *end = 0;
        if (!add_line(m, shard, line, error)) return FALSE;
    }
    return TRUE;
}

/* A run that was interrupted leaves a manifest without the inputs that it did not come to: maybe without any, so that nothing says
 * how many it had. */
static gboolean check_all(const Merge *m, GError **error) {
    guint missing = 0, named = 0, known = 0;
    for (guint k = 0; k < m->lines->len; k++) missing += !m->lines->pdata[k];
    if (!missing) return TRUE;
    for (guint i = 1; i <= m->n; i++) known += m->wanted[i] - MIN(m->wanted[i], m->got[i]);
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 1; i <= m->n; i++)
        if (m->got[i] < m->wanted[i] || (known < missing && !m->got[i])) name_shard(list, i, &named);
    return fail(error, DAB_ERROR_NOT_FOUND, "of %u shards, %u cut short, %u inputs missing (run again with --resume): %s", m->n,
                named, missing, list->str);
}

static gboolean merge(Merge *m, GError **error) {
    if (!find_shards(m, error)) return FALSE;
    m->wanted = g_new0(guint, m->n + 1);
    m->got = g_new0(guint, m->n + 1);
    for (guint i = 1; i <= m->n; i++)
        if (!add_shard(m, i, error)) return FALSE;
    if (!check_all(m, error)) return FALSE;
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint k = 0; k < m->lines->len; k++) g_string_append(all, m->lines->pdata[k]);
    g_autofree char *path = g_build_filename(m->dir, "manifest.jsonl", NULL);
    m->count.shards = m->n;
    m->count.inputs = m->lines->len;
    return dab_file_write(path, all->str, all->len, error);
}

gboolean dab_merge(const char *dir, DabMergeCount *count, GError **error) {
    Merge m = {.dir = dir, .lines = g_ptr_array_new_with_free_func(g_free)};
    gboolean done = merge(&m, error);
    *count = m.count;
    g_ptr_array_unref(m.lines);
    g_free(m.wanted);
    g_free(m.got);
    g_free(m.maker.version);
    g_free(m.maker.rules);
    return done;
}
