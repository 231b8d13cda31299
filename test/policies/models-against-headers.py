"""Holds policies/models against the headers that are installed here.

usage: models-against-headers.py CLANG MODELS-FOLDER

For each library whose headers are here it compiles one C++ file of static assertions: every modelled function exists, has
the arguments that the row names, a `bytes` bind is a pointer, an `int` bind and a `size` are numbers. Every other name - value,
`when` - must be a word of the preprocessed headers or a macro, a glob must match one. Rows with `versions` may be missing.
It does not check what a row says, only that it can be said.
"""
import fnmatch
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

HEADERS = {
    "openssl": """openssl/evp.h openssl/rsa.h openssl/dsa.h openssl/dh.h openssl/ec.h openssl/rand.h openssl/hmac.h
        openssl/cmac.h openssl/kdf.h openssl/md2.h openssl/md4.h openssl/md5.h openssl/sha.h openssl/mdc2.h openssl/ripemd.h
        openssl/whrlpool.h openssl/des.h openssl/aes.h openssl/rc4.h openssl/rc2.h openssl/blowfish.h openssl/cast.h
        openssl/camellia.h openssl/seed.h openssl/idea.h openssl/x509.h openssl/x509v3.h openssl/pkcs12.h openssl/pkcs7.h
        openssl/cms.h openssl/pem.h openssl/ssl.h openssl/dsa.h openssl/ocsp.h openssl/x509_vfy.h""",
    "mbedtls": """mbedtls/cipher.h mbedtls/aes.h mbedtls/des.h mbedtls/arc4.h mbedtls/blowfish.h mbedtls/camellia.h
        mbedtls/aria.h mbedtls/xtea.h mbedtls/chacha20.h mbedtls/chachapoly.h mbedtls/gcm.h mbedtls/ccm.h mbedtls/nist_kw.h
        mbedtls/md.h mbedtls/md2.h mbedtls/md4.h mbedtls/md5.h mbedtls/sha1.h mbedtls/sha256.h mbedtls/sha512.h
        mbedtls/ripemd160.h mbedtls/cmac.h mbedtls/hkdf.h mbedtls/pkcs5.h mbedtls/pkcs12.h mbedtls/pk.h mbedtls/rsa.h
        mbedtls/ecp.h mbedtls/ecdsa.h mbedtls/ecdh.h mbedtls/x509_crt.h mbedtls/x509_csr.h mbedtls/ctr_drbg.h
        mbedtls/hmac_drbg.h mbedtls/entropy.h mbedtls/platform_util.h mbedtls/constant_time.h mbedtls/psa_util.h
        mbedtls/ssl.h mbedtls/net_sockets.h""",
    "psa": "psa/crypto.h",
    "curl": "curl/curl.h",
    "libc": """string.h strings.h wchar.h stdlib.h malloc.h stdio.h unistd.h sys/socket.h sys/random.h time.h libgen.h
        syslog.h fcntl.h getopt.h dlfcn.h sys/stat.h sys/time.h sys/times.h sys/ioctl.h net/if.h spawn.h""",
    "posix": "dlfcn.h pthread.h signal.h stdlib.h search.h ftw.h dirent.h sched.h ucontext.h threads.h",
    "rtos": "FreeRTOS.h",
    "systemd": "systemd/sd-journal.h",
    "glib": "glib.h glib-object.h glib-unix.h",
    "gio": "gio/gio.h polkit/polkit.h jcat.h",
    "gnutls": "gnutls/gnutls.h gnutls/x509.h gnutls/abstract.h gnutls/crypto.h",
    "pam": "security/pam_appl.h",
    "audit": "libaudit.h",
    "mosquitto": "mosquitto.h mosquittopp.h",
    "gcrypt": "gcrypt.h",
    "nettle": """nettle/des.h nettle/arcfour.h nettle/arctwo.h nettle/blowfish.h nettle/cast128.h nettle/aes.h nettle/camellia.h
        nettle/chacha.h nettle/chacha-poly1305.h nettle/gcm.h nettle/ccm.h nettle/eax.h nettle/md2.h nettle/md4.h nettle/md5.h
        nettle/sha1.h nettle/sha2.h nettle/ripemd160.h nettle/hmac.h nettle/pbkdf2.h nettle/yarrow.h nettle/knuth-lfib.h
        nettle/rsa.h nettle/memops.h""",
    "tomcrypt": "tomcrypt.h",
    "tiny-aes": "tiny-AES-c/aes.h",
    "sodium": "sodium.h",
    "wolfssl": """wolfssl/options.h wolfssl/ssl.h wolfssl/wolfcrypt/des3.h wolfssl/wolfcrypt/aes.h wolfssl/wolfcrypt/arc4.h
        wolfssl/wolfcrypt/md5.h wolfssl/wolfcrypt/md4.h wolfssl/wolfcrypt/sha.h wolfssl/wolfcrypt/sha256.h wolfssl/wolfcrypt/hash.h
        wolfssl/wolfcrypt/hmac.h wolfssl/wolfcrypt/cmac.h wolfssl/wolfcrypt/pwdbased.h wolfssl/wolfcrypt/random.h
        wolfssl/wolfcrypt/rsa.h wolfssl/wolfcrypt/wc_encrypt.h wolfssl/wolfcrypt/chacha20_poly1305.h wolfssl/wolfcrypt/signature.h""",
    "qt": "QCryptographicHash",
    "c++": """random string ostream fstream chrono string_view sstream iomanip vector deque list forward_list array map set unordered_map
        unordered_set stack queue optional tuple utility memory iterator algorithm""",
    "crypt": "crypt.h",
    "paho": "MQTTClient.h MQTTAsync.h",
    "poco": "Poco/Process.h",
    "boost": "boost/process.hpp",
    "libssh": "libssh/libssh.h libssh2.h",
    "databases": "mariadb/mysql.h postgresql/libpq-fe.h sql.h",
    "directory": "ldap.h net-snmp/net-snmp-config.h net-snmp/net-snmp-includes.h",
    "espressif": "esp_wifi.h",
    "zephyr": "zephyr/kernel.h",
    "windows": "windows.h",
    "sockets": "sys/socket.h netinet/in.h arpa/inet.h netdb.h",
    "hiredis": "hiredis/hiredis.h hiredis/async.h",
    "microhttpd": "microhttpd.h",
    "civetweb": "civetweb.h",
    "mongoose": "mongoose.h",
    "bluetooth": "zephyr/bluetooth/conn.h",
    "servers": "microhttpd.h event2/http.h gio/gio.h libsoup/soup.h",
}

# Headers that lie where only pkg-config knows.
PACKAGES = {"glib": "glib-2.0 gobject-2.0", "gio": "gio-2.0 polkit-gobject-1 jcat"}

# Files that describe several libraries: looked at only where all of them are.
SEVERAL = {"databases", "gio", "directory", "libssh", "paho", "servers"}

# Files about no library: how programs name things of their own.
WITHOUT = {"account-state"}

# C++ has two of each; &name does not say which.
OVERLOADED = {"strstr", "strchr", "strrchr", "memchr", "strpbrk", "strcasestr", "basename"}

ASSERTIONS = """
#include <cstddef>
#include <tuple>
#include <type_traits>
template <class F> struct Shape;
template <class R, class... A> struct Shape<R (*)(A...)> {
  static constexpr bool Variadic = false;
  using Args = std::tuple<A...>;
};
template <class R, class... A> struct Shape<R (*)(A..., ...)> {
  static constexpr bool Variadic = true;
  using Args = std::tuple<A...>;
};
template <class F> struct Shape<F (*)(...) noexcept>;
template <class R, class... A> struct Shape<R (*)(A...) noexcept> : Shape<R (*)(A...)> {};
template <class R, class... A> struct Shape<R (*)(A..., ...) noexcept> : Shape<R (*)(A..., ...)> {};
template <class F, unsigned N> constexpr bool hasArgument() {
  return N < std::tuple_size_v<typename Shape<F>::Args> || Shape<F>::Variadic;
}
template <class F, unsigned N, template <class> class Is> constexpr bool argumentIs() {
  if constexpr (N < std::tuple_size_v<typename Shape<F>::Args>)
    return Is<std::tuple_element_t<N, typename Shape<F>::Args>>::value;
  else
    return true;
}
template <class T> struct IsNumber : std::bool_constant<std::is_arithmetic_v<T> || std::is_enum_v<T>> {};
template <class T> struct IsPointer : std::bool_constant<std::is_pointer_v<T> || std::is_reference_v<T>> {};
"""


def as_list(value):
    return value if isinstance(value, list) else [value]


def is_glob(name):
    return any(c in name for c in "*?[")


def package_flags(packages):
    """Where the headers of those that are installed lie."""
    flags = []
    for package in packages:
        try:
            told = subprocess.run(["pkg-config", "--cflags-only-I", package], capture_output=True, text=True)
        except FileNotFoundError:
            return []
        flags += told.stdout.split() if told.returncode == 0 else []
    return flags


class Headers:
    """The headers of one library: all words that they hold."""

    def __init__(self, clang, library):
        self.clang = clang
        self.flags = package_flags(PACKAGES.get(library, "").split())
        self.includes = ""
        for header in HEADERS[library].split():
            self.includes += f"#if __has_include(<{header}>)\n#include <{header}>\n#endif\n"
        text = self.run(["-E", "-P"], self.includes).stdout
        self.called = set(re.findall(r"([A-Za-z_]\w*)\s*\(", text))
        self.words = set(re.findall(r"[A-Za-z_]\w*", text + self.run(["-E", "-dM"], self.includes).stdout))
        headers = HEADERS[library].split()
        needed = headers if library in SEVERAL else headers[:1]
        asked = " && ".join(f"__has_include(<{header}>)" for header in needed)
        self.present = "found_it" in self.run(["-E", "-P"], f"#if {asked}\nfound_it\n#endif\n").stdout

    def run(self, flags, text):
        with tempfile.NamedTemporaryFile("w", suffix=".cpp") as file:
            file.write(text)
            file.flush()
            command = [self.clang, "-x", "c++", "-std=c++17", "-D_GNU_SOURCE", "-w", "-ferror-limit=0", *self.flags, *flags, file.name]
            return subprocess.run(command, capture_output=True, text=True)

    def has(self, name, table="value"):
        if name.startswith("__builtin_"):
            return True
        name = re.sub(r"::operator\(\)$", "", name).rsplit("::", 1)[-1]
        if name.startswith("operator"):
            return "operator" in self.words
        if table == "function" and not is_glob(name):
            return name in self.called
        if is_glob(name):
            return any(fnmatch.fnmatchcase(word, name) for word in self.words)
        return name in self.words


def rows(path):
    """(table, row) of every row of a model file."""
    model = tomllib.loads(path.read_text())
    for table in ("function", "value", "field"):
        for row in model.get(table, []):
            yield model["library"], table, row


def argument(entry):
    if isinstance(entry, int):
        return entry
    return entry.get("arg") if isinstance(entry, dict) else None


def missing_names(headers, path, table, row):
    for name in as_list(row.get("name", [])):
        if not headers.has(name, table):
            yield f"{path.name}: {table} '{name}' is in no header and has no 'versions'"
    for entry in row.get("bind", {}).values() if table == "function" else ():
        if isinstance(entry, dict) and "global" in entry and not headers.has(entry["global"]):
            yield f"{path.name}: variable '{entry['global']}' is in no header"
    for value in [v for when in row.get("when", {}).values() if table == "function" for v in as_list(when)]:
        if re.fullmatch(r"[A-Z]\w*_\w*", value) and not headers.has(value):
            yield f"{path.name}: 'when' value '{value}' is in no header"


def assertions(headers, path, row, kinds):
    """One line of C++ for each claim about an argument."""
    for name in as_list(row["name"]):
        if is_glob(name) or "::" in name or name.startswith("__builtin_") or name in OVERLOADED or not headers.has(name, "function"):
            continue
        where = f"{path.name}: {name}"
        checks = [(int(n), "hasArgument", "") for n in row.get("when", {})]
        checks += [(n, "hasArgument", "") for n in row.get("returns", {}).get("args", [])]
        for bind, entry in row.get("bind", {}).items():
            number = argument(entry)
            if number is None:
                continue
            checks.append((number, "hasArgument", f" for '{bind}'"))
            wanted = {"bytes": "IsPointer", "int": "IsNumber"}.get(kinds[row["role"]][bind])
            if wanted:
                checks.append((number, wanted, f" for '{bind}'"))
            if isinstance(entry, dict) and "size" in entry:
                checks.append((entry["size"], "IsNumber", f" as size of '{bind}'"))
        for number, test, why in checks:
            if test == "hasArgument":
                claim = f"hasArgument<decltype(&{name}), {number}>()"
                text = f"{where} has no argument {number}{why}"
            else:
                claim = f"argumentIs<decltype(&{name}), {number}, {test}>()"
                text = f"{where}: argument {number}{why} is no {test[2:].lower()}"
            yield f'static_assert({claim}, "{text}");\n'


def main():
    clang, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    roles = tomllib.loads((folder / "roles.toml").read_text())["role"]
    kinds = {role["id"]: role.get("binds", {}) for role in roles}
    headers, complaints, checked, source = {}, [], {}, {}
    for path in sorted(folder.glob("*.toml")):
        if path.name == "roles.toml":
            continue
        for library, table, row in rows(path):
            if library in WITHOUT:
                break
            if library not in HEADERS:
                complaints.append(f"{path.name}: the headers of library '{library}' are not known here; name them in HEADERS")
                break
            here = headers.get(library) or headers.setdefault(library, Headers(clang, library))
            if not here.present:
                continue
            checked[library] = checked.get(library, 0) + 1
            if "versions" not in row:
                complaints += missing_names(here, path, table, row)
            if table == "function":
                source[library] = source.get(library, "") + "".join(assertions(here, path, row, kinds))
    for library, text in source.items():
        result = headers[library].run(["-fsyntax-only"], headers[library].includes + ASSERTIONS + text)
        failed = re.findall(r"error: (?:static assertion failed[^:]*: )?(.*)", result.stderr)
        complaints += failed
    for library in sorted(headers):
        print(f"{library}: {checked[library]} rows" if library in checked else f"{library}: no headers here")
    for complaint in complaints:
        print(f"error: {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
