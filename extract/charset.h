/* charset.h: the bytes of a plain text file → UTF-8. Knows UTF-8 and UTF-16, and GB18030 with its older parts GBK and
 * GB 2312. What is valid UTF-8 is taken as UTF-8; anything else counts as GB18030 only when most of its
 * characters are the common hanzi of GB 2312 (rows 16-55) or Chinese signs, as any Chinese text has them. */
#ifndef DAB_EXTRACT_CHARSET_H
#define DAB_EXTRACT_CHARSET_H

#include <glib.h>

/* A new string of valid UTF-8 without byte order mark; a byte that means nothing and a NUL become U+FFFD. Free with
 * g_string_free. Errors: damaged (neither encoding, or not text), too_large (more than DAB_MAX_GLYPHS characters). */
GString *dab_charset_decode(const guint8 *data, gsize bytes, GError **error);

/* Whether bytes without a byte order mark are UTF-16; `little`: the lower byte stands first. */
gboolean dab_charset_is_utf16(const guint8 *data, gsize bytes, gboolean *little);

#endif
