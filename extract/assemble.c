/* assemble.c: a PDF → DabLayout. */
#include "extract/assemble.h"

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/cells.h"
#include "extract/flow.h"
#include "extract/furniture.h"
#include "extract/ocr.h"
#include "extract/page_tables.h"
#include "extract/paths.h"
#include "extract/prose.h"
#include "extract/scan.h"
#include "extract/scanned.h"
#include "extract/sideways.h"
#include "extract/unseen.h"
#include "extract/watermark.h"

typedef struct {
    DabLayout *layout;
    DabPool *scratch; /* dies when the layout is there */
    GPtrArray *pages; /* DabPageWork */
    float body;
    DabScanned scanned; /* pages that are read from their picture */
} Work;

static DabPageWork *new_page(DabPool *pool, guint index) {
    DabPageWork *page = dab_pool_new0(pool, DabPageWork);
    page->raw.page = index;
    page->raw.chars = dab_pool_array(pool, sizeof(DabChar));
    page->raw.segments = dab_pool_array(pool, sizeof(DabSegment));
    page->raw.images = dab_pool_array(pool, sizeof(DabBox));
    page->raw.shades = dab_pool_array(pool, sizeof(DabBox));
    page->grids = dab_pool_ptr_array(pool);
    page->lines = dab_pool_array(pool, sizeof(DabLine));
    page->stretches = dab_pool_array(pool, sizeof(DabStretch));
    page->blocks = dab_pool_array(pool, sizeof(DabFlowBlock));
    page->furniture = dab_pool_array(pool, sizeof(DabLine));
    return page;
}

/* The next page, its characters and rulings read: finds its grids and runs. */
static void add_page(Work *work, DabPageWork *page) {
    const DabPageWork *before = work->pages->len ? g_ptr_array_index(work->pages, work->pages->len - 1) : NULL;
    dab_chars_find_turned(page->raw.chars);
    dab_watermarks_find(&page->raw);
    dab_page_tables_find(work->scratch, page, before);
    g_ptr_array_add(work->pages, page);
}

static gboolean has_text(const Work *work, GError **error) {
    for (guint i = 0; i < work->pages->len; i++)
        if (((const DabPageWork *)g_ptr_array_index(work->pages, i))->raw.chars->len) return TRUE;
    if (work->scanned.n_pictures)
        g_set_error(error, DAB_ERROR, DAB_ERROR_EMPTY, "the %u page(s) hold no text, only pictures: %s", work->pages->len,
                    dab_scanned_reason(&work->scanned));
    else
        g_set_error(error, DAB_ERROR, DAB_ERROR_EMPTY, "the %u page(s) hold no text", work->pages->len);
    return FALSE;
}

/* Whether lines and pictures drawn on the page may say anything of its text. A table of the page before may go on as a tall cell of
 * prose; beside a picture stand captions. */
static gboolean needs_drawings(const Work *work, const DabSource *source, const DabRawPage *page) {
    const DabPageWork *before = work->pages->len ? g_ptr_array_index(work->pages, work->pages->len - 1) : NULL;
    return source->ocr == DAB_OCR_ALWAYS || (before && before->grids->len) || !dab_prose_is_all(page) ||
           dab_source_has_name(source, "/Image");
}

static void read_drawings(Work *work, DabPaths *paths, DabRawPage *page) {
    if (!dab_paths_ready(paths)) return;
    if (dab_paths_read_page(paths, page->page, page))
        dab_unseen_drop(page);
    else if (page->chars->len)
        dab_layout_warn(work->layout, "rulings_unread", page->page + 1,
                        "the lines of page %u could not be read: its tables may be missing", page->page + 1);
}

/* Reads all pages: characters, rulings, grids, runs. */
static gboolean read_pages(Work *work, const DabSource *source, GError **error) {
    g_autoptr(DabPdf) pdf = dab_pdf_open(source, error);
    if (!pdf) return FALSE;
    g_autoptr(DabPaths) paths = dab_paths_new(source);
    guint n_glyphs = 0, n_unread = 0;
    if (dab_paths_has_endless_map(paths)) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_DAMAGED, "a character map of a font refers to itself; get the file again");
        return FALSE;
    }
    for (guint i = 0; i < dab_pdf_n_pages(pdf); i++) {
        DabPageWork *page = new_page(work->scratch, i);
        if (!dab_pdf_read_page(pdf, i, &page->raw)) {
            dab_layout_warn(work->layout, "page_unreadable", i + 1, "page %u cannot be read and is left out", i + 1);
            n_unread++;
        }
        n_glyphs += page->raw.chars->len;
        if (n_glyphs > DAB_MAX_GLYPHS) {
            g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "more than %u characters; split the file", DAB_MAX_GLYPHS);
            return FALSE;
        }
        if (needs_drawings(work, source, &page->raw)) read_drawings(work, paths, &page->raw);
        dab_scanned_page(&work->scanned, pdf, &page->raw);
        page->quarters = dab_scanned_is_recognised(&work->scanned, i) ? 0 : dab_sideways_set_upright(&page->raw);
        page->pdf = pdf;
        add_page(work, page);
        page->pdf = NULL;
    }
    if (n_unread == work->pages->len) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_DAMAGED, "none of the PDF's pages can be read; get the file again");
        return FALSE;
    }
    return has_text(work, error);
}

/* Reads a file that is one picture, or several. */
static gboolean read_pictures(Work *work, const DabSource *source, GError **error) {
    if (source->ocr == DAB_OCR_NEVER) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_EMPTY, "a picture holds no text: %s", dab_scanned_reason(&work->scanned));
        return FALSE;
    }
    if (source->before_ocr) source->before_ocr();
    if (dab_ocr_missing()) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE, "%s is not read: %s", source->media_type, dab_ocr_missing());
        return FALSE;
    }
    guint n = MAX(dab_scan_count(source->data, source->bytes, DAB_MAX_PAGES), 1);
    for (guint i = 0; i < n; i++) {
        DabPageWork *page = new_page(work->scratch, i);
        DabImage *image = dab_scan_decode(source->data, source->bytes, i, error);
        if (!image) return FALSE;
        dab_scanned_picture(&work->scanned, image, &page->raw);
        add_page(work, page);
    }
    return has_text(work, error);
}

/* Free text and tables of a page, in reading order. */
static void read_order(Work *work, DabPageWork *page) {
    GArray *flow = g_array_new(FALSE, TRUE, sizeof(DabRun)), *aside = g_array_new(FALSE, TRUE, sizeof(DabRun));
    for (guint i = 0; i < page->runs->len; i++) {
        const DabRun *run = &g_array_index(page->runs, DabRun, i);
        if (run->furniture)
            g_array_append_val(aside, *run);
        else if (run->place < 0)
            g_array_append_val(flow, *run);
    }
    for (guint i = 0; i < page->grids->len; i++) {
        const DabGrid *grid = g_ptr_array_index(page->grids, i);
        DabRun run = {.box = grid->box, .size = grid->box.y1 - grid->box.y0, .place = -1, .table = (gint)i};
        g_array_append_val(flow, run);
    }
    dab_lines_make(work->layout, page->raw.page, page->raw.chars, (DabRun *)aside->data, aside->len, page->furniture);
    dab_columns_make(work->layout, page->raw.page, page->raw.chars, page->raw.segments, (DabRun *)flow->data, flow->len,
                     page->stretches, page->lines);
    g_array_free(flow, TRUE);
    g_array_free(aside, TRUE);
}

static void make_blocks(Work *work, DabPageWork *page) {
    for (guint i = 0; i < page->stretches->len; i++) {
        const DabStretch *s = &g_array_index(page->stretches, DabStretch, i);
        if (s->table < 0) {
            dab_paragraphs_make(work->layout, page->lines, s, work->body, page->raw.images, page->blocks);
            continue;
        }
        const DabGrid *grid = g_ptr_array_index(page->grids, s->table);
        DabFlowBlock block = {
            {.kind = DAB_BLOCK_TABLE, .page = page->raw.page, .box = grid->box, .table = s->table, .column = s->column},
            s->left,
            s->right,
            s->n_columns == 1};
        g_array_append_val(page->blocks, block);
    }
}

static void lay_out_page(Work *work, DabPageWork *page) {
    DabPage p = {page->raw.width, page->raw.height, work->layout->glyphs->len, 0};
    read_order(work, page);
    dab_cells_fill(work->scratch, work->layout, page);
    p.n_glyphs = work->layout->glyphs->len - p.first_glyph;
    g_array_append_val(work->layout->pages, p);
    make_blocks(work, page);
}

/* Room for all characters at once: the array need not grow line by line. */
static void reserve_glyphs(const Work *work) {
    guint n = 0;
    for (guint i = 0; i < work->pages->len; i++) n += ((const DabPageWork *)g_ptr_array_index(work->pages, i))->raw.chars->len;
    g_array_set_size(work->layout->glyphs, n + n / 8);
    g_array_set_size(work->layout->glyphs, 0);
}

typedef gboolean (*ReadFunc)(Work *work, const DabSource *source, GError **error);

static DabLayout *lay_out(DabPool *pool, const DabSource *source, ReadFunc read, GError **error) {
    g_autoptr(DabPool) scratch = dab_pool_new();
    Work work = {.layout = dab_layout_new(pool), .scratch = scratch, .pages = dab_pool_ptr_array(scratch), .body = 10};
    dab_scanned_init(&work.scanned, scratch, work.layout, source);
    if (!read(&work, source, error)) return NULL;
    work.body = dab_body_size(work.pages);
    reserve_glyphs(&work);
    dab_furniture_find(work.pages, work.body);
    for (guint i = 0; i < work.pages->len; i++) lay_out_page(&work, g_ptr_array_index(work.pages, i));
    dab_flow_join(work.scratch, work.layout, work.pages);
    dab_scanned_finish(&work.scanned);
    for (guint i = 0; i < work.pages->len; i++)
        dab_sideways_lay_back(work.layout, i, ((const DabPageWork *)g_ptr_array_index(work.pages, i))->quarters);
    return work.layout;
}

DabLayout *dab_extract_pdf(DabPool *pool, const DabSource *source, GError **error) {
    return lay_out(pool, source, read_pages, error);
}

DabLayout *dab_extract_picture(DabPool *pool, const DabSource *source, GError **error) {
    return lay_out(pool, source, read_pictures, error);
}
