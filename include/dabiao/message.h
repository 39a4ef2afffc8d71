/* message.h: the words of a finding, which live in the rules, with figures filled in. */
#ifndef DABIAO_MESSAGE_H
#define DABIAO_MESSAGE_H

#include <glib.h>

/* `words` (NULL: indicator and figure alone) with each {key} of `fields` (key, value, …, NULL) replaced; a key that there is no
 * field for stays. A value is not looked into for keys. Free with g_free. */
char *dab_message_fill(const char *words, const char *const *fields);

#endif
