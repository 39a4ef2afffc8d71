#!/bin/sh
# No Chinese in C outside comments: every Chinese word the program knows lives in rules/. Takes files; exits 1 and names
# the lines where one has any. Tests may have it.
set -eu
python3 - "$@" <<'PY'
import re, sys
bad = 0
token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
for name in sys.argv[1:]:
    text = open(name, encoding='utf-8').read()
    code = token.sub(lambda m: re.sub(r'[^\n]', ' ', m[0]) if m[0][0] == '/' else m[0], text)
    for number, line in enumerate(code.split('\n'), 1):
        if re.search(r'[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]', line):
            print(f'{name}:{number}: Chinese outside a comment: {line.strip()}')
            bad = 1
        for escape in re.findall(r'\\u([0-9a-fA-F]{4})', line):
            if 0x3400 <= int(escape, 16) <= 0x9fff:
                print(f'{name}:{number}: Chinese as an escape: {line.strip()}')
                bad = 1
sys.exit(bad)
PY
