/* Any bytes through the reader of plain text. */
#include "extract/text.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GError) error = NULL;
    const DabLayout *layout = dab_extract_text(pool, fuzz_source(pool, "text/plain", data, size), &error);
    g_assert_true(!layout == !!error);
    fuzz_check_layout(layout);
    return 0;
}
