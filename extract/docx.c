/* docx.c: the parts of a DOCX, its blocks and tables. */
#include "extract/docx.h"

#include <string.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "extract/archive.h"
#include "extract/docx_text.h"
#include "extract/html.h"

typedef struct DabDocxParts {
    DabPool *pool;
    const DabSource *source;
    gsize left;              /* of DAB_MAX_UNPACKED_BYTES */
    const DabXml *relations; /* of the main part, from the folder `base` ("word/") */
    char *base;
    GError *problem; /* met in a part that stands in the text */
} Package;

/* NULL without an error: it is not there. */
static GString *read_bytes(Package *p, const char *name, GError **error) {
    GString *data = dab_archive_read(p->source->data, p->source->bytes, name, MIN(p->left, DAB_MAX_MEMBER_BYTES), error);
    if (data) p->left -= MIN(p->left, data->len);
    return data;
}

static DabXml *read_part(Package *p, const char *name, GError **error) {
    GString *data = read_bytes(p, name, error);
    if (!data) return NULL;
    DabXml *root = dab_xml_parse(p->pool, data->str, data->len, name, error);
    g_string_free(data, TRUE);
    return root;
}

static char *target_of(const DabXml *relation, const char *base) {
    const char *target = dab_xml_attr(relation, "Target");
    if (!target) return NULL;
    return *target == '/' ? g_strdup(target + 1) : g_strconcat(base, target, NULL);
}

/* A web page that stands in the document as it is (w:altChunk), which programs that export DOCX leave to Word to turn into
 * paragraphs. */
static void read_chunk(DabDocx *d, const DabXml *x) {
    Package *p = d->parts;
    const char *id = dab_xml_attr(x, "id");
    const DabXml *relation = p->relations ? p->relations->first : NULL;
    while (relation && g_strcmp0(dab_xml_attr(relation, "Id"), id)) relation = relation->next;
    g_autofree char *name = id && relation ? target_of(relation, p->base) : NULL;
    g_autoptr(GError) problem = NULL;
    if (!name || p->problem) return;
    GString *data = read_bytes(p, name, &problem);
    gboolean read = data && data->len < 4 ? TRUE : data && memcmp(data->str, "PK\3\4", 4) && memcmp(data->str, "{\\rt", 4);
    d->joined = FALSE;
    if (read) dab_html_read(d->writer, (const guint8 *)data->str, data->len, &problem);
    dab_writer_paragraph(d->writer, (DabParagraph){DAB_BLOCK_PARAGRAPH, FALSE});
    if (data) g_string_free(data, TRUE);
    if (problem && problem->code != DAB_ERROR_DAMAGED)
        p->problem = g_steal_pointer(&problem);
    else if (problem || !read)
        dab_writer_warn(d->writer, "part_unread", problem ? problem->message : "a document within the document was not read");
}

static void read_blocks(DabDocx *d, const DabXml *parent);

static void read_cell_number(const DabXml *properties, const char *name, guint *out) {
    const char *value = dab_xml_val(properties, name);
    if (value) *out = (guint)CLAMP(g_ascii_strtoll(value, NULL, 10), 0, (gint64)DAB_MAX_COLUMNS);
}

static gboolean is_deleted(const DabXml *row) {
    return dab_xml_child(dab_xml_child(row, "w:trPr"), "w:del") != NULL;
}

/* The rows of a table or the cells of a row, but for deleted ones, within whatever wraps them (w:sdt, w:customXml, w:ins). */
static void collect(const DabXml *parent, const char *name, GPtrArray *out) {
    for (const DabXml *x = parent->first; x; x = x->next) {
        if (!x->name || !strcmp(x->name, "w:del") || !strcmp(x->name, "w:moveFrom")) continue;
        if (!strcmp(x->name, name)) {
            if (!is_deleted(x)) g_ptr_array_add(out, (gpointer)x);
        } else if (strcmp(x->name, "w:tr") && strcmp(x->name, "w:tc") && strcmp(x->name, "w:tbl")) {
            collect(x, name, out);
        }
    }
}

static gboolean is_header(const DabXml *row) {
    const DabXml *x = dab_xml_child(dab_xml_child(row, "w:trPr"), "w:tblHeader");
    const char *value = dab_xml_attr(x, "val");
    return x && g_strcmp0(value, "0") && g_strcmp0(value, "false") && g_strcmp0(value, "off");
}

static void read_row(DabDocx *d, const DabXml *row) {
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    guint column = 0;
    collect(row, "w:tc", cells);
    read_cell_number(dab_xml_child(row, "w:trPr"), "w:gridBefore", &column);
    dab_writer_begin_row(d->writer);
    for (guint i = 0; i < cells->len; i++) {
        const DabXml *cell = cells->pdata[i], *properties = dab_xml_child(cell, "w:tcPr");
        const DabXml *merge = dab_xml_child(properties, "w:vMerge");
        guint span = 1;
        read_cell_number(properties, "w:gridSpan", &span);
        gboolean goes_on = merge && g_strcmp0(dab_xml_attr(merge, "val"), "restart");
        if (!goes_on || !dab_writer_extend_above(d->writer, column)) {
            dab_writer_begin_cell(d->writer, column, 1, span);
            read_blocks(d, cell);
        }
        column = MIN(column + MAX(1, span), DAB_MAX_COLUMNS);
    }
}

/* A table of one column is a frame around text. */
static gboolean is_frame(const GPtrArray *rows) {
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        g_ptr_array_set_size(cells, 0);
        collect(rows->pdata[i], "w:tc", cells);
        if (cells->len > 1) return FALSE;
    }
    return TRUE;
}

static void read_table(DabDocx *d, const DabXml *table) {
    g_autoptr(GPtrArray) rows = g_ptr_array_new(), cells = g_ptr_array_new();
    collect(table, "w:tr", rows);
    d->joined = FALSE;
    if (is_frame(rows)) {
        for (guint i = 0; i < rows->len; i++) collect(rows->pdata[i], "w:tc", cells);
        for (guint i = 0; i < cells->len; i++) read_blocks(d, cells->pdata[i]);
        return;
    }
    guint headers = 0;
    while (headers < rows->len && is_header(rows->pdata[headers])) headers++;
    dab_writer_begin_table(d->writer);
    for (guint i = 0; i < rows->len && !dab_writer_is_full(d->writer); i++) read_row(d, rows->pdata[i]);
    dab_writer_end_table(d->writer, headers);
    d->joined = FALSE;
}

/* Text boxes come behind the paragraph that holds them; they may hold others. */
static void read_paragraph(DabDocx *d, const DabXml *p) {
    guint first = d->boxes->len;
    dab_docx_read_paragraph(d, p);
    if (d->boxes->len == first) return;
    gboolean joined = d->joined;
    for (guint i = first; i < d->boxes->len; i++) {
        d->joined = FALSE;
        read_blocks(d, d->boxes->pdata[i]);
    }
    g_ptr_array_set_size(d->boxes, (gint)first);
    d->joined = joined;
}

static gboolean is_contents(const DabXml *sdt) {
    const DabXml *part = dab_xml_child(dab_xml_child(sdt, "w:sdtPr"), "w:docPartObj");
    return !g_strcmp0(dab_xml_val(part, "w:docPartGallery"), "Table of Contents");
}

static void read_blocks(DabDocx *d, const DabXml *parent) {
    for (const DabXml *x = parent->first; x && !dab_writer_is_full(d->writer); x = x->next) {
        if (!x->name) continue;
        if (!strcmp(x->name, "w:p")) {
            read_paragraph(d, x);
        } else if (!strcmp(x->name, "w:tbl")) {
            read_table(d, x);
        } else if (!strcmp(x->name, "mc:AlternateContent")) {
            const DabXml *chosen = dab_docx_alternative(x);
            if (chosen) read_blocks(d, chosen);
        } else if (!strcmp(x->name, "w:altChunk")) {
            read_chunk(d, x);
        } else if (strcmp(x->name, "w:del") && strcmp(x->name, "w:moveFrom") && !is_contents(x)) {
            read_blocks(d, x); /* w:sdt, w:customXml, w:ins; properties hold no paragraphs */
        }
    }
}

/* ---- notes ---- */

static GHashTable *notes_by_id(const DabXml *notes) {
    GHashTable *by_id = g_hash_table_new(g_str_hash, g_str_equal);
    for (const DabXml *x = notes ? notes->first : NULL; x; x = x->next)
        if (dab_xml_attr(x, "id")) g_hash_table_insert(by_id, (gpointer)dab_xml_attr(x, "id"), (gpointer)x);
    return by_id;
}

static void read_notes(DabDocx *d, const DabXml *footnotes, const DabXml *endnotes) {
    g_autoptr(GHashTable) foot = notes_by_id(footnotes), end = notes_by_id(endnotes);
    d->joined = FALSE;
    g_array_set_size(d->fields, 0);
    for (guint i = 0; i < d->notes->len; i++) { /* notes have no notes; whoever refers to one ends here all the same */
        const DabXml *reference = d->notes->pdata[i];
        const char *id = dab_xml_attr(reference, "id");
        const DabXml *note = id ? g_hash_table_lookup(dab_xml_is(reference, "w:footnoteReference") ? foot : end, id) : NULL;
        guint n = d->notes->len;
        d->note = i + 1;
        if (note) read_blocks(d, note);
        g_ptr_array_set_size(d->notes, (gint)n);
    }
}

/* ---- parts ---- */

/* The part that a relationship of that type leads to, from the folder `base` ("word/"); its usual name where none says. */
static char *related(const DabXml *relations, const char *type, const char *base, const char *usual) {
    for (const DabXml *x = relations ? relations->first : NULL; x; x = x->next) {
        const char *of = dab_xml_attr(x, "Type"), *last = of ? strrchr(of, '/') : NULL;
        char *target = last && !strcmp(last + 1, type) ? target_of(x, base) : NULL;
        if (target) return target;
    }
    return g_strconcat(base, usual, NULL);
}

static char *relations_name(const char *part) {
    g_autofree char *folder = g_path_get_dirname(part), *name = g_path_get_basename(part);
    return !strcmp(folder, ".") ? g_strdup_printf("_rels/%s.rels", name) : g_strdup_printf("%s/_rels/%s.rels", folder, name);
}

/* Parts without which the text is there all the same: one that is broken costs a warning. */
static gboolean read_extra(Package *p, DabWriter *w, const DabXml *relations, const char *base, const char *type, DabXml **out,
                           GError **error) {
    g_autofree char *usual = g_strconcat(type, ".xml", NULL), *name = related(relations, type, base, usual);
    g_autoptr(GError) problem = NULL;
    *out = read_part(p, name, &problem);
    if (!problem) return TRUE;
    if (problem->code != DAB_ERROR_DAMAGED) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    dab_writer_warn(w, "part_unread", problem->message);
    return TRUE;
}

static DabXml *read_main(Package *p, char **name, GError **error) {
    GError *problem = NULL;
    const DabXml *relations = read_part(p, "_rels/.rels", &problem);
    if (problem && problem->code != DAB_ERROR_DAMAGED) {
        g_propagate_error(error, problem);
        return NULL;
    }
    g_clear_error(&problem);
    *name = related(relations, "officeDocument", "", "word/document.xml");
    DabXml *root = read_part(p, *name, &problem);
    if (problem)
        g_propagate_error(error, problem);
    else if (!root)
        g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "the part with its text, %s, is missing; save the document again", *name);
    return root;
}

static gboolean read_document(Package *p, DabDocx *d, GError **error) {
    g_autofree char *name = NULL;
    DabXml *root = read_main(p, &name, error), *styles, *numbering, *footnotes, *endnotes;
    if (!root) return FALSE;
    g_autofree char *relations_part = relations_name(name);
    g_autoptr(GError) problem = NULL;
    const DabXml *relations = p->relations = read_part(p, relations_part, &problem);
    const char *slash = strrchr(name, '/');
    g_autofree char *base = p->base = g_strndup(name, slash ? (gsize)(slash - name) + 1 : 0);
    if (!read_extra(p, d->writer, relations, base, "styles", &styles, error) ||
        !read_extra(p, d->writer, relations, base, "numbering", &numbering, error) ||
        !read_extra(p, d->writer, relations, base, "footnotes", &footnotes, error) ||
        !read_extra(p, d->writer, relations, base, "endnotes", &endnotes, error))
        return FALSE;
    d->styles = dab_docx_styles_new(p->pool, styles);
    d->numbering = dab_docx_numbering_new(p->pool, numbering, d->styles);
    read_blocks(d, root);
    read_notes(d, footnotes, endnotes);
    if (!p->problem) return TRUE;
    g_propagate_error(error, p->problem);
    return FALSE;
}

DabLayout *dab_extract_docx(DabPool *pool, const DabSource *source, GError **error) {
    g_autoptr(DabPool) scratch = dab_pool_new();
    Package package = {.pool = scratch, .source = source, .left = DAB_MAX_UNPACKED_BYTES};
    DabDocx d = {.writer = dab_writer_new(pool),
                 .parts = &package,
                 .boxes = dab_pool_ptr_array(scratch),
                 .fields = dab_pool_array(scratch, sizeof(gboolean)),
                 .notes = dab_pool_ptr_array(scratch)};
    return read_document(&package, &d, error) ? dab_writer_finish(d.writer, error) : NULL;
}
