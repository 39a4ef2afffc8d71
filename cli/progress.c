#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/log.h"
#include "cli/terminal.h"

#define REDRAW_MICROSECONDS 100000
#define PLAIN_MICROSECONDS 5000000
#define MILESTONE_MICROSECONDS 30000000
#define BAR_COLUMNS 24
#define SLOW_SECONDS 3 /* from when on a document is named as slow */

void dab_progress_begin(DabProgress *p, const char *verb, gboolean quiet, FILE *log) {
    gint64 now = g_get_monotonic_time();
    quiet = quiet || log == stderr;
    *p = (DabProgress){.verb = verb,
                       .quiet = quiet,
                       .bar = !quiet && isatty(STDERR_FILENO),
                       .log = log,
                       .start = now,
                       .last_drawn = now,
                       .before = {now, 0},
                       .milestone = {now, 0}};
}

static guint n_done(const DabRunCount *c) {
    return c->ok + c->failed + c->skipped;
}

static void append_time(GString *to, double seconds) {
    guint s = (guint)CLAMP(seconds + 0.5, 0, 1e8);
    if (s < 100)
        g_string_append_printf(to, "%u s", s);
    else if (s < 6000)
        g_string_append_printf(to, "%u min", (s + 30) / 60);
    else
        g_string_append_printf(to, "%u h %02u min", s / 3600, s / 60 % 60);
}

/* "12.5 a second, 38 s left, 2 failed, a/slow.pdf for 14 s", as far as there is something to say. */
static char *describe(DabProgress *p, const DabRunCount *c, gint64 now) {
    GString *text = g_string_new(NULL);
    guint n = n_done(c);
    if (now - p->milestone.time > MILESTONE_MICROSECONDS) {
        p->before = p->milestone;
        p->milestone = (DabMilestone){now, n};
    }
    double rate = (n - p->before.n) / MAX((double)(now - p->before.time) / G_USEC_PER_SEC, 0.001);
    g_string_append_printf(text, rate < 10 ? "%.1f a second" : "%.0f a second", rate);
    if (rate > 0 && n < c->total) {
        g_string_append(text, ", ");
        append_time(text, (c->total - n) / rate);
        g_string_append(text, " left");
    }
    if (c->failed) g_string_append_printf(text, ", %u failed", c->failed);
    if (p->slow) {
        g_string_append_printf(text, ", %s for ", p->slow->shown);
        append_time(text, (double)(now - p->slow_since) / G_USEC_PER_SEC);
        if (p->slow_pages) g_string_append_printf(text, ", recognising its page %u", p->slow_pages);
    }
    return g_string_free(text, FALSE);
}

static int width_of_terminal(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 80;
}

static void draw_bar(const DabRunCount *c, const char *text) {
    guint n = n_done(c), full = c->total ? (guint)((guint64)n * BAR_COLUMNS / c->total) : BAR_COLUMNS;
    g_autoptr(GString) line = g_string_new("[");
    for (guint i = 0; i < BAR_COLUMNS; i++) g_string_append_c(line, i < full ? '#' : '.');
    g_string_append_printf(line, "] %u/%u  %s", n, c->total, text);
    fputc('\r', stderr);
    dab_terminal_put(stderr, line->str, width_of_terminal() - 1);
    fputs("\033[K", stderr);
    fflush(stderr);
}

static void draw_line(const DabProgress *p, const DabRunCount *c, const char *text) {
    fprintf(stderr, "%s: %u of %u documents, ", p->verb, n_done(c), c->total);
    dab_terminal_put(stderr, text, G_MAXINT);
    fputc('\n', stderr);
}

/* Where it is time to: the bar ten times a second at most, a line every five seconds. */
static void draw(DabProgress *p, const DabRunCount *c) {
    gint64 now = g_get_monotonic_time();
    if (p->quiet || now - p->last_drawn < (p->bar ? REDRAW_MICROSECONDS : PLAIN_MICROSECONDS)) return;
    p->last_drawn = now;
    g_autofree char *text = describe(p, c, now);
    if (p->bar)
        draw_bar(c, text);
    else
        draw_line(p, c, text);
}

void dab_progress_report(const DabManifestLine *line, const DabRunCount *c, void *data) {
    DabProgress *p = data;
    if (p->log) dab_log_document(p->log, line);
    if (p->log == stderr) return;
    if (strcmp(line->status, "failed") == 0) {
        if (p->bar) fputs("\r\033[K", stderr);
        fprintf(stderr, "%s: ", p->verb);
        dab_terminal_put(stderr, line->input, G_MAXINT);
        fprintf(stderr, ": %s: ", line->error_code);
        dab_terminal_put(stderr, line->error_message ? line->error_message : "", G_MAXINT);
        fputc('\n', stderr);
        if (p->bar) p->last_drawn = 0;
    }
    if (p->slow && strcmp(line->input, p->slow->file_name) == 0) p->slow = NULL;
    draw(p, c);
}

void dab_progress_tick(const DabInput *slowest, double seconds, guint n_recognised, const DabRunCount *c, void *data) {
    DabProgress *p = data;
    p->slow = seconds >= SLOW_SECONDS ? slowest : NULL;
    p->slow_pages = n_recognised;
    p->slow_since = g_get_monotonic_time() - (gint64)(seconds * G_USEC_PER_SEC);
    draw(p, c);
}

static void put_failures(const DabRunCount *c) {
    fputs("  failed:", stderr);
    for (int code = 0, n = 0; code < DAB_N_ERROR_CODES; code++)
        if (c->failures[code]) fprintf(stderr, "%s %u %s", n++ ? "," : "", c->failures[code], dab_error_name(code));
    fputc('\n', stderr);
}

static void put_summary(const DabRunCount *c, double seconds) {
    guint n = c->ok + c->failed + c->skipped;
    fprintf(stderr, "%u of %u documents converted", c->ok, c->total);
    if (c->skipped) fprintf(stderr, ", %u done before", c->skipped);
    if (c->failed) fprintf(stderr, ", %u failed", c->failed);
    if (n < c->total) fprintf(stderr, ", %u not begun (--resume goes on)", c->total - n);
    fprintf(stderr, " in %.1f s\n", seconds);
    fprintf(stderr,
            "  %" G_GUINT64_FORMAT " pages, %" G_GUINT64_FORMAT " measures, %" G_GUINT64_FORMAT " links, %" G_GUINT64_FORMAT
            " missed targets\n",
            c->pages, c->measures, c->links, c->missed);
    if (c->same) fprintf(stderr, "  %u the same as another, byte for byte: converted once\n", c->same);
    if (c->failed) put_failures(c);
}

void dab_progress_end(DabProgress *p, const DabRunCount *c, const char *out_dir, DabRunEnd end) {
    static const char *const ends[] = {[DAB_RUN_DONE] = "done",
                                       [DAB_RUN_INTERRUPTED] = "interrupted",
                                       [DAB_RUN_NO_OUTPUT] = "write_failed",
                                       [DAB_RUN_NOT_PREPARED] = "rules_not_loaded"};
    double seconds = (double)(g_get_monotonic_time() - p->start) / G_USEC_PER_SEC;
    if (p->log) dab_log_end(p->log, ends[end], c, out_dir, seconds);
    if (p->bar) fputs("\r\033[K", stderr);
    if (p->quiet || end == DAB_RUN_NO_OUTPUT || end == DAB_RUN_NOT_PREPARED) return;
    put_summary(c, seconds);
    fputs("Results are in ", stderr);
    dab_terminal_put(stderr, out_dir, G_MAXINT);
    fputs("; its manifest has a line for each input; dabiao summary ", stderr);
    dab_terminal_put(stderr, out_dir, G_MAXINT);
    fputs(" shows them\n", stderr);
}
