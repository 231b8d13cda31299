"""Compares each site's verdict with what the name of its function says: expected_sites.py SARIF.

good_x: pass, bad_x: fail, unsure_x: review. Prints every site that is otherwise, and how many are of each kind. Sites that are
not judged are not counted.
"""
import collections
import json
import sys

WANT = {"good": "pass", "bad": "fail", "unsure": "review"}
seen = collections.Counter()
with open(sys.argv[1], encoding="utf-8") as file:
    results = json.load(file)["runs"][0]["results"]
for r in results:
    if not r.get("locations") or r["kind"] == "notApplicable":
        continue
    name = r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].split("::")[-1]
    kind = name.split("_")[0]
    seen[kind] += 1
    if r["kind"] != WANT.get(kind, r["kind"]):
        print("WRONG", name, "is", r["kind"] + ":", r["message"]["text"])
print("sites:", ", ".join(f"{seen[k]} {k}" for k in WANT))
