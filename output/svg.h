/* svg.h: pieces of SVG that pictures of pages share. One user unit is a point. */
#ifndef DABIAO_OUTPUT_SVG_H
#define DABIAO_OUTPUT_SVG_H

#include "dabiao/layout.h"

/* Coordinates have one decimal and a point, whatever the locale. */
void dab_svg_number(GString *out, float value);
/* ` name="12.5"` */
void dab_svg_attribute(GString *out, const char *name, float value);
/* `style` is its class. */
void dab_svg_rectangle(GString *out, DabBox box, const char *style);
/* A character of text or of an attribute in double quotes, in SVG and HTML alike; what has no place in XML is left out. */
void dab_svg_escape(GString *out, gunichar ch);
/* The text of a page (from 0), where it stands. */
void dab_svg_lines(const DabLayout *layout, guint page, GString *out);

#endif
