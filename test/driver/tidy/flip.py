#!/usr/bin/env python3
"""Damages a copy of a store, one byte at a time, and runs clang-tidy beside each.

    flip.py COUNT STORE COMMAND...

COUNT bytes of each file, spread over it evenly, are inverted, each in a fresh copy. COMMAND must end with status 0 and still
report MD5. It does not look at what else is said, and leaves checksums as they are: what a reader makes of wrong bytes under a
right checksum is the unit tests' (test/unit/store).
"""
import pathlib
import shutil
import subprocess
import sys


def main():
    count, store, command = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    whole = store.with_name("whole")
    shutil.copytree(store, whole)
    bad = 0
    for file in sorted(p for p in whole.rglob("*") if p.is_file()):
        size = file.stat().st_size
        for k in range(count):
            at = size * k // count
            shutil.rmtree(store)
            shutil.copytree(whole, store)
            damaged = store / file.relative_to(whole)
            content = bytearray(damaged.read_bytes())
            content[at] ^= 0xFF
            damaged.write_bytes(content)
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode or "MD5" not in run.stdout:
                bad += 1
                print(f"{file.relative_to(whole)} byte {at}: status {run.returncode}\n{run.stdout}{run.stderr}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
