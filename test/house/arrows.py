"""Holds the sources to the arrows that the root CMakeLists.txt declares (rooms.json, written by CMake).

Usage: arrows.py ROOMS_JSON SOURCE_ROOT. Prints one line per fault and exits with 1 when there is one.
Does not look at what the linker sees: a symbol declared by hand, without its header, gets past it.
"""
import json
import pathlib
import re
import sys

LINES_PER_FILE = 400
# Who may be declared CLANG, and which floors a floor may use at all; CMake lines cannot loosen these.
CLANG_ROOMS = {"extract", "tidy"}
FLOORS = {
    "analysis": {"analysis", "policies"},
    "policies": {"analysis"},
    "sarif": {"analysis", "sarif"},
    "driver": {"analysis", "policies", "sarif", "driver"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
CLANG = re.compile(r"(clang|clang-c|clang-tidy)/")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def floor(folder):
    return folder.split("/")[0]


class House:
    def __init__(self, described, root):
        self.rooms = described["rooms"]
        self.libraries = described["libraries"]
        self.root = root
        self.faults = []

    def fault(self, where, text):
        self.faults.append(f"{where}: {text}")

    def room_of(self, path):
        for name, room in self.rooms.items():
            if path.startswith(room["folder"] + "/"):
                return name
        return None

    def check_declarations(self):
        for name, room in self.rooms.items():
            if room["clang"] and name not in CLANG_ROOMS:
                self.fault("CMakeLists.txt", f"room '{name}' may not be CLANG")
            if name == "model" and room["uses"]:
                self.fault("CMakeLists.txt", "room 'model' may use no other")
            for used in room["uses"]:
                folder = self.rooms[used]["folder"]
                if floor(folder) not in FLOORS[floor(room["folder"])]:
                    self.fault("CMakeLists.txt", f"{room['folder']} may not use {folder}")

    def check_sources(self):
        for top in FLOORS:
            for path in sorted((self.root / top).rglob("*")):
                if path.suffix in (".h", ".cpp"):
                    self.check_file(path)

    def check_file(self, path):
        relative = path.relative_to(self.root).as_posix()
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > LINES_PER_FILE:
            self.fault(relative, f"{len(lines)} lines, more than {LINES_PER_FILE}: split it by step of the flow")
        name = self.room_of(relative)
        if not name or path.parent.relative_to(self.root).as_posix() != self.rooms[name]["folder"]:
            self.fault(relative, "in no room, so nothing builds it")
            return
        for number, line in enumerate(lines, 1):
            where = f"{relative}:{number}"
            if included := INCLUDE.match(line):
                self.check_include(where, name, included[1], included[2])
            elif floor(relative) == "sarif" and any(s.startswith("checks/") for s in STRING.findall(line)):
                self.fault(where, "sarif may not see checks")

    def check_include(self, where, name, bracket, header):
        room = self.rooms[name]
        if CLANG.match(header) and not room["clang"]:
            self.fault(where, f"room '{name}' may not include Clang's <{header}>")
        for library, prefixes in self.libraries.items():
            if any(header.startswith(p) for p in prefixes) and library not in room["libraries"]:
                self.fault(where, f"room '{name}' includes <{header}> without LIBRARIES {library}")
        if floor(header) in FLOORS:
            self.check_arrow(where, name, header)
        elif header.startswith("checks/"):
            self.fault(where, "checks are pages, read at run time; nothing includes them")
        elif bracket == '"' and "/" not in header:
            self.fault(where, f'"{header}" is not named by its path from the root of the repository')

    def check_arrow(self, where, name, header):
        target = self.room_of(header)
        if target is None:
            self.fault(where, f'"{header}" is in no room')
        elif target != name and target not in self.rooms[name]["uses"]:
            self.fault(where, f"room '{name}' may not include room '{target}' (\"{header}\")")


def main(rooms_json, root):
    house = House(json.loads(pathlib.Path(rooms_json).read_text()), pathlib.Path(root))
    house.check_declarations()
    house.check_sources()
    print("\n".join(house.faults) or "arrows hold")
    return 1 if house.faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
