/* media.c: signatures of the file types that report archives hold. */
#include "extract/media.h"

#include <string.h>

#include "extract/charset.h"
#include "extract/mime.h"

#define HEAD_BYTES 1024u          /* where a PDF or HTML mark may stand behind rubbish */
#define NAMES_BYTES (128u * 1024) /* of each end of a ZIP, where member names are looked for */

typedef struct {
    const char *mark;
    gsize len;
    const char *type;
} Signature;

static const Signature signatures[] = {
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "application/x-ole-storage"},
    {"{\\rtf", 5, "application/rtf"},
    {"\x89PNG\r\n\x1A\n", 8, "image/png"},
    {"\xFF\xD8\xFF", 3, "image/jpeg"},
    {"II*\0", 4, "image/tiff"},
    {"MM\0*", 4, "image/tiff"},
    {"GIF8", 4, "image/gif"},
    {"CAJ\0", 4, "application/x-caj"},
    {"\x1F\x8B", 2, "application/gzip"},
    {"Rar!", 4, "application/vnd.rar"},
    {"7z\xBC\xAF\x27\x1C", 6, "application/x-7z-compressed"},
};

/* Members that tell ZIP-based documents apart. */
static const struct {
    const char *member, *type;
} members[] = {
    {"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"word/_rels/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"OFD.xml", "application/ofd"},
    {"opendocument.text", "application/vnd.oasis.opendocument.text"},
    {"opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"},
    {"application/epub+zip", "application/epub+zip"},
};

static gboolean holds(const guint8 *data, gsize bytes, const char *needle) {
    return bytes && memmem(data, bytes, needle, strlen(needle)) != NULL;
}

static const char *zip_type(const guint8 *data, gsize bytes) {
    gsize part = MIN(bytes, NAMES_BYTES);
    for (guint i = 0; i < G_N_ELEMENTS(members); i++)
        if (holds(data, part, members[i].member) || holds(data + bytes - part, part, members[i].member)) return members[i].type;
    return "application/zip";
}

/* What an OLE file holds, by the names of its streams (MS-DOC 2.1, MS-XLS 2.1, MS-PPT 2.1), which stand in it as UTF-16. The .wps,
 * .et and .dps of WPS Office have them, too. */
static const char *ole_type(const guint8 *data, gsize bytes) {
    static const struct {
        const char *stream;
        gsize len;
        const char *type;
    } streams[] = {
        {"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24, "application/msword"},
        {"W\0o\0r\0k\0b\0o\0o\0k\0", 16, "application/vnd.ms-excel"},
        {"B\0o\0o\0k\0\0\0", 10, "application/vnd.ms-excel"},
        {"P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0", 38, "application/vnd.ms-powerpoint"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(streams); i++)
        if (memmem(data, bytes, streams[i].stream, streams[i].len)) return streams[i].type;
    return "application/x-ole-storage";
}

/* A whole page, or one that begins in the midst as hand-written ones do: <meta charset=utf-8><style>… */
static gboolean is_html(const guint8 *data, gsize bytes) {
    static const char *const tags[] = {"<meta",  "<head", "<title", "<style", "<script", "<body",
                                       "<table", "<div",  "<h1",    "<p>",    "<p "};
    char head[HEAD_BYTES + 1];
    gsize len = 0, i = 0;
    gboolean wide = bytes >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF)); /* UTF-16 */
    for (gsize k = wide ? 2 : 0; k < bytes && len < HEAD_BYTES; k++)
        if (data[k]) head[len++] = g_ascii_tolower((char)data[k]);
    head[len] = 0;
    if (strstr(head, "<!doctype html") || strstr(head, "<html")) return TRUE;
    if (len >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3)) i = 3;
    while (i < len && g_ascii_isspace(head[i])) i++;
    for (guint k = 0; head[i] == '<' && k < G_N_ELEMENTS(tags); k++)
        if (g_str_has_prefix(head + i, tags[k])) return TRUE;
    return FALSE;
}

/* GB18030: one byte below 0x80, two bytes, or four; a tail cut off by the end of the file is let pass. */
static gboolean is_gb18030(const guint8 *p, gsize n) {
    for (gsize i = 0; i < n;) {
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        if (p[i] == 0x80 || p[i] == 0xFF) return FALSE;
        if (i + 1 >= n) return TRUE;
        if (p[i + 1] >= 0x30 && p[i + 1] <= 0x39) {
            if (i + 3 >= n) return TRUE;
            if (p[i + 2] < 0x81 || p[i + 2] == 0xFF || p[i + 3] < 0x30 || p[i + 3] > 0x39) return FALSE;
            i += 4;
        } else {
            if (p[i + 1] < 0x40 || p[i + 1] == 0x7F || p[i + 1] == 0xFF) return FALSE;
            i += 2;
        }
    }
    return TRUE;
}

static gboolean is_text(const guint8 *data, gsize bytes) {
    if (bytes >= 2 && ((data[0] == 0xFF && data[1] == 0xFE) || (data[0] == 0xFE && data[1] == 0xFF))) return TRUE; /* UTF-16 */
    gsize odd = 0;
    gboolean little;
    for (gsize i = 0; i < bytes; i++) {
        if (data[i] == 0) return dab_charset_is_utf16(data, bytes, &little);
        odd += data[i] < 32 && !strchr("\t\n\v\f\r\x1A\x1B", data[i]);
    }
    if (odd * 100 > bytes) return FALSE;
    return g_utf8_validate((const char *)data, (gssize)bytes, NULL) || is_gb18030(data, bytes) ||
           dab_charset_is_utf16(data, bytes, &little);
}

const char *dab_media_type(const guint8 *data, gsize bytes) {
    if (!bytes) return "text/plain";
    if (holds(data, MIN(bytes, HEAD_BYTES), "%PDF-")) return "application/pdf";
    if (bytes >= 4 && !memcmp(data, "PK\3\4", 4)) return zip_type(data, bytes);
    if (bytes >= 8 && !memcmp(data, signatures[0].mark, 8)) return ole_type(data, bytes);
    for (guint i = 0; i < G_N_ELEMENTS(signatures); i++)
        if (bytes >= signatures[i].len && !memcmp(data, signatures[i].mark, signatures[i].len)) return signatures[i].type;
    if (bytes >= 12 && !memcmp(data, "RIFF", 4) && !memcmp(data + 8, "WEBP", 4)) return "image/webp";
    if (dab_mime_is(data, bytes)) return "multipart/related";
    if (is_html(data, bytes)) return "text/html";
    return is_text(data, bytes) ? "text/plain" : "application/octet-stream";
}

gboolean dab_media_is_locked_office(const guint8 *data, gsize bytes) {
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e"; /* MS-OFFCRYPTO 2.3.4: a stream of that name */
    return bytes >= 8 && !memcmp(data, signatures[0].mark, 8) && memmem(data, bytes, name, sizeof name) != NULL;
}

#define TO_DOCX "convert it with: soffice --headless --convert-to docx FILE"
#define TO_HTML "convert it with: soffice --headless --convert-to html FILE"
#define TO_PDF "convert it with: soffice --headless --convert-to pdf FILE"
#define UNPACK "unpack it and convert what is inside"

/* Types that only the name of a file tells. */
static const char *way_by_name(const char *path) {
    static const struct {
        const char *suffix, *way;
    } ways[] = {
        {".ceb", "open it in Apabi Reader and print it to PDF"},
        {".cebx", "open it in Apabi Reader and print it to PDF"},
        {".wps", TO_DOCX},
        {".doc", TO_DOCX},
        {".et", TO_HTML},
        {".xls", TO_HTML},
        {".kdh", "open it in CAJViewer and print it to PDF"},
        {".nh", "open it in CAJViewer and print it to PDF"},
    };
    g_autofree char *name = g_ascii_strdown(path ? path : "", -1);
    for (guint i = 0; i < G_N_ELEMENTS(ways); i++)
        if (g_str_has_suffix(name, ways[i].suffix)) return ways[i].way;
    return "only PDF, DOCX, HTML, plain text and pictures are read";
}

const char *dab_media_way_out(const char *type, const char *path) {
    static const struct {
        const char *prefix, *way;
    } ways[] = {
        {"application/msword", TO_DOCX},
        {"application/rtf", TO_DOCX},
        {"application/vnd.oasis.opendocument.text", TO_DOCX},
        {"application/vnd.ms-excel", TO_HTML},
        {"application/vnd.oasis.opendocument.spreadsheet", TO_HTML},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml", TO_HTML},
        {"application/vnd.o", TO_PDF},
        {"application/vnd.ms-powerpoint", TO_PDF},
        {"application/x-ole", TO_PDF},
        {"image/", "it needs OCR: img2pdf FILE -o FILE.pdf, then ocrmypdf -l chi_sim FILE.pdf OUT.pdf"},
        {"application/ofd", "export it as PDF from an OFD reader (WPS Office is one), or with the Python package easyofd"},
        {"application/x-caj", "open it in CAJViewer and print it to PDF"},
        {"application/zip", UNPACK},
        {"application/gzip", UNPACK},
        {"application/vnd.rar", UNPACK},
        {"application/x-7z", UNPACK},
    };
    for (guint i = 0; i < G_N_ELEMENTS(ways); i++)
        if (g_str_has_prefix(type, ways[i].prefix)) return ways[i].way;
    return way_by_name(path);
}
