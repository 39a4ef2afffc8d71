/* Arrays of numbers, and the lines of a manifest. */
#include "output/json.h"
#include "output/value.h"

static char *finish(GString *out, gsize *len) {
    if (len) *len = out->len;
    return g_string_free(out, FALSE);
}

static void put_if(DabValue *into, const char *key, gboolean has, double number) {
    if (has)
        dab_value_put_number(into, key, number);
    else
        dab_value_put_null(into, key);
}

char *dab_json_numbers(const char *text, const GArray *numbers, gsize *len) {
    g_autoptr(DabValue) array = dab_value_new_array();
    gsize byte = 0;
    glong point = 0; /* code points before `byte`: numbers stand in order, so one walk counts them all */
    for (guint i = 0; i < numbers->len; i++) {
        const DabNumber *n = &g_array_index(numbers, DabNumber, i);
        point += g_utf8_strlen(text + byte, (gssize)(n->span.start - byte));
        byte = n->span.start;
        glong width = g_utf8_strlen(text + byte, (gssize)dab_span_len(n->span));
        DabValue *o = dab_value_new_object();
        dab_value_put_text_len(o, "raw", text + byte, dab_span_len(n->span));
        dab_value_put_count(o, "start", (guint64)point);
        dab_value_put_count(o, "end", (guint64)(point + width));
        dab_value_put_text(o, "kind", n->kind);
        put_if(o, "value", n->has_value, n->value);
        put_if(o, "low", n->has_low, n->low);
        put_if(o, "high", n->has_high, n->high);
        dab_value_put_text(o, "unit", n->unit ? n->unit : "");
        dab_value_put_text(o, "comparator", dab_comparator_sign(n->comparator));
        dab_value_put_flag(o, "approximate", n->approximate);
        dab_value_put(array, NULL, o);
    }
    GString *out = g_string_new(NULL);
    dab_value_write(array, out);
    return finish(out, len);
}

static void put_count(DabValue *into, const char *key, gint64 count) {
    if (count < 0)
        dab_value_put_null(into, key);
    else
        dab_value_put_count(into, key, (guint64)count);
}

char *dab_json_manifest_line(const DabManifestLine *line, gsize *len) {
    g_autoptr(DabValue) o = dab_value_new_object();
    dab_value_put_text(o, "input", line->input);
    dab_value_put_text(o, "output", line->output);
    dab_value_put_text(o, "status", line->status);
    if (line->error_code) {
        DabValue *error = dab_value_new_object();
        dab_value_put_text(error, "code", line->error_code);
        dab_value_put_text(error, "message", line->error_message ? line->error_message : "");
        dab_value_put(o, "error", error);
    } else
        dab_value_put_null(o, "error");
    dab_value_put_text(o, "sha256", line->sha256);
    dab_value_put_text(o, "media_type", line->media_type);
    put_count(o, "pages", line->pages);
    put_count(o, "measures", line->measures);
    put_count(o, "links", line->links);
    put_count(o, "numbers_unclaimed", line->numbers_unclaimed);
    if (line->same_as) dab_value_put_text(o, "same_as", line->same_as);
    dab_value_put_decimals(o, "seconds", line->seconds, 3);
    if (line->rules) {
        DabValue *shard = dab_value_new_object();
        dab_value_put_count(shard, "place", line->place);
        dab_value_put_count(shard, "of", line->of);
        dab_value_put_count(shard, "inputs", line->in_shard);
        dab_value_put_text(shard, "version", DAB_VERSION);
        dab_value_put_text(shard, "rules", line->rules);
        dab_value_put(o, DAB_SHARD_KEY, shard);
    }
    GString *out = g_string_new(NULL);
    dab_value_write(o, out);
    g_string_append_c(out, '\n');
    return finish(out, len);
}
