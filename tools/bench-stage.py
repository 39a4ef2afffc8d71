#!/usr/bin/env python3
"""bench-stage.py BENCH_STAGES FOLDER [MEGABYTES [RUNS]]: the stage of rules alone, on one core. Prints a section of docs/BENCHMARKS.md.
FOLDER keeps the text (tools/bench-text.py, MEGABYTES of it, 20 when nothing is said) and the rule set of ten times as many rules
(tools/bench-rules.py). Of RUNS runs the fastest counts: others only say how busy the machine was."""
import json, os, subprocess, sys

program, folder = sys.argv[1], sys.argv[2]
megabytes, runs = (sys.argv[3:] + ['20'])[0], int((sys.argv[4:] + ['3'])[0])
AIM = 8


def run(rules, kind):
    """→ of the fastest run: megabytes of text, seconds by step"""
    best = None
    for _ in range(runs):
        r = json.loads(subprocess.run([program, rules, f'{folder}/{kind}.list'], stdout=subprocess.PIPE, check=True).stdout)
        if best is None or r['parse'] + r['report'] < best['parse'] + best['report']:
            best = r
    best['stage'] = best['parse'] + best['report']
    return best


subprocess.run([sys.executable, 'tools/bench-text.py', folder, megabytes], check=True)
copied = subprocess.run([sys.executable, 'tools/bench-rules.py', 'rules', '10', f'{folder}/rules10'], check=True, stdout=subprocess.PIPE)
times = {(rules, kind): run(rules, kind) for rules in ('rules', f'{folder}/rules10') for kind in ('mixed', 'dense')}

print('## The stage of rules\n')
print('What the rules do, on one core, in processor time (`tools/bench-stages.c`): from the characters of the lines on, text is normalised and '
      'cut into sentences and sections, numbers are read and their context is told ("parse"); then come indicators, roles, times, links and '
      'findings ("report"). Reading the file and writing JSON are other steps, told beside. Rules are loaded once and not counted; that '
      'patterns are compiled to machine code when they are first used is.\n')
print('Two texts, from the sample reports with figures changed: whole reports ("mixed"), and only their sentences with three figures or '
      'more ("dense").\n')
print('| text | MB | numbers in a KB | MB a second: stage of rules | parse | report | with reading and JSON | aim |\n|---|---|---|---|---|---|---|---|')
for kind in ('mixed', 'dense'):
    t = times['rules', kind]
    size = t['text_bytes'] / 1e6
    whole = t['stage'] + t['read'] + t['json']
    print(f"| {kind} | {size:.1f} | {t['numbers'] / size / 1000:.0f} | **{size / t['stage']:.1f}** | {size / t['parse']:.1f} | "
          f"{size / t['report']:.1f} | {size / whole:.1f} | ≥ {AIM} |")
print('\nTen times as many rules: each rule nine times more, for other words (`tools/bench-rules.py`: ' + copied.stdout.decode().strip() + ').\n')
print('| text | time, against the rules alone | loading | aim |\n|---|---|---|---|')
for kind in ('mixed', 'dense'):
    one, ten = times['rules', kind], times[f'{folder}/rules10', kind]
    print(f"| {kind} | {ten['stage'] / one['stage']:.2f} | {one['load']:.2f} s → {ten['load']:.2f} s | ≤ 2 |")
