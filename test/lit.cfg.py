"""How the tests are found and run. %s and %t are lit's; the rest is substituted below."""
import glob
import os
import shutil
import subprocess

import lit.formats

config.name = "assay"
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.assay_build, "test")
config.suffixes = [".test", ".c", ".cpp"]
# Inputs are data of the tests beside them; unit/ has a suite of its own.
config.excludes = ["Inputs", "unit", "tools"]
config.test_format = lit.formats.ShTest(execute_external=True)

# Nothing of the caller's terminal, language or Assay settings may change a result.
kept = ("PATH", "HOME", "TMPDIR", "SystemRoot", "LD_LIBRARY_PATH")
config.environment = {k: os.environ[k] for k in kept if k in os.environ}
config.environment.update(
    LANG="C.UTF-8", LC_ALL="C.UTF-8", TERM="dumb", NO_COLOR="1", PYTHONDONTWRITEBYTECODE="1",
    # The plugin keeps nothing in the user's own folder: a path that nobody can make.
    XDG_CACHE_HOME=os.path.join(os.devnull, "cache"),
    # Clang frees nothing at exit on purpose.
    ASAN_OPTIONS="detect_leaks=0:abort_on_error=0", UBSAN_OPTIONS="print_stacktrace=1")
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools, os.path.join(config.assay_build, "bin"), os.environ.get("PATH", "")])

assay = os.path.join(config.assay_build, "bin", "assay")
if os.path.exists(assay):
    config.available_features.add("assay")
if config.sanitize:
    config.available_features.add("asan")
plugin = os.path.join(config.assay_build, "lib", "assay-tidy.so")
clang_tidy = os.path.join(config.llvm_tools, "clang-tidy")
if os.path.exists(plugin) and os.path.exists(clang_tidy) and not config.sanitize:  # the host has no sanitizer
    config.available_features.add("tidy")
# Somebody whom the permissions of files stop.
nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else ["env"]
try:
    if subprocess.run([*nobody, "test", "-r", plugin], check=False).returncode == 0:
        config.available_features.add("nobody")
except OSError:
    pass
# Editors that call the plugin.
for feature, program, part in (("neovim", "nvim", ""), ("ale", "nvim", "/usr/share/nvim/site/pack/dist-bundle/opt/ale"), ("flycheck", "emacs", "/usr/share/emacs/site-lisp/elpa/flycheck-*")):
    if shutil.which(program) and (not part or glob.glob(part)):
        config.available_features.add(feature)
shared = os.environ.get("ASSAY_SHARED", os.path.join(config.assay_source, "..", "shared"))
if os.path.isdir(os.path.join(shared, "schemas")):
    config.available_features.add("shared-schemas")

config.substitutions += [
    (r"%assay\b", assay),
    (r"%python\b", "/usr/bin/python3"),
    # A compile database for a folder of sources; then a run on it that depends on nothing else.
    (r"%database\b", "/usr/bin/python3 " + os.path.join(config.assay_source, "test", "tools", "database.py")),
    (r"%check\b", assay + " check --no-store --color never --root %t -p %t"),
    # clang-tidy with the plugin, whatever .clang-tidy lies above; then with its checks alone, but for those of commands.
    (r"%tidy_bare\b", f"{clang_tidy} --load {plugin} --quiet '--warnings-as-errors=-*'"),
    (r"%tidy\b", f"{clang_tidy} --load {plugin} --quiet '--warnings-as-errors=-*' '--checks=-*,assay-*,-assay-build-*'"),
    (r"%\{clang-tidy\}", clang_tidy),
    (r"%\{plugin\}", plugin),
    (r"%\{nobody\}", " ".join(nobody)),
    (r"%clang_tools\b", config.llvm_tools),
    (r"%\{clang\}", os.path.join(config.llvm_tools, "clang")),
    (r"%\{source\}", config.assay_source),
    (r"%\{build\}", config.assay_build),
    (r"%\{shared\}", os.path.abspath(shared)),
]

try:  # lit can only end a hanging test where psutil is there
    import psutil  # noqa: F401

    lit_config.maxIndividualTestTime = 300
except ImportError:
    pass
