/* Any bytes as a page's content stream; `Do` draws the stream again, as a form that draws itself does. */
#include "extract/content.h"

#include <math.h>

#include "dabiao/limits.h"
#include "extract/segments.h"
#include "tests/fuzz/fuzz.h"

typedef struct {
    const uint8_t *data;
    size_t size;
} Stream;

static void draw_again(DabCanvas *canvas, const char *name, gsize len, DabMatrix ctm, DabBox clip, gpointer resources) {
    const Stream *stream = canvas->user_data;
    (void)name, (void)len;
    /* two levels: each draws all that the stream asks for */
    if (canvas->depth >= 2 || canvas->work > 1 << 16) return;
    canvas->depth++;
    dab_content_read(canvas, stream->data, stream->size, ctm, clip, resources);
    canvas->depth--;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Stream stream = {data, size};
    DabRawPage page = {.segments = g_array_new(FALSE, TRUE, sizeof(DabSegment)), .width = 595, .height = 842};
    DabCanvas canvas = {.page = &page, .draw = draw_again, .user_data = &stream};
    dab_content_read(&canvas, data, size, (DabMatrix){1, 0, 0, -1, 0, 842}, (DabBox){0, 0, 595, 842}, NULL);
    g_assert_cmpuint(page.segments->len, <=, DAB_MAX_SEGMENTS);
    for (guint i = 0; i < page.segments->len; i++) {
        const DabSegment *s = &g_array_index(page.segments, DabSegment, i);
        g_assert_true(isfinite(s->at) && isfinite(s->from) && isfinite(s->to) && s->from <= s->to);
    }
    dab_segments_merge(page.segments);
    g_array_free(page.segments, TRUE);
    return 0;
}
