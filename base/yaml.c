#include "base/yaml.h"

#include <string.h>
#include <yaml.h>

#include "dabiao/error.h"

/* The line `line` (from 1) of the file, without its end. Lent: start and length. */
static const char *file_line(const DabYamlFile *file, guint line, gsize *len) {
    const char *s = file->text;
    for (guint i = 1; i < line && s; i++) {
        s = strchr(s, '\n');
        if (s) s++;
    }
    if (!s) s = "";
    *len = strcspn(s, "\r\n");
    return s;
}

#define SHOWN_BEFORE 60 /* characters of a line before the caret, and around it: word lists stand on lines of thousands */
#define SHOWN 140

/* file:line:column: message, the line or its part around the column, a caret. Wide characters get two blanks in the caret's line,
 * so that the caret stands below its character on a terminal. */
static void set_error(const DabYamlFile *file, guint line, guint column, GError **error, const char *message) {
    gsize len;
    const char *s = file_line(file, line, &len), *end = s + len;
    g_autoptr(GString) shown = g_string_new(NULL), below = g_string_new(NULL);
    guint first = column > SHOWN_BEFORE ? column - SHOWN_BEFORE : 1;
    for (guint c = 1; s < end; c++, s = g_utf8_next_char(s)) {
        gunichar ch = g_utf8_get_char_validated(s, end - s);
        if (ch >= (gunichar)-2) break;
        if (c < first) continue;
        gboolean cut = (c == first && first > 1) || c == first + SHOWN;
        g_string_append_unichar(shown, cut ? 0x2026 : ch);
        if (c < column) g_string_append(below, ch == '\t' ? "\t" : !cut && g_unichar_iswide(ch) ? "  " : " ");
        if (c == first + SHOWN) break;
    }
    g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s:%u:%u: %s\n  %s\n  %s^", file->name, line, column, message, shown->str,
                below->str);
}

gboolean dab_yaml_fail(const DabYaml *at, GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    set_error(at->file, at->line, at->column, error, message);
    return FALSE;
}

gboolean dab_yaml_fail_inside(const DabYaml *at, gsize offset, GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    guint column = at->column;
    gsize len;
    const char *line = file_line(at->file, at->line, &len);
    const char *here = g_utf8_offset_to_pointer(line, (glong)MIN((glong)column - 1, g_utf8_strlen(line, (gssize)len)));
    /* only a scalar that stands on its line as it is can be pointed into; a folded or escaped one is named as a whole */
    const char *found = at->text ? g_strstr_len(here, (gssize)(line + len - here), at->text) : NULL;
    if (found && offset <= strlen(at->text)) column += (guint)g_utf8_strlen(here, (gssize)(found - here + (gssize)offset));
    set_error(at->file, at->line, column, error, message);
    return FALSE;
}

typedef struct {
    DabPool *pool;
    const DabYamlFile *file;
    yaml_document_t *document;
    guint depth;
} Reader;

#define MAX_DEPTH 32 /* rule files are a few levels deep; an anchor that holds itself would go on for ever */

static DabYaml *read_node(Reader *r, int index, GError **error);

static gboolean read_mapping(Reader *r, yaml_node_t *raw, DabYaml *node, GError **error) {
    node->kind = DAB_YAML_MAPPING;
    node->n = (guint)(raw->data.mapping.pairs.top - raw->data.mapping.pairs.start);
    node->pairs = dab_pool_alloc(r->pool, node->n * sizeof *node->pairs);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < node->n; i++) {
        yaml_node_pair_t *p = raw->data.mapping.pairs.start + i;
        if (!(node->pairs[i].key = read_node(r, p->key, error))) return FALSE;
        if (!(node->pairs[i].value = read_node(r, p->value, error))) return FALSE;
        const DabYaml *key = node->pairs[i].key;
        if (key->kind != DAB_YAML_SCALAR) return dab_yaml_fail(key, error, "a key must be a plain word");
        if (!g_hash_table_add(seen, (gpointer)key->text))
            return dab_yaml_fail(key, error, "the key \"%s\" stands twice in this mapping", key->text);
    }
    return TRUE;
}

static DabYaml *read_node(Reader *r, int index, GError **error) {
    yaml_node_t *raw = yaml_document_get_node(r->document, index);
    DabYaml *node = dab_pool_new0(r->pool, DabYaml);
    node->file = r->file;
    node->line = (guint)raw->start_mark.line + 1;
    node->column = (guint)raw->start_mark.column + 1;
    if (r->depth >= MAX_DEPTH) {
        dab_yaml_fail(node, error, "nested more than %d levels deep", MAX_DEPTH);
        return NULL;
    }
    r->depth++;
    gboolean ok = TRUE;
    if (raw->type == YAML_SCALAR_NODE) {
        node->kind = DAB_YAML_SCALAR;
        node->text = dab_pool_strndup(r->pool, (const char *)raw->data.scalar.value, raw->data.scalar.length);
        node->plain = raw->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    } else if (raw->type == YAML_SEQUENCE_NODE) {
        node->kind = DAB_YAML_SEQUENCE;
        node->n = (guint)(raw->data.sequence.items.top - raw->data.sequence.items.start);
        node->items = dab_pool_alloc(r->pool, node->n * sizeof *node->items);
        for (guint i = 0; i < node->n && ok; i++)
            ok = (node->items[i] = read_node(r, raw->data.sequence.items.start[i], error)) != NULL;
    } else {
        ok = read_mapping(r, raw, node, error);
    }
    r->depth--;
    return ok ? node : NULL;
}

DabYaml *dab_yaml_parse(DabPool *pool, const char *name, const char *text, GError **error) {
    DabYamlFile *file = dab_pool_new0(pool, DabYamlFile);
    *file = (DabYamlFile){.name = dab_pool_strdup(pool, name), .text = dab_pool_strdup(pool, text)};
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser)) {
        g_set_error(error, DAB_ERROR, DAB_ERROR_RULES, "%s: no memory for the YAML reader", name);
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)file->text, strlen(file->text));
    DabYaml *tree = NULL;
    if (!yaml_parser_load(&parser, &document)) {
        set_error(file, (guint)parser.problem_mark.line + 1, (guint)parser.problem_mark.column + 1, error,
                  parser.problem ? parser.problem : "not YAML");
        yaml_parser_delete(&parser);
        return NULL;
    }
    if (yaml_document_get_root_node(&document)) {
        Reader reader = {.pool = pool, .file = file, .document = &document};
        tree = read_node(&reader, 1, error);
    } else {
        tree = dab_pool_new0(pool, DabYaml);
        *tree = (DabYaml){.kind = DAB_YAML_MAPPING, .file = file, .line = 1, .column = 1};
    }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return tree;
}

const DabYaml *dab_yaml_get(const DabYaml *node, const char *key) {
    if (!node || node->kind != DAB_YAML_MAPPING) return NULL;
    for (guint i = 0; i < node->n; i++)
        if (!strcmp(node->pairs[i].key->text, key)) return node->pairs[i].value;
    return NULL;
}

const char *dab_yaml_text(const DabYaml *node, const char *key) {
    const DabYaml *value = dab_yaml_get(node, key);
    return value && value->kind == DAB_YAML_SCALAR ? value->text : NULL;
}

gboolean dab_yaml_only(const DabYaml *mapping, const char *const *known, GError **error) {
    for (guint i = 0; i < mapping->n; i++) {
        const DabYaml *key = mapping->pairs[i].key;
        if (g_strv_contains(known, key->text)) continue;
        g_autofree char *list = g_strjoinv(", ", (char **)known);
        return dab_yaml_fail(key, error, "unknown key \"%s\"; known here: %s", key->text, list);
    }
    return TRUE;
}
