/* recogniser.h: when the libraries of recognition are loaded. extract/ does it by itself when the first page is recognised; a
 * process that is to be shut in must have them before, and most need none. */
#ifndef DABIAO_RECOGNISER_H
#define DABIAO_RECOGNISER_H

#include <glib.h>

/* Loads them, if that has not been tried yet. That they cannot be had is said by the documents that need them. */
void dab_recogniser_load(void);
/* Whether that has been tried, with success or without. */
gboolean dab_recogniser_is_loaded(void);
/* The module that brings them, which may not be there; static. NULL: nobody knows where it would be. */
const char *dab_recogniser_file(void);

#endif
