#include "test/unit/schema/Fixture.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <sstream>

namespace assay::test {

namespace fs = std::filesystem;

static const char *const Roles = R"([[role]]
id    = "cipher.setup"
does  = "sets up a cipher"
binds = { cipher = "value", key = "bytes", bits = "int" }
can-succeed = true

[[role]]
id     = "random.weak"
does   = "gives a guessable number"
binds  = { result = "int" }
)";

static const char *const Model = R"(library  = "toy"
versions = "1"
source   = "toy.h"

[[function]]
name = "toy_init"
role = "cipher.setup"
bind = { cipher = 0, key = { arg = 1, size = 2 }, bits = { arg = 2, domain = "toy.bits" } }
success = "== 1"

[[value]]
name = "TOY_ECB"
is   = { mode = "ECB", algorithm = "AES" }

[[value]]
of  = "toy.bits"
int = "< 3"
is  = { tiny = true }
)";

static const char *const Page = R"(+++
title    = "Cipher in ECB mode"
severity = "high"
cwe      = [327]
family   = "crypto-strength"
since    = "0.1"
[argument]
at      = "cipher.setup"
bind    = "cipher"
deny    = { mode = "ECB" }
message = "{value} repeats"
+++

## What

A cipher
in ECB mode.

More.

## Why

It repeats.

## Bad

```c
void f(void) { toy_init(TOY_ECB); } // finding repeats
```

## Good

```c
void f(void) { toy_init(TOY_CBC); }
```

## Limits

None known.
)";

static const char *const Taxonomy = R"toml([class."ivd"]
name = "in-vitro diagnostic device"

[standard."62443-4-2"]
name   = "IEC 62443-4-2:2019"
links  = "cr_62443_4_2.ids"
titles = "cr_62443_4_2.name"

[standard."60601-4-5"]
name  = "IEC TR 60601-4-5:2021"
links = "iec60601_4_5.fr"

[applicability."60601-4-5"]
excludes = ["ivd"]
rule = "not for IVDs"

[cr_62443_4_2."CR 4.3"]
name = "Use of cryptography"

[[rule_family]]
id = "crypto-strength"
iec60601_4_5 = { fr = ["DC"], confidence = "memory", link_basis = "judgement" }
[rule_family.cr_62443_4_2]
ids = ["CR 4.3", "CR 1.9"]
confidence = "verified"
link_basis = "published (some)"
published_pairs = ["CWE-327 -> CR 4.3"]
)toml";

static const char *const Profile = R"(name  = "baseline"
title = "Everything"
[checks]
"crypto/*" = "on"
)";

static const char *const Vocabulary = R"([[name]]
class = "password"
words = ["pass word"]
[[shape]]
is    = "private-key"
what  = "a private key"
has   = "BEGIN"
)";

DataFolder::DataFolder() {
  std::string Pattern = (fs::temp_directory_path() / "assay-schema-XXXXXX").string();
  Root = mkdtemp(Pattern.data());
  file("policies/models/roles.toml", Roles);
  file("policies/models/toy.toml", Model);
  file("policies/profiles/baseline.toml", Profile);
  file("policies/standards/taxonomy.toml", Taxonomy);
  file("policies/standards/cwe_names.csv", "id,name\n327,Broken\n");
  file("policies/vocabulary/words.toml", Vocabulary);
  file("checks/crypto/ecb-mode.md", Page);
}

DataFolder::~DataFolder() {
  fs::remove_all(Root);
}

DataFolder &DataFolder::file(const std::string &Path, const std::string &Text) {
  fs::create_directories((Root / Path).parent_path());
  std::ofstream(Root / Path) << Text;
  return *this;
}

DataFolder &DataFolder::edit(const std::string &Path, const std::string &From,
                             const std::string &To) {
  std::stringstream Text;
  Text << std::ifstream(Root / Path).rdbuf();
  std::string Whole = Text.str();
  size_t At = Whole.find(From);
  EXPECT_NE(At, std::string::npos) << Path << " has no " << From;
  if (At != std::string::npos)
    Whole.replace(At, From.size(), To);
  return file(Path, Whole);
}

llvm::Expected<Policy> DataFolder::load(PolicySources Sources) const {
  Sources.DataDir = Root.string();
  if (!Sources.ProjectFile.empty())
    Sources.ProjectFile = path(Sources.ProjectFile);
  return loadPolicy(Sources);
}

std::string DataFolder::message(PolicySources Sources) const {
  llvm::Expected<Policy> P = load(std::move(Sources));
  if (P)
    return "";
  std::string Text = llvm::toString(P.takeError());
  std::string Prefix = Root.string() + "/";
  for (size_t At; (At = Text.find(Prefix)) != std::string::npos;)
    Text.erase(At, Prefix.size());
  return Text;
}

} // namespace assay::test
