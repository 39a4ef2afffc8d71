#!/usr/bin/env python3
"""make.py: writes the small documents beside it, the same bytes every time. After a change: read the difference of the *.expected
that DAB_WRITE_EXPECTED=1 build/tests/unit/test_docx writes."""
import os, quopri, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
     'xmlns:v="urn:schemas-microsoft-com:vml" '
     'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"')
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(name, body, parts={}, main='word/document.xml', more={}):
    members = {'[Content_Types].xml': HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
               '_rels/.rels': HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
               'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="%s"/></Relationships>' % main,
               main: HEAD + '<w:document %s><w:body>%s</w:body></w:document>' % (W, body)}
    for part, (root, content) in parts.items():
        members['word/%s.xml' % part] = HEAD + '<w:%s %s>%s</w:%s>' % (root, W, content, root)
    members.update(more)
    with zipfile.ZipFile(os.path.join(HERE, name + '.docx'), 'w', zipfile.ZIP_DEFLATED) as z:
        for member, data in members.items():
            z.writestr(zipfile.ZipInfo(member, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def r(text, look=''):
    return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % ('<w:rPr>%s</w:rPr>' % look if look else '', text)


def p(content, look=''):
    return '<w:p>%s%s</w:p>' % ('<w:pPr>%s</w:pPr>' % look if look else '', content if content.startswith('<') or not content else r(content))


def tc(content, span=1, merge=None):
    look = '<w:gridSpan w:val="%d"/>' % span if span > 1 else ''
    if merge is not None:
        look += '<w:vMerge w:val="restart"/>' if merge else '<w:vMerge/>'
    return '<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>' % (look, content if content.startswith('<') else p(content))


def tr(*cells, look=''):
    return '<w:tr>%s%s</w:tr>' % ('<w:trPr>%s</w:trPr>' % look if look else '', ''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells))


def tbl(*rows):
    return '<w:tbl><w:tblPr/><w:tblGrid/>%s</w:tbl>' % ''.join(rows)


STYLES = ('styles', '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
          '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
          '<w:style w:type="paragraph" w:styleId="x1"><w:name w:val="mine"/><w:basedOn w:val="1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="loop"/><w:basedOn w:val="loop"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="list"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>')

# Titles, breaks, tracked changes, fields, symbols, notes, text boxes.
mark = '<w:r><w:footnoteReference w:id="%d"/></w:r>'
fld = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
box = '<w:txbxContent>' + p('文本框里写着达标率88%。') + '</w:txbxContent>'
write('text', ''.join([
    p('柏川市2023年垃圾分类工作总结', '<w:pStyle w:val="x1"/><w:jc w:val="center"/>'),
    p('（2023年12月）', '<w:jc w:val="center"/>'),
    p(r('一、总体情况', '<w:sz w:val="40"/>')),
    p(r('全年收运厨余垃圾') + r('55832') + mark % 2 + r('吨，') + '<w:del>' + '<w:r><w:delText>完成90%</w:delText></w:r></w:del>' +
      '<w:ins>' + r('完成93%') + '</w:ins>' + '<w:moveFrom>' + r('移走91%') + '</w:moveFrom><w:moveTo>' + r('移来') + '</w:moveTo>' + r('，其中') + r('隐藏的12', '<w:vanish/>') + r('居民区6.1万吨。')),
    p(r('这一段的段落标记'), '<w:rPr><w:del/></w:rPr>'),
    p('已经删除，与下一段合为一段。'),
    '<w:moveFrom>' + p('移走的一段') + '</w:moveFrom>',
    p(r('第一行以逗号结束，') + '<w:r><w:br/></w:r>' + r('第二行接着。') + '<w:r><w:br/></w:r>' + r('第三行另起一段。')),
    p(r('占比') + fld % 'begin' + '<w:r><w:instrText> HYPERLINK "http://example.org/7" </w:instrText></w:r>' + fld % 'separate' +
      r('62%') + fld % 'end' + r('，面积5.2') + r('km') + r('2', '<w:vertAlign w:val="superscript"/>') + '<w:r><w:noBreakHyphen/></w:r>' +
      '<w:hyperlink>' + r('链接') + '</w:hyperlink>' + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r('8%') +
      '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + '<w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>' +
      r('控件') + '</w:sdtContent></w:sdt>'),
    p(r('带文本框的段落') + '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>' + box + '</wps:txbx></w:drawing></mc:Choice>'
      '<mc:Fallback><w:pict><v:textbox>' + box + '</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>' + r('在此。')),
    p('目录行....7', '<w:pStyle w:val="T1"/>'),
    p(r('一、概况') + '<w:r><w:tab/></w:r>' + r('2'), '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'),
    p('循环的样式', '<w:pStyle w:val="loop"/>'),
    p('<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>'),
    '<w:sectPr/>']),
    {'styles': STYLES,
     'footnotes': ('footnotes', '<w:footnote w:id="0" w:type="separator">' + p('——') + '</w:footnote><w:footnote w:id="2">' +
                   p('<w:r><w:footnoteRef/></w:r>' + r('不含建筑垃圾。')) + '</w:footnote>'),
     'header1': ('hdr', p('页眉不是正文'))})

# Lists: chapters, brackets, legal digits, restarts, letters, a list of its own beginning, bullets.
LEVELS = [('chineseCountingThousand', '%1、', ''), ('japaneseCounting', '（%2）', ''), ('decimal', '%3.', ''),
          ('decimal', '%1.%2.%3.%4', '<w:isLgl/>'), ('lowerLetter', '%5)', ''), ('decimalEnclosedCircle', '%6', '')]
lvl = ''.join('<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>' % (i, f, x, t)
              for i, (f, t, x) in enumerate(LEVELS))
num = ('<w:abstractNum w:abstractNumId="0">' + lvl + '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
       '<w:start w:val="3"/><w:numFmt w:val="ideographDigital"/><w:lvlText w:val="第%1条"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/>'
       '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
       '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
       '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>')


def item(text, level, list_id=1):
    return p(text, '<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>' % (level, list_id))


write('lists', ''.join([
    item('总体目标', 0), item('基本原则', 1), p('按样式编号的一段', '<w:pStyle w:val="L"/>'), item('2030年建成5个中心', 2), item('次级', 3), item('字母', 4),
    item('圈', 5), item('主要任务', 0), item('重新开始', 1), item('第十章', 0, 3), item('第十一章', 0, 3), item('从三开始', 0, 2),
    item('接着', 0, 2), item('圆点', 1, 2), p('不编号', '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    p('没有这个列表', '<w:numPr><w:numId w:val="77"/></w:numPr>')]),
    {'styles': STYLES, 'numbering': ('numbering', num)})

# Tables: merged both ways, a frame of one cell, a table within a cell, a deleted row, cells before the grid begins.
inner = tbl(tr('项目', '数值'), tr('甲', '12'))
write('tables', ''.join([
    tbl(tr(tc(p('框中的一段') + tbl(tr('框内表', '列二', '列三'), tr('1', '2', '3'))))),
    tbl(tr(tc('类别', merge=True), tc('指标', merge=True), tc('完成情况', span=2), look='<w:tblHeader/>'),
        tr(tc('', merge=False), tc('', merge=False), '目标', '实际', look='<w:tblHeader/>'),
        tr(tc('环境', merge=True), '绿地率', '≥40%', '41.3%'),
        tr(tc('', merge=False), tc('<w:p/>' + p('达标河长') + p('（公里）')), '120', tc(p(r('118') + '<w:r><w:br/></w:r>' + r('（已核实）')))),
        '<w:ins>' + tr('后加的行', '公园', '6', '7') + '</w:ins>',
        tr('删去的行', '1', '2', '3', look='<w:del/>'),
        tr(tc(p('备注') + inner + p('完'), span=4))),
    p(''),
    tbl(tr('甲', '乙'), tr('丙', look='<w:gridBefore w:val="1"/>'))]))

write('other-main', p('主要部分另有其名，达到97%。'), main='word/document2.xml')

# Web pages within the document, as programs that export DOCX leave them: one as it is, one saved as MHT, one that is missing.
PAGE = '<html><body><h1>%s</h1><p>%s</p></body></html>'
RELATION = '<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="%s"/>'
quoted = quopri.encodestring((PAGE % ('供水情况', '日供水能力5万吨。')).encode('utf-8')).decode().replace('\n', '\r\n')
MHT = ('MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n    type="text/html"; boundary="----=part"\r\n\r\n------=part\r\n'
       'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n------=part\r\nContent-Type: image/png\r\n'
       'Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------=part--\r\n')
write('chunks', p('开头的一段。') + ''.join('<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="c%d"/>' % i for i in (1, 2, 3)) + p('末尾的一段。'), more={
    'word/_rels/document.xml.rels': HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>' %
    (RELATION % ('c1', 'page.html') + RELATION % ('c2', '/word/page.mht') + RELATION % ('c3', 'none.html')),
    'word/page.html': PAGE % ('建设情况', '新建泵站12座。'), 'word/page.mht': MHT % ('quoted-printable', quoted)})
