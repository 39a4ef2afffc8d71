/* document.h: a report as it reads: parsers/ turn a DabLayout into a DabDocument; engine/ makes measures of it. */
#ifndef DABIAO_DOCUMENT_H
#define DABIAO_DOCUMENT_H

#include "dabiao/number.h"
#include "dabiao/source.h"
#include "dabiao/text.h"

typedef enum {
    DAB_PASSAGE_TITLE,
    DAB_PASSAGE_HEADING,
    DAB_PASSAGE_PARAGRAPH,
    DAB_PASSAGE_CELL,
    DAB_PASSAGE_CAPTION,
    DAB_PASSAGE_CHART, /* one label of a chart */
    DAB_PASSAGE_FURNITURE
} DabPassageKind;

/* A stretch of text that no sentence crosses: a paragraph (whole again over columns and pages), or a paragraph of a cell. */
typedef struct {
    DabSpan span;
    DabPassageKind kind;
    gint section;          /* in DabDocument.sections, or -1 */
    gint table, row, cell; /* place in DabDocument.tables, or -1; cell counts in the row's cells */
    guint page;            /* from 1, where it begins */
    guint32 asks;          /* dab_rules_passage_asks */
} DabPassage;

typedef struct {
    DabSpan span;
    guint passage;
    guint first_number, n_numbers; /* in DabDocument.numbers */
    const char *tense;             /* what a heading or an announcement before it says: "past", "future" or "none"; interned */
} DabSentence;

typedef struct {
    const char *id;    /* "s1" */
    gint parent;       /* index, or -1 */
    guint level;       /* from 1 */
    const char *label; /* "一、" */
    const char *title;
    guint page;
    DabSpan span; /* of the title, in the text */
} DabSection;

typedef struct {
    const char *name; /* header cells joined from outer to inner; "" when the table does not tell */
    const char
        *group; /* header cells over several columns that say what is counted (事故起数 over 1-6月, 同比增减); "" when none do */
    const char *label; /* the name without header cells that only say when or which figure (2022年, 1-9月, 总量) */
    const char *when;  /* the name without the time it is compared with: 2023年 of 2023年比2022年增减 */
    const char *role;  /* task target outcome status unit deadline owner index other …: interned, given by rules */
} DabColumn;

/* Rows that share a header. A form has several: key and value rows, a row of budgets, the indicators. */
typedef struct {
    guint first_row, n_header_rows;
    GArray *columns; /* DabColumn, as many as the table has; nameless where no header stands above the rows */
} DabBand;

typedef struct {
    const DabTable *layout; /* rows and cells as they stand on the page */
    const char *id;         /* "t1" */
    GArray *bands;          /* DabBand, by first_row; the first begins at row 0 */
    GArray *columns;        /* DabColumn: of the band with most rows */
    GPtrArray *cell_text;   /* const char *: normalised text of each cell, rows in order, cells in order within the row */
} DabDocTable;

/* A figure of a chart. Those that measure nothing (the axes) have no indicator, and their number is context. */
typedef struct {
    DabSpan span;          /* of the figure */
    guint number;          /* in DabDocument.numbers: the figure's where it measures something */
    const char *indicator; /* NULL: no measure */
    const char *unit;      /* for a figure that has none of its own; without 万 and 亿, which are in factor */
    double factor;
    gboolean change, planned; /* a growth; a figure that is only planned or expected */
    const char *as_of;        /* "2018", "2018-03", or NULL */
    gint year;                /* or 0 */
    const char *kind;         /* of the context, where it measures nothing; interned */
    const char *rule;         /* id of the rule that knew the caption */
} DabLabel;

typedef struct {
    DabPool *pool;
    const DabSource *source;
    const DabLayout *layout;
    DabText *text;
    GArray *passages;  /* DabPassage, in order of the text */
    GArray *sentences; /* DabSentence, in order of the text */
    GArray *sections;  /* DabSection */
    GPtrArray *tables; /* DabDocTable, same order as the layout's */
    GArray *numbers;   /* DabNumber, in order of the text */
    GArray *labels;    /* DabLabel: figures of charts, in order of the text */
    /* What the document says of itself; NULL or 0 where it does not. */
    const char *title, *issuer, *region, *number, *date; /* date: "2021-03-04" */
    gint year;
    const char *genre; /* "plan" "summary" "task_table" "news" "other" */
} DabDocument;

DabDocument *dab_document_parse(DabPool *pool, const DabRules *rules, const DabSource *source, const DabLayout *layout);

/* The band that a row of a table stands in. */
const DabBand *dab_table_band(const DabDocTable *table, guint row);
/* A column as the header over that row names it. */
const DabColumn *dab_table_column(const DabDocTable *table, guint row, guint column);

/* Page (from 1) and box of a span of the text: of its glyphs on the page where it begins. Zero box where the source has none. */
guint dab_document_place(const DabDocument *document, DabSpan span, DabBox *box);

#endif
