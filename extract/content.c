/* content.c: the operators of a content stream, of which those of paths move the pen (pen.c). Text is passed over. */
#include "extract/content.h"

#include <math.h>
#include <string.h>

#include "dabiao/limits.h"
#include "extract/pen.h"

#define MAX_OPERANDS 8 /* re and cm take the most: 6; older ones are forgotten. A power of two */
#define MAX_STATES 64  /* q inside q; deeper ones share the last */

DabMatrix dab_matrix_multiply(DabMatrix m, DabMatrix n) {
    return (DabMatrix){m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
                       m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

DabBox dab_matrix_box(DabMatrix m, double x0, double y0, double x1, double y1) {
    double xs[4], ys[4];
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? x1 : x0, y = i & 2 ? y1 : y0;
        xs[i] = m.a * x + m.c * y + m.e;
        ys[i] = m.b * x + m.d * y + m.f;
    }
    return (DabBox){(float)fmin(fmin(xs[0], xs[1]), fmin(xs[2], xs[3])), (float)fmin(fmin(ys[0], ys[1]), fmin(ys[2], ys[3])),
                    (float)fmax(fmax(xs[0], xs[1]), fmax(xs[2], xs[3])), (float)fmax(fmax(ys[0], ys[1]), fmax(ys[2], ys[3]))};
}

typedef struct {
    DabPen pen;
    gpointer resources;
    DabPenState states[MAX_STATES];
    guint depth;                          /* of q; may exceed MAX_STATES */
    const guint8 *end;                    /* of the stream */
    const guint8 *operands[MAX_OPERANDS]; /* where the last numbers begin, in a ring; most are those of texts, which nobody reads */
    guint n_operands;
    const char *name; /* the last name operand */
    gsize name_len;
} Reader;

enum { SPACE = 1, MARK = 2, NUMBER = 4 };

/* What a byte ends or begins: asked for every one. */
static const guint8 kinds[256] = {
    [0] = SPACE,    [9] = SPACE,    [10] = SPACE,   [11] = SPACE,   [12] = SPACE,   [13] = SPACE,   [' '] = SPACE,  ['('] = MARK,
    [')'] = MARK,   ['<'] = MARK,   ['>'] = MARK,   ['['] = MARK,   [']'] = MARK,   ['{'] = MARK,   ['}'] = MARK,   ['/'] = MARK,
    ['%'] = MARK,   ['0'] = NUMBER, ['1'] = NUMBER, ['2'] = NUMBER, ['3'] = NUMBER, ['4'] = NUMBER, ['5'] = NUMBER, ['6'] = NUMBER,
    ['7'] = NUMBER, ['8'] = NUMBER, ['9'] = NUMBER, ['+'] = NUMBER, ['-'] = NUMBER, ['.'] = NUMBER};

static gboolean is_space(guint8 c) {
    return kinds[c] == SPACE;
}
static const guint8 *word_end(const guint8 *p, const guint8 *end) {
    while (p < end && !(kinds[*p] & (SPACE | MARK))) p++;
    return p;
}

/* PDF numbers have no exponent; 12 -.5 +3. 0.24 */
static gboolean read_number(const guint8 *p, const guint8 *end, double *value) {
    double sign = 1, v = 0, scale = 1;
    for (; p < end && (*p == '-' || *p == '+'); p++) sign = *p == '-' ? -1 : sign;
    if (word_end(p, end) == p) return FALSE;
    for (; p < end && *p >= '0' && *p <= '9'; p++) v = v * 10 + (*p - '0');
    if (p < end && *p == '.')
        for (p++; p < end && *p >= '0' && *p <= '9'; p++) v += (*p - '0') * (scale /= 10);
    *value = CLAMP(sign * v, -1e7, 1e7);
    return word_end(p, end) == p;
}

/* The numbers before an operator, the last of them v[MAX_OPERANDS - 1]; how many there are. */
static guint read_operands(const Reader *r, double v[MAX_OPERANDS]) {
    guint n = 0, most = MIN(r->n_operands, MAX_OPERANDS);
    memset(v, 0, sizeof *v * MAX_OPERANDS);
    while (n < most && read_number(r->operands[(r->n_operands - 1 - n) % MAX_OPERANDS], r->end, &v[MAX_OPERANDS - 1 - n])) n++;
    if (n < most) v[MAX_OPERANDS - 1 - n] = 0;
    return n;
}

/* Grey and RGB are white at 1, CMYK at 0. One number of another space than grey may be an ink: 1 is all of it. */
static void set_fill(Reader *r, gboolean grey) {
    double v[MAX_OPERANDS];
    guint n = read_operands(r, v);
    gboolean white = n >= 3 || (n == 1 && grey);
    for (guint i = MAX_OPERANDS - n; i < MAX_OPERANDS; i++)
        if (n == 4 ? v[i] > 0.01 : v[i] < 0.99) white = FALSE;
    r->pen.now.white = white;
}

static void add_point(Reader *r, int how) {
    double v[MAX_OPERANDS];
    if (read_operands(r, v) >= 2) dab_pen_point(&r->pen, v[MAX_OPERANDS - 2], v[MAX_OPERANDS - 1], how);
}

static void run_letter(Reader *r, char op) {
    switch (op) {
    case 'q':
        if (r->depth < MAX_STATES) r->states[r->depth] = r->pen.now;
        r->depth++;
        break;
    case 'Q':
        if (!r->depth) break;
        if (--r->depth < MAX_STATES) r->pen.now = r->states[r->depth];
        break;
    case 'm':
        add_point(r, DAB_MOVE);
        break;
    case 'l':
        add_point(r, DAB_LINE);
        break;
    case 'c':
    case 'v':
    case 'y':
        add_point(r, DAB_CURVE);
        break;
    case 'h':
        dab_pen_close(&r->pen);
        break;
    case 'S':
        dab_pen_paint(&r->pen, FALSE, TRUE);
        break;
    case 's':
        dab_pen_close(&r->pen);
        dab_pen_paint(&r->pen, FALSE, TRUE);
        break;
    case 'f':
    case 'F':
        dab_pen_paint(&r->pen, TRUE, FALSE);
        break;
    case 'B':
        dab_pen_paint(&r->pen, TRUE, TRUE);
        break;
    case 'b':
        dab_pen_close(&r->pen);
        dab_pen_paint(&r->pen, TRUE, TRUE);
        break;
    case 'W':
        r->pen.clip_pending = TRUE;
        break;
    case 'n':
        dab_pen_end(&r->pen);
        break;
    case 'g':
    case 'k':
        set_fill(r, op == 'g');
        break;
    default:
        break;
    }
}

#define TWO(a, b) ((a) << 8 | (b))

static void run_two(Reader *r, guchar first, guchar second) {
    DabPenState *now = &r->pen.now;
    double v[MAX_OPERANDS];
    switch (TWO(first, second)) {
    case TWO('r', 'e'):
        if (read_operands(r, v) >= 4) dab_pen_rectangle(&r->pen, v + MAX_OPERANDS - 4);
        break;
    case TWO('c', 'm'):
        if (read_operands(r, v) >= 6) now->ctm = dab_matrix_multiply((DabMatrix){v[2], v[3], v[4], v[5], v[6], v[7]}, now->ctm);
        break;
    case TWO('r', 'g'):
    case TWO('s', 'c'):
    case TWO('c', 's'):
        set_fill(r, FALSE);
        break;
    case TWO('s', 'h'):
        now->white = FALSE;
        dab_pen_shade(&r->pen, now->clip);
        break;
    case TWO('D', 'o'):
        if (r->name && r->pen.canvas->draw)
            r->pen.canvas->draw(r->pen.canvas, r->name, r->name_len, now->ctm, now->clip, r->resources);
        break;
    default:
        break;
    }
}

static void run(Reader *r, const char *op, gsize len) {
    if (len == 1 || (len == 2 && op[1] == '*'))
        run_letter(r, op[0]);
    else if (len == 2)
        run_two(r, (guchar)op[0], (guchar)op[1]);
    else if (len == 3 && memcmp(op, "scn", 3) == 0)
        set_fill(r, FALSE);
    r->n_operands = 0;
    r->name = NULL;
}

static const guint8 *skip_string(const guint8 *p, const guint8 *end) {
    guint depth = 1;
    for (; p < end && depth; p++) {
        if (*p == '\\')
            p++;
        else if (*p == '(')
            depth++;
        else if (*p == ')')
            depth--;
    }
    return MIN(p, end);
}

/* ID … EI: the data of an inline image ends at an EI that stands between blanks. */
static const guint8 *skip_inline_image(const guint8 *p, const guint8 *end) {
    for (; p + 3 <= end; p++) {
        p = memchr(p, 'E', (gsize)(end - p));
        if (!p || p + 2 > end) return end;
        if (p[1] == 'I' && is_space(p[-1]) && (p + 2 == end || is_space(p[2]))) return p + 2;
    }
    return end;
}

/* A string, a name, a comment, or a bracket; where it ends. */
static const guint8 *pass_mark(Reader *r, const guint8 *p) {
    const guint8 *end = r->end;
    switch (*p++) {
    case '(':
        return skip_string(p, end);
    case '/':
        r->name = (const char *)p;
        p = word_end(p, end);
        r->name_len = (gsize)(p - (const guint8 *)r->name);
        return p;
    case '%':
        while (p < end && *p != '\n' && *p != '\r') p++;
        return p;
    case '<': {
        if (p == end || *p == '<') return p;
        const guint8 *close = memchr(p, '>', (gsize)(end - p));
        return close ? close + 1 : end;
    }
    default:
        return p;
    }
}

static void scan(Reader *r, const guint8 *p) {
    const guint8 *end = r->end;
    while (p < end) {
        const guint8 *word = p;
        switch (kinds[*p]) {
        case SPACE:
            p++;
            break;
        case MARK:
            p = pass_mark(r, p);
            break;
        case NUMBER:
            r->operands[r->n_operands++ % MAX_OPERANDS] = word;
            p = word_end(p, end);
            break;
        default:
            p = word_end(p, end);
            if (*word == 'T') { /* most operators place texts */
                r->n_operands = 0;
                r->name = NULL;
            } else if (p - word == 2 && word[0] == 'I' && word[1] == 'D') {
                p = skip_inline_image(p, end);
            } else {
                run(r, (const char *)word, (gsize)(p - word));
            }
            if (r->pen.canvas->overflow) return;
        }
    }
}

void dab_content_read(DabCanvas *canvas, const guint8 *data, gsize len, DabMatrix ctm, DabBox clip, gpointer resources) {
    if (canvas->work + len > DAB_MAX_CONTENT_BYTES) {
        canvas->overflow = TRUE;
        return;
    }
    canvas->work += len;
    Reader *r = g_new(Reader, 1); /* its arrays stay as they are: clearing them would take longer than many a stream */
    r->pen.canvas = canvas;
    r->pen.now = (DabPenState){ctm, clip, FALSE};
    r->pen.n_path = 0;
    r->pen.too_long = r->pen.clip_pending = FALSE;
    r->resources = resources;
    r->depth = r->n_operands = 0;
    r->end = data + len;
    r->name = NULL;
    scan(r, data);
    g_free(r);
}
