/* ranked.c: quickselect (C. A. R. Hoare, Algorithm 65: Find, 1961). */
#include "base/ranked.h"

#include <stdlib.h>

#define MAX_ROUNDS 40 /* that halve what is left, or nearly so; after these the values are contrived */

static int by_value(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* Parts values[from … to] so that none up to the returned place is greater than any behind it. */
static gsize part(float *values, gsize from, gsize to) {
    float pivot = values[from + (to - from) / 2];
    for (gsize i = from, k = to;; i++, k--) {
        while (values[i] < pivot) i++;
        while (values[k] > pivot) k--;
        if (i >= k) return k;
        float kept = values[i];
        values[i] = values[k];
        values[k] = kept;
    }
}

float dab_ranked(float *values, gsize n, gsize rank) {
    gsize from = 0, to = n - 1;
    for (guint round = 0; from < to && round < MAX_ROUNDS; round++) {
        gsize middle = part(values, from, to);
        if (rank <= middle)
            to = middle;
        else
            from = middle + 1;
    }
    if (from < to) qsort(values + from, to - from + 1, sizeof *values, by_value);
    return values[rank];
}
