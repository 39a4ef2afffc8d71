/* Tables whose row 合计 is not what its rows add up to. Which rows belong to a total the table does not say: all above it or all
 * below, those since the total before, with or without 其中 rows, one level of codes only. A column is blamed only when another
 * column of the table shows which of these holds, or when there is but one way to read it. */
#include <math.h>
#include <string.h>

#include "dabiao/likeness.h"
#include "engine/audit.h"

#define EPSILON 1e-9
#define MIN_ROWS 2
#define MAX_GRID 4000000u /* cells of one table that are looked at */

enum { BLANK = -1, OTHER = -2 }; /* a cell that says nothing; one that is not one plain number */

typedef enum { ROW_PART, ROW_TOTAL, ROW_WITHIN } RowKind;

typedef struct {
    const DabAudit *audit;
    const DabDocTable *table;
    guint n_rows, n_columns;
    const char **texts;
    gint *cells; /* number, BLANK or OTHER */
    RowKind *kinds;
    guint *codes; /* length of the row's code of digits: 208 20805 2080505; 0: none */
} Grid;

static gint *cell(const Grid *g, guint row, guint column) {
    return &g->cells[row * g->n_columns + column];
}

/* Whether a text has no letter and no digit: blank, or a dash. */
static gboolean is_blank(const char *s) {
    for (; *s; s = g_utf8_next_char(s))
        if (g_unichar_isalnum(g_utf8_get_char(s))) return FALSE;
    return TRUE;
}

static guint code_length(const char *s) {
    guint n = 0;
    for (; g_ascii_isdigit(*s); s++) n++;
    return *s ? 0 : n;
}

static const char *text_at(const Grid *g, guint row, guint column) {
    return g->texts[row * g->n_columns + column];
}

/* The first words of a row, without blanks and marks; codes of digits do not count. Free it. */
static char *label_of(const Grid *g, guint row) {
    GString *label = g_string_new(NULL);
    for (guint c = 0; c < g->n_columns && !label->len; c++) {
        const char *text = text_at(g, row, c);
        if (code_length(text)) continue;
        for (const char *s = text; *s; s = g_utf8_next_char(s))
            if (g_unichar_isalnum(g_utf8_get_char(s))) g_string_append_unichar(label, g_utf8_get_char(s));
    }
    return g_string_free(label, FALSE);
}

static RowKind kind_of(const Grid *g, guint row) {
    const DabRules *rules = g->audit->report->rules;
    g_autofree char *label = label_of(g, row);
    if (dab_rules_has_word(rules, "total_rows", label, strlen(label))) return ROW_TOTAL;
    const GPtrArray *within = dab_rules_words(rules, "within_rows");
    for (guint i = 0; within && i < within->len; i++)
        if (g_str_has_prefix(label, within->pdata[i])) return ROW_WITHIN;
    return ROW_PART;
}

/* The text of each cell at its place; a cell that spans columns stands in its first. */
static void place_texts(const Grid *g) {
    const GArray *rows = g->table->layout->rows;
    guint at = 0;
    for (guint i = 0; i < g->n_rows * g->n_columns; i++) g->texts[i] = "";
    for (guint r = 0; r < g->n_rows; r++) {
        const DabRow *row = &g_array_index(rows, DabRow, r);
        for (guint k = 0; k < row->cells->len; k++, at++) {
            const DabCell *c = &g_array_index(row->cells, DabCell, k);
            if (c->column < g->n_columns && at < g->table->cell_text->len)
                g->texts[r * g->n_columns + c->column] = g->table->cell_text->pdata[at];
        }
    }
}

/* Puts each number that is all of its cell into the grid. */
static void place_numbers(const Grid *g, guint table) {
    const DabDocument *d = g->audit->report->document;
    for (guint i = 0; i < g->n_rows * g->n_columns; i++) g->cells[i] = is_blank(g->texts[i]) ? BLANK : OTHER;
    for (guint i = 0; i < d->sentences->len; i++) {
        const DabSentence *s = &g_array_index(d->sentences, DabSentence, i);
        const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
        if (p->table != (gint)table || s->n_numbers != 1) continue;
        const DabNumber *n = dab_audit_number(g->audit, s->first_number);
        if (n->context || dab_span_len(n->span) != dab_span_len(s->span)) continue;
        const DabRow *row = &g_array_index(g->table->layout->rows, DabRow, p->row);
        const DabCell *at = &g_array_index(row->cells, DabCell, p->cell);
        if (at->col_span == 1 && at->row_span == 1 && at->column < g->n_columns)
            *cell(g, (guint)p->row, at->column) = (gint)s->first_number;
    }
}

/* FALSE when the table has no total row; nothing is kept then. */
static gboolean grid_init(Grid *g, const DabAudit *a, guint table) {
    const DabDocTable *t = a->report->document->tables->pdata[table];
    gsize n_cells = (gsize)t->layout->rows->len * t->layout->n_columns;
    gboolean totals = FALSE;
    *g = (Grid){0};
    if (n_cells > MAX_GRID) return FALSE;
    *g = (Grid){a, t, t->layout->rows->len, t->layout->n_columns, g_new(const char *, n_cells + 1), NULL, NULL, NULL};
    g->kinds = g_new(RowKind, g->n_rows + 1);
    place_texts(g);
    for (guint r = 0; r < g->n_rows; r++) totals |= (g->kinds[r] = kind_of(g, r)) == ROW_TOTAL;
    g->cells = totals ? g_new(gint, n_cells + 1) : NULL;
    g->codes = g_new0(guint, g->n_rows + 1);
    if (totals) place_numbers(g, table);
    for (guint r = 0; totals && r < g->n_rows; r++) g->codes[r] = code_length(text_at(g, r, 0));
    return totals;
}

static void grid_clear(Grid *g) {
    g_free(g->texts);
    g_free(g->cells);
    g_free(g->kinds);
    g_free(g->codes);
}

/* ---- ways to read which rows a total adds up ---- */

typedef enum { ALL_ABOVE, SINCE_TOTAL, ALL_BELOW, TO_NEXT_TOTAL, TOTALS_ABOVE, N_STRETCHES } Stretch;
typedef enum { EACH, SHORT_CODES, LONG_CODES, N_CHOICES } Choice;

typedef struct {
    guint first, end; /* rows of the band below its header */
    guint total;
    guint short_code, long_code; /* lengths; equal where there is one level */
} Band;

static gboolean in_stretch(const Grid *g, const Band *b, guint row, Stretch stretch) {
    RowKind want = stretch == TOTALS_ABOVE ? ROW_TOTAL : ROW_PART;
    if (g->kinds[row] != want || row == b->total) return FALSE;
    gboolean above = row < b->total;
    if (above != (stretch == ALL_ABOVE || stretch == SINCE_TOTAL || stretch == TOTALS_ABOVE)) return FALSE;
    if (stretch == SINCE_TOTAL)
        for (guint r = row + 1; r < b->total; r++)
            if (g->kinds[r] == ROW_TOTAL) return FALSE;
    if (stretch == TO_NEXT_TOTAL)
        for (guint r = b->total + 1; r < row; r++)
            if (g->kinds[r] == ROW_TOTAL) return FALSE;
    return TRUE;
}

static gboolean chosen(const Grid *g, const Band *b, guint row, Choice choice) {
    return choice == EACH || g->codes[row] == (choice == SHORT_CODES ? b->short_code : b->long_code);
}

typedef enum { SUM_FITS, SUM_FAILS, SUM_UNSAID } Sum;

static const char *unit_of(const Grid *g, gint number) {
    gint m = g->audit->measure_of[number];
    return m < 0 ? dab_audit_number(g->audit, (guint)number)->unit : dab_audit_measure(g->audit, (guint)m)->unit;
}

typedef struct {
    double sum, apart; /* apart: from what the table says */
    double least;      /* the smallest row that is not 0 */
} Added;

/* Adds up a column in one way. SUM_UNSAID where that says nothing: a cell that is no number, fewer than two rows, other units. */
static Sum add_up(const Grid *g, const Band *b, guint column, Stretch stretch, Choice choice, Added *to) {
    gint total = *cell(g, b->total, column);
    DabPrinted want, x;
    if (total < 0 || !dab_printed_read(g->audit, (guint)total, &want)) return SUM_UNSAID;
    double half = want.half;
    guint n = 0;
    *to = (Added){.least = INFINITY};
    for (guint r = b->first; r < b->end; r++) {
        if (!in_stretch(g, b, r, stretch) || !chosen(g, b, r, choice)) continue;
        gint number = *cell(g, r, column);
        if (number == BLANK) continue;
        if (number < 0 || !dab_printed_read(g->audit, (guint)number, &x) || strcmp(unit_of(g, number), unit_of(g, total)))
            return SUM_UNSAID;
        to->sum += x.value;
        if (x.value != 0) to->least = fmin(to->least, fabs(x.value));
        half += x.half;
        n++;
    }
    to->apart = fabs(to->sum - want.value);
    if (n < MIN_ROWS) return SUM_UNSAID;
    return to->apart <= half + EPSILON * fmax(1, fabs(want.value)) ? SUM_FITS : SUM_FAILS;
}

/* Columns that can be added up: not 占比, 增长率, 人均; percentages only when the total is said to be 100. */
static gboolean is_additive(const Grid *g, const Band *b, guint column) {
    const DabRules *rules = g->audit->report->rules;
    const DabColumn *c = dab_table_column(g->table, b->total, column);
    gint total = *cell(g, b->total, column);
    if (total < 0 || dab_rules_has_word(rules, "not_additive_roles", c->role, strlen(c->role))) return FALSE;
    const DabNumber *n = dab_audit_number(g->audit, (guint)total);
    gboolean share = !strcmp(n->kind, "percent") || !strcmp(unit_of(g, total), "%");
    if (share) return n->value == 100;
    return strcmp(n->kind, "ratio") && strcmp(n->kind, "permille") && !dab_name_has_word(rules, "not_additive_words", c->name);
}

static Band band_of(const Grid *g, guint total) {
    const DabBand *band = dab_table_band(g->table, total);
    Band b = {.first = band->first_row + band->n_header_rows, .end = g->n_rows, .total = total, .short_code = G_MAXUINT};
    for (guint i = 0; i < g->table->bands->len; i++) {
        const DabBand *next = &g_array_index(g->table->bands, DabBand, i);
        if (next->first_row > band->first_row) b.end = MIN(b.end, next->first_row);
    }
    for (guint r = b.first; r < b.end; r++) {
        if (!g->codes[r] || g->kinds[r] != ROW_PART) continue;
        b.short_code = MIN(b.short_code, g->codes[r]);
        b.long_code = MAX(b.long_code, g->codes[r]);
    }
    return b;
}

/* Whether there is but one way to read the total: the only one of its band, at an end of it, without 其中 rows and levels of codes.
 */
static gboolean is_plain(const Grid *g, const Band *b, Stretch *stretch) {
    gboolean above = FALSE, below = FALSE;
    for (guint r = b->first; r < b->end; r++) {
        if (r != b->total && g->kinds[r] == ROW_TOTAL) return FALSE;
        if (g->kinds[r] == ROW_WITHIN) return FALSE;
        if (g->kinds[r] == ROW_PART) (r < b->total ? (above = TRUE) : (below = TRUE));
    }
    *stretch = above ? ALL_ABOVE : ALL_BELOW;
    return above != below && (b->short_code == G_MAXUINT || b->short_code == b->long_code);
}

static gboolean fits_any(const Grid *g, const Band *b, guint column) {
    Added sum;
    for (Stretch s = 0; s < N_STRETCHES; s++)
        for (Choice c = 0; c < N_CHOICES; c++)
            if (add_up(g, b, column, s, c, &sum) == SUM_FITS) return TRUE;
    return FALSE;
}

/* Rows that are parts of other rows, or rows that the table leaves out, put a sum off by no less than one of them: a sum that is
 * off by as much says nothing, unless another column has shown that these rows are all. */
static void blame(const Grid *g, const Band *b, guint column, Stretch stretch, Choice choice, gboolean shown) {
    Added added;
    if (add_up(g, b, column, stretch, choice, &added) != SUM_FAILS) return;
    if (added.apart >= (shown ? fabs(added.sum) / 2 : added.least)) return;
    guint total = (guint)*cell(g, b->total, column);
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(numbers, total);
    for (guint r = b->first; r < b->end; r++) {
        if (!in_stretch(g, b, r, stretch) || !chosen(g, b, r, choice) || *cell(g, r, column) < 0) continue;
        guint number = (guint)*cell(g, r, column);
        g_array_append_val(numbers, number);
    }
    const DabColumn *c = dab_table_column(g->table, b->total, column);
    const char *name = dab_audit_name(g->audit, total);
    const char *const fields[] = {
        "indicator", *name ? name : c->name,         "column",   c->name,
        "said",      dab_audit_raw(g->audit, total), "computed", dab_audit_write(g->audit, added.sum, total),
        NULL};
    dab_audit_add(g->audit, (const guint *)(void *)numbers->data, numbers->len, fields);
}

static void check_total(const Grid *g, guint total) {
    Band b = band_of(g, total);
    gboolean *additive = g_new0(gboolean, g->n_columns + 1), *fits = g_new0(gboolean, g->n_columns + 1);
    Added sum;
    for (guint c = 0; c < g->n_columns; c++) {
        additive[c] = is_additive(g, &b, c);
        fits[c] = additive[c] && fits_any(g, &b, c);
    }
    Stretch stretch = 0;
    Choice choice = EACH;
    gboolean known = FALSE;
    for (Stretch s = 0; s < N_STRETCHES && !known; s++) /* the way that another column shows */
        for (Choice k = 0; k < N_CHOICES && !known; k++)
            for (guint c = 0; c < g->n_columns && !known; c++)
                if (fits[c] && add_up(g, &b, c, s, k, &sum) == SUM_FITS && sum.sum != 0) known = TRUE, stretch = s, choice = k;
    gboolean shown = known;
    if (!known) known = is_plain(g, &b, &stretch);
    for (guint c = 0; known && c < g->n_columns; c++)
        if (additive[c] && !fits[c]) blame(g, &b, c, stretch, choice, shown);
    g_free(additive);
    g_free(fits);
}

void dab_check_table_sums(const DabAudit *a) {
    const GPtrArray *tables = a->report->document->tables;
    for (guint t = 0; t < tables->len; t++) {
        Grid g;
        if (grid_init(&g, a, t))
            for (guint r = 0; r < g.n_rows; r++)
                if (g.kinds[r] == ROW_TOTAL) check_total(&g, r);
        grid_clear(&g);
    }
}
