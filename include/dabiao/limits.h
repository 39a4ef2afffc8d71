/* limits.h: every limit of the program: its name, its value and why. */
#ifndef DABIAO_LIMITS_H
#define DABIAO_LIMITS_H

/* A report is a few megabytes; a gigabyte is a mistake or an attack. */
#define DAB_MAX_FILE_BYTES (256u * 1024 * 1024)
/* A page tree can declare any number of pages for a few bytes. The longest reports have some hundreds. */
#define DAB_MAX_PAGES 5000u
/* Characters of one document: a thousand dense newspaper pages. Bounds memory at about 40 bytes a character. */
#define DAB_MAX_GLYPHS (8u * 1000 * 1000)
/* Ruling segments of one page: a dense table has some hundreds, a map some hundred thousand. Past this a page is a drawing, not a
 * table. */
#define DAB_MAX_SEGMENTS 20000u
/* Filled areas of one page: a table with shaded rows has some dozens. Past this a page is a drawing. */
#define DAB_MAX_SHADES 2000u
/* Form XObjects inside Form XObjects; deeper nesting exists only in hostile files. */
#define DAB_MAX_FORM_DEPTH 12u
/* Bytes of a page's content streams that are read for its ruling lines. */
#define DAB_MAX_CONTENT_BYTES (64u * 1024 * 1024)
/* Cells of one table. */
#define DAB_MAX_CELLS 200000u
/* One member of a DOCX when unpacked, and all that are read of it. A report of a thousand pages has some 30 MB of XML; a bomb
 * has gigabytes in a few kilobytes. */
#define DAB_MAX_MEMBER_BYTES (96u * 1024 * 1024)
#define DAB_MAX_UNPACKED_BYTES (160u * 1024 * 1024)
/* Members of an archive: a DOCX has some dozens, and one for each picture. */
#define DAB_MAX_MEMBERS 50000u
/* Elements inside elements. Word nests some dozens deep; libxml2 itself stops XML at 256. HTML is deeper in the wild, where tags
 * are never closed: below this its elements are kept side by side, as browsers do from 512 on. Bounds recursion over the tree. */
#define DAB_MAX_XML_DEPTH 200u
#define DAB_MAX_HTML_DEPTH 600u
/* Tags of HTML open at once: the parser looks through them at each that closes. */
#define DAB_MAX_HTML_OPEN 2000u
/* Elements and texts of one file: 100 bytes each in memory. A report of a thousand pages has some 500,000. */
#define DAB_MAX_XML_NODES (4u * 1000 * 1000)
/* Columns of a table in DOCX and HTML, where one attribute can ask for any number. */
#define DAB_MAX_COLUMNS 256u
/* Styles that are based on styles; more is a cycle. */
#define DAB_MAX_STYLE_DEPTH 16u
/* Pixels of a picture that is decoded or rendered: A0 at 300 dpi has 140 million. Past it a picture is a mistake or an attack. */
#define DAB_MAX_IMAGE_PIXELS (150u * 1000 * 1000)
/* Pixels of a page that is recognised: A3 at 300 dpi has 17 million. What has more is made smaller. */
#define DAB_MAX_SCAN_PIXELS (36u * 1000 * 1000)
/* Rings on a picture, among which percent signs are looked for: a newspaper's page has some 20,000. */
#define DAB_MAX_RINGS 60000u
/* PCRE2 match and depth limits: no honest rule comes near on a sentence, and a runaway one ends in well under a second. */
#define DAB_MATCH_LIMIT 200000u
#define DAB_MATCH_DEPTH_LIMIT 20000u
/* Nesting of fragments inside fragments in rule files; more is a cycle. */
#define DAB_MAX_FRAGMENT_DEPTH 16u
/* A rule file is written by people. */
#define DAB_MAX_RULE_FILE_BYTES (4u * 1024 * 1024)
/* Numbers of one document. */
#define DAB_MAX_NUMBERS 500000u
/* A sentence longer than this is cut where the next comma stands: rules stay fast on text without full stops. In bytes. */
#define DAB_MAX_SENTENCE_BYTES 2400u
/* Documents of one run; a larger archive is converted in parts. Bounds the memory of the list at about 300 MB. */
#define DAB_MAX_INPUTS 1000000u
/* Folders inside folders of an input. */
#define DAB_MAX_FOLDER_DEPTH 64u
/* Seconds that one document may take; the slowest honest ones take a few. Past it its worker is killed. */
#define DAB_DEADLINE_SECONDS 120u
/* Seconds that each page which is recognised adds to them: an A4 page takes 4, a newspaper's 30, twice that on a busy machine. */
#define DAB_SLOW_PAGE_SECONDS 60u
/* How often a document is begun whose worker somebody kills. Each time may be chance; a document that drives the machine out of
 * memory is not to do so for ever. */
#define DAB_KILL_TRIES 10u
/* Seconds of a process's own time that the recognition of one page may take; the rest of the page is left unread. Less than the
 * above, so that one such page does not cost the document. */
#define DAB_OCR_PAGE_SECONDS 50u
/* Address space of a worker, MB: several times what the largest honest reports need. */
#define DAB_WORKER_MEGABYTES 2048u
/* One document's JSON as a worker sends it. */
#define DAB_MAX_OUTPUT_BYTES (1024u * 1024 * 1024)
/* Documents after which a worker is forked anew: what a library leaks stays bounded. */
#define DAB_WORKER_DOCUMENTS 1000u
/* Open descriptors of a worker that is shut in: the document, fonts and data of libraries. */
#define DAB_WORKER_DESCRIPTORS 64u
/* Names of an archive's members as a worker sends them, bytes: a million short ones. */
#define DAB_MAX_NAMES_BYTES (64u * 1024 * 1024)
/* Bytes of one member's name; a path of more is none (PATH_MAX), and such a member gets a number for a name. */
#define DAB_MAX_MEMBER_NAME 1024u
/* What the list of an archive's members may take, in deadlines of a document: a compressed tar file is unpacked for it. */
#define DAB_ARCHIVE_DEADLINES 10u
/* How often a file is read again that changes meanwhile. */
#define DAB_MAX_READ_TRIES 3u
/* Workers of one run. */
#define DAB_MAX_WORKERS 256u
/* A JSON file that inspect, eval and others read back. */
#define DAB_MAX_JSON_BYTES DAB_MAX_OUTPUT_BYTES

/* What a cache holds, if nothing else is said: some 60,000 reports. Small enough for a home folder with a quota. */
#define DAB_CACHE_BYTES (1024u * 1024 * 1024)
/* A layout in the cache, when unpacked: DAB_MAX_GLYPHS of 28 bytes, with lines and tables. */
#define DAB_MAX_STORE_BYTES (512u * 1024 * 1024)

#endif
