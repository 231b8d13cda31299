"""Validates SARIF files: the official JSON schema first, then the rules of npm's sarif-multitool.

Usage: validate.py [--schema FILE] [--validators DIR] FILE...

Prints one line per fault, or "FILE: valid", and exits with 1 when there is a fault, with 2 when it could
not do its work. The multitool exits with 0 even on errors and writes an empty result on some bad input, so
its output is read, and each run holds a file that must be reported; a run that is silent about it is void.
Install the multitool with test/sarif/install-validators.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TOOL = "node_modules/@microsoft/sarif-multitool-linux/"
SCHEMA = "sarif-schema-2.1.0.json"
RULE_KINDS = "Sarif;Ghas"

# What is true of our files and no fault: (rule, pattern over the message's id and arguments, why).
ACCEPTED = [
    ("SARIF2005", r"^Warning_ProvideToolI?nformationUri", "the product has no public address of its own"),
    ("SARIF2007", r"PROJECTROOT$", "a place in a system header or a generated file is in no repository"),
]
# A code host is given the alerts; evidence also says what has no place, such as "does not apply here".
ACCEPTED_IN_EVIDENCE = [
    ("GH1015", r"^Error_MissingLocationsArray runs\[0\]\.results\[\d+\] ", "a verdict on the whole program has no place"),
    ("GH1017", r"^Error_MissingLocationsArray runs\[0\]\.results\[\d+\] ", "the same"),
    ("GH2012", r"^Error_MissingLocationsArray runs\[0\]\.results\[\d+\] ", "the same"),
]
# Breaks rules of both kinds, and the schema accepts it.
CONTROL = {
    "version": "2.1.0",
    "runs": [{"tool": {"driver": {"name": "control"}},
              "results": [{"ruleId": "x", "message": {"text": "neither rule nor place"}}]}],
}
# The schema refuses it.
BAD_ENUM = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "control"}}, "columnKind": "bytes"}]}


class Unable(Exception):
    """The validation itself could not be done."""


def find_schema(given, validators):
    shared = pathlib.Path(os.environ.get("ASSAY_SHARED", SOURCE.parent / "shared"))
    for path in filter(None, [given, shared / "schemas" / SCHEMA, validators / TOOL / "sarif-2.1.0.json"]):
        if path.is_file():
            return path
    raise Unable(f"no {SCHEMA} found; name it with --schema")


def schema_faults(validator, document):
    for error in validator.iter_errors(document):
        where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path)
        yield f"schema: {where or '.'}: {error.message[:300]}"


def run_multitool(validators, paths, folder):
    """Results of the multitool by input: {path: [(rule, level, arguments)]}."""
    tool = validators / TOOL / "Sarif.Multitool"
    if not tool.is_file():
        raise Unable(f"{tool} is missing; run test/sarif/install-validators")
    output = folder / "multitool.out"
    done = subprocess.run(
        [tool, "validate", *paths, "--rule-kind", RULE_KINDS, "--output", output, "--log", "ForceOverwrite"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0 or not output.is_file():
        raise Unable(f"multitool failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    found = {path.as_uri(): [] for path in paths}
    for run in json.loads(output.read_text(encoding="utf-8-sig"))["runs"]:
        for result in run.get("results") or []:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            message = result["message"]
            text = message.get("text") or " ".join([message["id"], *message.get("arguments", [])])
            found[uri].append((result["ruleId"], result.get("level", "warning"), text))
        for invocation in run.get("invocations") or []:
            for note in invocation.get("toolExecutionNotifications") or []:
                if note.get("level") == "error":
                    raise Unable("multitool: " + note["message"]["text"])
    return found


def check_control(reported):
    rules = {rule for rule, _, _ in reported}
    for kind in ("SARIF", "GH"):
        if not any(rule.startswith(kind) for rule in rules):
            raise Unable(f"multitool reports no {kind} rule on a file that breaks some: its silence is worth nothing")


def is_evidence(document):
    """Evidence says what passed and what it cannot tell; alerts only what fails."""
    return any(result.get("kind", "fail") != "fail" for run in document["runs"] for result in run.get("results", []))


def rule_faults(reported, document):
    accepted = ACCEPTED + (ACCEPTED_IN_EVIDENCE if is_evidence(document) else [])
    for rule, level, text in reported:
        if not any(rule == known and re.search(pattern, text) for known, pattern, _ in accepted):
            yield f"{level} {rule}: {text[:300]}"


def load(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unable(f"{path}: {error}") from error


def validate(files, schema, validators):
    validator = jsonschema.Draft4Validator(load(find_schema(schema, validators)))
    if not list(schema_faults(validator, BAD_ENUM)):
        raise Unable("the schema accepts a word that it does not list: its silence is worth nothing")
    documents = [load(path) for path in files]
    faults = [list(schema_faults(validator, document)) for document in documents]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # Copies under plain names: the tool takes its arguments for patterns.
        copies = [folder / f"{i}.sarif" for i in range(len(files) + 1)]
        for copy, document in zip(copies, [CONTROL, *documents]):
            copy.write_text(json.dumps(document), encoding="utf-8")
        found = run_multitool(validators, copies, folder)
        check_control(found[copies[0].as_uri()])
        for copy, document, of_file in zip(copies[1:], documents, faults):
            of_file.extend(rule_faults(found[copy.as_uri()], document))
    return faults


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--schema", type=pathlib.Path)
    parser.add_argument("--validators", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("ASSAY_VALIDATORS", SOURCE / "build/validators")))
    options = parser.parse_args()
    try:
        faults = validate(options.files, options.schema, options.validators.resolve())
    except Unable as error:
        print(f"validate.py: {error}", file=sys.stderr)
        return 2
    for path, of_file in zip(options.files, faults):
        print("\n".join(f"{path}: {fault}" for fault in of_file) or f"{path}: valid")
    return 1 if any(faults) else 0


if __name__ == "__main__":
    sys.exit(main())
