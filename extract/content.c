/* content.c: path operators of a content stream → ruling pieces and filled areas. Text and shadings are passed over. */
#include "extract/content.h"

#include <math.h>
#include <string.h>

#include "dabiao/limits.h"

#define MAX_OPERANDS 8 /* re and cm take the most: 6; older ones fall off the front */
#define MAX_STATES 64  /* q inside q; deeper ones share the last */
#define MAX_PATH 4096  /* points of one path: more is a drawing */
#define MIN_SHADE 5.0f /* points */
#define THIN 3.2f      /* points: a filled shape up to this thick is a line */
#define SHORTEST 1.5f  /* a dash of a dotted border */

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
    DabMatrix ctm;
    DabBox clip;
    gboolean white; /* what is filled is not seen on paper */
} State;

typedef struct {
    float x, y;
    enum { MOVE, LINE, CURVE } how;
} Point;

typedef struct {
    DabCanvas *canvas;
    gpointer resources;
    State states[MAX_STATES];
    guint depth; /* of q; may exceed MAX_STATES */
    State now;
    double operands[MAX_OPERANDS];
    guint n_operands;
    const char *name; /* the last name operand */
    gsize name_len;
    Point path[MAX_PATH];
    guint n_path;
    gboolean too_long, clip_pending;
} Reader;

static DabBox intersect(DabBox a, DabBox b) {
    return (DabBox){MAX(a.x0, b.x0), MAX(a.y0, b.y0), MIN(a.x1, b.x1), MIN(a.y1, b.y1)};
}

/* A thin box, whatever drew it, is a segment along its longer side. */
static void add_thin_box(Reader *r, DabBox box) {
    box = intersect(box, r->now.clip);
    float w = box.x1 - box.x0, h = box.y1 - box.y0;
    if (!(w >= 0) || !(h >= 0) || MIN(w, h) > THIN || MAX(w, h) < SHORTEST || MAX(w, h) < 1.5f * MIN(w, h)) return;
    if (r->canvas->page->segments->len >= DAB_MAX_SEGMENTS) {
        r->canvas->overflow = TRUE;
        return;
    }
    DabSegment s = w > h ? (DabSegment){FALSE, dab_mid(box.y0, box.y1), box.x0, box.x1}
                         : (DabSegment){TRUE, dab_mid(box.x0, box.x1), box.y0, box.y1};
    g_array_append_val(r->canvas->page->segments, s);
}

/* A filled area as high as a row of a table, or several: what a shaded row is known by. */
static void add_shade(Reader *r, DabBox box) {
    GArray *shades = r->canvas->page->shades;
    box = intersect(box, r->now.clip);
    if (r->now.white || !shades || shades->len >= DAB_MAX_SHADES || box.x1 - box.x0 < MIN_SHADE || box.y1 - box.y0 < MIN_SHADE)
        return;
    g_array_append_val(shades, box);
}

static void add_point(Reader *r, double x, double y, int how) {
    if (r->n_path >= MAX_PATH) {
        r->too_long = TRUE;
        return;
    }
    const DabMatrix *m = &r->now.ctm;
    r->path[r->n_path++] = (Point){(float)(m->a * x + m->c * y + m->e), (float)(m->b * x + m->d * y + m->f), how};
}

static void add_rectangle(Reader *r, const double *v) {
    add_point(r, v[0], v[1], MOVE);
    add_point(r, v[0] + v[2], v[1], LINE);
    add_point(r, v[0] + v[2], v[1] + v[3], LINE);
    add_point(r, v[0], v[1] + v[3], LINE);
    add_point(r, v[0], v[1], LINE);
}

static void close_path(Reader *r) {
    for (guint i = r->n_path; i-- > 0;)
        if (r->path[i].how == MOVE) {
            Point p = r->path[i];
            p.how = LINE;
            if (i + 1 < r->n_path && r->n_path < MAX_PATH) r->path[r->n_path++] = p;
            return;
        }
}

static void stroke(Reader *r) {
    for (guint i = 1; i < r->n_path; i++) {
        const Point *p = &r->path[i - 1], *q = &r->path[i];
        if (q->how != LINE) continue;
        float dx = fabsf(p->x - q->x), dy = fabsf(p->y - q->y);
        if (MIN(dx, dy) > 0.5f) continue; /* slanting */
        add_thin_box(r, (DabBox){MIN(p->x, q->x), MIN(p->y, q->y), MAX(p->x, q->x), MAX(p->y, q->y)});
    }
}

/* The next subpath from *i on: its box, and whether it is made of straight lines. */
static gboolean next_subpath(const Reader *r, guint *i, DabBox *box, gboolean *straight) {
    if (*i >= r->n_path) return FALSE;
    guint k = *i;
    *box = (DabBox){r->path[k].x, r->path[k].y, r->path[k].x, r->path[k].y};
    *straight = TRUE;
    do {
        const Point *p = &r->path[k];
        if (p->how == CURVE) *straight = FALSE;
        *box = (DabBox){MIN(box->x0, p->x), MIN(box->y0, p->y), MAX(box->x1, p->x), MAX(box->y1, p->y)};
        k++;
    } while (k < r->n_path && r->path[k].how != MOVE);
    *i = k;
    return TRUE;
}

/* A rectangle inside another, both filled, leaves a frame: four borders in one stroke of the pen. */
static gboolean add_frame(Reader *r, DabBox out, DabBox in) {
    float d[4] = {in.x0 - out.x0, in.y0 - out.y0, out.x1 - in.x1, out.y1 - in.y1};
    for (int k = 0; k < 4; k++)
        if (d[k] < -0.01f || d[k] > THIN) return FALSE;
    if (in.x1 - in.x0 < THIN || in.y1 - in.y0 < THIN) return FALSE;
    if (d[0] > 0.01f) add_thin_box(r, (DabBox){out.x0, out.y0, in.x0, out.y1});
    if (d[1] > 0.01f) add_thin_box(r, (DabBox){out.x0, out.y0, out.x1, in.y0});
    if (d[2] > 0.01f) add_thin_box(r, (DabBox){in.x1, out.y0, out.x1, out.y1});
    if (d[3] > 0.01f) add_thin_box(r, (DabBox){out.x0, in.y1, out.x1, out.y1});
    return TRUE;
}

static void fill(Reader *r) {
    DabBox box, before = {0, 0, 0, 0};
    gboolean straight, have_before = FALSE;
    for (guint i = 0; next_subpath(r, &i, &box, &straight);) {
        if (!straight) {
            add_shade(r, box);
            have_before = FALSE;
            continue;
        }
        gboolean frame = have_before && (add_frame(r, before, box) || add_frame(r, box, before));
        if (!frame) add_thin_box(r, box);
        if (!frame) add_shade(r, box);
        /* A large area filled behind a thin clip is a border too (WeasyPrint draws each side so): add_thin_box clips. */
        before = box;
        have_before = !frame;
    }
}

static void end_path(Reader *r) {
    if (r->clip_pending && r->n_path) {
        DabBox box, all = {0, 0, 0, 0};
        gboolean straight, first = TRUE;
        for (guint i = 0; next_subpath(r, &i, &box, &straight); first = FALSE)
            all = first ? box : (DabBox){MIN(all.x0, box.x0), MIN(all.y0, box.y0), MAX(all.x1, box.x1), MAX(all.y1, box.y1)};
        r->now.clip = intersect(r->now.clip, all);
    }
    r->clip_pending = FALSE;
    r->n_path = 0;
    r->too_long = FALSE;
}

static void paint(Reader *r, gboolean fills, gboolean strokes) {
    if (!r->too_long) {
        if (fills) fill(r);
        if (strokes) stroke(r);
    }
    end_path(r);
}

static void run_one_letter(Reader *r, char op, const double *v) {
    switch (op) {
    case 'q':
        if (r->depth < MAX_STATES) r->states[r->depth] = r->now;
        r->depth++;
        break;
    case 'Q':
        if (!r->depth) break;
        if (--r->depth < MAX_STATES) r->now = r->states[r->depth];
        break;
    case 'm':
        add_point(r, v[6], v[7], MOVE);
        break;
    case 'l':
        add_point(r, v[6], v[7], LINE);
        break;
    case 'c':
    case 'v':
    case 'y':
        add_point(r, v[6], v[7], CURVE);
        break;
    case 'h':
        close_path(r);
        break;
    case 'S':
        paint(r, FALSE, TRUE);
        break;
    case 's':
        close_path(r);
        paint(r, FALSE, TRUE);
        break;
    case 'f':
    case 'F':
        paint(r, TRUE, FALSE);
        break;
    case 'B':
        paint(r, TRUE, TRUE);
        break;
    case 'b':
        close_path(r);
        paint(r, TRUE, TRUE);
        break;
    case 'W':
        r->clip_pending = TRUE;
        break;
    case 'n':
        end_path(r);
        break;
    default:
        break;
    }
}

static gboolean sets_fill(const char *op, gsize len) {
    return (len == 1 && (op[0] == 'g' || op[0] == 'k')) ||
           (len == 2 && (!memcmp(op, "rg", 2) || !memcmp(op, "sc", 2) || !memcmp(op, "cs", 2))) ||
           (len == 3 && !memcmp(op, "scn", 3));
}

/* Grey and RGB are white at 1, CMYK at 0. One number of another space than grey may be an ink: 1 is all of it. */
static void set_fill(Reader *r, const char *op, const double *v, guint n) {
    r->now.white = n >= 3 || (n == 1 && op[0] == 'g');
    for (guint i = 0; i < n; i++)
        if (n == 4 ? v[i] > 0.01 : v[i] < 0.99) r->now.white = FALSE;
}

static void run(Reader *r, const char *op, gsize len) {
    double v[MAX_OPERANDS] = {0}; /* the last operand is v[7] */
    for (guint i = 0; i < r->n_operands; i++) v[MAX_OPERANDS - r->n_operands + i] = r->operands[i];
    guint n = r->n_operands;
    r->n_operands = 0;
    if (sets_fill(op, len)) set_fill(r, op, v + MAX_OPERANDS - n, n);
    if (len == 1 || (len == 2 && op[1] == '*')) {
        if (strchr("mlcvy", op[0]) && n < 2) return;
        run_one_letter(r, op[0], v);
    } else if (len == 2 && op[0] == 'r' && op[1] == 'e' && n >= 4) {
        add_rectangle(r, v + 4);
    } else if (len == 2 && op[0] == 'c' && op[1] == 'm' && n >= 6) {
        r->now.ctm = dab_matrix_multiply((DabMatrix){v[2], v[3], v[4], v[5], v[6], v[7]}, r->now.ctm);
    } else if (len == 2 && op[0] == 's' && op[1] == 'h') {
        r->now.white = FALSE;
        add_shade(r, r->now.clip);
    } else if (len == 2 && op[0] == 'D' && op[1] == 'o' && r->name && r->canvas->draw) {
        r->canvas->draw(r->canvas, r->name, r->name_len, r->now.ctm, r->now.clip, r->resources);
    }
    r->name = NULL;
}

static gboolean is_space(guint8 c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0;
}
/* What ends a word: asked for every byte. */
static gboolean is_delimiter(guint8 c) {
    static const guint8 ends[256] = {
        [0] = 1,   [9] = 1,   [10] = 1,  [11] = 1,  [12] = 1,  [13] = 1,  [' '] = 1, ['('] = 1, [')'] = 1,
        ['<'] = 1, ['>'] = 1, ['['] = 1, [']'] = 1, ['{'] = 1, ['}'] = 1, ['/'] = 1, ['%'] = 1};
    return ends[c];
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

/* PDF numbers have no exponent; 12 -.5 +3. 0.24 */
static gboolean read_number(const guint8 *p, gsize len, double *value) {
    gsize i = 0;
    double sign = 1, v = 0, scale = 1;
    while (i < len && (p[i] == '-' || p[i] == '+')) sign = p[i++] == '-' ? -1 : sign;
    if (i == len) return FALSE;
    for (; i < len && p[i] >= '0' && p[i] <= '9'; i++) v = v * 10 + (p[i] - '0');
    if (i < len && p[i] == '.')
        for (i++; i < len && p[i] >= '0' && p[i] <= '9'; i++) v += (p[i] - '0') * (scale /= 10);
    *value = CLAMP(sign * v, -1e7, 1e7);
    return i == len;
}

static void push(Reader *r, double value) {
    if (r->n_operands == MAX_OPERANDS) {
        memmove(r->operands, r->operands + 1, sizeof(double) * (MAX_OPERANDS - 1));
        r->n_operands--;
    }
    r->operands[r->n_operands++] = value;
}

static void scan(Reader *r, const guint8 *p, const guint8 *end) {
    while (p < end && !r->canvas->overflow) {
        guint8 c = *p;
        if (is_space(c)) {
            p++;
        } else if (c == '(') {
            p = skip_string(p + 1, end);
        } else if (c == '%') {
            while (p < end && *p != '\n' && *p != '\r') p++;
        } else if (c == '/') {
            r->name = (const char *)++p;
            while (p < end && !is_delimiter(*p)) p++;
            r->name_len = (gsize)(p - (const guint8 *)r->name);
        } else if (c == '<' && p + 1 < end && p[1] != '<') {
            const guint8 *close = memchr(p, '>', (gsize)(end - p));
            p = close ? close + 1 : end;
        } else if (is_delimiter(c)) {
            p++;
        } else {
            const guint8 *word = p;
            while (p < end && !is_delimiter(*p)) p++;
            gsize len = (gsize)(p - word);
            double value;
            if ((c <= '9') && read_number(word, len, &value))
                push(r, value);
            else if (len == 2 && word[0] == 'I' && word[1] == 'D')
                p = skip_inline_image(p, end);
            else
                run(r, (const char *)word, len);
        }
    }
}

void dab_content_read(DabCanvas *canvas, const guint8 *data, gsize len, DabMatrix ctm, DabBox clip, gpointer resources) {
    if (canvas->work + len > DAB_MAX_CONTENT_BYTES) {
        canvas->overflow = TRUE;
        return;
    }
    canvas->work += len;
    Reader *r = g_new0(Reader, 1);
    r->canvas = canvas;
    r->resources = resources;
    r->now = (State){ctm, clip, FALSE};
    scan(r, data, data + len);
    g_free(r);
}
