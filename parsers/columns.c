#include "parsers/columns.h"

#include <string.h>

#define MAX_NAME_WITH_DIGITS 14 /* characters: 2022年1-9月完成情况 */
#define MAX_COLUMN_NUMBER 2     /* digits */
#define MAX_NAME_BYTES 120      /* a header cell is a name, with a remark perhaps; 40 hanzi */

typedef struct {
    const DabRules *rules;
    const DabDocument *document;
    DabDocTable *table;
    GArray *first_cell; /* guint: where each row begins in cell_text */
} Namer;

static const DabRow *row_at(const Namer *n, guint r) {
    return &g_array_index(n->table->layout->rows, DabRow, r);
}

static const char *text_at(const Namer *n, guint r, guint c) {
    return n->table->cell_text->pdata[g_array_index(n->first_cell, guint, r) + c];
}

/* A name on one line. In the pool. */
static const char *flat(const Namer *n, const char *text) {
    char *copy = dab_pool_strdup(n->document->pool, text), *to = copy;
    for (const char *s = copy; *s; s++)
        if (*s != '\n' && *s != ' ') *to++ = *s;
    *to = 0;
    return copy;
}

static const char *role_of(const Namer *n, const char *name) {
    gsize len = strlen(name);
    DabLikely likely = dab_rules_likely(n->rules, DAB_STAGE_COLUMN, name, len);
    DabMatch m;
    for (const DabRule *rule; len && (rule = dab_likely_next(&likely));) {
        if (!g_strcmp0(rule->kind, "unit_name")) continue;
        if (rule->pattern && dab_pattern_match(rule->pattern, name, len, 0, &m)) return rule->kind;
    }
    return g_intern_static_string("other");
}

/* A figure in a cell that no rule knows as a name, or in a long one, is data: 完成120座. A year in a name (2022年目标) is not. */
static gboolean holds_data(const char *name, const char *role) {
    gboolean digits = strpbrk(name, "0123456789") != NULL;
    return digits && (!strcmp(role, "other") || g_utf8_strlen(name, -1) > MAX_NAME_WITH_DIGITS);
}

/* How many filled cells a row has, and how many of them the rules know as names of columns. */
static void count_names(const Namer *n, guint r, guint *filled, guint *known, guint *telling) {
    const DabRow *row = row_at(n, r);
    *filled = *known = *telling = 0;
    for (guint c = 0; c < row->cells->len; c++) {
        const char *name = flat(n, text_at(n, r, c));
        if (!*name) continue;
        ++*filled;
        if (strlen(name) > MAX_NAME_BYTES) continue;
        const char *role = role_of(n, name);
        if (holds_data(name, role)) {
            *known = 0;
            return;
        }
        if (!strcmp(role, "other")) continue;
        ++*known;
        *telling += dab_rules_has_word(n->rules, "telling_roles", role, strlen(role));
    }
}

static gboolean names_columns(const Namer *n, guint r) {
    guint filled, known, telling;
    count_names(n, r, &filled, &known, &telling);
    return known >= 2 && telling >= 1 && known * 5 >= filled * 3;
}

static DabBand *add_band(Namer *n, guint first, guint headers) {
    DabBand band = {.first_row = first, .n_header_rows = headers, .columns = dab_pool_array(n->document->pool, sizeof(DabColumn))};
    g_array_set_size(band.columns, n->table->layout->n_columns);
    for (guint i = 0; i < band.columns->len; i++)
        g_array_index(band.columns, DabColumn, i) = (DabColumn){"", "", g_intern_static_string("other")};
    g_array_append_val(n->table->bands, band);
    return &g_array_index(n->table->bands, DabBand, n->table->bands->len - 1);
}

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

/* 1 2 3 … under a header, or 栏次 before them, only count the columns. */
static gboolean numbers_columns(const Namer *n, const char *part) {
    return (*part && strspn(part, "0123456789") == strlen(part) && strlen(part) <= MAX_COLUMN_NUMBER) ||
           dab_rules_has_word(n->rules, "no_names", part, strlen(part));
}

/* A header over several columns that names what they count, and not when or how. */
static gboolean is_group(const Namer *n, const DabCell *cell, const char *part) {
    return cell->col_span > 1 && *part && !strpbrk(part, "0123456789") && !strcmp(role_of(n, part), "other") &&
           !dab_rules_has_word(n->rules, "own_scopes", part, strlen(part));
}

static void name_band(const Namer *n, const DabBand *band) {
    guint columns = band->columns->len;
    g_autofree GString **names = g_new0(GString *, columns + 1), **groups = g_new0(GString *, columns + 1);
    for (guint c = 0; c < columns; c++) {
        names[c] = g_string_new(NULL);
        groups[c] = g_string_new(NULL);
    }
    for (guint r = band->first_row; r < band->first_row + band->n_header_rows; r++) {
        const DabRow *row = row_at(n, r);
        for (guint i = 0; i < row->cells->len; i++) {
            const DabCell *cell = &g_array_index(row->cells, DabCell, i);
            const char *part = flat(n, text_at(n, r, i));
            if (numbers_columns(n, part)) continue;
            gboolean group = r + 1 < band->first_row + band->n_header_rows && is_group(n, cell, part);
            for (guint c = cell->column; c < MIN(cell->column + MAX(1u, cell->col_span), columns); c++) {
                if (group) g_string_append(groups[c], part);
                if (!g_str_has_suffix(names[c]->str, part)) g_string_append(names[c], part);
            }
        }
    }
    for (guint c = 0; c < columns; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        column->name = dab_pool_strdup(n->document->pool, names[c]->str);
        column->group = dab_pool_strdup(n->document->pool, groups[c]->str);
        column->role = role_of(n, column->name);
        g_string_free(names[c], TRUE);
        g_string_free(groups[c], TRUE);
    }
    settle_tasks(band);
}

/* The row under a header that numbers the columns: 1 2 3 …, 栏次 before them. */
static gboolean is_numbering_row(const Namer *n, guint r) {
    const DabRow *row = row_at(n, r);
    guint numbers = 0;
    for (guint i = 0; i < row->cells->len; i++) {
        const char *part = flat(n, text_at(n, r, i));
        if (!*part) continue;
        if (!numbers_columns(n, part)) return FALSE;
        if (g_ascii_isdigit(*part) && g_ascii_strtoull(part, NULL, 10) != ++numbers) return FALSE;
    }
    return numbers > 1;
}

/* Names below header cells that span several columns, and nothing else. */
static gboolean is_subheader(const Namer *n, guint r) {
    const DabRow *above = row_at(n, r - 1), *row = row_at(n, r);
    guint filled = 0;
    for (guint i = 0; i < row->cells->len; i++) {
        const DabCell *cell = &g_array_index(row->cells, DabCell, i);
        const char *part = flat(n, text_at(n, r, i));
        if (!*part) continue;
        if (strpbrk(part, "0123456789") || strlen(part) > MAX_NAME_BYTES) return FALSE;
        gboolean below = FALSE;
        for (guint k = 0; k < above->cells->len && !below; k++) {
            const DabCell *over = &g_array_index(above->cells, DabCell, k);
            below = over->col_span > 1 && cell->column >= over->column && cell->column < over->column + over->col_span;
        }
        if (!below) return FALSE;
        filled++;
    }
    return filled > 1;
}

/* How many rows a header that begins with `count` rows at `first` has with those that belong to it. */
static guint whole_header(const Namer *n, guint first, guint count) {
    guint rows = n->table->layout->rows->len;
    while (count && first + count < rows && (is_subheader(n, first + count) || is_numbering_row(n, first + count))) count++;
    return count;
}

/* The header the page shows is one if the rules know its names, or if no row further down is a better one. */
static guint top_header(const Namer *n, guint first_named) {
    guint shown = MIN(n->table->layout->n_header_rows, n->table->layout->rows->len);
    if (!shown || first_named == 0 || first_named == G_MAXUINT) return shown;
    return first_named < shown ? shown : 0;
}

static void cut_bands(Namer *n) {
    guint rows = n->table->layout->rows->len, first_named = G_MAXUINT;
    for (guint r = 0; r < rows && first_named == G_MAXUINT; r++)
        if (names_columns(n, r)) first_named = r;
    guint headers = top_header(n, first_named);
    if (first_named == 0 && !headers) headers = 1;
    headers = whole_header(n, 0, headers);
    add_band(n, 0, headers);
    for (guint r = headers; r < rows; r++) {
        if (!names_columns(n, r)) continue;
        guint count = 1;
        while (r + count < rows && names_columns(n, r + count)) count++;
        count = whole_header(n, r, count);
        add_band(n, r, count);
        r += count - 1;
    }
}

static void name_table(Namer *n) {
    GArray *bands = n->table->bands = dab_pool_array(n->document->pool, sizeof(DabBand));
    guint rows = n->table->layout->rows->len, most = 0;
    cut_bands(n);
    for (guint b = 0; b < bands->len; b++) {
        const DabBand *band = &g_array_index(bands, DabBand, b);
        guint end = b + 1 < bands->len ? g_array_index(bands, DabBand, b + 1).first_row : rows;
        name_band(n, band);
        if (b && end - band->first_row <= most) continue;
        most = end - band->first_row;
        n->table->columns = band->columns;
    }
}

void dab_columns_name(DabDocument *d, const DabRules *rules) {
    g_autoptr(GArray) first_cell = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < d->tables->len; i++) {
        Namer n = {.rules = rules, .document = d, .table = d->tables->pdata[i], .first_cell = first_cell};
        g_array_set_size(first_cell, 0);
        for (guint r = 0, k = 0; r < n.table->layout->rows->len; r++) {
            g_array_append_val(first_cell, k);
            k += row_at(&n, r)->cells->len;
        }
        name_table(&n);
    }
}

const DabBand *dab_table_band(const DabDocTable *t, guint row) {
    guint b = t->bands->len - 1;
    while (b > 0 && g_array_index(t->bands, DabBand, b).first_row > row) b--;
    return &g_array_index(t->bands, DabBand, b);
}
