#include "extract/docx_text.h"

#include <string.h>

#define LEADER 6 /* dots */

typedef struct {
    DabDocx *d;
    DabRunLook paragraph, run;
    gboolean leader;
} Text;

static void read_inline(Text *t, const DabXml *parent);

/* ---- what a run is made of ---- */

static gboolean is_shown(const Text *t) {
    if (t->run.hidden > 0) return FALSE;
    for (guint i = 0; i < t->d->fields->len; i++)
        if (!g_array_index(t->d->fields, gboolean, i)) return FALSE; /* in the code of a field */
    return TRUE;
}

static void put_text(Text *t, const DabXml *x) {
    if (!is_shown(t)) return;
    for (const DabXml *c = x->first; c; c = c->next)
        if (c->text) dab_writer_text(t->d->writer, c->text, c->len);
}

static void put_char(Text *t, gunichar c) {
    if (is_shown(t)) dab_writer_char(t->d->writer, c);
}

static void put_tab(Text *t, const DabXml *x) {
    (void)x;
    for (guint i = 0; t->leader && i < LEADER; i++)
        put_char(t, '.'); /* as it shows, so that whoever reads it knows the page number */
    if (!t->leader) put_char(t, '\t');
}

static void put_hyphen(Text *t, const DabXml *x) {
    (void)x;
    put_char(t, '-');
}

static void put_break(Text *t, const DabXml *x) {
    (void)x;
    if (is_shown(t)) dab_writer_line(t->d->writer);
}

/* Signs of fonts that have no Unicode of their own: those that mean something in a report. */
static gunichar symbol(const char *font, gunichar c) {
    static const struct {
        const char *font;
        gunichar code, sign;
    } signs[] = {{"Symbol", 0xA3, 0x2264 /* ≤ */},    {"Symbol", 0xB3, 0x2265 /* ≥ */},
                 {"Symbol", 0xB1, 0xB1 /* ± */},      {"Symbol", 0xB4, 0xD7 /* × */},
                 {"Symbol", 0xB0, 0xB0 /* ° */},      {"Symbol", 0xBB, 0x2248 /* ≈ */},
                 {"Symbol", 0xB7, 0x2022 /* • */},    {"Symbol", 0x25, '%'},
                 {"Wingdings", 0xFE, 0x2611 /* ☑ */}, {"Wingdings", 0xFD, 0x2612 /* ☒ */},
                 {"Wingdings", 0xFC, 0x2713 /* ✓ */}, {"Wingdings", 0xFB, 0x2717 /* ✗ */},
                 {"Wingdings", 0xA8, 0x2610 /* ☐ */}, {"Wingdings", 0x6F, 0x2610},
                 {"Wingdings 2", 0x52, 0x2611},       {"Wingdings 2", 0x51, 0x2612},
                 {"Wingdings 2", 0x54, 0x2612},       {"Wingdings 2", 0x50, 0x2713},
                 {"Wingdings 2", 0x4F, 0x2717},       {"Wingdings 2", 0xA3, 0x2610},
                 {"Wingdings 2", 0x2A, 0x2610}};
    gunichar code = c >= 0xF000 && c <= 0xF0FF ? c - 0xF000 : c; /* the same sign under two codes */
    for (guint i = 0; font && i < G_N_ELEMENTS(signs); i++)
        if (code == signs[i].code && !g_ascii_strcasecmp(font, signs[i].font)) return signs[i].sign;
    return c;
}

static void put_symbol(Text *t, const DabXml *x) {
    const char *code = dab_xml_attr(x, "char");
    gunichar c = code ? (gunichar)g_ascii_strtoull(code, NULL, 16) : 0;
    if (c < 32 || !g_unichar_validate(c)) return;
    put_char(t, symbol(dab_xml_attr(x, "font"), c));
}

/* A field is its code (PAGE, HYPERLINK "…"), and behind a separator its result, which alone is seen. */
static void read_field(Text *t, const DabXml *x) {
    GArray *fields = t->d->fields;
    const char *type = dab_xml_attr(x, "fldCharType");
    gboolean shown = FALSE;
    if (!g_strcmp0(type, "begin") && fields->len < G_MAXUINT16)
        g_array_append_val(fields, shown);
    else if (!g_strcmp0(type, "separate") && fields->len)
        g_array_index(fields, gboolean, fields->len - 1) = TRUE;
    else if (!g_strcmp0(type, "end") && fields->len)
        g_array_set_size(fields, fields->len - 1);
}

static void put_mark(Text *t, guint number) {
    char digits[12];
    gint n = g_snprintf(digits, sizeof digits, "%u", number);
    if (!is_shown(t)) return;
    dab_writer_raised(t->d->writer, TRUE);
    dab_writer_text(t->d->writer, digits, (gsize)n);
    dab_writer_raised(t->d->writer, t->run.raised > 0);
}

static void read_reference(Text *t, const DabXml *x) {
    if (!is_shown(t)) return;
    g_ptr_array_add(t->d->notes, (gpointer)x);
    put_mark(t, t->d->notes->len);
}

static void read_own_mark(Text *t, const DabXml *x) {
    (void)x;
    if (t->d->note) put_mark(t, t->d->note);
}

static void read_run(Text *t, const DabXml *x) {
    DabRunLook outer = t->run;
    t->run = dab_docx_run_look(t->d->styles, t->paragraph, dab_xml_child(x, "w:rPr"));
    dab_writer_font(t->d->writer, t->run.size, t->run.bold > 0);
    dab_writer_raised(t->d->writer, t->run.raised > 0);
    read_inline(t, x);
    t->run = outer;
    dab_writer_raised(t->d->writer, FALSE);
}

static void read_box(Text *t, const DabXml *x) {
    g_ptr_array_add(t->d->boxes, (gpointer)x);
}

static void read_alternative(Text *t, const DabXml *x) {
    const DabXml *chosen = dab_docx_alternative(x);
    if (chosen) read_inline(t, chosen);
}

/* Formulas: a fraction on one line, powers raised. */
static void read_divisor(Text *t, const DabXml *x) {
    put_char(t, '/');
    read_inline(t, x);
}

static void read_power(Text *t, const DabXml *x) {
    dab_writer_raised(t->d->writer, TRUE);
    read_inline(t, x);
    dab_writer_raised(t->d->writer, FALSE);
}

static void leave_out(Text *t, const DabXml *x) {
    (void)t, (void)x;
}

static const struct {
    const char *name;
    void (*read)(Text *t, const DabXml *x);
} elements[] = {
    {"w:r", read_run},
    {"w:t", put_text},
    {"w:rPr", leave_out},
    {"w:pPr", leave_out},
    {"w:tab", put_tab},
    {"w:ptab", put_tab},
    {"w:br", put_break},
    {"w:cr", put_break},
    {"w:sym", put_symbol},
    {"w:noBreakHyphen", put_hyphen},
    {"w:fldChar", read_field},
    {"w:instrText", leave_out},
    {"w:del", leave_out},
    {"w:moveFrom", leave_out},
    {"w:sdtPr", leave_out},
    {"w:rt", leave_out}, /* how a hanzi is read */
    {"w:footnoteReference", read_reference},
    {"w:endnoteReference", read_reference},
    {"w:footnoteRef", read_own_mark},
    {"w:endnoteRef", read_own_mark},
    {"w:txbxContent", read_box},
    {"mc:AlternateContent", read_alternative},
    {"m:t", put_text},
    {"m:den", read_divisor},
    {"m:sup", read_power},
};

/* Anything else (links, inserted text, smart tags, drawings) counts by what is inside. */
static void read_inline(Text *t, const DabXml *parent) {
    for (const DabXml *x = parent->first; x; x = x->next) {
        if (!x->name) continue;
        guint i = 0;
        while (i < G_N_ELEMENTS(elements) && strcmp(elements[i].name, x->name)) i++;
        if (i < G_N_ELEMENTS(elements))
            elements[i].read(t, x);
        else if (x->first)
            read_inline(t, x);
    }
}

/* ---- paragraphs ---- */

static gboolean has_text(const DabXml *root) {
    for (const DabXml *x = root; x; x = dab_xml_next(x, root))
        if (dab_xml_is(x, "w:t") || dab_xml_is(x, "m:t")) return TRUE;
    return FALSE;
}

const DabXml *dab_docx_alternative(const DabXml *x) {
    for (const DabXml *c = x->first; c; c = c->next)
        if (dab_xml_is(c, "mc:Choice") && has_text(c)) return c;
    return dab_xml_child(x, "mc:Fallback");
}

void dab_docx_read_paragraph(DabDocx *d, const DabXml *p) {
    const DabXml *ppr = dab_xml_child(p, "w:pPr");
    DabParagraphLook look = dab_docx_paragraph_look(d->styles, ppr);
    Text t = {d, look.run, look.run, look.leader};
    if (look.contents) return;
    for (guint i = 0; i < d->fields->len; i++) g_array_index(d->fields, gboolean, i) = TRUE; /* a code ends with its paragraph */
    DabBlockKind kind = look.outline >= 0 ? DAB_BLOCK_HEADING : look.caption ? DAB_BLOCK_CAPTION : DAB_BLOCK_PARAGRAPH;
    if (!d->joined) dab_writer_paragraph(d->writer, (DabParagraph){kind, look.centred});
    d->joined = dab_xml_child(dab_xml_child(ppr, "w:rPr"), "w:del") != NULL;
    g_autoptr(GString) label = g_string_new(NULL);
    dab_docx_numbering_next(d->numbering, &look, label);
    dab_writer_font(d->writer, look.run.size, look.run.bold > 0);
    dab_writer_raised(d->writer, FALSE);
    if (look.run.hidden <= 0) dab_writer_text(d->writer, label->str, label->len);
    read_inline(&t, p);
}
