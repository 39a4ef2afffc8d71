# The Chinese cases of microsoft/Recognizers-Text: right, or listed with a reason in docs/NUMBERS.md.
check 'the recognisers'\'' cases' python3 tests/recognizers/check.py "$D"
python3 tests/recognizers/check.py "$D" --score | tail -n 1
# The check can fail: a program that finds nothing.
printf '#!/bin/sh\nsed "s/.*/[]/"\n' >"$T/no-numbers" && chmod +x "$T/no-numbers"
same 'the check of the cases can fail' 1 "$(python3 tests/recognizers/check.py "$T/no-numbers" >/dev/null; echo $?)"
