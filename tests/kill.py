#!/usr/bin/env python3
"""kill.py PROGRAM INPUT OUT KILLS: converts with two workers and kills workers (SIGKILL) KILLS times, spread over the run: one dies for
every so many documents that are done. Exits with the program's status; 98 when not even three quarters could be killed. Waits for what happens, not for a time."""
import fcntl, os, random, signal, subprocess, sys

program, source, out, kills = *sys.argv[1:4], int(sys.argv[4])
documents = sum(len(files) for _, _, files in os.walk(source))
run = subprocess.Popen([program, 'convert', '-j', '2', '--log-json', '-', '-o', out, source], stderr=subprocess.PIPE, text=True)
fcntl.fcntl(run.stderr, fcntl.F_SETPIPE_SZ, 4096)  # the run waits for us, however late we are
chance, killed, done = random.Random(1), set(), 0


def lives(pid):
    try:
        with open(f'/proc/{pid}/stat') as f:
            return f.read().rsplit(')', 1)[1].split()[0] not in 'ZX'
    except OSError:
        return False


def workers():
    with open(f'/proc/{run.pid}/task/{run.pid}/children') as f:
        return [int(pid) for pid in f.read().split()]


for line in run.stderr:
    if '"event":"document"' not in line:
        continue
    done += 1
    while len(killed) < kills and len(killed) * documents < done * kills:  # as many as are due by now
        alive = [pid for pid in workers() if pid not in killed and lives(pid)]
        if not alive:
            break  # the next one is being forked; what is due is made up for when the next document is done
        pid = chance.choice(alive)
        os.kill(pid, signal.SIGKILL)
        killed.add(pid)
status = run.wait()
print(len(killed), 'killed')
sys.exit(status if len(killed) >= kills * 3 // 4 else 98)
