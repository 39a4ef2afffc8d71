/* 职工医保基金收入2亿元，支出1.8亿元: a name that is only the other half of the one before it. */
#include <string.h>

#include "engine/naming.h"

#define MAX_COUNTERPART_BYTES 24 /* 8 hanzi */

/* The longest word of `family`, other than `own`, at the start of `text`; its length in bytes, 0: none. */
static gsize member_at(const DabRules *rules, const char *text, const char *family, const char *own) {
    gsize found = 0;
    char word[MAX_COUNTERPART_BYTES + 1];
    for (const char *end = text; *end;) {
        end = g_utf8_next_char(end);
        gsize len = (gsize)(end - text);
        if (len > MAX_COUNTERPART_BYTES) break;
        memcpy(word, text, len);
        word[len] = '\0';
        if (!g_strcmp0(dab_rules_map(rules, "counterparts", word), family) && strcmp(word, own)) found = len;
    }
    return found;
}

const char *dab_name_as_counterpart(const DabPlace *p, const char *name, const char *before) {
    const char *family = dab_rules_map(p->rules, "counterparts", name);
    if (!family) return NULL;
    for (const char *at = before; *at;) {
        gsize both_halves = member_at(p->rules, at, "both", ""), len = both_halves ? 0 : member_at(p->rules, at, family, name);
        if (!len) {
            at = both_halves ? at + both_halves : g_utf8_next_char(at);
            continue;
        }
        gboolean both = g_strstr_len(before, at - before, name) || strstr(at + len, name); /* 城镇和农村居民 has it already */
        return both ? NULL : dab_pool_printf(p->document->pool, "%.*s%s%s", (int)(at - before), before, name, at + len);
    }
    return NULL;
}

/* A name without the part that begins it: 水库 of 大型水库. */
static const char *without_part(const DabRules *rules, const char *name) {
    gsize cut = 0;
    for (const char *end = name; *end && end - name < MAX_COUNTERPART_BYTES; end = g_utf8_next_char(end))
        if (dab_rules_has_word(rules, "part_names", name, (gsize)(end - name))) cut = (gsize)(end - name);
    return name + cut;
}

const char *dab_name_as_part(const DabPlace *p, const char *name, const char *whole) {
    if (!dab_rules_has_word(p->rules, "part_names", name, strlen(name))) return NULL;
    return dab_pool_join(p->document->pool, name, without_part(p->rules, whole));
}
