/* What a run says while it goes on: the bar, the plain line, and when. */
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/progress.h"

static int own_stderr;

static void say_into_file(void) {
    fflush(stderr);
    own_stderr = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    g_assert_nonnull(file);
    dup2(fileno(file), STDERR_FILENO);
    fclose(file);
}

/* What was said since; the caller frees it. */
static char *said(void) {
    char text[2048];
    fflush(stderr);
    ssize_t n = pread(STDERR_FILENO, text, sizeof text - 1, 0);
    dup2(own_stderr, STDERR_FILENO);
    close(own_stderr);
    return g_strndup(text, (gsize)MAX(n, 0));
}

/* A run that began a minute ago: 30 of 90 documents, two failed, one under way for 14 seconds. */
static char *say(gboolean bar, gboolean quiet) {
    DabProgress p;
    DabRunCount count = {.total = 90, .ok = 28, .failed = 2};
    DabInput *slow = dab_input_new("in/2021/slow.pdf", "2021/slow.pdf");
    say_into_file();
    dab_progress_begin(&p, "dabiao convert", quiet, NULL);
    p.bar = bar;
    p.start = p.last_drawn = p.before.time = p.milestone.time = p.start - 60 * (gint64)G_USEC_PER_SEC;
    dab_progress_tick(slow, 14, 3, &count, &p);
    dab_progress_tick(slow, 14, 3, &count, &p); /* at once again: nothing */
    char *text = said();
    dab_input_free(slow);
    return text;
}

static void plain(void) {
    g_autofree char *text = say(FALSE, FALSE);
    g_assert_cmpstr(
        text, ==,
        "dabiao convert: 30 of 90 documents, 0.5 a second, 2 min left, 2 failed, 2021/slow.pdf for 14 s, recognising its page 3\n");
}

static void bar(void) {
    g_autofree char *text = say(TRUE, FALSE);
    g_assert_true(g_str_has_prefix(text, "\r[########................] 30/90  0.5 a second, 2 min left, 2 failed, "));
    g_assert_true(g_str_has_suffix(text, "\033[K"));
    g_assert_null(strchr(text, '\n'));
}

static void quiet(void) {
    g_autofree char *text = say(FALSE, TRUE);
    g_assert_cmpstr(text, ==, "");
}

/* The slow one is named until it is done; a failure is said at once, whatever the clock. */
static void ends(void) {
    DabProgress p;
    DabRunCount count = {.total = 3, .ok = 1, .failed = 1};
    DabInput *slow = dab_input_new("in/a.pdf", "a.pdf");
    DabManifestLine line = {.input = "in/a.pdf", .status = "failed", .error_code = "timeout", .error_message = "too\nlong"};
    say_into_file();
    dab_progress_begin(&p, "dabiao convert", FALSE, NULL);
    p.bar = FALSE;
    dab_progress_tick(slow, 9, 0, &count, &p);
    g_assert_true(p.slow == slow);
    dab_progress_report(&line, &count, &p);
    g_assert_null(p.slow);
    dab_progress_tick(slow, 1, 0, &count, &p); /* under way, but not for long */
    g_assert_null(p.slow);
    g_autofree char *text = said();
    g_assert_cmpstr(text, ==, "dabiao convert: in/a.pdf: timeout: too long\n");
    dab_input_free(slow);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/progress/plain", plain);
    g_test_add_func("/progress/bar", bar);
    g_test_add_func("/progress/quiet", quiet);
    g_test_add_func("/progress/ends", ends);
    return g_test_run();
}
