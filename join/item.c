#include "join/item.h"

#include <string.h>

DabJoin *dab_join_new(const DabRules *rules) {
    DabJoin *j = g_new0(DabJoin, 1);
    j->rules = rules;
    j->text = g_string_chunk_new(64 * 1024);
    j->docs = g_ptr_array_new_with_free_func(g_free);
    j->items = g_ptr_array_new_with_free_func(g_free);
    return j;
}

void dab_join_free(DabJoin *j) {
    if (!j) return;
    if (j->places) g_hash_table_unref(j->places);
    g_ptr_array_unref(j->items);
    g_ptr_array_unref(j->docs);
    g_string_chunk_free(j->text);
    g_free(j);
}

static const char *keep(DabJoin *j, const char *text) {
    return text && *text ? g_string_chunk_insert_const(j->text, text) : NULL;
}

static gint year_of(const char *date, gint otherwise) {
    gint year = date ? (gint)g_ascii_strtoll(date, NULL, 10) : 0;
    return year > 0 ? year : otherwise;
}

static DabComparator comparator_of(const char *sign) {
    for (DabComparator c = DAB_EQ; c <= DAB_LT; c++)
        if (!g_strcmp0(sign, dab_comparator_sign(c))) return c;
    return DAB_EQ;
}

/* By the name and the clause before the number; by the whole sentence where the number is not found in it. */
static DabNature nature_of(const DabRules *rules, const DabOutputMeasure *m) {
    const char *sentence = m->sentence ? m->sentence : "";
    const char *at = m->raw && *m->raw ? strstr(sentence, m->raw) : NULL;
    gsize len = strlen(sentence);
    const char *clause = at ? dab_clause_before(rules, sentence, (gsize)(at - sentence), &len) : sentence;
    DabNature nature = dab_nature(rules, clause, len, m->indicator);
    gboolean amount = m->unit && !strpbrk(m->unit, "%/") && !m->change;
    nature.further |= at && amount && !g_strcmp0(m->role, "target") && dab_is_of_the_rest(rules, sentence, (gsize)(at - sentence));
    return nature;
}

static gboolean is_answered(const DabOutput *o, const DabOutputMeasure *m) {
    for (guint i = 0; i < o->links->len; i++)
        if (!g_strcmp0(g_array_index(o->links, DabOutputLink, i).target, m->id)) return TRUE;
    return FALSE;
}

static void add_item(DabJoin *j, const DabJoinDoc *doc, const DabOutput *o, const DabOutputMeasure *m) {
    gboolean target = !g_strcmp0(m->role, "target");
    gint year = year_of(target ? m->deadline : m->as_of, m->year ? m->year : o->year);
    g_autofree char *essence = dab_name_essence(j->rules, m->indicator);
    if (!year || !*essence) return;
    DabJoinItem *i = g_new0(DabJoinItem, 1);
    g_ptr_array_add(j->items, i);
    *i = (DabJoinItem){.doc = doc,
                       .id = keep(j, m->id),
                       .indicator = keep(j, m->indicator),
                       .essence = keep(j, essence),
                       .scope = keep(j, m->scope),
                       .sentence = keep(j, m->sentence),
                       .raw = keep(j, m->raw),
                       .as_of = keep(j, m->as_of),
                       .deadline = keep(j, m->deadline),
                       .change = keep(j, m->change),
                       .comparator = comparator_of(m->comparator),
                       .nature = nature_of(j->rules, m),
                       .target = target,
                       .answered = target && is_answered(o, m),
                       .has_value = m->has_value,
                       .has_range = m->has_low && m->has_high,
                       .approximate = m->approximate,
                       .value = m->value,
                       .low = m->low,
                       .high = m->high,
                       .year = year};
    i->unit = m->unit && *m->unit ? keep(j, m->unit) : "";
    i->unit_class = dab_unit_class(j->rules, i->unit);
}

void dab_join_add(DabJoin *j, const DabOutput *o, const char *name) {
    DabJoinDoc *doc = g_new0(DabJoinDoc, 1);
    g_ptr_array_add(j->docs, doc);
    *doc = (DabJoinDoc){.name = keep(j, name),
                        .sha256 = keep(j, o->source_sha256),
                        .region = keep(j, o->region),
                        .issuer = keep(j, o->issuer),
                        .date = keep(j, o->date),
                        .index = j->docs->len};
    for (guint k = 0; k < o->measures->len; k++) {
        const DabOutputMeasure *m = &g_array_index(o->measures, DabOutputMeasure, k);
        gboolean wanted = !g_strcmp0(m->role, "target") || !g_strcmp0(m->role, "outcome");
        if (wanted && m->id && m->indicator && *m->indicator) add_item(j, doc, o, m);
    }
}

static char *key_of(const char *what, const char *place, gint year) {
    return g_strdup_printf("%s %d %s", what, year, place);
}

static void file_under(DabJoin *j, const char *what, const char *place, DabJoinItem *i) {
    if (!place) return;
    g_autofree char *key = key_of(what, place, i->year);
    GPtrArray *items = g_hash_table_lookup(j->places, key);
    if (!items) {
        items = g_ptr_array_new();
        g_hash_table_insert(j->places, g_string_chunk_insert_const(j->text, key), items);
    }
    g_ptr_array_add(items, i);
}

void dab_join_file(DabJoin *j) {
    if (j->places) return;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    j->places = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < j->docs->len; i++) {
        const DabJoinDoc *doc = j->docs->pdata[i];
        if (doc->region && g_hash_table_add(seen, (gpointer)doc->region)) g_ptr_array_add(regions, (gpointer)doc->region);
    }
    for (guint i = 0; i < j->docs->len; i++) {
        DabJoinDoc *doc = j->docs->pdata[i];
        if (doc->region) doc->place = dab_region_whole(j->rules, regions, doc->region);
    }
    for (guint i = 0; i < j->items->len; i++) {
        DabJoinItem *item = j->items->pdata[i];
        file_under(j, "region", item->doc->place, item);
        file_under(j, "issuer", item->doc->issuer, item);
    }
}

const GPtrArray *dab_join_look(const DabJoin *j, const char *what, const char *place, gint year) {
    if (!place) return NULL;
    g_autofree char *key = key_of(what, place, year);
    return g_hash_table_lookup(j->places, key);
}
