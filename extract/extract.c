/* extract.c: a source of any type → DabLayout. */
#include "dabiao/error.h"
#include "dabiao/source.h"
#include "extract/assemble.h"
#include "extract/docx.h"
#include "extract/html.h"
#include "extract/media.h"
#include "extract/text.h"

DabLayout *dab_extract(DabPool *pool, const DabSource *source, GError **error) {
    if (g_str_equal(source->media_type, "application/pdf")) return dab_extract_pdf(pool, source, error);
    if (g_str_equal(source->media_type, "text/plain")) return dab_extract_text(pool, source, error);
    if (g_str_has_suffix(source->media_type, ".wordprocessingml.document")) return dab_extract_docx(pool, source, error);
    if (g_str_equal(source->media_type, "text/html") || g_str_equal(source->media_type, "multipart/related"))
        return dab_extract_html(pool, source, error);
    if (dab_media_is_locked_office(source->data, source->bytes)) {
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_ENCRYPTED,
                            "a password locks it; open it in its program and save it without one");
        return NULL;
    }
    if (g_str_has_prefix(source->media_type, "image/")) return dab_extract_picture(pool, source, error);
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE, "%s is not read; %s", source->media_type,
                dab_media_way_out(source->media_type, source->path));
    return NULL;
}
