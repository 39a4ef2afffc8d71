/* What files are by their bytes, and what their users are told when they are not read. */
#include <glib.h>
#include <string.h>

#include "dabiao/error.h"
#include "dabiao/layout.h"
#include "dabiao/source.h"
#include "extract/media.h"

#define OLE "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

typedef struct {
    const char *name, *bytes;
    gsize len;
    const char *type, *way;
} File;

#define FILE_OF(name, text, type, way)                                                                                             \
    { name, text, sizeof(text) - 1, type, way }
static const File files[] = {
    FILE_OF("a.doc", OLE "....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "application/msword", "--convert-to docx"),
    FILE_OF("a.wps", OLE "....W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "application/msword", "--convert-to docx"),
    FILE_OF("a.xls", OLE "....W\0o\0r\0k\0b\0o\0o\0k\0", "application/vnd.ms-excel", "--convert-to html"),
    FILE_OF("old.xls", OLE "....B\0o\0o\0k\0\0\0", "application/vnd.ms-excel", "--convert-to html"),
    FILE_OF("a.ppt", OLE "P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0", "application/vnd.ms-powerpoint",
            "--convert-to pdf"),
    FILE_OF("a.msg", OLE "....", "application/x-ole-storage", "--convert-to pdf"),
    FILE_OF("a.xlsx", "PK\3\4........xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "--convert-to html"),
    FILE_OF("a.pptx", "PK\3\4........ppt/presentation.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", "--convert-to pdf"),
    FILE_OF("a.odt", "PK\3\4....mimetypeapplication/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text",
            "--convert-to docx"),
    FILE_OF("a.ofd", "PK\3\4........OFD.xml", "application/ofd", "easyofd"),
    FILE_OF("a.rtf", "{\\rtf1\\ansi}", "application/rtf", "--convert-to docx"),
    FILE_OF("a.caj", "CAJ\0....", "application/x-caj", "CAJViewer"),
    FILE_OF("A.CEB", "\1\2\3\0\5", "application/octet-stream", "Apabi Reader"),
    FILE_OF("a.wps", "\1\2\3\0\5", "application/octet-stream", "--convert-to docx"),
    FILE_OF("a.bin", "\1\2\3\0\5", "application/octet-stream", "only PDF, DOCX, HTML, plain text and pictures"),
    FILE_OF("a.zip", "PK\3\4........a.txt", "application/zip", "unpack it"),
};

static void test_way_out(void) {
    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        const File *f = &files[i];
        g_autoptr(DabPool) pool = dab_pool_new();
        g_autoptr(GError) error = NULL;
        DabSource source = {.path = (char *)f->name, .data = (const guint8 *)f->bytes, .bytes = f->len};
        source.media_type = (char *)dab_media_type(source.data, source.bytes);
        g_assert_cmpstr(source.media_type, ==, f->type);
        g_assert_null(dab_extract(pool, &source, &error));
        g_assert_error(error, DAB_ERROR, DAB_ERROR_UNSUPPORTED_TYPE);
        if (!strstr(error->message, f->way)) g_error("%s: %s", f->name, error->message);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/media/way-out", test_way_out);
    return g_test_run();
}
