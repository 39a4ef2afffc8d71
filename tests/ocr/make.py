#!/usr/bin/env python3
"""make.py FOLDER: writes PDFs around the pictures beside this file, and broken pictures; the same bytes every time. The pictures
are first pages of sample reports in corpus/open, printed at 140-150 dpi, turned by half a degree, with grain:
  pdftoppm -r 150 -gray -l 1 REPORT.pdf t; convert t-*.pgm -background white -virtual-pixel white -distort SRT 0.6 \\
      -attenuate 0.08 +noise Gaussian -quality 38 table.jpg
vertical.png is a text set in columns from the right (Noto Serif, 14 pt, 150 dpi), turned and grained alike, in four greys."""
import os, struct, sys, zlib

here, out = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]


def read(name):
    with open(os.path.join(here, name), 'rb') as f:
        return f.read()


def write(name, data):
    with open(os.path.join(out, name), 'wb') as f:
        f.write(data)


def pdf(objects):
    data, places = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', []
    for i, body in enumerate(objects, 1):
        places.append(len(data))
        data += b'%d 0 obj\n' % i + body + b'\nendobj\n'
    start = len(data)
    data += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1) + b''.join(b'%010d 00000 n \n' % p for p in places)
    return data + b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objects) + 1, start)


def stream(data, extra=b''):
    return b'<< /Length %d %s >>\nstream\n' % (len(data), extra) + data + b'\nendstream'


def jpeg_size(data):
    at = 2
    while True:
        marker, length = data[at + 1], struct.unpack('>H', data[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xC3:
            return struct.unpack('>HH', data[at + 5:at + 9])[::-1]
        at += 2 + length


def chunks(data):
    at = 8
    while at < len(data):
        n = struct.unpack('>I', data[at:at + 4])[0]
        yield data[at + 4:at + 8], data[at + 8:at + 8 + n]
        at += 12 + n


def make_png(w, h, rows):
    parts = ((b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 0, 0, 0, 0)), (b'IDAT', zlib.compress(b''.join(b'\0' + r for r in rows))),
             (b'IEND', b''))
    return b'\x89PNG\r\n\x1a\n' + b''.join(struct.pack('>I', len(d)) + k + d + struct.pack('>I', zlib.crc32(k + d)) for k, d in parts)


def png_rows(data):
    """The rows of a PNG of greys, a byte a pixel."""
    parts = list(chunks(data))
    w, h, depth = struct.unpack('>IIB', parts[0][1][:9])
    raw = zlib.decompress(b''.join(d for k, d in parts if k == b'IDAT'))
    size, before, rows = (w * depth + 7) // 8, bytes((w * depth + 7) // 8), []
    for y in range(h):
        kind, line = raw[y * (size + 1)], bytearray(raw[y * (size + 1) + 1:(y + 1) * (size + 1)])
        for i in range(size):
            a, b, c = line[i - 1] if i else 0, before[i], before[i - 1] if i else 0
            nearest = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[kind]) & 255
        before, per = bytes(line), 8 // depth
        rows.append(bytes((line[x // per] >> (8 - depth - x % per * depth) & (1 << depth) - 1) * 255 // ((1 << depth) - 1)
                          for x in range(w)))
    return rows


jpeg, png = read('table.jpg'), read('page.png')
width, height = jpeg_size(jpeg)
w, h = width * 72 / 150, height * 72 / 150
IMAGE = stream(jpeg, b'/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 '
               b'/Filter /DCTDecode' % (width, height))
CATALOG, FONT = b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
SCAN = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>' % (w, h)
DRAW = stream(b'q %.2f 0 0 %.2f 0 0 cm /I Do Q' % (w, h))
TEXT = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 7 0 R >> >> /Contents 8 0 R >>'
write('scan.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>', SCAN, DRAW, IMAGE]))
write('mixed.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 2 >>', SCAN, DRAW, IMAGE, TEXT, FONT,
                        stream(b'BT /F 14 Tf 72 720 Td (In 2022 the coverage reached 95% of 120 villages.) Tj ET')]))
# A text layer that says private-use characters for what shows letters.
CMAP = (b'/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange '
        b'<00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <E020> endbfrange endcmap end end')
write('garbled.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [6 0 R] /Count 1 >>', b'null', b'null', b'null', TEXT,
                          b'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 9 0 R >>',
                          stream(b'BT /F 14 Tf 72 720 Td (In 2022 the coverage reached 95% of 120 villages.) Tj ET'),
                          stream(CMAP)]))
write('table.jpg', jpeg)
write('page.png', png)
write('vertical.png', read('vertical.png'))
part = png_rows(png)[900:]
write('part.png', make_png(len(part[0]), len(part), part))
for turn in ('left', 'over', 'right'):
    if turn == 'over':
        turned = [row[::-1] for row in reversed(part)]
    else:
        turned = [bytes(column) for column in zip(*part)] # rows and columns change places
        turned = turned[::-1] if turn == 'left' else [row[::-1] for row in turned]
    write(turn + '.png', make_png(len(turned[0]), len(turned), turned))
write('cut.jpg', jpeg[:len(jpeg) // 3])
write('head.jpg', jpeg[:300])
write('cut.png', png[:len(png) // 2])
chunk = struct.pack('>IIBBBBB', 100000, 100000, 8, 0, 0, 0, 0)
write('huge.png', png[:8] + struct.pack('>I', 13) + b'IHDR' + chunk + struct.pack('>I', zlib.crc32(b'IHDR' + chunk)) + png[33:])
chunk = struct.pack('>IIBBBBB', 2, 3, 8, 0, 0, 0, 0)
bits = zlib.compress(b'\0\xff\xff' * 3)
write('tiny.png', png[:8] + b''.join(struct.pack('>I', len(d)) + k + d + struct.pack('>I', zlib.crc32(k + d))
                                     for k, d in ((b'IHDR', chunk), (b'IDAT', bits), (b'IEND', b''))))
write('huge.pdf', pdf([CATALOG, b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>', SCAN, DRAW,
                       IMAGE.replace(b'/Width %d /Height %d' % (width, height), b'/Width 100000 /Height 100000')]))


def tiff(w, h, following=0):
    tags = ((256, w), (257, h), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, h), (279, 2500))
    return b'II*\0' + struct.pack('<IH', 8, len(tags)) + b''.join(struct.pack('<HHII', k, 4, 1, v) for k, v in tags) + \
        struct.pack('<I', following)


write('huge.tif', tiff(100000, 100000))
write('wide.tif', tiff(0xFFFFFFFF, 0xFFFFFFFF))
write('loop.tif', tiff(50, 50, 8) + b'\xff' * 2500)  # the picture after it is itself
write('cut.tif', tiff(50, 50)[:40])
rotten = bytearray(jpeg)
for i in range(700, len(rotten), 997):
    rotten[i] ^= 0x55
write('rotten.jpg', bytes(rotten))
for name, data in (('jbig2.pdf', bytes(range(256)) * 40), ('jbig2-size.pdf', b'\0\0\0\0\x30\0\1\0\0\0\x13' + b'\xff' * 19)):
    write(name, pdf([CATALOG, b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>', SCAN, DRAW,
                     stream(data, b'/Type /XObject /Subtype /Image /Width 2000 /Height 3000 /ColorSpace /DeviceGray '
                            b'/BitsPerComponent 1 /Filter /JBIG2Decode')]))
