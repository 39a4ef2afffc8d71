/* extract.c: a source of any type → DabLayout. */
#include "dabiao/error.h"
#include "dabiao/source.h"
#include "extract/assemble.h"
#include "extract/media.h"
#include "extract/text.h"

DabLayout *dab_extract(DabPool *pool, const DabSource *source, GError **error) {
    if (g_str_equal(source->media_type, "application/pdf")) return dab_extract_pdf(pool, source, error);
    if (g_str_equal(source->media_type, "text/plain")) return dab_extract_text(pool, source, error);
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE, "%s is not read; %s", source->media_type,
                dab_media_way_out(source->media_type));
    return NULL;
}
