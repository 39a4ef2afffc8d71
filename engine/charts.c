/* Figures of charts → measures: what they are the parser has said already. */
#include <string.h>

#include "engine/draft.h"

/* The first label whose number is not before `number`. */
static guint first_label(const GArray *labels, guint number) {
    guint low = 0, high = labels->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(labels, DabLabel, middle).number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static DabChange change_of(const DabLabel *label, const DabNumber *n) {
    if (!label->change) return DAB_CHANGE_NONE;
    return n->has_value && n->value < 0 ? DAB_CHANGE_DECREASE : DAB_CHANGE_INCREASE;
}

void dab_chart_read(const DabDocument *d, guint sentence, GArray *measures, DabFate *fates) {
    const DabSentence *s = &g_array_index(d->sentences, DabSentence, sentence);
    const DabPassage *p = &g_array_index(d->passages, DabPassage, s->passage);
    for (guint i = first_label(d->labels, s->first_number); i < d->labels->len; i++) {
        const DabLabel *label = &g_array_index(d->labels, DabLabel, i);
        if (label->number >= s->first_number + s->n_numbers) break;
        if (!label->indicator) continue;
        const DabNumber *n = &g_array_index(d->numbers, DabNumber, label->number);
        DabMeasure m = {.role = label->planned ? DAB_ROLE_TARGET : DAB_ROLE_OUTCOME,
                        .indicator = label->indicator,
                        .subject = label->indicator,
                        .number = label->number,
                        .comparator = n->comparator,
                        .unit = *n->unit ? n->unit : label->unit,
                        .factor = *n->unit ? 1 : label->factor,
                        .change = change_of(label, n),
                        .year = label->year ? label->year : d->year,
                        .sentence = sentence,
                        .section = p->section,
                        .table = -1,
                        .row = -1,
                        .column = -1,
                        .rule = label->rule};
        if (!label->planned)
            m.as_of = label->as_of;
        else if (label->as_of && strlen(label->as_of) == strlen("2025"))
            m.deadline = dab_pool_printf(d->pool, "%s-12-31", label->as_of); /* by the end of its year */
        m.page = dab_document_place(d, n->span, &m.box);
        m.id = dab_measure_id(d->pool, measures->len + 1);
        g_array_append_val(measures, m);
        fates[label->number].measure = TRUE;
    }
}
