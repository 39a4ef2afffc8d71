#include "bulk/archives.h"

#include <string.h>

#include "bulk/reader.h"
#include "dabiao/archive.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

static gboolean is_candidate(const DabInput *input) {
    static const char *const endings[] = {".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"};
    if (input->problem) return FALSE;
    g_autofree char *name = g_ascii_strdown(input->file_name, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(name, endings[i])) return TRUE;
    return FALSE;
}

/* ---- in the worker: a list of members, "INDEX SIZE NAME\0" each ---- */

/* DOCX, OFD, OpenDocument and EPUB are ZIP files too. */
static gboolean is_of_document(const char *name) {
    return !strcmp(name, "[Content_Types].xml") || !strcmp(name, "mimetype") || !strcmp(name, "OFD.xml");
}

static void list(guint job, const int *files, DabResult *result, void *data) {
    (void)job;
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autoptr(DabArchive) archive = dab_archive_open(files[0]);
    GString *names = g_string_new(NULL);
    DabMember member;
    result->status = DAB_RESULT_OK;
    for (guint i = 0; dab_archive_next(archive, &member, &error); i++) {
        if (is_of_document(member.name)) {
            g_set_error_literal(&error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE, "is a document");
            g_string_truncate(names, 0);
            break;
        }
        if (i >= DAB_MAX_INPUTS || names->len > DAB_MAX_NAMES_BYTES) {
            g_set_error_literal(&error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "holds too many files; split it");
            break;
        }
        if (!member.is_file) continue;
        g_string_append_printf(names, "%u %" G_GINT64_FORMAT " %s", i, member.bytes, member.name);
        g_string_append_c(names, 0);
    }
    if (error) {
        result->error_code = error->code;
        result->message = g_strdup(error->message);
    }
    result->json_len = names->len;
    result->json = g_string_free(names, FALSE);
}

/* ---- in the parent ---- */

typedef struct {
    GPtrArray *candidates; /* DabInput, lent */
    GPtrArray **found;     /* of each candidate: DabInput, what takes its place; NULL: it stays */
    GArray *jobs;          /* guint: candidates whose list is not known */
    DabRecall *recall;
} Listing;

static void open_archive(guint job, int *files, void *data) {
    Listing *l = data;
    const DabInput *archive = g_ptr_array_index(l->candidates, g_array_index(l->jobs, guint, job));
    files[0] = dab_reader_open(archive);
    dab_recall_seen(l->recall, archive, files[0]);
}

static void list_if_open(guint job, const int *files, DabResult *result, void *data) {
    if (files[0] >= 0)
        list(job, files, result, data);
    else { /* its turn as a document says why */
        result->status = DAB_RESULT_OK;
        result->error_code = DAB_ERROR_UNSUPPORTED_TYPE;
        result->message = g_strdup("");
    }
}

/* As it stands in a path below the archive: no root, no way up, no abyss. */
static char *safe_name(const char *name, guint index) {
    if (strlen(name) > DAB_MAX_MEMBER_NAME) return g_strdup_printf("~%u", index);
    g_auto(GStrv) parts = g_strsplit(name, "/", -1);
    if (g_strv_length(parts) > DAB_MAX_FOLDER_DEPTH) return g_strdup_printf("~%u", index);
    GString *safe = g_string_new(NULL);
    for (char **part = parts; *part; part++) {
        if (!**part || !strcmp(*part, ".")) continue;
        if (safe->len) g_string_append_c(safe, '/');
        g_string_append(safe, !strcmp(*part, "..") ? "%2E%2E" : *part);
    }
    return g_string_free(safe, FALSE);
}

/* Hidden files, and what macOS puts beside each file of a ZIP. */
static gboolean is_left_out(const char *name) {
    return !*name || *name == '.' || strstr(name, "/.") || g_str_has_prefix(name, "__MACOSX/");
}

/* NULL: left out. The list comes from a process that hostile bytes may have taken over: nothing in it is believed. */
static DabInput *member_input(const DabInput *archive, const char *line) {
    char *end;
    guint index = (guint)MIN(g_ascii_strtoull(line, &end, 10), DAB_MAX_INPUTS);
    gint64 bytes = g_ascii_strtoll(end, &end, 10);
    if (*end != ' ') return NULL;
    g_autofree char *name = safe_name(end + 1, index);
    if (is_left_out(name)) return NULL;
    g_autofree char *file_name = g_strconcat(archive->file_name, "/", name, NULL);
    g_autofree char *shown = g_strconcat(archive->shown, "/", name, NULL);
    DabInput *input = dab_input_new(file_name, shown);
    input->archive = g_intern_string(archive->file_name);
    input->member = index;
    input->bytes = bytes;
    return input;
}

static void add_broken(GPtrArray *found, const DabInput *archive, int code, const char *message) {
    DabInput *broken = dab_input_new(archive->file_name, archive->shown);
    broken->problem = g_strdup(message);
    broken->problem_code = code;
    g_ptr_array_add(found, broken);
}

/* `list` ends with a NUL, as each of its lines does. */
static GPtrArray *members_of(const DabInput *archive, const char *list, gsize bytes) {
    GPtrArray *found = g_ptr_array_new_with_free_func(dab_input_free);
    for (gsize at = 0; at < bytes; at += strlen(list + at) + 1) {
        DabInput *input = member_input(archive, list + at);
        if (input) g_ptr_array_add(found, input);
    }
    return found;
}

static void listed(guint job, const DabResult *result, void *data) {
    Listing *l = data;
    guint i = g_array_index(l->jobs, guint, job);
    const DabInput *archive = g_ptr_array_index(l->candidates, i);
    gboolean ok = result->status == DAB_RESULT_OK;
    if (ok && !result->message)
        dab_recall_keep_members(l->recall, archive, result->json, result->json_len);
    else
        dab_recall_forget(l->recall, archive);
    if (ok && result->message && result->error_code == DAB_ERROR_UNSUPPORTED_TYPE) return;
    GPtrArray *found = members_of(archive, result->json, ok ? result->json_len : 0);
    if (result->message)
        add_broken(found, archive, result->error_code, result->message);
    else if (!found->len)
        add_broken(found, archive, DAB_ERROR_EMPTY, "holds no files");
    l->found[i] = found;
}

/* Those that are known; the others become jobs. */
static void recall_lists(Listing *l) {
    for (guint i = 0; i < l->candidates->len; i++) {
        const DabInput *archive = g_ptr_array_index(l->candidates, i);
        GString *list = dab_recall_members(l->recall, archive);
        if (!list) {
            g_array_append_val(l->jobs, i);
            continue;
        }
        l->found[i] = members_of(archive, list->str, list->len);
        if (!l->found[i]->len) add_broken(l->found[i], archive, DAB_ERROR_EMPTY, "holds no files");
        g_string_free(list, TRUE);
    }
}

/* Puts what was found in the places of the archives. */
static void put_in(GPtrArray *inputs, Listing *l) {
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0, next = 0; i < inputs->len; i++) {
        DabInput *input = g_ptr_array_index(inputs, i);
        gboolean candidate = next < l->candidates->len && g_ptr_array_index(l->candidates, next) == input;
        GPtrArray *found = candidate ? l->found[next++] : NULL;
        if (!found) {
            g_ptr_array_add(all, input);
            continue;
        }
        for (guint k = 0; k < found->len; k++) g_ptr_array_add(all, g_ptr_array_index(found, k));
        g_ptr_array_set_free_func(found, NULL); /* `all` has them now */
        dab_input_free(input);
    }
    g_ptr_array_set_free_func(inputs, NULL);
    g_ptr_array_set_size(inputs, 0);
    g_ptr_array_extend_and_steal(inputs, all);
    g_ptr_array_set_free_func(inputs, dab_input_free);
}

gboolean dab_archives_expand(GPtrArray *inputs, const DabWorkers *like, DabRecall *recall, GError **error) {
    g_autoptr(GPtrArray) candidates = g_ptr_array_new();
    g_autoptr(GArray) jobs = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < inputs->len; i++)
        if (is_candidate(g_ptr_array_index(inputs, i))) g_ptr_array_add(candidates, g_ptr_array_index(inputs, i));
    if (!candidates->len) return TRUE;
    Listing l = {.candidates = candidates, .found = g_new0(GPtrArray *, candidates->len), .jobs = jobs, .recall = recall};
    recall_lists(&l);
    DabWorkers workers = *like;
    workers.deadline = like->deadline * DAB_ARCHIVE_DEADLINES;
    workers.open = open_archive;
    workers.work = list_if_open;
    workers.done = listed;
    workers.data = &l;
    gboolean all = !jobs->len || dab_workers_run(&workers, jobs->len);
    if (all) put_in(inputs, &l);
    for (guint i = 0; i < candidates->len; i++)
        if (l.found[i]) g_ptr_array_unref(l.found[i]);
    g_free(l.found);
    if (all && inputs->len > DAB_MAX_INPUTS) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u inputs; split the run", DAB_MAX_INPUTS);
        return FALSE;
    }
    return all && dab_inputs_settle(inputs, error);
}
