/* Any bytes as a text that was kept in the cache. Nearly all fall to a checksum: the last byte of the input says whether they are
 * taken as they are, as a layout's bytes, or as what stands in those when unpacked, which is packed for them here. */
#include <string.h>
#include <zstd.h>

#include "bulk/kept.h"
#include "dabiao/layout_store.h"
#include "dabiao/limits.h"
#include "tests/fuzz/fuzz.h"

typedef struct {
    char magic[8];
    guint32 order, version;
    guint64 raw;
} Front;

static DabLayout *unpack_packed(DabPool *pool, const uint8_t *data, size_t size) {
    Front front = {.magic = "DABLAYO", .order = 0x01020304, .version = DAB_LAYOUT_STORE_VERSION, .raw = size};
    size_t room = ZSTD_compressBound(size);
    g_autofree guint8 *bytes = g_malloc(sizeof front + room);
    memcpy(bytes, &front, sizeof front);
    size_t n = ZSTD_compress(bytes + sizeof front, room, data, size, 1);
    g_assert_false(ZSTD_isError(n));
    g_autofree guint8 *exact = g_memdup2(bytes, sizeof front + n);
    return dab_layout_unpack(pool, exact, sizeof front + n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    g_autoptr(DabPool) pool = dab_pool_new();
    DabSource *source = fuzz_source(pool, "application/pdf", NULL, 0);
    DabLayout *layout = NULL;
    switch (data[size - 1] % 3) {
    case 0:
        layout = dab_kept_unpack(pool, data, size - 1, "input", &source);
        break;
    case 1:
        layout = dab_layout_unpack(pool, data, size - 1);
        break;
    default:
        layout = unpack_packed(pool, data, size - 1);
    }
    if (!layout) return 0;
    gsize n;
    g_autofree guint8 *again = dab_layout_pack(layout, &n);
    g_assert_nonnull(again);
    fuzz_whole(pool, source, layout);
    return 0;
}
