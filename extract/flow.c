/* flow.c: blocks of pages → one order. */
#include "extract/flow.h"

#include <math.h>

#include "extract/tables.h"

#define N_TEXTS 3       /* running texts that are followed at a time: the body, footnotes, the text of a box */
#define MAX_AHEAD 200u  /* blocks that are looked at to see whether a text goes on */
#define MAX_MARK 6u     /* characters of a line that says of a table no more than that it goes on: 续表 （接上页） */
#define MAX_CAPTION 60u /* characters of a caption, or of what stands beside it: 单位：万元 */
#define MAX_ADDED 6u    /* what a caption that is said again may have more than the first time: （续一） */
#define MAX_BETWEEN 2u  /* lines between two parts of a table */

/* What is known of the last block of a running text when the next block comes. */
typedef struct {
    DabLine last;
    float right;
    gboolean open;     /* it may go on */
    gboolean alone;    /* it has one line only, and a table came after it */
    gboolean indented; /* it began with an indent */
    guint n_lines;
} Text;

typedef struct {
    DabPool *scratch;
    DabLayout *layout;
    const GPtrArray *pages;
    Text texts[N_TEXTS]; /* of different sizes, the last one first */
} Work;

static const DabPageWork *page_at(const Work *work, guint i) {
    return g_ptr_array_index(work->pages, i);
}
static DabFlowBlock *block_at(const DabPageWork *page, guint i) {
    return &g_array_index(page->blocks, DabFlowBlock, i);
}

/* The text that the lines may go on from: the last one of their size. */
static Text *find_text(Work *work, float size) {
    for (guint i = 0; i < N_TEXTS; i++) {
        float other = work->texts[i].last.size;
        if (other > 0 && fabsf(other - size) < 0.06f * size) return &work->texts[i];
    }
    return NULL;
}

/* Puts the text first; one of its size gives way, or else the one that was not gone on with for longest. */
static void keep_text(Work *work, const Text *text) {
    Text *old = find_text(work, text->last.size);
    guint i = old ? (guint)(old - work->texts) : N_TEXTS - 1;
    for (; i > 0; i--) work->texts[i] = work->texts[i - 1];
    work->texts[0] = *text;
}

static gboolean goes_on(const Work *work, const Text *text, const DabFlowBlock *from, const DabLine *lines) {
    guint n = from->block.n_lines;
    if (!text || !text->open || (text->alone && n == 1) || text->last.bold != lines->bold) return FALSE;
    return dab_paragraph_goes_on(work->layout, &text->last, text->right, text->indented, lines, n, from->left);
}

static const DabLine *lines_of(const DabPageWork *page, const DabFlowBlock *block) {
    return &g_array_index(page->lines, DabLine, block->block.first_line);
}

/* The text as it is behind the block. */
static Text text_behind(const Text *text, const DabFlowBlock *from, const DabLine *lines, gboolean continues) {
    gboolean indented = continues ? text->indented : lines->box.x0 - from->left > lines->size;
    return (Text){lines[from->block.n_lines - 1], from->right, TRUE, FALSE, indented, from->block.n_lines};
}

/* Whether the text goes on in the next paragraph of its size on the page, which does not go on from block `at`. */
static gboolean goes_on_later(const Work *work, const Text *text, const DabPageWork *page, guint at) {
    Text behind = text_behind(text, block_at(page, at), lines_of(page, block_at(page, at)), TRUE);
    for (guint i = at + 1; i < MIN(page->blocks->len, at + MAX_AHEAD); i++) {
        const DabFlowBlock *b = block_at(page, i);
        if (b->block.kind != DAB_BLOCK_PARAGRAPH || fabsf(lines_of(page, b)->size - text->last.size) > 0.06f * text->last.size)
            continue;
        return goes_on(work, text, b, lines_of(page, b)) && !goes_on(work, &behind, b, lines_of(page, b));
    }
    return FALSE;
}

/* What was taken for a caption, since it is short and stands at a picture, may be the rest of a text that the picture cut; unless
 * the text goes on behind it. */
static gboolean is_rest(const Work *work, const Text *text, const DabPageWork *page, guint at) {
    const DabFlowBlock *from = block_at(page, at);
    const DabLine *lines = lines_of(page, from);
    guint n = from->block.n_lines;
    for (guint i = 0; i < N_TEXTS; i++) /* the largest of the texts, not a box or a note */
        if (work->texts[i].open && work->texts[i].last.size > 1.03f * lines->size) return FALSE;
    if (!goes_on(work, text, from, lines) || dab_line_ends_sentence(work->layout, &text->last)) return FALSE;
    if (lines->box.x0 - from->left > 0.5f * lines->size) return FALSE;
    gboolean whole = n > 1 ? from->right - lines->box.x1 < 2.2f * lines->size : dab_line_ends_sentence(work->layout, lines);
    return whole && !goes_on_later(work, text, page, at);
}

static void add_text(Work *work, const DabPageWork *page, guint at) {
    const DabFlowBlock *from = block_at(page, at);
    DabBlock block = from->block;
    const DabLine *lines = lines_of(page, from);
    Text *text = find_text(work, lines[0].size);
    block.first_line = work->layout->lines->len;
    g_array_append_vals(work->layout->lines, lines, block.n_lines);
    if (block.kind == DAB_BLOCK_CAPTION && is_rest(work, text, page, at)) block.kind = DAB_BLOCK_PARAGRAPH;
    if (block.kind == DAB_BLOCK_PARAGRAPH) { /* one cut in mid-sentence goes on behind a photo, a table, a page */
        block.continues = goes_on(work, text, from, lines);
        if (block.continues) g_array_index(work->layout->lines, DabLine, block.first_line).new_paragraph = FALSE;
        Text now = text_behind(text, from, lines, block.continues);
        keep_text(work, &now);
    } else if (block.kind == DAB_BLOCK_HEADING && from->only) { /* in columns it may be a boxed quotation in the midst of a text */
        for (guint i = 0; i < N_TEXTS; i++) work->texts[i].open = FALSE;
    }
    g_array_append_val(work->layout->blocks, block);
}

static void add_furniture(Work *work, const DabPageWork *page) {
    for (guint i = 0; i < page->furniture->len; i++) {
        const DabLine *line = &g_array_index(page->furniture, DabLine, i);
        DabBlock block = {.kind = DAB_BLOCK_FURNITURE,
                          .page = page->raw.page,
                          .box = line->box,
                          .first_line = work->layout->lines->len,
                          .n_lines = 1,
                          .table = -1};
        g_array_append_val(work->layout->lines, *line);
        g_array_append_val(work->layout->blocks, block);
    }
}

/* The characters of a line without its blanks, up to MAX_CAPTION + 1; how many. */
static guint read_line(const Work *work, const DabPageWork *page, const DabBlock *block, gunichar text[MAX_CAPTION + 1]) {
    guint n = 0;
    const DabLine *line = &g_array_index(page->lines, DabLine, block->first_line);
    for (guint i = 0; i < line->n_glyphs && n <= MAX_CAPTION; i++) {
        gunichar ch = g_array_index(work->layout->glyphs, DabGlyph, line->first_glyph + i).ch;
        if (ch != ' ') text[n++] = ch;
    }
    return n;
}

static gboolean is_single_line(const DabFlowBlock *b) {
    return b->block.kind != DAB_BLOCK_TABLE && b->block.n_lines == 1;
}

/* Whether the line says that the table goes on: next to nothing, or the caption again with a word more. */
static gboolean says_goes_on(const Work *work, const DabPageWork *page, const DabBlock *line, const DabPageWork *first_page,
                             const DabFlowBlock *caption) {
    gunichar text[MAX_CAPTION + 1], first[MAX_CAPTION + 1];
    guint n = read_line(work, page, line, text), same = 0;
    if (n <= MAX_MARK) return TRUE;
    if (!caption || !is_single_line(caption) || n > MAX_CAPTION) return FALSE;
    guint k = read_line(work, first_page, &caption->block, first);
    while (same < MIN(n, k) && text[same] == first[same]) same++;
    guint end = 0;
    while (end < MIN(n, k) - same && text[n - 1 - end] == first[k - 1 - end]) end++;
    return k >= 4 && same + end == k && n <= k + MAX_ADDED; /* 表2（续） 主要指标 */
}

/* How many lines stand above the first table of the page, should they be what stands above a part of a table; -1: they are not. */
static gint lines_above(const Work *work, const DabPageWork *page) {
    gunichar text[MAX_CAPTION + 1];
    for (guint i = 0; i <= MAX_BETWEEN && i < page->blocks->len; i++) {
        const DabFlowBlock *b = block_at(page, i);
        if (b->block.kind == DAB_BLOCK_TABLE) return (gint)i;
        if (!is_single_line(b) || read_line(work, page, &b->block, text) > MAX_CAPTION) return -1;
    }
    return -1;
}

/* Whether nothing but a short mark follows the block on its page: （续下页） */
static gboolean ends_page(const Work *work, const DabPageWork *page, guint at) {
    gunichar text[MAX_CAPTION + 1];
    if (at + 1 == page->blocks->len) return TRUE;
    const DabFlowBlock *last = block_at(page, at + 1);
    return at + 2 == page->blocks->len && is_single_line(last) && read_line(work, page, &last->block, text) <= MAX_MARK;
}

/* The table that begins at block `at` of page `index`, with its parts on the pages after: those stand first on their page, or
 * below a line or two that say that they go on. */
static DabDraft *draft_table(const Work *work, guint index, guint at, guint *last_page) {
    const DabPageWork *page = page_at(work, index), *first = page;
    const DabFlowBlock *caption = at ? block_at(page, at - 1) : NULL;
    DabDraft *draft =
        dab_draft_new(work->scratch, work->layout, index, g_ptr_array_index(page->grids, block_at(page, at)->block.table));
    *last_page = index;
    while (*last_page + 1 < work->pages->len && ends_page(work, page, at)) {
        page = page_at(work, *last_page + 1);
        gint above = lines_above(work, page);
        if (above < 0) break;
        DabBlock *next = &block_at(page, (guint)above)->block;
        gboolean sure = TRUE;
        for (gint i = 0; i < above; i++) sure = sure && says_goes_on(work, page, &block_at(page, (guint)i)->block, first, caption);
        if (!dab_draft_join(draft, *last_page + 1, g_ptr_array_index(page->grids, next->table), sure)) break;
        for (gint i = 0; i < above; i++) block_at(page, (guint)i)->block.kind = DAB_BLOCK_CAPTION;
        next->table = -1; /* given away */
        at = (guint)above;
        ++*last_page;
    }
    return draft;
}

static void add_table(Work *work, guint page, guint at) {
    guint last;
    DabBlock block = block_at(page_at(work, page), at)->block;
    for (guint i = 0; i < N_TEXTS; i++) work->texts[i].alone = work->texts[i].n_lines == 1;
    DabDraft *draft = draft_table(work, page, at, &last);
    block.first_line = work->layout->lines->len;
    block.table = (gint)work->layout->tables->len;
    dab_draft_finish(draft, work->layout);
    g_array_append_val(work->layout->blocks, block);
}

void dab_flow_join(DabPool *scratch, DabLayout *layout, const GPtrArray *pages) {
    Work work = {.scratch = scratch, .layout = layout, .pages = pages};
    for (guint i = 0; i < pages->len; i++) {
        const DabPageWork *page = page_at(&work, i);
        for (guint k = 0; k < page->blocks->len; k++) {
            const DabFlowBlock *from = block_at(page, k);
            if (from->block.kind != DAB_BLOCK_TABLE)
                add_text(&work, page, k);
            else if (from->block.table >= 0)
                add_table(&work, i, k);
        }
        add_furniture(&work, page);
    }
}
