/* html_table.h: the tables of a page: those that hold data, with their spans, and those that only place things, as blocks. */
#ifndef DABIAO_EXTRACT_HTML_TABLE_H
#define DABIAO_EXTRACT_HTML_TABLE_H

#include "extract/html_content.h"
#include "extract/html_look.h"
#include "extract/writer.h"

/* Reads what is in a cell, or in any element of a table that is unwrapped, into the writer. */
typedef void (*DabHtmlReadCell)(gpointer data, const DabXml *cell, const DabHtmlLook *look);

void dab_html_table_read(DabWriter *writer, const DabXml *table, const DabHtmlContent *content, const DabHtmlLook *look,
                         DabHtmlReadCell read_cell, gpointer data);

#endif
