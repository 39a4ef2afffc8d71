#!/usr/bin/env python3
"""archives.py FOLDER: archives of reports, good ones and others, always the same bytes."""
import gzip, hashlib, io, os, sys, tarfile, warnings, zipfile

here, out = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]
with open(os.path.join(here, 'input', 'report.txt'), 'rb') as f:
    report = f.read()
other = report + '\n新建停车场3座。\n'.encode()
members = [('2021/a.txt', report), ('2021/b.txt', report + b'\n'), ('x.txt', report), ('x.txt', other), ('../../up.txt', other + b'\n'),
           ('.hidden/y.txt', report), ('__MACOSX/2021/a.txt', b'rubbish')]


def write(name, data):
    with open(os.path.join(out, name), 'wb') as f:
        f.write(data)


def zipped(pairs):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in pairs:
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(pairs):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode='w') as t:
        for name, data in pairs:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo('link.txt')
        link.type, link.linkname = tarfile.SYMTYPE, '/etc/passwd'
        t.addfile(link)
    return buffer.getvalue()


warnings.simplefilter('ignore')  # two members of one name are meant
write('good.zip', zipped(members))
write('good.tar', tarred(members))
write('good.tar.gz', gzip.compress(tarred(members), mtime=0))
noise = b''.join(hashlib.sha256(str(i).encode()).digest() for i in range(6000))  # does not compress
write('cut.tar.gz', gzip.compress(tarred([('2021/a.txt', report), ('noise.bin', noise)]), mtime=0)[:-60000])
write('empty.zip', zipped([]))
write('text.zip', report)
# The name in GBK, without the mark of UTF-8, as Windows writes it.
name = '报告.txt'.encode('gbk')
write('gbk.zip', zipped([('x' * len(name), report)]).replace(b'x' * len(name), name))
# The mark of a password, in both places; what follows is no cipher, but nobody gets as far.
locked = bytearray(zipped([('a.txt', report)]))
locked[6] |= 1
locked[locked.rindex(b'PK\1\2') + 8] |= 1
write('locked.zip', bytes(locked))
with open(os.path.join(here, 'cases', 'docx', 'text.docx'), 'rb') as f:
    write('document.zip', f.read())
