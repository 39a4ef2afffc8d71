#!/usr/bin/env python3
"""forms.py OUT [NAME…]: the sample reports of corpus/open in every form an office saves them in, and what each form scores against
the same gold file. A form whose F1 differs from the PDF's is read differently: the list at the end says which and by how much.
Needs LibreOffice and pandoc. Forms are made once and kept in OUT/FORM; delete one to have it made again."""
import html.parser, os, re, subprocess, sys, unicodedata

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OPEN = os.path.join(HERE, 'corpus', 'open')
BLOCKS = {'p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'div', 'title', 'center', 'body', 'section', 'caption', 'br'}
VOID = {'br', 'img', 'meta', 'link', 'hr', 'input', 'col'}


class Reader(html.parser.HTMLParser):
    """A page → paragraphs and tables in order: a string, or rows of (text, rowspan, colspan)."""

    def __init__(self):
        super().__init__()
        self.blocks, self.text, self.table, self.skip, self.depth = [], '', None, 0, 0

    def flush(self):
        text = re.sub(r'[ \t\r\n]+', ' ', self.text).strip(' ')
        if text and self.depth == 0:
            self.blocks.append(text)
        if self.depth == 0:
            self.text = ''

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag in ('style', 'script', 'title'):
            self.skip += 1
        if tag == 'table':
            self.flush()
            self.depth += 1
            if self.depth == 1:
                self.table = []
        elif self.depth == 1 and tag == 'tr':
            self.table.append([])
        elif self.depth == 1 and tag in ('td', 'th'):
            self.text = ''
            self.table[-1].append([None, int(a.get('rowspan', 1)), int(a.get('colspan', 1))])
        elif tag in BLOCKS and self.depth == 0:
            self.flush()

    def handle_endtag(self, tag):
        if tag in ('style', 'script', 'title'):
            self.skip -= 1
        if tag == 'table':
            self.depth -= 1
            if self.depth == 0:
                self.blocks.append(self.table)
                self.text = ''
        elif self.depth == 1 and tag in ('td', 'th'):
            self.table[-1][-1][0] = re.sub(r'\s+', ' ', self.text).strip()
            self.text = ''
        elif tag in BLOCKS and self.depth == 0:
            self.flush()

    def handle_data(self, data):
        if not self.skip:
            self.text += data


def width(s):
    return sum(2 if unicodedata.east_asian_width(c) in 'WFA' else 1 for c in s)


def wrapped(s, columns):
    lines, line = [], ''
    for token in re.findall(r'[0-9A-Za-z.,%]+|.', s):
        if line and width(line) + width(token) > columns and token not in '，。；：、）”！？':
            lines.append(line)
            line = ''
        line += token
    return lines + [line] if line else lines


def filled(rows):
    """Every place of the grid: (text, first column and row of its cell)."""
    grid = {}
    for r, row in enumerate(rows):
        c = 0
        for text, down, right in row:
            while (r, c) in grid:
                c += 1
            for i in range(down):
                for j in range(right):
                    grid[r + i, c + j] = (text or '', i == 0, j == 0)
            c += right
    columns = 1 + max((c for _, c in grid), default=0)
    return [[grid.get((r, c), ('', True, True)) for c in range(columns)] for r in range(len(rows))]


def tabbed(rows):
    return ['\t'.join(t if first and left else '' for t, first, left in row) for row in filled(rows)]


def barred(rows):
    grid = [[t if first and left else '' for t, first, left in row] for row in filled(rows)]
    widths = [min(24, max(4, *(width(row[c]) for row in grid))) for c in range(len(grid[0]))]
    edge = lambda a, b, c: a + b.join('─' * (w // 2 + w % 2) for w in widths) + c
    out = [edge('┌', '┬', '┐')]
    for k, row in enumerate(grid):
        cells = [wrapped(t, w) or [''] for t, w in zip(row, widths)]
        for i in range(max(map(len, cells))):
            parts = [c[i] if i < len(c) else '' for c in cells]
            out.append('│' + '│'.join(p + ' ' * max(0, w + w % 2 - width(p)) for p, w in zip(parts, widths)) + '│')
        out.append(edge('├', '┼', '┤') if k + 1 < len(grid) else edge('└', '┴', '┘'))
    return out


def spaced(rows):
    grid = [[t if first and left else '' for t, first, left in row] for row in filled(rows)]
    widths = [max(4, *(width(row[c]) for row in grid)) + 2 for c in range(len(grid[0]))]
    return [''.join(t + ' ' * (w - width(t)) for t, w in zip(row, widths)).rstrip() for row in grid]


def as_text(page, table, columns):
    reader = Reader()
    reader.feed(page)
    reader.close()
    reader.flush()
    out = []
    for b in reader.blocks:
        if not isinstance(b, str):
            out += table(b) if any(b) else []
        elif not columns:
            out.append('　　' + b.lstrip('\u3000 '))
        else:
            out += wrapped('　　' + b.lstrip('\u3000 '), columns)
    return '\n'.join(out) + '\n'


def site(page):
    """The page as a government site shows it: in GBK and tables, between menus and footers."""
    page = re.sub(r'^.*?<body[^>]*>', '', page, flags=re.S | re.I)
    body = re.sub(r'</body>.*$', '', page, flags=re.S | re.I)
    body = re.sub(r'(<p[^>]*>)', r'\1&nbsp;&nbsp;&nbsp;&nbsp;', body)
    title = re.sub('<[^>]*>', '', (re.search(r'<h1[^>]*>(.*?)</h1>', page, re.S) or re.match('()', '')).group(1))
    link = lambda names: ''.join('<li><a href="/%d/">%s</a></li>' % (i, n) for i, n in enumerate(names.split()))
    return ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>' + title + '_市政府门户网站</title>'
            '<script>var a=1<2;document.write("100%");</script></head><body><table width="1000" align="center"><tr><td><ul>'
            + link('首页 走进本市 新闻中心 政务公开 办事服务 互动交流 数据开放 专题专栏') + '</ul></td></tr><tr><td>当前位置：<a href="/">首页</a>'
            ' &gt; <a href="/zw">政务公开</a> &gt; <a href="/zw/gh">规划总结</a></td></tr><tr><td><table width="100%"><tr><td width="220" valign="top"><ul>'
            + link('机构职能 法规文件 规划总结 财政预决算 行政许可 应急管理') + '</ul></td><td><div class="TRS_Editor">' + body +
            '</div><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div><p>【<a href="#">打印</a>】【<a href="#">关闭</a>】扫一扫在手机打开当前页</p>'
            '<p>上一篇：<a href="1.html">2020年前三季度工作完成35项任务</a></p><p>下一篇：<a href="2.html">全市新增床位1200张</a></p></td></tr></table></td></tr>'
            '<tr><td align="center">主办：市人民政府办公室　承办：市大数据中心<br>备案号：冀ICP备05003300号-1　网站标识码：1309000001　公安备案13090002000123号<br>'
            '联系电话：0317-2023456　您是第 1234567 位访问者</td></tr></table></body></html>')


def read(path, encoding='utf-8'):
    with open(path, encoding=encoding, errors='replace') as f:
        return f.read()


def write(path, text, encoding='utf-8'):
    with open(path, 'w', encoding=encoding, errors='xmlcharrefreplace' if path.endswith('html') else 'replace', newline='') as f:
        f.write(text)


def office(source, to, folder, suffix):
    subprocess.run(['soffice', '-env:UserInstallation=file://%s/.office' % OUT, '--headless', '--convert-to', to, '--outdir', folder, source],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    name = os.path.basename(source).split('.')[0]
    made = os.path.join(folder, os.path.basename(source).rsplit('.', 1)[0] + suffix)
    if made != os.path.join(folder, name + suffix):
        os.rename(made, os.path.join(folder, name + suffix))


def make(form, name, source, page):
    folder = os.path.join(OUT, form)
    os.makedirs(folder, exist_ok=True)
    path = lambda suffix: os.path.join(folder, name + suffix)
    if any(f.split('.')[0] == name for f in os.listdir(folder)):
        return
    text = read(page)
    if form == 'docx-office':
        if source.endswith('.fodt'):
            office(source, 'docx:MS Word 2007 XML', folder, '.docx')
        else:
            subprocess.run(['soffice', '-env:UserInstallation=file://%s/.office' % OUT, '--headless', '--infilter=HTML (StarWriter)',
                            '--convert-to', 'docx:MS Word 2007 XML', '--outdir', folder, page],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elif form == 'docx-pandoc':
        subprocess.run(['pandoc', '-f', 'html', '-t', 'docx', '-o', path('.docx'), page], check=True, stderr=subprocess.DEVNULL)
    elif form == 'html':
        write(path('.html'), text)
    elif form == 'html-pandoc':
        subprocess.run(['pandoc', '-f', 'html', '-t', 'html', '-s', '-o', path('.html'), page], check=True, stderr=subprocess.DEVNULL)
    elif form == 'html-site':
        write(path('.html'), site(text), 'gb18030')
    elif form == 'txt-tabs':
        write(path('.txt'), as_text(text, tabbed, 0))
    elif form == 'txt-bars':
        write(path('.txt'), as_text(text, barred, 80).replace('\n', '\r\n'), 'gb18030')
    elif form == 'txt-blanks':
        write(path('.txt'), as_text(text, spaced, 76), 'utf-16')
    elif form == 'txt-pandoc':
        subprocess.run(['pandoc', '-f', 'html', '-t', 'plain', '-o', path('.txt'), page], check=True, stderr=subprocess.DEVNULL)
    elif form == 'txt-office':
        office(os.path.join(OUT, 'docx-office', name + '.docx'), 'txt:Text (encoded):UTF8', folder, '.txt')


FORMS = ['docx-office', 'docx-pandoc', 'html', 'html-pandoc', 'html-site', 'txt-tabs', 'txt-bars', 'txt-blanks', 'txt-pandoc', 'txt-office']
OUT = os.path.abspath(sys.argv[1])
os.makedirs(os.path.join(OUT, 'page'), exist_ok=True)
sources = {f.split('.')[0]: os.path.join(OPEN, 'src', f) for f in sorted(os.listdir(os.path.join(OPEN, 'src'))) if not f.endswith('.txt')}
names = sys.argv[2:] or list(sources)
for name in names:
    source, page = sources[name], os.path.join(OUT, 'page', name + '.html')
    if not os.path.exists(page):
        if source.endswith('.fodt'):
            office(source, 'html:HTML (StarWriter)', os.path.join(OUT, 'page'), '.html')
        else:
            write(page, read(source))
    for form in FORMS:
        make(form, name, source, page)

program = os.path.join(HERE, 'build', 'dabiao')


def scores(folder, suffix):
    out = os.path.join(OUT, 'results', os.path.basename(folder))
    subprocess.run([program, 'convert', '-q', '--no-cache', '-j', '2', '-o', out, folder], stderr=subprocess.DEVNULL)
    said = subprocess.run([program, 'eval', '--gold', os.path.join(OPEN, 'gold'), '--suffix', suffix, out], capture_output=True, text=True).stdout
    found = {}
    for line in said.splitlines():
        m = re.match(r'(\S+)\s+gold.* F1 ([\d.]+)  full F1 ([\d.]+) .* F1 ([\d.]+)$', line)
        if m:
            found[m[1]] = tuple(float(x) for x in m.groups()[1:])
    return found


wanted, worst = scores(OPEN, '.pdf'), []
print('%-14s %s' % ('pdf', '  '.join('%.3f' % (sum(wanted[n][k] for n in names) / len(names)) for k in range(3))), ' (F1, full, links: means)')
for form in FORMS:
    found = scores(os.path.join(OUT, form), '.' + form.split('-')[0])
    have = [n for n in names if n in found]
    print('%-14s %s' % (form, '  '.join('%.3f' % (sum(found[n][k] for n in have) / max(1, len(have))) for k in range(3))),
          '' if len(have) == len(names) else ' missing %d' % (len(names) - len(have)))
    worst += [(wanted[n][0] - found.get(n, (0, 0, 0))[0], form, n, wanted[n], found.get(n)) for n in names]
for gap, form, name, a, b in sorted(worst, reverse=True):
    if gap > 0.02:
        print('%+.3f %-12s %-46s pdf %s  here %s' % (-gap, form, name, a, b))
