#!/usr/bin/env python3
"""bench-text.py FOLDER MEGABYTES: text to measure the stage of rules with, always the same; made once.
FOLDER/mixed/   MEGABYTES of whole reports: what pdftotext makes of the open samples and those that are text, figures changed.
FOLDER/dense/   MEGABYTES / 4 of their sentences that hold three figures or more, and nothing else, in paragraphs of five.
FOLDER/mixed.list and dense.list name the files. A digit from 3 to 9 becomes another one; years and days remain years and days."""
import glob, os, random, re, subprocess, sys

folder, megabytes = sys.argv[1], int(sys.argv[2])
NUMBER = re.compile(r'[0-9]+(?:[.,][0-9]+)*')


def digits(seed):
    changed = list('3456789')
    random.Random(seed).shuffle(changed)
    return {ord(a): b for a, b in zip('3456789', changed)}


def samples():
    for path in sorted(glob.glob('corpus/open/*.pdf') + glob.glob('corpus/open/*.txt')):
        name = os.path.splitext(os.path.basename(path))[0]
        if path.endswith('.pdf'):
            text = subprocess.run(['pdftotext', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
        else:
            with open(path, encoding='utf-8') as f:
                text = f.read()
        yield name, text.replace('\f', '\n')


def dense(text):
    sentences = [s + '。' for s in re.split('[。\n]\n?', text.replace('\n', '')) if len(NUMBER.findall(s)) >= 3 and len(s) < 400]
    return '\n\n'.join('　　' + ''.join(sentences[i:i + 5]) for i in range(0, len(sentences), 5)) + '\n'


def write(kind, texts, most):
    os.makedirs(f'{folder}/{kind}', exist_ok=True)
    total, copy, names = 0, 0, []
    while total < most:
        for name, text in texts:
            data = text.translate(digits(f'{name} {copy}')).encode()
            names.append(os.path.abspath(f'{folder}/{kind}/{name}.{copy:04}.txt'))
            with open(names[-1], 'wb') as f:
                f.write(data)
            total += len(data)
        copy += 1
    with open(f'{folder}/{kind}.list', 'w') as f:
        f.write(''.join(n + '\n' for n in names))


mark = f'{folder}/texts-{megabytes}'
if not os.path.exists(mark):
    texts = list(samples())
    write('mixed', texts, megabytes << 20)
    write('dense', [(name, dense(text)) for name, text in texts if len(dense(text)) > 300], megabytes << 18)
    open(mark, 'w').close()
