/* dabiao numbers: every number of a text, as JSON. Each line of the input is a passage of its own. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "dabiao/limits.h"
#include "output/json.h"
#include "parsers/normalise.h"

static const DabCliHelp help = {
    "[FILE|-]",
    "Prints every number of a text as JSON: value, unit, comparator and place.",
    "  dabiao text report.pdf | dabiao numbers    the numbers of a report\n"
    "  dabiao numbers --lines notes.txt          one array a line of the input\n",
};

static gboolean read_all(const char *path, char **data, gsize *len, GError **error) {
    if (path && strcmp(path, "-")) return g_file_get_contents(path, data, len, error);
    g_autoptr(GString) all = g_string_new(NULL);
    char buffer[65536];
    for (gsize n; (n = fread(buffer, 1, sizeof buffer, stdin)) > 0;) {
        g_string_append_len(all, buffer, (gssize)n);
        if (all->len <= DAB_MAX_FILE_BYTES) continue;
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "more than %u bytes", DAB_MAX_FILE_BYTES);
        return FALSE;
    }
    *len = all->len;
    *data = g_string_free(g_steal_pointer(&all), FALSE);
    return TRUE;
}

/* Where in `line` the span of the normalised text came from: the glyphs of a plain string are its code points. */
static DabSpan home(const DabText *text, DabSpan span, const guint32 *bytes, gsize len) {
    guint32 first = DAB_NO_GLYPH, last = 0;
    for (gsize i = span.start; i < span.end; i++) {
        guint32 g = g_array_index(text->glyph, guint32, i);
        if (g == DAB_NO_GLYPH) continue;
        if (first == DAB_NO_GLYPH) first = g;
        last = MAX(last, g);
    }
    if (first == DAB_NO_GLYPH) return (DabSpan){len, len};
    return (DabSpan){bytes[first], bytes[last + 1]};
}

static gboolean is_blank(gunichar c) {
    return c == ' ' || c == '\t' || c == 0x3000 || c == 0xA0;
}

static gboolean is_wide_digit(gunichar c) {
    return c >= 0xFF10 && c <= 0xFF19;
}

/* The line as it is read: several blanks as one (here they part nothing), and a full-width comma between full-width digits as the
 * thousands separator it is. `bytes` gets for each code point of the result, and for the end, its offset in `line`. */
static char *prepare(const char *line, gsize len, GArray *bytes) {
    GString *out = g_string_sized_new(len);
    gunichar left = 0;
    for (const char *s = line; s < line + len;) {
        const char *next = g_utf8_next_char(s);
        gunichar c = g_utf8_get_char(s), right = next < line + len ? g_utf8_get_char(next) : 0;
        if (!(is_blank(c) && is_blank(left))) {
            guint32 at = (guint32)(s - line);
            g_array_append_val(bytes, at);
            g_string_append_unichar(out, c == 0xFF0C && is_wide_digit(left) && is_wide_digit(right) ? ',' : is_blank(c) ? ' ' : c);
        }
        left = c;
        s = next;
    }
    guint32 end = (guint32)len;
    g_array_append_val(bytes, end);
    return g_string_free(out, FALSE);
}

/* Finds the numbers of a line; their spans become offsets into it, plus `shift`. */
static void find_in_line(const DabRules *rules, const char *line, gsize len, gsize shift, GArray *found) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GArray) bytes = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autofree char *prepared = prepare(line, len, bytes);
    DabText *text = dab_text_new(pool);
    dab_normalise_string(text, prepared, -1);
    guint first = found->len;
    dab_numbers_find_plain(rules, text->utf8->str, (DabSpan){0, text->utf8->len}, found);
    for (guint i = first; i < found->len; i++) {
        DabNumber *number = &g_array_index(found, DabNumber, i);
        DabSpan span = home(text, number->span, (const guint32 *)(void *)bytes->data, len);
        number->span = (DabSpan){span.start + shift, span.end + shift};
    }
}

static void print_array(const char *text, const GArray *numbers) {
    g_autofree char *json = dab_json_numbers(text, numbers, NULL);
    puts(json);
}

static void find_all(const DabRules *rules, const char *text, gsize len, gboolean by_line) {
    g_autoptr(GArray) numbers = g_array_new(FALSE, TRUE, sizeof(DabNumber));
    for (gsize at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        gsize next = end ? (gsize)(end - text) : len;
        if (by_line) {
            g_autofree char *line = g_strndup(text + at, next - at);
            find_in_line(rules, line, next - at, 0, numbers);
            print_array(line, numbers);
            g_array_set_size(numbers, 0);
        } else {
            find_in_line(rules, text + at, next - at, at, numbers);
        }
        at = next + 1;
    }
    if (!by_line) print_array(text, numbers);
}

int dab_cli_numbers(int argc, char **argv) {
    gboolean lines = FALSE;
    g_autofree char *dir = NULL;
    const GOptionEntry options[] = {
        {"lines", 0, 0, G_OPTION_ARG_NONE, &lines, "One array for each line of the input", NULL},
        {"rules", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Folder of the rule files", "DIR"},
        {0},
    };
    int status;
    if (!dab_cli_parse(&argc, &argv, options, &help, &status)) return status;
    if (argc > 2) return dab_cli_usage("numbers", "one file at a time");
    g_autoptr(DabRules) rules = dab_cli_load_rules("numbers", dir);
    if (!rules) return DAB_EXIT_RULES;
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    gsize len;
    if (!read_all(argc > 1 ? argv[1] : NULL, &data, &len, &error)) {
        fprintf(stderr, "dabiao numbers: %s\n", error->message);
        return DAB_EXIT_SOME_FAILED;
    }
    g_autofree char *valid = g_utf8_make_valid(data, (gssize)len);
    find_all(rules, valid, strlen(valid), lines);
    return fflush(stdout) ? DAB_EXIT_SOME_FAILED : DAB_EXIT_DONE;
}
