"""Finds what bench/fetch left: a name is a package in the cache, anything with a slash is a folder with a database."""

import os
import sys

import database

DEFAULT = ["mosquitto", "mbedtls", "dcmtk"]


def default_cache():
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "assay-bench")


def add_options(parser):
    parser.add_argument("projects", nargs="*", metavar="NAME|DIR", help=f"default: {' '.join(DEFAULT)}")
    parser.add_argument("--assay", default="build/release/bin/assay", metavar="FILE", help="default: %(default)s")
    parser.add_argument("--cache", default=default_cache(), metavar="DIR", help="where bench/fetch put the packages")


def folder(name, cache):
    path = os.path.realpath(name if "/" in name else os.path.join(cache, name, "source"))
    if not os.path.exists(os.path.join(path, "compile_commands.json")):
        sys.exit(f"error: no compile_commands.json in {path}; run bench/fetch {name}")
    return path


def title(path):
    """CACHE/mosquitto/source is mosquitto."""
    parent, name = os.path.split(path)
    return os.path.basename(parent) if name == "source" else name


def entries(path):
    return database.load(os.path.join(path, "compile_commands.json"))
