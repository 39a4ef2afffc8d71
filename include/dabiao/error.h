/* error.h: the one error domain, and the names under which users meet its codes.
 *
 * A failed function returns FALSE or NULL, sets a GError of this domain and leaves its results untouched. The
 * message says what went wrong and the way out; whoever prints it puts the file's name in front. */
#ifndef DABIAO_ERROR_H
#define DABIAO_ERROR_H

#include <glib.h>

#define DAB_ERROR (dab_error_quark())
GQuark dab_error_quark(void);

typedef enum {
    DAB_ERROR_NOT_FOUND,
    DAB_ERROR_UNREADABLE,
    DAB_ERROR_UNSUPPORTED_TYPE,
    DAB_ERROR_DAMAGED,
    DAB_ERROR_ENCRYPTED,
    DAB_ERROR_EMPTY, /* no text, and no OCR to find any */
    DAB_ERROR_TOO_LARGE,
    DAB_ERROR_TIMEOUT,
    DAB_ERROR_OUT_OF_MEMORY,
    DAB_ERROR_CRASHED,
    DAB_ERROR_WRITE_FAILED,
    DAB_ERROR_RULES, /* rule files do not load; never stands in a manifest */
    DAB_ERROR_USAGE, /* the command line asks for the impossible; never stands in a manifest */
} DabErrorCode;
#define DAB_N_ERROR_CODES (DAB_ERROR_USAGE + 1)

/* The name a manifest and a message use: "not_found", "unreadable", … Lent for ever. */
const char *dab_error_name(int code);

#endif
