#include "output/read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "output/value.h"

static char **texts(DabOutput *o, const DabValue *array) {
    if (!array) return NULL;
    GPtrArray *list = g_ptr_array_new();
    for (const DabValue *v = dab_value_first(array); v; v = dab_value_next(v))
        if (dab_value_as_text(v)) g_ptr_array_add(list, (char *)dab_value_as_text(v));
    g_ptr_array_add(list, NULL);
    char **strings = (char **)g_ptr_array_free(list, FALSE);
    g_ptr_array_add(o->lists, strings);
    return strings;
}

static gboolean read_box(const DabValue *where, DabBox *box) {
    float side[4];
    guint n = 0;
    for (const DabValue *v = dab_value_first(dab_value_get(where, "bbox")); v && n < G_N_ELEMENTS(side); v = dab_value_next(v))
        side[n++] = (float)dab_value_as_number(v, 0);
    if (n < G_N_ELEMENTS(side)) return FALSE;
    *box = (DabBox){side[0], side[1], side[2], side[3]};
    return TRUE;
}

/* An output has value, unit … under "quantity", a gold file beside the role. */
static DabOutputMeasure read_measure(DabOutput *o, const DabValue *v) {
    const DabValue *q = dab_value_get(v, "quantity"), *where = dab_value_get(v, "where");
    if (!q) q = v;
    DabOutputMeasure m = {
        .id = dab_value_text(v, "id"),
        .role = dab_value_text(v, "role"),
        .indicator = dab_value_text(v, "indicator"),
        .unit = dab_value_text(q, "unit"),
        .comparator = dab_value_text(q, "comparator"),
        .approximate = dab_value_flag(q, "approximate"),
        .raw = dab_value_text(q, "raw"),
        .sentence = dab_value_text(v, "sentence"),
        .scope = dab_value_text(v, "scope"),
        .deadline = dab_value_text(v, "deadline"),
        .as_of = dab_value_text(v, "as_of"),
        .year = dab_value_integer(v, "year", 0),
        .rule = dab_value_text(v, "rule"),
        .change = dab_value_text(dab_value_get(v, "change"), "direction"),
        .page = dab_value_integer(where, "page", 0),
        .table = dab_value_text(where, "table"),
        .row = dab_value_text(where, "row"),
        .optional = dab_value_flag(v, "optional"),
        .evidence = dab_value_text(v, "evidence"),
        .units_any = texts(o, dab_value_get(v, "units_any")),
        .comparators = texts(o, dab_value_get(v, "comparators")),
        .indicator_any = texts(o, dab_value_get(v, "indicator_any")),
    };
    m.has_box = read_box(where, &m.box);
    m.has_value = dab_value_has_number(q, "value", &m.value);
    m.has_low = dab_value_has_number(q, "low", &m.low);
    m.has_high = dab_value_has_number(q, "high", &m.high);
    return m;
}

static void read_lists(DabOutput *o, const DabValue *tree) {
    for (const DabValue *v = dab_value_first(dab_value_get(tree, "measures")); v; v = dab_value_next(v)) {
        DabOutputMeasure m = read_measure(o, v);
        g_array_append_val(o->measures, m);
    }
    for (const DabValue *v = dab_value_first(dab_value_get(tree, "links")); v; v = dab_value_next(v)) {
        DabOutputLink l = {.target = dab_value_text(v, "target"),
                           .outcome = dab_value_text(v, "outcome"),
                           .verdict = dab_value_text(v, "verdict"),
                           .reported = dab_value_text(v, "reported"),
                           .agrees = dab_value_tristate(v, "agrees")};
        l.has_margin = dab_value_has_number(v, "margin", &l.margin);
        g_array_append_val(o->links, l);
    }
    for (const DabValue *v = dab_value_first(dab_value_get(tree, "findings")); v; v = dab_value_next(v)) {
        DabOutputFinding f = {.kind = dab_value_text(v, "kind"),
                              .message = dab_value_text(v, "message"),
                              .measures = texts(o, dab_value_get(v, "measures"))};
        g_array_append_val(o->findings, f);
    }
    for (const DabValue *v = dab_value_first(dab_value_get(tree, "unclaimed")); v; v = dab_value_next(v)) {
        const DabValue *where = dab_value_get(v, "where");
        DabOutputUnclaimed u = {.raw = dab_value_text(v, "raw"),
                                .sentence = dab_value_text(v, "sentence"),
                                .page = dab_value_integer(where, "page", 0)};
        u.has_box = read_box(where, &u.box);
        g_array_append_val(o->unclaimed, u);
    }
    for (const DabValue *v = dab_value_first(dab_value_get(tree, "warnings")); v; v = dab_value_next(v)) {
        DabOutputFinding w = {.kind = dab_value_text(v, "code"), .message = dab_value_text(v, "message")};
        g_array_append_val(o->warnings, w);
    }
}

static void read_head(DabOutput *o, const DabValue *tree) {
    const DabValue *tool = dab_value_get(tree, "tool"), *source = dab_value_get(tree, "source");
    const DabValue *document = dab_value_get(tree, "document"), *numbers = dab_value_get(tree, "numbers");
    o->schema = dab_value_text(tree, "schema");
    o->version = dab_value_text(tool, "version");
    o->rules = dab_value_text(tool, "rules");
    o->path = dab_value_text(source, "path");
    o->source_sha256 = dab_value_text(source, "sha256");
    o->text_from = dab_value_text(source, "text_from");
    o->pages = dab_value_integer(source, "pages", -1);
    o->title = dab_value_text(document, "title");
    o->issuer = dab_value_text(document, "issuer");
    o->region = dab_value_text(document, "region");
    o->number = dab_value_text(document, "number");
    o->date = dab_value_text(document, "date");
    o->genre = dab_value_text(document, "genre");
    o->year = dab_value_integer(document, "year", 0);
    o->n_total = (guint)MAX(dab_value_integer(numbers, "total", 0), 0);
    o->n_measures = (guint)MAX(dab_value_integer(numbers, "measures", 0), 0);
    o->n_context = (guint)MAX(dab_value_integer(numbers, "context", 0), 0);
    o->n_unclaimed = (guint)MAX(dab_value_integer(numbers, "unclaimed", 0), 0);
}

static char *load(int fd, gsize *len, GError **error) {
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        int code = fd < 0 ? -fd : errno;
        g_set_error(error, DAB_ERROR, code == ENOENT || code == ENOTDIR ? DAB_ERROR_NOT_FOUND : DAB_ERROR_UNREADABLE, "%s",
                    g_strerror(code));
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "is not a regular file");
        return NULL;
    }
    if (st.st_size > (off_t)DAB_MAX_JSON_BYTES) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_TOO_LARGE, "has more than %u bytes", DAB_MAX_JSON_BYTES);
        return NULL;
    }
    g_autofree char *text = g_malloc((gsize)st.st_size + 1);
    gsize got = 0;
    while (got < (gsize)st.st_size) {
        ssize_t n = pread(fd, text + got, (gsize)st.st_size - got, (off_t)got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "%s", g_strerror(errno));
            return NULL;
        }
        if (n == 0) break;
        got += (gsize)n;
    }
    text[got] = 0;
    *len = got;
    return g_steal_pointer(&text);
}

DabOutput *dab_output_read(const char *path, GError **error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    DabOutput *o = dab_output_read_fd(fd < 0 ? -errno : fd, error);
    if (fd >= 0) close(fd);
    return o;
}

DabOutput *dab_output_read_fd(int fd, GError **error) {
    gsize len;
    g_autofree char *text = load(fd, &len, error);
    if (!text) return NULL;
    DabValue *tree = dab_value_parse(text, len);
    if (!tree || !dab_value_get(tree, "measures")) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_DAMAGED, "%s",
                    tree ? "has no \"measures\": neither an output of convert nor a gold file" : "is no JSON");
        dab_value_free(tree);
        return NULL;
    }
    DabOutput *o = g_new0(DabOutput, 1);
    o->tree = tree;
    o->lists = g_ptr_array_new_with_free_func(g_free);
    o->measures = g_array_new(FALSE, TRUE, sizeof(DabOutputMeasure));
    o->links = g_array_new(FALSE, TRUE, sizeof(DabOutputLink));
    o->findings = g_array_new(FALSE, TRUE, sizeof(DabOutputFinding));
    o->unclaimed = g_array_new(FALSE, TRUE, sizeof(DabOutputUnclaimed));
    o->warnings = g_array_new(FALSE, TRUE, sizeof(DabOutputFinding));
    read_head(o, tree);
    read_lists(o, tree);
    return o;
}

void dab_output_free(DabOutput *o) {
    if (!o) return;
    g_array_unref(o->measures);
    g_array_unref(o->links);
    g_array_unref(o->findings);
    g_array_unref(o->unclaimed);
    g_array_unref(o->warnings);
    g_ptr_array_unref(o->lists);
    dab_value_free(o->tree);
    g_free(o);
}

gint dab_output_find(const DabOutput *o, const char *id) {
    for (guint i = 0; id && i < o->measures->len; i++)
        if (g_strcmp0(g_array_index(o->measures, DabOutputMeasure, i).id, id) == 0) return (gint)i;
    return -1;
}
