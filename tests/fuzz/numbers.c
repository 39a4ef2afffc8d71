/* Any text, normalised as a report's would be, through both readers of numbers. */
#include <string.h>

#include "output/json.h"
#include "parsers/normalise.h"
#include "tests/fuzz/fuzz.h"

static void find(void (*finder)(const DabRules *, const char *, DabSpan, GArray *), const char *text, gsize len) {
    g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    finder(fuzz_rules(), text, (DabSpan){0, len}, numbers);
    fuzz_check_numbers(text, (DabSpan){0, len}, numbers);
    gsize json_len;
    g_autofree char *json = dab_json_numbers(text, numbers, &json_len);
    g_assert_true(g_utf8_validate(json, (gssize)json_len, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    DabText *text = dab_text_new(pool);
    dab_normalise_string(text, (const char *)data, (gssize)size);
    /* a block of its own length: reading past the end is seen */
    g_autofree char *copy = g_strndup(text->utf8->str, text->utf8->len);
    gsize len = text->utf8->len;
    for (char *nl = copy; (nl = strchr(nl, '\n'));) *nl = ' ';
    find(dab_numbers_find, copy, len);
    find(dab_numbers_find_plain, copy, len);
    return 0;
}
