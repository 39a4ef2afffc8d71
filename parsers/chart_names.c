/* What a caption says: 图1 2018-2022年地区生产总值及其增长速度（亿元，%） → a name, a second one, years, units. */
#include <string.h>

#include "parsers/chart_parts.h"

#define MAX_CUTS 8
#define MIN_SHARED 2 /* characters at the end of two names: 出口总额, 货物进出口总额 */

static DabSpan group_of(const DabRule *rule, const DabMatch *m, const char *name) {
    int group = dab_pattern_group(rule->pattern, name);
    if (!dab_match_has(m, group)) return (DabSpan){0};
    return (DabSpan){m->spans[2 * group], m->spans[2 * group + 1]};
}

gint dab_chart_year(const char *text) {
    gint year = 0;
    for (guint i = 0; i < 4 && g_ascii_isdigit(text[i]); i++) year = year * 10 + (text[i] - '0');
    return year;
}

/* Cuts years, units and words for the drawing from the title, one after the other. */
static void cut(DabChart *c, GString *title) {
    DabMatch m;
    for (guint i = 0; i < MAX_CUTS; i++) {
        const DabRule *rule = dab_chart_rule(c->rules, "cut", title->str, title->len, &m);
        if (!rule || m.spans[1] == m.spans[0]) return;
        DabSpan year = group_of(rule, &m, "year"), units[] = {group_of(rule, &m, "unit"), group_of(rule, &m, "unit2")};
        if (year.end) c->year = dab_chart_year(title->str + year.start);
        for (guint k = 0; k < G_N_ELEMENTS(units); k++)
            if (units[k].end) c->units[k] = dab_pool_strndup(c->d->pool, title->str + units[k].start, dab_span_len(units[k]));
        g_string_erase(title, (gssize)m.spans[0], (gssize)(m.spans[1] - m.spans[0]));
        while (title->len && title->str[title->len - 1] == ' ') g_string_truncate(title, title->len - 1);
        while (title->len && title->str[0] == ' ') g_string_erase(title, 0, 1);
    }
}

static void read_pair(DabChart *c, const char *title) {
    DabMatch m;
    const DabRule *rule = dab_chart_rule(c->rules, "pair", title, strlen(title), &m);
    if (!rule) return;
    DabSpan name = group_of(rule, &m, "name"), tail = group_of(rule, &m, "tail");
    c->name = dab_pool_strndup(c->d->pool, title + name.start, dab_span_len(name));
    c->second = dab_pool_printf(c->d->pool, "%s%.*s", c->name, (int)dab_span_len(tail), title + tail.start);
    c->second_change = rule->said.change != NULL;
    c->part = !c->second_change;
}

void dab_chart_caption_read(DabChart *c) {
    DabMatch m;
    g_autoptr(GString) title = g_string_new(c->title);
    c->planned = dab_chart_rule(c->rules, "planned", title->str, title->len, &m) != NULL;
    cut(c, title);
    c->name = dab_pool_strdup(c->d->pool, title->str);
    c->share = dab_rules_map(c->rules, "chart_names", "share");
    read_pair(c, title->str);
}

/* Bytes that the end of `a` and the beginning of `b` share: 城镇居民 + 居民收入. */
static gsize overlap(const char *a, const char *b) {
    for (const char *s = a; *s; s = g_utf8_next_char(s))
        if (g_str_has_prefix(b, s)) return strlen(s);
    return 0;
}

/* Whether two names end in the same word: then one of them is a part of the other, and needs it no more. */
static gboolean same_end(const char *a, const char *b) {
    const char *x = a + strlen(a), *y = b + strlen(b);
    guint n = 0;
    while (x > a && y > b) {
        x = g_utf8_prev_char(x);
        y = g_utf8_prev_char(y);
        if (g_utf8_get_char(x) != g_utf8_get_char(y)) break;
        n++;
    }
    return n >= MIN_SHARED;
}

static const char *fill(DabPool *pool, const char *pattern, const char *name, const char *word) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *s = pattern; *s; s++) {
        const char *key = g_str_has_prefix(s, "{word}") ? word : g_str_has_prefix(s, "{name}") ? name : NULL;
        if (!key) {
            g_string_append_c(out, *s);
            continue;
        }
        g_string_append(out, key);
        s += strlen("{name}") - 1;
    }
    return dab_pool_strdup(pool, out->str);
}

const char *dab_chart_name(const DabChart *c, const DabChartSeries *series, const char *word) {
    DabPool *pool = c->d->pool;
    DabMatch m;
    const char *name = series->indicator;
    if (!word || !*word) return name;
    if (series->share) return fill(pool, series->share, c->name, word);
    if (same_end(word, name)) return word;
    const DabRule *whole = dab_chart_rule(c->rules, "whole", name, strlen(name), &m);
    if (whole) { /* 三次产业增加值 → 第一产业增加值 */
        DabSpan all = group_of(whole, &m, "whole");
        return dab_pool_printf(pool, "%.*s%s%s", (int)all.start, name, word, name + all.end);
    }
    return dab_pool_printf(pool, "%s%s", word, name + overlap(word, name));
}

gboolean dab_chart_is_rate(const DabRules *rules, const char *name, gboolean *change) {
    DabMatch m;
    const DabRule *rule = dab_chart_rule(rules, "rate", name, strlen(name), &m);
    *change = rule && rule->said.change;
    return rule != NULL;
}
