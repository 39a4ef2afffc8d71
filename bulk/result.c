#include "bulk/result.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dabiao/error.h"
#include "dabiao/limits.h"

enum { MESSAGE, SHA256, MEDIA_TYPE, JSON, KEPT, N_TEXTS };
#define ABSENT G_MAXUINT64

typedef struct {
    guint64 bytes; /* of the whole message */
    gint32 status, error_code;
    gint64 pages, measures, links, missed, numbers_unclaimed;
    double seconds;
    guint64 text[N_TEXTS]; /* bytes of each; ABSENT for NULL */
} Header;

void dab_result_init(DabResult *result) {
    *result = (DabResult){.status = DAB_RESULT_FAILED,
                          .error_code = DAB_ERROR_CRASHED,
                          .pages = -1,
                          .measures = -1,
                          .links = -1,
                          .missed = -1,
                          .numbers_unclaimed = -1};
}

void dab_result_clear(DabResult *result) {
    g_clear_pointer(&result->message, g_free);
    g_clear_pointer(&result->sha256, g_free);
    g_clear_pointer(&result->media_type, g_free);
    g_clear_pointer(&result->json, g_free);
    g_clear_pointer(&result->kept, g_free);
    result->json_len = result->kept_len = 0;
}

void dab_result_fail(DabResult *result, gint code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_free(result->message);
    result->message = g_strdup_vprintf(format, args);
    va_end(args);
    result->status = DAB_RESULT_FAILED;
    result->error_code = code;
    result->measures = result->links = result->missed = result->numbers_unclaimed = -1;
    g_clear_pointer(&result->json, g_free);
    g_clear_pointer(&result->kept, g_free);
    result->json_len = result->kept_len = 0;
}

static gboolean send_all(int fd, const char *data, gsize len) {
    while (len) {
        ssize_t n = send(fd, data, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return FALSE;
        data += n;
        len -= (gsize)n;
    }
    return TRUE;
}

gboolean dab_result_send(const DabResult *r, int fd) {
    const char *texts[N_TEXTS] = {r->message, r->sha256, r->media_type, r->json, r->kept};
    Header h;
    memset(&h, 0, sizeof h); /* padding too: nothing of the stack leaves the process */
    h.bytes = sizeof h;
    h.status = (gint32)r->status;
    h.error_code = r->error_code;
    h.pages = r->pages;
    h.measures = r->measures;
    h.links = r->links;
    h.missed = r->missed;
    h.numbers_unclaimed = r->numbers_unclaimed;
    h.seconds = r->seconds;
    for (int i = 0; i < N_TEXTS; i++) {
        h.text[i] = !texts[i] ? ABSENT : i == JSON ? r->json_len : i == KEPT ? r->kept_len : strlen(texts[i]);
        if (texts[i]) h.bytes += h.text[i];
    }
    if (!send_all(fd, (const char *)&h, sizeof h)) return FALSE;
    for (int i = 0; i < N_TEXTS; i++)
        if (texts[i] && !send_all(fd, texts[i], h.text[i])) return FALSE;
    return TRUE;
}

gsize dab_result_message_bytes(const GByteArray *bytes) {
    Header h;
    if (bytes->len < sizeof h) return 0;
    memcpy(&h, bytes->data, sizeof h);
    guint64 sum = sizeof h;
    for (int i = 0; i < N_TEXTS; i++) {
        if (h.text[i] == ABSENT) continue;
        if (h.text[i] > DAB_MAX_OUTPUT_BYTES) return G_MAXSIZE;
        sum += h.text[i];
    }
    return sum == h.bytes ? sum : G_MAXSIZE;
}

void dab_result_take(GByteArray *bytes, DabResult *result) {
    Header h;
    memcpy(&h, bytes->data, sizeof h);
    char *texts[N_TEXTS] = {NULL};
    const char *at = (const char *)bytes->data + sizeof h;
    for (int i = 0; i < N_TEXTS; i++) {
        if (h.text[i] == ABSENT) continue;
        texts[i] = g_malloc(h.text[i] + 1); /* with what NULs it has: a list may be parted by them */
        memcpy(texts[i], at, h.text[i]);
        texts[i][h.text[i]] = 0;
        at += h.text[i];
    }
    *result = (DabResult){.status = (DabResultStatus)h.status,
                          .error_code = h.error_code,
                          .message = texts[MESSAGE],
                          .sha256 = texts[SHA256],
                          .media_type = texts[MEDIA_TYPE],
                          .json = texts[JSON],
                          .json_len = texts[JSON] ? h.text[JSON] : 0,
                          .kept = texts[KEPT],
                          .kept_len = texts[KEPT] ? h.text[KEPT] : 0,
                          .pages = h.pages,
                          .measures = h.measures,
                          .links = h.links,
                          .missed = h.missed,
                          .numbers_unclaimed = h.numbers_unclaimed,
                          .seconds = h.seconds};
    g_byte_array_remove_range(bytes, 0, (guint)h.bytes);
}
