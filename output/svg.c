#include "output/svg.h"

void dab_svg_number(GString *out, float value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, "%.1f", (double)value));
}

void dab_svg_attribute(GString *out, const char *name, float value) {
    g_string_append_printf(out, " %s=\"", name);
    dab_svg_number(out, value);
    g_string_append_c(out, '"');
}

void dab_svg_rectangle(GString *out, DabBox box, const char *style) {
    g_string_append(out, "<rect");
    dab_svg_attribute(out, "x", box.x0);
    dab_svg_attribute(out, "y", box.y0);
    dab_svg_attribute(out, "width", MAX(box.x1 - box.x0, 0));
    dab_svg_attribute(out, "height", MAX(box.y1 - box.y0, 0));
    g_string_append_printf(out, " class=\"%s\"/>\n", style);
}

void dab_svg_escape(GString *out, gunichar ch) {
    if (ch == '&')
        g_string_append(out, "&amp;");
    else if (ch == '<')
        g_string_append(out, "&lt;");
    else if (ch == '>')
        g_string_append(out, "&gt;");
    else if (ch == '"')
        g_string_append(out, "&quot;");
    else if (ch >= 0x20 && ch != 0xFFFE && ch != 0xFFFF && g_unichar_validate(ch))
        g_string_append_unichar(out, ch);
}

/* Glyphs [first, end) of the page's, none of them after a wide blank, as long as they are on the page. */
static void draw_piece(const DabLayout *layout, const DabLine *line, guint first, guint end, GString *out) {
    float x0 = g_array_index(layout->glyphs, DabGlyph, first).box.x0, x1 = g_array_index(layout->glyphs, DabGlyph, end - 1).box.x1;
    g_string_append(out, "<text");
    dab_svg_attribute(out, "x", x0);
    dab_svg_attribute(out, "y", line->box.y0 + 0.8f * (line->box.y1 - line->box.y0));
    dab_svg_attribute(out, "font-size", line->size);
    if (x1 > x0) dab_svg_attribute(out, "textLength", x1 - x0);
    g_string_append(out, " lengthAdjust=\"spacingAndGlyphs\">");
    for (guint i = first; i < end; i++) dab_svg_escape(out, g_array_index(layout->glyphs, DabGlyph, i).ch);
    g_string_append(out, "</text>\n");
}

static void draw_line(const DabLayout *layout, const DabLine *line, GString *out) {
    guint first = line->first_glyph, end = line->first_glyph + line->n_glyphs;
    for (guint i = first; i <= end; i++) {
        const DabGlyph *g = i < end ? &g_array_index(layout->glyphs, DabGlyph, i) : NULL;
        if (g && (g->ch != ' ' || g->box.x1 - g->box.x0 < 0.5f * line->size)) continue;
        if (i > first) draw_piece(layout, line, first, i, out);
        first = i + 1;
    }
}

void dab_svg_lines(const DabLayout *layout, guint page, GString *out) {
    for (guint i = 0; i < layout->lines->len; i++) {
        const DabLine *line = &g_array_index(layout->lines, DabLine, i);
        if (line->page == page && line->box.x1 > line->box.x0) draw_line(layout, line, out);
    }
}
