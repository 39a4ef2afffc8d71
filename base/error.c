#include "dabiao/error.h"

G_DEFINE_QUARK(dab - error - quark, dab_error)

const char *dab_error_name(int code) {
    static const char *const names[] = {
        [DAB_ERROR_NOT_FOUND] = "not_found",
        [DAB_ERROR_UNREADABLE] = "unreadable",
        [DAB_ERROR_UNSUPPORTED_TYPE] = "unsupported_type",
        [DAB_ERROR_DAMAGED] = "damaged",
        [DAB_ERROR_ENCRYPTED] = "encrypted",
        [DAB_ERROR_EMPTY] = "empty",
        [DAB_ERROR_TOO_LARGE] = "too_large",
        [DAB_ERROR_TIMEOUT] = "timeout",
        [DAB_ERROR_OUT_OF_MEMORY] = "out_of_memory",
        [DAB_ERROR_CRASHED] = "crashed",
        [DAB_ERROR_WRITE_FAILED] = "write_failed",
        [DAB_ERROR_RULES] = "rules",
        [DAB_ERROR_USAGE] = "usage",
    };
    return code >= 0 && (gsize)code < G_N_ELEMENTS(names) ? names[code] : "unreadable";
}
