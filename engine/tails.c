/* What a pattern says of the text behind its number: all that stands after {N}, where that is plain to see. */
#include "engine/tails.h"

#include <string.h>

/* What ties a part of a pattern to the rest of it: references to groups, options that hold from there on, quotations. */
static const char *const ties[] = {"\\k", "\\g", "\\K", "\\Q", "(?P", "(?&", "(?R", "(?(", "(*", NULL};

static gboolean is_tied(const char *regex) {
    for (const char *const *tie = ties; *tie; tie++)
        if (strstr(regex, *tie)) return TRUE;
    for (const char *s = regex; (s = strchr(s, '\\')) && s[1]; s += 2)
        if (s[1] >= '1' && s[1] <= '9') return TRUE;
    for (const char *s = regex; (s = strstr(s, "(?")); s += 2)
        if (g_ascii_isalnum(s[2]) || strchr("^+-", s[2])) return TRUE;
    return FALSE;
}

/* Where a class of characters ends: behind its ]. */
static const char *skip_class(const char *s) {
    s++;
    if (*s == '^') s++;
    if (*s == ']') s++;
    for (; *s && *s != ']'; s++)
        if (*s == '\\' && s[1]) s++;
    return *s ? s + 1 : s;
}

static gboolean is_number(const char *s) {
    return s[0] == '{' && s[1] == 'N' && (s[2] == '}' || s[2] == ':');
}

/* What stands behind {N} in `regex`; NULL where {N} stands in a group, the pattern has a choice outside of one, or nothing follows.
 */
static const char *behind_number(const char *regex) {
    const char *tail = NULL;
    guint depth = 0;
    for (const char *s = regex; *s;) {
        if (*s == '[') {
            s = skip_class(s);
            continue;
        }
        if (is_number(s)) {
            if (depth || tail) return NULL;
            tail = strchr(s, '}');
            if (!tail++) return NULL;
        }
        if (*s == '|' && !depth) return NULL;
        depth += *s == '(';
        depth -= *s == ')' && depth;
        s += *s == '\\' && s[1] ? 2 : 1;
    }
    return tail && *tail && !strchr("?*+", *tail) && !(tail[0] == '{' && g_ascii_isdigit(tail[1])) ? tail : NULL;
}

const char *dab_tail_of(const char *regex) {
    return is_tied(regex) ? NULL : behind_number(regex);
}
