#!/usr/bin/env python3
"""Compares the plugin's findings with those of `assay check`: they must be the same lines.

    equality.py examples ASSAY PLUGIN CLANG_TIDY CHECKS_DIR WORK [--every N]
    equality.py project  ASSAY PLUGIN CLANG_TIDY BUILD_DIR ROOT WORK [--every N]
    either with --alone: the plugin has no store; what it finds then must be among the whole program's findings, or stand where the
whole program's answer is that it cannot tell.
    project with --kept: the plugin may answer with what assay check has found; else it judges by itself.

`examples`: each Bad and Good block of the pages below CHECKS_DIR as a program of its own; `--every N` takes each Nth page.
`project`: each unit of a real project's database (with --every N, each Nth), against the whole program's answers.
Compared are place, check and message. A header's findings count for each unit that reads it, so those are compared as one
set. What it does not compare: notes. Exit status 1 and a line for each difference, 0 without.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

FINDING = re.compile(r"^(?P<file>.*?):(?P<line>\d+)(?::(?P<column>\d+))?: (?:warning|error|note): (?P<text>.*) \[(?P<check>[a-z0-9/-]+)\]$")
ADDRESS = re.compile(r" \(assay explain [a-z0-9/-]+\)$")
COMPILERS = {".c": "cc", ".cpp": "c++", ".cc": "c++", ".cxx": "c++"}


def blocks_of(page):
    """(flags, {name: text}) of each fenced block under Bad and Good."""
    section, fence, info, lines = "", None, "", []
    for line in page.read_text(encoding="utf-8").splitlines():
        if fence is None and line.startswith("## "):
            section = line[3:].strip()
        elif fence is None and line.startswith("```") and section in ("Bad", "Good"):
            fence, info, lines = "```", line[3:].strip(), []
        elif fence is not None and line.startswith(fence):
            language, _, rest = info.partition(" ")
            yield rest.strip().removeprefix("flags:").split(), files_of(lines, "example." + language)
            fence = None
        elif fence is not None:
            lines.append(line)


def files_of(lines, first):
    files, name = {}, first
    for line in lines:
        if line.startswith("// file:"):
            name = line[len("// file:"):].strip()
            files[name] = []
        else:
            files.setdefault(name, []).append(line)
    return {name: "\n".join(text) + "\n" for name, text in files.items()}


def lay_out(checks, work, every):
    """One folder for each block; returns the folders and all compile commands."""
    folders, commands = [], []
    for page in sorted(checks.glob("*/*.md"))[::every]:
        for number, (flags, files) in enumerate(blocks_of(page)):
            folder = work / page.parent.name / f"{page.stem}-{number}"
            entries = []
            for name, text in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                if path.suffix in COMPILERS:
                    entries.append({"directory": str(folder), "file": str(path),
                                    "arguments": [COMPILERS[path.suffix], "-I.", *flags, "-c", str(path)]})
            (folder / "compile_commands.json").write_text(json.dumps(entries), encoding="utf-8")
            folders.append(folder)
            commands += entries
    return folders, commands


def place(match, root, build="."):
    file = pathlib.Path(match["file"].replace("<build>", str(build), 1))
    return f"{os.path.normpath(pathlib.Path(root, file))}:{match['line']}:{match['column'] or 1}"


def forget(store):
    """What assay check has found would be the plugin's answer; here it is to judge by itself."""
    shutil.rmtree(store / "checked", ignore_errors=True)


def unproven(log, root):
    """(place, check) of each site that a run could not decide."""
    for result in json.loads(log.read_text(encoding="utf-8"))["runs"][0]["results"]:
        if result.get("kind") == "review":
            for where in result.get("locations", []):
                spot = where["physicalLocation"]
                at = spot.get("region", {})
                yield (f"{os.path.normpath(root / spot['artifactLocation']['uri'])}:{at.get('startLine', 1)}:{at.get('startColumn', 1)}",
                       result["ruleId"].replace("/", "-"), "")


def checked(assay, folder, root, extra):
    run = subprocess.run([assay, "check", "-q", "--color", "never", "-p", folder, "--root", root, *extra],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"{folder}: assay check: {run.stderr}")
    found = set()
    for line in run.stdout.splitlines():
        if match := FINDING.match(line):
            found.add((place(match, root, folder), match["check"].replace("/", "-"), match["text"]))
    return found


def plugged(command, files, directory="."):
    """`directory`: of the files' commands, from which clang-tidy may name them."""
    run = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    found = set()
    for line in run.stdout.splitlines():
        match = FINDING.match(line)
        if match and match["check"].startswith("assay-"):
            found.add((place(match, directory), match["check"].removeprefix("assay-"), ADDRESS.sub("", match["text"])))
    for line in run.stdout.splitlines() + run.stderr.splitlines():
        if "remark:" in line or "[assay-setup]" in line:
            print("note:", line)
    return found


def report(found, wanted, alone, open_sites=frozenset()):
    wanted = {w for w in wanted if ".toml:" not in w[0]}  # what is said of the policy is in no unit
    if alone:  # paths in messages are from another root then
        found, wanted = ({f[:2] + ("",) for f in some} for some in (found, wanted))
        print(f"{len(wanted)} with the whole program, of these {len(found & wanted)} alone")
        wanted = wanted & found
        found -= open_sites - wanted
    for word, some in (("only in the plugin", found - wanted), ("missing in the plugin", wanted - found)):
        for at, check, text in sorted(some):
            print(f"{word}: {at}: {text} [{check}]")
    print(f"{len(found & wanted)} the same, {len(found ^ wanted)} different")
    return 1 if found ^ wanted or not wanted else 0


def examples(args):
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "assay.toml").write_text('[checks]\n"*" = "on"\n', encoding="utf-8")
    folders, commands = lay_out(pathlib.Path(args.place), work, args.every)
    (work / "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
    wanted = set()
    for folder in folders:
        own = folder / "assay.toml"
        wanted |= checked(args.assay, folder, folder, ["--policy", own if own.exists() else work / "assay.toml"]
                          + (["--no-store"] if args.alone else []))
        forget(folder / ".assay" / "store")
    tidy = [args.clang_tidy, "--load", args.plugin, "-p", work, "--checks=-*,assay-*", "--header-filter=.*", "--quiet",
            "--config={CheckOptions: {assay.Cache: none}}"]  # not the one of the folders above, which may make an error of each warning
    return report(plugged(tidy, [c["file"] for c in commands]), wanted, args.alone)


def project(args):
    build, root = pathlib.Path(args.place).resolve(), pathlib.Path(args.root).resolve()
    store = pathlib.Path(args.work).resolve()
    log = store.with_suffix(".sarif")
    wanted = checked(args.assay, build, root, ["--store", store, "--sarif", log])
    if not args.kept:
        forget(store)
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    files = {str((pathlib.Path(e["directory"]) / e["file"]).resolve()): e["directory"] for e in entries}
    files = dict(sorted(files.items())[::args.every])
    tidy = [args.clang_tidy, "--load", args.plugin, "-p", build, "--checks=-*,assay-*", "--header-filter=.*", "--quiet",
            f"--config={{CheckOptions: {{assay.Cache: none, assay.Store: '{store / 'none' if args.alone else store}'}}}}"]
    found = set()
    for directory in sorted(set(files.values())):
        found |= plugged(tidy, [file for file in files if files[file] == directory], directory)
    if args.every > 1:  # of the other units nothing is known
        wanted = {w for w in wanted if w[0].rsplit(":", 2)[0] in files}
        found = {f for f in found if f[0].rsplit(":", 2)[0] in files}
    return report(found, wanted, args.alone, set(unproven(log, root)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["examples", "project"])
    for name in ("assay", "plugin", "clang_tidy", "place"):
        parser.add_argument(name)
    parser.add_argument("rest", nargs="+", help="[ROOT] WORK")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--kept", action="store_true")
    args = parser.parse_args()
    args.work = args.rest[-1]
    args.root = args.rest[0]
    return examples(args) if args.what == "examples" else project(args)


if __name__ == "__main__":
    sys.exit(main())
