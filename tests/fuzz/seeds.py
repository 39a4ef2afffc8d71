#!/usr/bin/env python3
"""seeds.py FOLDER: the inputs that the fuzzers start from, a folder for each target: the cases of tests/, the rules, the samples.
A seed is cut to what a fuzzer turns over quickly."""
import glob, json, os, re, struct, sys, zipfile, zlib

out = sys.argv[1]
# bytes; what a whole pipeline turns over some ten times a second under sanitizers
LONGEST = {'rules': 16384, 'docx': 16384, 'json': 16384, 'html': 3000, 'pipeline': 2000}


def seed(target, name, data):
    os.makedirs(os.path.join(out, target), exist_ok=True)
    with open(os.path.join(out, target, re.sub(r'[^\w.-]', '_', name)), 'wb') as f:
        f.write(data[:LONGEST.get(target, 4096)])


def files(*patterns):
    for pattern in patterns:
        for name in sorted(glob.glob(pattern, recursive=True)):
            with open(name, 'rb') as f:
                yield name, f.read()


def content_streams(pdf):
    """Streams of a PDF that look like a page's content, inflated."""
    for m in re.finditer(rb'stream\r?\n(.*?)endstream', pdf, re.S):
        try:
            data = zlib.decompress(m[1])
        except zlib.error:
            data = m[1]
        if re.search(rb'\bre\b|\bBT\b', data[:20000]) and b'\0' not in data[:200]:
            yield data


for name, data in files('tests/cases/normalise/*.txt', 'tests/cases/numbers/*.txt', 'tests/input/*.txt'):
    for target in ('normalise', 'numbers'):
        for i in range(0, len(data), 600):
            seed(target, f'{name}.{i}', data[i:i + 600])
for name, data in files('tests/cases/text/*.txt', 'tests/input/*.txt', 'corpus/open/*.txt'):
    for target in ('text', 'pipeline', 'normalise'):
        seed(target, name, data)
    text = data.decode()[:1500]
    seed('text', name + '.gbk', text.encode('gb18030'))
    seed('text', name + '.utf16', text.encode('utf-16'))
for name, data in files('rules/*.yaml'):
    seed('rules', name, data)
    # a set that loads from one file: the numerals, every word list of the other files in two words, and a rule
    if re.search(rb'^numerals:', data, re.M):
        lists = {w for _, other in files('rules/*.yaml') for w in re.findall(rb'^  (\w+):', other, re.M)}
        stubs = b''.join(b'  %s: [\xe5\xae\xb6, \xe4\xb8\xaa]\n' % w for w in sorted(lists))
        rule = b'rules:\n  - {id: a, stage: role, pattern: "{N}", set: {role: target}}\n'
        seed('rules', 'loads', b'words:\n' + stubs + data + b'\n' + rule)
# patterns on a line of their own, over a sentence
sentence = '今年新增床位1200张，完成年度目标的95%；较上年增长3.5%。'.encode()
for name, data in files('rules/*.yaml'):
    for i, m in enumerate(re.finditer(rb"(?:pattern|regex|if): *'([^'\n]{1,120})'|(?:pattern|regex|if): *\"([^\"\n]{1,120})\"", data)):
        if i < 20:
            seed('matcher', f'{name}.{i}', re.sub(rb'\{[a-z][^}]*\}', rb'[0-9.]+', m[1] or m[2]) + b'\n' + sentence)
for i, pattern in enumerate((r'(?<=增)[0-9]+(?=张|%)', r'^今年.*(?:完成|达到)', r'(\p{Han}+)([0-9]+(?:\.[0-9]+)?)', r'(?:a|b|)c*$')):
    seed('matcher', f'own.{i}', pattern.encode() + b'\n' + sentence)
for name, data in files('tests/cases/**/*.html', 'corpus/open/src/*.html'):
    seed('html', name, data)
for name, data in files('tests/cases/docx/*.docx'):
    seed('docx', name, data)
    parts = []
    with zipfile.ZipFile(name) as z:
        for part in ('document', 'styles', 'numbering'):
            parts.append(z.read(f'word/{part}.xml') if f'word/{part}.xml' in z.namelist() else b'')
    seed('docx', name + '.parts', b'\0'.join(parts))
for name, data in files('tests/input/*.json', 'tests/cases/**/*.json', 'corpus/open/gold/*.json'):
    tree = json.loads(data)
    if isinstance(tree, dict):  # the first two of each list: whole, and short
        seed('json', name, json.dumps({k: v[:2] if isinstance(v, list) else v for k, v in tree.items()}, ensure_ascii=False).encode())
for name, data in files('tests/cases/extract/*.pdf', 'corpus/open/*.pdf'):
    for i, stream in enumerate(content_streams(data)):
        if i < 3:
            seed('content', f'{name}.{i}', stream)


def layout(text, with_table):
    """What stands in a kept layout when unpacked (extract/layout_store.c): a page, its characters, two lines to a block or a cell."""
    def f(x):
        return struct.unpack('<I', struct.pack('<f', x))[0]
    box = [f(10), f(20), f(200), f(36)]
    none = 0xFFFFFFFF
    half = len(text) // 2
    pages = [[f(595), f(842), 0, len(text)]]
    glyphs = [[ord(c), f(16), f(10 + 16 * i), f(20), f(26 + 16 * i), f(36), 0] for i, c in enumerate(text)]
    lines = [[0, first, n] + box + [f(16), 1, 0] for first, n in ((0, half), (half, len(text) - half))]
    blocks = [[4, 0] + box + [0, 0, 0, 0, 0]] if with_table else [[0, 0] + box + [0, 2, none, 0, 0]]
    tables = [[2, 1, 0, 0, 1, 1, 2]] if with_table else []
    rows = [[1], [1]] if with_table else []
    cells = [[0, 1, 2, 0] + box + [0, 1], [1, 1, 1, 0] + box + [1, 1]] if with_table else []
    boxes = [box] if with_table else []
    warnings = [[1, 7, 4]]
    parts = (pages, glyphs, lines, blocks, tables, rows, cells, boxes, warnings)
    words = [0] + [len(p) for p in parts] + [11]
    for part in parts:
        words += [thing[i] for i in range(len(part[0]) if part else 0) for thing in part]
    return struct.pack(f'<{len(words)}I', *words) + b'no_textnone'


for name, text in (('plain', '今年新建学校12所，完成目标任务的95%。'), ('table', '指标完成情况绿化覆盖率42.5%')):
    seed('cache', name, layout(text, name == 'table') + b'\2')
