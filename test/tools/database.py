#!/usr/bin/env python3
"""Writes compile_commands.json for the C and C++ files of a folder: database.py DIR [FLAG...].

The order of the entries is that of the names, or the reverse with --reversed as first flag.
"""
import json
import os
import sys

folder, flags = os.path.abspath(sys.argv[1]), sys.argv[2:]
backwards = bool(flags) and flags[0] == "--reversed"
if backwards:
    flags = flags[1:]
entries = []
for here, folders, files in os.walk(folder):
    folders.sort()
    for name in sorted(files):
        if not name.endswith((".c", ".cpp", ".cc")):
            continue
        compiler = "gcc" if name.endswith(".c") else "g++"
        path = os.path.relpath(os.path.join(here, name), folder)
        entries.append({"directory": folder, "file": path,
                        "arguments": [compiler, *flags, "-c", path, "-o", path + ".o"]})
if backwards:
    entries.reverse()
with open(os.path.join(folder, "compile_commands.json"), "w") as out:
    json.dump(entries, out, indent=1)
