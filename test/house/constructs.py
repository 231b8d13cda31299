"""Holds test/solve/CONSTRUCTS.md against the tests that it names: constructs.py ROOT.

Each row names a construct, a test, and there a fault, its cure and a case that cannot be told. Said is: a file that is not there, a
case that the test does not have or has under the wrong name, a test that does not compare verdicts with names, one of a single unit.
A cell "- REASON" stands for a case that cannot be.
"""
import os
import re
import sys

FOLDER = os.path.join("test", "solve")
PAGE = os.path.join(FOLDER, "CONSTRUCTS.md")
COLUMNS = ("construct", "test", "fault", "cure", "unproven")
PREFIX = {"fault": "bad_", "cure": "good_", "unproven": "unsure_"}


def rows(page):
    """(line, cells) of each table row below a heading row with our columns."""
    with open(page, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            cells = [c.strip() for c in line.strip().strip("|").split("|")] if line.startswith("|") else []
            if len(cells) == len(COLUMNS) and cells[0] != COLUMNS[0] and not cells[0].startswith("---"):
                yield number, dict(zip(COLUMNS, cells))


def units(text):
    return {name for name in re.findall(r"^(?://|#)--- (\S+)", text, re.M) if name.endswith((".c", ".cpp"))}


def faults_of(row, text):
    if "expected_sites.py" not in text and "FileCheck" not in text:
        yield f"{row['test']} compares no verdicts"
    if len(units(text)) < 2:
        yield f"{row['test']} has fewer than two units"
    for column, prefix in PREFIX.items():
        cell = row[column]
        if cell.startswith("- "):
            continue
        name = cell.strip("`")
        if not name.split("::")[-1].startswith(prefix):
            yield f"the {column} '{name}' does not begin with {prefix}"
        # Made by a macro, only the last part of a name is written out.
        if not re.search(rf"\b{re.escape(name)}\b", text):
            yield f"{row['test']} has no '{name}'"


def main(root):
    crooked, seen = 0, 0
    for number, row in rows(os.path.join(root, PAGE)):
        seen += 1
        path = os.path.join(root, FOLDER, row["test"].strip("`"))
        if not os.path.isfile(path):
            said = [f"there is no {row['test']}"]
        else:
            with open(path, encoding="utf-8") as file:
                said = list(faults_of(row, file.read()))
        for what in said:
            print(f"{PAGE}:{number}: {row['construct']}: {what}")
        crooked += len(said)
    print(f"{seen} constructs, {crooked} faults")
    return 1 if crooked or not seen else 0


sys.exit(main(sys.argv[1]))
