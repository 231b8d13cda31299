# prepare.sh BUILD FROM TO: in a folder of sources, what the editors' tests need - a store, a database in build/, the wrapper in bin/, and
# the settings that docs/editors.md (standard input) gives between a line that begins with FROM and the next that begins with TO.
set -eu
"$1/bin/assay" check -q -p . --root . > cli.txt || true
mkdir build bin
cp compile_commands.json build/
ln -s "$1/bin/assay-clang-tidy" bin/assay-clang-tidy
sed -n "/^$2/,/^$3/s/^    //p" > settings
test -s settings
