#include "extract/html_table.h"

#include <string.h>

#include "dabiao/limits.h"

#define LONG_TEXT 400u /* bytes: more than a cell of a table with one row has */

typedef struct {
    DabWriter *writer;
    const DabHtmlContent *content;
    DabHtmlReadCell read_cell;
    gpointer data;
    GPtrArray *rows;              /* const DabXml * */
    GArray *looks;                /* DabHtmlLook of each row */
    guint headers;                /* rows in thead */
    guint taken[DAB_MAX_COLUMNS]; /* rows for which a cell from above still holds the column */
} Reader;

static gboolean is_cell(const DabXml *x) {
    return dab_xml_is(x, "td") || dab_xml_is(x, "th");
}

static void collect(Reader *r, const DabXml *parent, DabHtmlLook look) {
    for (const DabXml *x = parent->first; x; x = x->next) {
        if (!x->name || r->content->out[x->index]) continue;
        if (!strcmp(x->name, "tr")) {
            DabHtmlLook own = dab_html_look(x, look, r->content->sheet);
            g_ptr_array_add(r->rows, (gpointer)x);
            g_array_append_val(r->looks, own);
        } else if (!strcmp(x->name, "thead") || !strcmp(x->name, "tbody") || !strcmp(x->name, "tfoot")) {
            gboolean head = x->name[1] == 'h' && !r->rows->len;
            collect(r, x, dab_html_look(x, look, r->content->sheet));
            if (head) r->headers = r->rows->len;
        }
    }
}

static gsize text_length(const DabXml *root, gsize enough) {
    gsize n = 0;
    for (const DabXml *x = root; x && n < enough; x = dab_xml_next(x, root)) n += x->len;
    return n;
}

/* One cell a row is a frame; a table that holds tables places them; a single row with long texts places columns. */
static gboolean places_things(const Reader *r, const DabXml *table) {
    const char *role = dab_xml_attr(table, "role");
    guint most = 0;
    if (r->content->data_tables[table->index] || (role && !strcmp(role, "presentation"))) return TRUE;
    for (guint i = 0; i < r->rows->len; i++) {
        guint n = 0;
        for (const DabXml *x = ((const DabXml *)r->rows->pdata[i])->first; x; x = x->next) {
            n += is_cell(x);
            if (r->rows->len == 1 && is_cell(x) && text_length(x, LONG_TEXT) >= LONG_TEXT) return TRUE;
        }
        most = MAX(most, n);
    }
    return most <= 1;
}

static void unwrap(Reader *r) {
    for (guint i = 0; i < r->rows->len; i++) {
        const DabXml *row = r->rows->pdata[i];
        for (const DabXml *x = row->first; x; x = x->next) {
            if (!is_cell(x) || r->content->out[x->index]) continue;
            DabHtmlLook look = dab_html_look(x, g_array_index(r->looks, DabHtmlLook, i), r->content->sheet);
            dab_writer_paragraph(r->writer, (DabParagraph){DAB_BLOCK_PARAGRAPH, look.centred});
            r->read_cell(r->data, x, &look);
        }
    }
}

/* 1 where it is not said or wrong; `all` for 0, which means to the end. */
static guint span_of(const DabXml *cell, const char *name, guint most, guint all) {
    const char *value = dab_xml_attr(cell, name);
    if (!value || !g_ascii_isdigit(*value)) return 1;
    guint64 n = g_ascii_strtoull(value, NULL, 10);
    return n ? (guint)MIN(n, most) : all;
}

/* A cell goes to the first column that no cell from above holds (HTML Standard, 4.9.12.1). */
static void read_row(Reader *r, guint i) {
    const DabXml *row = r->rows->pdata[i];
    guint column = 0, left = r->rows->len - i;
    dab_writer_begin_row(r->writer);
    for (const DabXml *x = row->first; x; x = x->next) {
        if (!is_cell(x)) continue;
        while (column < DAB_MAX_COLUMNS && r->taken[column]) column++;
        guint columns = span_of(x, "colspan", DAB_MAX_COLUMNS, 1), rows = span_of(x, "rowspan", left, left);
        dab_writer_begin_cell(r->writer, column, rows, columns);
        for (guint c = column; c < MIN(column + columns, DAB_MAX_COLUMNS); c++) r->taken[c] = rows;
        column = MIN(column + columns, DAB_MAX_COLUMNS);
        DabHtmlLook look = dab_html_look(x, g_array_index(r->looks, DabHtmlLook, i), r->content->sheet);
        if (r->content->out[x->index]) continue;
        dab_writer_paragraph(r->writer, (DabParagraph){DAB_BLOCK_PARAGRAPH, look.centred});
        r->read_cell(r->data, x, &look);
    }
    for (guint c = 0; c < DAB_MAX_COLUMNS; c++) r->taken[c] -= r->taken[c] > 0;
}

static gboolean is_header_row(const DabXml *row) {
    gboolean any = FALSE;
    for (const DabXml *x = row->first; x; x = x->next) {
        if (dab_xml_is(x, "td")) return FALSE;
        any = any || dab_xml_is(x, "th");
    }
    return any;
}

void dab_html_table_read(DabWriter *writer, const DabXml *table, const DabHtmlContent *content, const DabHtmlLook *look,
                         DabHtmlReadCell read_cell, gpointer data) {
    Reader r = {.writer = writer, .content = content, .read_cell = read_cell, .data = data};
    r.rows = g_ptr_array_new();
    r.looks = g_array_new(FALSE, FALSE, sizeof(DabHtmlLook));
    collect(&r, table, *look);
    if (places_things(&r, table)) {
        unwrap(&r);
    } else {
        while (r.headers < r.rows->len && is_header_row(r.rows->pdata[r.headers])) r.headers++;
        dab_writer_begin_table(writer);
        for (guint i = 0; i < r.rows->len && !dab_writer_is_full(writer); i++) read_row(&r, i);
        dab_writer_end_table(writer, r.headers);
    }
    g_ptr_array_unref(r.rows);
    g_array_unref(r.looks);
}
