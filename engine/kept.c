#include "engine/kept.h"

DabKept *dab_kept_new(GDestroyNotify free_value) {
    DabKept *k = g_new0(DabKept, 1);
    k->table = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_value);
    return k;
}

void dab_kept_free(DabKept *k) {
    if (!k) return;
    g_hash_table_unref(k->table);
    g_free(k);
}

void dab_kept_insert(DabKept *k, const char *key, gpointer value) {
    g_hash_table_insert(k->table, (gpointer)key, value);
}

void dab_kept_clear(DabKept *k) {
    g_hash_table_remove_all(k->table);
    memset(k->slots, 0, sizeof k->slots);
}

gpointer dab_kept_find(DabKept *k, const char *string) {
    gpointer key, value;
    if (!g_hash_table_lookup_extended(k->table, string, &key, &value)) return NULL;
    *dab_kept_slot(k, string) = (DabKeptSlot){string, key, value};
    return value;
}
