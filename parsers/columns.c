#include "parsers/columns.h"

#include <string.h>

#include "parsers/column_roles.h"
#include "parsers/header_cells.h"
#include "parsers/header_rows.h"

typedef struct {
    GString *name, *group, *label; /* see DabColumn */
    gboolean told;                 /* an outer part says target, outcome or reference: what stands below says what is counted */
    const char *part_role;         /* the role that the parts agree on; NULL: none has one, or they differ */
    gboolean differ;
    gboolean names; /* a part is more than a time or 总量 */
} Parts;

/* A column of tasks with their figures (rules of kind "target_task") holds the targets, unless another column does. */
static void settle_tasks(const DabBand *band) {
    const char *target = g_intern_static_string("target"), *task = g_intern_static_string("task");
    gboolean has_target = FALSE;
    for (guint c = 0; c < band->columns->len; c++) has_target |= g_array_index(band->columns, DabColumn, c).role == target;
    for (guint c = 0; c < band->columns->len; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        if (!strcmp(column->role, "target_task")) column->role = has_target ? task : target;
    }
}

/* A header that names what its columns count, and not when or how. */
static gboolean names_thing(const DabHeaderView *v, const char *part) {
    return *part && !strpbrk(part, "0123456789") && !strcmp(dab_name_role(v->rules, part), "other") &&
           !dab_rules_has_word(v->rules, "own_scopes", part, strlen(part));
}

/* 亩 in a row of units below 播种面积 → （亩）. */
static const char *as_part(const DabHeaderView *v, guint row, const char *part) {
    if (!*part || !dab_header_is_units(v, row) || g_unichar_type(g_utf8_get_char(part)) == G_UNICODE_OPEN_PUNCTUATION) return part;
    return dab_pool_printf(v->document->pool, "(%s)", part);
}

/* Where a part goes: 0-14岁 below 常住人口（万人） goes before the unit, so that all that names stands together. */
static gssize place_of(const DabHeaderView *v, const GString *name, const char *role) {
    if (strcmp(role, "other") || !name->len) return -1;
    const char *last = g_utf8_find_prev_char(name->str, name->str + name->len), *open = last;
    if (g_unichar_type(g_utf8_get_char(last)) != G_UNICODE_CLOSE_PUNCTUATION) return -1;
    while (open && g_unichar_type(g_utf8_get_char(open)) != G_UNICODE_OPEN_PUNCTUATION)
        open = g_utf8_find_prev_char(name->str, open);
    return open && dab_name_is_unit(v->rules, open) ? open - name->str : -1;
}

/* Whether a part is more than a time or 总量. */
static gboolean says_what(const DabHeaderView *v, const char *part, const char *role) {
    return strcmp(role, "value") || dab_rules_find_word(v->rules, "naming_values", part, strlen(part));
}

/* The time of 2023年比2022年增减 is 2023; 比上年增长 says none. */
static const char *when_of(const DabHeaderView *v, const char *name) {
    gsize end = strlen(name);
    const GPtrArray *words = dab_rules_words(v->rules, "time_stops");
    for (guint i = 0; words && i < words->len; i++) {
        const char *at = strstr(name, words->pdata[i]);
        if (at) end = MIN(end, (gsize)(at - name));
    }
    return name[end] ? dab_pool_strndup(v->document->pool, name, end) : name;
}

/* Puts a cell of the header into the names of the columns it stands over. `last`: the innermost row. */
static void add_part(const DabHeaderView *v, Parts *parts, guint columns, const DabCell *cell, const char *part, gboolean last) {
    const char *role = dab_name_role(v->rules, part);
    gboolean thing = names_thing(v, part), tells = dab_rules_has_word(v->rules, "part_roles", role, strlen(role));
    for (guint c = cell->column; c < MIN(cell->column + MAX(1u, cell->col_span), columns); c++) {
        Parts *p = &parts[c];
        if (thing && ((cell->col_span > 1 && !last) || p->told)) g_string_append(p->group, part);
        if (g_str_has_suffix(p->name->str, part)) continue;
        g_string_insert(p->name, place_of(v, p->name, role), part);
        p->names |= says_what(v, part, role);
        if (says_what(v, part, role) && !tells) g_string_insert(p->label, place_of(v, p->label, role), part);
        if (!tells) continue;
        p->differ |= p->part_role && p->part_role != role;
        p->part_role = role;
        p->told = TRUE;
    }
}

/* A column of units stands behind the names of what they count: 单位 over the first column is who. */
static void settle_units(const DabBand *band) {
    for (guint c = 0; c < band->columns->len; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        if (!strcmp(column->role, "unit")) column->role = g_intern_static_string("other");
        if (strcmp(column->role, "index")) break;
    }
}

static void name_band(const DabHeaderView *v, const DabBand *band) {
    guint columns = band->columns->len, end = band->first_row + band->n_header_rows;
    g_autofree Parts *parts = g_new0(Parts, columns + 1);
    for (guint c = 0; c < columns; c++)
        parts[c] = (Parts){.name = g_string_new(NULL), .group = g_string_new(NULL), .label = g_string_new(NULL)};
    for (guint r = band->first_row; r < end; r++) {
        const DabRow *row = &g_array_index(v->table->layout->rows, DabRow, r);
        if (dab_header_is_numbering(v, r)) continue;
        if (r + 1 < end && dab_header_is_title(v, r)) continue; /* what it says holds for all columns alike */
        for (guint i = 0; i < row->cells->len; i++) {
            const char *part = as_part(v, r, dab_header_text(v, r, i));
            if (!dab_name_numbers(v->rules, part))
                add_part(v, parts, columns, &g_array_index(row->cells, DabCell, i), part, r + 1 == end);
        }
    }
    for (guint c = 0; c < columns; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        column->name = dab_pool_strdup(v->document->pool, parts[c].name->str);
        column->group = dab_pool_strdup(v->document->pool, parts[c].group->str);
        column->label = parts[c].label->len ? dab_pool_strdup(v->document->pool, parts[c].label->str) : column->name;
        column->when = when_of(v, column->name);
        column->role = dab_name_role(v->rules, column->name);
        if (column->name[0] && !parts[c].names) column->role = g_intern_static_string("value"); /* 9月 over 总量 */
        if ((!strcmp(column->role, "other") || !strcmp(column->role, "value")) && parts[c].part_role && !parts[c].differ)
            column->role = parts[c].part_role;
        g_string_free(parts[c].name, TRUE);
        g_string_free(parts[c].group, TRUE);
        g_string_free(parts[c].label, TRUE);
    }
    settle_tasks(band);
    settle_units(band);
}

static void name_table(const DabHeaderView *v, DabDocTable *table) {
    GArray *bands = table->bands = dab_pool_array(v->document->pool, sizeof(DabBand));
    guint rows = table->layout->rows->len, most = 0;
    dab_header_rows_find(v, bands);
    for (guint b = 0; b < bands->len; b++) {
        DabBand *band = &g_array_index(bands, DabBand, b);
        guint end = b + 1 < bands->len ? g_array_index(bands, DabBand, b + 1).first_row : rows;
        band->columns = dab_pool_array(v->document->pool, sizeof(DabColumn));
        g_array_set_size(band->columns, table->layout->n_columns);
        for (guint i = 0; i < band->columns->len; i++)
            g_array_index(band->columns, DabColumn, i) = (DabColumn){"", "", "", "", g_intern_static_string("other")};
        name_band(v, band);
        dab_column_roles_settle(v, band, end);
        if (b && end - band->first_row <= most) continue;
        most = end - band->first_row;
        table->columns = band->columns;
    }
}

/* A text on one line, without blanks: that of the cell itself where it is so. */
static const char *one_line(DabPool *pool, const char *text) {
    if (!strpbrk(text, "\n ")) return text;
    char *copy = dab_pool_strdup(pool, text), *to = copy;
    for (const char *s = copy; *s; s++)
        if (*s != '\n' && *s != ' ') *to++ = *s;
    *to = 0;
    return copy;
}

void dab_columns_name(DabDocument *d, const DabRules *rules) {
    g_autoptr(GArray) first_cell = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < d->tables->len; i++) {
        DabDocTable *table = d->tables->pdata[i];
        g_array_set_size(first_cell, 0);
        for (guint r = 0, k = 0; r < table->layout->rows->len; r++) {
            g_array_append_val(first_cell, k);
            k += g_array_index(table->layout->rows, DabRow, r).cells->len;
        }
        g_ptr_array_set_size(names, 0);
        for (guint k = 0; k < table->cell_text->len; k++)
            g_ptr_array_add(names, (gpointer)one_line(d->pool, table->cell_text->pdata[k]));
        DabHeaderView view = {rules, d, table, first_cell, names};
        name_table(&view, table);
    }
}

const DabBand *dab_table_band(const DabDocTable *t, guint row) {
    guint b = t->bands->len - 1;
    while (b > 0 && g_array_index(t->bands, DabBand, b).first_row > row) b--;
    return &g_array_index(t->bands, DabBand, b);
}

const DabColumn *dab_table_column(const DabDocTable *t, guint row, guint column) {
    return &g_array_index(dab_table_band(t, row)->columns, DabColumn, column);
}
