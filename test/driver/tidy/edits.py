#!/usr/bin/env python3
"""The plugin after edits of code, beside a store that is older than each, against `assay check` of the edited program: the same lines.

    edits.py ASSAY PLUGIN CLANG_TIDY DATABASE ROOT WORK [--edits N] [--seed TEXT]

Works on a copy of ROOT in WORK, for DATABASE (a compile_commands.json below ROOT). Each edit changes one line of one source file: a number, a
comparison, a whole `if` with its return, a statement that is left out, or a call that is made twice; those that do not compile are passed over.
It is undone before the next. Lines are chosen beside the places that assay check judges, and all checks are on. Compared are place, check and message in the edited file (equality.py). Exit status 1 and a line for each difference.
"""
import argparse
import json
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import sys

import equality

OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
CALL = re.compile(r"^\s+[A-Za-z_]\w*(->\w+)?\(.*\);\s*$")


def number(line, pick):
    found = list(re.finditer(r"(?<![\w.\"%])\d+(?![\w.\"])", line))
    if not found or line.lstrip().startswith("#"):
        return None
    at = pick.choice(found)
    return line[:at.start()] + pick.choice(["0", "1", str(int(at[0]) + 1), "512"]) + line[at.end():]


def comparison(line, _):
    new, found = re.subn(r" ?(==|!=|<=|>=) ?", lambda m: f" {OPPOSITE[m[1]]} ", line, count=1)
    return new if found and not line.lstrip().startswith("#") else None


def left_out(line, _):
    return "\n" if CALL.match(line) or re.match(r"^\s+if ?\(.*\) ?(return|goto)\b.*;\s*$", line) else None


def twice(line, _):
    return line.rstrip("\n") + " " + line.lstrip() if CALL.match(line) else None


def never(line, _):
    new, found = re.subn(r"^(\s+)if ?\((.*)\)( ?\{)?$", r"\1if (0 && (\2))\3", line.rstrip("\n"))
    return new + "\n" if found else None


EDITS = [number, comparison, left_out, twice, never]


def judged(log, root):
    """The lines of each file where something was judged."""
    lines = {}
    for result in json.loads(log.read_text(encoding="utf-8"))["runs"][0]["results"]:
        for where in result.get("locations", []):
            spot = where["physicalLocation"]
            if "startLine" in spot.get("region", {}):
                lines.setdefault(str((root / spot["artifactLocation"]["uri"]).resolve()), set()).add(spot["region"]["startLine"])
    return {file: sorted(some) for file, some in lines.items()}


def edits_of(file, places, pick):
    """The text, with one line changed, and what was done."""
    lines = file.read_text(encoding="latin1").splitlines(keepends=True)
    for _ in range(60):
        edit, at = pick.choice(EDITS), pick.choice(places) - 1 + pick.randint(-6, 2)
        if not 0 <= at < len(lines):
            continue
        new = edit(lines[at], pick)
        if new is not None and new != lines[at]:
            yield "".join(lines[:at] + [new] + lines[at + 1:]), f"{file.name}:{at + 1} {edit.__name__}: {new.strip()[:80]}"


def compiles(entry):
    """By the compiler of the database, whose options clang may not know."""
    words = entry.get("arguments") or shlex.split(entry["command"])
    compiler = shutil.which(words[0]) or "clang-19"
    words = [w for i, w in enumerate(words[1:], 1) if w not in ("-c", "-o") and words[i - 1] != "-o"]
    run = subprocess.run([compiler, "-fsyntax-only", "-w", *words], cwd=entry["directory"], capture_output=True, check=False)
    return run.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("assay", "plugin", "clang_tidy", "database", "root", "work"):
        parser.add_argument(name)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", default="1")
    args = parser.parse_args()
    root, work = pathlib.Path(args.root).resolve(), pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(root, work / "source", symlinks=True)
    database = work / "source" / pathlib.Path(args.database).resolve().relative_to(root)
    entries = json.loads(database.read_text(encoding="utf-8").replace(str(root), str(work / "source")))
    database = database.with_name("compile_commands.json")
    database.unlink(missing_ok=True)  # it may be a link out of the copy
    database.write_text(json.dumps(entries), encoding="utf-8")
    build, source, old, now = database.parent, work / "source", work / "old", work / "now"
    (source / "assay.toml").write_text('[checks]\n"*" = "on"\n', encoding="utf-8")
    equality.checked(args.assay, build, source, ["--store", old, "--sarif", work / "log.sarif"])
    places = judged(work / "log.sarif", source)
    entries = [e for e in entries if str(pathlib.Path(e["directory"], e["file"]).resolve()) in places and compiles(e)]
    if not entries:
        sys.exit(f"{database}: no unit in which something is judged compiles")
    shutil.copytree(old, now)
    pick = random.Random(args.seed)
    done = different = findings = 0
    while done < args.edits and entries:
        entry = pick.choice(entries)
        file = pathlib.Path(entry["directory"], entry["file"]).resolve()
        before = file.read_bytes()
        for text, what in edits_of(file, places[str(file)], pick):
            file.write_text(text, encoding="latin1")
            if compiles(entry):
                break
        else:
            file.write_bytes(before)
            entries.remove(entry)
            continue
        shutil.rmtree(old / "units", ignore_errors=True)
        shutil.rmtree(old / "lexed", ignore_errors=True)
        shutil.rmtree(old / "edited", ignore_errors=True)
        tidy = [args.clang_tidy, "--load", args.plugin, "-p", build, "--checks=-*,assay-*", "--quiet",
                f"--config={{CheckOptions: {{assay.Cache: none, assay.Store: '{old}'}}}}"]
        found = {f for f in equality.plugged(tidy, [file], entry["directory"]) if f[0].rsplit(":", 2)[0] == str(file)}
        wanted = {w for w in equality.checked(args.assay, build, source, ["--store", now]) if w[0].rsplit(":", 2)[0] == str(file)}
        for word, some in (("only in the plugin", found - wanted), ("missing in the plugin", wanted - found)):
            for at, check, said in sorted(some):
                print(f"{what}\n  {word}: {at}: {said} [{check}]", flush=True)
        file.write_bytes(before)
        done, different, findings = done + 1, different + bool(found ^ wanted), findings + len(wanted)
        print(f"{done}: {what}: {len(wanted)} findings", flush=True)
    print(f"{done} edits, {findings} findings in the edited files, {different} edits with a difference")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
