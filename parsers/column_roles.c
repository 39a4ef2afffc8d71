/* Roles of columns that their cells belie. A name alone does not tell: 任务 stands over what is to be done and over how much of it,
 * 单位 over units and over offices. */
#include <string.h>

#include "base/letters.h"
#include "parsers/column_roles.h"
#include "parsers/header_cells.h"

#define MOST(part, whole) ((part)*5 >= (whole)*4)
#define MIN_CELLS 2

typedef struct {
    guint filled, figures, worded, units; /* cells: all with text; a figure and no word; words and no figure; a unit */
} Cells;

static void count_cells(const DabHeaderView *v, const DabBand *band, guint end, Cells *cells) {
    for (guint r = band->first_row + band->n_header_rows; r < end; r++)
        for (guint i = 0; i < g_array_index(v->table->layout->rows, DabRow, r).cells->len; i++) {
            guint c = g_array_index(g_array_index(v->table->layout->rows, DabRow, r).cells, DabCell, i).column;
            const char *text = dab_header_text(v, r, i);
            gboolean figure = strpbrk(text, "0123456789") != NULL, words = dab_has_letters(text);
            if (c >= band->columns->len || (!figure && !words)) continue;
            cells[c].filled++;
            cells[c].figures += figure && !words;
            cells[c].worded += words && !figure;
            cells[c].units +=
                words && !strcmp(g_array_index(band->columns, DabColumn, c).role, "unit") && dab_name_is_unit(v->rules, text);
        }
}

static gboolean names_rows(const DabHeaderView *v, const DabBand *band) {
    for (guint c = 0; c < band->columns->len; c++) {
        const char *role = g_array_index(band->columns, DabColumn, c).role;
        if (dab_rules_has_word(v->rules, "label_roles", role, strlen(role))) return TRUE;
    }
    return FALSE;
}

/* Whether a column holds goals in figures alone, so that another one called so may hold names like PM2.5浓度. */
static gboolean has_goals_in_figures(const DabBand *band, const Cells *cells) {
    for (guint c = 0; c < band->columns->len; c++)
        if (!strcmp(g_array_index(band->columns, DabColumn, c).role, "target") && cells[c].filled >= MIN_CELLS &&
            MOST(cells[c].figures, cells[c].filled))
            return TRUE;
    return FALSE;
}

/* 增减% behind 2023年预算数 is what the budget asks for; behind 2022年执行数 it is what came of the year. */
static gboolean follows_target(const DabBand *band, guint c) {
    const char *role = "";
    while (c-- > 0 && g_str_has_suffix(role = g_array_index(band->columns, DabColumn, c).role, "change")) continue;
    return !strcmp(role, "target");
}

void dab_column_roles_settle(const DabHeaderView *v, const DabBand *band, guint end) {
    g_autofree Cells *cells = g_new0(Cells, band->columns->len + 1);
    count_cells(v, band, end, cells);
    for (guint c = 0; c < band->columns->len; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        if (cells[c].filled < MIN_CELLS) continue;
        if (!strcmp(column->role, "task") && MOST(cells[c].figures, cells[c].filled))
            column->role = g_intern_static_string("target"); /* 任务 over 86.5 */
        if (!strcmp(column->role, "unit") && !cells[c].units && cells[c].worded == cells[c].filled)
            column->role = g_intern_static_string("owner"); /* 单位 over 交通局 */
    }
    gboolean goals = has_goals_in_figures(band, cells);
    for (guint c = 0; c < band->columns->len; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        gboolean names = goals ? !cells[c].figures && cells[c].worded * 2 > cells[c].filled : cells[c].worded == cells[c].filled;
        if (!strcmp(column->role, "target") && cells[c].filled >= MIN_CELLS && names && !names_rows(v, band))
            column->role = g_intern_static_string("task"); /* 目标任务 over names, figures beside them */
    }
    for (guint c = 0; c < band->columns->len; c++) {
        DabColumn *column = &g_array_index(band->columns, DabColumn, c);
        if (!strcmp(column->role, "change") && !strpbrk(column->name, "0123456789") && follows_target(band, c))
            column->role = g_intern_static_string("planned_change");
    }
}
