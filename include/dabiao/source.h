/* source.h: a file as it came in: its bytes, what it is, its hash. extract/ opens it once; nobody opens it again. */
#ifndef DABIAO_SOURCE_H
#define DABIAO_SOURCE_H

#include "dabiao/layout.h"

typedef enum {
    DAB_OCR_AUTO, /* pages without text, or with garbage for text */
    DAB_OCR_NEVER,
    DAB_OCR_ALWAYS, /* every page */
} DabOcr;

typedef struct {
    const char *path;       /* as results show it: relative to the input folder, or the file's own name */
    const char *media_type; /* application/pdf, text/plain, …; static */
    const char *sha256;     /* 64 hex digits */
    const guint8 *data;     /* the whole file, mapped or read; lives with the pool */
    gsize bytes;
    DabOcr ocr;               /* which pages are read from their picture: the caller sets it before extracting */
    void (*before_ocr)(void); /* called before anything is recognised (recogniser.h), perhaps often, and need not return; or NULL */
    void (*slow_page)(void);  /* called when the recognition of a page begins; NULL: nobody wants to know */
} DabSource;

/* Reads the file at `file_name` into `pool` (a regular file of at most DAB_MAX_FILE_BYTES) and tells its type from its
 * content. `shown_path` is copied. Errors: not_found, unreadable (a folder, no permission), too_large. */
DabSource *dab_source_open(DabPool *pool, const char *file_name, const char *shown_path, GError **error);

/* The same in two steps, for a reader that may not open files itself. dab_source_descriptor: a descriptor, or -errno.
 * dab_source_open_fd takes either; it closes nothing and does not move the file's offset. A file that changes while it is read is
 * read again (DAB_MAX_READ_TRIES), and unreadable if it will not keep still: what is hashed is what is read. */
int dab_source_descriptor(const char *file_name);
DabSource *dab_source_open_fd(DabPool *pool, int fd, const char *shown_path, GError **error);

/* Of bytes that stand in memory. Takes `data` (NUL-terminated), which dies with the pool. Cannot fail. */
DabSource *dab_source_take(DabPool *pool, GString *data, const char *shown_path);

/* Whether `word` stands in the file's bytes as it is. */
gboolean dab_source_has(const DabSource *source, const char *word);
/* The same where no letter or digit follows: "/Image", not "/ImageMask". */
gboolean dab_source_has_name(const DabSource *source, const char *name);

/* What a source is made of, by its type. Lent from `pool`. Errors: unsupported_type, damaged, encrypted, empty, too_large. */
DabLayout *dab_extract(DabPool *pool, const DabSource *source, GError **error);

#endif
