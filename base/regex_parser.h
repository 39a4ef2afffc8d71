/* regex_parser.h: what the two halves of the pattern reader share: regex_tree.c (groups, choices, repetitions) and regex_atoms.c
 * (what stands for one character). */
#ifndef DABIAO_BASE_REGEX_PARSER_H
#define DABIAO_BASE_REGEX_PARSER_H

#include "base/regex_tree.h"

typedef struct {
    DabPool *pool;
    const char *s;
    guint depth;
    gboolean lost; /* something was met that this page does not know */
} DabReParser;

DabRe *dab_re_node(DabReParser *parser, DabReKind kind);
DabRe *dab_re_char(DabReParser *parser, gunichar c);
/* One character, nobody knows which. */
DabRe *dab_re_one(DabReParser *parser, gboolean no_tag);
/* The next character of the pattern. */
gunichar dab_re_take(DabReParser *parser);
/* Behind a backslash; behind [. */
DabRe *dab_re_escape(DabReParser *parser);
DabRe *dab_re_class(DabReParser *parser);

#endif
