/* media.h: what a file is, from its bytes. */
#ifndef DABIAO_EXTRACT_MEDIA_H
#define DABIAO_EXTRACT_MEDIA_H

#include <glib.h>

/* A media type, static; "application/octet-stream" when the bytes are nothing known and no text. An empty file is text/plain. */
const char *dab_media_type(const guint8 *data, gsize bytes);

/* Whether it is an Office document under a password: an OLE file around encrypted bytes, whatever it holds. */
gboolean dab_media_is_locked_office(const guint8 *data, gsize bytes);

/* What a person can do about a file of a type that is not read, static: "convert it with: …". `path` tells types that have no
 * signature; NULL is fine. */
const char *dab_media_way_out(const char *media_type, const char *path);

#endif
