"""What the benchmarks rest on: the floor's flags, moved databases, and costs that include grandchildren."""

import glob
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import assay
import database
import floor
import judged
import process


def entry(command, directory="/p/build", file="../a.c"):
    return {"directory": directory, "file": file, "command": command}


class FloorTest(unittest.TestCase):
    def test_writes_nothing_and_keeps_the_units_own_flags(self):
        given = entry("cc -DA='\"x y\"' -I inc -O2 -Werror -Werror=vla -MD -MF a.d -MT a.o -Wp,-MMD,b.d -Wp,-DB -oa.o -c -o a.o ../a.c")
        self.assertEqual(floor.command("clang", given)[1 + len(floor.ADDED):], ['-DA="x y"', "-I", "inc", "-O2", "-Wvla", "-Wp,-DB", "../a.c"])

    def test_knows_each_way_in_which_clang_refuses_a_flag(self):
        words = ("error: unknown argument: '-fno-x'", "error: unknown argument '-fno-x'; did you mean", "error: invalid value 'a' in '-fno-x'",
                 "error: unsupported option '-fno-x' for target")
        for text in words:
            self.assertEqual(floor.REFUSED.findall(text), ["-fno-x"], text)

    def test_cxx_compiler_parses_c_files_as_cxx(self):
        self.assertIn("--driver-mode=g++", floor.command("clang", entry("/usr/bin/x86_64-linux-gnu-g++-12 -c ../a.c")))
        self.assertNotIn("--driver-mode=g++", floor.command("clang", entry("gcc-12 -c ../a.c")))


class DatabaseTest(unittest.TestCase):
    def test_moves_whole_path_names_only(self):
        given = [entry("cc -I/p/inc -ffile-prefix-map=/p=. -I/pq -DROOT=\\\"/p\\\" /p/a.c")]
        moved = database.moved(given, "/p", "/new")[0]
        self.assertEqual(moved["command"], "cc -I/new/inc -ffile-prefix-map=/new=. -I/pq -DROOT=\\\"/new\\\" /new/a.c")
        self.assertEqual(moved["directory"], "/new/build")

    def test_keeps_units_that_exist_and_counts_the_rest(self):
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, "a.c"), "w").close()
            entries = [entry("cc", folder, name) for name in ("a.c", "a.c", "gone.c", "b.S")] + [entry("cc -fPIC", folder, "a.c")]
            kept, dropped = database.compiled_units(entries)
        self.assertEqual([e["command"] for e in kept], ["cc", "cc -fPIC"])
        self.assertEqual(dropped, {"not C or C++": 1, "repeated": 1, "gone": 1})


class ProcessTest(unittest.TestCase):
    def test_counts_grandchildren(self):
        work = "x = bytearray(100 << 20); sum(range(3 * 10**6))"
        usage = process.run(["sh", "-c", f"{sys.executable} -c '{work}'; exit 3"])
        self.assertEqual(usage.status, 3)
        self.assertGreater(usage.peak_mb, 100)
        self.assertGreater(usage.cpu, 0.01)

    def test_all_commands_are_run_whatever_the_number_of_jobs(self):
        with tempfile.TemporaryDirectory() as folder:
            process.run_all([(["touch", str(n)], folder) for n in range(7)], 3)
            self.assertEqual(len(os.listdir(folder)), 7)


class ReportTest(unittest.TestCase):
    def test_reads_coverage_and_counts_only_what_failed(self):
        results = [{"ruleId": "b", "kind": "fail"}, {"ruleId": "a"}, {"ruleId": "b", "kind": "pass"}, {"ruleId": "b", "kind": "fail"}]
        report = {"runs": [{"results": results, "invocations": [{"properties": {"coverage": {"units": 3}}}]}]}
        self.assertEqual(assay.findings_by_check(report), {"a": 1, "b": 2})
        self.assertEqual(assay.coverage(report), {"units": 3})
        self.assertEqual(assay.coverage({"runs": [{}]}), {})


class JudgedTest(unittest.TestCase):
    HEADER = "# p 1.0-1\ncheck,place,judgement,why\n"

    def load(self, *texts):
        with tempfile.TemporaryDirectory() as folder:
            for number, text in enumerate(texts):
                with open(os.path.join(folder, f"p.{number}.csv"), "w", encoding="utf-8") as file:
                    file.write(text)
            return judged.load(folder, "p")

    def test_joins_the_files_of_a_package(self):
        said = self.load(self.HEADER + 'a/b,x.c:1,true,"for, a reason"\n', self.HEADER + "a/b,x.c:2,false,why\n")
        self.assertEqual([said.of("a/b", f"x.c:{line}") for line in (1, 2, 3)], ["true", "false", judged.UNREAD])
        self.assertEqual(said.gone([("a/b", "x.c:1")]), [("a/b", "x.c:2")])
        self.assertEqual(said.versions, {"1.0-1"})

    def test_refuses_rows_that_say_nothing(self):
        for row in ("a/b,x.c:1,maybe,why", "a/b,x.c:1,true, ", "a/b,x.c:1,true", "a/b,x.c:1,true,why\na/b,x.c:1,false,why"):
            with self.assertRaises(SystemExit, msg=row):
                self.load(self.HEADER + row + "\n")
        with self.assertRaises(SystemExit):
            self.load("check,place,judgement,why\n")

    def test_counts_debatable_as_wrong(self):
        self.assertEqual(judged.precision({"true": 3, "debatable": 1, "unread": 9}), 0.75)
        self.assertIsNone(judged.precision({"unread": 9}))

    def test_every_row_in_the_tree_is_about_a_check_that_exists(self):
        here = os.path.dirname(os.path.abspath(__file__))
        for path in sorted(glob.glob(os.path.join(here, "judged", "*.csv"))):
            for check, place in judged.load(os.path.dirname(path), os.path.basename(path).split(".")[0]).rows:
                self.assertTrue(os.path.exists(os.path.join(here, "..", "checks", check + ".md")), f"{path}: {check} {place}")


class FetchTest(unittest.TestCase):
    HERE = os.path.dirname(os.path.abspath(__file__))

    def fetch(self, *arguments):
        return subprocess.run([os.path.join(self.HERE, "fetch"), *arguments], capture_output=True, text=True)

    def test_names_each_package_and_refuses_others(self):
        told = self.fetch("--help").stdout
        for name in ("mosquitto", "rauc", "fwupd", "u-boot"):
            self.assertIn(name, told.split())
        refused = self.fetch("u-bot")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("unknown package 'u-bot'; known: ", refused.stderr)

    def test_every_policy_is_of_a_package(self):
        known = self.fetch("--help").stdout.split()
        for name in os.listdir(os.path.join(self.HERE, "models")):
            self.assertIn(name.split(".")[0], known)


if __name__ == "__main__":
    unittest.main()
