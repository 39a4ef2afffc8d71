/* A page as a picture: what was read, where, and in which order. One user unit is a point. */
#include "output/layout.h"
#include "output/svg.h"

static const struct {
    const char *name, *colour;
} kinds[] = {
    [DAB_BLOCK_PARAGRAPH] = {"paragraph", "#1f6fb4"}, [DAB_BLOCK_HEADING] = {"heading", "#b4381f"},
    [DAB_BLOCK_CAPTION] = {"caption", "#7a4fb0"},     [DAB_BLOCK_FURNITURE] = {"furniture", "#8a8a8a"},
    [DAB_BLOCK_TABLE] = {"table", "#1d7d46"},
};

/* All glyph boxes as one path. */
static void draw_glyphs(const DabLayout *layout, const DabPage *page, GString *out) {
    g_string_append(out, "<path class=\"glyph\" d=\"");
    for (guint i = page->first_glyph; i < page->first_glyph + page->n_glyphs; i++) {
        const DabGlyph *g = &g_array_index(layout->glyphs, DabGlyph, i);
        if (g->ch == ' ') continue;
        g_string_append_c(out, 'M');
        dab_svg_number(out, g->box.x0);
        g_string_append_c(out, ' ');
        dab_svg_number(out, g->box.y0);
        g_string_append_c(out, 'H');
        dab_svg_number(out, g->box.x1);
        g_string_append_c(out, 'V');
        dab_svg_number(out, g->box.y1);
        g_string_append_c(out, 'H');
        dab_svg_number(out, g->box.x0);
        g_string_append_c(out, 'z');
    }
    g_string_append(out, "\"/>\n");
}

static void draw_table(const DabTable *table, guint index, guint page, GString *out) {
    for (guint r = 0; r < table->rows->len; r++) {
        const GArray *cells = g_array_index(table->rows, DabRow, r).cells;
        for (guint i = 0; i < cells->len; i++) {
            const DabCell *c = &g_array_index(cells, DabCell, i);
            if (c->page == page) dab_svg_rectangle(out, c->box, r < table->n_header_rows ? "cell header" : "cell");
        }
    }
    guint part = page - table->first_page;
    if (!table->boxes || part >= table->boxes->len) return;
    DabBox box = g_array_index(table->boxes, DabBox, part);
    dab_svg_rectangle(out, box, "frame");
    g_string_append(out, "<text class=\"name\"");
    dab_svg_attribute(out, "x", box.x1 - 2);
    dab_svg_attribute(out, "y", box.y0 - 2);
    g_string_append_printf(out, " text-anchor=\"end\">t%u</text>\n", index + 1);
}

/* The block's outline, its number in reading order, and a mark where it goes on from the one before. */
static void draw_block(const DabBlock *b, guint order, GString *out) {
    dab_svg_rectangle(out, b->box, kinds[b->kind].name);
    g_string_append(out, "<circle r=\"5\"");
    dab_svg_attribute(out, "cx", b->box.x0);
    dab_svg_attribute(out, "cy", b->box.y0);
    g_string_append_printf(out, " fill=\"%s\"/><text class=\"order\"", kinds[b->kind].colour);
    dab_svg_attribute(out, "x", b->box.x0);
    dab_svg_attribute(out, "y", b->box.y0 + 2);
    g_string_append_printf(out, ">%s%u</text>\n", b->continues ? "+" : "", order);
}

static void write_style(GString *out) {
    g_string_append(
        out, "<style>.glyph{fill:#f3e3b3}text{fill:#555;font-family:sans-serif}rect{fill:none;stroke-width:.8}"
             ".cell{stroke:#1d7d46;stroke-width:.5}.header{fill:#1d7d46;fill-opacity:.12}.frame{stroke:#1d7d46;stroke-width:1.6}"
             ".name{fill:#1d7d46;font-size:8px;font-weight:bold}.order{fill:#fff;font-size:5.5px;text-anchor:middle}");
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (i != DAB_BLOCK_TABLE) g_string_append_printf(out, ".%s{stroke:%s}", kinds[i].name, kinds[i].colour);
    g_string_append(out, "</style>\n");
}

char *dab_layout_svg(const DabLayout *layout, guint index, gsize *len) {
    if (index >= layout->pages->len) return NULL;
    const DabPage *page = &g_array_index(layout->pages, DabPage, index);
    if (!(page->width > 0) || !(page->height > 0)) return NULL;
    GString *out = g_string_new("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    dab_svg_attribute(out, "width", page->width);
    dab_svg_attribute(out, "height", page->height);
    g_string_append(out, " viewBox=\"0 0 ");
    dab_svg_number(out, page->width);
    g_string_append_c(out, ' ');
    dab_svg_number(out, page->height);
    g_string_append(out, "\">\n");
    write_style(out);
    g_string_append(out, "<rect width=\"100%\" height=\"100%\" style=\"fill:#fff\"/>\n");
    draw_glyphs(layout, page, out);
    dab_svg_lines(layout, index, out);
    for (guint t = 0; t < layout->tables->len; t++) {
        const DabTable *table = g_ptr_array_index(layout->tables, t);
        if (index >= table->first_page && index <= table->last_page) draw_table(table, t, index, out);
    }
    for (guint i = 0; i < layout->blocks->len; i++) {
        const DabBlock *b = &g_array_index(layout->blocks, DabBlock, i);
        if (b->page == index) draw_block(b, i + 1, out);
    }
    g_string_append(out, "</svg>\n");
    if (len) *len = out->len;
    return g_string_free(out, FALSE);
}
