#!/usr/bin/env python3
"""bench-patterns.py RULES: prints the patterns of the rule files, fragments and words put in, one a line, for pcre2grep.
Tags of numbers ({N}, {percent} …) become what a number looks like in plain text, since pcre2grep sees no shapes."""
import glob, re, sys
import yaml

NUMBER = r'[0-9]+(?:\.[0-9]+)?'
TAGS = {'percent': NUMBER + '%', 'permille': NUMBER + '‰', 'points': NUMBER + '个百分点', 'money': NUMBER + '[万亿]?元',
        'times': NUMBER + '[倍番成]', 'date': r'[0-9]{4}年(?:[0-9]+月)?', 'day': '[0-9]+月[0-9]+日'}
for name in ('n', 'number', 'count', 'amount', 'ratio', 'span'):
    TAGS[name] = NUMBER
NAME = re.compile(r'(\\[pPxo]\{[^}]*\})|(\\.)|\{([A-Za-z_][\w.:+]*)\}', re.S)


def load(folder):
    words, fragments, rules = {}, {}, []
    for path in sorted(glob.glob(folder + '/*.yaml')):
        with open(path, encoding='utf-8') as f:
            tree = yaml.load(f, yaml.CSafeLoader if hasattr(yaml, 'CSafeLoader') else yaml.SafeLoader) or {}
        for name, value in (tree.get('words') or {}).items():
            words.setdefault(name, []).extend(str(w) for w in value)
        fragments.update({k: str(v) for k, v in (tree.get('fragments') or {}).items()})
        rules.extend(tree.get('rules') or [])
    return words, fragments, rules


def expand(pattern, words, fragments):
    def put(m):
        if not m[3]:
            return m[0]
        name = m[3]
        if name == 'N' or name.startswith('N:'):
            return '(?:' + '|'.join(TAGS[k] for k in (name[2:] or 'n').split('+')) + ')'
        if name in TAGS:
            return '(?:' + TAGS[name] + ')'
        if name in fragments:
            return '(?:' + expand(fragments[name], words, fragments) + ')'
        return '(?:' + '|'.join(re.escape(w) for w in sorted(words[name], key=lambda w: -len(w.encode()))) + ')'

    return NAME.sub(put, pattern)


def main():
    words, fragments, rules = load(sys.argv[1])
    for rule in rules:
        for key in ('pattern', 'before', 'after'):
            if key in rule:
                print(expand(str(rule[key]), words, fragments).replace('\n', ' ').strip())


main()
