/* mime.h: a web page saved as one file (MHT, RFC 2557), as browsers, Word and office systems write it, some under the name of .doc
 * → the page in it. Pictures and style sheets beside it are left. */
#ifndef DABIAO_EXTRACT_MIME_H
#define DABIAO_EXTRACT_MIME_H

#include <glib.h>

/* Whether the bytes begin with headers that announce several parts. */
gboolean dab_mime_is(const guint8 *data, gsize bytes);
/* The bytes of its first part of HTML (quoted-printable and base64 decoded), never more than `bytes`; NULL: it has none. Free with
 * g_string_free. */
GString *dab_mime_page(const guint8 *data, gsize bytes);

#endif
