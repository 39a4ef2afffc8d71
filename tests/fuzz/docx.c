/* DOCX, two ways. Bytes that begin as a ZIP are a file as it comes. Any others are the parts of one: word/document.xml,
 * word/styles.xml and word/numbering.xml, parted by NULs, packed here, so that the fuzzer need not guess checksums. */
#include "extract/docx.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

/* CRC-32 of ISO 3309, as ZIP has it. */
static guint32 crc32_of(const guint8 *data, gsize len) {
    guint32 crc = 0xFFFFFFFF;
    for (gsize i = 0; i < len; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static void put(GByteArray *to, guint64 value, guint bytes) {
    for (guint i = 0; i < bytes; i++) {
        guint8 byte = (guint8)(value >> 8 * i);
        g_byte_array_append(to, &byte, 1);
    }
}

typedef struct {
    GByteArray *file, *directory;
    guint n;
} Zip;

/* A member that is stored, not deflated (APPNOTE.TXT 4.3.7 and 4.3.12). */
static void add(Zip *zip, const char *name, const guint8 *data, gsize len) {
    guint32 at = zip->file->len, crc = crc32_of(data, len);
    put(zip->file, 0x04034B50, 4);
    put(zip->directory, 0x02014B50, 4);
    put(zip->directory, 20, 2);
    for (int i = 0; i < 2; i++) {
        GByteArray *to = i ? zip->directory : zip->file;
        put(to, 20, 2);
        put(to, 0, 2 + 2 + 4);
        put(to, crc, 4);
        put(to, len, 4);
        put(to, len, 4);
        put(to, strlen(name), 2);
        put(to, 0, 2);
    }
    put(zip->directory, 0, 2 + 2 + 2);
    put(zip->directory, 0, 4);
    put(zip->directory, at, 4);
    g_byte_array_append(zip->file, (const guint8 *)name, (guint)strlen(name));
    g_byte_array_append(zip->directory, (const guint8 *)name, (guint)strlen(name));
    g_byte_array_append(zip->file, data, (guint)len);
    zip->n++;
}

static void finish(Zip *zip) {
    guint32 at = zip->file->len;
    g_byte_array_append(zip->file, zip->directory->data, zip->directory->len);
    put(zip->file, 0x06054B50, 4);
    put(zip->file, 0, 4);
    put(zip->file, zip->n, 2);
    put(zip->file, zip->n, 2);
    put(zip->file, zip->directory->len, 4);
    put(zip->file, at, 4);
    put(zip->file, 0, 2);
}

static void add_text(Zip *zip, const char *name, const char *text) {
    add(zip, name, (const guint8 *)text, strlen(text));
}

#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static void pack(Zip *zip, const uint8_t *data, size_t size) {
    static const char *const names[] = {"word/document.xml", "word/styles.xml", "word/numbering.xml"};
    add_text(zip, "[Content_Types].xml",
             "<Types xmlns='" PACKAGE "content-types'><Override PartName='/word/document.xml' "
             "ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>");
    add_text(zip, "_rels/.rels",
             "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='r' Type='" OFFICE
             "officeDocument' Target='word/document.xml'/></Relationships>");
    add_text(zip, "word/_rels/document.xml.rels",
             "<Relationships xmlns='" PACKAGE "relationships'><Relationship Id='s' Type='" OFFICE
             "styles' Target='styles.xml'/><Relationship Id='n' Type='" OFFICE
             "numbering' Target='numbering.xml'/></Relationships>");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const uint8_t *end = size && i + 1 < G_N_ELEMENTS(names) ? memchr(data, 0, size) : NULL;
        size_t len = end ? (size_t)(end - data) : size;
        if (len) add(zip, names[i], data, len);
        data += end ? len + 1 : len;
        size -= end ? len + 1 : len;
    }
    finish(zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GByteArray) file = g_byte_array_new(), directory = g_byte_array_new();
    Zip zip = {file, directory, 0};
    if (size >= 2 && !memcmp(data, "PK", 2))
        g_byte_array_append(file, data, (guint)size);
    else
        pack(&zip, data, size);
    const DabSource *source =
        fuzz_source(pool, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", file->data, file->len);
    fuzz_whole(pool, source, dab_extract_docx(pool, source, NULL));
    return 0;
}
