#!/usr/bin/env python3
"""make.py FOLDER: writes hostile inputs, the same bytes every time. encrypted.pdf stands beside this file: it was made with
qpdf --encrypt secret secret 256 -- of a one-page document."""
import io, os, sys, zipfile, zlib

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
# Fonts that lead back to themselves: a glyph drawn with its own font, a font made of itself, character maps that go on in themselves.
GLYPHS = b'/Encoding << /Differences [32 ' + b'/a ' * 95 + b'] >> /FirstChar 32 /LastChar 126 /Widths [' + b'600 ' * 95 + b']'
write('glyph-in-a-circle.pdf', pdf([CATALOG, ONE, PAGE, stream(TEXT),
      b'<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 800] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /a 6 0 R >> ' + GLYPHS +
      b' /Resources << /Font << /F 5 0 R >> >> >>', stream(b'600 0 d0 ' + TEXT)]))
write('font-in-a-circle.pdf', pdf([CATALOG, ONE, PAGE, stream(TEXT),
      b'<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>']))
CMAP = (b'/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /A usecmap 1 begincodespacerange <00> <ff> '
        b'endcodespacerange 1 begincidrange <20> <7e> 1 endcidrange 1 beginbfrange <20> <7e> <0020> endbfrange endcmap')
write('cmap-in-a-circle.pdf', pdf([CATALOG, ONE, PAGE, stream(TEXT),
      b'<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 6 0 R /ToUnicode 7 0 R /DescendantFonts [<< /Type /Font /Subtype '
      b'/CIDFontType0 /BaseFont /A /DW 600 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>',
      stream(CMAP, b'/Type /CMap /CMapName /A /UseCMap 6 0 R'), stream(CMAP, b'/Type /CMap /CMapName /A /UseCMap 7 0 R')]))
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


# Word documents and pages.
def docx(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo('word/%s.xml' % name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


OPEN = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
TEXT = '<w:p><w:r><w:t>Coverage reached 95% of 120 villages in 2021.</w:t></w:r></w:p>'
CLOSE = '</w:body></w:document>'
good = docx(document=OPEN + TEXT + CLOSE)
write('good.docx', good)
write('truncated.docx', good[:len(good) // 2])
write('no-main.docx', docx(styles='<w:styles/>'))
write('bomb.docx', docx(document=OPEN + ' ' * (100 << 20) + TEXT + CLOSE))
write('bomb-of-paragraphs.docx', docx(document=OPEN + '<w:p/>' * 5000000 + TEXT + CLOSE))
write('bomb-of-styles.docx', docx(document=OPEN + TEXT + CLOSE, styles=' ' * (100 << 20)))
write('deep.docx', docx(document=OPEN + '<w:sdt>' * 10000 + TEXT + '</w:sdt>' * 10000 + CLOSE))
write('laughs.docx', docx(document='<!DOCTYPE a [<!ENTITY a "ha">' + ''.join('<!ENTITY %s "%s">' % (n, '&%s;' % m * 10)
                                   for m, n in zip('abcdefgh', 'bcdefghi')) + ']>' + OPEN + '<w:p><w:r><w:t>&i;</w:t></w:r></w:p>' + CLOSE))
write('outside.docx', docx(document='<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + OPEN + '<w:p><w:r><w:t>&a;</w:t></w:r></w:p>' + CLOSE))
write('endless-style.docx', docx(document=OPEN + '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>95%</w:t></w:r></w:p>' + CLOSE, styles=OPEN.replace(
    'w:document', 'w:styles').replace('<w:body>', '') + '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'))
OLE = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(504)
with zipfile.ZipFile(os.path.join(out, 'chunks.docx'), 'w', zipfile.ZIP_DEFLATED) as z:  # one page of 20 MB, a thousand times
    z.writestr('word/document.xml', OPEN.replace('>', ' xmlns:r="r">', 1) + '<w:altChunk r:id="c"/>' * 1000 + CLOSE)
    z.writestr('word/_rels/document.xml.rels', '<Relationships><Relationship Id="c" Target="page.html"/></Relationships>')
    z.writestr('word/page.html', '<html>' + ' ' * (20 << 20))
write('no-page.mht', b'MIME-Version: 1.0\nContent-Type: multipart/related\n\n' + b'--b\nContent-Type: text/css\n\n' * 100000)
write('locked.docx', OLE + 'EncryptedPackage'.encode('utf-16-le') + bytes(96))
write('old.doc', OLE + 'WordDocument'.encode('utf-16-le') + bytes(104))
write('good.html', b'<html><p>Coverage reached 95% of 120 villages in 2021.')
write('deep.html', b'<html>' + b'<div>' * 10000 + b'95%')
write('unclosed.html', b'<html>' + b'<b><a href=x><font>1' * 200000)
write('wide.html', b'<html><table>' + b'<tr><td rowspan=65534 colspan=1000>95%<td>1' * 3000)
write('no-text.html', b'<html><script>95%</script><p hidden>95%</p>')
write('laughs.html', b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><p>&b; 95%</p>')
write('half-gigabyte.html', b'<html>95%')
os.truncate(os.path.join(out, 'half-gigabyte.html'), 500 << 20)  # a hole: takes no room on the disk
