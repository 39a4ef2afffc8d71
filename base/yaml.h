/* yaml.h: a YAML file as a tree whose nodes know their line and column, so that every complaint about a rule file can
 * point at the place. The only user of libyaml. Anchors work; tags and several documents in one file do not. */
#ifndef DABIAO_BASE_YAML_H
#define DABIAO_BASE_YAML_H

#include "base/pool.h"

typedef enum { DAB_YAML_SCALAR, DAB_YAML_SEQUENCE, DAB_YAML_MAPPING } DabYamlKind;

typedef struct DabYaml DabYaml;
typedef struct {
    DabYaml *key, *value;
} DabYamlPair;

typedef struct {
    const char *name; /* as messages show it */
    const char *text; /* the whole file, for the caret line */
} DabYamlFile;

struct DabYaml {
    DabYamlKind kind;
    const DabYamlFile *file;
    guint line, column; /* from 1; column counts code points */
    const char *text;   /* scalar */
    gboolean plain;     /* scalar without quotes: 12, true, ~ mean what they look like */
    guint n;
    DabYaml **items;    /* sequence: n */
    DabYamlPair *pairs; /* mapping: n, keys are scalars, no key twice */
};

/* Parses `text` (NUL-terminated, copied). Lent from `pool`. An empty file is an empty mapping. Error: DAB_ERROR_RULES with file,
 * line, column, caret. */
DabYaml *dab_yaml_parse(DabPool *pool, const char *name, const char *text, GError **error);

/* The value under `key`, or NULL (also when `node` is NULL or no mapping). */
const DabYaml *dab_yaml_get(const DabYaml *node, const char *key);
/* The scalar's text under `key`, or NULL when there is none. */
const char *dab_yaml_text(const DabYaml *node, const char *key);

/* Fills `error` with DAB_ERROR_RULES: "file:line:column: message", the line itself and a caret below the column; returns FALSE. */
gboolean dab_yaml_fail(const DabYaml *at, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The same `offset` bytes into the scalar's text (for an error inside a pattern on one line). */
gboolean dab_yaml_fail_inside(const DabYaml *at, gsize offset, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);
/* Fails at the first key that is not in the NULL-terminated list `known`. */
gboolean dab_yaml_only(const DabYaml *mapping, const char *const *known, GError **error);

#endif
