/* The tables of a document: columns with their roles, rows, cells. */
#include "output/json_report.h"

static void write_row(DabJsonReport *w, const DabDocTable *t, const DabRow *row, guint index, guint *cell) {
    GString *o = w->out;
    g_string_append_c(o, '{');
    dab_json_put_row_id(o, "id", t->id, index);
    dab_put_open(o, "cells", '[');
    for (guint i = 0; i < row->cells->len; i++, (*cell)++) {
        const DabCell *c = &g_array_index(row->cells, DabCell, i);
        dab_put_open(o, NULL, '{');
        dab_put_count(o, "column", c->column);
        dab_put_count(o, "row_span", c->row_span);
        dab_put_count(o, "col_span", c->col_span);
        dab_put_text(o, "text", *cell < t->cell_text->len ? g_ptr_array_index(t->cell_text, *cell) : "");
        dab_put_count(o, "page", c->page + 1);
        dab_json_put_box(o, c->box);
        dab_put_close(o, '}');
    }
    dab_put_close(o, ']');
    dab_put_close(o, '}');
}

/* The roles that every reader of a document knows. A finer one that the rules give stands beside, as "detail". */
static void put_column_role(GString *o, const char *role) {
    static const char *const known[] = {"target", "outcome", "task", "status", "unit", "deadline", "index", "other", NULL};
    gboolean is_known = !role || g_strv_contains(known, role);
    dab_put_text(o, "role", role && is_known ? role : "other");
    if (!is_known) dab_put_text(o, "detail", role);
}

static void write_table(DabJsonReport *w, const DabDocTable *t) {
    dab_json_next(w);
    g_string_append_printf(w->out, "{\"id\":\"%s\",\"pages\":[", t->id);
    for (guint page = t->layout->first_page; page <= t->layout->last_page; page++)
        g_string_append_printf(w->out, "%s%u", page > t->layout->first_page ? "," : "", page + 1);
    g_string_append(w->out, "],\"columns\":[");
    for (guint i = 0; i < t->columns->len; i++) {
        const DabColumn *c = &g_array_index(t->columns, DabColumn, i);
        GString *o = w->out;
        dab_put_open(o, NULL, '{');
        dab_put_text(o, "name", c->name ? c->name : "");
        put_column_role(o, c->role);
        dab_put_close(o, '}');
    }
    g_string_append(w->out, "],\"rows\":[");
    guint cell = 0;
    for (guint i = 0; i < t->layout->rows->len; i++) {
        g_string_append(w->out, i ? ",\n   " : "\n   ");
        write_row(w, t, &g_array_index(t->layout->rows, DabRow, i), i, &cell);
    }
    g_string_append(w->out, "]}");
}

void dab_json_tables(DabJsonReport *w) {
    dab_json_open_array(w, "tables");
    for (guint i = 0; i < w->document->tables->len; i++) write_table(w, g_ptr_array_index(w->document->tables, i));
    dab_json_close_array(w);
}
