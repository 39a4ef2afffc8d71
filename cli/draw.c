#include "cli/draw.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulk/file.h"
#include "bulk/sandbox.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"
#include "dabiao/recogniser.h"
#include "dabiao/source.h"
#include "output/html.h"

static const char other_bytes[] = "its file has changed since; convert it again to see its pages";

/* In the child: 'o' and the pages, or 'e' and why not. */
static void draw(const DabOutput *o, int file, int to) {
    g_autoptr(DabPool) pool = dab_pool_new();
    g_autoptr(GString) out = g_string_new("o");
    g_autoptr(GError) error = NULL;
    dab_sandbox_enter(NULL); /* convert says which walls are missing */
    DabSource *source = dab_source_open_fd(pool, file, o->path ? o->path : "", &error);
    gboolean same = source && !g_strcmp0(source->sha256, o->source_sha256);
    if (source && !g_strcmp0(o->text_from, "text")) source->ocr = DAB_OCR_NEVER;
    DabLayout *layout = same ? dab_extract(pool, source, &error) : NULL;
    if (layout)
        dab_html_pages(out, o, layout);
    else
        g_string_assign(out, error ? "e" : "c");
    if (error) g_string_append(out, error->message);
    dab_write_all(to, out->str, out->len);
}

/* All that comes before the deadline; NULL when it was not all. */
static GString *receive(int from) {
    g_autoptr(GString) got = g_string_new(NULL);
    gint64 end = g_get_monotonic_time() + (gint64)DAB_DEADLINE_SECONDS * G_USEC_PER_SEC;
    char buffer[65536];
    for (;;) {
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        struct pollfd wait = {.fd = from, .events = POLLIN};
        if (left <= 0 || got->len > DAB_MAX_JSON_BYTES) return NULL;
        if (poll(&wait, 1, (int)MIN(left, 1000)) <= 0) continue;
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n == 0 ? g_steal_pointer(&got) : NULL;
        g_string_append_len(got, buffer, n);
    }
}

static GString *run(const DabOutput *o, int file) {
    int ends[2];
    if (pipe(ends) != 0) return NULL;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        draw(o, file, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    GString *got = child > 0 ? receive(ends[0]) : NULL;
    close(ends[0]);
    if (child > 0 && !got) kill(child, SIGKILL);
    if (child > 0)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
    return got;
}

GString *dab_cli_draw(const DabOutput *o, const char *file, char **why) {
    int fd = dab_source_descriptor(file);
    if (fd < 0) {
        *why = g_strdup_printf("%s: %s: its pages are not shown", file, g_strerror(-fd));
        return NULL;
    }
    dab_sandbox_prepare();
    if (g_strcmp0(o->text_from, "text")) dab_recogniser_load();
    GString *got = run(o, fd);
    close(fd);
    char how = got && got->len ? got->str[0] : 0;
    if (how == 'o') return g_string_erase(got, 0, 1);
    *why = how == 'c'   ? g_strdup(other_bytes)
           : how == 'e' ? g_strdup_printf("its pages are not shown: %s", got->str + 1)
                        : g_strdup("its pages could not be drawn");
    if (got) g_string_free(got, TRUE);
    return NULL;
}
