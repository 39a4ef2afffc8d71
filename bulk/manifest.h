/* manifest.h: what became of each input → manifest.jsonl, one line an input, in the order of the inputs.
 *
 * While a run goes on, lines stand in NAME.part in the order in which documents end, each written out at once, so that
 * even a power cut leaves them; the end of the run (also an interrupted one) writes NAME whole and removes the other. */
#ifndef DABIAO_BULK_MANIFEST_H
#define DABIAO_BULK_MANIFEST_H

#include "output/json.h"

typedef struct DabManifest DabManifest;

/* Begins DIR/name for n inputs; makes DIR. Error: DAB_ERROR_WRITE_FAILED. */
DabManifest *dab_manifest_new(const char *dir, const char *name, guint n, GError **error);
/* The line of input `index`. A full disk shows itself at the end. */
void dab_manifest_add(DabManifest *manifest, guint index, const DabManifestLine *line);
/* Writes it; inputs without a line are left out. Error: DAB_ERROR_WRITE_FAILED, then NAME.part is left. */
gboolean dab_manifest_finish(DabManifest *manifest, GError **error);
void dab_manifest_free(DabManifest *manifest); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabManifest, dab_manifest_free)

#endif
