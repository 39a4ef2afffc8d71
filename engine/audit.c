#include "engine/audit.h"

#include <math.h>
#include <string.h>

#include "dabiao/likeness.h"
#include "dabiao/message.h"

#define MAX_HANZI_VALUE 10 /* 八所 is eight; 三百 may be round */
#define MAX_DIGITS 15      /* more than a double holds */

/* The digits of a numeral: 372.09 of 372.09万. FALSE when it does not begin with any. */
static gboolean read_digits(const char *s, gsize len, double *value, guint *decimals) {
    char digits[MAX_DIGITS + 3];
    guint n = 0;
    gboolean point = FALSE;
    *decimals = 0;
    if (len && *s == '-') digits[n++] = *s++, len--;
    for (gsize i = 0; i < len && (g_ascii_isdigit(s[i]) || s[i] == ',' || (s[i] == '.' && !point)); i++) {
        if (s[i] == ',') continue;
        if (n > MAX_DIGITS) return FALSE;
        *decimals += point;
        point |= s[i] == '.';
        digits[n++] = s[i];
    }
    digits[n] = 0;
    if (!n || !g_ascii_isdigit(digits[n - 1])) return FALSE;
    *value = g_ascii_strtod(digits, NULL);
    return TRUE;
}

gboolean dab_printed_read(const DabAudit *a, guint number, DabPrinted *p) {
    const DabNumber *n = dab_audit_number(a, number);
    if (!n->has_value || n->approximate || n->comparator_said || n->comparator != DAB_EQ || !isfinite(n->value)) return FALSE;
    double factor = a->measure_of[number] >= 0 ? dab_audit_measure(a, (guint)a->measure_of[number])->factor : 1, lead;
    const char *text = a->report->document->text->utf8->str + n->numeral.start;
    *p = (DabPrinted){.value = n->value * factor, .scale = factor};
    if (!read_digits(text, dab_span_len(n->numeral), &lead, &p->decimals)) {
        return n->value == floor(n->value) && fabs(n->value) <= MAX_HANZI_VALUE;
    }
    if (lead != 0) {
        double power = log10(n->value / lead); /* 4 for 万; none of 3万5千 */
        if (!(fabs(power - round(power)) < 1e-9)) return FALSE;
        p->scale = factor * pow(10, round(power));
    }
    p->half = 0.5 * fabs(p->scale) * pow(10, -(double)p->decimals);
    return TRUE;
}

/* 1.38 in a column of 万吨 has no unit of its own: it is told as 13800吨. */
static const DabMeasure *of_column(const DabAudit *a, guint number) {
    gint m = a->measure_of[number];
    if (m < 0 || *dab_audit_number(a, number)->unit) return NULL;
    return *dab_audit_measure(a, (guint)m)->unit ? dab_audit_measure(a, (guint)m) : NULL;
}

static const char *plain(const DabAudit *a, double value, guint decimals, const char *unit) {
    char digits[64], form[16];
    g_snprintf(form, sizeof form, "%%.%uf", MIN(decimals, 6));
    return dab_pool_printf(a->report->document->pool, "%s%s", g_ascii_formatd(digits, sizeof digits, form, value), unit);
}

/* Decimals of a figure after its column's factor: 1.38万 has none. */
static guint decimals_left(const DabPrinted *p) {
    double left = (double)p->decimals - log10(fabs(p->scale));
    return left > 0.5 ? (guint)round(left) : 0;
}

const char *dab_audit_raw(const DabAudit *a, guint number) {
    const DabDocument *d = a->report->document;
    const DabNumber *n = dab_audit_number(a, number);
    const DabMeasure *column = of_column(a, number);
    DabPrinted p;
    if (column && dab_printed_read(a, number, &p) && p.scale != 0) return plain(a, p.value, decimals_left(&p), column->unit);
    gboolean bare = column && column->factor == 1; /* 95以上 in a column of % */
    return dab_pool_printf(d->pool, "%.*s%s", (int)dab_span_len(n->span), d->text->utf8->str + n->span.start,
                           bare ? column->unit : "");
}

const char *dab_audit_write(const DabAudit *a, double value, guint number) {
    const DabDocument *d = a->report->document;
    const DabNumber *n = dab_audit_number(a, number);
    const DabMeasure *column = of_column(a, number);
    const char *text = d->text->utf8->str;
    DabPrinted p;
    if (!dab_printed_read(a, number, &p) || p.scale == 0) p = (DabPrinted){.scale = 1};
    if (column) return plain(a, value, decimals_left(&p), column->unit);
    gsize rest = n->numeral.start; /* what follows the digits: 万份 */
    while (rest < n->span.end && (g_ascii_isdigit(text[rest]) || strchr("-.,", text[rest]))) rest++;
    if (rest == n->numeral.start) rest = n->numeral.end; /* 八所 */
    g_autofree char *unit = g_strndup(text + rest, n->span.end - rest);
    return plain(a, value / p.scale, p.decimals, unit);
}

const char *dab_audit_name(const DabAudit *a, guint number) {
    gint m = a->measure_of[number];
    return m < 0 ? "" : dab_audit_measure(a, (guint)m)->indicator;
}

gboolean dab_audit_set_has(const DabAudit *a, const char *key, const char *text, gsize len) {
    const DabYaml *words = a->rule->set ? dab_yaml_get(a->rule->set, key) : NULL;
    for (guint i = 0; words && words->kind == DAB_YAML_SEQUENCE && i < words->n; i++) {
        const char *word = words->items[i]->text;
        if (word && memmem(text, len, word, strlen(word))) return TRUE;
    }
    return FALSE;
}

void dab_audit_add(const DabAudit *a, const guint *numbers, guint n, const char *const *fields) {
    DabFinding f = {.kind = a->rule->kind ? a->rule->kind : "", .rule = a->rule->id};
    f.measures = dab_pool_array(a->report->document->pool, sizeof(guint));
    for (guint i = 0; i < n; i++) {
        if (a->measure_of[numbers[i]] < 0) continue;
        guint m = (guint)a->measure_of[numbers[i]];
        g_array_append_val(f.measures, m);
    }
    if (!f.measures->len) return;
    char *message = dab_message_fill(dab_yaml_text(a->rule->set, "message"), fields);
    f.message = dab_pool_own(a->report->document->pool, message, g_free);
    g_array_append_val(a->report->findings, f);
}

static gboolean in_words(const DabYaml *words, const char *name) {
    for (guint i = 0; words->kind == DAB_YAML_SEQUENCE && i < words->n; i++)
        if (!g_strcmp0(words->items[i]->text, name)) return TRUE;
    return FALSE;
}

static gboolean ask(const DabAudit *a, const char *name, const DabYaml *words) {
    DabMatch match;
    return words ? in_words(words, name) : dab_pattern_match(a->rule->pattern, name, strlen(name), 0, &match);
}

gboolean dab_audit_name_holds(const DabAudit *a, const DabMeasure *m, const DabYaml *words) {
    if (!words && !a->rule->pattern) return TRUE;
    DabName *name = dab_audit_name_of(a, m);
    guint64 bit = a->place < 64 ? (guint64)1 << a->place : 0; /* rules behind the 64th ask each time */
    if (name->asked & bit) return (name->holds & bit) != 0;
    gboolean holds = ask(a, name->name, words);
    name->asked |= bit;
    if (holds) name->holds |= bit;
    return holds;
}

/* 全市 is what a report of a city is about anyhow. */
static const char *scope_of(const DabAudit *a, const DabMeasure *m) {
    return m->scope && !dab_rules_has_word(a->report->rules, "whole_scopes", m->scope, strlen(m->scope)) ? m->scope : "";
}

gboolean dab_audit_same_thing(const DabAudit *a, const DabMeasure *x, const DabMeasure *y) {
    if (x->change != y->change || strcmp(x->unit, y->unit) || strcmp(scope_of(a, x), scope_of(a, y))) return FALSE;
    if (!strcmp(x->indicator, y->indicator)) return TRUE;
    const DabName *one = dab_audit_name_of(a, x), *other = dab_audit_name_of(a, y);
    return one->essence == other->essence && dab_nature_of(one->lists).added == dab_nature_of(other->lists).added;
}
