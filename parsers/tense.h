/* tense.h: what headings and announcements say of all that follows: it was done, or it is to be done. */
#ifndef DABIAO_PARSERS_TENSE_H
#define DABIAO_PARSERS_TENSE_H

#include "dabiao/document.h"

/* Gives every sentence its tense by the rules of stage "tense". Kind "heading" is matched against titles of sections and lines that
 * stand alone; kind "lead" against sentences. A numbered heading speaks for its section. Any other announcement speaks for the list
 * that begins behind it (word list "first_labels"), or else until the section around it ends. The innermost one holds. Needs
 * sections. */
void dab_tense_read(DabDocument *document, const DabRules *rules);

#endif
