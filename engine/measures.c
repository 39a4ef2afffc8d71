/* The measures of a sentence: rules of stage "measure" find what each number says, best rule first; rules of stage "role" say
 * whether it is promised, reported or only compared with. */
#include <string.h>

#include "engine/draft.h"
#include "engine/reading.h"

#define MAX_PART 8   /* characters of a name that only says which part: 县城, 云岭县 */
#define MIN_CLAUSE 4 /* characters of a clause that may name a number of the next one */
#define MAX_CLAUSE 24
#define MAX_JOINT_BYTES 3
#define MIN_NAME 2 /* one character left over names nothing */
#define WIDE_LEFT_PAREN 0xFF08
#define WIDE_RIGHT_PAREN 0xFF09

static DabSpan group_span(const DabRule *rule, const DabMatch *m, const char *name) {
    int group = dab_pattern_group(rule->pattern, name);
    if (!dab_match_has(m, group)) return (DabSpan){0};
    return (DabSpan){m->spans[2 * group], m->spans[2 * group + 1]};
}

static void append_home(GString *out, const DabPlace *p, DabSpan span) {
    if (span.start >= span.end) return;
    DabSpan home = dab_shape_home(p->shape, span.start, span.end);
    g_string_append_len(out, p->document->text->utf8->str + home.start, (gssize)dab_span_len(home));
}

static void trim_group(const DabPlace *p, DabSpan *span, DabSpan *scope) {
    if (span->start < span->end) *span = dab_trim(p, *span, scope);
}

/* Puts the name together: prefix (新增), indicator (before the number), object (behind it). Empty when all of it was trimmed away.
 */
static void name_reading(const DabPlace *p, DabReading *r) {
    trim_group(p, &r->indicator, &r->scope);
    trim_group(p, &r->object, NULL);
    if (dab_span_len(r->indicator) && r->prefix.end > r->indicator.start) r->prefix = (DabSpan){0};
    g_autoptr(GString) name = g_string_new(NULL);
    if (dab_span_len(r->indicator) || dab_span_len(r->object)) append_home(name, p, r->prefix);
    append_home(name, p, r->indicator);
    append_home(name, p, r->object);
    r->spare = "";
    if (g_utf8_strlen(name->str, -1) < MIN_NAME) {
        g_string_truncate(name, 0);
    } else if (dab_name_is_nothing(p->rules, name->str)) {
        r->spare = dab_pool_strdup(p->document->pool, name->str);
        g_string_truncate(name, 0);
    }
    r->name = dab_pool_strdup(p->document->pool, name->str);
}

static gboolean set_is(const DabRule *rule, const char *key, const char *value) {
    return !g_strcmp0(dab_yaml_text(rule->set, key), value);
}

/* Tries one match of a rule for the number it names. FALSE when the rule gives no name and may not carry one. */
static gboolean read_match(const DabPlace *p, const DabRule *rule, const DabMatch *m, DabReading *r) {
    *r = (DabReading){.rule = rule,
                      .prefix = group_span(rule, m, "prefix"),
                      .indicator = group_span(rule, m, "indicator"),
                      .object = group_span(rule, m, "object"),
                      .since = group_span(rule, m, "since"),
                      .scope = group_span(rule, m, "scope"),
                      .like = -1,
                      .unit_like = -1};
    name_reading(p, r);
    return *r->name || set_is(rule, "carry", "true");
}

/* Runs a rule over the sentence; each number that has no reading yet takes the first it gets. */
static void run_rule(const DabPlace *p, const DabRule *rule, DabReading *readings) {
    const DabShape *shape = p->shape;
    int group = dab_pattern_group(rule->pattern, "N");
    DabMatch m;
    gsize start = 0;
    while (group > 0 && start <= shape->text->len &&
           dab_pattern_match(rule->pattern, shape->text->str, shape->text->len, start, &m)) {
        if (!dab_match_has(&m, group)) return;
        gsize at = m.spans[2 * group];
        start = MAX(at, m.spans[0]) + DAB_TAG_BYTES;
        gint number = dab_shape_number(shape, at);
        if (number < 0) continue;
        DabReading *r = &readings[(guint)number - p->sentence->first_number];
        const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
        if (r->rule || !dab_when_holds(rule->when, p, n, NULL)) continue;
        if (!dab_around_holds(rule, shape, at, NULL)) continue;
        DabReading found;
        if (read_match(p, rule, &m, &found)) *r = found;
    }
}

/* The clause just before a number's own, when it has words of its own and no number: 应考医院均达到B，其中一家达到A. "" otherwise.
 */
static const char *clause_before(const DabPlace *p, guint number) {
    const GPtrArray *stops = dab_rules_words(p->rules, "clause_stops");
    const char *text = p->shape->text->str;
    gsize end = (gsize)dab_shape_find(p->shape, number), stop_len = 0;
    for (guint clause = 0; stops && end > 0;
         end--) { /* back to the stop before the number's clause, then over the clause before it */
        stop_len = 0;
        for (guint i = 0; i < stops->len && !stop_len; i++)
            if (g_str_has_prefix(text + end - 1, stops->pdata[i])) stop_len = strlen(stops->pdata[i]);
        if (stop_len && clause++ == 0) {
            gsize start = --end;
            while (start > 0) {
                gboolean stop = FALSE;
                for (guint i = 0; i < stops->len && !stop; i++)
                    stop = start >= strlen(stops->pdata[i]) &&
                           !strncmp(text + start - strlen(stops->pdata[i]), stops->pdata[i], strlen(stops->pdata[i]));
                if (stop) break;
                start--;
            }
            for (guint i = 0; i < p->shape->tags->len; i++) {
                gsize at = g_array_index(p->shape->tags, DabTag, i).at;
                if (at >= start && at < end) return "";
            }
            g_autoptr(GString) name = g_string_new(NULL);
            append_home(name, p, dab_trim(p, (DabSpan){start, end}, NULL));
            glong len = g_utf8_strlen(name->str, -1);
            if (dab_name_is_partial(p->rules, name->str) || dab_name_is_nothing(p->rules, name->str)) return "";
            return len >= MIN_CLAUSE && len <= MAX_CLAUSE ? dab_pool_strdup(p->document->pool, name->str) : "";
        }
    }
    return "";
}

/* In a box of figures the name stands below its number: the next passage, when this one is the number alone. "" otherwise. */
static const char *label_below(const DabPlace *p) {
    const DabDocument *d = p->document;
    guint next = p->sentence->passage + 1;
    if (p->shape->text->len != DAB_TAG_BYTES || next >= d->passages->len) return "";
    const DabPassage *below = &g_array_index(d->passages, DabPassage, next);
    if (below->page != p->passage->page || below->kind == DAB_PASSAGE_FURNITURE) return "";
    if (below->table != p->passage->table || below->row != p->passage->row || below->cell != p->passage->cell) return "";
    const char *text = d->text->utf8->str + below->span.start;
    glong len = g_utf8_strlen(text, (gssize)dab_span_len(below->span));
    if (len < MIN_NAME || len > MAX_CLAUSE) return "";
    for (gsize i = 0; i < dab_span_len(below->span); i++)
        if (g_ascii_isdigit(text[i])) return "";
    return dab_pool_strndup(d->pool, text, dab_span_len(below->span));
}

/* Whether number `a` stands in brackets that close before number `b`: 受理3211件（不含旧存288件），下降1.3%. */
static gboolean bracketed_off(const DabPlace *p, guint a, guint b) {
    const GArray *numbers = p->document->numbers;
    const char *text = p->document->text->utf8->str;
    gint depth = 0;
    for (gsize i = g_array_index(numbers, DabNumber, a).span.end; i < g_array_index(numbers, DabNumber, b).span.start;) {
        gunichar c = g_utf8_get_char(text + i);
        depth += c == WIDE_LEFT_PAREN || c == '(';
        depth -= c == WIDE_RIGHT_PAREN || c == ')';
        if (depth < 0) return TRUE;
        i += (gsize)g_utf8_skip[(guchar)text[i]];
    }
    return FALSE;
}

/* The measure that a number without a name is of: the nearest before it in its passage; one of the same unit first, where the
 * number counts things (事故5起、死亡9人，同比减少4起). NULL when there is none. */
static const DabMeasure *measure_before(const DabPlace *p, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gboolean counts = dab_rules_has_word(p->rules, "unit_count", n->unit, strlen(n->unit));
    const DabMeasure *nearest = NULL;
    for (guint i = measures->len; i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        const DabSentence *s = &g_array_index(p->document->sentences, DabSentence, m->sentence);
        if (s->passage != p->sentence->passage) break;
        if (!m->subject || !*m->subject || bracketed_off(p, m->number, number)) continue;
        if (!nearest) nearest = m;
        if (!counts) break;
        if (m->sentence == p->sentence_index && m->change == DAB_CHANGE_NONE && !strcmp(m->unit, n->unit)) return m;
    }
    return nearest;
}

/* Whether nothing but a joint stands between a number and the measure before it: 改造小区12个、3000户. */
static gboolean stands_beside(const DabPlace *p, const DabMeasure *m, guint number) {
    const DabNumber *a = &g_array_index(p->document->numbers, DabNumber, m->number);
    const DabNumber *b = &g_array_index(p->document->numbers, DabNumber, number);
    return m->sentence == p->sentence_index && b->extent.start <= a->extent.end + MAX_JOINT_BYTES;
}

/* The name a reading without one takes: of the measure it stands beside; of the clause before it; of the measure before it in the
 * sentence or cell; of its row; of the section. */
static const char *carried(const DabPlace *p, guint number, const GArray *measures) {
    const DabMeasure *before = measure_before(p, number, measures);
    if (before && stands_beside(p, before, number)) return before->subject;
    const char *clause = clause_before(p, number);
    if (*clause) return clause;
    if (before) return before->subject;
    const char *below = label_below(p);
    if (*below) return below;
    if (p->table) return p->row_label;
    if (p->passage->section < 0) return "";
    const char *title = g_array_index(p->document->sections, DabSection, p->passage->section).title;
    return dab_trim_label(p->rules, p->document->pool, title);
}

static gboolean ends_in_list(const DabRules *rules, const char *list, const char *name) {
    const GPtrArray *words = dab_rules_words(rules, list);
    for (guint i = 0; words && i < words->len; i++)
        if (g_str_has_suffix(name, words->pdata[i])) return TRUE;
    return FALSE;
}

/* The thing without what says which figure of it: 公务接待费年初预算 → 公务接待费. */
static const char *without_generic(const DabPlace *p, const char *name) {
    const GPtrArray *words = dab_rules_words(p->rules, "generic_ends");
    const char *best = "";
    for (guint i = 0; words && i < words->len; i++)
        if (g_str_has_suffix(name, words->pdata[i]) && strlen(words->pdata[i]) > strlen(best)) best = words->pdata[i];
    return dab_pool_strndup(p->document->pool, name, strlen(name) - strlen(best));
}

/* The rate that a part goes on from: 县城 of 机械化清扫率达85%、县城达82%. NULL where the name says its own rate. */
static const char *rate_of_part(const DabPlace *p, const DabReading *r, guint number, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    if (strcmp(n->kind, "percent") || !measures->len || g_utf8_strlen(r->name, -1) > MAX_PART) return NULL;
    const DabMeasure *before = &g_array_index(measures, DabMeasure, measures->len - 1);
    const DabNumber *other = &g_array_index(p->document->numbers, DabNumber, before->number);
    if (before->sentence != p->sentence_index || strcmp(other->kind, n->kind) || before->change != DAB_CHANGE_NONE) return NULL;
    if (dab_yaml_text(r->rule->set, "change") || ends_in_list(p->rules, "rate_nouns", r->name)) return NULL;
    if (!ends_in_list(p->rules, "rate_nouns", before->indicator)) return NULL;
    return ends_in_list(p->rules, "rate_nouns", before->subject) ? before->subject : before->indicator;
}

/* Columns whose own name belongs to what is measured (在校生数), not to when or how (2022年, 年度目标). */
static gboolean column_names(const DabPlace *p) {
    return p->table && *p->column_name && dab_rules_has_word(p->rules, "naming_roles", p->column_role, strlen(p->column_role));
}

/* A header's name without its unit: 发行额（亿元） → 发行额. */
static const char *bare_name(const DabPlace *p, const char *name) {
    const GPtrArray *stage = dab_rules_stage(p->rules, "column");
    DabMatch m;
    gsize len = strlen(name);
    for (guint i = 0; len && i < stage->len; i++) {
        const DabRule *rule = stage->pdata[i];
        if (g_strcmp0(rule->kind, "unit_name") || !dab_pattern_match(rule->pattern, name, len, 0, &m)) continue;
        if (m.spans[0] == 0) continue;
        return dab_pool_strndup(p->document->pool, name, m.spans[0]);
    }
    return name;
}

static const char *in_table(const DabPlace *p, const char *name) {
    if (!p->table) return name;
    if (!column_names(p)) return bare_name(p, name);
    return dab_pool_printf(p->document->pool, "%s%s", bare_name(p, name), bare_name(p, p->column_name));
}

/* What a bare number counts, by the end of its name (map "unit_of_name"): 流通人次9.01亿. "" where it does not tell. */
static const char *unit_of_name(const DabRules *rules, const char *name) {
    for (const char *end = name; *end; end = g_utf8_next_char(end)) {
        const char *unit = dab_rules_map(rules, "unit_of_name", end);
        if (unit) return unit;
    }
    return "";
}

/* Gives a measure its indicator and its subject. */
static void name_measure(const DabPlace *p, const DabReading *r, guint number, const GArray *measures, DabMeasure *m) {
    DabPool *pool = p->document->pool;
    if (r->names_back && r->names_back <= measures->len) {
        const DabMeasure *back = &g_array_index(measures, DabMeasure, measures->len - r->names_back);
        if (g_array_index(p->document->sentences, DabSentence, back->sentence).passage == p->sentence->passage) {
            m->indicator = back->indicator;
            m->subject = back->subject;
            return;
        }
    }
    if (*r->name && !dab_name_is_partial(p->rules, r->name)) {
        const char *rate = rate_of_part(p, r, number, measures);
        m->indicator = rate ? dab_pool_printf(pool, "%s%s", r->name, rate) : r->name;
        m->subject = without_generic(p, rate ? rate : r->name);
        if (!*m->subject) m->subject = m->indicator;
        return;
    }
    const char *carry = carried(p, number, measures);
    if (!*carry && !*r->name) carry = r->spare;
    m->subject = without_generic(p, carry);
    if (!*m->subject) m->subject = carry;
    m->indicator = *r->name ? dab_pool_printf(pool, "%s%s", m->subject, r->name) : in_table(p, carry);
}

static DabRole role_of(const DabRule *rule) {
    const char *role = dab_yaml_text(rule->set, "role");
    return !g_strcmp0(role, "target") ? DAB_ROLE_TARGET : !g_strcmp0(role, "outcome") ? DAB_ROLE_OUTCOME : DAB_ROLE_REFERENCE;
}

static gboolean ends_with_any(const DabRules *rules, const char *list, const char *text, gsize len) {
    const GPtrArray *words = dab_rules_words(rules, list);
    for (guint i = 0; words && i < words->len; i++) {
        gsize n = strlen(words->pdata[i]);
        if (len >= n && !strncmp(text + len - n, words->pdata[i], n)) return TRUE;
    }
    return FALSE;
}

/* What stands behind a number alone: of 低于95%以上的目标 the goal is 95%以上. DAB_EQ when nothing does. */
static DabComparator said_behind(const DabPlace *p, const DabNumber *n) {
    const char *text = p->document->text->utf8->str;
    if (ends_with_any(p->rules, "behind_ge", text, n->extent.end)) return DAB_GE;
    return ends_with_any(p->rules, "behind_le", text, n->extent.end) ? DAB_LE : DAB_EQ;
}

/* Comparator: the number's own word; else what the verb says of a target (达到 → ">="); else what the indicator's sense asks. A
 * role rule with `comparator: behind` says that the word before the number compares an outcome with it. */
static DabComparator comparator_of(const DabPlace *p, const DabMeasure *m, guint number, const DabRule *role) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    gboolean behind = set_is(role, "comparator", "behind");
    DabComparator said = behind ? said_behind(p, n) : n->comparator;
    if (said != DAB_EQ || (n->comparator_said && !behind) || m->role != DAB_ROLE_TARGET) return said;
    if (dab_measure_lower_is_better(p->rules, m)) return DAB_LE;
    gssize at = dab_shape_find(p->shape, number);
    return at >= 0 && ends_with_any(p->rules, "reach", p->shape->text->str, (gsize)at) ? DAB_GE : DAB_EQ;
}

/* A name that is itself a change (增幅, 降幅): the map "change_names" says which way. */
static const char *change_in_name(const DabPlace *p, const char *name) {
    const GPtrArray *words = dab_rules_words(p->rules, "change_names");
    for (guint i = 0; words && i < words->len; i++)
        if (g_str_has_suffix(name, words->pdata[i])) return dab_rules_map(p->rules, "change_names", words->pdata[i]);
    return NULL;
}

static void change_of(const DabPlace *p, const DabReading *r, const DabNumber *n, DabMeasure *m) {
    const char *change = dab_yaml_text(r->rule->set, "change");
    if (!change) change = change_in_name(p, m->indicator);
    if (!change) return;
    gboolean down = !strcmp(change, "decrease") || (n->has_value && n->value < 0); /* a growth of -2.6 % is a decrease */
    m->change = down ? DAB_CHANGE_DECREASE : DAB_CHANGE_INCREASE;
    if (r->since.start >= r->since.end) return;
    g_autoptr(GString) since = g_string_new(NULL);
    append_home(since, p, r->since);
    m->since = dab_pool_strdup(p->document->pool, since->str);
}

static DabMeasure make(const DabPlace *p, const DabReading *r, guint number, const DabRule *role, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    DabPool *pool = p->document->pool;
    DabMeasure m = {.role = role_of(dab_yaml_text(r->rule->set, "role") ? r->rule : role),
                    .number = number,
                    .unit = n->unit,
                    .factor = 1,
                    .sentence = p->sentence_index,
                    .rule = r->rule->id,
                    .section = p->passage->section,
                    .table = p->passage->table,
                    .row = p->passage->row,
                    .column = p->column};
    name_measure(p, r, number, measures, &m);
    if (r->unit_like >= 0) m.unit = g_array_index(p->document->numbers, DabNumber, r->unit_like).unit;
    if (!strcmp(n->kind, "fraction")) { /* 三分之二 is told as a share: 66.67 % */
        m.unit = "%";
        m.factor = 100;
    }
    const char *unit = dab_yaml_text(r->rule->set, "unit");
    if (!*m.unit) m.unit = unit ? unit : dab_header_unit(p, &m.factor);
    if (!*m.unit && !strcmp(n->kind, "number")) m.unit = unit_of_name(p->rules, m.indicator);
    change_of(p, r, n, &m);
    if (r->scope.start < r->scope.end) {
        g_autoptr(GString) scope = g_string_new(NULL);
        append_home(scope, p, r->scope);
        m.scope = dab_pool_strdup(pool, scope->str);
    }
    guint spoken = !n->comparator_said && r->like >= 0 ? (guint)r->like : number; /* 分别不少于2300吨、1850吨 */
    m.comparator = comparator_of(p, &m, spoken, role);
    dab_times_read(p, pool, number, &m);
    m.year = m.deadline ? (gint)g_ascii_strtoll(m.deadline, NULL, 10) : dab_place_year(p, n);
    m.page = dab_document_place(p->document, n->span, &m.box);
    m.id = dab_pool_printf(pool, "m%u", measures->len + 1);
    return m;
}

void dab_measures_read(const DabPlace *p, GArray *measures, DabFate *fates) {
    if (!p->shape->tags->len) return;
    const GPtrArray *stage = dab_rules_stage(p->rules, "measure");
    g_autofree DabReading *readings = g_new0(DabReading, p->sentence->n_numbers);
    for (guint i = 0; i < stage->len; i++) {
        const DabRule *rule = stage->pdata[i];
        if (rule->pattern && rule->number_tags & p->shape->kinds) run_rule(p, rule, readings);
    }
    dab_lists_share(p, readings);
    for (guint i = 0; i < p->sentence->n_numbers; i++) {
        guint number = p->sentence->first_number + i;
        const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
        if (n->context || dab_shape_find(p->shape, number) < 0) continue;
        const DabRule *role = dab_role_decide(p, readings[i].like >= 0 && readings[i].rule ? (guint)readings[i].like : number);
        if (!role) continue;
        const char *context = dab_yaml_text(role->set, "context");
        if (context) {
            fates[number].context = g_intern_string(context);
            continue;
        }
        if (!n->has_value && !n->has_low && !n->has_high) { /* 16.3:39.3:44.4 has parts, no value */
            fates[number].context = n->kind;
            continue;
        }
        if (!readings[i].rule) continue;
        DabMeasure m = make(p, &readings[i], number, role, measures);
        if (!*m.indicator) continue; /* a number that nothing names is left unclaimed, for the eyes of whoever tunes the rules */
        g_array_append_val(measures, m);
        fates[number].measure = TRUE;
    }
}
