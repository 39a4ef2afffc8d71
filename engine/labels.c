/* What a cell of a table takes from its row and column: a name, a unit. */
#include <stdlib.h>
#include <string.h>

#include "base/letters.h"
#include "engine/draft.h"
#include "engine/units.h"

#define WIDE_LEFT_PAREN 0xFF08
#define PER_MILLE "\xe2\x80\xb0"

/* The cell that covers (row, column): in this row, or one above that spans down to it. Its index in cell_text, or -1. */
static gint find_cell(const DabDocTable *t, gint row, gint column) {
    gint base = 0, found = -1;
    for (gint r = 0; r <= row && r < (gint)t->layout->rows->len; r++) {
        const DabRow *line = &g_array_index(t->layout->rows, DabRow, r);
        for (guint c = 0; c < line->cells->len; c++) {
            const DabCell *cell = &g_array_index(line->cells, DabCell, c);
            gboolean down = r + (gint)MAX(1u, cell->row_span) > row;
            gboolean across = (gint)cell->column <= column && column < (gint)(cell->column + MAX(1u, cell->col_span));
            if (down && across) found = base + (gint)c;
        }
        base += (gint)line->cells->len;
    }
    return found;
}

const char *dab_cell_at(const DabDocTable *t, gint row, gint column) {
    gint cell = find_cell(t, row, column);
    return cell >= 0 ? t->cell_text->pdata[cell] : "";
}

/* The word list "label_roles" says which columns name a row, best first. The nearest to the left names a cell (two lists may stand
 * side by side); where there is none, one to the right. */
static gint label_column(const DabRules *rules, const DabDocTable *t, gint row, gint cell_column) {
    const GArray *columns = dab_table_band(t, (guint)row)->columns;
    const GPtrArray *roles = dab_rules_words(rules, "label_roles");
    for (guint i = 0; roles && i < roles->len; i++) {
        gint found = -1;
        for (gint c = 0; c < (gint)columns->len; c++) {
            const DabColumn *column = &g_array_index(columns, DabColumn, c);
            const char *text = dab_cell_at(t, row, c);
            if (c == cell_column || strcmp(column->role, roles->pdata[i]) || !*text) continue;
            if (!strcmp(column->role, "content") && strpbrk(text, "0123456789")) continue; /* 新建厂房12万平方米 names nothing */
            if (c < cell_column || found < 0) found = c;
        }
        if (found >= 0) return found;
    }
    return -1;
}

static const char *one_line(DabPool *pool, const char *text) {
    char *flat = dab_pool_strdup(pool, text), *to = flat;
    for (const char *s = flat; *s; s++)
        if (*s != '\n') *to++ = *s;
    *to = 0;
    return flat;
}

static const char *label_of(const DabDocument *d, const DabRules *rules, const char *text) {
    return dab_trim_label(rules, d->pool, one_line(d->pool, text));
}

const char *dab_row_label(const DabDocument *d, const DabRules *rules, const DabDocTable *t, gint row, gint cell_column) {
    const GArray *columns = dab_table_band(t, (guint)row)->columns;
    gint column = label_column(rules, t, row, cell_column);
    if (column >= 0) return label_of(d, rules, dab_cell_at(t, row, column));
    /* no column says that it names: the nearest cell to the left that has words and no number's look */
    for (gint c = cell_column - 1; c >= 0; c--) {
        const DabColumn *named = &g_array_index(columns, DabColumn, c);
        const char *text = dab_cell_at(t, row, c);
        if (dab_has_letters(text) && !dab_rules_has_word(rules, "no_label_roles", named->role, strlen(named->role)))
            return label_of(d, rules, text);
    }
    /* 合计 in the column of row numbers */
    for (gint c = 0; c < cell_column; c++) {
        const char *text = dab_cell_at(t, row, c);
        if (dab_has_letters(text) && g_utf8_strlen(text, -1) > 1 && !strcmp(g_array_index(columns, DabColumn, c).role, "index"))
            return label_of(d, rules, text);
    }
    return "";
}

const char *dab_unit_in(const DabPlace *p, const char *name, gboolean implied) {
    gsize len = strlen(name);
    if (!len) return "";
    DabLikely likely = dab_rules_likely(p->rules, DAB_STAGE_COLUMN, name, len);
    DabSpan last = {0}; /* 新增就业（人）完成比例（%）: of joined names the last one's */
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (g_strcmp0(rule->kind, "unit_name")) continue;
        const char *set = dab_yaml_text(rule->set, "unit");
        int group = dab_pattern_group(rule->pattern, "unit");
        for (gsize at = 0; at < len && dab_pattern_match(rule->pattern, name, len, at, &m); at = MAX(m.spans[1], at + 1)) {
            if (set && implied && !last.end) return set;
            if (!dab_match_has(&m, group)) break;
            if (m.spans[2 * group] >= last.start) last = (DabSpan){m.spans[2 * group], m.spans[2 * group + 1]};
        }
    }
    return dab_pool_strndup(p->document->pool, name + last.start, dab_span_len(last));
}

static const char *unit_column(const DabPlace *p) {
    const GArray *columns = dab_place_columns(p);
    for (guint c = 0; c < columns->len; c++) {
        if (strcmp(g_array_index(columns, DabColumn, c).role, "unit")) continue;
        const char *unit = dab_cell_at(p->table, p->passage->row, (gint)c);
        return dab_has_letters(unit) || strpbrk(unit, "%/") || strstr(unit, PER_MILLE) ? unit : ""; /* — and the like: no unit */
    }
    return "";
}

/* The unit that a cell to the left names: 项目资金（万元）, over several rows. */
static const char *unit_to_the_left(const DabPlace *p) {
    const char *unit = "";
    for (gint c = p->column - 1; c >= 0 && !*unit; c--)
        unit = dab_unit_in(p, one_line(p->document->pool, dab_cell_at(p->table, p->passage->row, c)), FALSE);
    return unit;
}

static gboolean is_share(const char *unit) {
    return *unit == '%' || !strcmp(unit, PER_MILLE);
}

/* The unit that stands over the names of the rows: 项目资金（万元） over 财政拨款, 其他资金. */
static const char *unit_over_names(const DabPlace *p) {
    const char *unit = "";
    for (gint c = p->column - 1; c >= 0 && !*unit; c--) {
        const DabColumn *column = dab_table_column(p->table, (guint)p->passage->row, (guint)c);
        if (dab_has_letters(dab_cell_at(p->table, p->passage->row, c))) unit = dab_unit_in(p, column->name, FALSE);
    }
    return unit;
}

/* Under one header, 合计（万元）, 中央, 省级: the unit is said once. */
static const char *unit_of_group(const DabPlace *p) {
    const GArray *columns = dab_place_columns(p);
    const char *group = g_array_index(columns, DabColumn, p->column).group;
    for (guint c = 0; *group && c < columns->len; c++) {
        const DabColumn *column = &g_array_index(columns, DabColumn, c);
        const char *unit = strcmp(column->group, group) ? "" : dab_unit_in(p, column->name, FALSE);
        if (*unit && !is_share(unit)) return unit;
    }
    return "";
}

/* 〔0.7〕 in a column of yearly growths is the growth of all years, in the unit of its row. */
static gboolean in_square_brackets(const DabPlace *p) {
    gunichar c = g_utf8_get_char(p->document->text->utf8->str + p->sentence->span.start);
    return g_unichar_type(c) == G_UNICODE_OPEN_PUNCTUATION && c != '(' && c != WIDE_LEFT_PAREN;
}

const char *dab_header_unit(const DabPlace *p, double *factor) {
    *factor = 1;
    if (!p->table) return "";
    gboolean summed = in_square_brackets(p);
    const char *unit = summed ? "" : dab_unit_in(p, p->column_name, TRUE), *rows = dab_unit_in(p, p->row_label, FALSE);
    /* 生猪出栏（万头） under 产量（万吨）; but 门诊部（所） under 机构数（个） has no unit of its own */
    if (g_utf8_strlen(rows, -1) > 1 && !is_share(unit)) unit = rows;
    if (!*unit) unit = unit_column(p);
    if (!*unit) unit = rows;
    if (!*unit) unit = unit_of_group(p);
    if (!*unit) unit = unit_to_the_left(p);
    if (!*unit) unit = unit_over_names(p);
    if (!*unit) unit = dab_table_unit(p);
    unit = dab_unit_split(p->rules, one_line(p->document->pool, unit), factor);
    const char *written = dab_rules_map(p->rules, "header_unit_forms", unit);
    return written ? written : unit;
}

const char *dab_goal_unit(const DabPlace *p, const DabMeasure *goal, double *factor) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, goal->number);
    const char *text = p->document->text->utf8->str;
    gsize at = n->numeral.start;
    while (at < n->span.end && (g_ascii_isdigit(text[at]) || text[at] == '.' || text[at] == ',')) at++;
    *factor = 1;
    if (at == n->numeral.start || at >= n->span.end || is_share(goal->unit)) return goal->unit;
    return dab_unit_split(p->rules, dab_pool_strndup(p->document->pool, text + at, n->span.end - at), factor);
}
