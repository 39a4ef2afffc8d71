#include "bulk/inputs.h"

#include <string.h>
#include <sys/stat.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

typedef struct {
    GPtrArray *inputs;
    struct stat out; /* the output folder, where it is there already */
    gboolean has_out;
    guint n_folders;
    gboolean in_place;                         /* results stand beside the inputs: those of an earlier run are no inputs */
    struct stat parents[DAB_MAX_FOLDER_DEPTH]; /* the folders we are in: a link that leads back to one is a loop */
} Walk;

void dab_input_free(void *data) {
    DabInput *input = data;
    g_free(input->sha256);
    g_free(input->same_as);
    g_free(input->problem);
    g_free(input->own_output);
    g_free(input);
}

/* One part of a path. 255 bytes is what file systems allow (NAME_MAX). */
static void append_safe(GString *out, const char *name, gsize len, gsize room) {
    gsize start = out->len;
    for (const char *p = name; p < name + len;) {
        gunichar c = g_utf8_get_char_validated(p, name + len - p);
        if (c & 0x80000000u || c < 0x20 || c == 0x7F)
            g_string_append_printf(out, "%%%02X", (guchar)*p++);
        else {
            const char *next = g_utf8_next_char(p);
            g_string_append_len(out, p, next - p);
            p = next;
        }
    }
    if (out->len - start <= room) return;
    g_autofree char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)name, len);
    gsize keep = start + room - 17;
    while ((out->str[keep] & 0xC0) == 0x80) keep--;
    g_string_truncate(out, keep);
    g_string_append_printf(out, "~%.16s", digest);
}

static char *output_of(const char *shown) {
    GString *out = g_string_new(NULL);
    for (const char *part = shown;;) {
        const char *slash = strchr(part, '/');
        append_safe(out, part, slash ? (gsize)(slash - part) : strlen(part), slash ? 255 : 255 - strlen(".json"));
        if (!slash) break;
        g_string_append_c(out, '/');
        part = slash + 1;
    }
    return g_string_free(g_string_append(out, ".json"), FALSE);
}

DabInput *dab_input_new(const char *file_name, const char *shown) {
    g_autofree char *output = output_of(shown);
    gsize file_bytes = strlen(file_name) + 1, shown_bytes = strlen(shown) + 1, output_bytes = strlen(output) + 1;
    gboolean is_part = g_str_has_suffix(file_name, shown);
    DabInput *input = g_malloc0(sizeof *input + file_bytes + output_bytes + (is_part ? 0 : shown_bytes));
    char *names = input->file_names;
    input->file_name = memcpy(names, file_name, file_bytes);
    input->output = memcpy(names + file_bytes, output, output_bytes);
    input->shown = is_part ? names + file_bytes - shown_bytes : memcpy(names + file_bytes + output_bytes, shown, shown_bytes);
    input->member = DAB_NO_MEMBER;
    input->bytes = -1;
    return input;
}

static DabInput *add(Walk *w, const char *file_name, const char *shown, const char *problem) {
    DabInput *input = dab_input_new(file_name, shown);
    input->problem = g_strdup(problem);
    input->problem_code = DAB_ERROR_UNREADABLE;
    g_ptr_array_add(w->inputs, input);
    return input;
}

static void add_file(Walk *w, const char *path, const char *shown, const struct stat *st) {
    DabInput *input = add(w, path, shown, NULL);
    if (st && S_ISREG(st->st_mode)) input->bytes = st->st_size;
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
    return g_str_has_suffix(name, ".json") || !strcmp(name, "links.jsonl") ||
           (g_str_has_prefix(name, "manifest") && strstr(name, ".jsonl"));
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
    if (++w->n_folders > DAB_MAX_INPUTS) return;
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
        gboolean is_there = stat(path, &st) == 0;
        if (is_there && S_ISDIR(st.st_mode)) {
            if (!w->has_out || !same_file(&w->out, &st)) walk_folder(w, path, shown, &st, depth + 1);
        } else if (!w->in_place || !is_result(name))
            add_file(w, path, shown, is_there ? &st : NULL);
        if (w->inputs->len > DAB_MAX_INPUTS || w->n_folders > DAB_MAX_INPUTS) return;
    }
}

static void add_path(Walk *w, const char *path) {
    struct stat st;
    gboolean is_there = stat(path, &st) == 0;
    if (is_there && S_ISDIR(st.st_mode)) {
        w->in_place = w->has_out && same_file(&w->out, &st);
        walk_folder(w, path, "", &st, 0);
    } else {
        g_autofree char *name = g_path_get_basename(path);
        add_file(w, path, name, is_there ? &st : NULL);
    }
}

static gboolean usage_error(GError **error, const DabInput *a, const DabInput *b) {
    g_set_error(error, DAB_ERROR, DAB_ERROR_USAGE,
                "%s and %s would both be written to %s; convert them into different folders (-o)", a->file_name, b->file_name,
                a->output);
    return FALSE;
}

/* What holds a folder that `output` needs: a.pdf beside a folder a.pdf.json. */
static DabInput *holder_of_folder(GHashTable *taken, const char *output) {
    g_autofree char *folder = g_strdup(output);
    for (char *slash; (slash = strrchr(folder, '/'));) {
        *slash = 0;
        DabInput *other = g_hash_table_lookup(taken, folder);
        if (other) return other;
    }
    return NULL;
}

static void take_folders(GHashTable *folders, const char *output) {
    for (const char *slash = output; (slash = strchr(slash, '/')); slash++) {
        g_hash_table_add(folders, g_strndup(output, (gsize)(slash - output)));
    }
}

static void rename_output(DabInput *input, GHashTable *taken, GHashTable *folders) {
    gsize shared = strlen(input->shown) - strlen(input->file_name + strlen(input->archive)); /* the archive's part of the name */
    g_autoptr(GString) name = g_string_new_len(input->shown, (gssize)shared);
    g_string_append_printf(name, "/~%u", input->member);
    do {
        g_free(input->own_output);
        input->output = input->own_output = output_of(name->str);
        g_string_append_c(name, '~');
    } while (g_hash_table_contains(taken, input->output) || g_hash_table_contains(folders, input->output));
}

gboolean dab_inputs_settle(GPtrArray *inputs, GError **error) {
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL); /* only where archives are */
    gboolean any_member = FALSE;
    for (guint i = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        any_member |= input->archive != NULL;
        if (input->archive) continue;
        DabInput *other = g_hash_table_lookup(taken, input->output);
        if (other) return usage_error(error, other, input);
        g_hash_table_insert(taken, (gpointer)input->output, input);
    }
    for (guint i = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        if (input->archive) continue;
        DabInput *other = holder_of_folder(taken, input->output);
        if (other) return usage_error(error, other, input);
        if (any_member) take_folders(folders, input->output);
    }
    for (guint i = 0; any_member && i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        if (!input->archive) continue;
        if (g_hash_table_contains(taken, input->output) || g_hash_table_contains(folders, input->output) ||
            holder_of_folder(taken, input->output))
            rename_output(input, taken, folders);
        g_hash_table_insert(taken, (gpointer)input->output, input);
        take_folders(folders, input->output);
    }
    return TRUE;
}

GPtrArray *dab_inputs_find(const char *const *paths, const char *out_dir, GError **error) {
    g_autofree Walk *w = g_new0(Walk, 1);
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(dab_input_free);
    w->inputs = inputs;
    w->has_out = stat(out_dir, &w->out) == 0;
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (; *paths; paths++) g_ptr_array_add(sorted, (char *)*paths);
    g_ptr_array_sort(sorted, by_bytes);
    for (guint i = 0; i < sorted->len; i++) add_path(w, g_ptr_array_index(sorted, i));
    if (inputs->len > DAB_MAX_INPUTS) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u inputs; split the run", DAB_MAX_INPUTS);
        return NULL;
    }
    if (w->n_folders > DAB_MAX_INPUTS) { /* ten folders with links to each other make ten million paths */
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u folders; do links lead through each other?",
                    DAB_MAX_INPUTS);
        return NULL;
    }
    if (!dab_inputs_settle(inputs, error)) return NULL;
    return g_steal_pointer(&inputs);
}

/* FNV-1a of 64 bits; its lower ones are mixed well, its upper ones less. */
guint dab_input_shard(const DabInput *input, guint n) {
    guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);
    for (const char *p = input->shown; *p; p++) hash = (hash ^ (guchar)*p) * G_GUINT64_CONSTANT(0x100000001b3);
    return (guint)((hash ^ hash >> 32) % n) + 1;
}

void dab_inputs_shard(GPtrArray *inputs, guint i, guint n) {
    guint kept = 0;
    for (guint k = 0; k < inputs->len; k++) {
        DabInput *input = inputs->pdata[k];
        input->place = k;
        input->of = inputs->len;
        if (dab_input_shard(input, n) == i)
            inputs->pdata[kept++] = input;
        else
            dab_input_free(input);
    }
    g_ptr_array_set_free_func(inputs, NULL); /* what follows `kept` is freed or has moved */
    g_ptr_array_set_size(inputs, (int)kept);
    g_ptr_array_set_free_func(inputs, dab_input_free);
}
