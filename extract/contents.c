#include "extract/contents.h"

#include "extract/text_lines.h"

#define MIN_ENTRIES 3u
#define MAX_ENTRIES 2000u
#define MAX_ENTRY 80u /* glyphs: longer is no title */
#define MAX_DIGITS 3u /* of a page number */

/* An entry: its title without blanks and without the page number. */
typedef struct {
    guint block, page;
    char *title;
} Entry;

static void clear_entry(gpointer entry) {
    g_free(((Entry *)entry)->title);
}

/* The characters of a block but for blanks; NULL where they are more than a title has. */
static GArray *letters_of(const DabLayout *layout, const DabBlock *b) {
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(gunichar));
    if (b->kind != DAB_BLOCK_PARAGRAPH && b->kind != DAB_BLOCK_HEADING) return NULL;
    for (guint k = b->first_line; k < b->first_line + b->n_lines; k++) {
        const DabLine *l = &g_array_index(layout->lines, DabLine, k);
        if (l->n_glyphs > 2 * MAX_ENTRY) return NULL;
        for (guint i = l->first_glyph; i < l->first_glyph + l->n_glyphs; i++) {
            gunichar c = g_array_index(layout->glyphs, DabGlyph, i).ch;
            if (!dab_text_is_blank(c)) g_array_append_val(out, c);
        }
        if (out->len > MAX_ENTRY) return NULL;
    }
    return g_steal_pointer(&out);
}

static char *text_of(const GArray *letters, guint n) {
    return g_ucs4_to_utf8((const gunichar *)(gpointer)letters->data, n, NULL, NULL, NULL);
}

/* 二、重点工作 12: no sentence, and a letter before the number. */
static gboolean read_entry(const DabLayout *layout, guint block, Entry *entry) {
    g_autoptr(GArray) letters = letters_of(layout, &g_array_index(layout->blocks, DabBlock, block));
    guint page = 0, weight = 1, n = letters ? letters->len : 0;
    for (; n && dab_text_is_digit(g_array_index(letters, gunichar, n - 1)) && letters->len - n <= MAX_DIGITS; n--, weight *= 10)
        page += (g_array_index(letters, gunichar, n - 1) & 0xF) * weight; /* '3' is 0x33, ３ is 0xFF13 */
    if (n < 2 || n == letters->len || letters->len - n > MAX_DIGITS || !g_unichar_isalpha(g_array_index(letters, gunichar, n - 1)))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        gunichar c = g_array_index(letters, gunichar, i);
        if (c == 0x3002 || c == 0xFF0C || c == 0xFF1B || c == ';') return FALSE; /* 。，； */
    }
    *entry = (Entry){block, page, text_of(letters, n)};
    return TRUE;
}

/* The titles that stand from a block on, each alone in its block. */
static GHashTable *titles_from(const DabLayout *layout, guint block) {
    GHashTable *titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (; block < layout->blocks->len; block++) {
        g_autoptr(GArray) letters = letters_of(layout, &g_array_index(layout->blocks, DabBlock, block));
        if (letters && letters->len) g_hash_table_add(titles, text_of(letters, letters->len));
    }
    return titles;
}

static void drop_run(DabLayout *layout, const GArray *entries) {
    guint found = 0;
    if (entries->len < MIN_ENTRIES) return;
    const Entry *last = &g_array_index(entries, Entry, entries->len - 1);
    if (last->page == g_array_index(entries, Entry, 0).page) return;
    g_autoptr(GHashTable) titles = titles_from(layout, last->block + 1);
    for (guint i = 0; i < entries->len; i++) found += g_hash_table_contains(titles, g_array_index(entries, Entry, i).title);
    if (found * 2 < entries->len) return;
    for (guint i = 0; i < entries->len; i++)
        g_array_index(layout->blocks, DabBlock, g_array_index(entries, Entry, i).block).kind = DAB_BLOCK_FURNITURE;
}

/* Only the first run is looked at: a document has one table of contents, and each look goes through all that follows. */
void dab_contents_drop(DabLayout *layout) {
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(entries, clear_entry);
    for (guint i = 0; i < layout->blocks->len && entries->len < MAX_ENTRIES; i++) {
        Entry entry;
        gboolean is = read_entry(layout, i, &entry);
        if (is && entries->len && entry.page < g_array_index(entries, Entry, entries->len - 1).page) {
            clear_entry(&entry);
            is = FALSE;
        }
        if (is)
            g_array_append_val(entries, entry);
        else if (entries->len >= MIN_ENTRIES)
            break;
        else
            g_array_set_size(entries, 0);
    }
    drop_run(layout, entries);
}
