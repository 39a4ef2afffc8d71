/* paths.c: the only user of libqpdf: page boxes, content streams and Form XObjects. content.c reads the operators. */
#include "extract/paths.h"

#include <math.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "dabiao/limits.h"
#include "extract/content.h"
#include "extract/flate.h"

#define MAX_TREE 40        /* nodes of the page tree above a page */
#define MAX_MAPS 12        /* character maps that go on in each other; two or three in real files */
#define MAX_OBJECTS 500000 /* that are looked at for such maps */

/* Deflate packs at most about 1032 : 1; what libqpdf decodes by itself has no other bound. */
#define DEFLATE_RATIO 1032
/* Each Do costs at least this much of the page's budget, so that forms drawn a million times end. */
#define DO_WORK 2000

struct DabPaths {
    const DabSource *source;
    qpdf_data qpdf; /* NULL: not opened yet, or it cannot be */
    gboolean tried;
    guint n_pages;
    GConverter *unpacker;
    GByteArray *content; /* of the page being read */
};

DabPaths *dab_paths_new(const DabSource *source) {
    DabPaths *paths = g_new0(DabPaths, 1);
    paths->source = source;
    return paths;
}

gboolean dab_paths_ready(DabPaths *paths) {
    if (paths->tried) return paths->qpdf != NULL;
    qpdf_data qpdf = qpdf_init();
    qpdf_silence_errors(qpdf);
    qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
    QPDF_ERROR_CODE code = qpdf_read_memory(qpdf, "", (const char *)paths->source->data, paths->source->bytes, NULL);
    int n = code & QPDF_ERRORS ? -1 : qpdf_get_num_pages(qpdf);
    paths->tried = TRUE;
    if (n <= 0) {
        qpdf_cleanup(&qpdf);
        return FALSE;
    }
    paths->qpdf = qpdf;
    paths->n_pages = (guint)n;
    paths->unpacker = dab_flate_new();
    paths->content = g_byte_array_new();
    return TRUE;
}

void dab_paths_free(DabPaths *paths) {
    if (!paths) return;
    if (paths->qpdf) qpdf_cleanup(&paths->qpdf);
    g_clear_object(&paths->unpacker);
    g_clear_pointer(&paths->content, g_byte_array_unref);
    g_free(paths);
}

static gboolean is_plain_flate(qpdf_data q, qpdf_oh dict) {
    qpdf_oh filter = qpdf_oh_get_key(q, dict, "/Filter");
    if (qpdf_oh_is_array(q, filter) && qpdf_oh_get_array_n_items(q, filter) == 1) filter = qpdf_oh_get_array_item(q, filter, 0);
    return qpdf_oh_is_name_and_equals(q, filter, "/FlateDecode") && qpdf_oh_is_null(q, qpdf_oh_get_key(q, dict, "/DecodeParms"));
}

/* Appends a stream's decoded bytes and a blank. Flate, which nearly all use, is unpacked here, where its size can be
 * bounded; other filters are libqpdf's, for streams too small to hurt. */
static gboolean append_stream(const DabPaths *paths, qpdf_oh stream, GByteArray *out) {
    qpdf_data q = paths->qpdf;
    if (!qpdf_oh_is_stream(q, stream)) return FALSE;
    qpdf_oh dict = qpdf_oh_get_dict(q, stream);
    gboolean plain = qpdf_oh_is_null(q, qpdf_oh_get_key(q, dict, "/Filter"));
    gboolean flate = !plain && is_plain_flate(q, dict);
    unsigned char *data = NULL;
    size_t len = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (qpdf_oh_get_stream_data(q, stream, qpdf_dl_none, &filtered, &data, &len) & QPDF_ERRORS || len > DAB_MAX_CONTENT_BYTES) {
        free(data);
        return FALSE;
    }
    gboolean good = TRUE;
    if (flate) {
        good = dab_flate_unpack(paths->unpacker, data, len, out, DAB_MAX_CONTENT_BYTES);
    } else if (plain) {
        g_byte_array_append(out, data, (guint)len);
    } else if (len * DEFLATE_RATIO <= DAB_MAX_CONTENT_BYTES) {
        free(data);
        data = NULL;
        good = !(qpdf_oh_get_stream_data(q, stream, qpdf_dl_generalized, &filtered, &data, &len) & QPDF_ERRORS) && filtered &&
               len <= DAB_MAX_CONTENT_BYTES;
        if (good) g_byte_array_append(out, data, (guint)len);
    } else {
        good = FALSE;
    }
    free(data);
    g_byte_array_append(out, (const guint8 *)"\n", 1);
    return good && out->len <= DAB_MAX_CONTENT_BYTES;
}

static gboolean read_box(qpdf_data q, qpdf_oh array, double v[4]) {
    if (!qpdf_oh_is_array(q, array) || qpdf_oh_get_array_n_items(q, array) != 4) return FALSE;
    for (int i = 0; i < 4; i++) {
        v[i] = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, array, i));
        if (!isfinite(v[i])) return FALSE;
    }
    if (v[0] > v[2]) {
        double t = v[0];
        v[0] = v[2];
        v[2] = t;
    }
    if (v[1] > v[3]) {
        double t = v[1];
        v[1] = v[3];
        v[3] = t;
    }
    return v[2] > v[0] && v[3] > v[1];
}

static DabMatrix read_matrix(qpdf_data q, qpdf_oh array) {
    DabMatrix m = {1, 0, 0, 1, 0, 0};
    if (!qpdf_oh_is_array(q, array) || qpdf_oh_get_array_n_items(q, array) != 6) return m;
    double v[6];
    for (int i = 0; i < 6; i++) v[i] = qpdf_oh_get_numeric_value(q, qpdf_oh_get_array_item(q, array, i));
    return (DabMatrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}

/* The matrix from a page's user space to points from the top-left corner of what a reader shows (crop box, turned). */
/* An attribute of a page, or of a node of the page tree above it. */
static qpdf_oh inherited(qpdf_data q, qpdf_oh page, const char *key) {
    qpdf_oh value = qpdf_oh_get_key(q, page, key);
    for (guint i = 0; i < MAX_TREE && qpdf_oh_is_null(q, value); i++) {
        page = qpdf_oh_get_key(q, page, "/Parent");
        if (!qpdf_oh_is_dictionary(q, page)) break;
        value = qpdf_oh_get_key(q, page, key);
    }
    return value;
}

static DabMatrix page_matrix(qpdf_data q, qpdf_oh page) {
    double media[4] = {0, 0, 612, 792}, crop[4];
    if (!read_box(q, inherited(q, page, "/MediaBox"), media)) {
        media[0] = media[1] = 0;
        media[2] = 612;
        media[3] = 792;
    }
    if (!read_box(q, inherited(q, page, "/CropBox"), crop)) memcpy(crop, media, sizeof crop);
    double c[4] = {fmax(crop[0], media[0]), fmax(crop[1], media[1]), fmin(crop[2], media[2]), fmin(crop[3], media[3])};
    if (c[2] <= c[0] || c[3] <= c[1]) memcpy(c, media, sizeof c);
    int rotate = 0;
    qpdf_oh r = inherited(q, page, "/Rotate");
    if (qpdf_oh_is_integer(q, r)) rotate = ((qpdf_oh_get_int_value_as_int(q, r) % 360) + 360) % 360;
    switch (rotate) {
    case 90:
        return (DabMatrix){0, 1, 1, 0, -c[1], -c[0]};
    case 180:
        return (DabMatrix){-1, 0, 0, 1, c[2], -c[1]};
    case 270:
        return (DabMatrix){0, -1, -1, 0, c[3], c[2]};
    default:
        return (DabMatrix){1, 0, 0, -1, -c[0], c[3]};
    }
}

static qpdf_oh find_xobject(qpdf_data q, qpdf_oh resources, const char *name, gsize len) {
    char key[128];
    if (len + 2 > sizeof key) return qpdf_oh_new_null(q);
    key[0] = '/';
    memcpy(key + 1, name, len);
    key[len + 1] = 0;
    return qpdf_oh_get_key_if_dict(q, qpdf_oh_get_key_if_dict(q, resources, "/XObject"), key);
}

static void draw_form(DabCanvas *canvas, const DabPaths *paths, qpdf_oh form, DabMatrix ctm, DabBox clip, qpdf_oh outer) {
    qpdf_data q = paths->qpdf;
    qpdf_oh dict = qpdf_oh_get_dict(q, form);
    ctm = dab_matrix_multiply(read_matrix(q, qpdf_oh_get_key(q, dict, "/Matrix")), ctm);
    double b[4];
    if (read_box(q, qpdf_oh_get_key(q, dict, "/BBox"), b)) {
        DabBox box = dab_matrix_box(ctm, b[0], b[1], b[2], b[3]);
        clip = (DabBox){MAX(clip.x0, box.x0), MAX(clip.y0, box.y0), MIN(clip.x1, box.x1), MIN(clip.y1, box.y1)};
    }
    qpdf_oh own = qpdf_oh_get_key(q, dict, "/Resources");
    if (!qpdf_oh_is_dictionary(q, own)) own = outer;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (!append_stream(paths, form, bytes)) return;
    canvas->depth++;
    dab_content_read(canvas, bytes->data, bytes->len, ctm, clip, GUINT_TO_POINTER(own));
    canvas->depth--;
}

static guint64 read_size(qpdf_data q, qpdf_oh dict, const char *key) {
    qpdf_oh value = qpdf_oh_get_key(q, dict, key);
    return qpdf_oh_is_integer(q, value) ? (guint64)MAX(0, qpdf_oh_get_int_value_as_int(q, value)) : 0;
}

/* Whoever renders the page needs to know how fine its largest picture is. */
static void note_picture(DabRawPage *page, qpdf_data q, qpdf_oh dict, DabMatrix ctm) {
    guint64 pixels = read_size(q, dict, "/Width") * read_size(q, dict, "/Height");
    double area = fabs(ctm.a * ctm.d - ctm.b * ctm.c);
    if (pixels <= page->picture_pixels || !(area > 1)) return;
    page->picture_pixels = pixels;
    page->picture_density = (float)sqrt((double)pixels / area);
}

static void draw_xobject(DabCanvas *canvas, const char *name, gsize len, DabMatrix ctm, DabBox clip, gpointer resources) {
    const DabPaths *paths = canvas->user_data;
    qpdf_data q = paths->qpdf;
    canvas->work += DO_WORK;
    if (canvas->depth >= DAB_MAX_FORM_DEPTH || canvas->work > DAB_MAX_CONTENT_BYTES) {
        canvas->overflow = TRUE;
        return;
    }
    qpdf_oh outer = GPOINTER_TO_UINT(resources), object = find_xobject(q, outer, name, len);
    if (!qpdf_oh_is_stream(q, object)) return;
    qpdf_oh subtype = qpdf_oh_get_key(q, qpdf_oh_get_dict(q, object), "/Subtype");
    if (qpdf_oh_is_name_and_equals(q, subtype, "/Image")) {
        DabBox box = dab_matrix_box(ctm, 0, 0, 1, 1);
        box = (DabBox){MAX(clip.x0, box.x0), MAX(clip.y0, box.y0), MIN(clip.x1, box.x1), MIN(clip.y1, box.y1)};
        if (box.x1 > box.x0 && box.y1 > box.y0 && canvas->page->images->len < DAB_MAX_SEGMENTS) {
            g_array_append_val(canvas->page->images, box);
            note_picture(canvas->page, q, qpdf_oh_get_dict(q, object), ctm);
        }
    } else if (qpdf_oh_is_name_and_equals(q, subtype, "/Form")) {
        draw_form(canvas, paths, object, ctm, clip, outer);
    }
}

static gboolean append_contents(const DabPaths *paths, qpdf_oh contents, GByteArray *out) {
    qpdf_data q = paths->qpdf;
    if (!qpdf_oh_is_array(q, contents)) return append_stream(paths, contents, out);
    int n = qpdf_oh_get_array_n_items(q, contents);
    gboolean good = TRUE;
    for (int i = 0; i < n && i < 10000 && out->len <= DAB_MAX_CONTENT_BYTES; i++)
        good = append_stream(paths, qpdf_oh_get_array_item(q, contents, i), out) && good;
    return good;
}

gboolean dab_paths_read_page(DabPaths *paths, guint index, DabRawPage *page) {
    if (index >= paths->n_pages) return FALSE;
    qpdf_data q = paths->qpdf;
    qpdf_oh object = qpdf_get_page_n(q, index);
    GByteArray *bytes = g_byte_array_set_size(paths->content, 0);
    gboolean good = append_contents(paths, qpdf_oh_get_key(q, object, "/Contents"), bytes);
    DabCanvas canvas = {.page = page, .draw = draw_xobject, .user_data = paths};
    DabBox all = {0, 0, page->width, page->height};
    qpdf_oh resources = inherited(q, object, "/Resources");
    dab_content_read(&canvas, bytes->data, bytes->len, page_matrix(q, object), all, GUINT_TO_POINTER(resources));
    qpdf_oh_release_all(q);
    while (qpdf_more_warnings(q)) qpdf_next_warning(q);
    if (canvas.overflow) g_array_set_size(page->segments, 0);
    return good && !canvas.overflow;
}

/* The stream's character map goes on in another one, and that in another … and one of them in one before it. */
static gboolean leads_back(qpdf_data q, qpdf_oh map) {
    for (guint i = 0; i < MAX_MAPS; i++) {
        if (!qpdf_oh_is_stream(q, map)) return FALSE;
        map = qpdf_oh_get_key(q, qpdf_oh_get_dict(q, map), "/UseCMap");
    }
    return TRUE;
}

gboolean dab_paths_has_endless_map(DabPaths *paths) {
    if (!dab_source_has(paths->source, "UseCMap") || !dab_paths_ready(paths)) return FALSE; /* next to no file has one */
    qpdf_data q = paths->qpdf;
    qpdf_oh size = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Size");
    int n = qpdf_oh_is_integer(q, size) ? qpdf_oh_get_int_value_as_int(q, size) : 0;
    gboolean endless = FALSE;
    for (int i = 1; i < MIN(n, MAX_OBJECTS) && !endless; i++) {
        endless = leads_back(q, qpdf_get_object_by_id(q, i, 0));
        qpdf_oh_release_all(q);
    }
    while (qpdf_more_warnings(q)) qpdf_next_warning(q);
    return endless;
}
