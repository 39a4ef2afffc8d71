/* A layout as JSON. Trees are built for one line at a time: a page of a newspaper has ten thousand glyphs. */
#include "output/layout.h"
#include "output/value.h"

typedef struct {
    const DabLayout *layout;
    GString *out;
    gboolean first; /* no member of the open array has been written yet */
} Writer;

void dab_layout_append_text(const DabLayout *layout, guint first, guint n, GString *out) {
    for (guint i = first; i < first + n; i++) {
        const DabLine *line = &g_array_index(layout->lines, DabLine, i);
        if (i > first) g_string_append_c(out, '\n');
        for (guint g = 0; g < line->n_glyphs; g++)
            g_string_append_unichar(out, g_array_index(layout->glyphs, DabGlyph, line->first_glyph + g).ch);
    }
}

static void put_box(DabValue *into, const char *key, DabBox box) {
    if (dab_box_is_zero(box)) {
        dab_value_put_null(into, key);
        return;
    }
    DabValue *array = dab_value_new_array();
    const float side[] = {box.x0, box.y0, box.x1, box.y1};
    for (gsize i = 0; i < G_N_ELEMENTS(side); i++) dab_value_put_decimals(array, NULL, side[i], 2);
    dab_value_put(into, key, array);
}

static void put_text(const Writer *w, DabValue *into, guint first, guint n) {
    g_autoptr(GString) text = g_string_new(NULL);
    dab_layout_append_text(w->layout, first, n, text);
    dab_value_put_text_len(into, "text", text->str, text->len);
}

static void put_table_id(DabValue *into, const char *key, gint table) {
    char id[32];
    g_snprintf(id, sizeof id, "t%d", table + 1);
    dab_value_put_text(into, key, table < 0 ? NULL : id);
}

/* Takes `value`; `indent` blanks before it. */
static void member(Writer *w, DabValue *value, guint indent) {
    g_string_append_printf(w->out, "%s\n%*s", w->first ? "" : ",", (int)indent, "");
    dab_value_write(value, w->out);
    dab_value_free(value);
    w->first = FALSE;
}

static void write_head(Writer *w, const DabSource *source) {
    static const char *const text_from[] = {"text", "ocr", "mixed"};
    g_autoptr(DabValue) head = dab_value_new_object();
    dab_value_put_text(head, "path", source->path);
    dab_value_put_text(head, "media_type", source->media_type);
    dab_value_put_text(head, "text_from", text_from[w->layout->text_from]);
    g_string_append(w->out, "{\n \"schema\": \"" DAB_LAYOUT_SCHEMA "\",\n \"source\": ");
    dab_value_write(head, w->out);
    g_string_append(w->out, ",\n");
}

static void write_block(Writer *w, guint index) {
    static const char *const kinds[] = {"paragraph", "heading", "caption", "furniture", "table"};
    const DabBlock *b = &g_array_index(w->layout->blocks, DabBlock, index);
    DabValue *o = dab_value_new_object();
    dab_value_put_count(o, "order", index + 1);
    dab_value_put_text(o, "kind", kinds[b->kind]);
    put_box(o, "bbox", b->box);
    dab_value_put_count(o, "column", b->column);
    dab_value_put_flag(o, "continues", b->continues);
    if (b->kind == DAB_BLOCK_TABLE)
        put_table_id(o, "table", b->table);
    else
        put_text(w, o, b->first_line, b->n_lines);
    member(w, o, 4);
}

/* Blocks stand in reading order over the whole document, those of a page together. */
static void write_pages(Writer *w) {
    guint next = 0;
    g_string_append(w->out, " \"pages\": [");
    for (guint p = 0; p < w->layout->pages->len; p++) {
        const DabPage *page = &g_array_index(w->layout->pages, DabPage, p);
        g_autoptr(DabValue) o = dab_value_new_object();
        dab_value_put_count(o, "page", p + 1);
        dab_value_put_decimals(o, "width", page->width, 2);
        dab_value_put_decimals(o, "height", page->height, 2);
        g_string_append(w->out, p ? ",\n  " : "\n  ");
        dab_value_write(o, w->out);
        g_string_truncate(w->out, w->out->len - 1); /* the blocks follow within */
        g_string_append(w->out, ",\"blocks\":[");
        w->first = TRUE;
        for (; next < w->layout->blocks->len && g_array_index(w->layout->blocks, DabBlock, next).page <= p; next++)
            write_block(w, next);
        g_string_append(w->out, "]}");
    }
    g_string_append(w->out, "\n ],\n");
}

static void write_row(Writer *w, const DabRow *row) {
    DabValue *cells = dab_value_new_array();
    for (guint i = 0; i < row->cells->len; i++) {
        const DabCell *c = &g_array_index(row->cells, DabCell, i);
        DabValue *o = dab_value_new_object();
        dab_value_put_count(o, "column", c->column);
        dab_value_put_count(o, "row_span", c->row_span);
        dab_value_put_count(o, "col_span", c->col_span);
        dab_value_put_count(o, "page", c->page + 1);
        put_box(o, "bbox", c->box);
        put_text(w, o, c->first_line, c->n_lines);
        dab_value_put(cells, NULL, o);
    }
    member(w, cells, 4);
}

static void write_tables(Writer *w) {
    g_string_append(w->out, " \"tables\": [");
    for (guint t = 0; t < w->layout->tables->len; t++) {
        const DabTable *table = g_ptr_array_index(w->layout->tables, t);
        g_autoptr(DabValue) o = dab_value_new_object();
        DabValue *boxes = dab_value_new_array();
        put_table_id(o, "id", (gint)t);
        dab_value_put_flag(o, "ruled", table->ruled);
        dab_value_put_count(o, "columns", table->n_columns);
        dab_value_put_count(o, "header_rows", table->n_header_rows);
        dab_value_put_count(o, "first_page", table->first_page + 1);
        dab_value_put_count(o, "last_page", table->last_page + 1);
        for (guint i = 0; table->boxes && i < table->boxes->len; i++) put_box(boxes, NULL, g_array_index(table->boxes, DabBox, i));
        dab_value_put(o, "bboxes", boxes);
        g_string_append(w->out, t ? ",\n  " : "\n  ");
        dab_value_write(o, w->out);
        g_string_truncate(w->out, w->out->len - 1);
        g_string_append(w->out, ",\"rows\":[");
        w->first = TRUE;
        for (guint r = 0; r < table->rows->len; r++) write_row(w, &g_array_index(table->rows, DabRow, r));
        g_string_append(w->out, "]}");
    }
    g_string_append(w->out, w->layout->tables->len ? "\n ],\n" : "],\n");
}

static void write_warnings(Writer *w) {
    g_string_append(w->out, " \"warnings\": [");
    w->first = TRUE;
    for (guint i = 0; i < w->layout->warnings->len; i++) {
        const DabWarning *warning = &g_array_index(w->layout->warnings, DabWarning, i);
        DabValue *o = dab_value_new_object();
        dab_value_put_text(o, "code", warning->code);
        dab_value_put_text(o, "message", warning->message);
        if (warning->page)
            dab_value_put_count(o, "page", warning->page);
        else
            dab_value_put_null(o, "page");
        member(w, o, 2);
    }
    g_string_append(w->out, w->first ? "]\n}\n" : "\n ]\n}\n");
}

char *dab_layout_json(const DabSource *source, const DabLayout *layout, gsize *len) {
    Writer w = {.layout = layout, .out = g_string_sized_new(64 * 1024)};
    write_head(&w, source);
    write_pages(&w);
    write_tables(&w);
    write_warnings(&w);
    if (len) *len = w.out->len;
    return g_string_free(w.out, FALSE);
}
