/* 浙江省松泽市 and 松泽市 are one place. */
#include <string.h>

#include "join/item.h"

/* Whether `region` is the end of `longer`, and what stands before it is a region, too: ends with 省, 市, 县 … */
static gboolean is_end_of(const DabRules *rules, const char *region, const char *longer) {
    gsize len = strlen(region), whole = strlen(longer);
    if (len >= whole || strcmp(longer + whole - len, region)) return FALSE;
    const GPtrArray *levels = dab_rules_words(rules, "region_levels");
    for (guint i = 0; levels && i < levels->len; i++) {
        gsize n = strlen(levels->pdata[i]);
        if (whole - len > n && !strncmp(longer + whole - len - n, levels->pdata[i], n)) return TRUE;
    }
    return FALSE;
}

const char *dab_region_whole(const DabRules *rules, const GPtrArray *regions, const char *region) {
    const char *whole = region;
    for (guint i = 0; i < regions->len; i++) {
        const char *other = regions->pdata[i];
        if (is_end_of(rules, region, other) && strlen(other) > strlen(whole)) whole = other;
    }
    for (guint i = 0; i < regions->len; i++) { /* 鼓楼区 may be one of several */
        const char *other = regions->pdata[i];
        if (other != whole && is_end_of(rules, region, other) && !is_end_of(rules, other, whole)) return region;
    }
    return whole;
}
