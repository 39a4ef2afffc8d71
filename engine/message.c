#include "dabiao/message.h"

#include <string.h>

char *dab_message_fill(const char *words, const char *const *fields) {
    GString *out = g_string_new(NULL);
    for (const char *s = words ? words : "{indicator} {said}"; *s;) {
        const char *const *f = fields;
        gsize len = 0;
        for (; *s == '{' && *f; f += 2) {
            len = strlen(f[0]);
            if (!strncmp(s + 1, f[0], len) && s[1 + len] == '}') break;
        }
        if (*s != '{' || !*f) {
            g_string_append_c(out, *s++);
            continue;
        }
        if (f[1]) g_string_append(out, f[1]);
        s += len + 2;
    }
    return g_string_free(out, FALSE);
}
