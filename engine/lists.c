/* Lists matched one to one: 药占比、平均住院日和床位使用率分别为26.7%、7.6天和85%. */
#include <string.h>

#include "engine/naming.h"

#define MAX_LIST 12
#define MAX_SHORT 4       /* characters of a part that may need the last one's end: 城镇, 第一产业 */
#define MAX_JOINT_BYTES 9 /* 、 和 以及 between two numbers of a list */

static gboolean is_joint(const DabRules *rules, const char *text, gsize len) {
    return len && len <= MAX_JOINT_BYTES && dab_rules_has_word(rules, "list_joints", text, len);
}

/* 和下降 of 分别上升3.6%和下降3.4%: a joint, and which way the next one went. */
static gboolean is_turn(const DabRules *rules, const char *text, gsize len) {
    for (gsize cut = 1; cut < len; cut++) {
        if (!is_joint(rules, text, cut)) continue;
        if (dab_rules_has_word(rules, "up", text + cut, len - cut) || dab_rules_has_word(rules, "down", text + cut, len - cut))
            return TRUE;
    }
    return FALSE;
}

/* How many tags stand in a row from the one at index `first` of shape.tags, joined by 、 or 和; *turns: by 和下降 as well. */
static guint run_length(const DabPlace *p, guint first, gboolean *turns) {
    const GArray *tags = p->shape->tags;
    guint n = 1;
    *turns = FALSE;
    for (; first + n < tags->len && n < MAX_LIST; n++) {
        gsize end = g_array_index(tags, DabTag, first + n - 1).at + DAB_TAG_BYTES;
        gsize next = g_array_index(tags, DabTag, first + n).at;
        if (is_joint(p->rules, p->shape->text->str + end, next - end)) continue;
        if (!is_turn(p->rules, p->shape->text->str + end, next - end)) break;
        *turns = TRUE;
    }
    return n;
}

/* The length of a word at the start of `s` that is whole though it has a joint in it: 普及, 参与. 0: there is none. */
static gsize whole_word(const DabRules *rules, const char *s) {
    const GPtrArray *words = dab_rules_words(rules, "no_joints");
    for (guint i = 0; words && i < words->len; i++)
        if (g_str_has_prefix(s, words->pdata[i])) return strlen(words->pdata[i]);
    return 0;
}

/* Cuts a list of names at its joints. Free with g_ptr_array_unref. */
static GPtrArray *split_names(const DabPlace *p, const char *names) {
    const GPtrArray *joints = dab_rules_words(p->rules, "list_joints");
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    const char *start = names;
    for (const char *s = names; *s;) {
        gsize cut = 0, whole = whole_word(p->rules, s);
        if (whole) {
            s += whole;
            continue;
        }
        for (guint i = 0; joints && i < joints->len; i++)
            if (g_str_has_prefix(s, joints->pdata[i])) cut = MAX(cut, strlen(joints->pdata[i]));
        if (cut && s > start) {
            g_ptr_array_add(parts, g_strndup(start, (gsize)(s - start)));
            start = s + cut;
        }
        s = cut ? s + cut : g_utf8_next_char(s);
    }
    if (*start) g_ptr_array_add(parts, g_strdup(start));
    return parts;
}

/* Whether a part of a list is a whole name: it has the noun of a rate (率, 占比) of its own. */
static gboolean is_whole(const DabRules *rules, const char *part) {
    return dab_rules_last_word(rules, "rate_nouns", part, strlen(part)) > 0;
}

/* The noun that the last of a list shares with the others (word list "shared_ends"): 出栏 of 猪、牛、家禽出栏. "" when none. */
static const char *shared_noun(const DabRules *rules, const char *last) {
    gsize len = strlen(last);
    return last + len - dab_rules_last_word(rules, "shared_ends", last, len);
}

/* How many bytes of the beginning of `noun` stand at the end of `part`: 犯罪 of 渎职犯罪 and 犯罪案件. */
static gsize overlap(const char *part, const char *noun) {
    gsize n = strlen(part);
    for (gsize len = MIN(n, strlen(noun)); len > 0; len--)
        if (!strncmp(part + n - len, noun, len)) return len;
    return 0;
}

/* Whether a part ends in another half of what the last one says: 总收入 of 总收入、总支出 is whole. */
static gboolean has_own_half(const DabRules *rules, const char *part, const char *noun) {
    const char *family = dab_rules_map(rules, "counterparts", noun);
    for (const char *end = part; family && *end; end = g_utf8_next_char(end))
        if (!g_strcmp0(dab_rules_map(rules, "counterparts", end), family)) return TRUE;
    return FALSE;
}

/* 城镇 of 城镇、农村居民人均可支配收入 → 城镇居民人均可支配收入. Where no noun is known, parts of a list are as long as each other,
 * so what the last one has more is shared. */
static const char *with_shared_end(const DabPlace *p, const char *part, const char *last) {
    DabPool *pool = p->document->pool;
    const char *noun = shared_noun(p->rules, last);
    if (has_own_half(p->rules, part, noun)) return dab_pool_strdup(pool, part);
    if (*noun && strlen(noun) < strlen(last)) /* 医院、床位 share nothing */
        return dab_pool_join(pool, part, noun + overlap(part, noun));
    if (*shared_noun(p->rules, part)) return dab_pool_strdup(pool, part); /* 固定资产投资 is whole */
    glong len = g_utf8_strlen(part, -1), whole = g_utf8_strlen(last, -1);
    if (len > MAX_SHORT || len + 1 >= whole || g_str_has_suffix(part, g_utf8_offset_to_pointer(last, whole - 2)))
        return dab_pool_strdup(pool, part);
    return dab_pool_join(pool, part, g_utf8_offset_to_pointer(last, len));
}

/* Whether the last of a list says something of all: not in 汽车、化妆品、金银珠宝, where one of the others is as long as it. */
static gboolean shares_end(const DabRules *rules, const GPtrArray *names) {
    const char *last = names->pdata[names->len - 1];
    if (*shared_noun(rules, last)) return TRUE;
    for (guint i = 0; i + 1 < names->len; i++)
        if (g_utf8_strlen(names->pdata[i], -1) + 1 >= g_utf8_strlen(last, -1)) return FALSE;
    return TRUE;
}

/* The names that a rule gives to the numbers of a list (三次产业结构: 第一产业比重, …), or NULL. */
static const DabYaml *names_given(const DabReading *r, guint n) {
    const DabYaml *names = r->rule->set ? dab_yaml_get(r->rule->set, "names") : NULL;
    return names && names->kind == DAB_YAML_SEQUENCE && names->n == n ? names : NULL;
}

/* Whether a number of a list has the last one's unit: it has none of its own, or only the beginning of it (2.1个、1.2个百分点). */
static gboolean takes_unit(const DabPlace *p, guint number, guint last) {
    const char *own = g_array_index(p->document->numbers, DabNumber, number).unit;
    const char *whole = g_array_index(p->document->numbers, DabNumber, last).unit;
    return !*own || (strlen(whole) > strlen(own) && g_str_has_prefix(whole, own) &&
                     !strcmp(g_array_index(p->document->numbers, DabNumber, last).kind, "points"));
}

/* The clause before a list without names, if it has as many: 城镇和农村居民收入增长快于经济增速，分别增长5%、7%. "" otherwise. */
static const char *named_before(const DabPlace *p, guint tag, guint n) {
    const char *clause = dab_name_clause(p, g_array_index(p->shape->tags, DabTag, tag).number);
    g_autoptr(GPtrArray) names = split_names(p, clause);
    return names->len == n ? clause : "";
}

/* What stands behind 分别 in a list of names, which is cut off from it: 占全部业务 of 同城、异地业务分别占全部业务. "" where
 * there is no such thing. */
static const char *said_of_all(const DabPlace *p, const char **names) {
    gsize len, end = dab_rules_word_before(p->rules, "respectively", *names, strlen(*names), &len);
    if (!len) return "";
    const char *behind = *names + end;
    *names = dab_pool_strndup(p->document->pool, *names, end - len);
    return behind;
}

static void share(const DabPlace *p, DabReading *readings, guint first_tag, guint n, gboolean turns) {
    guint base = p->sentence->first_number;
    DabReading *first = &readings[g_array_index(p->shape->tags, DabTag, first_tag).number - base];
    const char *said = *first->name ? first->name : named_before(p, first_tag, n), *behind = said_of_all(p, &said);
    g_autoptr(GPtrArray) names = split_names(p, said);
    const DabYaml *given = names_given(first, n);
    gboolean shared = names->len == n && shares_end(p->rules, names);
    gint last = (gint)g_array_index(p->shape->tags, DabTag, first_tag + n - 1).number;
    for (guint i = 0; i < n; i++) {
        guint number = g_array_index(p->shape->tags, DabTag, first_tag + i).number;
        DabReading *r = &readings[number - base];
        DabReading copy = turns && r->rule && r->rule->said.change ? *r : *first; /* each went its own way */
        copy.name = first->name;
        copy.like = i ? (gint)g_array_index(p->shape->tags, DabTag, first_tag).number : -1;
        if (takes_unit(p, number, (guint)last)) copy.unit_like = last;
        if (given)
            copy.name = given->items[i]->text ? given->items[i]->text : "";
        else if (names->len == n && is_whole(p->rules, names->pdata[i]))
            copy.name = dab_pool_strdup(p->document->pool, names->pdata[i]);
        else if (names->len == n)
            copy.name = shared ? with_shared_end(p, names->pdata[i], names->pdata[n - 1])
                               : dab_pool_strdup(p->document->pool, names->pdata[i]);
        else if (!names->len || dab_name_is_partial(p->rules, first->name))
            copy.names_back = n; /* each number that becomes a measure moves the place by one */
        if (!given && names->len == n && *behind) copy.name = dab_pool_join(p->document->pool, copy.name, behind);
        *r = copy;
    }
}

/* Whether as many names as numbers of one unit stand side by side, before which nothing says so:
 * 高新技术企业、中小企业达658家、640家. */
static gboolean one_each(const DabPlace *p, const DabReading *r, guint t, guint n) {
    if (!*r->name) return FALSE;
    const GArray *numbers = p->document->numbers;
    const char *unit = g_array_index(numbers, DabNumber, g_array_index(p->shape->tags, DabTag, t).number).unit;
    for (guint i = 1; i < n; i++)
        if (strcmp(unit, g_array_index(numbers, DabNumber, g_array_index(p->shape->tags, DabTag, t + i).number).unit)) return FALSE;
    g_autoptr(GPtrArray) names = split_names(p, r->name);
    return names->len == n;
}

/* 占计划的103%、105%、104%: shares in a row, which name only the plan, are of as many things before them. */
static gboolean shares_of_plan(const DabPlace *p, const DabReading *r, guint t) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, g_array_index(p->shape->tags, DabTag, t).number);
    return *r->name && !strcmp(n->kind, "percent") && dab_name_is_partial(p->rules, r->name);
}

/* Where the text behind the number before tag `t` begins: dates (分别比{date}减少) do not count. */
static gsize after_last_number(const DabPlace *p, guint t) {
    for (; t > 0; t--) {
        const DabTag *before = &g_array_index(p->shape->tags, DabTag, t - 1);
        if (!g_array_index(p->document->numbers, DabNumber, before->number).context) return before->at;
    }
    return 0;
}

void dab_lists_share(const DabPlace *p, DabReading *readings) {
    const GArray *tags = p->shape->tags;
    for (guint t = 0; t + 1 < tags->len; t++) {
        guint number = g_array_index(tags, DabTag, t).number - p->sentence->first_number;
        const DabReading *r = &readings[number];
        gboolean turns;
        guint n = run_length(p, t, &turns);
        if (n < 2 || !r->rule) continue;
        /* 分别 stands in the clause before the first number */
        gsize at = g_array_index(tags, DabTag, t).at, start = after_last_number(p, t);
        gboolean cued = names_given(r, n) || one_each(p, r, t, n) ||
                        (!*r->name && dab_yaml_text(r->rule->set, "change")) || /* 同比减少4起、10人 */
                        shares_of_plan(p, r, t);
        if (cued || dab_rules_find_word(p->rules, "respectively", p->shape->text->str + start, at - start))
            share(p, readings, t, n, turns);
        t += n - 1;
    }
}
