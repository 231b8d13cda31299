#!/usr/bin/env python3
"""Starts a run and disturbs it: disturb.py WHAT COMMAND...

kill-worker N   kills the worker that is at work, N times, as the system does when memory is short
write FILE      appends a line to the file once a worker is at work
int, term       sends that signal once a worker is at work; says how the run ended
"""
import os
import signal
import subprocess
import sys
import time


def workers_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            return [int(child) for child in children.read().split()]
    except OSError:
        return []


def cpu_of(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return 0.0


def busy_worker(run, known=()):
    """One that has worked for a while, and so is inside a unit; None when the run is over."""
    while run.poll() is None:
        for worker in workers_of(run.pid):
            if worker not in known and cpu_of(worker) > 0.3:
                return worker
        time.sleep(0.01)
    return None


def kill_workers(run, times):
    killed = []
    for _ in range(times):
        worker = busy_worker(run, killed)
        if worker is None:
            break
        killed.append(worker)
        os.kill(worker, signal.SIGKILL)
    print(f"killed {len(killed)}, exit status {run.wait()}")


def interrupt(run, which):
    worker = busy_worker(run)
    start = time.monotonic()
    run.send_signal(which)
    run.wait(timeout=60)
    # For people: how soon depends on what else the machine does, so no test asks.
    print(f"it took {time.monotonic() - start:.2f} s", file=sys.stderr)
    left = "a worker is left" if worker and os.path.exists(f"/proc/{worker}") else "no worker is left"
    end = f"by {signal.Signals(-run.returncode).name}" if run.returncode < 0 else f"with {run.returncode}"
    print(f"ended {end}, {left}")


def write(run, file):
    busy_worker(run)
    with open(file, "a") as out:
        out.write("// changed\n")
    print(f"exit status {run.wait()}")


def start(command):
    # Whoever runs the tests in the background ignores SIGINT, and that is inherited.
    return subprocess.Popen(command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


what, command = sys.argv[1], sys.argv[2:]
if what == "kill-worker":
    kill_workers(start(command[1:]), int(command[0]))
elif what == "write":
    write(start(command[1:]), command[0])
else:
    interrupt(start(command), {"int": signal.SIGINT, "term": signal.SIGTERM}[what])
