/* char_forms.h: code points → what becomes of them in a text, told from their Unicode properties (utf8proc): itself, its plain
 * form, a blank, nothing. normalise.c puts texts together of them. */
#ifndef DAB_PARSERS_CHAR_FORMS_H
#define DAB_PARSERS_CHAR_FORMS_H

#include <glib.h>

/* What becomes of a code point. */
typedef enum {
    DAB_FORM_COPY,   /* one code point: itself or another */
    DAB_FORM_NFKC,   /* several code points, or a mark that may combine: utf8proc is asked */
    DAB_FORM_DROP,   /* nothing */
    DAB_FORM_LOST,   /* nothing, and two digits beside it are not one number */
    DAB_FORM_HYPHEN, /* soft hyphen: nothing, but a word goes on behind the line end */
    DAB_FORM_BLANK,  /* one blank */
    DAB_FORM_WIDE,   /* a blank as wide as a hanzi */
    DAB_FORM_TAB,
    DAB_FORM_LINE, /* a line end */
} DabForm;

/* Table entry: code point in the low 21 bits, kind above, form on top. */
#define DAB_ENTRY(ch, kind, form) ((guint32)(ch) | (guint32)(kind) << 21 | (guint32)(form) << 26)
#define DAB_ENTRY_CH(e) ((gunichar)((e)&0x1FFFFF))
#define DAB_ENTRY_KIND(e) ((guint8)((e) >> 21 & 31))
#define DAB_ENTRY_FORM(e) ((DabForm)((e) >> 26))

#define DAB_FORMS 0x10000     /* the Basic Multilingual Plane */
#define DAB_MAX_DECOMPOSED 32 /* code points; the longest in Unicode is 18 (U+FDFA) */

/* The entries of the plane: after dab_char_forms_fill. */
extern guint32 dab_char_forms[DAB_FORMS];
void dab_char_forms_fill(void);
/* The same for any code point, slower. */
guint32 dab_find_entry(gunichar c);
/* DabCharKind of a character that stays. */
guint8 dab_char_kind(gunichar c);
/* NFKC of a code point in out[DAB_MAX_DECOMPOSED]; how many it becomes, 0 where utf8proc refuses. */
guint dab_nfkc(gunichar c, gint32 *out);
/* NFKC of `n` code points in place, at most DAB_MAX_DECOMPOSED; how many are left, 0 where utf8proc refuses. */
guint dab_compose(gint32 *chars, guint n);

static inline guint32 dab_entry_of(gunichar c) {
    if (c < DAB_FORMS) return dab_char_forms[c];
    if (c > 0x10FFFF) return DAB_ENTRY(0, 0, DAB_FORM_LOST); /* a glyph may hold anything */
    return dab_find_entry(c);
}

#endif
