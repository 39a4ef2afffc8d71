/* letters.h: whether a text has words, or only figures and marks. */
#ifndef DABIAO_BASE_LETTERS_H
#define DABIAO_BASE_LETTERS_H

#include <glib.h>

/* Whether a letter or a hanzi is among the characters of `text` (UTF-8): 2023年 has one, —, 12.5 and % have none. */
static inline gboolean dab_has_letters(const char *text) {
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isalpha(g_utf8_get_char(text))) return TRUE;
    return FALSE;
}

#endif
