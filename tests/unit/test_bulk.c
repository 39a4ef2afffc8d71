/* Inputs and their outputs, results on their way, workers that die. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/digest.h"
#include "bulk/file.h"
#include "bulk/inputs.h"
#include "bulk/workers.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

typedef struct {
    char *dir;
} Folder;

static void folder_make(Folder *f, gconstpointer data) {
    (void)data;
    f->dir = g_dir_make_tmp("dabiao-XXXXXX", NULL);
    g_assert_nonnull(f->dir);
}

static void remove_tree(const char *path) {
    GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        remove_tree(inside);
    }
    if (dir) g_dir_close(dir);
    g_remove(path);
}

static void folder_remove(Folder *f, gconstpointer data) {
    (void)data;
    remove_tree(f->dir);
    g_free(f->dir);
}

static void touch(Folder *f, const char *name) {
    g_autofree char *path = g_build_filename(f->dir, name, NULL), *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0755), ==, 0);
    g_assert_true(g_file_set_contents(path, "x", 1, NULL));
}

static char *outputs(const GPtrArray *inputs) {
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < inputs->len; i++)
        g_string_append_printf(all, "%s%s", i ? " " : "", ((DabInput *)g_ptr_array_index(inputs, i))->output);
    return g_string_free(all, FALSE);
}

static void walk(Folder *f, gconstpointer data) {
    (void)data;
    touch(f, "b.pdf");
    touch(f, "B.pdf");
    touch(f, "a/z.txt");
    touch(f, "a/.hidden");
    touch(f, "a-b/y.txt");
    touch(f, "out/b.pdf.json");
    g_autofree char *loop = g_build_filename(f->dir, "a", "loop", NULL), *out = g_build_filename(f->dir, "out", NULL);
    g_assert_cmpint(symlink("..", loop), ==, 0);
    const char *paths[] = {f->dir, NULL};
    g_autoptr(GPtrArray) inputs = dab_inputs_find(paths, out, NULL);
    g_autofree char *got = outputs(inputs);
    g_assert_cmpstr(got, ==, "B.pdf.json a/z.txt.json a-b/y.txt.json b.pdf.json");
    g_assert_cmpstr(((DabInput *)g_ptr_array_index(inputs, 1))->shown, ==, "a/z.txt");
    g_autoptr(GPtrArray) beside = dab_inputs_find(paths, f->dir, NULL); /* into the folder itself: results are no inputs */
    g_assert_cmpuint(beside->len, ==, 4);
}

static void meet(Folder *f, gconstpointer data) {
    (void)data;
    touch(f, "a/x.pdf");
    touch(f, "b/x.pdf");
    touch(f, "c/x.pdf.json/y");
    g_autofree char *a = g_build_filename(f->dir, "a", NULL), *b = g_build_filename(f->dir, "b", "x.pdf", NULL),
                    *c = g_build_filename(f->dir, "c", NULL);
    const char *same[] = {a, b, NULL}, *prefix[] = {a, c, NULL}, *twice[] = {b, b, NULL};
    g_autoptr(GError) e1 = NULL, e2 = NULL, e3 = NULL;
    g_assert_null(dab_inputs_find(same, "out", &e1));
    g_assert_error(e1, DAB_ERROR, DAB_ERROR_USAGE);
    g_assert_nonnull(strstr(e1->message, a));
    g_assert_nonnull(strstr(e1->message, b));
    g_assert_null(dab_inputs_find(prefix, "out", &e2));
    g_assert_error(e2, DAB_ERROR, DAB_ERROR_USAGE);
    g_assert_null(dab_inputs_find(twice, "out", &e3));
    g_assert_error(e3, DAB_ERROR, DAB_ERROR_USAGE);
}

/* Each input in one shard, whatever order they are named in; and it stays there when others come. */
static void shards(Folder *f, gconstpointer data) {
    (void)data;
    enum { N = 60, SHARDS = 3 };
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < N; i++) {
        g_autofree char *name = g_strdup_printf("%d.txt", i);
        touch(f, name);
        g_ptr_array_add(paths, g_build_filename(f->dir, name, NULL));
    }
    g_ptr_array_add(paths, NULL);
    const char *folder[] = {f->dir, NULL};
    guint sum = 0;
    for (guint round = 0; round < 2; round++) {
        for (guint i = 1; i <= SHARDS; i++) {
            g_autoptr(GPtrArray) inputs = dab_inputs_find(folder, "out", NULL);
            g_autoptr(GPtrArray) named = dab_inputs_find((const char *const *)paths->pdata, "out", NULL);
            dab_inputs_shard(inputs, i, SHARDS);
            dab_inputs_shard(named, i, SHARDS);
            if (round == 0) {
                g_autofree char *a = outputs(inputs), *b = outputs(named);
                g_assert_cmpstr(a, ==, b);
                g_assert_cmpuint(inputs->len, >, N / SHARDS / 2);
                sum += inputs->len;
            } else
                for (guint k = 0; k < named->len; k++) {
                    const DabInput *input = g_ptr_array_index(named, k);
                    gboolean found = FALSE;
                    for (guint j = 0; j < inputs->len; j++)
                        found |= g_str_equal(((DabInput *)g_ptr_array_index(inputs, j))->shown, input->shown);
                    g_assert_true(found);
                }
        }
        touch(f, "0-new.txt");
    }
    g_assert_cmpuint(sum, ==, N);
}

/* Names that are no UTF-8, hold control characters, or leave no room for ".json". */
static void safe_outputs(void) {
    g_autofree char *long_name = g_strnfill(252, 'x'), *shown = g_strconcat("a/", long_name, NULL);
    static const char *const cases[][2] = {{"\xe6\x8a\xa5.pdf", "\xe6\x8a\xa5.pdf.json"},
                                           {"\xb1\xa8.pdf", "%B1%A8.pdf.json"},
                                           {"a\nb\x7f", "a%0Ab%7F.json"},
                                           {"100%", "100%.json"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        DabInput *input = dab_input_new(cases[i][0], cases[i][0]);
        g_assert_cmpstr(input->output, ==, cases[i][1]);
        dab_input_free(input);
    }
    DabInput *input = dab_input_new(shown, shown);
    g_assert_cmpuint(strlen(input->output), ==, 2 + 255);
    dab_input_free(input);
}

/* A member never stops a run, whatever its name. */
static void members_meet(void) {
    static const char *const names[] = {"x.pdf", "x.pdf", "x.pdf.json/y", "~1", "z/y.json/a", "z/y"};
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(dab_input_free);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *file_name = g_strconcat("in/a.zip/", names[i], NULL), *shown = g_strconcat("a.zip/", names[i], NULL);
        DabInput *input = dab_input_new(file_name, shown);
        input->archive = "in/a.zip";
        input->member = i;
        g_ptr_array_add(inputs, input);
    }
    g_assert_true(dab_inputs_settle(inputs, NULL));
    g_autofree char *got = outputs(inputs);
    g_assert_cmpstr(got, ==, "a.zip/x.pdf.json a.zip/~1.json a.zip/~2.json a.zip/~3.json a.zip/z/y.json/a.json a.zip/~5.json");
}

static void write_whole(Folder *f, gconstpointer data) {
    (void)data;
    g_autofree char *path = g_build_filename(f->dir, "new", "folder", "x.json", NULL), *text = NULL;
    g_assert_true(dab_file_write(path, "one", 3, NULL));
    g_assert_true(dab_file_write(path, "second", 6, NULL));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "second");
    g_autofree char *below = g_build_filename(path, "y.json", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(dab_file_write(below, "x", 1, &error));
    g_assert_error(error, DAB_ERROR, DAB_ERROR_WRITE_FAILED);
}

/* Whoever can write into the folder puts another name of a file of ours where the temporary one would stand: it is left alone. */
static void write_beside(Folder *f, gconstpointer data) {
    (void)data;
    char hex[DAB_SHA256_HEX];
    dab_sha256_hex("x.json", 6, hex);
    g_autofree char *name = g_strdup_printf(".dabiao-%.16s", hex), *temporary = g_build_filename(f->dir, name, NULL);
    g_autofree char *own = g_build_filename(f->dir, "own", NULL), *path = g_build_filename(f->dir, "x.json", NULL), *text = NULL;
    g_assert_true(g_file_set_contents(own, "ours", 4, NULL));
    g_assert_cmpint(link(own, temporary), ==, 0);
    g_assert_true(dab_file_write(path, "one", 3, NULL));
    g_assert_true(g_file_get_contents(own, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "ours");
}

static void wire(void) {
    int pair[2];
    g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
    DabResult sent, got;
    dab_result_init(&sent);
    sent.status = DAB_RESULT_OK;
    sent.json = g_memdup2("{\0}", 4);
    sent.json_len = 3;
    sent.media_type = g_strdup("");
    sent.pages = 7;
    sent.seconds = 0.5;
    g_assert_true(dab_result_send(&sent, pair[0]));
    guint8 buffer[4096];
    ssize_t n = read(pair[1], buffer, sizeof buffer);
    GByteArray *bytes = g_byte_array_new();
    for (ssize_t i = 0; i < n; i++) { /* byte by byte: it is no message until it is whole */
        gsize whole = dab_result_message_bytes(bytes);
        g_assert_true(whole == 0 || whole > bytes->len);
        g_byte_array_append(bytes, buffer + i, 1);
    }
    g_assert_cmpuint(dab_result_message_bytes(bytes), ==, bytes->len);
    dab_result_take(bytes, &got);
    g_assert_cmpmem(got.json, got.json_len, "{\0}", 3);
    g_assert_cmpstr(got.media_type, ==, "");
    g_assert_null(got.message);
    g_assert_cmpint(got.pages, ==, 7);
    g_assert_cmpint(got.links, ==, -1);
    g_assert_cmpuint(bytes->len, ==, 0);
    for (int i = 0; i < 200; i++) g_byte_array_append(bytes, (const guint8 *)"\x5a", 1);
    g_assert_cmpuint(dab_result_message_bytes(bytes), ==, G_MAXSIZE); /* garbage is told from a result */
    g_byte_array_unref(bytes);
    dab_result_clear(&sent);
    dab_result_clear(&got);
    close(pair[0]);
    close(pair[1]);
}

enum { GOOD, ABORTS, EXITS, SPINS, NO_MEMORY, CHATTERS, N_KINDS };

static void work(guint job, const int *files, DabResult *result, void *data) {
    (void)files;
    (void)data;
    switch (job % N_KINDS) {
    case ABORTS:
        abort();
    case EXITS:
        _exit(3);
    case SPINS:
        for (volatile int i = 0;; i++) {
        }
    case NO_MEMORY:
        g_error("could not go on: failed to allocate 12345 bytes");
    case CHATTERS:
        for (int i = 0; i < 20000; i++) g_printerr("a library that says much, and nothing of use\n");
        break;
    default:
        break;
    }
    result->status = DAB_RESULT_OK;
    result->json = g_strdup_printf("job %u", job);
    result->json_len = strlen(result->json);
}

static void done(guint job, const DabResult *result, void *data) {
    guint *seen = data;
    static const gint codes[N_KINDS] = {-1, DAB_ERROR_CRASHED, DAB_ERROR_CRASHED, DAB_ERROR_TIMEOUT, DAB_ERROR_OUT_OF_MEMORY, -1};
    seen[job]++;
    gint wanted = codes[job % N_KINDS];
    if (wanted < 0) {
        g_autofree char *json = g_strdup_printf("job %u", job);
        g_assert_cmpint(result->status, ==, DAB_RESULT_OK);
        g_assert_cmpstr(result->json, ==, json);
    } else {
        g_assert_cmpint(result->status, ==, DAB_RESULT_FAILED);
        g_assert_cmpint(result->error_code, ==, wanted);
        g_assert_nonnull(result->message);
    }
}

static void workers(void) {
    guint seen[2 * N_KINDS] = {0};
    DabWorkers options = {.n_workers = 3, .deadline = 1, .work = work, .done = done, .data = seen};
    g_assert_true(dab_workers_run(&options, G_N_ELEMENTS(seen)));
    for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) g_assert_cmpuint(seen[i], ==, 1);
}

enum { UNLUCKY, DOOMED, LUCKY, N_LOTS };

/* Shared with the workers: how often each job was begun. */
static guint *begun;

static void be_killed(guint job, const int *files, DabResult *result, void *data) {
    (void)files;
    (void)data;
    guint n = ++begun[job];
    if (job == DOOMED || (job == UNLUCKY && n < 4)) {
        raise(n % 2 ? SIGKILL : SIGTERM);
        for (;;) pause();
    }
    result->status = DAB_RESULT_OK;
}

static void survive(guint job, const DabResult *result, void *data) {
    ++((guint *)data)[job];
    if (job != DOOMED)
        g_assert_cmpint(result->status, ==, DAB_RESULT_OK);
    else {
        g_assert_cmpint(result->error_code, ==, DAB_ERROR_OUT_OF_MEMORY);
        g_assert_nonnull(strstr(result->message, "killed 10 times"));
    }
}

/* Whoever kills a worker costs its job nothing; but not for ever. */
static void killed(void) {
    guint seen[N_LOTS] = {0};
    begun = mmap(NULL, N_LOTS * sizeof(guint), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    g_assert_true(begun != MAP_FAILED);
    DabWorkers options = {.n_workers = 2, .deadline = 60, .work = be_killed, .done = survive, .data = seen};
    g_assert_true(dab_workers_run(&options, N_LOTS));
    for (guint i = 0; i < N_LOTS; i++) g_assert_cmpuint(seen[i], ==, 1);
    g_assert_cmpuint(begun[UNLUCKY], ==, 4);
    g_assert_cmpuint(begun[DOOMED], ==, DAB_KILL_TRIES);
    g_assert_cmpuint(begun[LUCKY], ==, 1);
    munmap(begun, N_LOTS * sizeof(guint));
}

enum { ASKS_ONCE, ASKS_ALWAYS, ASKS_NOTHING, N_ASKS };

static gboolean equipped;

static void equip(void) {
    equipped = TRUE;
}

static void ask(guint job, const int *files, DabResult *result, void *data) {
    (void)files;
    (void)data;
    if (job == ASKS_ALWAYS || (job == ASKS_ONCE && !equipped)) dab_workers_ask();
    result->status = DAB_RESULT_OK;
}

static void answered(guint job, const DabResult *result, void *data) {
    ++((guint *)data)[job];
    g_assert_cmpint(result->status, ==, job == ASKS_ALWAYS ? DAB_RESULT_FAILED : DAB_RESULT_OK);
}

/* A worker that lacks something is replaced by one that has it; one that is never content is given up. */
static void asking(void) {
    guint seen[N_ASKS] = {0};
    DabWorkers options = {.n_workers = 1, .deadline = 60, .work = ask, .done = answered, .equip = equip, .data = seen};
    equipped = FALSE;
    g_assert_true(dab_workers_run(&options, N_ASKS));
    g_assert_true(equipped);
    for (guint i = 0; i < N_ASKS; i++) g_assert_cmpuint(seen[i], ==, 1);
}

static void spin_first(guint job, const int *files, DabResult *result, void *data) {
    (void)files;
    (void)data;
    if (job == 0)
        for (volatile int i = 0;; i++) {
        }
    result->status = DAB_RESULT_OK;
}

static void ignore(guint job, const DabResult *result, void *data) {
    (void)job;
    (void)result;
    (void)data;
}

static void watch(guint job, double seconds, guint n_slow, void *data) {
    if (job != 0) return; /* a tick may fall before the first job is the only one */
    g_assert_cmpfloat(seconds, >=, 0);
    g_assert_cmpuint(n_slow, ==, 0);
    ++*(guint *)data;
}

static void ticks(void) {
    guint n = 0;
    DabWorkers options = {.n_workers = 2, .deadline = 1, .work = spin_first, .done = ignore, .tick = watch, .data = &n};
    g_assert_true(dab_workers_run(&options, 5));
    g_assert_cmpuint(n, >=, 1);
}

static void count_and_stop(guint job, const DabResult *result, void *data) {
    (void)job;
    (void)result;
    if (++*(guint *)data == 2) raise(SIGINT);
}

static void easy_work(guint job, const int *files, DabResult *result, void *data) {
    (void)job;
    (void)files;
    (void)data;
    result->status = DAB_RESULT_OK;
}

static void interrupt(void) {
    for (guint n = 0; n < 3; n++) {
        guint count = 0;
        DabWorkers options = {.n_workers = n, .work = easy_work, .done = count_and_stop, .data = &count};
        g_assert_false(dab_workers_run(&options, 1000));
        g_assert_cmpuint(count, >=, 2);
        g_assert_cmpuint(count, <, 10);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add("/bulk/walk", Folder, NULL, folder_make, walk, folder_remove);
    g_test_add("/bulk/meet", Folder, NULL, folder_make, meet, folder_remove);
    g_test_add("/bulk/shards", Folder, NULL, folder_make, shards, folder_remove);
    g_test_add_func("/bulk/safe_outputs", safe_outputs);
    g_test_add_func("/bulk/members_meet", members_meet);
    g_test_add("/bulk/write_whole", Folder, NULL, folder_make, write_whole, folder_remove);
    g_test_add("/bulk/write_beside", Folder, NULL, folder_make, write_beside, folder_remove);
    g_test_add_func("/bulk/wire", wire);
    g_test_add_func("/bulk/workers", workers);
    g_test_add_func("/bulk/killed", killed);
    g_test_add_func("/bulk/workers/asking", asking);
    g_test_add_func("/bulk/ticks", ticks);
    g_test_add_func("/bulk/interrupt", interrupt);
    return g_test_run();
}
