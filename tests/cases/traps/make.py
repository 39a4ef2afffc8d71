#!/usr/bin/env python3
"""Writes the PDFs of these cases: texts that look right on paper and are not what they seem in the file.

usage: make.py        writes NAME/in.pdf for each case below; what `dabiao text` must make of it is in NAME/expected
"""
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def cid_font(encoding):
    return ('<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun'
            '/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor<</Type/FontDescriptor'
            '/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>' % encoding)


def mapped(codes):
    """A ToUnicode stream for one-byte codes."""
    pairs = '\n'.join('<%02x> <%s>' % (code, text.encode('utf-16-be').hex()) for code, text in codes.items())
    body = ('/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n'
            '%d beginbfchar\n%s\nendbfchar\nendcmap end end' % (len(codes), pairs))
    return '<</Length %d>>stream\n%s\nendstream' % (len(body), body)


def pdf(content, to_unicode=None, image=False):
    fonts = {'F1': '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>', 'F2': '<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>',
             'G': cid_font('GBK-EUC-H'), 'U': cid_font('UniGB-UCS2-H'), 'V': cid_font('UniGB-UCS2-V'),
             'T': '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>'}
    objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
               '<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/Contents 4 0 R/Resources<</Font<<%s>>/XObject<</Im 6 0 R>>>>>>'
               % ''.join('/%s %s' % f for f in fonts.items()),
               '<</Length %d>>stream\n%s\nendstream' % (len(content), content), mapped(to_unicode or {1: ' '}),
               '<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/ASCIIHexDecode/Length 9>>'
               'stream\nf0f0f0f0>\nendstream']
    out, at = '%PDF-1.4\n', []
    for i, body in enumerate(objects):
        at.append(len(out))
        out += '%d 0 obj%s\nendobj\n' % (i + 1, body)
    start = len(out)
    out += 'xref\n0 %d\n0000000000 65535 f \n' % (len(at) + 1) + ''.join('%010d 00000 n \n' % a for a in at)
    return out + 'trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (len(at) + 1, start)


def show(font, size, x, y, text, how=''):
    """One piece of text at x, y; hanzi fonts take their encoding's bytes."""
    if font in 'UV':
        string = '<%s>' % text.encode('utf-16-be').hex()
    elif font == 'G':
        string = '<%s>' % text.encode('gbk').hex()
    elif font == 'T':
        string = '<%s>' % text.hex()
    else:
        string = '(%s)' % text
    return 'BT /%s %g Tf %s %g %g Td %s Tj ET\n' % (font, size, how, x, y, string)


def spread(font, size, x, y, text, step, **more):
    return ''.join(show(font, size, x + step * i, y, ch, **more) for i, ch in enumerate(text))


def grid(rows, x=40, y=260, w=85, h=22):
    """A ruled table; a cell is a text, or pieces of (font, size, how far right, how far up, text)."""
    out = ''.join('%g %g m %g %g l S\n' % (x, y - r * h, x + len(rows[0]) * w, y - r * h) for r in range(len(rows) + 1))
    out += ''.join('%g %g m %g %g l S\n' % (x + c * w, y, x + c * w, y - len(rows) * h) for c in range(len(rows[0]) + 1))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            for font, size, right, up, text in [('U', 10, 0, 0, cell)] if isinstance(cell, str) else cell:
                out += show(font, size, x + c * w + 4 + right, y - r * h - 15 + up, text)
    return out


def aslant(text, size, x, y):
    return 'BT /G %g Tf 0.87 0.5 -0.5 0.87 %g %g Tm <%s> Tj ET\n' % (size, x, y, text.encode('gbk').hex())


CASES = {
    # fonts that are not in the file and name no Unicode: the encoding alone tells (poppler-data)
    'gbk-font': pdf(show('G', 12, 40, 240, '全年新建公园绿地３６公顷，完成率９８％。')),
    'ucs2-font': pdf(show('U', 12, 40, 240, '新增停车泊位2150个，完成年度任务的107.5%。')),
    # bold imitated: every character twice, a hair aside; and the whole line twice
    'bold-by-character': pdf(''.join(show('U', 12, 40 + 12 * i, 240, c) + show('U', 12, 40.3 + 12 * i, 240, c)
                                     for i, c in enumerate('巡查河道86次'))),
    'bold-by-line': pdf(show('U', 12, 40, 240, '整改问题45个') + show('U', 12, 40.4, 240, '整改问题45个') + show('U', 12, 40.2, 240.3, '整改问题45个')),
    # the text layer of a scan: invisible, under or over the picture
    'invisible-layer': pdf('q 420 0 0 300 0 0 cm /Im Do Q\n' + show('U', 12, 40, 240, '发放救助金310.5万元，惠及1208户。', '3 Tr')),
    # white on white is not there; white on a dark field is
    'white': pdf(show('U', 12, 40, 240, '开工项目12个。') + '1 g\n' + show('U', 12, 40, 210, '竣工项目99个。') + '0.1 0.2 0.6 rg 30 150 200 30 re f\n1 g\n' +
                 show('U', 12, 40, 160, '在建项目7个。')),
    # what a clip hides was meant to be read: a cell too small for its text. It stays.
    'clipped': pdf('q 30 230 100 30 re W n\n' + show('U', 12, 40, 240, '累计培训技术骨干460人次。') + 'Q\n'),
    'letter-spaced': pdf(spread('U', 12, 40, 240, '主要任务', 26) + show('U', 12, 40, 210, '植树造林5200亩，补植3100株。')),
    # a number in two fonts; a number over the end of a line
    'number-in-two-fonts': pdf(show('U', 12, 40, 240, '投入资金') + show('F1', 12, 88, 240, '55') + show('F2', 12, 101.4, 240, '832') +
                               show('U', 12, 121.4, 240, '万元。')),
    'number-over-lines': pdf(show('U', 12, 64, 240, '一年来共受理各类群众来信来访并逐件登记办理') + show('U', 12, 316, 240, '12') +
                             show('U', 12, 40, 222, '860件，办结率达到99.2%，群众评价满意。')),
    # note marks: raised and small, or in brackets
    'raised-mark': pdf(show('U', 12, 40, 240, '常住人口') + show('F1', 12, 88, 240, '55832') + show('F1', 7, 121.4, 245, '1') +
                       show('U', 12, 126, 240, '人，户籍人口') + show('F1', 12, 198, 240, '50117') + show('F1', 7, 231.4, 245, '[2]') +
                       show('U', 12, 240, 240, '人。') + show('U', 12, 40, 210, '绿化面积') + show('F1', 12, 88, 210, '320 km') +
                       show('F1', 7, 124.7, 215, '2') + show('U', 12, 130, 210, '。')),
    'bracket-mark': pdf(show('U', 12, 40, 240, '年末在校学生55832[1]人，教师4120[2]人。')),
    # raised digits behind figures and names of cells; figures printed twice, in two fonts
    'marks-in-cells': pdf(grid([['指标', [('U', 10, 0, 0, '目标'), ('F1', 5, 20, 5, '1')], '完成'],
                                ['就业（人）', [('F1', 10, 0, 0, '4200'), ('F1', 5, 22.3, 4, '2')], [('F1', 10, 0, 0, '4386'), ('F1', 5, 22.3, 4, '3')]],
                                ['绿化（亩）', [('F1', 10, 0, 0, '900'), ('F1', 10, 0.3, 0, '900')], [('F1', 10, 0, 0, '8'), ('F2', 10, 5.6, 0, '72')]]])),
    # a watermark of several lines over text, each of them many times
    'watermark-lines': pdf(''.join(show('U', 10, 40, 270 - 18 * i, '第%d项任务完成投资%d万元。' % (i + 1, 1000 + 37 * i)) for i in range(8)) + '0.8 g ' +
                           ''.join(aslant('内部资料', 30, 60 + 60 * k, 60 + 60 * k) + aslant('2023年9月12日', 20, 100 + 60 * k, 130 + 40 * k) for k in range(3))),
    # radicals that look like hanzi: Kangxi (U+2F42, U+2F3F) and the Radicals Supplement (U+2EE9)
    'radicals': pdf(show('T', 12, 40, 240, b'OQD') + show('U', 12, 80, 240, '面积15亩。'),
                    {0x4f: '\u2f42', 0x51: '\u2f3f', 0x44: '\u2ee9'}),
    # glyphs of a symbol font in the private use area: a bullet
    'private-use': pdf(show('T', 12, 40, 240, b'n') + show('U', 12, 56, 240, '修复古桥6座；') + show('T', 12, 40, 220, b'n') +
                       show('U', 12, 56, 220, '整治池塘18口。'), {0x6e: '\uf0b7'}),
    # two columns of vertical writing, right to left
    'vertical': pdf(show('V', 12, 300, 250, '建成文化礼堂二十八家') + show('V', 12, 280, 250, '举办活动三百余场')),
    'soft-hyphen': pdf(show('U', 12, 40, 240, '新增') + show('T', 12, 64, 240, b'12-,-500') + show('U', 12, 110, 240, '个岗位。'),
                       {0x31: '1', 0x32: '2', 0x35: '5', 0x30: '0', 0x2c: ',', 0x2d: '\u00ad'}),
    'direction-marks': pdf(show('U', 12, 40, 240, '同比增长') + show('T', 12, 88, 240, b'\x0312\x04.5%\x03') + show('U', 12, 125, 240, '，排名第3。'),
                           {0x31: '1', 0x32: '2', 0x35: '5', 0x2e: '.', 0x25: '%', 3: '\u200f', 4: '\u200e'}),
}

for name, data in CASES.items():
    os.makedirs(os.path.join(HERE, name), exist_ok=True)
    with open(os.path.join(HERE, name, 'in.pdf'), 'w', encoding='latin-1') as f:
        f.write(data)
    with open(os.path.join(HERE, name, 'args'), 'w') as f:
        f.write('text --ocr never in.pdf\n')
