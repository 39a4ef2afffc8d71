/* kept.h: string → what was found out of it, kept for whoever asks again. Callers ask with the same few strings (names of word
 * lists in the code, units, names in a document's pool), so a string that stands where it stood last time is told without hashing
 * it. */
#ifndef DABIAO_ENGINE_KEPT_H
#define DABIAO_ENGINE_KEPT_H

#include <string.h>

#include <glib.h>

#define DAB_KEPT_BITS 10

typedef struct {
    const char *at;  /* where the string stood that was asked for */
    const char *key; /* that string, as it is kept: what stands at `at` now may be another one */
    gpointer value;
} DabKeptSlot;

typedef struct {
    GHashTable *table;
    DabKeptSlot slots[1 << DAB_KEPT_BITS];
} DabKept;

/* `free_value` (NULL: none) frees the values; keys are lent, and live as long as their values. */
DabKept *dab_kept_new(GDestroyNotify free_value);
void dab_kept_free(DabKept *kept); /* NULL is fine */
void dab_kept_insert(DabKept *kept, const char *key, gpointer value);
/* Forgets all of it. */
void dab_kept_clear(DabKept *kept);
/* Looks in the table, and remembers where the string stands. */
gpointer dab_kept_find(DabKept *kept, const char *string);

static inline DabKeptSlot *dab_kept_slot(DabKept *kept, const char *string) {
    return &kept->slots[((guint64)(gsize)string * 0x9E3779B97F4A7C15u) >> (64 - DAB_KEPT_BITS)];
}

/* NULL: nothing is kept of it. */
static inline gpointer dab_kept_get(DabKept *kept, const char *string) {
    const DabKeptSlot *slot = dab_kept_slot(kept, string);
    return slot->at == string && !strcmp(slot->key, string) ? slot->value : dab_kept_find(kept, string);
}

#endif
