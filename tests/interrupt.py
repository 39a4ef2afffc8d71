#!/usr/bin/env python3
"""interrupt.py PROGRAM INPUT OUT: converts with one worker, sends SIGINT when the first output is there, and exits with
the program's status; 99 when it left a process behind. Waits for what happens, not for a time."""
import os, signal, subprocess, sys

program, source, out = sys.argv[1:]
run = subprocess.Popen([program, 'convert', '-j', '1', '--deadline', '600', '--log-json', '-', '-o', out, source], stderr=subprocess.PIPE, text=True,
                       start_new_session=True)
for line in run.stderr:  # one a document, as soon as its output is written
    if '"event":"document"' in line:
        break
run.send_signal(signal.SIGINT)
run.stderr.read()
status = run.wait()
try:
    os.killpg(run.pid, 0)
    print('a process is left')
    status = 99
except ProcessLookupError:
    pass
sys.exit(status)
