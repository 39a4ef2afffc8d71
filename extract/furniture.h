/* furniture.h: what belongs to the paper and not to the text: page numbers, running heads and feet, watermarks. Found by
 * place and repetition; no word of any language is known here. */
#ifndef DABIAO_EXTRACT_FURNITURE_H
#define DABIAO_EXTRACT_FURNITURE_H

#include "extract/work.h"

/* The font size that most free text of the document has. */
float dab_body_size(const GPtrArray *pages);

/* Marks the runs of the pages (DabPageWork) that are furniture. */
void dab_furniture_find(const GPtrArray *pages, float body);

#endif
