# Pages read from their picture: scans, pictures alone, mixed documents, text layers of garbage. Without OCR in this build:
# that the program says so.
mkdir "$T/ocr"
python3 tests/ocr/make.py "$T/ocr"
ocr_run() { # ocr_run OUT OPTIONS… FILES…: converts, whatever comes of it
    local out=$1
    shift
    "$D" convert -q -o "$out" "$@" >"$T/out" 2>"$T/err" || true
}
# ocr_says FILE.json EXPRESSION: holds of the document d, its text t and its measures m
ocr_says() {
    python3 -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
m, w = d["measures"], [w["code"] for w in d["warnings"]]
cells = [c["text"] for t in d["tables"] for r in t["rows"] for c in r["cells"]]
t = "\n".join([x["sentence"] for x in m] + cells)
print("text_from", d["source"]["text_from"], "warnings", w, "measures", len(m), "cells", len(cells))
sys.exit(not eval(sys.argv[2]))' "$1" "$2"
}
ocr_run "$T/ocr-auto" "$T/ocr"
if [ "$(outcome "$T/ocr-auto/manifest.jsonl" page.png)" = unsupported_type ]; then
    check 'without OCR: the message says so' grep -q 'page.png.*unsupported_type.*OCR' "$T/err"
    check 'without OCR: a mixed document names the page' ocr_says "$T/ocr-auto/mixed.pdf.json" \
        '"no_text" in w and d["source"]["text_from"] == "text"'
    same 'without OCR: a scan is empty' empty "$(outcome "$T/ocr-auto/manifest.jsonl" scan.pdf)"
    skip 'OCR' 'it is not built in'
else
    for name in scan.pdf table.jpg; do
        check "$name: a ruled table gives cells" ocr_says "$T/ocr-auto/$name.json" \
            'd["source"]["text_from"] == "ocr" and len(d["tables"]) == 1 and len(d["tables"][0]["columns"]) == 7 and len(cells) >= 28'
        check "$name: columns have their roles" ocr_says "$T/ocr-auto/$name.json" \
            '[c["role"] for c in d["tables"][0]["columns"]].count("target") == 1 and "outcome" in str(d["tables"][0]["columns"])'
        check "$name: numbers of cells" ocr_says "$T/ocr-auto/$name.json" \
            'sum(x["quantity"]["value"] in (12, 13.2, 147, 986.4e4, 132000, 120000, 91.4, 63.85, 41.07, 86.3e8, 9840) for x in m) >= 7'
        check "$name: confidence" ocr_says "$T/ocr-auto/$name.json" 'm and all(0 < x["confidence"] <= 1 for x in m)'
        check "$name: boxes lie on the page" ocr_says "$T/ocr-auto/$name.json" \
            'all(x["where"]["bbox"][0] >= 0 and x["where"]["bbox"][2] < 900 and x["where"]["bbox"][3] < 900 for x in m)'
    done
    check 'page.png: running text' ocr_says "$T/ocr-auto/page.png.json" \
        'sum(v in [x["quantity"]["value"] for x in m] for v in (31, 8.8, 89.3, 93.3, 90.4, 30)) >= 5'
    check 'page.png: the title' grep -q '生态环境工作要点' "$T/ocr-auto/page.png.json"
    check 'mixed.pdf: page by page' ocr_says "$T/ocr-auto/mixed.pdf.json" \
        'd["source"]["text_from"] == "mixed" and any("confidence" not in x for x in m) and any("confidence" in x for x in m)'
    check 'garbled.pdf: garbage for text is recognised' ocr_says "$T/ocr-auto/garbled.pdf.json" \
        '"garbled_text" in w and d["source"]["text_from"] == "ocr" and d["numbers"]["total"] >= 3 and "villages" in str(d)'
    check 'vertical.png: lines that go down' ocr_says "$T/ocr-auto/vertical.png.json" \
        'all(v in [x["quantity"]["value"] for x in m] for v in (28, 326, 45000, 12, 98, 3500000, 24, 85, 40, 400, 60000))'
    check 'vertical.png: boxes stand on the page' ocr_says "$T/ocr-auto/vertical.png.json" \
        'all(b[3] - b[1] > 1.5 * (b[2] - b[0]) and b[2] < 346 and b[3] < 418 for b in [x["where"]["bbox"] for x in m if len(x["quantity"]["raw"]) > 2])'
    check 'a page lies on a side, or upside down' python3 -c 'import json, sys
def read(name): return json.load(open(sys.argv[1] + "/" + name + ".png.json", encoding="utf-8"))["measures"]
upright, w, h = read("part"), 842, 842 * 738 / 1157
back = {"left": lambda b: [w - b[3], b[0], w - b[1], b[2]], "over": lambda b: [w - b[2], h - b[3], w - b[0], h - b[1]],
        "right": lambda b: [b[1], h - b[2], b[3], h - b[0]]}
for name in back:
    turned = read(name)
    print(name, [x["quantity"]["raw"] for x in turned], "upright", [x["quantity"]["raw"] for x in upright])
    assert len(upright) >= 8 and [x["quantity"]["value"] for x in turned] == [x["quantity"]["value"] for x in upright]
    for a, b in zip(turned, upright):
        assert all(abs(p - q) < 4 for p, q in zip(back[name](a["where"]["bbox"]), b["where"]["bbox"])), (a["where"], b["where"])
' "$T/ocr-auto"
    for pair in cut.jpg=ok,damaged head.jpg=damaged,empty cut.png=ok,damaged huge.png=too_large huge.pdf=empty,too_large tiny.png=empty \
        huge.tif=too_large wide.tif=too_large,damaged loop.tif=empty,damaged cut.tif=damaged rotten.jpg=ok,damaged,empty \
        jbig2.pdf=empty,damaged jbig2-size.pdf=empty,damaged; do
        got=$(outcome "$T/ocr-auto/manifest.jsonl" "${pair%%=*}")
        case ",${pair#*=}," in
        *",$got,"*) pass ;;
        *) fail "${pair%%=*}" "wanted: ${pair#*=}" "got:    $got" ;;
        esac
    done
    check 'what came out is sound' python3 tests/check_output.py "$T/ocr-auto"
    ocr_run "$T/ocr-again" -j 1 "$T/ocr/garbled.pdf" "$T/ocr/page.png" # another order, another process
    check 'same bytes from two runs' cmp "$T/ocr-auto/page.png.json" "$T/ocr-again/page.png.json"
    ocr_run "$T/ocr-never" --ocr never "$T/ocr/scan.pdf" "$T/ocr/mixed.pdf" "$T/ocr/garbled.pdf"
    same '--ocr never: a scan is empty' empty "$(outcome "$T/ocr-never/manifest.jsonl" scan.pdf)"
    check '--ocr never: the page is named' ocr_says "$T/ocr-never/mixed.pdf.json" '"no_text" in w and d["source"]["text_from"] == "text"'
    mkdir "$T/tessdata" # recognition without the data for vertical writing: the page says what is missing
    for data in /usr/share/tesseract-ocr/*/tessdata /usr/share/tessdata /usr/share/tesseract/tessdata "${TESSDATA_PREFIX:-/}"; do
        [ ! -e "$data/chi_sim.traineddata" ] || ln -sf "$data/chi_sim.traineddata" "$T/tessdata/"
    done
    TESSDATA_PREFIX=$T/tessdata ocr_run "$T/ocr-level" "$T/ocr/vertical.png"
    check 'without data for vertical writing: a warning' grep -q '"vertical_text".*chi-sim-vert' "$T/ocr-level/vertical.png.json"
    ocr_run "$T/ocr-always" --ocr always "$T/ocr/mixed.pdf"
    check '--ocr always: every page' ocr_says "$T/ocr-always/mixed.pdf.json" \
        'd["source"]["text_from"] == "ocr" and all("confidence" in x for x in m)'
    ocr_run "$T/ocr-never" --ocr auto --resume "$T/ocr/mixed.pdf"
    check '--resume goes on where pages were left' ocr_says "$T/ocr-never/mixed.pdf.json" 'd["source"]["text_from"] == "mixed"'
    ocr_run "$T/ocr-never" --ocr auto --resume "$T/ocr/mixed.pdf"
    same '--resume: done is done' skipped "$(outcome "$T/ocr-never/manifest.jsonl" mixed.pdf)"
    ocr_run "$T/ocr-slow" --deadline 1 "$T/ocr/scan.pdf"
    same 'a page that is recognised gets time' ok "$(outcome "$T/ocr-slow/manifest.jsonl" scan.pdf)"
    loaded() { # loaded FILE: whether a run over it takes Tesseract into the program
        LD_DEBUG=files "$D" convert -q -j 1 -o "$T/ocr-loaded" "$1" 2>&1 | grep -q libtesseract
    }
    echo '门诊量达到31万人次。' >"$T/plain.txt"
    check 'a run without scans does not load Tesseract' eval '! loaded "$T/plain.txt"'
    check 'one with a scan does' loaded "$T/ocr/tiny.png"
    # Installed; without the module; with one that is none.
    mkdir -p "$T/ocr-root/bin" "$T/ocr-root/lib/dabiao" "$T/ocr-root/share/dabiao"
    ln -s "$PWD/rules" "$T/ocr-root/share/dabiao/rules"
    cp "$D" "$T/ocr-root/bin/"
    elsewhere() { # elsewhere: what becomes of a picture there
        "$T/ocr-root/bin/dabiao" convert -q -o "$T/ocr-elsewhere" "$T/ocr/page.png" 2>&1 || true
    }
    check 'no module: the message says so' grep -q 'page.png: unsupported_type.*this build has no OCR' <(elsewhere)
    echo 'no library' >"$T/ocr-root/lib/dabiao/dabiao-ocr.so"
    check 'a broken module: the message says so' grep -q 'page.png: unsupported_type.*OCR cannot be loaded' <(elsewhere)
    cp "$BUILD/dabiao-ocr.so" "$T/ocr-root/lib/dabiao/"
    same 'installed: pages are read' '' "$(elsewhere | grep -v 'not fully shut in')"
fi
