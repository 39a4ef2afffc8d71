/* inputs.h: the paths of a command line → the documents of a run, in a fixed order, each with the name of its output.
 *
 * A folder is walked in byte order of names, everything in it is an input (what it is, extract/ tells by its content);
 * names that begin with a dot are left out, and so is the output folder where it lies inside. Opens no document. */
#ifndef DABIAO_BULK_INPUTS_H
#define DABIAO_BULK_INPUTS_H

#include <glib.h>

#define DAB_NO_MEMBER G_MAXUINT

typedef struct {
    const char *file_name; /* the input of a manifest line: a path, or ARCHIVE/member */
    const char *shown;     /* as results show it: relative to the input folder, or the file's own name */
    const char *output;    /* relative to the output folder: shown + ".json", with %XX for bytes that are no UTF-8 and control
                            * characters; names too long for a file system are cut and end in a part of their hash */
    const char *archive;   /* the archive's path, or NULL; lives as long as the program */
    guint member;          /* counted from 0 through the archive, or DAB_NO_MEMBER */
    gint problem_code;
    gint64 bytes; /* its size where that is known, or -1 */
    char *sha256; /* where another has its size, or NULL; same_as: the input before it that has its bytes, or NULL */
    char *same_as;
    char *problem;     /* why a folder or archive could not be read, or NULL; such an input fails */
    guint place, of;   /* its place among all inputs of the run, from 0, and their number; set when they are shared out */
    char *own_output;  /* the output, where it had to get another name */
    char file_names[]; /* file_name, output and, where it is no part of file_name, shown: a list of a million is kept small */
} DabInput;

/* Documents of `paths` (files, folders, or what is missing: a missing file is an input that will fail), in byte order of the paths:
 * in which order they are named makes no difference. `out_dir` is where results will go. GPtrArray of DabInput, owned by the
 * caller, who unrefs it. Error: DAB_ERROR_USAGE, naming both, when two inputs meet in one output or one's output is a folder
 * another needs; DAB_ERROR_TOO_LARGE above DAB_MAX_INPUTS. */
GPtrArray *dab_inputs_find(const char *const *paths, const char *out_dir, GError **error);

/* A new input of a name; all else as for a file of unknown size. */
DabInput *dab_input_new(const char *file_name, const char *shown);
void dab_input_free(void *input);
/* Checks the outputs again, after members of archives have come in. A member never stops a run: one that would meet another output
 * gets a name of its own, ARCHIVE/~N. Errors as dab_inputs_find. */
gboolean dab_inputs_settle(GPtrArray *inputs, GError **error);

/* The shard of n, from 1, that works on it. Depends on its name as results show it, and on nothing else: files that come or go
 * move no other. */
guint dab_input_shard(const DabInput *input, guint n);
/* Leaves what shard i of n works on. */
void dab_inputs_shard(GPtrArray *inputs, guint i, guint n);

#endif
