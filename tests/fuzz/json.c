/* Any bytes as an output file that is read back. */
#include <sys/mman.h>
#include <unistd.h>

#include "output/read.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int fd = -1;
    static char *path;
    if (fd < 0) {
        fd = memfd_create("output", MFD_CLOEXEC);
        g_assert_cmpint(fd, >=, 0);
        path = g_strdup_printf("/proc/self/fd/%d", fd);
    }
    g_assert_cmpint(ftruncate(fd, 0), ==, 0);
    g_assert_cmpint(pwrite(fd, data, size, 0), ==, (gssize)size);
    g_autoptr(GError) error = NULL;
    g_autoptr(DabOutput) output = dab_output_read(path, &error);
    g_assert_true(!output == !!error);
    if (output) g_assert_cmpint(dab_output_find(output, "m1"), <, (gint)output->measures->len);
    return 0;
}
