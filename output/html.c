#include "output/html.h"

#include <string.h>

#include "output/svg.h"

static const char style[] =
    ":root{--met:#15803d;--missed:#c42b1c;--unclear:#9a6700;--target:#1763b6;--outcome:#b4500b;--line:#e2e4e8;--dim:#686e78}"
    "*{box-sizing:border-box}body{margin:0;font:14px/1.45 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#1d2127;"
    "background:#f6f7f9}"
    "header{background:#fff;border-bottom:1px solid var(--line);padding:10px 18px}h1{font-size:19px;margin:0 0 2px}"
    "h2{font-size:15px;margin:20px 0 6px}p{margin:2px 0}.dim,.s{color:var(--dim)}a{color:#1763b6;text-decoration:none}"
    "a:hover{text-decoration:underline}table{border-collapse:collapse;width:100%;background:#fff}"
    "th{text-align:left;font-weight:600;color:var(--dim);font-size:12px;position:sticky;top:0;background:#fff;z-index:1}"
    "td,th{padding:4px 8px;border-bottom:1px solid "
    "var(--line);vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap;width:1%}"
    "td.q{white-space:nowrap}td.i{width:50%;min-width:9em}.one td.i{width:36%}main "
    "[id]{scroll-margin-top:80px}.s{display:block;font-size:12px;max-height:1."
    "5em;overflow:hidden}"
    "tr.on .s{max-height:none}.more{display:none}tr.on .more{display:block}mark{background:#ffe9a8;color:inherit}.rule{font:11px "
    "monospace;display:none}"
    "tr.on .rule{display:block}.met{color:var(--met)}.missed{color:var(--missed);font-weight:600}"
    ".unclear{color:var(--unclear)}.against{color:#fff;background:var(--missed);border-radius:3px;padding:0 4px}"
    "tr.on{background:#eef5ff;box-shadow:inset 3px 0 #1763b6}"
    ".tools{margin-top:6px;display:flex;gap:6px;flex-wrap:wrap}.tools input{font:inherit;padding:2px 8px;border:1px solid #bbb;"
    "border-radius:4px;min-width:16em}.tools button{font:inherit;padding:2px 10px;border:1px solid #bbb;border-radius:4px;"
    "background:#fff;cursor:pointer}.tools button.on{background:#1763b6;color:#fff;border-color:#1763b6}"
    ".finding{background:#fff;border-left:3px solid var(--missed);padding:3px 10px;margin:3px 0}"
    "body.two{display:grid;grid-template:auto 1fr/minmax(36em,1fr) minmax(0,1fr);height:100vh}body.two header{grid-column:1/3}"
    "main{padding:0 18px 40px;overflow:auto}body.two "
    "main{min-height:0}aside{overflow:auto;padding:12px;background:#dcdfe4;min-height:0}"
    "figure{margin:0 0 12px}figcaption{font-size:12px;color:var(--dim)}"
    "svg{display:block;width:100%;height:auto;background:#fff;box-shadow:0 1px 5px #0003}"
    "svg text{fill:#333;font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif}svg "
    ".cell{fill:none;stroke:#d4d8de;stroke-width:.5}"
    "svg .mark{fill-opacity:.16;stroke-width:.9;rx:1.5px}svg .target{fill:#1763b6;stroke:#1763b6}svg "
    ".outcome{fill:#e07b1a;stroke:#e07b1a}"
    "svg .reference{fill:#8b95a1;stroke:#8b95a1}svg .unclaimed{fill:#d6b100;stroke:#d6b100}"
    "svg .mark.missed{stroke:#c42b1c;stroke-width:1.8}svg .spread{fill:none;stroke-dasharray:3 "
    "2;stroke-opacity:.7;pointer-events:stroke}svg a:hover .mark,svg .mark.on{fill-opacity:.45;stroke-width:2.4}"
    ".key b{font-weight:400;border-radius:3px;padding:0 5px;margin-right:5px}"
    "@media(max-width:899px){body.two{display:block;height:auto}th{position:static}}"
    "@media print{body.two{display:block}.tools{display:none}}";

/* Rows and marks find each other: #m3 is a row, #p-m3 its mark. Without a script the links alone do it. */
static const char script[] =
    "(function(){var d=document,all=[].slice.call(d.querySelectorAll('tbody tr')),kind='',box=d.getElementById('find');"
    "function show(){var w=box?box.value.trim().toLowerCase():'';all.forEach(function(r){"
    "r.hidden=(kind&&!r.classList.contains(kind))||(w&&r.textContent.toLowerCase().indexOf(w)<0)});"
    "[].forEach.call(d.querySelectorAll('main section'),function(s){var rows=s.querySelectorAll('tbody tr');"
    "s.hidden=rows.length>0&&![].some.call(rows,function(r){return!r.hidden})})}"
    "[].forEach.call(d.querySelectorAll('.tools button'),function(b){b.onclick=function(){kind=b.dataset.kind;"
    "[].forEach.call(d.querySelectorAll('.tools button'),function(o){o.classList.toggle('on',o===b)});show()}});"
    "if(box)box.oninput=show;function go(id){var a=id&&d.getElementById(id),m=id&&d.getElementById('p-'+id);if(!a&&!m)return;"
    "[].forEach.call(d.querySelectorAll('.on'),function(o){if(o.tagName!=='BUTTON')o.classList.remove('on')});"
    "var r=a&&a.closest('tr');if(r){r.hidden=false;r.closest('section').hidden=false;r.classList.add('on');"
    "r.scrollIntoView({block:'center'});[].forEach.call(r.querySelectorAll('[id]'),function(o){"
    "var "
    "k=d.getElementById('p-'+o.id);if(k)k.classList.add('on')})}if(m){m.classList.add('on');m.scrollIntoView({block:'center'})}}"
    "d.addEventListener('click',function(e){var a=e.target.closest('a[href^=\"#\"]'),r=e.target.closest('tr'),id;"
    "if(a)id=(a.getAttribute('href')||'').slice(1).replace(/^p-/,'');else "
    "if(r&&r.querySelector('[id]'))id=r.querySelector('[id]').id;"
    "if(!id)return;e.preventDefault();history.replaceState(null,'','#'+id);go(id)});go(location.hash.slice(1))})()";

void dab_html_text(GString *out, const char *text) {
    for (const char *at = text ? text : ""; *at;) {
        gunichar c = g_utf8_get_char_validated(at, -1);
        gboolean sound = !(c & 0x80000000u);
        dab_svg_escape(out, !sound ? 0xFFFD : c == '\n' || c == '\t' ? ' ' : c);
        at = sound ? g_utf8_next_char(at) : at + 1;
    }
}

void dab_html_address(GString *out, const char *path) {
    g_autofree char *address = g_uri_escape_string(path, "/", FALSE);
    g_string_append(out, address);
}

void dab_html_begin(GString *out, const char *title, const char *body_class) {
    g_string_append(out, "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width\">"
                         "<meta http-equiv=\"Content-Security-Policy\" "
                         "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>");
    dab_html_text(out, title);
    g_string_append_printf(out, "</title><style>%s</style></head>\n<body class=\"%s\">\n", style, body_class);
}

void dab_html_end(GString *out) {
    g_string_append_printf(out, "<script>%s</script></body></html>\n", script);
}
