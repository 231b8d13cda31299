# The one list of Debian packages; sourced by quickstart and test.

# To build and run assay. clang-19 is our compiler and owns the headers that every analysed unit reads;
# g++ brings the C++ library; ccache and lld only make builds faster.
BuildPackages="
  ca-certificates cmake ninja-build g++ clang-19 lld-19 ccache git
  llvm-19-dev libclang-19-dev libclang-cpp19-dev clang-tidy-19
  libflatbuffers-dev flatbuffers-compiler libtomlplusplus-dev nlohmann-json3-dev libcli11-dev libssl-dev
"

# What the example device links with.
ExamplePackages="libssl-dev libmosquitto-dev libcurl4-openssl-dev libmbedtls-dev"

# To run the tests: LLVM's lit, FileCheck, not and split-file; the sanitizers' run-time; psutil lets lit
# end a test that hangs; the libraries are those whose real headers the checks' examples may read.
TestPackages="
  llvm-19-tools libclang-rt-19-dev clang-format-19 libgtest-dev python3 python3-psutil
  libmbedtls-dev libcurl4-openssl-dev libcmark-dev python3-jsonschema
"
# For the SARIF validators. Node.js is often there from another source, which Debian's npm would fight.
command -v npm >/dev/null || TestPackages="$TestPackages nodejs npm"

# installPackages NAME...: does nothing, and needs no root, when all are there.
installPackages() {
  local Missing="" Sudo="" Name Log
  for Name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$Name" 2>/dev/null)" = installed ] ||
      Missing="$Missing $Name"
  done
  [ -n "$Missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "error: packages are missing:$Missing" >&2
      echo "       run this as root, or install sudo" >&2
      return 1
    fi
    Sudo="sudo"
  fi
  echo "Installing packages:$Missing"
  Log=$(mktemp)
  # The index is refreshed first: an image's own may name files that the mirror no longer has.
  if aptGet update && aptGet install -y --no-install-recommends $Missing; then
    rm -f "$Log"
    return 0
  fi
  cat "$Log" >&2
  rm -f "$Log"
  echo "error: could not install:$Missing" >&2
  return 1
}

# Waits for a running apt instead of failing on its lock: a fresh machine often updates itself.
aptGet() {
  $Sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >>"$Log" 2>&1
}
