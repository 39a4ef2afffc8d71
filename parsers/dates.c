#include "dabiao/date.h"

#include <stdlib.h>
#include <string.h>

#define MIN_YEAR 1900
#define MAX_YEAR 2100

/* 12, 十二, 二〇二一 → the number; -1 when it is none. Whole words stand in the map "date_numerals", digit characters too. */
static gint read_part(const DabRules *rules, const char *s, gsize len) {
    char word[64];
    if (!len || len >= sizeof word) return -1;
    memcpy(word, s, len);
    word[len] = 0;
    const char *whole = dab_rules_map(rules, "date_numerals", word);
    if (whole) return atoi(whole);
    gint value = 0;
    for (const char *c = word; *c; c = g_utf8_next_char(c)) {
        if (g_ascii_isdigit(*c)) {
            value = value * 10 + (*c - '0');
            continue;
        }
        char one[8] = {0};
        memcpy(one, c, (gsize)g_utf8_skip[(guchar)*c]);
        const char *digit = dab_rules_map(rules, "date_numerals", one);
        if (!digit) return -1;
        value = value * 10 + atoi(digit);
    }
    return value;
}

static gint read_group(const DabRules *rules, const DabRule *rule, const DabMatch *m, const char *text, const char *name) {
    int group = dab_pattern_group(rule->pattern, name);
    if (!dab_match_has(m, group)) return -1;
    return read_part(rules, text + m->spans[2 * group], m->spans[2 * group + 1] - m->spans[2 * group]);
}

/* A field of `set`: "12", or for the year "-1" (against the document's year). */
static gint set_field(const DabRule *rule, const char *name, gint otherwise) {
    const char *value = dab_yaml_text(rule->set, name);
    return value ? atoi(value) : otherwise;
}

static gboolean resolve(const DabRules *rules, const DabRule *rule, const DabMatch *match, const char *text, gint year,
                        char iso[11]) {
    gint y = read_group(rules, rule, match, text, "y"), m = read_group(rules, rule, match, text, "m"),
         d = read_group(rules, rule, match, text, "d"), q = read_group(rules, rule, match, text, "q");
    if (y >= 0 && y < 100) y += 2000;
    if (y < 0) y = year > 0 ? year + set_field(rule, "year", 0) : -1;
    if (q > 0) m = q * 3;
    if (m < 0) m = set_field(rule, "month", -1);
    if (y < MIN_YEAR || y > MAX_YEAR || m == 0 || m > 12) return FALSE;
    const char *day = dab_yaml_text(rule->set, "day");
    if (d < 0 && day && m > 0) d = !strcmp(day, "last") ? g_date_get_days_in_month((GDateMonth)m, (GDateYear)y) : atoi(day);
    if (m < 0) return g_snprintf(iso, 11, "%04d", y) > 0;
    if (d < 0) return g_snprintf(iso, 11, "%04d-%02d", y, m) > 0;
    if (!g_date_valid_dmy((GDateDay)MIN(d, 99), (GDateMonth)m, (GDateYear)y)) return FALSE;
    return g_snprintf(iso, 11, "%04d-%02d-%02d", y, m, d) > 0;
}

gboolean dab_date_find(const DabRules *rules, const char *text, gsize len, gint year, char iso[11]) {
    DabLikely likely = dab_rules_likely(rules, DAB_STAGE_DATE, text, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (rule->pattern && dab_pattern_match(rule->pattern, text, len, 0, &m) && resolve(rules, rule, &m, text, year, iso))
            return TRUE;
    }
    return FALSE;
}
