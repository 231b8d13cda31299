"""What people who read the sources said of Assay's findings: one file per package, bench/judged/NAME.csv or NAME.*.csv.

A row is `check,place,judgement,why`. The place is `path:line` of the finding, the path as the report has it. The first line
of a file, `# NAME VERSION`, says which sources were read; another version has other lines, so its findings count as unread.
"""

import collections
import csv
import glob
import os
import sys

JUDGEMENTS = ["true", "debatable", "false"]
UNREAD = "unread"


class Judged:
    """The rows of one package. `of` a finding is one of JUDGEMENTS or UNREAD."""

    def __init__(self):
        self.rows = {}
        self.versions = set()

    def of(self, check, place):
        return self.rows.get((check, place), UNREAD)

    def gone(self, findings):
        """Rows that no finding has any more: what was mended, or a line that moved."""
        return sorted(set(self.rows) - set(findings))


def load(folder, name):
    judged = Judged()
    for path in sorted(glob.glob(os.path.join(folder, f"{name}.csv")) + glob.glob(os.path.join(folder, f"{name}.*.csv"))):
        read(path, judged)
    return judged


def read(path, judged):
    with open(path, encoding="utf-8", newline="") as file:
        first = file.readline()
        if not first.startswith("# ") or len(first.split()) != 3:
            sys.exit(f"error: {path}:1: expected '# NAME VERSION'")
        judged.versions.add(first.split()[2])
        for row in csv.DictReader(file, strict=True):
            add(path, row, judged)


def add(path, row, judged):
    if None in row or None in row.values() or list(row) != ["check", "place", "judgement", "why"]:
        sys.exit(f"error: {path}: expected the columns check,place,judgement,why, found {row}")
    if row["judgement"] not in JUDGEMENTS or not row["why"].strip():
        sys.exit(f"error: {path}: {row['check']} {row['place']}: expected {', '.join(JUDGEMENTS)} and a reason")
    key = row["check"], row["place"]
    if key in judged.rows:
        sys.exit(f"error: {path}: {row['check']} {row['place']} is judged twice")
    judged.rows[key] = row["judgement"]


def precision(counts):
    """Share of what was read that is true, debatable ones counted as wrong; None if nothing was read."""
    counts = collections.Counter(counts)
    everything = sum(counts[judgement] for judgement in JUDGEMENTS)
    return counts["true"] / everything if everything else None
