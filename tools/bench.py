#!/usr/bin/env python3
"""bench.py PROGRAM ARCHIVE PDFS RUNS RESULT.md: runs the program and its peers side by side with hyperfine on the archive of
make-archive.py, and writes what came out: ratios first, seconds for this machine beside them.

Two times are taken of each run: on the clock (best of RUNS, what a user waits) and of the processors (user + system, mean), which
other work on the machine disturbs less. Slow peers run on a part of the archive; their ratio is against the program on the same part."""
import datetime, glob, json, os, platform, random, shutil, subprocess, sys, tempfile, time

program, archive, n_pdfs, runs, result = os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
scratch = tempfile.mkdtemp(prefix='dabiao-bench-')
load_before = os.getloadavg()[0]
PROFILE = '## Where the time goes\n'
begun = time.monotonic()


def part(name):
    """Says what is measured next, and how long all before took."""
    print(f'{name} (after {time.monotonic() - begun:.0f} s)', flush=True)


def lines(command):
    return (subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode().strip() or '?').split('\n')


def make_list(name, files):
    """Files as an argument list for xargs and --files-from."""
    path = f'{scratch}/{name}'
    with open(path, 'w') as f:
        f.write(''.join(os.path.abspath(x) + '\n' for x in files))
    return path


def time_of(command, prepare=None, count=None):
    """→ (best seconds on the clock, mean seconds of processor time)"""
    out = f'{scratch}/hyperfine.json'
    call = ['hyperfine', '--style=none', '-i', '-w', '0', '-r', str(count or runs), '--export-json', out]
    if prepare:
        call += ['--prepare', prepare]
    # -i: a document that fails makes the status 1, as in any archive
    subprocess.run(call + [command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(out) as f:
        r = json.load(f)['results'][0]
    print(f"  {r['min']:7.2f} s, processors {r['user'] + r['system']:7.2f} s: {command[:100].replace(scratch, '')}", flush=True)
    return r['min'], r['user'] + r['system']


def convert(files, jobs=2, options='', cache='--no-cache'):
    """The command; the folder it writes must be emptied before a run."""
    return f'{program} convert -q -j {jobs} -o {scratch}/out {cache} {options} --files-from {files}'


CLEAN = f'rm -rf {scratch}/out'


def ours(files, jobs=2, options='', prepare=CLEAN, count=None):
    return time_of(convert(files, jobs, options), prepare, count)


def peak(command):
    """Peak memory in MB of a command's main process and of the largest of its children, and seconds of processor time."""
    code = ('import resource, subprocess, sys, os\n'
            'p = subprocess.Popen(sys.argv[1:]); worst = [0, 0]\n'
            'import time\n'
            'def mb(pid):\n'
            '    try:\n'
            '        for l in open(f"/proc/{pid}/status"):\n'
            '            if l.startswith("VmHWM"): return int(l.split()[1]) / 1024\n'
            '    except OSError: pass\n'
            '    return 0\n'
            'while p.poll() is None:\n'
            '    worst[0] = max(worst[0], mb(p.pid))\n'
            '    try: kids = open(f"/proc/{p.pid}/task/{p.pid}/children").read().split()\n'
            '    except OSError: kids = []\n'
            '    worst[1] = max([worst[1]] + [mb(k) for k in kids])\n'
            '    time.sleep(0.02)\n'
            'use = resource.getrusage(resource.RUSAGE_CHILDREN)\n'
            'print(*worst, use.ru_utime + use.ru_stime)\n')
    words = subprocess.run([sys.executable, '-c', code] + command.split(), stdout=subprocess.PIPE, check=True).stdout.split()
    return [float(w) for w in words]


def megabytes(files):
    return sum(os.path.getsize(f) for f in files) / 1e6


def ratio(a, b, i):
    return f'{a[i] / b[i]:.2f}' if b[i] else '–'


pdfs = sorted(glob.glob(f'{archive}/pdf/*.pdf'))[:n_pdfs]
texts = sorted(glob.glob(f'{archive}/text/*.txt'))
random.Random(1).shuffle(texts)
if 'TEXT_MB' in os.environ:  # a part of it: the archive's size is its files' mean
    texts = texts[:int(len(texts) * float(os.environ['TEXT_MB']) / megabytes(texts))]
small = sorted(glob.glob(f'{archive}/small/*.txt'))
few = pdfs[:int(os.environ.get('SLOW_PDFS', '60'))]  # of every sample; enough that the start of a run does not count
all_pdfs, few_pdfs, all_texts = make_list('pdfs', pdfs), make_list('few', few), make_list('texts', texts)
pages = sum(int(l.split()[1]) for f in few for l in lines(f'pdfinfo {f}') if l.startswith('Pages:'))

peers = [('`pdftotext`, a process a file', all_pdfs, '≤ 1.0', f'xargs -a {all_pdfs} -P2 -I{{}} pdftotext {{}} /dev/null'),
         ('`pdftotext -layout`, a process a file', all_pdfs, '', f'xargs -a {all_pdfs} -P2 -I{{}} pdftotext -layout {{}} /dev/null'),
         ('`mutool draw -F stext`, a process a file', all_pdfs, '≤ 0.5', f'xargs -a {all_pdfs} -P2 -I{{}} mutool draw -q -F stext -o /dev/null {{}}'),
         ('pdfminer.six (`pdf2txt`), a process a file', few_pdfs, '≤ 0.1', f'xargs -a {few_pdfs} -P2 -I{{}} pdf2txt -o /dev/null {{}}')]
pdfjs = f'{archive}/node_modules'
if subprocess.run(f'node tools/bench-pdfjs.mjs {os.path.abspath(pdfjs)} {few[0]}', shell=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
    peers.append(('pdf.js (`getTextContent`), a process a file', few_pdfs, '',
                  f'xargs -a {few_pdfs} -P2 -I{{}} node tools/bench-pdfjs.mjs {os.path.abspath(pdfjs)} {{}} > /dev/null'))
    peers.append(('pdf.js, one process for half of the files', few_pdfs, '',
                  f'xargs -a {few_pdfs} -P2 -n {(len(few) + 1) // 2} node tools/bench-pdfjs.mjs {os.path.abspath(pdfjs)} > /dev/null'))
part('PDFs')
check = subprocess.run(convert(all_pdfs).split(), stderr=subprocess.PIPE)
if check.returncode:
    sys.exit('bench: the archive is not converted as a whole: ' + check.stderr.decode()[-500:])
base = {all_pdfs: ours(all_pdfs), few_pdfs: ours(few_pdfs)}
pdf_rows = []
for name, files, want, command in peers:
    t = time_of(command, count=1 if files == few_pdfs else runs)
    pdf_rows.append((name, len(few) if files == few_pdfs else len(pdfs), ratio(base[files], t, 0), ratio(base[files], t, 1), want, t))

part('text')
size = megabytes(texts)
patterns = f'{scratch}/patterns'
with open(patterns, 'w') as f:
    subprocess.run([sys.executable, 'tools/bench-patterns.py', 'rules'], stdout=f, check=True)
n_patterns = sum(1 for _ in open(patterns))
text_base = ours(all_texts, count=1)
grep = time_of(f'xargs -a {all_texts} -P2 -n 200 pcre2grep -u -c -f {patterns} > /dev/null', count=1)
grep_all = time_of(f'xargs -a {all_texts} -P2 -n 200 pcre2grep -u -o -f {patterns} > /dev/null', count=1)

part('scaling')
n_cpus = os.cpu_count()
jobs = {j: ours(all_pdfs, j, count=max(runs, 3)) for j in sorted({1, 2, n_cpus} | {1 << k for k in range(n_cpus.bit_length()) if 1 << k <= n_cpus})}
counts = {}
for n in (100, 1000, 10000):
    if n <= len(small):
        files = make_list(f'small{n}', small[:n])
        shutil.rmtree(f'{scratch}/out', ignore_errors=True)
        counts[n] = peak(convert(files))
shutil.rmtree(f'{scratch}/out', ignore_errors=True)
pdf_memory = peak(convert(all_pdfs))

part('second runs')
CACHE = f'--cache {scratch}/cache'
cached = lambda options, prepare: time_of(convert(all_pdfs, 2, options, CACHE), prepare)
shutil.copytree('rules', f'{scratch}/other-rules')
with open(sorted(glob.glob(f'{scratch}/other-rules/*.yaml'))[-1], 'a') as f:
    f.write('# changed\n')
cold = ours(all_pdfs)  # measured anew: a machine is not as fast in one quarter of an hour as in the next
second_rows = [('cold, without a cache', '', cold),
               ('cold, filling the cache', '', cached('', f'{CLEAN} {scratch}/cache')),
               ('a rule changed', '≥ 5', cached(f'--rules {scratch}/other-rules', CLEAN))]
subprocess.run(convert(all_pdfs, 2, '', CACHE).split())
second_rows += [('nothing changed', '≥ 50', cached('', 'true')), ('nothing changed, `--resume`', '≥ 50', cached('--resume', 'true')),
                ('nothing changed, `--resume --no-cache`: all is read and hashed', '', ours(all_pdfs, options='--resume', prepare='true'))]
cache_bytes = sum(os.path.getsize(os.path.join(d, f)) for d, _, names in os.walk(f'{scratch}/cache/text') for f in names)

part('extraction')
extract = os.path.join(os.path.dirname(program), 'tools', 'bench-extract')
extraction = []  # kind of page, files, ratio, aim
if os.path.exists(extract):
    measured = [l.split() for l in lines(' '.join([extract] + sorted(glob.glob('corpus/*/*.pdf'))))]
    for kind, aim in (('plain', '≤ 1.3'), ('ruled', '≤ 2.5')):
        files = [m for m in measured if m[0] == kind and m[1] != 'all']
        for m in measured:
            if m[:2] == [kind, 'all']:
                extraction.append((kind, len(files), sum(int(f[1]) for f in files), m[2], max(f[4] for f in files), aim))

part('rules')
stages = os.path.join(os.path.dirname(program), 'tools', 'bench-stages')
stage_section = subprocess.run([sys.executable, 'tools/bench-stage.py', stages, f'{archive}/stage', os.environ.get('STAGE_MB', '20'), '2'], stdout=subprocess.PIPE,
                               check=True).stdout.decode() if os.path.exists(stages) else ''

cpu = next((l.split(':')[1].strip() for l in open('/proc/cpuinfo') if l.startswith('model name')), platform.processor())
memory = next(int(l.split()[1]) // 1024 // 1024 for l in open('/proc/meminfo') if l.startswith('MemTotal'))
versions = [('dabiao', lines(f'{program} --version')[0]), ('Poppler', lines('pdftotext -v')[0]), ('MuPDF', lines('mutool -v')[0]),
            ('pdfminer.six', lines("dpkg-query -W -f='${Version}' python3-pdfminer")[0]),
            ('pdf.js', json.load(open(f'{pdfjs}/pdfjs-dist/package.json'))['version'] if os.path.isdir(f'{pdfjs}/pdfjs-dist') else 'not here'),
            ('Node.js', lines('node --version')[0]), ('pcre2grep', lines('pcre2grep --version')[0]), ('hyperfine', lines('hyperfine --version')[0]),
            ('kernel', platform.release()), ('system', lines('. /etc/os-release; echo $PRETTY_NAME')[0])]
load = max(load_before, os.getloadavg()[0])
out = []
say = out.append
say('# Benchmarks\n')
say('Made by `make bench`; by hand only from "Where the time goes" on. What is compared: whole conversion (PDF or text → JSON with measures, links, '
    'boxes) against programs that only pull text out, or only match patterns. **A ratio below 1 means that dabiao is faster.**\n')
say(f'- Machine: {cpu}, {os.cpu_count()} processors, {memory} GB.')
say('- ' + ' · '.join(f'{a}: {b}' for a, b in versions) + '.')
say(f'- {datetime.date.today().isoformat()}, {runs} runs of each, one for slow ones. "Clock" is the best run; "processors" is user + system time.')
if load > 1.5:
    say(f'- **The machine was busy with other work** (load up to {load:.1f} on {os.cpu_count()} processors): believe the ratios of processor '
        'time, and those on the clock only roughly. They want another run on an idle machine.')
say(f'- PDF archive: {len(pdfs)} reports, {megabytes(pdfs):.0f} MB, about {pages * len(pdfs) // len(few)} pages: the corpus, typeset by three '
    f'programs, with figures changed from copy to copy. Text archive: {len(texts)} files, {size:.1f} MB. Both come from `tools/make-archive.py`, always the same.\n')
say('## Against programs that pull text from PDFs\n')
say(f'dabiao: {convert("FILES").replace(scratch, "…").replace(program, "dabiao")}: {len(pdfs)} reports in {base[all_pdfs][0]:.1f} s on the '
    f'clock ({len(pdfs) / base[all_pdfs][0]:.0f} a second), {base[all_pdfs][1]:.1f} s of processor time.\n')
say('| peer, two processes at a time | reports | dabiao ÷ peer, clock | dabiao ÷ peer, processors | aim |\n|---|---|---|---|---|')
for name, n, clock, processors, want, t in pdf_rows:
    say(f'| {name} | {n} | {clock} | {processors} | {want} |')
if extraction:
    say('\n## What extraction costs\n')
    say("From the file to lines, paragraphs and tables (`tools/bench-extract.c`), against Poppler's own text extraction in the same process; "
        'processor time, the best of sixty runs, the sample reports of both halves of the corpus.\n')
    say('| reports | files | pages | dabiao ÷ Poppler | at most | aim |\n|---|---|---|---|---|---|')
    for kind, n, n_pages, all_files, most, aim in extraction:
        say(f"| {'with ruled tables' if kind == 'ruled' else 'text without ruled tables'} | {n} | {n_pages} | {all_files} | {most} | {aim} |")
say('\n## Against pcre2grep on text\n')
say(f'The same {n_patterns} patterns (fragments and word lists put in; a number\'s tag becomes what a number looks like), two processes. '
    'pcre2grep finds lines; dabiao also unwraps paragraphs, normalises, reads numbers, links and writes JSON.\n')
say('| peer | dabiao ÷ peer, clock | dabiao ÷ peer, processors | MB a second, processor time: dabiao, peer |\n|---|---|---|---|')
for name, t in (('`pcre2grep -u -c -f` (stops at a line\'s first match)', grep), ('`pcre2grep -u -o -f` (all matches)', grep_all)):
    say(f'| {name} | {ratio(text_base, t, 0)} | {ratio(text_base, t, 1)} | {size / text_base[1]:.2f}, {size / t[1]:.2f} |')
say('\n## Scaling\n')
say('| workers | clock, against -j 1 | processors, against -j 1 |\n|---|---|---|')
for j, t in jobs.items():
    say(f'| -j {j} | {jobs[1][0] / t[0]:.2f} × as fast | {t[1] / jobs[1][1]:.2f} |')
say('\n| short text reports | processor time a report, against the first line | parent, peak MB | worker, peak MB |\n|---|---|---|---|')
first = None
for n, m in counts.items():
    each = m[2] / n
    first = first or each
    say(f'| {n} | {each / first:.2f} | {m[0]:.1f} | {m[1]:.1f} |')
say('\nAim: the parent at 10,000 at most 1.2 × that at 100.')
say(f'\nThe PDF archive: parent {pdf_memory[0]:.1f} MB, worker {pdf_memory[1]:.1f} MB at the peak (aim: 150).\n')
if stage_section:
    say(stage_section.rstrip('\n'))
say('\n## Second runs\n')
say(f'The PDF archive, -j 2. The cache takes {cache_bytes / 1e6:.1f} MB for {megabytes(pdfs):.0f} MB of PDFs.\n')
say('| run | clock | processors | aim |\n|---|---|---|---|')
for name, want, t in second_rows:
    say(f'| {name} | {cold[0] / t[0]:.3g} × as fast | {cold[1] / t[1]:.3g} × | {want} |')
# What people found out by hand stays: from this heading to the end.
if os.path.exists(result):
    with open(result, encoding='utf-8') as f:
        _, mark, notes = f.read().partition(PROFILE)
    say('\n' + mark + notes)
with open(result, 'w', encoding='utf-8') as f:
    f.write('\n'.join(out).rstrip() + '\n')
part('done')
shutil.rmtree(scratch, ignore_errors=True)
