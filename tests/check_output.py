#!/usr/bin/env python3
"""check_output.py OUT…: every output and manifest below OUT against the schemas of docs/, and what a schema cannot say:
references lead somewhere, the ledger adds up, boxes lie on their sides, a sentence holds its number.

Prints a line for each file that fails; exits 1 if any does. With --self-test breaks an output in many ways, each of which
must be found."""
import copy, json, math, os, re, sys
import jsonschema

here = os.path.dirname(os.path.abspath(__file__))


def validator(name):
    with open(os.path.join(here, '..', 'docs', name), encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)

    # 72.15 is no multiple of 0.01 in binary: compare as people do.
    def multiple_of(validator, factor, value, schema):
        if isinstance(value, (int, float)) and abs(value / factor - round(value / factor)) > 1e-4:
            yield jsonschema.ValidationError(f'{value!r} is not a multiple of {factor!r}')

    kind = jsonschema.validators.extend(jsonschema.Draft202012Validator, {'multipleOf': multiple_of})
    return kind(schema)


DOCUMENT, MANIFEST = validator('dabiao.schema.json'), validator('manifest.schema.json')
LINES = {'links.jsonl': validator('links.schema.json'), 'findings.jsonl': validator('findings.schema.json')}


def schema_problems(checker, value):
    for e in list(checker.iter_errors(value))[:5]:
        yield f"{'/'.join(map(str, e.absolute_path)) or '(top)'}: {e.message[:200]}"


def document_problems(d):
    found = list(schema_problems(DOCUMENT, d))
    yield from found
    if found:
        return
    n = d['numbers']
    if n['total'] != n['measures'] + n['context'] + n['unclaimed']:
        yield f"numbers: total {n['total']} is not {n['measures']} + {n['context']} + {n['unclaimed']}"
    if n['context'] != sum(n['context_kinds'].values()):
        yield 'numbers: the kinds of context do not add up'
    if n['unclaimed'] != len(d['unclaimed']):
        yield 'numbers: unclaimed is not the length of the list'
    if n['measures'] != len(d['measures']):
        yield 'numbers: measures is not the length of the list'
    measures = {m['id']: m for m in d['measures']}
    sections = {s['id'] for s in d['sections']}
    tables = {t['id']: t for t in d['tables']}
    if [m['id'] for m in d['measures']] != [f'm{i + 1}' for i in range(len(d['measures']))]:
        yield 'measures: ids are not m1, m2, … in order'
    for s in d['sections']:
        if s['parent'] is not None and (s['parent'] not in sections or int(s['parent'][1:]) >= int(s['id'][1:])):
            yield f"{s['id']}: parent {s['parent']} does not stand before it"
    for t in d['tables']:
        rows = [r['id'] for r in t['rows']]
        if rows != [f"{t['id']}.r{i + 1}" for i in range(len(rows))]:
            yield f"{t['id']}: ids of rows are not in order"
        for r in t['rows']:
            for c in r['cells']:
                if c['column'] + c['col_span'] > len(t['columns']):
                    yield f"{r['id']}: a cell leaves the table's columns"
    for i, x in enumerate(d['measures'] + d['unclaimed']):
        name, w = x.get('id', f'unclaimed {i}'), x['where']
        raw = x['quantity']['raw'] if 'quantity' in x else x['raw']
        if raw not in x['sentence']:
            yield f'{name}: its sentence does not hold "{raw}"'
        if w['page'] > d['source']['pages']:
            yield f"{name}: there is no page {w['page']}"
        if w['section'] is not None and w['section'] not in sections:
            yield f"{name}: there is no section {w['section']}"
        if (w['table'] is None) != (w['row'] is None):
            yield f'{name}: a table without a row, or a row without a table'
        if w['table'] is not None:
            t = tables.get(w['table'])
            if t is None or w['row'] not in [r['id'] for r in t['rows']]:
                yield f"{name}: there is no row {w['row']}"
        b = w['bbox']
        if b and not (b[0] <= b[2] and b[1] <= b[3]):
            yield f'{name}: its box is inside out'
        if d['source']['media_type'] == 'application/pdf' and d['source']['text_from'] == 'text' and not b:
            yield f'{name}: has no box'
    for l in d['links']:
        a, b = measures.get(l['target']), measures.get(l['outcome'])
        if not a or not b or a['role'] != 'target' or b['role'] != 'outcome':
            yield f"link {l['target']} → {l['outcome']}: does not join a target to an outcome"
            continue
        x, y = a['quantity']['value'], b['quantity']['value']
        if a['change'] and b['change'] and a['change']['direction'] != b['change']['direction'] and y is not None:
            y = -y
        same_unit = a['quantity']['unit'] == b['quantity']['unit']  # else the margin is in the target's: 2‰ are 200/10万
        if l['margin'] is not None and x is not None and y is not None and same_unit and not math.isclose(
                l['margin'], y - x, rel_tol=1e-9, abs_tol=1e-9 * max(1, abs(x), abs(y))):
            yield f"link {l['target']} → {l['outcome']}: the margin is not {y} − {x}"
    for f in d['findings']:
        if any(m not in measures for m in f['measures']):
            yield f"finding {f['kind']}: names no measure of the document"


def file_problems(path):
    try:
        with open(path, encoding='utf-8') as f:
            text = f.read()
        if path.endswith('.jsonl'):
            for number, line in enumerate(text.splitlines(), 1):
                for p in schema_problems(LINES.get(os.path.basename(path), MANIFEST), json.loads(line)):
                    yield f'line {number}: {p}'
        else:
            if re.search(r'\\u(?!00[01])', text):
                yield 'has \\u escapes'
            yield from document_problems(json.loads(text))
    except (OSError, ValueError) as e:
        yield f'unreadable: {e}'


def files_below(path):
    if os.path.isfile(path):
        yield path
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            if name.endswith('.json') or name.endswith('.jsonl'):
                yield os.path.join(folder, name)


def self_test(path):
    """Breaks one thing after the other in a good output: a check that cannot fail is none."""
    with open(path, encoding='utf-8') as f:
        good = json.load(f)
    assert not list(document_problems(good)), f'{path} is not good itself'
    assert good['measures'] and good['links'], f'{path} has no measures or links to break'

    def set_in(*keys, to):
        def breaking(d):
            for key in keys[:-1]:
                d = d[key]
            d[keys[-1]] = to
        return breaking

    breakings = [set_in('schema', to='dabiao.document/2'), set_in('extra', to=1), lambda d: d.pop('warnings'),
                 set_in('document', 'genre', to='poem'), set_in('document', 'date', to='2021-13-01'),
                 set_in('tool', 'rules', to='x'), set_in('numbers', 'total', to=good['numbers']['total'] + 1),
                 set_in('measures', 0, 'role', to='goal'), set_in('measures', 0, 'quantity', 'value', to='90'),
                 set_in('measures', 0, 'quantity', 'comparator', to='≥'), set_in('measures', 0, 'id', to='m0'),
                 set_in('measures', 0, 'sentence', to='-'), set_in('measures', 0, 'where', 'page', to=10 ** 6),
                 set_in('measures', 0, 'where', 'section', to='s99999'), set_in('measures', 0, 'deadline', to='soon'),
                 set_in('links', 0, 'target', to='m99999'), set_in('links', 0, 'margin', to=12345.5),
                 set_in('links', 0, 'verdict', to='perhaps'), lambda d: d['measures'].append(copy.deepcopy(d['measures'][0]))]
    for i, breaking in enumerate(breakings):
        bad = copy.deepcopy(good)
        breaking(bad)
        assert list(document_problems(bad)), f'breaking {i} was not noticed'
    return len(breakings)


def main(arguments):
    if arguments[:1] == ['--self-test']:
        print(self_test(arguments[1]), 'ways to break an output, all noticed')
        return 0
    failed = 0
    for argument in arguments:
        for path in files_below(argument):
            problems = list(file_problems(path))
            print(f"{'FAILED' if problems else 'ok'}  {path}")
            for p in problems[:5]:
                print('    ' + p)
            failed += bool(problems)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
