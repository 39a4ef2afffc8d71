/* trie.h: a set of words, asked for the longest one that stands at a place of a text. Built once, then only read.
 * Words and texts are valid UTF-8; a step costs one hash probe for each character. */
#ifndef DABIAO_BASE_TRIE_H
#define DABIAO_BASE_TRIE_H

#include <glib.h>

typedef struct DabTrie DabTrie;

/* `backwards`: words are found by where they end. */
DabTrie *dab_trie_new(gboolean backwards);
void dab_trie_free(DabTrie *trie); /* NULL is fine */

/* Adds a word (copied) with a value ≥ 0. A word that is there already keeps its first value. The empty word is left out. */
void dab_trie_add(DabTrie *trie, const char *word, guint value);

/* Length in bytes of the longest word that begins at text[at] and ends by text[end]; 0 when there is none. `value` may be NULL. */
gsize dab_trie_longest(const DabTrie *trie, const char *text, gsize at, gsize end, guint *value);
/* The same for a word that ends at text[at] and begins no earlier than text[start]; for a trie made backwards. */
gsize dab_trie_longest_before(const DabTrie *trie, const char *text, gsize start, gsize at, guint *value);
/* Where the last word in text[0, end) ends, and its length; 0 and 0: there is none. For a trie made backwards. */
gsize dab_trie_last(const DabTrie *trie, const char *text, gsize end, gsize *len);

/* Told of each word that is found. */
typedef void (*DabTrieHit)(gpointer data, guint value);
/* Every word that stands anywhere in text[start, end), some more than once. */
void dab_trie_scan(const DabTrie *trie, const char *text, gsize start, gsize end, DabTrieHit hit, gpointer data);
/* The same for all of a text, which words see between the characters `before` and `behind` (each one byte). */
void dab_trie_scan_framed(const DabTrie *trie, const char *text, gsize len, char before, char behind, DabTrieHit hit,
                          gpointer data);
/* Whether any word stands anywhere in the text. */
gboolean dab_trie_has(const DabTrie *trie, const char *text, gsize len);
/* Every word that begins at text[at] and ends by text[end]; of a trie made backwards: that ends at text[at] and begins at
 * text[end] or behind it. */
void dab_trie_each(const DabTrie *trie, const char *text, gsize at, gsize end, DabTrieHit hit, gpointer data);

#endif
