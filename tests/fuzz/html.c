/* Any bytes as an HTML page: from the file to its JSON. */
#include "extract/html.h"

#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    const DabSource *source = fuzz_source(pool, "text/html", data, size);
    fuzz_whole(pool, source, dab_extract_html(pool, source, NULL));
    return 0;
}
