#!/usr/bin/env python3
"""seeds.py FOLDER: the inputs that the fuzzers start from, a folder for each target: the cases of tests/, the rules, the samples.
A seed is cut to what a fuzzer turns over quickly."""
import glob, json, os, re, sys, zipfile, zlib

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
