#!/usr/bin/env python3
"""mutate.py FOLDER N [SEED] FILE…: writes N broken copies of the PDF files to FOLDER, the same bytes every time for a seed.

Each copy has one to three wounds: flipped bits, overwritten, lost or doubled stretches, a cut end, swapped objects, references
that lead elsewhere, numbers of the file's structure made absurd, page content broken inside its compression, two files spliced.
The name of a copy tells the source and the wounds."""
import os, random, re, sys, zlib

OBJECT = re.compile(rb'\b\d+ 0 obj\b(.*?)\bendobj\b', re.S)
STREAM = re.compile(rb'stream\r?\n(.*?)\r?\nendstream', re.S)
ABSURD = [b'0', b'-1', b'1', b'65536', b'2147483647', b'-2147483648', b'4294967296', b'99999999999999999999', b'1e38', b'0.00001']


def stretch(data, r, longest=4096):
    at = r.randrange(len(data))
    return at, min(len(data), at + r.randint(1, longest))


def flip(data, r, other):
    data = bytearray(data)
    for _ in range(r.choice([1, 4, 16, 64, 512])):
        data[r.randrange(len(data))] ^= 1 << r.randrange(8)
    return bytes(data)


def cut(data, r, other):
    return data[:r.randrange(1, len(data))]


def lose(data, r, other):
    a, b = stretch(data, r)
    return data[:a] + data[b:]


def double(data, r, other):
    a, b = stretch(data, r)
    return data[:b] + data[a:b] * r.choice([1, 2, 50]) + data[b:]


def overwrite(data, r, other):
    a, b = stretch(data, r, 512)
    return data[:a] + r.choice([bytes(b - a), b'\xff' * (b - a), r.randbytes(b - a)]) + data[b:]


def swap(data, r, other):
    objects = list(OBJECT.finditer(data))
    if len(objects) < 2:
        return flip(data, r, other)
    a, b = sorted(r.sample(objects, 2), key=lambda m: m.start())
    return data[:a.start(1)] + b[1] + data[a.end(1):b.start(1)] + a[1] + data[b.end(1):]


def refer(data, r, other):
    places = list(re.finditer(rb'\b(\d+) 0 R\b', data))
    if not places:
        return flip(data, r, other)
    for _ in range(r.choice([1, 3, 10])):
        m = r.choice(places)
        digits = b'%0*d' % (len(m[1]), r.randrange(1, 10 ** min(len(m[1]), 4)))
        data = data[:m.start(1)] + digits[-len(m[1]):] + data[m.end(1):]
    return data


def absurd(data, r, other):
    places = list(re.finditer(rb'(?<=[ \[/A-Za-z])-?\d+(?=[ \]/>\r\n])', data))
    if not places:
        return flip(data, r, other)
    for m in sorted(r.sample(places, min(len(places), r.choice([1, 2, 5]))), key=lambda m: -m.start()):
        data = data[:m.start()] + r.choice(ABSURD) + data[m.end():]
    return data


def inside(data, r, other):
    """Breaks what a compressed stream holds: operators, glyph codes, CMaps and fonts, past the check of the compression."""
    streams = list(STREAM.finditer(data))
    r.shuffle(streams)
    for m in streams:
        try:
            plain = zlib.decompress(m[1])
        except zlib.error:
            continue
        if not plain:
            continue
        wound = r.choice([flip, lose, double, overwrite, absurd, cut])
        return data[:m.start(1)] + zlib.compress(wound(plain, r, other), r.choice([0, 6])) + data[m.end(1):]
    return flip(data, r, other)


def splice(data, r, other):
    return data[:r.randrange(1, len(data))] + other[r.randrange(len(other)):]


WOUNDS = [flip, flip, cut, lose, double, overwrite, swap, swap, refer, refer, absurd, absurd, inside, inside, inside, splice]


def main():
    folder, n, rest = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    seed = int(rest.pop(0)) if rest and rest[0].isdigit() else 1
    sources = []
    for name in rest:
        with open(name, 'rb') as f:
            sources.append((os.path.splitext(os.path.basename(name))[0], f.read()))
    os.makedirs(folder, exist_ok=True)
    for i in range(n):
        r = random.Random(f'{seed} {i}')
        name, data = sources[i % len(sources)]
        wounds = [r.choice(WOUNDS) for _ in range(r.choice([1, 1, 2, 3]))]
        for wound in wounds:
            data = wound(data, r, r.choice(sources)[1]) or b'%PDF'
        label = '-'.join(w.__name__ for w in wounds)
        with open(os.path.join(folder, f'{i:05}.{label}.{name}.pdf'), 'wb') as f:
            f.write(data)


main()
