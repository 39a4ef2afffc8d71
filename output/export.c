#include "output/export.h"

#include <string.h>

#include "output/digits.h"
#include "output/put.h"

typedef enum { TEXT, NUMBER, COUNT, FLAG } Kind;

typedef struct {
    const char *name;
    Kind kind;
    gsize offset; /* in DabOutput or DabOutputMeasure */
    gsize has;    /* of a number: the offset of its gboolean; G_MAXSIZE: 0 stands for nothing */
} Column;

#define NEVER G_MAXSIZE

static const Column of_output[] = {
    {"title", TEXT, G_STRUCT_OFFSET(DabOutput, title), NEVER},   {"issuer", TEXT, G_STRUCT_OFFSET(DabOutput, issuer), NEVER},
    {"region", TEXT, G_STRUCT_OFFSET(DabOutput, region), NEVER}, {"genre", TEXT, G_STRUCT_OFFSET(DabOutput, genre), NEVER},
    {"dated", TEXT, G_STRUCT_OFFSET(DabOutput, date), NEVER},
};

#define M(field) G_STRUCT_OFFSET(DabOutputMeasure, field)
static const Column of_measure[] = {
    {"id", TEXT, M(id), NEVER},
    {"role", TEXT, M(role), NEVER},
    {"indicator", TEXT, M(indicator), NEVER},
    {"comparator", TEXT, M(comparator), NEVER},
    {"value", NUMBER, M(value), M(has_value)},
    {"low", NUMBER, M(low), M(has_low)},
    {"high", NUMBER, M(high), M(has_high)},
    {"unit", TEXT, M(unit), NEVER},
    {"approximate", FLAG, M(approximate), NEVER},
    {"raw", TEXT, M(raw), NEVER},
    {"change", TEXT, M(change), NEVER},
    {"year", COUNT, M(year), NEVER},
    {"deadline", TEXT, M(deadline), NEVER},
    {"as_of", TEXT, M(as_of), NEVER},
    {"scope", TEXT, M(scope), NEVER},
    {"page", COUNT, M(page), NEVER},
    {"table", TEXT, M(table), NEVER},
    {"row", TEXT, M(row), NEVER},
    {"sentence", TEXT, M(sentence), NEVER},
    {"rule", TEXT, M(rule), NEVER},
};
#undef M

/* A target has the outcomes that answer it, an outcome the targets that it answers. */
static const char *const of_links[] = {"linked", "verdict", "margin", "reported", "agrees"};

static const char *text_at(gconstpointer from, const Column *c) {
    return *(const char *const *)(gconstpointer)((const char *)from + c->offset);
}

static gboolean number_at(gconstpointer from, const Column *c, double *number) {
    *number = *(const double *)(gconstpointer)((const char *)from + c->offset);
    return *(const gboolean *)(gconstpointer)((const char *)from + c->has);
}

static gint count_at(gconstpointer from, const Column *c) {
    return *(const gint *)(gconstpointer)((const char *)from + c->offset);
}

/* ---- links by measure ---- */

/* id → GPtrArray of DabOutputLink that have it at an end. */
static GHashTable *links_of(const DabOutput *o) {
    GHashTable *links = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < o->links->len; i++) {
        DabOutputLink *l = &g_array_index(o->links, DabOutputLink, i);
        const char *const ends[] = {l->target, l->outcome};
        for (gsize k = 0; k < G_N_ELEMENTS(ends); k++) {
            GPtrArray *list = ends[k] ? g_hash_table_lookup(links, ends[k]) : NULL;
            if (ends[k] && !list) g_hash_table_insert(links, (gpointer)ends[k], list = g_ptr_array_new());
            if (list) g_ptr_array_add(list, l);
        }
    }
    return links;
}

static const char *other_end(const DabOutputLink *l, const char *id) {
    return g_strcmp0(l->target, id) ? l->target : l->outcome;
}

/* ---- CSV ---- */

/* =HYPERLINK(…) and its kin: a spreadsheet runs what begins so. A sign with a digit behind it is a number. */
static gboolean is_formula(const char *text) {
    if (*text == '=' || *text == '@' || *text == '\t' || *text == '\r') return text[1] != 0;
    return (*text == '+' || *text == '-') && text[1] && !g_ascii_isdigit(text[1]);
}

static void csv_text(GString *out, const char *text) {
    if (!text) return;
    gboolean quoted = strpbrk(text, ",\"\r\n") || is_formula(text);
    if (quoted) g_string_append_c(out, '"');
    if (is_formula(text)) g_string_append_c(out, '\'');
    for (const char *at = text; *at; at++) {
        if (*at == '"') g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    if (quoted) g_string_append_c(out, '"');
}

static void csv_column(GString *out, gconstpointer from, const Column *c) {
    double number;
    char digits[DAB_DIGITS];
    g_string_append_c(out, ',');
    if (c->kind == TEXT)
        csv_text(out, text_at(from, c));
    else if (c->kind == FLAG)
        g_string_append(out, count_at(from, c) ? "true" : "false");
    else if (c->kind == COUNT && count_at(from, c))
        g_string_append_printf(out, "%d", count_at(from, c));
    else if (c->kind == NUMBER && number_at(from, c, &number))
        g_string_append(out, dab_digits_of(number, digits));
}

/* Several links of a measure stand in one cell, with a blank between them. */
static void csv_links(GString *out, const GPtrArray *links, const char *id) {
    for (gsize c = 0; c < G_N_ELEMENTS(of_links); c++) {
        g_autoptr(GString) cell = g_string_new(NULL);
        for (guint i = 0; links && i < links->len; i++) {
            const DabOutputLink *l = links->pdata[i];
            char margin[DAB_DIGITS];
            const char *const values[] = {other_end(l, id), l->verdict, l->has_margin ? dab_digits_of(l->margin, margin) : "",
                                          l->reported,
                                          l->agrees < 0 ? ""
                                          : l->agrees   ? "true"
                                                        : "false"};
            if (values[c] && *values[c]) g_string_append_printf(cell, "%s%s", cell->len ? " " : "", values[c]);
        }
        g_string_append_c(out, ',');
        csv_text(out, cell->str);
    }
}

void dab_export_csv_head(GString *out) {
    g_string_append(out, "file");
    for (gsize i = 0; i < G_N_ELEMENTS(of_output); i++) g_string_append_printf(out, ",%s", of_output[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(of_measure); i++) g_string_append_printf(out, ",%s", of_measure[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(of_links); i++) g_string_append_printf(out, ",%s", of_links[i]);
    g_string_append(out, "\r\n");
}

void dab_export_csv(GString *out, const DabOutput *o, const char *file) {
    g_autoptr(GHashTable) links = links_of(o);
    for (guint i = 0; i < o->measures->len; i++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, i);
        csv_text(out, file);
        for (gsize c = 0; c < G_N_ELEMENTS(of_output); c++) csv_column(out, o, &of_output[c]);
        for (gsize c = 0; c < G_N_ELEMENTS(of_measure); c++) csv_column(out, m, &of_measure[c]);
        csv_links(out, m->id ? g_hash_table_lookup(links, m->id) : NULL, m->id);
        g_string_append(out, "\r\n");
    }
}

/* ---- JSON lines ---- */

static void json_column(GString *out, gconstpointer from, const Column *c) {
    double number;
    if (c->kind == TEXT)
        dab_put_text(out, c->name, text_at(from, c));
    else if (c->kind == FLAG)
        dab_put_flag(out, c->name, count_at(from, c));
    else if (c->kind == COUNT && count_at(from, c) > 0)
        dab_put_count(out, c->name, (guint64)count_at(from, c));
    else if (c->kind == NUMBER && number_at(from, c, &number))
        dab_put_number(out, c->name, number);
    else
        dab_put_null(out, c->name);
}

static void json_link(GString *out, const DabOutputLink *l, const char *id) {
    dab_put_open(out, NULL, '{');
    dab_put_text(out, "linked", other_end(l, id));
    dab_put_text(out, "verdict", l->verdict);
    if (l->has_margin)
        dab_put_number(out, "margin", l->margin);
    else
        dab_put_null(out, "margin");
    dab_put_text(out, "reported", l->reported);
    if (l->agrees < 0)
        dab_put_null(out, "agrees");
    else
        dab_put_flag(out, "agrees", l->agrees);
    dab_put_close(out, '}');
}

void dab_export_jsonl(GString *out, const DabOutput *o, const char *file) {
    g_autoptr(GHashTable) links = links_of(o);
    for (guint i = 0; i < o->measures->len; i++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, i);
        const GPtrArray *list = m->id ? g_hash_table_lookup(links, m->id) : NULL;
        g_string_append_c(out, '{'); /* a new line: nothing before it that a comma would part it from */
        dab_put_text(out, "file", file);
        for (gsize c = 0; c < G_N_ELEMENTS(of_output); c++) json_column(out, o, &of_output[c]);
        for (gsize c = 0; c < G_N_ELEMENTS(of_measure); c++) json_column(out, m, &of_measure[c]);
        dab_put_open(out, "links", '[');
        for (guint k = 0; list && k < list->len; k++) json_link(out, list->pdata[k], m->id);
        dab_put_close(out, ']');
        dab_put_close(out, '}');
        g_string_append_c(out, '\n');
    }
}
