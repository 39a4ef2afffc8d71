#!/usr/bin/env python3
"""check.py DABIAO [--score]: the Chinese number cases of microsoft/Recognizers-Text (MIT, see LICENSE) against `dabiao numbers`.

cases.jsonl holds the five models' inputs and, of each expected result, its place (code points, end exclusive) and value. What
`dabiao` says otherwise is listed with its reason in docs/NUMBERS.md; a case that fails and is not listed there, and one that is
listed and holds, are errors. --score prints the share of right cases, model by model, and nothing else.
"""
import json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, '..', '..', 'docs', 'NUMBERS.md')


def near(a, b):
    try:
        a, b = float(a), float(b)
    except (TypeError, ValueError):
        return False
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def is_same(want, n):
    """Whether the number says what is wanted: 20, 50%, [10,20), (500,) …; open and closed ends are not told apart."""
    ends = re.fullmatch(r'[\[(]([^,]*),([^\])]*)[\])]', want)
    if not ends:
        return near(want.rstrip('%'), n['value']) and (not want.endswith('%') or n['unit'] in ('%', '个百分点'))
    low, high = (end.rstrip('%') for end in ends.groups())
    if low and high:
        return near(low, n['low']) and near(high, n['high'])
    return near(low or high, n['value']) and n['comparator'] in (('>', '>=') if low else ('<', '<='))


def is_right(case, found):
    if not case['expected']:
        if case['model'] == 'PercentModel':
            return not any(n['unit'] == '%' for n in found)
        return case['model'] != 'NumberModel' or not any(n['value'] is not None for n in found)
    return all(value is None or any(n['start'] < end and start < n['end'] and is_same(value, n) for n in found)
               for start, end, value in case['expected'])


def listed(path):
    """The rows "| model | `text` | …" of the page."""
    rows = re.findall(r'^\| (\w+) \| `([^`]*)` \| [^|]* \| [^|]* \| ([^|]+) \|$', open(path, encoding='utf-8').read(), re.M)
    return {(model, text): reason for model, text, reason in rows if model.endswith('Model')}


def main(arguments):
    exe = arguments[0]
    cases = [json.loads(line) for line in open(os.path.join(HERE, 'cases.jsonl'), encoding='utf-8')]
    text = ''.join(case['input'] + '\n' for case in cases)
    run = subprocess.run([exe, 'numbers', '--lines', '-'], input=text.encode(), stdout=subprocess.PIPE, check=True)
    lines = run.stdout.decode().splitlines()
    if len(lines) != len(cases):
        sys.exit(f'{len(lines)} lines for {len(cases)} cases')
    known, count, right, errors = listed(PAGE), {}, {}, []
    for case, line in zip(cases, lines):
        key, ok = (case['model'], case['input']), is_right(case, json.loads(line))
        count[key[0]] = count.get(key[0], 0) + 1
        right[key[0]] = right.get(key[0], 0) + ok
        if not ok and key not in known:
            errors.append(f'wrong, and not in docs/NUMBERS.md: {key[0]} {key[1]}')
        elif ok and key in known:
            errors.append(f'listed in docs/NUMBERS.md, and right: {key[0]} {key[1]}')
    texts = {(case['model'], case['input']) for case in cases}
    errors += [f'listed in docs/NUMBERS.md, and no case: {key}' for key in known if key not in texts]
    if '--score' in arguments:
        for model in count:
            print(f'{model:<18} {right[model]}/{count[model]}')
        print(f'all {sum(right.values())}/{sum(count.values())} {sum(right.values()) / sum(count.values()):.4f}')
        return 0
    both = ('NumberModel', 'PercentModel')
    if sum(right[m] for m in both) < 0.98 * sum(count[m] for m in both):
        errors.append('numbers and percentages: less than 0.98')
    if sum(right.values()) < 0.95 * sum(count.values()):
        errors.append('all five models: less than 0.95')
    print('\n'.join(errors))
    return bool(errors)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
