/* pdf.c: the only user of Poppler, and of cairo, on which it renders. */
#include "extract/pdf.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/font_size.h"

#define MAX_SIDE 32000.0 /* pixels: what cairo paints */
#define WHITE 64900      /* of 65535: what paper does not show */
#define MAX_TREE 40      /* elements inside elements of a structure tree that are followed */
#define MAX_ELEMENTS 200000
#define MAX_FONTS 256 /* faces and sizes of one page that are told apart */

struct DabPdf {
    const DabSource *source;
    PopplerDocument *document;
    guint n_pages;
    GArray *told; /* DabToldTable; NULL: not read yet */
};

static gboolean set_open_error(const GError *cause, GError **error) {
    if (g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_ENCRYPTED,
                            "the PDF needs a password; remove it with: qpdf --decrypt --password=… IN OUT");
    else
        g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "no PDF reader can open it (%s); get the file again", cause->message);
    return FALSE;
}

/* Poppler keeps its tables (names of characters, folders of poppler-data) as long as any document is open, and reads them anew for
 * the next one, which takes as long as a short page. So an empty one stays open. */
static void keep_tables(void) {
    static const char empty[] =
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        "xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
        "trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n100\n%%EOF\n";
    static PopplerDocument *kept;
    g_autoptr(GBytes) bytes = kept ? NULL : g_bytes_new_static(empty, sizeof empty - 1);
    if (bytes) kept = poppler_document_new_from_bytes(bytes, NULL, NULL);
}

DabPdf *dab_pdf_open(const DabSource *source, GError **error) {
    keep_tables();
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_static(source->data, source->bytes);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, &cause);
    if (!document) {
        set_open_error(cause, error);
        return NULL;
    }
    int n = poppler_document_get_n_pages(document);
    if (n <= 0 || (guint)n > DAB_MAX_PAGES) {
        if (n <= 0)
            g_set_error_literal(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the PDF has no pages; get the file again");
        else
            g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "%d pages; at most %u are read: split the file", n, DAB_MAX_PAGES);
        g_object_unref(document);
        return NULL;
    }
    DabPdf *pdf = g_new0(DabPdf, 1);
    pdf->source = source;
    pdf->document = document;
    pdf->n_pages = (guint)n;
    return pdf;
}

void dab_pdf_free(DabPdf *pdf) {
    if (!pdf) return;
    if (pdf->told) g_array_unref(pdf->told);
    g_object_unref(pdf->document);
    g_free(pdf);
}

guint dab_pdf_n_pages(const DabPdf *pdf) {
    return pdf->n_pages;
}

/* Font names tell weight by habit only: NotoSansCJKsc-Bold, "SimSun,Bold", FZXBSJW--Heavy. */
static gboolean font_is_bold(const char *name) {
    static const char *const heavy[] = {"bold", "black", "heavy", "demi"};
    if (!name) return FALSE;
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (guint i = 0; i < G_N_ELEMENTS(heavy); i++)
        if (strstr(lower, heavy[i])) return TRUE;
    return FALSE;
}

static gboolean box_is_good(const PopplerRectangle *r, float width, float height) {
    if (!isfinite(r->x1) || !isfinite(r->y1) || !isfinite(r->x2) || !isfinite(r->y2)) return FALSE;
    if (r->x2 <= r->x1 || r->y2 <= r->y1) return FALSE;
    double cx = (r->x1 + r->x2) / 2, cy = (r->y1 + r->y2) / 2;
    return cx >= 0 && cy >= 0 && cx <= width && cy <= height;
}

/* The number of the style's font among those of the page; a page has few. */
static guint16 find_font(GArray *fonts, const PopplerTextAttributes *style) {
    for (guint i = 0; i < fonts->len; i++) {
        const DabFont *f = &g_array_index(fonts, DabFont, i);
        if (f->size == (float)style->font_size && g_strcmp0(f->name, style->font_name) == 0) return (guint16)i;
    }
    DabFont font = {style->font_name, (float)style->font_size};
    if (fonts->len < MAX_FONTS) g_array_append_val(fonts, font);
    return (guint16)(fonts->len - 1);
}

/* Marks of direction and joining: they say how a text is shown, nothing of what it says. */
static gboolean is_format_mark(gunichar ch) {
    return (ch >= 0x200B && ch <= 0x200F) || (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2060 && ch <= 0x2069) || ch == 0xFEFF;
}

static void take_chars(DabRawPage *page, const char *text, const PopplerRectangle *rects, guint n, GList *attributes,
                       GArray *fonts) {
    const PopplerTextAttributes *style = NULL;
    guint8 look = 0;
    guint16 font = 0;
    float size = 0; /* 0: the font has none */
    glong length = 0;
    g_autofree gunichar *signs = g_utf8_to_ucs4_fast(text, -1, &length);
    gboolean embeds = (glong)n < length; /* Poppler puts marks around what runs right to left, without boxes */
    g_array_set_size(page->chars, n);
    DabChar *c = (DabChar *)page->chars->data;
    guint i = 0;
    for (glong k = 0; k < length && i < n; k++, i++) {
        gunichar ch = signs[k];
        if (embeds && ch >= 0x202A && ch <= 0x202E) {
            i--;
            continue;
        }
        while (attributes && (!style || (gint)i > style->end_index)) {
            style = attributes->data;
            attributes = attributes->next;
            gboolean white = MIN(MIN(style->color.red, style->color.green), style->color.blue) > WHITE;
            look = (font_is_bold(style->font_name) ? DAB_CHAR_BOLD : 0) | (white ? DAB_CHAR_WHITE : 0);
            font = find_font(fonts, style);
            size = isfinite(style->font_size) ? (float)style->font_size : 0;
        }
        if (ch == '\n' || ch == '\r' || ch == '\f' || ch == 0) continue;
        const PopplerRectangle *r = &rects[i];
        gboolean hanzi = dab_is_hanzi(ch), blank = !hanzi && g_unichar_isspace(ch);
        if (blank ? !(r->x2 >= r->x1) : !box_is_good(r, page->width, page->height)) continue;
        if (!hanzi && !blank && (g_unichar_iscntrl(ch) || is_format_mark(ch))) continue;
        *c = (DabChar){.glyph = {.ch = blank ? ' ' : ch,
                                 .size = size > 0 ? size : (float)(r->y2 - r->y1),
                                 .box = {(float)r->x1, (float)r->y1, (float)r->x2, (float)r->y2}},
                       .style = look | (blank ? DAB_CHAR_BLANK : 0),
                       .font = font};
        if (c->glyph.size >= 0.5f) c++;
    }
    g_array_set_size(page->chars, (guint)(c - (DabChar *)page->chars->data));
}

gboolean dab_pdf_read_page(DabPdf *pdf, guint index, DabRawPage *page) {
    PopplerPage *source = poppler_document_get_page(pdf->document, (int)index);
    if (!source) return FALSE;
    double width = 0, height = 0;
    poppler_page_get_size(source, &width, &height);
    gboolean good = isfinite(width) && isfinite(height) && width > 0 && height > 0;
    if (good) {
        page->width = (float)width;
        page->height = (float)height;
        PopplerRectangle *rects = NULL;
        guint n = 0;
        g_autofree char *text = poppler_page_get_text(source);
        if (text && *text && poppler_page_get_text_layout(source, &rects, &n)) {
            GList *attributes = poppler_page_get_text_attributes(source);
            g_autoptr(GArray) fonts = g_array_new(FALSE, TRUE, sizeof(DabFont));
            take_chars(page, text, rects, n, attributes, fonts);
            dab_font_size_mend(page->chars, fonts);
            poppler_page_free_text_attributes(attributes);
        }
        g_free(rects);
    }
    g_object_unref(source);
    return good;
}

/* A table of the tree on its way. */
typedef struct {
    DabToldTable table;
    gboolean placed;        /* its page is known */
    guint columns, n_plain; /* of the row being read; cells of it that are no names */
} Telling;

typedef struct {
    GArray *tables;
    Telling *in; /* the table being read, or NULL */
    guint n;     /* elements so far */
} Tree;

static void read_element(Tree *tree, PopplerStructureElementIter *iter, guint depth);

static void read_children(Tree *tree, PopplerStructureElementIter *iter, guint depth) {
    PopplerStructureElementIter *child = depth < MAX_TREE ? poppler_structure_element_iter_get_child(iter) : NULL;
    if (!child) return;
    do read_element(tree, child, depth + 1);
    while (poppler_structure_element_iter_next(child));
    poppler_structure_element_iter_free(child);
}

static void read_told_table(Tree *tree, PopplerStructureElementIter *iter, guint depth) {
    Telling telling = {.placed = FALSE}, *outer = tree->in;
    tree->in = &telling;
    read_children(tree, iter, depth);
    tree->in = outer;
    if (telling.placed) g_array_append_val(tree->tables, telling.table);
}

static void read_told_row(Tree *tree, PopplerStructureElementIter *iter, guint depth) {
    Telling *t = tree->in;
    t->columns = t->n_plain = 0;
    read_children(tree, iter, depth);
    if (!t->columns) return;
    if (!t->n_plain && t->table.n_header == t->table.n_rows) t->table.n_header++;
    t->table.n_rows++;
    t->table.n_columns = MAX(t->table.n_columns, t->columns);
}

static void read_element(Tree *tree, PopplerStructureElementIter *iter, guint depth) {
    if (tree->n++ > MAX_ELEMENTS) return;
    g_autoptr(GObject) object = (GObject *)poppler_structure_element_iter_get_element(iter);
    PopplerStructureElement *element = (PopplerStructureElement *)object;
    PopplerStructureElementKind kind = poppler_structure_element_get_kind(element);
    gboolean cell = kind == POPPLER_STRUCTURE_ELEMENT_TABLE_DATA || kind == POPPLER_STRUCTURE_ELEMENT_TABLE_HEADING;
    if (kind == POPPLER_STRUCTURE_ELEMENT_TABLE) {
        read_told_table(tree, iter, depth);
    } else if (tree->in && kind == POPPLER_STRUCTURE_ELEMENT_TABLE_ROW) {
        read_told_row(tree, iter, depth);
    } else if (tree->in) {
        int page = tree->in->placed ? -1 : poppler_structure_element_get_page(element);
        if (cell) tree->in->columns++; /* how many it spans, Poppler 22.12 does not say of cells */
        if (cell && kind == POPPLER_STRUCTURE_ELEMENT_TABLE_DATA) tree->in->n_plain++;
        if (page >= 0) {
            tree->in->placed = TRUE;
            tree->in->table.page = (guint)page;
        }
        if (!cell || !tree->in->placed) read_children(tree, iter, depth);
    } else if (!poppler_structure_element_is_content(element)) {
        read_children(tree, iter, depth);
    }
}

/* Reading the tree takes as long as a tenth of the pages. Where no object is packed, a file without the word has no table. */
static gboolean may_tell_tables(const DabSource *source) {
    return dab_source_has(source, "Table") || dab_source_has(source, "ObjStm");
}

const GArray *dab_pdf_told_tables(DabPdf *pdf) {
    if (pdf->told) return pdf->told;
    pdf->told = g_array_new(FALSE, TRUE, sizeof(DabToldTable));
    Tree tree = {.tables = pdf->told};
    PopplerStructureElementIter *iter = may_tell_tables(pdf->source) ? poppler_structure_element_iter_new(pdf->document) : NULL;
    if (!iter) return pdf->told;
    do read_element(&tree, iter, 0);
    while (poppler_structure_element_iter_next(iter));
    poppler_structure_element_iter_free(iter);
    return pdf->told;
}

static void take_grey(cairo_surface_t *surface, DabImage *image) {
    const guint8 *data = cairo_image_surface_get_data(surface);
    gsize stride = (gsize)cairo_image_surface_get_stride(surface);
    for (guint y = 0; y < image->height; y++) {
        const guint32 *row = (const guint32 *)(const void *)(data + y * stride);
        for (guint x = 0; x < image->width; x++) { /* weights of ITU-R BT.601 */
            guint32 p = row[x];
            image->grey[(gsize)y * image->width + x] =
                (guint8)((((p >> 16) & 255) * 77 + ((p >> 8) & 255) * 150 + (p & 255) * 29) >> 8);
        }
    }
}

DabImage *dab_pdf_render(DabPdf *pdf, guint index, float density) {
    g_autoptr(GObject) object = (GObject *)poppler_document_get_page(pdf->document, (int)index);
    PopplerPage *source = (PopplerPage *)object;
    double width = 0, height = 0;
    if (source) poppler_page_get_size(source, &width, &height);
    if (!isfinite(width) || !isfinite(height) || !(width > 0) || !(height > 0)) return NULL;
    double most = sqrt(DAB_MAX_SCAN_PIXELS / (width * height)), scale = fmin(density, most);
    if (width * scale > MAX_SIDE || height * scale > MAX_SIDE) scale = MAX_SIDE / fmax(width, height);
    DabImage *image = dab_image_new((guint)fmax(width * scale, 1), (guint)fmax(height * scale, 1), (float)scale);
    if (!image) return NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)image->width, (int)image->height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(source, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        take_grey(surface, image);
    else
        g_clear_pointer(&image, dab_image_free);
    cairo_surface_destroy(surface);
    return image;
}
