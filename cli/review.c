/* dabiao review: HTML pages: every number beside its place on the page. */
#include <stdio.h>
#include <string.h>

#include "bulk/file.h"
#include "cli/cli.h"
#include "cli/draw.h"
#include "output/html.h"
#include "output/value.h"

static const DabCliHelp help = {
    "OUT…",
    "Writes HTML pages for a browser: a list of the reports that convert wrote into OUT, and a page for each, with its targets\n"
    "beside their outcomes, all other numbers, and the report's own pages with each number marked where it stands.",
    "Examples:\n"
    "  dabiao review out                      review/index.html\n"
    "  dabiao review -o pages out/2021        of a part\n"
    "  dabiao review --reports /archive out   the reports have moved since they were converted\n"
    "\n"
    "The pages are drawn from the reports, which must be where convert found them, or below --reports; of reports that are not\n"
    "there, in an archive, or no PDF, the page shows sentences alone. Pages need no network and no server.\n"
    "Exit status: 0 done, 1 some outputs could not be read or pages not written, 2 wrong usage.\n"};

typedef struct {
    const char *verb, *reports;
    char *to;
    gboolean no_pages;
    GHashTable *inputs; /* file of the output → where its input was */
    GHashTable *pages;  /* names of pages that are taken */
    GString *rows;
    guint n;
    int status;
} Review;

/* Where convert found what: the manifests of a folder. */
static void read_manifests(Review *r, const char *folder) {
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
        if (!g_str_has_prefix(name, "manifest") || !strstr(name, ".jsonl") || !g_file_get_contents(path, &text, NULL, NULL))
            continue;
        for (char *line = text, *end; line && *line; line = end) {
            end = strchr(line, '\n');
            if (end) *end++ = 0;
            g_autoptr(DabValue) v = dab_value_parse(line, strlen(line));
            const char *input = dab_value_text(v, "input"), *output = dab_value_text(v, "output");
            if (input && output) g_hash_table_insert(r->inputs, g_build_filename(folder, output, NULL), g_strdup(input));
        }
    }
}

/* out/2021/plan.pdf.json below out → 2021/plan.pdf.html; a second one of that name gets a number. */
static char *page_name(Review *r, const char *file, const char *out) {
    gsize shared = strlen(out);
    gboolean below = g_file_test(out, G_FILE_TEST_IS_DIR) && !strncmp(file, out, shared);
    g_autofree char *base = below ? NULL : g_path_get_basename(file);
    const char *name = below ? file + shared : base;
    while (*name == '/') name++;
    gsize len = g_str_has_suffix(name, ".json") ? strlen(name) - strlen(".json") : strlen(name);
    char *page = g_strdup_printf("%.*s.html", (int)len, name);
    for (guint i = 2; !g_hash_table_add(r->pages, g_strdup(page)); i++) {
        g_free(page);
        page = g_strdup_printf("%.*s~%u.html", (int)len, name, i);
    }
    return page;
}

static char *address_of_index(const char *page) {
    GString *up = g_string_new(NULL);
    for (const char *p = page; (p = strchr(p, '/')); p++) g_string_append(up, "../");
    return g_string_free(g_string_append(up, "index.html"), FALSE);
}

static gboolean write_page(Review *r, const char *name, GString *page) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(r->to, name, NULL);
    gboolean ok = dab_file_write(path, page->str, page->len, &error);
    if (!ok) fprintf(stderr, "%s: write_failed: %s\n", r->verb, error->message);
    if (!ok) r->status = DAB_EXIT_SOME_FAILED;
    g_string_free(page, TRUE);
    return ok;
}

static GString *draw(const Review *r, const DabOutput *o, const char *file, char **why) {
    if (r->no_pages) return NULL;
    const char *input = g_hash_table_lookup(r->inputs, file);
    g_autofree char *moved = r->reports && o->path ? g_build_filename(r->reports, o->path, NULL) : NULL;
    if (moved || input) return dab_cli_draw(o, moved ? moved : input, why);
    *why = g_strdup("no manifest tells where the report is (--reports DIR): its pages are not shown");
    return NULL;
}

static gboolean review_one(Review *r, const char *file, const char *out) {
    g_autoptr(GError) error = NULL;
    g_autoptr(DabOutput) o = dab_output_read(file, &error);
    if (!o) {
        fprintf(stderr, "%s: %s: %s\n", r->verb, file, error->message);
        r->status = DAB_EXIT_SOME_FAILED;
        return TRUE;
    }
    g_autofree char *why = NULL, *name = page_name(r, file, out), *index = address_of_index(name);
    g_autoptr(GString) pages = draw(r, o, file, &why);
    const DabHtmlReport report = {o, pages, why, index};
    dab_html_index_row(r->rows, o, o->path ? o->path : file, name);
    r->n++;
    return write_page(r, name, dab_html_report(&report));
}

static int review(Review *r, int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = dab_cli_files_below(argv[i], ".json");
        g_autofree char *folder = g_file_test(argv[i], G_FILE_TEST_IS_DIR) ? g_strdup(argv[i]) : g_path_get_dirname(argv[i]);
        read_manifests(r, folder);
        for (guint k = 0; k < files->len; k++)
            if (!review_one(r, files->pdata[k], argv[i])) return r->status; /* the disk is full, or the folder not ours */
    }
    g_autofree char *title = g_strdup_printf("%u report%s", r->n, r->n == 1 ? "" : "s");
    if (!write_page(r, "index.html", dab_html_index(title, r->rows))) return r->status;
    printf("%s: open %s/index.html in a browser\n", title, r->to);
    return r->status;
}

int dab_cli_review(int argc, char **argv) {
    g_autofree char *to = NULL, *reports = NULL;
    Review r = {.verb = argv[0], .status = DAB_EXIT_DONE};
    const GOptionEntry options[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &to, "Where the pages go (default: review)", "DIR"},
        {"reports", 0, 0, G_OPTION_ARG_FILENAME, &reports, "Where the reports are (default: where convert found them)", "DIR"},
        {"no-pages", 0, 0, G_OPTION_ARG_NONE, &r.no_pages, "Do not draw the reports' own pages", NULL},
        {0}};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc < 2) return dab_cli_usage(argv[0], "which run? Name the folder that convert wrote into");
    r.to = to ? to : (to = g_strdup("review"));
    r.reports = reports;
    r.inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    r.pages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(r.pages, g_strdup("index.html"));
    r.rows = g_string_new(NULL);
    status = review(&r, argc, argv);
    g_string_free(r.rows, TRUE);
    g_hash_table_unref(r.inputs);
    g_hash_table_unref(r.pages);
    return status;
}
