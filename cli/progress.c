#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/log.h"
#include "cli/terminal.h"

#define REDRAW_MICROSECONDS 100000
#define BAR_COLUMNS 30

void dab_progress_begin(DabProgress *p, const char *verb, gboolean quiet, FILE *log) {
    quiet = quiet || log == stderr;
    *p = (DabProgress){
        .verb = verb, .quiet = quiet, .bar = !quiet && isatty(STDERR_FILENO), .log = log, .start = g_get_monotonic_time()};
}

static void draw(DabProgress *p, const DabRunCount *c) {
    gint64 now = g_get_monotonic_time();
    guint n = c->ok + c->failed + c->skipped;
    if (now - p->last_drawn < REDRAW_MICROSECONDS && n < c->total) return;
    p->last_drawn = now;
    double seconds = (double)(now - p->start) / G_USEC_PER_SEC;
    guint full = c->total ? n * BAR_COLUMNS / c->total : BAR_COLUMNS;
    char bar[BAR_COLUMNS + 1];
    for (guint i = 0; i < BAR_COLUMNS; i++) bar[i] = i < full ? '#' : '.';
    bar[BAR_COLUMNS] = 0;
    fprintf(stderr, "\r[%s] %u/%u", bar, n, c->total);
    if (c->failed) fprintf(stderr, "  %u failed", c->failed);
    if (seconds > 1 && n < c->total) fprintf(stderr, "  %.0f s left", seconds / n * (c->total - n));
    fputs("\033[K", stderr);
    fflush(stderr);
}

void dab_progress_report(const DabManifestLine *line, const DabRunCount *c, void *data) {
    DabProgress *p = data;
    gboolean failed = strcmp(line->status, "failed") == 0;
    if (p->log) dab_log_document(p->log, line);
    if (p->log == stderr) return;
    if (failed) {
        if (p->bar) fputs("\r\033[K", stderr);
        fprintf(stderr, "%s: ", p->verb);
        dab_terminal_put(stderr, line->input, G_MAXINT);
        fprintf(stderr, ": %s: ", line->error_code);
        dab_terminal_put(stderr, line->error_message ? line->error_message : "", G_MAXINT);
        fputc('\n', stderr);
        p->last_drawn = 0;
    } else if (!p->quiet && !p->bar) {
        fprintf(stderr, "[%u/%u] ", c->ok + c->failed + c->skipped, c->total);
        dab_terminal_put(stderr, line->input, G_MAXINT);
        fprintf(stderr, "%s: %" G_GINT64_FORMAT " measures, %" G_GINT64_FORMAT " links\n",
                strcmp(line->status, "skipped") == 0 ? " (done before)"
                : line->same_as                      ? " (the same as another)"
                                                     : "",
                line->measures, line->links);
    }
    if (p->bar) draw(p, c);
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
    static const char *const ends[] = {
        [DAB_RUN_DONE] = "done", [DAB_RUN_INTERRUPTED] = "interrupted", [DAB_RUN_NO_OUTPUT] = "write_failed"};
    double seconds = (double)(g_get_monotonic_time() - p->start) / G_USEC_PER_SEC;
    if (p->log) dab_log_end(p->log, ends[end], c, out_dir, seconds);
    if (p->bar) fputs("\r\033[K", stderr);
    if (p->quiet || end == DAB_RUN_NO_OUTPUT) return;
    put_summary(c, seconds);
    fputs("Results are in ", stderr);
    dab_terminal_put(stderr, out_dir, G_MAXINT);
    fputs("; its manifest has a line for each input; dabiao summary ", stderr);
    dab_terminal_put(stderr, out_dir, G_MAXINT);
    fputs(" shows them\n", stderr);
}
