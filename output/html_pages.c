/* The pages of a report with its numbers marked on them. */
#include "output/html.h"
#include "output/show.h"
#include "output/svg.h"

/* A number that goes on over lines has a box around all of them, which may hold half a column of other text. */
static gboolean is_spread(const DabLayout *layout, guint page, DabBox box) {
    float size = 0;
    for (guint i = 0; i < layout->lines->len; i++) {
        const DabLine *l = &g_array_index(layout->lines, DabLine, i);
        if (l->page == page && l->box.x0 < box.x1 && l->box.x1 > box.x0 && l->box.y0 < box.y1 && l->box.y1 > box.y0)
            size = MAX(size, l->box.y1 - l->box.y0);
    }
    return size > 0 && box.y1 - box.y0 > 1.4f * size;
}

/* The mark of a number: a link to its row, with what it says for the mouse. */
static void mark(GString *out, const char *id, DabBox box, const char *classes, const char *name, const char *quantity) {
    g_string_append(out, "<a href=\"#");
    dab_html_text(out, id);
    g_string_append(out, "\"><rect id=\"p-");
    dab_html_text(out, id);
    g_string_append(out, "\"");
    dab_svg_attribute(out, "x", box.x0 - 1);
    dab_svg_attribute(out, "y", box.y0);
    dab_svg_attribute(out, "width", MAX(box.x1 - box.x0 + 2, 2));
    dab_svg_attribute(out, "height", MAX(box.y1 - box.y0, 2));
    g_string_append_printf(out, " class=\"mark %s\"><title>", classes);
    dab_html_text(out, name);
    g_string_append_c(out, ' ');
    dab_html_text(out, quantity);
    g_string_append(out, "</title></rect></a>\n");
}

static void mark_measures(GString *out, const DabOutput *o, const DabLayout *layout, gint page, GHashTable *missed) {
    static const char *const roles[] = {"target", "outcome", "reference", NULL};
    for (guint i = 0; i < o->measures->len; i++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, i);
        if (m->page != page || !m->has_box || !m->id) continue;
        g_autofree char *quantity = dab_show_quantity(m);
        g_autofree char *classes = g_strconcat(m->role && g_strv_contains(roles, m->role) ? m->role : "reference",
                                               g_hash_table_contains(missed, m->id) ? " missed" : "",
                                               is_spread(layout, (guint)page - 1, m->box) ? " spread" : "", NULL);
        mark(out, m->id, m->box, classes, m->indicator, quantity);
    }
    for (guint i = 0; i < o->unclaimed->len; i++) {
        const DabOutputUnclaimed *u = &g_array_index(o->unclaimed, DabOutputUnclaimed, i);
        g_autofree char *id = g_strdup_printf("u%u", i + 1);
        if (u->page == page && u->has_box) mark(out, id, u->box, "unclaimed", u->raw, "");
    }
}

static void draw_cells(GString *out, const DabLayout *layout, guint page) {
    for (guint t = 0; t < layout->tables->len; t++) {
        const DabTable *table = g_ptr_array_index(layout->tables, t);
        if (page < table->first_page || page > table->last_page) continue;
        for (guint r = 0; r < table->rows->len; r++) {
            const GArray *cells = g_array_index(table->rows, DabRow, r).cells;
            for (guint i = 0; i < cells->len; i++) {
                const DabCell *c = &g_array_index(cells, DabCell, i);
                if (c->page == page) dab_svg_rectangle(out, c->box, "cell");
            }
        }
    }
}

void dab_html_pages(GString *out, const DabOutput *o, const DabLayout *layout) {
    g_autoptr(GHashTable) missed = g_hash_table_new(g_str_hash, g_str_equal); /* what is marked as missed, on both sides */
    for (guint i = 0; i < o->links->len; i++) {
        const DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        if (g_strcmp0(l->verdict, "missed")) continue;
        if (l->target) g_hash_table_add(missed, (gpointer)l->target);
        if (l->outcome) g_hash_table_add(missed, (gpointer)l->outcome);
    }
    for (guint i = 0; i < layout->pages->len; i++) {
        const DabPage *page = &g_array_index(layout->pages, DabPage, i);
        if (!(page->width > 0) || !(page->height > 0)) continue;
        g_string_append_printf(out, "<figure><figcaption>page %u</figcaption><svg viewBox=\"0 0 ", i + 1);
        dab_svg_number(out, page->width);
        g_string_append_c(out, ' ');
        dab_svg_number(out, page->height);
        g_string_append(out, "\">\n");
        draw_cells(out, layout, i);
        dab_svg_lines(layout, i, out);
        mark_measures(out, o, layout, (gint)i + 1, missed);
        g_string_append(out, "</svg></figure>\n");
    }
}
