/* Figures of one sentence that must agree: 由A增加到B、增长x%; 完成目标B的x%; A、B、C，合计D. The patterns of the rules match the
 * sentence's shape and say by their groups which figure is which; here is only the arithmetic. */
#include <math.h>
#include <string.h>

#include "dabiao/likeness.h"
#include "engine/audit.h"

#define EPSILON 1e-9
#define MAX_PARTS 40
#define MIN_HUNDRED 90 /* shares that add up to less, or to more than MAX_HUNDRED, were not meant to be a whole: 1:2:3 */
#define MAX_HUNDRED 110

typedef struct {
    const DabAudit *audit;
    const DabShape *shape;
    const DabMatch *match;
} Place;

/* The number of a named group, -1 where it took no part. */
static gint number_of(const Place *p, const char *name) {
    int group = dab_pattern_group(p->audit->rule->pattern, name);
    return dab_match_has(p->match, group) ? dab_shape_number(p->shape, p->match->spans[2 * group]) : -1;
}

static gboolean read_figure(const Place *p, gint number, DabPrinted *out) {
    return number >= 0 && dab_printed_read(p->audit, (guint)number, out);
}

static const char *unit_of(const Place *p, gint number) {
    gint m = p->audit->measure_of[number];
    const char *unit = dab_audit_number(p->audit, (guint)number)->unit;
    return *unit || m < 0 ? unit : dab_audit_measure(p->audit, (guint)m)->unit;
}

static gboolean same_unit(const Place *p, gint a, gint b) {
    const DabRules *rules = p->audit->report->rules;
    const DabUnitClass *x = &dab_unit_of(rules, unit_of(p, a))->class, *y = &dab_unit_of(rules, unit_of(p, b))->class;
    return dab_unit_fit(x, y) == 1 && x->scale == y->scale;
}

/* Whether [low, high] and a printed figure have nothing in common. Percentages are often cut off and not rounded, so that they are
 * off by up to a whole unit of their last digit. */
static gboolean apart(double low, double high, const DabPrinted *said, gboolean cut) {
    double slack = (cut ? 2 : 1) * said->half + EPSILON * fmax(1, fabs(said->value));
    return isfinite(low) && isfinite(high) && (high < said->value - slack || low > said->value + slack);
}

static void add(const Place *p, const gint *numbers, guint n, gint said, double computed, const char *const *more) {
    const DabAudit *a = p->audit;
    const char *name = "";
    guint all[MAX_PARTS + 2];
    for (guint i = 0; i < n; i++) {
        all[i] = (guint)numbers[i];
        if (!*name) name = dab_audit_name(a, all[i]);
    }
    const char *fields[16] = {"indicator", name,
                              "said",      said < 0 ? "" : dab_audit_raw(a, (guint)said),
                              "computed",  said < 0 ? "" : dab_audit_write(a, computed, (guint)said)};
    guint k = 6;
    for (; *more && k + 2 < G_N_ELEMENTS(fields); more += 2) fields[k++] = more[0], fields[k++] = more[1];
    dab_audit_add(a, all, n, fields);
}

/* from, to, and up or down: a percentage (growth) or the plain difference. */
static void check_levels(const Place *p, gboolean growth) {
    gint from = number_of(p, "from"), to = number_of(p, "to"), up = number_of(p, "up"), down = number_of(p, "down");
    gint said = up >= 0 ? up : down;
    DabPrinted a, b, x;
    if (!read_figure(p, from, &a) || !read_figure(p, to, &b) || !read_figure(p, said, &x) || !same_unit(p, from, to)) return;
    double sign = up >= 0 ? 1 : -1, low, high, computed;
    if (growth) {
        if (a.value - a.half <= 0 || b.value <= 0) return;
        computed = sign * 100 * (b.value / a.value - 1);
        double least = 100 * ((b.value - b.half) / (a.value + a.half) - 1),
               most = 100 * ((b.value + b.half) / (a.value - a.half) - 1);
        low = fmin(sign * least, sign * most), high = fmax(sign * least, sign * most);
    } else {
        computed = sign * (b.value - a.value);
        if (strcmp(dab_audit_number(p->audit, (guint)said)->kind, "points") && !same_unit(p, from, said)) return;
        low = computed - a.half - b.half, high = computed + a.half + b.half;
    }
    if (!apart(low, high, &x, growth)) return;
    const gint numbers[] = {to, from, said};
    const char *const more[] = {"from", dab_audit_raw(p->audit, (guint)from), "to", dab_audit_raw(p->audit, (guint)to), NULL};
    add(p, numbers, 3, said, computed, more);
}

/* What it is now, by how much that is more or less than before, and the percentage that this is said to
 * be: 8.8亿元，增收0.8亿元，增长10%. */
static void check_growth_by(const Place *p) {
    gint to = number_of(p, "to"), by = number_of(p, "by"), up = number_of(p, "up"), down = number_of(p, "down");
    gint said = up >= 0 ? up : down;
    DabPrinted b, d, x;
    if (!read_figure(p, to, &b) || !read_figure(p, by, &d) || !read_figure(p, said, &x) || !same_unit(p, to, by)) return;
    double sign = up >= 0 ? 1 : -1, from = b.value - sign * d.value, off = b.half + d.half;
    if (from - off <= 0) return;
    double low = 100 * (d.value - d.half) / (from + off), high = 100 * (d.value + d.half) / (from - off);
    if (!apart(low, high, &x, TRUE)) return;
    const gint numbers[] = {to, by, said};
    const char *const more[] = {"to", dab_audit_raw(p->audit, (guint)to), "by", dab_audit_raw(p->audit, (guint)by), NULL};
    add(p, numbers, 3, said, 100 * d.value / from, more);
}

/* Whether [low, high] percent of the whole is the share that is said of it. */
static gboolean is_share(const Place *p, gint whole, const DabPrinted *w, gint part, const DabPrinted *share) {
    DabPrinted a;
    if (!read_figure(p, part, &a) || !same_unit(p, part, whole)) return FALSE;
    double low = 100 * (a.value - a.half) / (w->value + w->half), high = 100 * (a.value + a.half) / (w->value - w->half);
    return !apart(low, high, share, TRUE);
}

static gboolean part_of(const Place *p, gint whole, const DabPrinted *w, gint part, gint share) {
    DabPrinted a, x;
    if (!read_figure(p, part, &a) || !read_figure(p, share, &x) || !same_unit(p, part, whole)) return FALSE;
    if (is_share(p, whole, w, part, &x)) return FALSE;
    const gint numbers[] = {part, whole, share};
    const char *const more[] = {"part", dab_audit_raw(p->audit, (guint)part), "whole", dab_audit_raw(p->audit, (guint)whole), NULL};
    add(p, numbers, 3, share, 100 * a.value / w->value, more);
    return TRUE;
}

/* Whether the share is that of another figure of the sentence: 就业6200人，其中新业态1180人，完成任务5000人的124%. */
static gboolean is_share_of_other(const Place *p, gint whole, const DabPrinted *w, gint share) {
    DabPrinted x;
    if (!read_figure(p, share, &x)) return FALSE;
    for (guint i = 0; i < p->shape->tags->len; i++) {
        gint number = dab_shape_number(p->shape, g_array_index(p->shape->tags, DabTag, i).at);
        if (number >= 0 && number != whole && number < share && is_share(p, whole, w, number, &x)) return TRUE;
    }
    return FALSE;
}

/* part and whole, and the share in percent that is said of them. */
static void check_share(const Place *p) {
    gint whole = number_of(p, "whole"), share = number_of(p, "share");
    DabPrinted w;
    if (!read_figure(p, whole, &w) || w.value - w.half <= 0 || is_share_of_other(p, whole, &w, share)) return;
    part_of(p, whole, &w, number_of(p, "part"), share);
}

/* whole, and in `parts` amounts, each followed by its percentage: 收入100万元，其中：拨款80万元，占80%；其他20万元，占20%. Where
 * more than half of them are wrong, they are shares of something else. */
static void check_shares(const Place *p) {
    gint whole = number_of(p, "whole");
    int group = dab_pattern_group(p->audit->rule->pattern, "parts");
    DabPrinted w, part;
    if (!dab_match_has(p->match, group) || !read_figure(p, whole, &w) || w.value - w.half <= 0) return;
    guint wrong = 0, n = 0, before = p->audit->report->findings->len;
    for (guint i = 0; i + 1 < p->shape->tags->len; i++) {
        const DabTag *t = &g_array_index(p->shape->tags, DabTag, i), *next = t + 1;
        if (t->at < p->match->spans[2 * group] || next->at >= p->match->spans[2 * group + 1]) continue;
        if (strcmp(dab_audit_number(p->audit, next->number)->kind, "percent")) continue;
        if (read_figure(p, (gint)t->number, &part) && same_unit(p, (gint)t->number, whole) && part.value > w.value + w.half)
            break; /* what is more than the whole is the next thing: 招聘教师306名，其中…；轮岗教师412名，占应轮岗的16.3% */
        n++;
        wrong += part_of(p, whole, &w, (gint)t->number, (gint)next->number);
    }
    if (wrong * 2 > n) g_array_set_size(p->audit->report->findings, before);
}

/* The numbers in a group, in order; 0 when one of them is of another unit than `like`, or cannot be reckoned with. */
static guint numbers_in(const Place *p, const char *name, gint like, gint *numbers, double *sum, double *half) {
    int group = dab_pattern_group(p->audit->rule->pattern, name);
    guint n = 0;
    *sum = *half = 0;
    for (guint i = 0; dab_match_has(p->match, group) && i < p->shape->tags->len; i++) {
        const DabTag *t = &g_array_index(p->shape->tags, DabTag, i);
        if (t->at < p->match->spans[2 * group] || t->at >= p->match->spans[2 * group + 1]) continue;
        gint number = (gint)t->number;
        DabPrinted x;
        if (n == MAX_PARTS || dab_audit_number(p->audit, t->number)->context || !read_figure(p, number, &x)) return 0;
        numbers[n++] = number;
        if (!same_unit(p, number, like >= 0 ? like : numbers[0])) return 0;
        *sum += x.value;
        *half += x.half;
    }
    return n;
}

static const char *list_of(const Place *p, const gint *numbers, guint n) {
    g_autoptr(GString) out = g_string_new(NULL);
    const char *joint = dab_yaml_text(p->audit->rule->set, "joint");
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s", i ? joint ? joint : ", " : "", dab_audit_raw(p->audit, (guint)numbers[i]));
    return dab_pool_strdup(p->audit->report->document->pool, out->str);
}

/* parts that are the whole; without a group `whole` they are shares of 100 %. */
static void check_sum(const Place *p) {
    gint whole = number_of(p, "whole"), numbers[MAX_PARTS + 1];
    DabPrinted w = {.value = 100};
    double sum, half;
    if (whole >= 0 && !read_figure(p, whole, &w)) return;
    guint n = numbers_in(p, "parts", whole, numbers, &sum, &half);
    if (n < 2 || (whole < 0 && (sum < MIN_HUNDRED || sum > MAX_HUNDRED))) return;
    if (fabs(sum - w.value) <= half + w.half + EPSILON * fmax(1, fabs(sum))) return;
    gint last = whole >= 0 ? whole : numbers[n - 1];
    const char *const more[] = {"parts", list_of(p, numbers, n), "sum", dab_audit_write(p->audit, sum, (guint)last), NULL};
    if (whole >= 0) {
        memmove(numbers + 1, numbers, n * sizeof *numbers);
        numbers[0] = whole;
        n++;
    }
    add(p, numbers, n, last, sum, more);
}

/* A part that is more than its whole. Of rates a part may be: 就诊率91%，其中城区95%. */
static void check_at_most(const Place *p) {
    gint part = number_of(p, "part"), whole = number_of(p, "whole");
    DabPrinted a, b;
    if (!read_figure(p, part, &a) || !read_figure(p, whole, &b) || !same_unit(p, part, whole)) return;
    gint m = p->audit->measure_of[whole], n = p->audit->measure_of[part];
    if (m >= 0 && dab_audit_measure(p->audit, (guint)m)->change != DAB_CHANGE_NONE) return;
    if (n >= 0 && dab_audit_measure(p->audit, (guint)n)->change != DAB_CHANGE_NONE) return;
    if (a.value - a.half <= b.value + b.half + EPSILON * fmax(1, fabs(b.value))) return;
    const gint numbers[] = {whole, part};
    const char *const more[] = {"part",  dab_audit_raw(p->audit, (guint)part),  "whole", dab_audit_raw(p->audit, (guint)whole),
                                "which", dab_audit_name(p->audit, (guint)part), NULL};
    add(p, numbers, 2, part, a.value, more);
}

/* The last number before this one in its passage that is a measure, or -1. */
static gint measure_near(const Place *p, guint number) {
    const DabDocument *d = p->audit->report->document;
    gsize at = dab_audit_number(p->audit, number)->span.start, start = at;
    for (guint i = 0; i < d->passages->len; i++) {
        DabSpan span = g_array_index(d->passages, DabPassage, i).span;
        if (span.start <= at && at < span.end) start = span.start;
    }
    while (number > 0 && dab_audit_number(p->audit, --number)->span.start >= start)
        if (p->audit->measure_of[number] >= 0) return (gint)number;
    return -1;
}

/* 16.3:39.3:44.4 in a group `ratio`: the parts of a structure are 100 together. */
static void check_hundred(const Place *p) {
    gint ratio = number_of(p, "ratio");
    if (ratio < 0) return;
    const DabDocument *d = p->audit->report->document;
    const DabNumber *n = dab_audit_number(p->audit, (guint)ratio);
    g_autofree char *text = g_strndup(d->text->utf8->str + n->numeral.start, dab_span_len(n->numeral));
    g_auto(GStrv) parts = g_strsplit(text, ":", MAX_PARTS);
    double sum = 0, half = 0;
    guint k = 0, most = 0;
    for (; parts[k]; k++) {
        const char *point = strchr(parts[k], '.');
        guint decimals = point ? (guint)strlen(point + 1) : 0;
        char *end;
        sum += g_ascii_strtod(parts[k], &end);
        if (end == parts[k] || *end) return;
        half += 0.5 * pow(10, -(double)decimals);
        most = MAX(most, decimals);
    }
    if (k < 3 || sum < MIN_HUNDRED || sum > MAX_HUNDRED || fabs(sum - 100) <= half + EPSILON) return;
    char digits[32], form[8];
    g_snprintf(form, sizeof form, "%%.%uf", MIN(most, 6));
    const char *total = dab_pool_strdup(d->pool, g_ascii_formatd(digits, sizeof digits, form, sum));
    gint near = measure_near(p, (guint)ratio); /* a ratio is no measure: the one before it leads to the place */
    if (near < 0) return;
    const char *const more[] = {"parts", text, "sum", total, NULL};
    add(p, &near, 1, -1, sum, more);
}

static void check_growth(const Place *p) {
    check_levels(p, TRUE);
}
static void check_difference(const Place *p) {
    check_levels(p, FALSE);
}

static const struct {
    const char *name;
    void (*run)(const Place *place);
} relations[] = {{"growth", check_growth},   {"growth_by", check_growth_by}, {"difference", check_difference},
                 {"share", check_share},     {"shares", check_shares},       {"sum", check_sum},
                 {"at_most", check_at_most}, {"hundred", check_hundred}};

static gint relation_of(const char *check) {
    for (guint i = 0; check && i < G_N_ELEMENTS(relations); i++)
        if (!strcmp(relations[i].name, check)) return (gint)i;
    return -1;
}

gboolean dab_check_is_relation(const char *check) {
    return relation_of(check) >= 0;
}

/* `set.needs`: words of which the sentence must have one; `set.unless`: none of these. */
static gboolean may_hold(const DabAudit *a, const DabSentence *s) {
    const char *text = a->report->document->text->utf8->str + s->span.start;
    gsize len = dab_span_len(s->span);
    if (dab_yaml_get(a->rule->set, "needs") && !dab_audit_set_has(a, "needs", text, len)) return FALSE;
    return !dab_audit_set_has(a, "unless", text, len);
}

static void check_sentence(DabAudit *a, DabShape *shape, const DabSentence *s) {
    dab_shape_make(shape, a->report->rules, a->report->document, s);
    DabLikely likely = dab_rules_likely(a->report->rules, DAB_STAGE_FINDING, shape->text->str, shape->text->len);
    while ((a->rule = dab_likely_next(&likely))) {
        gint relation = a->rule->pattern ? relation_of(dab_yaml_text(a->rule->set, "check")) : -1;
        if (relation < 0 || !may_hold(a, s)) continue;
        DabMatch m;
        gsize start = 0;
        while (dab_pattern_match(a->rule->pattern, shape->text->str, shape->text->len, start, &m) && m.spans[1] > start) {
            Place p = {a, shape, &m};
            start = m.spans[1];
            relations[relation].run(&p);
        }
    }
}

void dab_check_relations(const DabAudit *audit, const GArray *related) {
    DabAudit a = *audit;
    g_autoptr(DabShape) shape = dab_shape_new();
    for (guint i = 0; i < related->len; i++)
        check_sentence(&a, shape, &g_array_index(a.report->document->sentences, DabSentence, g_array_index(related, guint, i)));
}
