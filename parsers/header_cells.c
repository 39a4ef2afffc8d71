/* header_cells.c: names, figures and units in the cells of a table. */
#include "parsers/header_cells.h"

#include <string.h>

#include "base/letters.h"
#include "parsers/numerals.h"

#define MAX_NAME_WITH_DIGITS 14 /* characters: 2022年1-9月完成情况 */
#define MAX_COLUMN_NUMBER 99    /* no table of a report has more columns */
#define YEAR_DIGITS 4

const char *dab_name_role(const DabRules *rules, const char *name) {
    gsize len = strlen(name);
    DabLikely likely = dab_rules_likely(rules, DAB_STAGE_COLUMN, name, len);
    DabMatch m;
    for (const DabRule *rule; len && (rule = dab_likely_next(&likely));) {
        if (rule->kind && g_str_has_prefix(rule->kind, "unit_")) continue;
        if (rule->pattern && dab_pattern_match(rule->pattern, name, len, 0, &m)) return rule->kind;
    }
    return g_intern_static_string("other");
}

gboolean dab_name_is_data(const char *name, const char *role) {
    gboolean digits = strpbrk(name, "0123456789") != NULL;
    return digits && (!strcmp(role, "other") || g_utf8_strlen(name, -1) > MAX_NAME_WITH_DIGITS);
}

gboolean dab_name_is_unit(const DabRules *rules, const char *text) {
    gsize at = 0, end = strlen(text);
    if (end && g_unichar_type(g_utf8_get_char(text)) == G_UNICODE_OPEN_PUNCTUATION) {
        at = (gsize)g_utf8_skip[(guchar)*text];
        end = (gsize)(g_utf8_find_prev_char(text, text + end) - text);
        if (g_unichar_type(g_utf8_get_char(text + end)) != G_UNICODE_CLOSE_PUNCTUATION) return FALSE;
    }
    if (at >= end) return FALSE;
    const DabNumerals *numerals = dab_rules_table(rules, DAB_TABLE_NUMERALS);
    const char *unit;
    if (!strcmp(text + at, "%") || dab_per_read(numerals, text, at, end) == end - at) return TRUE;
    return dab_unit_read(numerals, text, at, end, TRUE, &unit) == end - at; /* mg/m³ */
}

gboolean dab_name_is_amount(const DabRules *rules, const char *text) {
    while (*text && !g_ascii_isdigit(*text)) {
        if (g_unichar_isalpha(g_utf8_get_char(text))) return FALSE;
        text = g_utf8_next_char(text);
    }
    gsize n = strspn(text, "0123456789.,");
    return n && dab_name_is_unit(rules, text + n) && !dab_rules_has_word(rules, "unit_time", text + n, strlen(text + n));
}

gboolean dab_name_is_figure(const char *text) {
    gsize digits = 0, len = strlen(text);
    for (const char *s = text; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (g_unichar_isalpha(c)) return FALSE;
        digits += g_ascii_isdigit(*s) != 0;
    }
    gboolean year = digits == YEAR_DIGITS && len == YEAR_DIGITS && (g_str_has_prefix(text, "19") || g_str_has_prefix(text, "20"));
    return digits && !year;
}

guint dab_name_column_number(const char *text, const char **end) {
    for (; *text && !g_ascii_isdigit(*text); text = g_utf8_next_char(text))
        if (g_unichar_type(g_utf8_get_char(text)) != G_UNICODE_OPEN_PUNCTUATION) return 0;
    char *stop;
    guint64 n = g_ascii_strtoull(text, &stop, 10);
    *end = stop;
    return n <= MAX_COLUMN_NUMBER && stop - text <= 2 ? (guint)n : 0;
}

gboolean dab_name_numbers(const DabRules *rules, const char *text) {
    if (dab_rules_has_word(rules, "no_names", text, strlen(text))) return TRUE;
    const char *end = text;
    if (!dab_name_column_number(text, &end)) return FALSE;
    if (*end && g_unichar_type(g_utf8_get_char(end)) == G_UNICODE_CLOSE_PUNCTUATION) end = g_utf8_next_char(end);
    if (!*end) return TRUE;
    if (*end != '=') return FALSE; /* what it is made of: 3=1+2, 5=4/1×100% */
    return !dab_has_letters(end);
}
