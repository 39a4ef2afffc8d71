#include "bulk/duplicates.h"

#include <string.h>

#include "bulk/reader.h"

typedef struct {
    GPtrArray *inputs;
    GArray *suspects; /* guint: inputs whose size another has, in order */
    DabRecall *recall;
} Search;

/* Archives whose members are read in order are read once: a list sorted by size would jump about in them. */
static GArray *find_suspects(const GPtrArray *inputs) {
    GArray *suspects = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal); /* size → how many, up to 2 */
    for (guint i = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        if (input->bytes < 0 || input->problem) continue;
        gboolean again = g_hash_table_contains(seen, &input->bytes);
        g_hash_table_insert(seen, &input->bytes, GUINT_TO_POINTER(again ? 2 : 1));
    }
    for (guint i = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        if (input->bytes < 0 || input->problem) continue;
        if (GPOINTER_TO_UINT(g_hash_table_lookup(seen, &input->bytes)) > 1) g_array_append_val(suspects, i);
    }
    return suspects;
}

/* Takes out those whose hash is known. */
static void recall_suspects(Search *s) {
    guint n = 0;
    for (guint i = 0; i < s->suspects->len; i++) {
        guint at = g_array_index(s->suspects, guint, i);
        DabInput *input = g_ptr_array_index(s->inputs, at);
        input->sha256 = dab_recall_sha256(s->recall, input);
        if (!input->sha256) g_array_index(s->suspects, guint, n++) = at;
    }
    g_array_set_size(s->suspects, n);
}

static DabInput *suspect(const Search *s, guint job) {
    return g_ptr_array_index(s->inputs, g_array_index(s->suspects, guint, job));
}

static void open_suspect(guint job, int *files, void *data) {
    const Search *s = data;
    files[0] = dab_reader_open(suspect(s, job));
    dab_recall_seen(s->recall, suspect(s, job), files[0]);
}

static void hash(guint job, const int *files, DabResult *result, void *data) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabSource *source = dab_reader_source(pool, suspect(data, job), files[0], NULL);
    if (!source) return; /* it will fail as a document too, and say why */
    result->status = DAB_RESULT_OK;
    result->sha256 = g_strdup(source->sha256);
}

static void hashed(guint job, const DabResult *result, void *data) {
    if (result->status == DAB_RESULT_OK) suspect(data, job)->sha256 = g_strdup(result->sha256);
}

GArray *dab_duplicates_chain(const GPtrArray *inputs, GArray **first) {
    GArray *next = g_array_sized_new(FALSE, FALSE, sizeof(guint), inputs->len);
    const guint none = G_MAXUINT;
    *first = g_array_sized_new(FALSE, FALSE, sizeof(guint), inputs->len);
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal); /* hash → the last input of it so far, + 1 */
    for (guint i = 0; i < inputs->len; i++) {
        const DabInput *input = g_ptr_array_index(inputs, i);
        guint before = input->sha256 ? GPOINTER_TO_UINT(g_hash_table_lookup(last, input->sha256)) : 0;
        guint start = before ? g_array_index(*first, guint, before - 1) : i;
        g_array_append_val(*first, start);
        g_array_append_val(next, none);
        if (before) g_array_index(next, guint, before - 1) = i;
        if (input->sha256) g_hash_table_insert(last, input->sha256, GUINT_TO_POINTER(i + 1));
    }
    return next;
}

gboolean dab_duplicates_find(GPtrArray *inputs, const DabWorkers *like, DabRecall *recall) {
    g_autoptr(GArray) suspects = find_suspects(inputs);
    Search search = {inputs, suspects, recall};
    recall_suspects(&search);
    DabWorkers workers = *like;
    workers.open = open_suspect;
    workers.work = hash;
    workers.done = hashed;
    workers.data = &search;
    if (suspects->len && !dab_workers_run(&workers, suspects->len)) return FALSE;
    g_autoptr(GArray) first = NULL;
    g_autoptr(GArray) next = dab_duplicates_chain(inputs, &first);
    for (guint i = 0; i < inputs->len; i++) {
        const DabInput *original = g_ptr_array_index(inputs, g_array_index(first, guint, i));
        DabInput *input = g_ptr_array_index(inputs, i);
        if (original != input)
            input->same_as = g_strdup(original->file_name);
        else
            dab_recall_forget(recall, input);
        if (original == input && g_array_index(next, guint, i) == G_MAXUINT) g_clear_pointer(&input->sha256, g_free); /* alone */
    }
    return TRUE;
}
