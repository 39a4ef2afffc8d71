/* source.h: a file as it came in: its bytes, what it is, its hash. extract/ opens it once; nobody opens it again. */
#ifndef DABIAO_SOURCE_H
#define DABIAO_SOURCE_H

#include "dabiao/layout.h"

typedef enum {
    DAB_OCR_AUTO,  /* pages without text, or with garbage for text */
    DAB_OCR_NEVER,
    DAB_OCR_ALWAYS, /* every page */
} DabOcr;

typedef struct {
    const char *path;       /* as results show it: relative to the input folder, or the file's own name */
    const char *media_type; /* application/pdf, text/plain, …; static */
    const char *sha256;     /* 64 hex digits */
    const guint8 *data;     /* the whole file, mapped or read; lives with the pool */
    gsize bytes;
    DabOcr ocr; /* which pages are read from their picture: the caller sets it before extracting */
} DabSource;

/* Reads the file at `file_name` into `pool` (a regular file of at most DAB_MAX_FILE_BYTES) and tells its type from its
 * content. `shown_path` is copied. Errors: not_found, unreadable (a folder, no permission), too_large. */
DabSource *dab_source_open(DabPool *pool, const char *file_name, const char *shown_path, GError **error);

/* What a source is made of, by its type. Lent from `pool`. Errors: unsupported_type, damaged, encrypted, empty, too_large. */
DabLayout *dab_extract(DabPool *pool, const DabSource *source, GError **error);

#endif
