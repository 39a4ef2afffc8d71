#include "parsers/outline.h"

#include <string.h>

#define MAX_TITLE_BYTES 240 /* a title longer than 80 hanzi is a paragraph; it is cut there */

static guint rule_level(const DabRule *rule) {
    const char *level = dab_yaml_text(rule->set, "level");
    return level ? (guint)g_ascii_strtoull(level, NULL, 10) : 1;
}

/* From the label to the first full stop, colon or the end. */
static const char *title_from(const DabDocument *d, gsize start, gsize end, gsize *title_end) {
    const char *text = d->text->utf8->str, *stop = NULL;
    static const char *const marks[] = {"\xe3\x80\x82" /* ideographic full stop */, "\xef\xbc\x9a" /* wide colon */, NULL};
    for (const char *const *m = marks; *m; m++) {
        const char *s = g_strstr_len(text + start, (gssize)(end - start), *m);
        if (s && (!stop || s < stop)) stop = s;
    }
    gsize e = stop ? (gsize)(stop - text) : end;
    if (e - start > MAX_TITLE_BYTES) {
        e = start + MAX_TITLE_BYTES;
        while (((guchar)text[e] & 0xC0) == 0x80) e--;
    }
    *title_end = e;
    return dab_pool_strndup(d->pool, text + start, e - start);
}

static gint parent_of(const GArray *sections, guint level) {
    for (guint i = sections->len; i > 0; i--)
        if (g_array_index(sections, DabSection, i - 1).level < level) return (gint)i - 1;
    return -1;
}

/* Whether a section begins at `span`; if so it is added. */
static gboolean begin_section(DabDocument *d, const DabRules *rules, DabSpan span, gboolean passage_start, const DabPassage *p) {
    const char *text = d->text->utf8->str + span.start;
    DabLikely likely = dab_rules_likely(rules, DAB_STAGE_OUTLINE, text, dab_span_len(span));
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (!passage_start && g_strcmp0(rule->kind, "inline")) continue;
        if (!g_strcmp0(rule->kind, "heading") && p->kind != DAB_PASSAGE_HEADING) continue;
        DabMatch m;
        if (!dab_pattern_match_until(rule->pattern, text, dab_span_len(span), 0, 0, &m)) continue;
        int group = dab_pattern_group(rule->pattern, "label");
        gsize label_end = dab_match_has(&m, group) ? m.spans[2 * group + 1] : m.spans[1], title_end;
        label_end += span.start;
        DabSection s = {.level = rule_level(rule), .page = p->page, .id = dab_pool_printf(d->pool, "s%u", d->sections->len + 1)};
        s.parent = parent_of(d->sections, s.level);
        s.label = dab_pool_strndup(d->pool, d->text->utf8->str + span.start, label_end - span.start);
        s.title = title_from(d, label_end, span.end, &title_end);
        s.span = (DabSpan){label_end, title_end};
        g_array_append_val(d->sections, s);
        return TRUE;
    }
    return FALSE;
}

/* The first passage behind the title: what stands above it is a letterhead. */
static guint after_title(const DabDocument *d) {
    for (guint i = 0; i < d->passages->len; i++)
        if (g_array_index(d->passages, DabPassage, i).kind == DAB_PASSAGE_TITLE) return i + 1;
    return 0;
}

void dab_outline_read(DabDocument *d, const DabRules *rules) {
    guint k = 0, body = after_title(d);
    gint section = -1;
    for (guint i = 0; i < d->passages->len; i++) {
        DabPassage *p = &g_array_index(d->passages, DabPassage, i);
        gboolean outlined =
            i >= body && (p->kind == DAB_PASSAGE_HEADING || p->kind == DAB_PASSAGE_PARAGRAPH || p->kind == DAB_PASSAGE_TITLE);
        gboolean first = TRUE;
        for (; k < d->sentences->len && g_array_index(d->sentences, DabSentence, k).passage == i; k++, first = FALSE) {
            DabSpan span = g_array_index(d->sentences, DabSentence, k).span;
            if (outlined && begin_section(d, rules, span, first, p) && first) section = (gint)d->sections->len - 1;
        }
        p->section = section;
    }
}
