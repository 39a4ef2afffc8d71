/* dabiao text FILE: the text as the rules see it. */
#include <stdio.h>

#include "cli/cli.h"
#include "dabiao/error.h"

static gboolean print_text(const DabRules *rules, const char *file, DabOcr ocr) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *shown = g_path_get_basename(file);
    DabSource *source = dab_source_open(pool, file, shown, &error);
    if (source) source->ocr = ocr;
    DabLayout *layout = source ? dab_extract(pool, source, &error) : NULL;
    if (!layout) {
        fprintf(stderr, "dabiao text: %s: %s: %s\n", file, dab_error_name(error->code), error->message);
        return FALSE;
    }
    DabDocument *document = dab_document_parse(pool, rules, source, layout);
    for (guint i = 0; i < document->passages->len; i++) {
        const DabPassage *p = &g_array_index(document->passages, DabPassage, i);
        if (p->kind == DAB_PASSAGE_FURNITURE || dab_span_len(p->span) == 0) continue;
        fwrite(document->text->utf8->str + p->span.start, 1, dab_span_len(p->span), stdout);
        putchar('\n');
    }
    return TRUE;
}

int dab_cli_text(int argc, char **argv) {
    g_autofree char *dir = NULL, *ocr = NULL;
    DabOcr mode = DAB_OCR_AUTO;
    const GOptionEntry options[] = {
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Rule files (default: those beside the program)", "DIR"},
        {"ocr", 0, 0, G_OPTION_ARG_STRING, &ocr, "Read pages from their picture: those without text (auto), none, or all",
         "auto|never|always"},
        {0}};
    const DabCliHelp help = {"FILE", "Prints the normalised text of a report as the rules see it, one passage a line.",
                             "A passage is a title, a heading, a paragraph (whole again over columns and pages), a caption, or a\n"
                             "paragraph of a table cell. Page numbers and running heads are left out.\n"};
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc != 2) return dab_cli_usage(argv[0], "takes one file");
    if (ocr && !dab_cli_read_ocr(ocr, &mode)) return dab_cli_usage(argv[0], "--ocr takes auto, never or always, not \"%s\"", ocr);
    g_autoptr(DabRules) rules = dab_cli_load_rules(argv[0], dir);
    if (!rules) return DAB_EXIT_RULES;
    return print_text(rules, argv[1], mode) ? DAB_EXIT_DONE : DAB_EXIT_SOME_FAILED;
}
