/* chart_parts.h: what the steps that read a chart share: its tokens (pieces of text that stand apart), its axis, its series.
 * Coordinates are points, y down; a source without boxes has none, and only the order of the text counts. */
#ifndef DAB_PARSERS_CHART_PARTS_H
#define DAB_PARSERS_CHART_PARTS_H

#include "dabiao/document.h"
#include "dabiao/rules.h"

typedef enum {
    DAB_TOKEN_OTHER,  /* running text: no part of a chart */
    DAB_TOKEN_UNIT,   /* 亿元 （%） 单位：万人 */
    DAB_TOKEN_PERIOD, /* 2018 2018年 3月 */
    DAB_TOKEN_VALUE,  /* 286.47 16.3% */
    DAB_TOKEN_NAMED,  /* 第一产业16.3% */
    DAB_TOKEN_WORD    /* 第一产业 */
} DabTokenKind;

typedef enum {
    DAB_FATE_OPEN,  /* not known (yet) */
    DAB_FATE_AXIS,  /* of a value axis */
    DAB_FATE_DATE,  /* a place of the axis */
    DAB_FATE_LABEL, /* a figure with a place */
} DabTokenFate;

typedef struct {
    DabTokenKind kind;
    DabTokenFate fate;
    guint passage;
    DabSpan span, name, value; /* in the document's text; name: 第一产业 of 第一产业16.3% */
    DabBox box;
    float size;
    double number;
    guint decimals;
    const char *unit;  /* of a unit, or the value's own; "" when there is none; in the pool */
    gint year;         /* of a period */
    const char *as_of; /* of a period: "2018", "2018-03" */
    gint place;        /* in DabChart.places, or -1 */
    gint series;       /* or -1 */
} DabToken;

/* A place of the axis: a period, or a name. */
typedef struct {
    float at; /* along the axis */
    gint year;
    const char *as_of, *name; /* NULL where it has none */
} DabChartPlace;

/* What the figures of a series are. */
typedef struct {
    const char *indicator, *unit;
    double factor;
    gboolean change;   /* a growth: a negative one is a decrease */
    const char *share; /* how a share is called: {word}占{name}比重; NULL */
} DabChartSeries;

#define DAB_MAX_SERIES 6u

typedef struct {
    DabDocument *d;
    const DabRules *rules;
    const DabRule *rule; /* of the caption */
    const char *title;   /* of the caption, without 图1; in the pool */
    gboolean numbered;   /* the caption says 图 */
    gboolean boxes;
    GPtrArray *tokens; /* DabToken */
    GArray *places;    /* DabChartPlace, in order of the axis; none where each figure has a name beside it */
    gboolean upright;  /* the axis goes down the page */
    float spacing;     /* of the places */
    gboolean paired;   /* each figure has a name beside it */
    /* what the caption says */
    gint year;          /* the last one it names, or 0 */
    const char *name;   /* without years and units */
    const char *second; /* what its second part is called: …增长速度; NULL */
    gboolean second_change;
    gboolean part;     /* the second part is a share: 构成, 比重 */
    const char *share; /* how its second part is called where places have names; NULL */
    gboolean planned;
    const char *units[2]; /* of the caption; NULL */
} DabChart;

/* chart_tokens.c: the tokens of a passage, classified, appended to `tokens` (DabToken, which the array frees). FALSE when one of
 * them is running text. */
gboolean dab_chart_tokens_read(DabDocument *d, const DabRules *rules, guint passage, GPtrArray *tokens);
/* The first rule of stage "chart" and `kind` that matches; its match. */
const DabRule *dab_chart_rule(const DabRules *rules, const char *kind, const char *text, gsize len, DabMatch *match);
static inline float dab_token_x(const DabToken *t) {
    return (t->box.x0 + t->box.x1) / 2;
}
static inline float dab_token_y(const DabToken *t) {
    return (t->box.y0 + t->box.y1) / 2;
}

/* chart_axis.c: finds the places of the axis, tells the figures of value axes, and gives each other figure its place. FALSE when
 * there is no axis. */
gboolean dab_chart_axis_find(DabChart *chart);

/* chart_pairs.c: of a pie: gives each figure the name that stands beside it, as a place of its own. FALSE when it cannot. */
gboolean dab_chart_pairs_find(DabChart *chart);

/* chart_series.c: which figures of the places are of one series. FALSE when they cannot be told apart. */
gboolean dab_chart_series_find(DabChart *chart, DabChartSeries *series);

/* chart_names.c: the year at the beginning of a text: four digits, whatever follows (the next label, maybe). */
gint dab_chart_year(const char *text);
/* Reads the caption. */
void dab_chart_caption_read(DabChart *chart);
/* The name of a series' figure at a place; `word`: the legend's or the place's name, or NULL. In the pool. */
const char *dab_chart_name(const DabChart *chart, const DabChartSeries *series, const char *word);

/* What a rule of kind "rate" says of a name: it is in percent; *change: and a growth. */
gboolean dab_chart_is_rate(const DabRules *rules, const char *name, gboolean *change);

#endif
