#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int dab_terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    const char *columns = g_getenv("COLUMNS");
    int n = columns ? atoi(columns) : 0;
    return n >= 20 && n <= 1000 ? n : 120;
}

gboolean dab_terminal_colour(void) {
    const char *no = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

void dab_terminal_ink(FILE *to, DabInk ink) {
    static const char *const codes[] = {"0", "1", "2", "32", "31", "33"};
    static int colour = -1;
    if (colour < 0) colour = dab_terminal_colour();
    if (colour) fprintf(to, "\033[%sm", codes[ink]);
}

static int char_columns(gunichar c) {
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* What is shown for a character. Marks that turn the direction of writing can disguise what a line says. */
static gunichar shown(gunichar c) {
    if (c == '\n' || c == '\t' || c == '\r') return ' ';
    if (g_unichar_iscntrl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return '?';
    return c;
}

/* The next character of `*at`; bytes that are no UTF-8 come as U+FFFD. */
static gunichar next_char(const char **at) {
    gunichar c = g_utf8_get_char_validated(*at, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        ++*at;
        return 0xFFFD;
    }
    *at = g_utf8_next_char(*at);
    return shown(c);
}

int dab_terminal_columns(const char *text) {
    int n = 0;
    while (*text) n += char_columns(next_char(&text));
    return n;
}

static void put_char(FILE *to, gunichar c) {
    char bytes[6] = {0};
    fwrite(bytes, 1, (gsize)g_unichar_to_utf8(c, bytes), to);
}

int dab_terminal_put(FILE *to, const char *text, int columns) {
    gboolean whole = columns == G_MAXINT || dab_terminal_columns(text) <= columns;
    int room = whole ? columns : columns - 1, used = 0;
    while (*text) {
        gunichar c = next_char(&text);
        if (char_columns(c) > room - used) break;
        used += char_columns(c);
        put_char(to, c);
    }
    if (!whole && columns > 0) {
        put_char(to, 0x2026);
        used++;
    }
    return used;
}

void dab_terminal_cell(FILE *to, const char *text, int columns, DabInk ink) {
    if (ink != DAB_INK_PLAIN) dab_terminal_ink(to, ink);
    int used = dab_terminal_put(to, text, columns);
    if (ink != DAB_INK_PLAIN) dab_terminal_ink(to, DAB_INK_PLAIN);
    for (; used < columns; used++) fputc(' ', to);
}

void dab_terminal_wrap(FILE *to, const char *text, int indent, int width) {
    int room = MAX(width - indent, 10), used = 0;
    while (*text) {
        const char *before = text;
        gunichar c = next_char(&text);
        int word = char_columns(c); /* a Latin word stays whole where a line can hold it */
        if (c < 0x80 && c != ' ') {
            gboolean starts = used == 0 || before[-1] == ' ' || (guchar)before[-1] >= 0x80;
            const char *ahead = text;
            for (; starts && *ahead > ' ' && (guchar)*ahead < 0x80 && word < room; ahead++) word++;
        }
        if (used + word > room && used > 0) {
            fprintf(to, "\n%*s", indent, "");
            used = 0;
            if (c == ' ') continue;
        }
        put_char(to, c);
        used += char_columns(c);
    }
    fputc('\n', to);
}
