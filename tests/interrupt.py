#!/usr/bin/env python3
"""interrupt.py PROGRAM INPUT OUT: converts with one worker, sends SIGINT when the first output is there, and exits with
the program's status; 99 when it left a process behind. Waits for what happens, not for a time."""
import os, signal, subprocess, sys

program, source, out = sys.argv[1:]
run = subprocess.Popen([program, 'convert', '-j', '1', '--deadline', '600', '-o', out, source], stderr=subprocess.PIPE, text=True,
                       start_new_session=True)
for line in run.stderr:  # a line a document, as soon as it is written
    if line.startswith('['):
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
