/* dabiao layout FILE: pages, blocks, tables and cells, as JSON or as pictures. */
#include <stdio.h>

#include "bulk/file.h"
#include "cli/cli.h"
#include "dabiao/error.h"
#include "output/layout.h"

typedef struct {
    const char *verb, *file;
    char *folder; /* where pictures go; NULL: standard output */
    gboolean svg;
    gint page; /* from 1; 0: all */
} Job;

static gboolean fail(const Job *job, const GError *error) {
    fprintf(stderr, "%s: %s: %s: %s\n", job->verb, job->file, dab_error_name(error->code), error->message);
    return FALSE;
}

/* DIR/report.pdf-003.svg: in the order of pages where names are sorted. */
static gboolean write_picture(const Job *job, const char *shown, guint page, const char *svg, gsize len) {
    g_autoptr(GError) error = NULL;
    if (!job->folder) {
        fwrite(svg, 1, len, stdout);
        return TRUE;
    }
    g_autofree char *name = g_strdup_printf("%s-%03u.svg", shown, page + 1);
    g_autofree char *path = g_build_filename(job->folder, name, NULL);
    return dab_file_write(path, svg, len, &error) || fail(job, error);
}

static int draw(const Job *job, const char *shown, const DabLayout *layout) {
    if (job->page > 0 && (guint)job->page > layout->pages->len) {
        fprintf(stderr, "%s: %s has %u page(s)\n", job->verb, job->file, layout->pages->len);
        return DAB_EXIT_SOME_FAILED;
    }
    if (!job->page && !job->folder && layout->pages->len > 1)
        return dab_cli_usage(job->verb, "%u pages are %u pictures: name a folder for them with -o, or one page with --page",
                             layout->pages->len, layout->pages->len);
    guint first = job->page ? (guint)job->page - 1 : 0, end = job->page ? first + 1 : layout->pages->len;
    for (guint i = first; i < end; i++) {
        gsize len = 0;
        g_autofree char *svg = dab_layout_svg(layout, i, &len);
        if (!svg) {
            fprintf(stderr, "%s: %s: it has no pages to draw; only PDFs and pictures have\n", job->verb, job->file);
            return DAB_EXIT_SOME_FAILED;
        }
        if (!write_picture(job, shown, i, svg, len)) return DAB_EXIT_SOME_FAILED;
    }
    return DAB_EXIT_DONE;
}

static int run(const Job *job, DabOcr ocr) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *shown = g_path_get_basename(job->file);
    DabSource *source = dab_source_open(pool, job->file, shown, &error);
    if (source) source->ocr = ocr;
    DabLayout *layout = source ? dab_extract(pool, source, &error) : NULL;
    if (!layout) {
        fail(job, error);
        return DAB_EXIT_SOME_FAILED;
    }
    if (job->svg) return draw(job, shown, layout);
    gsize len = 0;
    g_autofree char *json = dab_layout_json(source, layout, &len);
    fwrite(json, 1, len, stdout);
    return DAB_EXIT_DONE;
}

int dab_cli_layout(int argc, char **argv) {
    Job job = {.verb = argv[0]};
    g_autofree char *ocr = NULL, *folder = NULL;
    DabOcr mode = DAB_OCR_AUTO;
    const GOptionEntry options[] = {{"svg", 0, 0, G_OPTION_ARG_NONE, &job.svg, "Pictures instead of JSON, one a page", NULL},
                                    {"page", 'p', 0, G_OPTION_ARG_INT, &job.page, "Draw this page only", "N"},
                                    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
                                     "Write the pictures here (default: one page, to standard output)", "DIR"},
                                    {"ocr", 0, 0, G_OPTION_ARG_STRING, &ocr,
                                     "Read pages from their picture: those without text (auto), none, or all", "auto|never|always"},
                                    {0}};
    const DabCliHelp help = {
        "FILE", "Shows how a report was read: its pages, blocks in reading order, tables and cells, as JSON.",
        "  dabiao layout report.pdf                        JSON, a block and a table row a line\n"
        "  dabiao layout --svg -o pictures report.pdf      pictures/report.pdf-001.svg, …\n"
        "  dabiao layout --svg --page 3 report.pdf >3.svg  one page\n"
        "\n"
        "A picture has a box around each glyph, the blocks with their number in reading order (+ goes on from\n"
        "the block before), tables and cells; header cells are tinted.\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 2) return dab_cli_usage(argv[0], "takes one file");
    if (job.page < 0) return dab_cli_usage(argv[0], "pages are counted from 1");
    if (!job.svg && (job.page || folder)) return dab_cli_usage(argv[0], "--page and -o are for --svg");
    if (ocr && !dab_cli_read_ocr(ocr, &mode)) return dab_cli_usage(argv[0], "--ocr takes auto, never or always, not \"%s\"", ocr);
    job.file = argv[1];
    job.folder = folder;
    return run(&job, mode);
}
