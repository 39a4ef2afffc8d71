#!/usr/bin/env python3
"""bench-rules.py RULES FACTOR FOLDER: a rule set FACTOR times as large, to measure what rules cost. Each copy of a rule is one for other
words: every hanzi in its patterns, fragments and word lists becomes another hanzi, the same one throughout a copy (numerals stay), so
that the copies are as rich as the rules are and match as rarely as rules for other fields of words do. A copy of a rule that can
match without a word (a number of twelve digits, a date) asks for one more. Word lists that are no part of patterns (units, numerals,
places) stay as they are."""
import glob, os, random, re, sys, warnings
try:
    from re import _constants as C, _parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as C, sre_parse as parser
import yaml

warnings.simplefilter('ignore')

NAME = re.compile(r'(\\[pPxo]\{[^}]*\}|\\.)|\{([A-Za-z_][\w.:+]*)\}', re.S)
KEPT = '〇零一二两三四五六七八九十百千万亿廿半几数多余'  # hanzi that stay
TAGS = {'n', 'number', 'percent', 'permille', 'points', 'money', 'count', 'amount', 'ratio', 'times', 'span', 'date', 'day'}


def load(folder):
    for path in sorted(glob.glob(folder + '/*.yaml')):
        with open(path, encoding='utf-8') as f:
            yield os.path.basename(path), f.read()


def language(i):
    """hanzi → hanzi, for copy i"""
    block = [chr(c) for c in range(0x4E00, 0x9FA0)]
    other = block[:]
    random.Random(i).shuffle(other)
    table = {ord(a): b for a, b in zip(block, other)}
    for c in KEPT:
        table.pop(ord(c), None)
    return table


def rename(pattern, i, names):
    def put(m):
        return m[0] if not m[2] or m[2] not in names or m[2] in TAGS else '{%s_copy%d}' % (m[2], i)
    return NAME.sub(put, pattern)


def expand(pattern, words, fragments):
    def put(m):
        name = m[2]
        if not name:
            return '[一-鿿]' if m[1] == '\\p{Han}' else chr(int(m[1][3:-1], 16)) if m[1].startswith('\\x{') else '.' if len(m[1]) > 2 else m[1]
        if name in fragments:
            return '(?:' + expand(fragments[name], words, fragments) + ')'
        return '(?:' + '|'.join(map(re.escape, words[name])) + ')' if name in words else '\ue000'
    return NAME.sub(put, str(pattern))


def is_word(code):
    return 0x4E00 <= code < 0xA000 and chr(code) not in KEPT


def needs_word(tree):
    """Whether every match of a parsed pattern has a hanzi of its own in it, or beside it."""
    for op, value in tree:
        if op is C.LITERAL and is_word(value):
            return True
        if op is C.IN and all(o is C.LITERAL and is_word(v) for o, v in value):
            return True
        if op is C.BRANCH and all(needs_word(b) for b in value[1]):
            return True
        if op is C.SUBPATTERN and needs_word(value[-1]):
            return True
        if op in (C.MAX_REPEAT, C.MIN_REPEAT) and value[0] and needs_word(value[2]):
            return True
        if op is C.ASSERT and needs_word(value[1]):
            return True
    return False


def asks_for_word(rule, words, fragments):
    for key in ('pattern', 'before', 'after'):
        try:
            full = re.sub(r'\(\?<(?![=!])\w+>', '(?:', expand(rule.get(key, ''), words, fragments))
            if needs_word(parser.parse(full)):
                return True
        except re.error:  # written for PCRE2 alone
            pass
    return False


def copy_rule(rule, i, table, names, alone):
    copy = {k: v for k, v in rule.items() if k != 'examples'}
    copy['id'] = f"{rule['id']}.copy{i}"
    for key in ('pattern', 'before', 'after'):
        if key in copy:
            copy[key] = rename(str(copy[key]).translate(table), i, names)
    if alone:
        word = ''.join(random.Random(copy['id']).choice(list(table.values())) for _ in range(2))
        copy['pattern'] = f"(?:{copy['pattern']})(?=.*{word})" if copy.get('pattern') else f'{word}'
    if 'set' in copy:
        copy['set'] = dict(copy['set'])
        for key in ('next', 'needs'):
            value = copy['set'].get(key)
            if isinstance(value, list):
                copy['set'][key] = [str(w).translate(table) for w in value]
            elif value and value != 'latin':
                del copy['set'][key]  # there is room for 63 characters in all
    return copy


def main():
    source, factor, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    os.makedirs(folder, exist_ok=True)
    texts = dict(load(source))
    trees = {name: yaml.load(text, yaml.CSafeLoader if hasattr(yaml, 'CSafeLoader') else yaml.SafeLoader) or {}
             for name, text in texts.items()}
    fragments = {n: str(v) for t in trees.values() for n, v in (t.get('fragments') or {}).items()}
    all_words = {}
    for t in trees.values():
        for n, ws in (t.get('words') or {}).items():
            all_words.setdefault(n, []).extend(str(w) for w in ws)
    names = set(fragments) | set(all_words)
    alone = {r['id'] for t in trees.values() for r in t.get('rules') or [] if not asks_for_word(r, all_words, fragments)}
    for name, text in texts.items():
        with open(f'{folder}/{name}', 'w', encoding='utf-8') as f:
            f.write(text)
    print(f"{len(alone)} of {sum(len(t.get('rules') or []) for t in trees.values())} rules can match without a word: their copies ask for one")
    for i in range(1, factor):
        table = language(i)
        for name, tree in trees.items():
            rules = [copy_rule(r, i, table, names, r['id'] in alone) for r in tree.get('rules') or []]
            words = {f'{n}_copy{i}': [str(w).translate(table) for w in ws] for n, ws in (tree.get('words') or {}).items()}
            others = {f'{n}_copy{i}': rename(str(v).translate(table), i, names) for n, v in (tree.get('fragments') or {}).items()}
            out = {k: v for k, v in (('words', words), ('fragments', others), ('rules', rules)) if v}
            with open(f'{folder}/{name[:-5]}.copy{i}.yaml', 'w', encoding='utf-8') as f:
                yaml.dump(out, f, getattr(yaml, 'CSafeDumper', yaml.SafeDumper), allow_unicode=True, sort_keys=False, width=10 ** 6)


main()
