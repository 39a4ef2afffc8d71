/* sentences.h: passages → sentences, each with its numbers. */
#ifndef DABIAO_PARSERS_SENTENCES_H
#define DABIAO_PARSERS_SENTENCES_H

#include "dabiao/document.h"

/* Cuts every passage behind 。！？ (and the closing quotes and brackets that follow), finds its numbers, and gives each sentence
 * its share of them. Semicolons do not cut: subject and tense go on over them. Furniture has numbers too, but only as context. */
void dab_sentences_cut(DabDocument *document, const DabRules *rules);

#endif
