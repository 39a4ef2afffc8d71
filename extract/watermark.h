/* watermark.h: characters printed over or under a page's text, or around a seal: they stand among the lines and belong to none. */
#ifndef DABIAO_EXTRACT_WATERMARK_H
#define DABIAO_EXTRACT_WATERMARK_H

#include "extract/page.h"

/* Marks them DAB_CHAR_TURNED, as text on slanting lines is. Told apart by font and place: characters of one font and size that
 * lie on characters of others, or stand scattered, none beside or below another. */
void dab_watermarks_find(DabRawPage *page);

#endif
