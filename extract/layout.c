/* layout.c: an empty DabLayout and its small helpers. */
#include "dabiao/layout.h"

DabLayout *dab_layout_new(DabPool *pool) {
    DabLayout *layout = dab_pool_new0(pool, DabLayout);
    layout->pool = pool;
    layout->pages = dab_pool_array(pool, sizeof(DabPage));
    layout->glyphs = dab_pool_array(pool, sizeof(DabGlyph));
    layout->lines = dab_pool_array(pool, sizeof(DabLine));
    layout->blocks = dab_pool_array(pool, sizeof(DabBlock));
    layout->tables = dab_pool_ptr_array(pool);
    layout->warnings = dab_pool_array(pool, sizeof(DabWarning));
    return layout;
}

void dab_layout_warn(DabLayout *layout, const char *code, guint page, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    DabWarning warning = {code, dab_pool_strdup(layout->pool, message), page};
    g_array_append_val(layout->warnings, warning);
}
