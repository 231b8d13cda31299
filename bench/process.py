"""Runs commands and says what they cost: CPU of the whole process tree, wall time, peak memory of its largest process.

It does not know what is run.
"""

import os
import resource
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Usage:
    status: int = 0  # exit status; negative: the signal that ended it
    cpu: float = 0.0
    wall: float = 0.0
    peak_mb: float = 0.0  # of the largest single process; workers count once they are waited for by their parent


def run(command, directory=None, output=subprocess.DEVNULL, errors=subprocess.DEVNULL):
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
    usage = reap({process.pid: process})[1]
    usage.wall = time.monotonic() - start
    return usage


def run_all(commands, jobs):
    """Runs (command, directory) pairs, `jobs` at a time; the sum of their CPU, the peak of the largest."""
    start, total, live = time.monotonic(), Usage(), {}
    waiting = iter(commands)
    command = next(waiting, None)
    while command or live:
        while command and len(live) < jobs:
            process = start_silently(*command)
            live[process.pid] = process
            command = next(waiting, None)
        _, usage = reap(live)
        total.cpu += usage.cpu
        total.peak_mb = max(total.peak_mb, usage.peak_mb)
    total.wall = time.monotonic() - start
    return total


def start_silently(command, directory):
    null = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=directory, stdin=null, stdout=null, stderr=null)


def reap(live):
    """Waits for one of `live` (pid -> process) and removes it. wait4 adds what the child itself has waited for."""
    pid, status, used = os.wait4(-1 if len(live) > 1 else next(iter(live)), 0)
    process = live.pop(pid)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process, Usage(process.returncode, used.ru_utime + used.ru_stime, 0.0, used.ru_maxrss / 1024)


def own_peak_mb():
    """A child's peak can never read lower than this: Linux counts the memory it had before exec, which is ours."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
