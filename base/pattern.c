#include "base/pattern.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

struct DabPattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    const DabReach *reach;                   /* NULL: a match may begin anywhere */
    const char *place;                       /* interned, or NULL */
    enum { JIT_LATER, JIT_YES, JIT_NO } jit; /* compiled when it is first matched: most patterns never are in a short run */
};

/* Places of patterns that gave up, with how often. Hardly ever one. */
typedef struct {
    const char *place;
    guint times;
} GaveUp;
static GArray *gave_up;

/* JIT code reads whole vectors, past the end of a text too; Memcheck cannot know that what it finds there is thrown away
 * (pcre2jit(3)). */
static gboolean under_valgrind(void) {
    const char *preload = g_getenv("LD_PRELOAD");
    return preload && strstr(preload, "/vgpreload_");
}

/* Since 10.40 \p{Han} takes in what is written among hanzi, 、 and 。 too; \p{sc:Han} is hanzi alone, as it was before. */
#define HANZI_ONLY (PCRE2_MAJOR * 100 + PCRE2_MINOR >= 1040)

static pcre2_code *compile(const char *regex, int *number, PCRE2_SIZE *offset) {
    return pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                         PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT, number, offset, NULL);
}

DabPattern *dab_pattern_new(const char *regex, gsize *error_offset, GError **error) {
    int number;
    PCRE2_SIZE offset;
    g_autoptr(GString) hanzi = g_string_new(regex);
    gboolean replaced = HANZI_ONLY && g_string_replace(hanzi, "\\p{Han}", "\\p{sc:Han}", 0);
    pcre2_code *code = compile(hanzi->str, &number, &offset);
    if (!code && replaced) code = compile(regex, &number, &offset); /* the place of the mistake, as it was written */
    if (!code) {
        PCRE2_UCHAR message[256];
        pcre2_get_error_message(number, message, sizeof message);
        if (error_offset) *error_offset = offset;
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s", (char *)message);
        return NULL;
    }
    DabPattern *p = g_new0(DabPattern, 1);
    p->code = code;
    p->data = pcre2_match_data_create_from_pattern(code, NULL);
    p->context = pcre2_match_context_create(NULL);
    if (!p->data || !p->context) g_error("PCRE2: out of memory");
    pcre2_set_match_limit(p->context, DAB_MATCH_LIMIT);
    pcre2_set_depth_limit(p->context, DAB_MATCH_DEPTH_LIMIT);
    return p;
}

void dab_pattern_free(DabPattern *p) {
    if (!p) return;
    pcre2_match_data_free(p->data);
    pcre2_match_context_free(p->context);
    pcre2_code_free(p->code);
    g_free(p);
}

/* Without JIT (a platform, or a locked-down kernel) the interpreter matches the same, slower. */
static void compile_further(DabPattern *p) {
    p->jit = !under_valgrind() && pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) == 0 ? JIT_YES : JIT_NO;
}

static void give_up(const char *place) {
    if (!place) return;
    if (!gave_up) gave_up = g_array_new(FALSE, FALSE, sizeof(GaveUp));
    for (guint i = 0; i < gave_up->len; i++)
        if (g_array_index(gave_up, GaveUp, i).place == place) {
            g_array_index(gave_up, GaveUp, i).times++;
            return;
        }
    GaveUp one = {place, 1};
    g_array_append_val(gave_up, one);
}

static gboolean match(DabPattern *p, const char *text, gsize len, gsize start, guint32 options, DabMatch *m) {
    /* pcre2_jit_match leaves out the checks of pcre2_match, which take longer than most of our matches */
    if (p->jit == JIT_LATER) compile_further(p);
    if (p->reach && !options) start = dab_reach_start(p->reach, text, len, start);
    int n = p->jit == JIT_YES && !options
                ? pcre2_jit_match(p->code, (PCRE2_SPTR)text, len, start, PCRE2_NO_UTF_CHECK, p->data, p->context)
                : pcre2_match(p->code, (PCRE2_SPTR)text, len, start, options | PCRE2_NO_UTF_CHECK, p->data, p->context);
    if (n <= 0) {
        if (n != PCRE2_ERROR_NOMATCH) give_up(p->place);
        return FALSE;
    }
    m->n = (guint)n;
    m->spans = pcre2_get_ovector_pointer(p->data);
    return TRUE;
}

void dab_pattern_set_reach(DabPattern *p, const DabReach *reach) {
    p->reach = reach;
}

gboolean dab_pattern_match(DabPattern *p, const char *text, gsize len, gsize start, DabMatch *m) {
    return match(p, text, len, start, 0, m);
}

gboolean dab_pattern_match_until(DabPattern *p, const char *text, gsize len, gsize start, gsize last, DabMatch *m) {
    pcre2_set_offset_limit(p->context, last);
    gboolean found = match(p, text, len, start, 0, m);
    pcre2_set_offset_limit(p->context, PCRE2_UNSET);
    return found;
}

gboolean dab_pattern_match_here(DabPattern *p, const char *text, gsize len, gsize start, DabMatch *m) {
    return match(p, text, len, start, PCRE2_ANCHORED, m); /* at match time: JIT code does not know it, so this one interprets */
}

int dab_pattern_group(const DabPattern *p, const char *name) {
    int n = pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)name);
    return n > 0 ? n : -1;
}

void dab_pattern_set_place(DabPattern *p, const char *place) {
    p->place = g_intern_string(place);
}

void dab_patterns_gave_up(DabGaveUp *tell, gpointer data) {
    for (guint i = 0; gave_up && i < gave_up->len; i++)
        tell(data, g_array_index(gave_up, GaveUp, i).place, g_array_index(gave_up, GaveUp, i).times);
    if (gave_up) g_array_set_size(gave_up, 0);
}
