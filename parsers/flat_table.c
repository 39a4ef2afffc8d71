#include "parsers/flat_table.h"

#include <string.h>

#define MAX_HEADER_BYTES 240
#define MAX_ROWS 500
#define MAX_HEADER_PARTS 40 /* passages from a header to its first row */

typedef struct {
    DabDocument *d;
    const DabRules *rules;
    DabTable *table;
    DabDocTable *doc_table;
    gint index;                  /* of the table */
    guint task, target, outcome; /* columns; task may be the target's */
    guint row;                   /* the first passage, of those from some on, that is a table's or says 1 alone */
} Flat;

static DabPassage *passage(const DabDocument *d, guint i) {
    return &g_array_index(d->passages, DabPassage, i);
}

static const char *text_of(const DabDocument *d, const DabPassage *p) {
    return d->text->utf8->str + p->span.start;
}

/* The names of a header line: the normaliser closed the blanks between them, but the glyphs still tell where they were. */
static GPtrArray *header_names(const DabDocument *d, const DabPassage *p) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) name = g_string_new(NULL);
    guint32 last = DAB_NO_GLYPH;
    for (gsize i = p->span.start; i <= p->span.end; i++) {
        gboolean end = i == p->span.end;
        guint32 g = end ? DAB_NO_GLYPH : g_array_index(d->text->glyph, guint32, i);
        gboolean gap = last != DAB_NO_GLYPH && g != DAB_NO_GLYPH && g > last + 1;
        if ((end || gap || d->text->utf8->str[i] == ' ') && name->len) {
            g_ptr_array_add(names, g_strdup(name->str));
            g_string_truncate(name, 0);
        }
        if (!end && d->text->utf8->str[i] != ' ') g_string_append_c(name, d->text->utf8->str[i]);
        if (g != DAB_NO_GLYPH) last = g;
    }
    return names;
}

static const char *role_of_name(const DabRules *rules, const char *name) {
    DabLikely likely = dab_rules_likely(rules, DAB_STAGE_COLUMN, name, strlen(name));
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (rule->pattern && dab_pattern_match(rule->pattern, name, strlen(name), 0, &m)) return rule->kind;
    }
    return "other";
}

/* The number a row or list item begins with: "3" alone (*alone), "3." or "3、"; 0 when there is none. */
static guint leading_number(const DabDocument *d, const DabPassage *p, gboolean *alone) {
    const char *s = text_of(d, p);
    gsize len = dab_span_len(p->span), n = 0;
    guint value = 0;
    while (n < len && n < 3 && g_ascii_isdigit(s[n])) value = value * 10 + (guint)(s[n++] - '0');
    *alone = n > 0 && n == len;
    if (!n || *alone) return value;
    gunichar c = g_utf8_get_char(s + n);
    gboolean mark = c == '.' || c == 0x3001 /* 、 */ || c == 0xFF0E /* ． */;
    return mark ? value : 0;
}

/* Whether row 1 follows. Asked with ever larger `from`: each passage is looked at once. */
static gboolean rows_follow(Flat *f, guint from) {
    const DabDocument *d = f->d;
    gboolean alone;
    for (f->row = MAX(f->row, from); f->row < d->passages->len && passage(d, f->row)->table < 0; f->row++)
        if (leading_number(d, passage(d, f->row), &alone) == 1 && alone) return f->row < from + MAX_HEADER_PARTS;
    return FALSE;
}

static gboolean is_header(Flat *f, guint i, GPtrArray **names) {
    const DabPassage *p = passage(f->d, i);
    if (p->table >= 0 || dab_span_len(p->span) > MAX_HEADER_BYTES || !rows_follow(f, i + 1)) return FALSE;
    *names = header_names(f->d, p);
    gint target = -1, outcome = -1, task = -1;
    for (guint k = 0; (*names)->len >= 3 && k < (*names)->len; k++) {
        const char *role = role_of_name(f->rules, (*names)->pdata[k]);
        if (!strcmp(role, "target") && target < 0) target = (gint)k;
        if (!strcmp(role, "outcome") && outcome < 0) outcome = (gint)k;
        if (!strcmp(role, "task") && task < 0) task = (gint)k;
    }
    if ((*names)->len >= 3 && target >= 0 && outcome > target) {
        f->target = (guint)target;
        f->outcome = (guint)outcome;
        f->task = task >= 0 && task < target ? (guint)task : f->target;
        return TRUE;
    }
    g_clear_pointer(names, g_ptr_array_unref);
    return FALSE;
}

static DabRow *add_row(Flat *f) {
    DabRow row = {.cells = dab_pool_array(f->d->pool, sizeof(DabCell))};
    g_array_append_val(f->table->rows, row);
    return &g_array_index(f->table->rows, DabRow, f->table->rows->len - 1);
}

static void add_cell(Flat *f, DabRow *row, guint column, const char *text) {
    DabCell cell = {.column = column, .row_span = 1, .col_span = 1};
    g_array_append_val(row->cells, cell);
    g_ptr_array_add(f->doc_table->cell_text, dab_pool_strdup(f->d->pool, text));
}

static void make_table(Flat *f, const GPtrArray *names, guint header) {
    DabPool *pool = f->d->pool;
    f->table = dab_pool_new0(pool, DabTable);
    *f->table = (DabTable){.n_columns = names->len,
                           .n_header_rows = 1,
                           .rows = dab_pool_array(pool, sizeof(DabRow)),
                           .boxes = dab_pool_array(pool, sizeof(DabBox))};
    f->index = (gint)f->d->tables->len;
    f->doc_table = dab_pool_new0(pool, DabDocTable);
    *f->doc_table =
        (DabDocTable){.layout = f->table, .id = dab_pool_printf(pool, "t%d", f->index + 1), .cell_text = dab_pool_ptr_array(pool)};
    g_ptr_array_add(f->d->tables, f->doc_table);
    DabRow *row = add_row(f);
    for (guint i = 0; i < names->len; i++) add_cell(f, row, i, names->pdata[i]);
    DabPassage *p = passage(f->d, header);
    p->table = f->index;
    p->row = p->cell = 0;
    p->kind = DAB_PASSAGE_CELL;
}

static gboolean opens_outcome(const Flat *f, const DabPassage *p) {
    const GPtrArray *words = dab_rules_words(f->rules, "opens_outcome");
    for (guint i = 0; words && i < words->len; i++)
        if (g_str_has_prefix(text_of(f->d, p), words->pdata[i])) return TRUE;
    return FALSE;
}

/* What a passage of a row belongs to, given what came before it in the row. *item is the last list number. */
static guint next_column(const Flat *f, const DabPassage *p, guint column, guint *item) {
    gboolean alone;
    guint number = leading_number(f->d, p, &alone);
    if (column == f->outcome) return column;
    if (opens_outcome(f, p)) return f->outcome;
    if (number == 1 && *item >= 1) return f->outcome; /* the list begins again */
    if (number) *item = number;
    if (number == 1) return f->target;
    return column;
}

static void put(Flat *f, DabPassage *p, guint column) {
    DabRow *row = &g_array_index(f->table->rows, DabRow, f->table->rows->len - 1);
    DabCell *last = row->cells->len ? &g_array_index(row->cells, DabCell, row->cells->len - 1) : NULL;
    g_autofree char *text = g_strndup(text_of(f->d, p), dab_span_len(p->span));
    GPtrArray *texts = f->doc_table->cell_text;
    if (last && last->column == column)
        texts->pdata[texts->len - 1] = dab_pool_printf(f->d->pool, "%s\n%s", (char *)texts->pdata[texts->len - 1], text);
    else
        add_cell(f, row, column, text);
    p->kind = DAB_PASSAGE_CELL;
    p->table = f->index;
    p->row = (gint)f->table->rows->len - 1;
    p->cell = (gint)row->cells->len - 1;
}

static void read_rows(Flat *f, guint from) {
    guint column = f->task, item = 0, next = 1;
    for (guint i = from; i < f->d->passages->len && f->table->rows->len < MAX_ROWS; i++) {
        DabPassage *p = passage(f->d, i);
        gboolean alone;
        if (p->table >= 0) return;
        if (p->kind == DAB_PASSAGE_FURNITURE) continue;
        if (leading_number(f->d, p, &alone) == next && alone) {
            add_row(f);
            put(f, p, 0);
            column = f->task;
            item = 0;
            next++;
            continue;
        }
        if (next == 1) continue; /* the rest of the header */
        column = next_column(f, p, column, &item);
        put(f, p, column);
    }
}

void dab_flat_table_find(DabDocument *d, const DabRules *rules) {
    Flat f = {.d = d, .rules = rules};
    g_autoptr(GPtrArray) names = NULL;
    for (guint i = 0; i < d->passages->len; i++) {
        if (!is_header(&f, i, &names)) continue;
        make_table(&f, names, i);
        read_rows(&f, i + 1);
        return; /* such an export holds one table */
    }
}
