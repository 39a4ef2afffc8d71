#include "extract/mime.h"

#include <string.h>

#define HEAD_BYTES 4096u /* in which the headers of the file end, or it is none */

typedef struct {
    const char *at, *end;
} Rest;

/* The next line without its end; FALSE when none is left. */
static gboolean next_line(Rest *r, const char **line, gsize *n) {
    if (r->at >= r->end) return FALSE;
    const char *stop = memchr(r->at, '\n', (gsize)(r->end - r->at));
    *line = r->at;
    *n = (gsize)((stop ? stop : r->end) - r->at);
    r->at = stop ? stop + 1 : r->end;
    if (*n && (*line)[*n - 1] == '\r') --*n;
    return TRUE;
}

/* The headers up to the empty line behind them, in lower case, each on one line; `rest` stands behind it. */
static GString *read_headers(Rest *rest) {
    GString *out = g_string_new(NULL);
    const char *line;
    gsize n;
    while (next_line(rest, &line, &n) && n && out->len < HEAD_BYTES) {
        if (!g_ascii_isspace(line[0])) g_string_append_c(out, '\n');
        for (gsize i = 0; i < MIN(n, HEAD_BYTES); i++) g_string_append_c(out, line[i] ? g_ascii_tolower(line[i]) : ' ');
    }
    return out;
}

static gboolean says(const GString *headers, const char *name, const char *value) {
    g_autofree char *start = g_strconcat("\n", name, NULL);
    const char *at = strstr(headers->str, start), *end = at ? strchr(at + 1, '\n') : NULL, *found = at ? strstr(at, value) : NULL;
    return found && (!end || found < end);
}

static Rest skip_mark(const guint8 *data, gsize bytes) {
    Rest r = {(const char *)data, (const char *)data + bytes};
    if (bytes >= 3 && !memcmp(data, "\357\273\277", 3)) r.at += 3;
    while (r.at < r.end && g_ascii_isspace(*r.at)) r.at++;
    return r;
}

gboolean dab_mime_is(const guint8 *data, gsize bytes) {
    Rest rest = skip_mark(data, MIN(bytes, HEAD_BYTES));
    if (rest.end - rest.at < 5 || (g_ascii_strncasecmp(rest.at, "mime-", 5) && g_ascii_strncasecmp(rest.at, "from:", 5)))
        return FALSE;
    GString *headers = read_headers(&rest);
    gboolean is = says(headers, "mime-version:", "1.0") && says(headers, "content-type:", "multipart/");
    g_string_free(headers, TRUE);
    return is;
}

static void append_quoted(GString *out, const char *line, gsize n) {
    gboolean soft = n && line[n - 1] == '=';
    for (gsize i = 0; i < n - soft; i++) {
        gboolean code = line[i] == '=' && i + 2 < n && g_ascii_isxdigit(line[i + 1]) && g_ascii_isxdigit(line[i + 2]);
        g_string_append_c(out, code ? (char)(g_ascii_xdigit_value(line[i + 1]) << 4 | g_ascii_xdigit_value(line[i + 2])) : line[i]);
        if (code) i += 2;
    }
    if (!soft) g_string_append_c(out, '\n');
}

/* The part that `rest` stands before, up to the next line of two dashes that `rest` finds; a page has none such but in comments
 * that no reader shows. */
static GString *read_body(Rest *rest, const GString *headers) {
    gboolean quoted = says(headers, "content-transfer-encoding:", "quoted-printable");
    gboolean base64 = says(headers, "content-transfer-encoding:", "base64");
    GString *out = g_string_new(NULL);
    const char *line;
    gsize n, decoded = 0;
    while (next_line(rest, &line, &n)) {
        if (n >= 8 && line[0] == '-' && line[1] == '-' && !memchr(line, '>', n)) break;
        if (quoted)
            append_quoted(out, line, n);
        else
            g_string_append_len(out, line, (gssize)n);
        if (!quoted && !base64) g_string_append_c(out, '\n');
    }
    if (base64 && out->len) g_base64_decode_inplace(out->str, &decoded);
    if (base64) g_string_set_size(out, decoded);
    return out;
}

GString *dab_mime_page(const guint8 *data, gsize bytes) {
    Rest rest = skip_mark(data, bytes);
    const char *line;
    gsize n;
    GString *headers = read_headers(&rest), *page = NULL;
    while (!page && next_line(&rest, &line, &n)) {
        if (n < 3 || line[0] != '-' || line[1] != '-') continue;
        g_string_free(headers, TRUE);
        headers = read_headers(&rest);
        if (says(headers, "content-type:", "text/html")) page = read_body(&rest, headers);
    }
    g_string_free(headers, TRUE);
    return page;
}
