#include "bulk/inputs.h"

#include <string.h>
#include <sys/stat.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

typedef struct {
    GPtrArray *inputs;
    struct stat out; /* the output folder, where it is there already */
    gboolean has_out;
    gboolean in_place;                         /* results stand beside the inputs: those of an earlier run are no inputs */
    struct stat parents[DAB_MAX_FOLDER_DEPTH]; /* the folders we are in: a link that leads back to one is a loop */
} Walk;

static void input_free(void *data) {
    DabInput *input = data;
    g_free(input->file_name);
    g_free(input->shown);
    g_free(input->output);
    g_free(input->problem);
    g_free(input);
}

static void add(Walk *w, const char *file_name, const char *shown, const char *problem) {
    DabInput *input = g_new0(DabInput, 1);
    input->file_name = g_strdup(file_name);
    input->shown = g_strdup(shown);
    input->output = g_strconcat(shown, ".json", NULL);
    input->problem = g_strdup(problem);
    g_ptr_array_add(w->inputs, input);
}

static gboolean same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, sorted; NULL when it cannot be read. */
static GPtrArray *names_in(const char *folder, GError **error) {
    GDir *dir = g_dir_open(folder, 0, error);
    if (!dir) return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; (name = g_dir_read_name(dir));)
        if (name[0] != '.') g_ptr_array_add(names, g_strdup(name));
    g_dir_close(dir);
    g_ptr_array_sort(names, by_bytes);
    return names;
}

static gboolean is_result(const char *name) {
    return g_str_has_suffix(name, ".json") || !strcmp(name, "links.jsonl") || (g_str_has_prefix(name, "manifest") && strstr(name, ".jsonl"));
}

/* `prefix`: the folder's path as results show it, "" for the one that was named. `self`: the folder itself. */
static void walk_folder(Walk *w, const char *folder, const char *prefix, const struct stat *self, guint depth) {
    if (depth >= DAB_MAX_FOLDER_DEPTH) {
        add(w, folder, prefix, "folders are nested too deep");
        return;
    }
    for (guint i = 0; i < depth; i++)
        if (same_file(&w->parents[i], self)) return;
    w->parents[depth] = *self;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) names = names_in(folder, &error);
    if (!names) {
        g_autofree char *own_name = g_path_get_basename(folder);
        add(w, folder, *prefix ? prefix : own_name, error->message);
        return;
    }
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *shown = *prefix ? g_build_filename(prefix, name, NULL) : g_strdup(name);
        struct stat st;
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
            if (!w->has_out || !same_file(&w->out, &st)) walk_folder(w, path, shown, &st, depth + 1);
        } else if (!w->in_place || !is_result(name))
            add(w, path, shown, NULL);
        if (w->inputs->len > DAB_MAX_INPUTS) return;
    }
}

static void add_path(Walk *w, const char *path) {
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        w->in_place = w->has_out && same_file(&w->out, &st);
        walk_folder(w, path, "", &st, 0);
    } else {
        g_autofree char *name = g_path_get_basename(path);
        add(w, path, name, NULL);
    }
}

static gboolean usage_error(GError **error, const DabInput *a, const DabInput *b) {
    g_set_error(error, DAB_ERROR, DAB_ERROR_USAGE,
                "%s and %s would both be written to %s; convert them into different folders (-o)", a->file_name, b->file_name,
                a->output);
    return FALSE;
}

static gboolean check_outputs(GPtrArray *inputs, GError **error) {
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        DabInput *other = g_hash_table_lookup(taken, input->output);
        if (other) return usage_error(error, other, input);
        g_hash_table_insert(taken, input->output, input);
    }
    for (guint i = 0; i < inputs->len; i++) { /* a.pdf beside a folder a.pdf.json */
        DabInput *input = g_ptr_array_index(inputs, i);
        g_autofree char *folder = g_strdup(input->output);
        for (char *slash; (slash = strrchr(folder, '/'));) {
            *slash = 0;
            DabInput *other = g_hash_table_lookup(taken, folder);
            if (other) return usage_error(error, other, input);
        }
    }
    return TRUE;
}

GPtrArray *dab_inputs_find(const char *const *paths, const char *out_dir, GError **error) {
    g_autofree Walk *w = g_new0(Walk, 1);
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(input_free);
    w->inputs = inputs;
    w->has_out = stat(out_dir, &w->out) == 0;
    for (; *paths; paths++) add_path(w, *paths);
    if (inputs->len > DAB_MAX_INPUTS) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u inputs; split the run", DAB_MAX_INPUTS);
        return NULL;
    }
    if (!check_outputs(inputs, error)) return NULL;
    return g_steal_pointer(&inputs);
}

void dab_inputs_shard(GPtrArray *inputs, guint i, guint n) {
    guint kept = 0;
    for (guint k = 0; k < inputs->len; k++) {
        DabInput *input = inputs->pdata[k];
        input->place = k;
        input->of = inputs->len;
        if (dab_inputs_shard_of(k, n) == i)
            inputs->pdata[kept++] = input;
        else
            input_free(input);
    }
    g_ptr_array_set_free_func(inputs, NULL); /* what follows `kept` is freed or has moved */
    g_ptr_array_set_size(inputs, (int)kept);
    g_ptr_array_set_free_func(inputs, input_free);
}
