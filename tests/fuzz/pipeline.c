/* Any bytes as a plain text report: from the file to its JSON. */
#include "extract/text.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    const DabSource *source = fuzz_source(pool, "text/plain", data, size);
    fuzz_whole(pool, source, dab_extract_text(pool, source, NULL));
    return 0;
}
