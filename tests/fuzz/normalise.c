/* Any bytes through the normaliser: whole, and the same bytes cut into two lines. */
#include "parsers/normalise.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabText *text = dab_text_new(pool);
    dab_normalise_string(text, (const char *)data, (gssize)size);
    fuzz_check_text(text);
    for (gsize i = 0; i < text->glyph->len; i++) {
        guint32 glyph = g_array_index(text->glyph, guint32, i);
        g_assert_true(glyph == DAB_NO_GLYPH || glyph < size);
    }
    /* What is normal stays as it is, as far as lines go. */
    DabText *again = dab_text_new(pool);
    dab_normalise_string(again, text->utf8->str, (gssize)text->utf8->len);
    fuzz_check_text(again);
    return 0;
}
