/* cache.h: which cache a run has, and the verb that shows and clears it. */
#ifndef DABIAO_CLI_CACHE_H
#define DABIAO_CLI_CACHE_H

#include "bulk/cache.h"

/* What a command line says of it. */
typedef struct {
    char *folder; /* --cache; NULL: the user's own, or what DABIAO_CACHE says */
    char *size;   /* --cache-size; NULL: the default */
    gboolean none;
    gboolean shared; /* the run is a part of one on many machines: no cache but one that is named */
} DabCliCache;

/* FALSE: *status says how to end, and it has been said why. *cache is NULL for a run without one. */
gboolean dab_cli_cache_open(const DabCliCache *options, const char *verb, DabCache **cache, int *status);

#endif
