"""Runs `assay check` and reads its SARIF. The only place in bench/ that knows Assay's command line and report."""

import collections
import json
import os
import sys
import tempfile

import process

ANSWERED = {0, 1, 3}  # the gate holds, findings fail it, coverage is below it: all of them wrote a report


def check(binary, project, store, sarif, extra=()):
    """One run over DIR/compile_commands.json. A run that could not do its work ends the program with Assay's own words."""
    argv = [binary, "check", "-p", project, "--store", store, "--sarif", sarif, *extra]
    with tempfile.TemporaryFile() as words:
        usage = process.run(argv, directory=project, output=words, errors=words)
        if usage.status in ANSWERED and os.path.exists(sarif):
            return usage
        words.seek(max(0, words.seek(0, os.SEEK_END) - 4000))
        sys.exit(f"error: exit status {usage.status} from: {' '.join(argv)}\n{words.read().decode(errors='replace')}")


def read_report(sarif):
    with open(sarif, encoding="utf-8") as file:
        return json.load(file)


def coverage(report):
    """units (total, whole, withErrors ...), functions, calls - or nothing, if the report does not say."""
    invocations = report["runs"][0].get("invocations") or [{}]
    said = invocations[0].get("properties", {}).get("coverage", {})
    flat = {f"units {name}": value for name, value in said.get("units", {}).items()} if isinstance(said.get("units"), dict) else {}
    return flat | {name: value for name, value in said.items() if isinstance(value, int)}


def findings_by_check(report):
    results = report["runs"][0].get("results") or []
    counts = collections.Counter(result.get("ruleId", "?") for result in results if result.get("kind", "fail") == "fail")
    return dict(sorted(counts.items()))


def executable(path):
    """Runs happen in other folders, so the path must be whole; a missing binary is said at once."""
    whole = os.path.abspath(path)
    if not os.access(whole, os.X_OK):
        sys.exit(f"error: no program at '{path}'; build it, or name another with --assay FILE")
    return whole
