/* The output of a document → that of the same bytes under another name. */
#include <string.h>

#include "output/json.h"
#include "output/value.h"

/* As write_head in json_report.c has it: the path is the first member of the source, which has a line of its own. */
static const char mark[] = "\n \"source\": {\"path\":\"";

char *dab_json_with_path(const char *json, gsize len, const char *path, gsize *new_len) {
    const char *at = g_strstr_len(json, (gssize)len, mark);
    if (!at) return NULL;
    const char *start = at + sizeof mark - 2, *end = start + 1; /* with its quotes */
    while (end < json + len && *end != '"') end += *end == '\\' ? 2 : 1;
    if (end >= json + len) return NULL;
    g_autoptr(DabValue) array = dab_value_new_array();
    dab_value_put_text(array, NULL, path);
    g_autoptr(GString) quoted = g_string_new(NULL);
    dab_value_write(array, quoted); /* ["…"] */
    GString *out = g_string_sized_new(len + quoted->len);
    g_string_append_len(out, json, start - json);
    g_string_append_len(out, quoted->str + 1, (gssize)quoted->len - 2);
    g_string_append_len(out, end + 1, json + len - (end + 1));
    *new_len = out->len;
    return g_string_free(out, FALSE);
}
