#!/usr/bin/env python3
"""make.py FOLDER: writes hostile inputs, the same bytes every time. encrypted.pdf stands beside this file: it was made with
qpdf --encrypt secret secret 256 -- of a one-page document."""
import os, sys, zlib

out = sys.argv[1]


def write(name, data):
    with open(os.path.join(out, name), 'wb') as f:
        f.write(data)


def pdf(objects, trailer=b'/Root 1 0 R'):
    data, places = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', []
    for i, body in enumerate(objects, 1):
        places.append(len(data))
        data += b'%d 0 obj\n' % i + body + b'\nendobj\n'
    start = len(data)
    data += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    data += b''.join(b'%010d 00000 n \n' % p for p in places)
    return data + b'trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, trailer, start)


def stream(data, extra=b''):
    return b'<< /Length %d %s >>\nstream\n' % (len(data), extra) + data + b'\nendstream'


CATALOG = b'<< /Type /Catalog /Pages 2 0 R >>'
FONT = b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
PAGE = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>'
ONE = b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>'


def one_page(content, extra=b'', page=PAGE, more=()):
    return pdf([CATALOG, ONE, page, stream(content, extra), FONT, *more])


TEXT = b'BT /F 12 Tf 72 720 Td (Coverage reached 95% of 120 villages in 2021.) Tj ET'
good = one_page(TEXT)
write('good.pdf', good)
write('empty.pdf', b'')
write('empty.txt', b'')
write('blank.txt', b' \n\t\n\xe3\x80\x80\n')
write('truncated.pdf', good[:len(good) // 2])
write('header-only.pdf', b'%PDF-1.4\n')
write('not-a-pdf.pdf', b'\x7fELF' + bytes(range(256)) * 64)
write('picture.png', b'\x89PNG\r\n\x1a\n' + bytes(200))
write('zip.docx', b'PK\x03\x04' + bytes(200))
write('zero-pages.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [] /Count 0 >>']))
write('no-text.pdf', one_page(b'0 0 100 100 re f'))
write('ten-thousand-declared.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [3 0 R] /Count 10000 >>', PAGE, stream(TEXT), FONT]))
write('ten-thousand-real.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [' + b''.join(b'%d 0 R ' % n for n in range(6, 10006)) +
                                    b'] /Count 10000 >>', b'null', stream(TEXT), FONT] + [PAGE] * 10000))
write('pages-in-a-circle.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [2 0 R] /Count 1 >>']))
write('negative-count.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [3 0 R] /Count -5 >>', PAGE, stream(TEXT), FONT]))
write('no-catalog.pdf', pdf([b'<< /Type /Nothing >>']))
# A form that draws itself.
write('form-in-a-circle.pdf', one_page(TEXT + b' /X Do', page=PAGE.replace(b'/Font <<', b'/XObject << /X 6 0 R >> /Font <<'),
      more=[stream(b'/X Do', b'/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>')]))
# A thousand times larger when inflated: 64 MB of blanks, then text.
write('bomb.pdf', one_page(zlib.compress(b' ' * (64 << 20) + TEXT, 9), b'/Filter /FlateDecode'))
# Two hundred thousand rulings.
write('many-lines.pdf', one_page(zlib.compress(b'0 0 m 9 9 l S 5 0 m 5 842 l S\n' * 100000 + TEXT, 9), b'/Filter /FlateDecode'))
# q without Q, to the depth where a stack would give way.
write('deep.pdf', one_page(zlib.compress(b'q ' * 200000 + TEXT, 9), b'/Filter /FlateDecode'))
write('huge-numbers.pdf', one_page(b'BT /F 1e38 Tf 1e300 -1e300 Td (x 12%) Tj ET 1e38 1e38 m -1e38 5 l S'))
write('nul-bytes.txt', 'The rate is 95%\0\0 of 120.\n'.encode() * 40)
write('not-utf8.txt', b'rate 95% \xff\xfe\xff ' * 100)
write('one-long-line.txt', '覆盖率95%，'.encode() * 2000)
write('digits.txt', b'1' * 200000)
write('numerals.txt', '万亿兆一二三百千十'.encode() * 1000)
write('brackets.txt', '（'.encode() * 100000 + '）'.encode() * 100000)
write('percent.txt', '百分之'.encode() * 3000)
write('marks.txt', '达到超过不低于约近、，。；：'.encode() * 20000)
write('combining.txt', ('1' + '\u0301' * 50000 + '%').encode())
write('newlines.txt', b'\n' * 500000)
