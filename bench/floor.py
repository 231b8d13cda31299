"""The floor that Assay is measured against: one `clang-19 -fsyntax-only` process per unit, with the unit's own flags.

What is taken from a unit's command: outputs (nothing may be written), -Werror (a warning that only clang has is no
error of the unit), and flags that clang refuses as unknown, which are found by trying.
"""

import os
import re
import subprocess
import tempfile

import database
import process

OUTPUTS = {"-c", "-MD", "-MMD", "-MP", "-MG", "-M", "-MM", "-S", "-E"}
OUTPUTS_WITH_VALUE = {"-o", "-MF", "-MT", "-MQ", "-MJ"}
REFUSED = re.compile(r"error: (?:(?:unknown|unsupported) (?:argument|option):?|invalid value '[^']*' in) '(-[^']+)'")
ADDED = ["-fsyntax-only", "-Wno-unknown-warning-option", "-Qunused-arguments"]


def command(clang, entry, refused=frozenset()):
    compiler, *given = database.arguments(entry)
    mode = ["--driver-mode=g++"] if os.path.basename(compiler).rstrip("0123456789.-").endswith("++") else []
    kept, skip = [], False
    for argument in given:
        if skip or argument in OUTPUTS_WITH_VALUE:
            skip = not skip
        elif argument in OUTPUTS or argument in refused or argument == "-Werror":
            continue
        elif argument.startswith(("-MF", "-MT", "-MQ", "-Wp,-M")) or (argument.startswith("-o") and len(argument) > 2):
            continue
        else:
            kept.append(argument.replace("-Werror=", "-W", 1) if argument.startswith("-Werror=") else argument)
    return [clang, *mode, *ADDED, *kept]


class Floor:
    """The commands of one database, tried once: `errors` maps each unit that clang cannot parse whole to its first error."""

    def __init__(self, clang, entries):
        self.errors, self.refused, self.commands = {}, set(), []
        for entry in entries:
            self.commands.append((self.tried(clang, entry), entry["directory"]))

    def tried(self, clang, entry):
        while True:
            argv = command(clang, entry, self.refused)
            status, text = diagnosed(argv, entry["directory"])
            unknown = set(REFUSED.findall(text)) - self.refused
            if status == 0 or not unknown:
                break
            self.refused |= unknown
        if status != 0:
            errors = [line for line in text.splitlines() if "error:" in line]
            self.errors[database.unit_path(entry)] = errors[0] if errors else f"exit status {status}"
        return argv

    def measure(self, jobs):
        return process.run_all(self.commands, jobs)


def diagnosed(argv, directory):
    with tempfile.TemporaryFile() as captured:
        status = subprocess.run(argv, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=captured).returncode
        captured.seek(0)
        return status, captured.read().decode(errors="replace")
