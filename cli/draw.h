/* draw.h: a report's file → its pages as HTML, drawn in a process of its own that is shut in as the workers of convert are: a file
 * that crashes or loops costs its pictures and nothing else. */
#ifndef DABIAO_CLI_DRAW_H
#define DABIAO_CLI_DRAW_H

#include "output/read.h"

/* The pages of `file`, whose hash must be the one that the output tells. NULL: *why says why there are none; free it. */
GString *dab_cli_draw(const DabOutput *output, const char *file, char **why);

#endif
