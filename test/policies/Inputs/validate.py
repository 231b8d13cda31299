"""Validates the shipped policy files against the written JSON Schemas, and some slips that must be refused.

Usage: validate.py SOURCE_ROOT SCHEMA_FOLDER
"""
import json
import pathlib
import sys
import tomllib

import jsonschema

SLIPS = {
    "unknown key": ("assay", '[gate]\nfail-no = "error"'),
    "wrong type": ("assay", "profile = 3"),
    "wrong word": ("roles", '[[role]]\nid = "a.b"\ndoes = "x"\nbinds = { a = "byte" }'),
    "missing key": ("profile", 'name = "x"'),
    "out of range": ("assay", "[gate]\ncoverage = 140"),
}


def page_head(path):
    return path.read_text(encoding="utf-8").split("+++\n")[1]


def shipped(root):
    models = root / "policies/models"
    yield "candidates", [(root / "policies/candidates.toml").read_text()]
    yield "roles", [(models / "roles.toml").read_text()]
    yield "model", [p.read_text() for p in sorted(models.glob("*.toml")) if p.name != "roles.toml"]
    yield "profile", [p.read_text() for p in sorted((root / "policies/profiles").glob("*.toml"))]
    families = sorted((root / "policies/toolchains").glob("*.toml"))
    yield "family", [p.read_text() for p in families if p.name != "tools.toml"]
    yield "vocabulary", [p.read_text() for p in sorted((root / "policies/vocabulary").glob("*.toml"))]
    yield "page", [page_head(p) for p in sorted((root / "checks").glob("*/*.md"))]


def main(root, folder):
    def validator(name):
        schema = json.loads((pathlib.Path(folder) / f"{name}.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        return jsonschema.Draft7Validator(schema)

    for name, texts in shipped(pathlib.Path(root)):
        for text in texts:
            validator(name).validate(tomllib.loads(text))
        print(f"{name}: {len(texts)} accepted")
    refused = [slip for slip, (name, text) in SLIPS.items() if not validator(name).is_valid(tomllib.loads(text))]
    print("refused: " + ", ".join(refused))


if __name__ == "__main__":
    main(*sys.argv[1:])
