#!/usr/bin/env python3
"""seeds.py FOLDER: the inputs that the fuzzers start from, a folder for each target: the cases of tests/, the rules, the samples.
A seed is cut to what a fuzzer turns over quickly."""
import glob, os, sys, zipfile, zlib, re

out, LONGEST = sys.argv[1], 16384


def seed(target, name, data):
    os.makedirs(os.path.join(out, target), exist_ok=True)
    with open(os.path.join(out, target, re.sub(r'[^\w.-]', '_', name)), 'wb') as f:
        f.write(data[:LONGEST])


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
    # numerals alone load without the rest: the way to a rule set that is used
    if b'\nnumerals:' in data or data.startswith(b'numerals:'):
        seed('rules', 'with-rule', data[:LONGEST])
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
    seed('json', name, data)
    seed('json', name + '.short', data[:700].rsplit(b',', 1)[0] + b'}]}')
for name, data in files('tests/cases/extract/*.pdf', 'corpus/open/*.pdf'):
    for i, stream in enumerate(content_streams(data)):
        if i < 3:
            seed('content', f'{name}.{i}', stream)
