#!/usr/bin/env python3
"""make-archive.py FOLDER PDFS MEGABYTES: an archive to measure with, the same every time, kept between runs:
FOLDER/pdf/     PDFS reports: the typeset samples, each with its figures changed. A digit from 3 to 9 becomes another one wherever the
                document's fonts say which character a glyph is (its ToUnicode CMaps), so that text, tables and layout stay real
                while the text differs from copy to copy. Digits 0, 1 and 2 stay: years and days remain years and days.
FOLDER/text/    MEGABYTES of plain text: what pdftotext makes of the samples, and the samples that are text, figures changed alike.
FOLDER/small/   10,000 short text reports, for memory over the number of documents.
Needs qpdf and pdftotext."""
import glob, os, random, re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor

folder, n_pdfs, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
SAMPLES = sorted(glob.glob('corpus/open/*.pdf'))
TEXTS = sorted(glob.glob('corpus/open/*.txt'))
CMAP = re.compile(rb'beginb(fchar|frange)\b(.*?)\bendb\1\b', re.S)


def digits(seed):
    changed = list('3456789')
    random.Random(seed).shuffle(changed)
    return {ord(a): b for a, b in zip('3456789', changed)}


def change_character(m, table):
    """<0035>: a code of UTF-16, alone."""
    code = int(m[2], 16)
    return m[1] + b'<%04X>' % ord(table[code]) if code in table else m[0]


def change_cmap(m, table):
    if m[1] == b'fchar':
        body = re.sub(rb'(<[0-9A-Fa-f]+>\s*)<([0-9A-Fa-f]{4})>', lambda c: change_character(c, table), m[2])
        return b'beginbfchar' + body + b'endbfchar'

    def one_range(r):
        low, high, first = int(r[1], 16), int(r[2], 16), int(r[3], 16)
        if not any(first <= d <= first + high - low for d in table):
            return r[0]
        width = len(r[1])
        return b'<%s> <%s> [%s]' % (r[1], r[2], b' '.join(
            b'<%04X>' % ord(table.get(first + i, chr(first + i))) for i in range(high - low + 1))) if width else r[0]

    body = re.sub(rb'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>', one_range, m[2])
    return b'beginbfrange' + body + b'endbfrange'


def make_pdf(job):
    name, copy, plain = job
    target = f'{folder}/pdf/{copy:03}.{name}'
    if os.path.exists(target):
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    table = digits(f'{name} {copy}')
    changed = CMAP.sub(lambda m: change_cmap(m, table), plain)
    part = target + '.part'
    with open(part, 'wb') as f:
        f.write(changed)
    # status 3: a warning, for lengths that changed
    done = subprocess.run(['qpdf', '--deterministic-id', '--compress-streams=y', part, part + '2'], stderr=subprocess.DEVNULL)
    os.unlink(part)
    if done.returncode not in (0, 3):
        sys.exit(f'{target}: qpdf failed')
    os.rename(part + '2', target)


def plain_pdf(path):
    return subprocess.run(['qpdf', '--qdf', '--object-streams=disable', path, '-'], stdout=subprocess.PIPE, check=True).stdout


def make_pdfs():
    jobs = []
    plain = {path: plain_pdf(path) for path in SAMPLES}
    for i in range(n_pdfs):
        path = SAMPLES[i % len(SAMPLES)]
        jobs.append((os.path.basename(path), i // len(SAMPLES), plain[path]))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(make_pdf, jobs))


def make_texts():
    os.makedirs(f'{folder}/text', exist_ok=True)
    os.makedirs(f'{folder}/small', exist_ok=True)
    texts = []
    for path in SAMPLES + TEXTS:
        name = os.path.splitext(os.path.basename(path))[0]
        if path.endswith('.pdf'):
            text = subprocess.run(['pdftotext', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
        else:
            text = open(path, encoding='utf-8').read()
        texts.append((name, text.replace('\f', '\n')))
    total, copy = 0, 0
    while total < megabytes << 20:
        for name, text in texts:
            data = text.translate(digits(f'{name} {copy}')).encode()
            total += len(data)
            with open(f'{folder}/text/{name}.{copy:04}.txt', 'wb') as f:
                f.write(data)
        copy += 1
    for i in range(10000):
        name, text = texts[i % len(texts)]
        with open(f'{folder}/small/{i:05}.{name}.txt', 'w', encoding='utf-8') as f:
            f.write(text[:600].translate(digits(i)) + f'\n共{i}件。\n')


os.makedirs(folder, exist_ok=True)
mark = f'{folder}/complete-{n_pdfs}-{megabytes}'
if not os.path.exists(mark):
    make_pdfs()
    make_texts()
    open(mark, 'w').close()
