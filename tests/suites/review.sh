# dabiao review: pages for a browser.
review() { "$D" review "$@" >"$T/out" 2>"$T/err" </dev/null; echo $?; }

mkdir -p "$T/review/in/a #1%20?"
cp corpus/open/huaichuan-health-taskstable-2022.pdf "$T/review/in/a #1%20?/tasks.pdf"
cp corpus/open/qiwu-statistics-bulletin-2022.pdf "$T/review/in/gone.pdf"
cp tests/input/report.txt "$T/review/in/"
"$D" convert -q -o "$T/review/out" "$T/review/in"
rm "$T/review/in/gone.pdf"
same 'review' 0 "$(review -o "$T/review/html" "$T/review/out")"
check 'review: says where to look' grep -q 'review/html/index.html' "$T/out"
same 'review: the same bytes again' 0 "$(review -o "$T/review/again" "$T/review/out")"
check 'review: the same bytes' diff -r "$T/review/html" "$T/review/again"

# Every address leads somewhere, no id stands twice, every measure has a row, and one with a place a mark.
cat >"$T/review/check.py" <<'PY'
import html.parser, json, os, sys, urllib.parse
html_dir, out_dir = sys.argv[1:3]
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.marks = [], [], 0
    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "id" in a: self.ids.append(a["id"])
        if "href" in a: self.links.append(a["href"])
        if tag == "rect" and "mark" in a.get("class", ""): self.marks += 1
for folder, _, files in os.walk(html_dir):
    for name in files:
        path = os.path.join(folder, name)
        page = Page()
        page.feed(open(path, encoding="utf-8").read())
        assert len(page.ids) == len(set(page.ids)), "an id twice in " + path
        for link in page.links:
            if link.startswith("#"): assert link[1:] in page.ids, (path, link)
            else: assert os.path.exists(os.path.join(folder, urllib.parse.unquote(link))), (path, link)
        if name == "index.html": continue
        report = json.load(open(os.path.join(out_dir, os.path.relpath(path, html_dir))[: -len("html")] + "json", encoding="utf-8"))
        missing = [m["id"] for m in report["measures"] if m["id"] not in page.ids]
        assert not missing, (path, missing)
        if name == "tasks.pdf.html":
            places = sum(m["where"]["bbox"] is not None for m in report["measures"] + report["unclaimed"])
            assert page.marks == places > 100, (page.marks, places)
        else:
            assert page.marks == 0, path
PY
check 'review: addresses, rows, marks' python3 "$T/review/check.py" "$T/review/html" "$T/review/out"
check 'review: a report that is gone' grep -q 'No such file or directory: its pages are not shown' "$T/review/html/gone.pdf.html"
check 'review: a report without pages says nothing of them' bash -c "! grep -q 'its pages' '$T/review/html/report.txt.html'"

# Reports that have moved, or changed.
mv "$T/review/in" "$T/review/moved"
same 'review --reports' 0 "$(review -o "$T/review/html2" --reports "$T/review/moved" "$T/review/out")"
check 'review --reports: the pages are there' cmp "$T/review/html/a #1%20?/tasks.pdf.html" "$T/review/html2/a #1%20?/tasks.pdf.html"
echo >>"$T/review/moved/a #1%20?/tasks.pdf"
same 'review of a changed report' 0 "$(review -o "$T/review/html2" --reports "$T/review/moved" "$T/review/out")"
check 'review of a changed report: says so' grep -q 'its file has changed since' "$T/review/html2/a #1%20?/tasks.pdf.html"
check 'review of a changed report: no mark' bash -c "! grep -q 'class=\"mark' '$T/review/html2/a #1%20?/tasks.pdf.html'"

# What a report says is text, never a part of the page; a file that is no output costs only itself.
mkdir "$T/review/bad"
sed 's|"title":"[^"]*"|"title":"</title><script>alert(1)</script>\\"><img src=x onerror=alert(2)>"|' "$T/review/out/report.txt.json" >"$T/review/bad/a.json"
echo '{}' >"$T/review/bad/b.json"
same 'review of a file that is no output' 1 "$(review -o "$T/review/bad-html" "$T/review/bad")"
check 'review: it is named' grep -q 'bad/b.json: ' "$T/err"
check 'review: the other is there' test -s "$T/review/bad-html/a.html"
check 'review: no element out of a title' bash -c "! grep -rqE '<img|<script>alert' '$T/review/bad-html'"
same 'review without a run' 2 "$(review)"
same 'review: a folder that cannot be' 1 "$(review -o /proc/no "$T/review/out")"
check 'review: says why' grep -q write_failed "$T/err"
