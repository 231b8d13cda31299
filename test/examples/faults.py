#!/usr/bin/env python3
"""Compares an example's FAULTS.md with a SARIF file.

usage: faults.py FAULTS.md [RESULTS.sarif]

Prints one line per fault (found, missed, later) and every finding of level error or warning in the example that no
fault explains. Exit status: 0 as expected; 1 a fault of `now` is missed or a finding is unexpected; 2 a table, a source
line or the SARIF file is not what it should be. Without a SARIF file only the tables are checked against the sources.

Does not judge findings outside the example's folder, notes, or findings that are suppressed.
"""
import json
import re
import sys
from pathlib import Path

FAULT_COLUMNS = ["id", "file", "function", "line text", "check", "since", "fault"]
ALIKE_COLUMNS = ["id", "file", "function", "line text", "check", "why it is right"]
SOURCES = (".c", ".h", ".cpp", ".hpp")


class BadInput(Exception):
    pass


def table_rows(text):
    """Rows of every Markdown table in the text, as dictionaries; `\\|` stands for a bar."""
    header = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("|"):
            header = None
            continue
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if header is None:
            header = cells
            if header not in (FAULT_COLUMNS, ALIKE_COLUMNS):
                raise BadInput(f"line {number}: unknown columns: {', '.join(header)}")
        elif not set("".join(cells)) <= {"-", ":"}:
            if len(cells) != len(header):
                raise BadInput(f"line {number}: {len(cells)} cells, expected {len(header)}")
            yield number, dict(zip(header, cells))


def function_lines(lines, name):
    """1-based line numbers of the body of a function whose definition starts in the first column."""
    head = re.compile(r"^[A-Za-z].*\b" + re.escape(name) + r"\(")
    for start, line in enumerate(lines):
        if not head.match(line):
            continue
        for end in range(start, len(lines)):
            if lines[end].startswith("}"):
                return range(start + 1, end + 2)
            if lines[end].rstrip().endswith(";") and not any(
                    l.startswith("{") for l in lines[start:end]):
                break  # a declaration
    return None


def statement(lines, number):
    """The lines from `number` to the end of the statement, or of the table's row, that starts there."""
    end = number
    if lines[number - 1].startswith("#"):
        return range(number, number + 1)
    while end < len(lines) and not re.search(r"([;{}]|\},)\s*(/[/*].*)?$", lines[end - 1]):
        end += 1
    return range(number, end + 1)


def accepted_lines(source, row):
    """Line numbers on which a finding counts as this row's; None is any line."""
    if row["line text"] == "-":
        return None
    lines = source.read_text().splitlines()
    whole = range(1, len(lines) + 1)
    body = whole if row["function"] == "(file scope)" else function_lines(lines, row["function"])
    if body is None:
        raise BadInput(f"{row['id']}: no function {row['function']} in {row['file']}")
    texts = re.findall(r"`([^`]+)`", row["line text"])
    if not texts:
        raise BadInput(f"{row['id']}: the line text is not in backticks")
    accepted = set()
    for position, text in enumerate(texts):
        hits = [n for n in body if text in lines[n - 1]]
        if not hits and position > 0:
            hits = [n for n in whole if text in lines[n - 1]]
        if not hits:
            raise BadInput(f"{row['id']}: not in {row['function']} of {row['file']}: {text}")
        for number in hits:
            accepted.update(statement(lines, number))
    return accepted


class Expectation:
    """One row for one file."""

    def __init__(self, row, file, lines):
        self.id, self.check, self.file, self.lines = row["id"], row["check"], file, lines
        self.since = row.get("since")
        self.text = row.get("fault") or row.get("why it is right")
        self.found = False

    def at(self, places):
        return any(file == self.file and (self.lines is None or line in self.lines)
                   for file, line in places)


def read_table(path):
    root, rows, ids = path.parent, [], set()
    for number, row in table_rows(path.read_text()):
        if row["id"] in ids:
            raise BadInput(f"line {number}: id {row['id']} twice")
        ids.add(row["id"])
        if row.get("since", "now") != "now" and not re.fullmatch(r"issue \d+", row["since"]):
            raise BadInput(f"line {number}: since is 'now' or 'issue N', not '{row['since']}'")
        files = sorted(p for p in root.glob(row["file"]) if p.suffix in SOURCES)
        if not files:
            raise BadInput(f"line {number}: no such file: {row['file']}")
        for source in files:
            rows.append(Expectation(row, source.relative_to(root).as_posix(), accepted_lines(source, row)))
    if not rows:
        raise BadInput("no table in it")
    return rows


def device_file(uri, files):
    """The example's file that a SARIF uri names: it ends with the file's path, or is its end."""
    parts = uri.split("/")
    whole = [f for f in files if f.split("/") == parts[-len(f.split("/")):]]
    if whole:
        return max(whole, key=len)
    ends = [f for f in files if parts == f.split("/")[-len(parts):]]
    return ends[0] if len(ends) == 1 else None


def place(location, files):
    physical = location.get("physicalLocation", {})
    uri = physical.get("artifactLocation", {}).get("uri", "")
    return device_file(uri, files), physical.get("region", {}).get("startLine", 1)


def level(result, run):
    if "level" in result:
        return result["level"]
    for rule in run.get("tool", {}).get("driver", {}).get("rules", []):
        if rule.get("id") == result.get("ruleId"):
            return rule.get("defaultConfiguration", {}).get("level", "warning")
    return "warning"


class Result:
    def __init__(self, result, run, files):
        self.check, self.level = result.get("ruleId", ""), level(result, run)
        self.message = result.get("message", {}).get("text", "")
        self.primary = [place(l, files) for l in result.get("locations", [])[:1]]
        steps = [step["location"] for flow in result.get("codeFlows", [])
                 for thread in flow.get("threadFlows", [])
                 for step in thread.get("locations", []) if "location" in step]
        self.places = self.primary + [place(l, files) for l in result.get("relatedLocations", []) + steps]


def read_results(path, files):
    log = json.loads(path.read_text())
    if not isinstance(log, dict) or not isinstance(log.get("runs"), list) or not log["runs"]:
        raise BadInput("not a SARIF log with a run")
    return [Result(r, run, files) for run in log["runs"] for r in run.get("results", [])
            if r.get("kind", "fail") == "fail" and not r.get("suppressions")]


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    table = Path(arguments[0])
    rows = read_table(table)
    faults = [r for r in rows if r.since]
    alikes = [r for r in rows if not r.since]
    if len(arguments) == 1:
        print(f"{len(faults)} faults, {len(alikes)} look-alikes: every line is there")
        return 0
    files = sorted(p.relative_to(table.parent).as_posix() for p in table.parent.rglob("*") if p.suffix in SOURCES)
    unexpected = []
    for result in read_results(Path(arguments[1]), files):
        # A fault whose own line carries the result takes it; the path explains only a result
        # that sits neither there nor on a look-alike.
        same = [f for f in faults if f.check == result.check]
        alike = [a.id for a in alikes if a.check == result.check and a.at(result.primary)]
        # One result speaks of all units that lack a flag.
        hits = [f for f in same if f.at(result.primary if f.lines else result.places)]
        if not hits and not alike:
            hits = [f for f in same if f.at(result.places)]
        for fault in hits:
            fault.found = True
        if not hits and result.primary and result.primary[0][0] and result.level in ("error", "warning"):
            unexpected.append((result, alike))
    missed = 0
    for fault in faults:
        state = "found" if fault.found else "missed" if fault.since == "now" else f"later ({fault.since})"
        missed += state == "missed"
        print(f"{state:<16} {fault.id} {fault.check} {fault.file}: {fault.text}")
    for result, alike in unexpected:
        file, line = result.primary[0]
        known = f" (look-alike {', '.join(alike)})" if alike else ""
        print(f"unexpected       {result.level} {result.check} {file}:{line}{known}: {result.message}")
    now = sum(f.since == "now" for f in faults)
    print(f"{now - missed} of {now} found, {missed} missed, {len(unexpected)} unexpected, "
          f"{sum(f.found for f in faults if f.since != 'now')} of {len(faults) - now} later ones found already")
    return 1 if missed or unexpected else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (BadInput, OSError, json.JSONDecodeError) as error:
        print(f"faults.py: {error}", file=sys.stderr)
        sys.exit(2)
