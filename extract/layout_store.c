/* layout_store.c: a layout as columns of 4-byte words, each field of a type by itself (x0 of all glyphs, then y0 of all …), which
 * compress to a seventh; zstd compresses them and holds the checksum. What may stand in a layout is layout_sound.c's to say. */
#include "dabiao/layout_store.h"

#include <string.h>
#include <zstd.h>

#include "dabiao/limits.h"
#include "extract/layout_sound.h"

#define LEVEL 1 /* a tenth smaller at 3, for twice the time */

typedef struct {
    char magic[8];
    guint32 order, version;
    guint64 raw; /* bytes when unpacked */
} Front;
static const Front front = {.magic = "DABLAYO", .order = 0x01020304, .version = DAB_LAYOUT_STORE_VERSION};

/* The types that are stored as they are: nothing but words, so no padding. */
#define WORDS(type, n) G_STATIC_ASSERT(sizeof(type) == 4 * (n))
WORDS(DabPage, 4);
WORDS(DabGlyph, 7);
WORDS(DabLine, 10);
WORDS(DabBlock, 11);
WORDS(DabCell, 10);
WORDS(DabBox, 4);

typedef struct {
    guint32 n_columns, n_header_rows, first_page, last_page, ruled, n_boxes, n_rows;
} Table;
typedef struct {
    guint32 n_cells;
} Row;
typedef struct {
    guint32 page, code_bytes, message_bytes;
} Warning;

enum { PAGES, GLYPHS, LINES, BLOCKS, TABLES, ROWS, CELLS, BOXES, WARNINGS, N_PARTS };
static const gsize part_bytes[N_PARTS] = {sizeof(DabPage), sizeof(DabGlyph), sizeof(DabLine), sizeof(DabBlock), sizeof(Table),
                                          sizeof(Row),     sizeof(DabCell),  sizeof(DabBox),  sizeof(Warning)};

/* What stands first when unpacked; the parts follow, then the strings. */
typedef struct {
    guint32 text_from, n[N_PARTS], string_bytes;
} Head;

typedef struct {
    GArray *parts[N_PARTS];
} Bag;

static gsize raw_bytes(const Head *head) {
    guint64 sum = sizeof *head + head->string_bytes;
    for (guint i = 0; i < N_PARTS; i++) sum += (guint64)head->n[i] * part_bytes[i];
    return sum <= DAB_MAX_STORE_BYTES ? sum : 0;
}

static void bag_init(Bag *bag, DabPool *pool) {
    for (guint i = 0; i < N_PARTS; i++) bag->parts[i] = dab_pool_array(pool, part_bytes[i]);
}

/* ---- packing ---- */

static void put_table(Bag *bag, const DabTable *t) {
    Table table = {.n_columns = t->n_columns,
                   .n_header_rows = t->n_header_rows,
                   .first_page = t->first_page,
                   .last_page = t->last_page,
                   .ruled = (guint32)t->ruled,
                   .n_boxes = t->boxes->len,
                   .n_rows = t->rows->len};
    g_array_append_val(bag->parts[TABLES], table);
    g_array_append_vals(bag->parts[BOXES], t->boxes->data, t->boxes->len);
    for (guint r = 0; r < t->rows->len; r++) {
        const GArray *cells = g_array_index(t->rows, DabRow, r).cells;
        Row row = {cells->len};
        g_array_append_val(bag->parts[ROWS], row);
        g_array_append_vals(bag->parts[CELLS], cells->data, cells->len);
    }
}

static void put_warning(Bag *bag, GString *strings, const DabWarning *w) {
    Warning warning = {w->page, (guint32)strlen(w->code), (guint32)strlen(w->message)};
    g_array_append_val(bag->parts[WARNINGS], warning);
    g_string_append(strings, w->code);
    g_string_append(strings, w->message);
}

/* n things of so many words → the first word of each, then the second of each, … */
static guint8 *put_columns(guint8 *to, const void *things, gsize n, gsize words) {
    const guint32 *from = things;
    guint32 *out = (guint32 *)(void *)to;
    for (gsize w = 0; w < words; w++)
        for (gsize i = 0; i < n; i++) *out++ = from[i * words + w];
    return (guint8 *)out;
}

static const guint8 *get_columns(void *things, const guint8 *from, gsize n, gsize words) {
    guint32 *to = things;
    const guint32 *in = (const guint32 *)(const void *)from;
    for (gsize w = 0; w < words; w++)
        for (gsize i = 0; i < n; i++) to[i * words + w] = *in++;
    return (const guint8 *)in;
}

static guint8 *compress(const guint8 *raw, gsize bytes, gsize *packed_bytes) {
    ZSTD_CCtx *zstd = ZSTD_createCCtx();
    if (!zstd) return NULL;
    gsize room = ZSTD_compressBound(bytes);
    g_autofree guint8 *out = g_malloc(sizeof(Front) + room);
    Front own = front;
    own.raw = bytes;
    memcpy(out, &own, sizeof own);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
    gsize got = ZSTD_compress2(zstd, out + sizeof own, room, raw, bytes);
    ZSTD_freeCCtx(zstd);
    if (ZSTD_isError(got)) return NULL;
    *packed_bytes = sizeof own + got;
    return g_realloc(g_steal_pointer(&out), *packed_bytes);
}

guint8 *dab_layout_pack(const DabLayout *l, gsize *bytes) {
    if (!dab_layout_is_sound(l)) return NULL;
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GString) strings = g_string_new(NULL);
    GArray *whole[] = {l->pages, l->glyphs, l->lines, l->blocks};
    Bag bag;
    bag_init(&bag, pool);
    for (guint i = 0; i < l->tables->len; i++) put_table(&bag, l->tables->pdata[i]);
    for (guint i = 0; i < l->warnings->len; i++) put_warning(&bag, strings, &g_array_index(l->warnings, DabWarning, i));
    for (guint i = 0; i < G_N_ELEMENTS(whole); i++) bag.parts[i] = whole[i];
    Head head = {.text_from = (guint32)l->text_from, .string_bytes = (guint32)strings->len};
    for (guint i = 0; i < N_PARTS; i++) head.n[i] = bag.parts[i]->len;
    gsize raw = raw_bytes(&head);
    if (!raw) return NULL;
    g_autofree guint8 *all = g_malloc(raw);
    memcpy(all, &head, sizeof head);
    guint8 *to = all + sizeof head;
    for (guint i = 0; i < N_PARTS; i++) to = put_columns(to, bag.parts[i]->data, bag.parts[i]->len, part_bytes[i] / 4);
    memcpy(to, strings->str, strings->len);
    return compress(all, raw, bytes);
}

/* ---- unpacking ---- */

/* NULL: not what compress() made. The length that is claimed bounds what is allocated. */
static guint8 *decompress(const guint8 *data, gsize bytes, gsize *raw) {
    Front own;
    if (bytes < sizeof own) return NULL;
    memcpy(&own, data, sizeof own);
    *raw = own.raw;
    own.raw = 0;
    if (memcmp(&own, &front, sizeof own) != 0 || *raw < sizeof(Head) || *raw > DAB_MAX_STORE_BYTES) return NULL;
    if (ZSTD_getFrameContentSize(data + sizeof own, bytes - sizeof own) != *raw) return NULL;
    g_autofree guint8 *out = g_try_malloc(*raw);
    if (!out || ZSTD_decompress(out, *raw, data + sizeof own, bytes - sizeof own) != *raw) return NULL;
    return g_steal_pointer(&out);
}

/* Takes the next `n` things of a part, which must be there. */
static gboolean take(GArray *part, guint *at, guint n, GArray *into) {
    if (n > part->len - *at) return FALSE;
    if (n) g_array_append_vals(into, part->data + (gsize)*at * g_array_get_element_size(part), n);
    *at += n;
    return TRUE;
}

static gboolean get_tables(DabLayout *l, const Bag *bag) {
    guint row = 0, cell = 0, box = 0;
    for (guint i = 0; i < bag->parts[TABLES]->len; i++) {
        const Table *from = &g_array_index(bag->parts[TABLES], Table, i);
        DabTable *t = dab_pool_new0(l->pool, DabTable);
        *t = (DabTable){.n_columns = from->n_columns,
                        .n_header_rows = from->n_header_rows,
                        .first_page = from->first_page,
                        .last_page = from->last_page,
                        .ruled = (gboolean)from->ruled,
                        .boxes = dab_pool_array(l->pool, sizeof(DabBox)),
                        .rows = dab_pool_array(l->pool, sizeof(DabRow))};
        if (!take(bag->parts[BOXES], &box, from->n_boxes, t->boxes) || from->n_rows > bag->parts[ROWS]->len - row) return FALSE;
        for (guint r = 0; r < from->n_rows; r++) {
            DabRow own = {dab_pool_array(l->pool, sizeof(DabCell))};
            if (!take(bag->parts[CELLS], &cell, g_array_index(bag->parts[ROWS], Row, row++).n_cells, own.cells)) return FALSE;
            g_array_append_val(t->rows, own);
        }
        g_ptr_array_add(l->tables, t);
    }
    return row == bag->parts[ROWS]->len && cell == bag->parts[CELLS]->len && box == bag->parts[BOXES]->len;
}

static gboolean get_warnings(DabLayout *l, const Bag *bag, const char *strings, gsize len) {
    for (guint i = 0; i < bag->parts[WARNINGS]->len; i++) {
        const Warning *from = &g_array_index(bag->parts[WARNINGS], Warning, i);
        if (from->code_bytes > len || from->message_bytes > len - from->code_bytes) return FALSE;
        DabWarning w = {.code = dab_pool_strndup(l->pool, strings, from->code_bytes),
                        .message = dab_pool_strndup(l->pool, strings + from->code_bytes, from->message_bytes),
                        .page = from->page};
        strings += from->code_bytes + from->message_bytes;
        len -= from->code_bytes + from->message_bytes;
        g_array_append_val(l->warnings, w);
    }
    return len == 0;
}

DabLayout *dab_layout_unpack(DabPool *pool, const guint8 *data, gsize bytes) {
    gsize raw = 0;
    g_autofree guint8 *all = decompress(data, bytes, &raw);
    Head head;
    if (!all) return NULL;
    memcpy(&head, all, sizeof head);
    if (raw_bytes(&head) != raw || head.text_from > DAB_TEXT_FROM_MIXED) return NULL;
    DabLayout *l = dab_layout_new(pool);
    GArray *whole[] = {l->pages, l->glyphs, l->lines, l->blocks};
    Bag bag;
    l->text_from = (DabTextFrom)head.text_from;
    bag_init(&bag, pool);
    for (guint i = 0; i < G_N_ELEMENTS(whole); i++) bag.parts[i] = whole[i];
    const guint8 *from = all + sizeof head;
    for (guint i = 0; i < N_PARTS; i++) {
        g_array_set_size(bag.parts[i], head.n[i]);
        from = get_columns(bag.parts[i]->data, from, head.n[i], part_bytes[i] / 4);
    }
    gboolean whole_one = get_tables(l, &bag) && get_warnings(l, &bag, (const char *)from, head.string_bytes);
    return whole_one && dab_layout_is_sound(l) ? l : NULL;
}
