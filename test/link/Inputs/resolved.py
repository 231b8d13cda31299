"""resolved.py DUMP RUN...: compares what Assay says may run with what did.

DUMP is assay-program-dump's output; each RUN is the output of the linked program, whose functions
say "ran NAME at FILE:LINE" (RAN of ran.h, on the line of the function's name). Prints one line per
name: "NAME: exact", "NAME: also PLACE ..." where Assay has further candidates, and
"NAME: MISSED PLACE" (status 1) where something ran that Assay does not know of.
"""
import collections
import re
import sys


def resolved(path):
    places = collections.defaultdict(set)
    for line in open(path):
        if match := re.match(r"function (\S+):((?: at \S+:\d+)+)", line):
            places[match[1]].update(re.findall(r" at (\S+:\d+)", match[2]))
    return places


def ran(paths):
    places = collections.defaultdict(set)
    for path in paths:
        for line in open(path):
            if match := re.match(r"ran (\S+) at (?:\./)?(\S+:\d+)", line):
                places[match[1]].add(match[2])
    return places


def main(dump, *runs):
    said, happened = resolved(dump), ran(runs)
    wrong = not happened
    for name in sorted(happened):
        missed, more = happened[name] - said[name], said[name] - happened[name]
        wrong = wrong or bool(missed)
        if missed:
            print(f"{name}: MISSED {' '.join(sorted(missed))}")
        print(f"{name}: " + (f"also {' '.join(sorted(more))}" if more else "exact"))
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
