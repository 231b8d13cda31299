"""Prints "PASSED FAILED" for a lit result file, and names the tests that did not run."""
import collections
import json
import sys

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
LEFT_OUT = {"UNSUPPORTED", "EXCLUDED", "SKIPPED"}

with open(sys.argv[1], encoding="utf-8") as results:
    tests = json.load(results)["tests"]
codes = collections.Counter(test["code"] for test in tests)
passed = sum(codes[c] for c in PASSED)
left_out = [test["name"] for test in tests if test["code"] in LEFT_OUT]
if left_out:
    print("not run here: " + ", ".join(sorted(left_out)), file=sys.stderr)
if passed == 0:
    sys.exit("no test passed at all")
print(passed, sum(n for code, n in codes.items() if code not in PASSED | LEFT_OUT))
