"""Reads and rewrites compile_commands.json.

As a program it copies a database, keeping only C and C++ units; each of them must exist, unless it was only recorded
in passing (recorded.json: configure's probes are gone by then):
    database.py --output compile_commands.json IN
It does not judge flags; floor.py does that for clang.
"""

import argparse
import json
import os
import re
import shlex
import sys

RECORDED = "recorded.json"  # what bench/fetch lets bear write
SOURCE_SUFFIXES = (".c", ".cc", ".cpp", ".cxx", ".c++", ".C")


def load(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return json.load(file)


def save(path, entries):
    """Writes aside and renames: the database's presence says that a package is ready."""
    aside = path + ".new"
    with open(aside, "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(entries, file, indent=1)
        file.write("\n")
    os.replace(aside, path)


def arguments(entry):
    return entry["arguments"] if "arguments" in entry else shlex.split(entry["command"])


def unit_path(entry):
    return os.path.normpath(os.path.join(entry["directory"], entry["file"]))


def moved(entries, old_root, new_root):
    """The same database for a project that lives in new_root."""
    pattern = re.compile(re.escape(old_root) + r"(?=$|[/\s\"'=:,;\\])")

    def move(value):
        if isinstance(value, str):
            return pattern.sub(lambda _: new_root, value)
        return [move(item) for item in value]

    return [{key: move(value) for key, value in entry.items()} for entry in entries]


def compiled_units(entries):
    """Drops assembly, repeated entries and files that are gone (configure's probes); counts each."""
    kept, seen, dropped = [], set(), {"not C or C++": 0, "repeated": 0, "gone": 0}
    for entry in entries:
        key = json.dumps(entry, sort_keys=True)
        if not entry["file"].endswith(SOURCE_SUFFIXES):
            dropped["not C or C++"] += 1
        elif key in seen:
            dropped["repeated"] += 1
        elif not os.path.exists(unit_path(entry)):
            dropped["gone"] += 1
        else:
            kept.append(entry)
        seen.add(key)
    return kept, dropped


def main():
    parser = argparse.ArgumentParser(description="keep a database's C and C++ units")
    parser.add_argument("--output", required=True)
    parser.add_argument("input")
    options = parser.parse_args()
    entries = load(options.input)
    kept, dropped = compiled_units(entries)
    if not kept or (dropped["gone"] and os.path.basename(options.input) != RECORDED):
        sys.exit(f"database.py: error: {options.input} names {len(entries)} units; {len(kept)} kept, {dropped['gone']} do not exist")
    save(options.output, kept)
    print(f"{len(kept)} units; left out: " + ", ".join(f"{count} {why}" for why, count in dropped.items()))


if __name__ == "__main__":
    main()
