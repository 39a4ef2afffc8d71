/* member_lists.h: which members an archive holds, kept in the cache, so that one that has not changed is not read for it. The bytes
 * of a list are those a worker sent (archives.c), and are believed as little. */
#ifndef DABIAO_BULK_MEMBER_LISTS_H
#define DABIAO_BULK_MEMBER_LISTS_H

#include "bulk/cache.h"
#include "bulk/identity.h"

/* `reading`: what such a list depends on besides the archive. NULL: none is kept that is whole. The caller frees it. */
GString *dab_member_list_find(DabCache *cache, const guint8 reading[16], const DabIdentity *archive);
void dab_member_list_put(DabCache *cache, const guint8 reading[16], const DabIdentity *archive, const char *list, gsize bytes);

#endif
