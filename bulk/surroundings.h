/* surroundings.h: what the text of a document depends on besides its bytes: this program, its libraries, fonts, the data of Poppler
 * and Tesseract. What was kept under other surroundings is not looked at again. */
#ifndef DABIAO_BULK_SURROUNDINGS_H
#define DABIAO_BULK_SURROUNDINGS_H

#include "base/digest.h"

/* The same on machines with the same program, packages and fonts. */
void dab_surroundings(guint8 digest[DAB_SHA256_BYTES]);

#endif
