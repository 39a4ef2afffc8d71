/* dabiao convert: reports → JSON. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bulk/archives.h"
#include "bulk/duplicates.h"
#include "bulk/run.h"
#include "cli/cache.h"
#include "cli/cli.h"
#include "cli/log.h"
#include "cli/progress.h"
#include "dabiao/limits.h"

typedef struct {
    char *rules, *out, *ocr, *shard, *files_from, *sandbox, *log_json;
    int jobs, deadline, megabytes;
    gboolean resume, quiet, null;
    DabCliCache cache;
} Options;

/* What the callbacks of a run need. */
typedef struct {
    DabProgress progress; /* first: callbacks of progress.h get it as theirs */
    const Options *options;
    const char *verb;
    FILE *log;
    const DabRun *run;
    DabRules *rules;
} Session;

static const DabCliHelp help = {
    "PATH…",
    "Converts reports (PDF, scans and pictures, DOCX, HTML, text) to JSON. A PATH is a file, or a folder, of which every file is\n"
    "converted, or an archive (.zip, .tar, .tar.gz …), which is read like a folder without being unpacked.\n"
    "folder/2021/plan.pdf becomes DIR/2021/plan.pdf.json; DIR/manifest.jsonl says what became of each input.",
    "Examples:\n"
    "  dabiao convert reports/                    into out/\n"
    "  dabiao convert -o out -j 8 reports/ a.pdf  eight at a time\n"
    "  dabiao convert --resume -o out reports/    only what is new or was interrupted, or what new rules change\n"
    "  find . -name '*.pdf' -print0 | dabiao convert -0 --files-from -\n"
    "\n"
    "A document that is damaged, crashes a library, takes too long or needs too much memory costs only itself.\n"
    "Exit status: 0 all converted, 1 some failed (named on stderr and in the manifest), 2 wrong usage,\n"
    "3 rules do not load, 130 interrupted.\n"};

/* One name of a list. Lists that were made on Windows have a CR before each line end; a file may have one in its name all the same.
 */
static void add_name(GPtrArray *paths, const char *name, gsize len, gboolean null) {
    char *path = g_strndup(name, len);
    if (!null && len > 1 && path[len - 1] == '\r' && !g_file_test(path, G_FILE_TEST_EXISTS)) path[len - 1] = 0;
    g_ptr_array_add(paths, path);
}

/* The names of a list, each ended by a line end, or with --null by a NUL; without the byte order mark that may stand before them.
 */
static gboolean read_list(const char *from, gboolean null, GPtrArray *paths, GError **error) {
    g_autofree char *text = NULL;
    gsize len = 0;
    if (strcmp(from, "-") == 0) {
        g_autoptr(GString) all = g_string_new(NULL);
        char buffer[8192];
        for (gsize n; (n = fread(buffer, 1, sizeof buffer, stdin)) > 0;) g_string_append_len(all, buffer, (gssize)n);
        len = all->len;
        text = g_string_free(g_steal_pointer(&all), FALSE);
    } else if (!g_file_get_contents(from, &text, &len, error))
        return FALSE;
    const char *end = text + len;
    for (const char *p = !null && g_str_has_prefix(text, "\xEF\xBB\xBF") ? text + 3 : text; p < end;) {
        const char *stop = memchr(p, null ? 0 : '\n', (gsize)(end - p));
        if (!stop) stop = end;
        if (stop > p) add_name(paths, p, (gsize)(stop - p), null);
        p = stop + 1;
    }
    return TRUE;
}

static gboolean read_sandbox(const char *text, DabSandbox *sandbox) {
    static const char *const names[] = {"auto", "require", "off"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(text, names[i])) {
            *sandbox = (DabSandbox)i;
            return TRUE;
        }
    return FALSE;
}

/* "2/8": TRUE and i = 2, n = 8. */
static gboolean read_shard(const char *text, guint *i, guint *n) {
    char *end;
    if (!g_ascii_isdigit(*text)) return FALSE;
    guint64 a = g_ascii_strtoull(text, &end, 10);
    if (*end != '/' || !g_ascii_isdigit(end[1])) return FALSE;
    guint64 b = g_ascii_strtoull(end + 1, &end, 10);
    if (*end || a < 1 || b < 1 || a > b || b > 1000000) return FALSE;
    *i = (guint)a;
    *n = (guint)b;
    return TRUE;
}

static gboolean check(const Options *o, const char *verb, DabRun *run) {
    gboolean ok = FALSE;
    if (o->jobs < 0 || o->jobs > (int)DAB_MAX_WORKERS)
        dab_cli_usage(verb, "-j takes a number from 0 to %u", DAB_MAX_WORKERS);
    else if (o->deadline < 0 || o->deadline > 86400)
        dab_cli_usage(verb, "--deadline takes seconds from 0 to 86400");
    else if (o->megabytes < 0 || o->megabytes > 1000000)
        dab_cli_usage(verb, "--memory takes megabytes from 0 to 1000000");
    else if (o->shard && !read_shard(o->shard, &run->shard, &run->n_shards))
        dab_cli_usage(verb, "--shard takes I/N with I from 1 to N, not \"%s\"", o->shard);
    else if (o->ocr && !dab_cli_read_ocr(o->ocr, &run->convert.ocr))
        dab_cli_usage(verb, "--ocr takes auto, never or always, not \"%s\"", o->ocr);
    else if (o->sandbox && !read_sandbox(o->sandbox, &run->sandbox))
        dab_cli_usage(verb, "--sandbox takes auto, require or off, not \"%s\"", o->sandbox);
    else if (run->sandbox == DAB_SANDBOX_REQUIRE && !o->jobs)
        dab_cli_usage(verb, "-j 0 has no processes to shut in (--sandbox=require)");
    else if (o->null && !o->files_from)
        dab_cli_usage(verb, "-0 goes with --files-from");
    else if (g_file_test(run->convert.out_dir, G_FILE_TEST_EXISTS) && !g_file_test(run->convert.out_dir, G_FILE_TEST_IS_DIR))
        dab_cli_usage(verb, "%s (-o) is no folder", run->convert.out_dir);
    else
        ok = TRUE;
    run->n_workers = (guint)o->jobs;
    run->deadline = (guint)o->deadline;
    run->megabytes = (guint)o->megabytes;
    return ok;
}

/* FALSE: this system lacks walls, and they are required. */
static gboolean has_required_walls(const DabRun *run, const char *verb) {
    g_autoptr(GError) missing = NULL;
    if (!run->n_workers || run->sandbox != DAB_SANDBOX_REQUIRE || dab_sandbox_probe(&missing)) return TRUE;
    fprintf(stderr, "%s: %s (--sandbox=require)\n", verb, missing->message);
    return FALSE;
}

/* Says once what walls this system lacks. */
static void warn_of_missing_walls(const DabRun *run, const Session *s) {
    g_autoptr(GError) missing = NULL;
    if (!run->n_workers || run->sandbox != DAB_SANDBOX_AUTO || dab_sandbox_probe(&missing)) return;
    if (s->log) dab_log_warning(s->log, missing->message);
    if (s->log != stderr) fprintf(stderr, "%s: warning: workers are not fully shut in: %s\n", s->verb, missing->message);
}

/* DabRun.prepare: rules take as long to load as many documents to skip. */
static gboolean load_rules(DabConvert *convert, void *data) {
    Session *s = data;
    warn_of_missing_walls(s->run, s);
    s->rules = dab_cli_load_rules(s->verb, s->options->rules);
    if (!s->rules) return FALSE;
    convert->rules = s->rules;
    if (g_strcmp0(convert->rules_digest, dab_rules_digest(s->rules)) != 0) convert->recall = NULL; /* they were changed just now */
    convert->rules_digest = dab_rules_digest(s->rules);
    return TRUE;
}

static int run_over(const DabRun *options, const GPtrArray *inputs, Session *s) {
    DabRun run = *options;
    DabRunCount count;
    g_autoptr(GError) error = NULL;
    run.prepare = load_rules;
    run.report = dab_progress_report;
    run.tick = dab_progress_tick;
    run.data = s;
    s->run = options;
    dab_progress_begin(&s->progress, s->verb, s->options->quiet, s->log);
    if (s->log) dab_log_start(s->log, &run, inputs->len);
    DabRunEnd end = dab_run(&run, inputs, &count, &error);
    g_clear_pointer(&s->rules, dab_rules_free);
    if (end == DAB_RUN_NO_OUTPUT) fprintf(stderr, "%s: write_failed: %s\n", s->verb, error->message);
    dab_progress_end(&s->progress, &count, run.convert.out_dir, end);
    if (end == DAB_RUN_INTERRUPTED) return DAB_EXIT_INTERRUPTED;
    if (end == DAB_RUN_NOT_PREPARED) return DAB_EXIT_RULES;
    return end == DAB_RUN_NO_OUTPUT || count.failed ? DAB_EXIT_SOME_FAILED : DAB_EXIT_DONE;
}

/* The inputs of this shard, members of archives among them. NULL: *status says how to end. */
static GPtrArray *find_inputs(const DabRun *run, GPtrArray *paths, const char *verb, int *status) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) inputs = dab_inputs_find((const char *const *)paths->pdata, run->convert.out_dir, &error);
    DabWorkers workers = dab_run_workers(run);
    g_ptr_array_set_size(paths, 0); /* the inputs have them now */
    if (!inputs || !dab_archives_expand(inputs, &workers, run->convert.recall, &error) ||
        !dab_duplicates_find(inputs, &workers, run->convert.recall)) {
        *status = error ? DAB_EXIT_USAGE : DAB_EXIT_INTERRUPTED;
        if (error) fprintf(stderr, "%s: %s\n", verb, error->message);
        return NULL;
    }
    dab_inputs_shard(inputs, run->shard, run->n_shards);
    return g_steal_pointer(&inputs);
}

/* A run that ends before it begins. */
static int end_early(const DabRun *run, FILE *log, int status) {
    const char *end = status == DAB_EXIT_RULES         ? "rules_not_loaded"
                      : status == DAB_EXIT_INTERRUPTED ? "interrupted"
                                                       : "wrong_usage";
    if (log) dab_log_end(log, end, &(DabRunCount){0}, run->convert.out_dir, 0);
    return status;
}

static int convert_paths(const Options *o, DabRun *run, GPtrArray *paths, const char *verb, FILE *log) {
    Session session = {.options = o, .verb = verb, .log = log};
    int status;
    g_autofree char *digest = dab_cli_rules_digest(verb, o->rules);
    g_autoptr(DabCache) cache = NULL;
    if (!digest) return end_early(run, log, DAB_EXIT_RULES);
    if (!has_required_walls(run, verb)) return end_early(run, log, DAB_EXIT_USAGE);
    if (!dab_cli_cache_open(&o->cache, verb, &cache, &status)) return end_early(run, log, status);
    run->convert.rules_digest = digest;
    g_autoptr(DabRecall) recall = dab_recall_open(cache, run->convert.out_dir, digest, run->convert.ocr);
    run->convert.recall = recall;
    g_autoptr(GPtrArray) inputs = find_inputs(run, paths, verb, &status);
    if (!inputs) return end_early(run, log, status);
    if (inputs->len == 0 && !o->quiet && log != stderr) fprintf(stderr, "%s: no inputs here\n", verb);
    return run_over(run, inputs, &session);
}

static int convert(const Options *o, int argc, char **argv) {
    const char *verb = argv[0];
    DabRun run = {.convert = {.out_dir = o->out ? o->out : "out", .resume = o->resume}, .shard = 1, .n_shards = 1};
    if (!check(o, verb, &run)) return DAB_EXIT_USAGE;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (int i = 1; i < argc; i++) g_ptr_array_add(paths, g_strdup(argv[i]));
    if (o->files_from && !read_list(o->files_from, o->null, paths, &error)) return dab_cli_usage(verb, "%s", error->message);
    if (paths->len == 0 && !o->files_from) return dab_cli_usage(verb, "which reports? Name files or folders");
    g_ptr_array_add(paths, NULL);
    FILE *log = !o->log_json ? NULL : strcmp(o->log_json, "-") == 0 ? stderr : fopen(o->log_json, "we");
    if (o->log_json && !log) return dab_cli_usage(verb, "%s (--log-json): %s", o->log_json, g_strerror(errno));
    int status = convert_paths(o, &run, paths, verb, log);
    if (log && log != stderr && (ferror(log) | fclose(log)) != 0) {
        fprintf(stderr, "%s: %s (--log-json) could not be written\n", verb, o->log_json);
        if (status == DAB_EXIT_DONE) status = DAB_EXIT_SOME_FAILED;
    }
    return status;
}

int dab_cli_convert(int argc, char **argv) {
    Options o = {.jobs = (int)CLAMP(g_get_num_processors(), 1, DAB_MAX_WORKERS),
                 .deadline = DAB_DEADLINE_SECONDS,
                 .megabytes = DAB_WORKER_MEGABYTES};
    const GOptionEntry options[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o.out, "Where results go (default: out)", "DIR"},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &o.jobs, "Documents at a time (default: one a processor); 0: without worker processes",
         "N"},
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &o.rules, "Rule files (default: those beside the program)", "DIR"},
        {"ocr", 0, 0, G_OPTION_ARG_STRING, &o.ocr,
         "Read pages from their picture: those without text (auto, the default), none, or all", "auto|never|always"},
        {"resume", 0, 0, G_OPTION_ARG_NONE, &o.resume, "Skip what the same rules made from the same bytes before", NULL},
        {"cache", 0, 0, G_OPTION_ARG_FILENAME, &o.cache.folder,
         "Keep what documents say between runs in DIR (default: ~/.cache/dabiao; none with --shard)", "DIR"},
        {"cache-size", 0, 0, G_OPTION_ARG_STRING, &o.cache.size, "What that may take: 500M, 20G (default: 1G)", "SIZE"},
        {"no-cache", 0, 0, G_OPTION_ARG_NONE, &o.cache.none, "Remember nothing of earlier runs, keep nothing for later ones", NULL},
        {"shard", 0, 0, G_OPTION_ARG_STRING, &o.shard, "Take part I of N of the inputs; manifest.I-of-N.jsonl", "I/N"},
        {"files-from", 0, 0, G_OPTION_ARG_FILENAME, &o.files_from, "Read PATHs from a file, one a line; - is stdin", "FILE"},
        {"null", '0', 0, G_OPTION_ARG_NONE, &o.null, "PATHs of --files-from end in NUL, as find -print0 writes them", NULL},
        {"sandbox", 0, 0, G_OPTION_ARG_STRING, &o.sandbox,
         "Shut workers in: as far as the system can (auto, the default), wholly or not at all", "auto|require|off"},
        {"deadline", 0, 0, G_OPTION_ARG_INT, &o.deadline, "Seconds a document may take (default: 120; 0: any)", "S"},
        {"memory", 0, 0, G_OPTION_ARG_INT, &o.megabytes, "Memory a document may take, MB (default: 2048; 0: any)", "MB"},
        {"log-json", 0, 0, G_OPTION_ARG_FILENAME, &o.log_json, "Write what happens as JSON lines to a file; - is stderr", "FILE"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &o.quiet, "Say nothing but what failed", NULL},
        {0}};
    int status;
    if (dab_cli_parse(&argc, &argv, options, &help, &status)) {
        o.cache.shared = o.shard != NULL;
        status = convert(&o, argc, argv);
    }
    g_free(o.rules);
    g_free(o.out);
    g_free(o.ocr);
    g_free(o.shard);
    g_free(o.files_from);
    g_free(o.sandbox);
    g_free(o.log_json);
    g_free(o.cache.folder);
    g_free(o.cache.size);
    return status;
}
