#include "driver/cli/PageScaffold.h"

#include "analysis/model/AtomicFile.h"
#include "policies/schema/NearestWord.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// {0} family of the taxonomy, {1} role, {2} what it does, {3} a function that carries it, {4} a
/// CWE number.
const char *const Template = R"(+++
title    = "TODO: the fault in a few words"
severity = "medium"
cwe      = [{4}]
family   = "{0}"

# Kinds of property: [forbid], [argument], [build]; each is described in docs/formats.md.
[forbid]
role    = "{1}"
message = "{{callee} is not allowed here"
+++

## What

TODO: what the check reports. This start reports each place that {2}.

## Why

TODO: what an attacker gains, and what happens to the patient.

## Bad

```c
void {3}();

void example(void) {{
  {3}(); // finding
}
```

## Good

```c
void example(void) {{
}
```

## Limits

TODO: what it cannot see, and where it may be wrong.
)";

Error failed(const llvm::Twine &Text) {
  return llvm::createStringError(Text);
}

/// A plain function that a C block may declare itself.
bool isPlain(const FunctionModel &F) {
  bool Word = llvm::all_of(*F.Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
  return Word && F.When.empty() && !F.Role.empty();
}

/// The first function with this role, or with any role if it is empty.
Expected<const FunctionModel *> exampleFunction(const Policy &P, const std::string &Role) {
  if (!Role.empty() && !P.role(Role)) {
    std::vector<std::string> Known;
    for (const ::assay::Role &R : P.Roles)
      Known.push_back(*R.Id);
    return failed("role '" + Role + "' is not declared" + nearestOf(Role, Known));
  }
  for (const Model &M : P.Models)
    for (const FunctionModel &F : M.Functions)
      if (isPlain(F) && (Role.empty() || F.Role == Role))
        return &F;
  return failed("no model has a plain C function with the role '" + Role +
                "'; choose another with --role");
}

/// Pages of one folder mostly belong to one family.
std::string familyFor(const PageWish &Wish, const Policy &P) {
  if (!Wish.Family.empty())
    return Wish.Family;
  std::string Folder = StringRef(Wish.Id).split('/').first.str() + "/";
  for (const auto *Pages : {&P.Checks, &P.OffChecks})
    for (const CheckPage &Page : *Pages)
      if (StringRef(Page.Id).starts_with(Folder))
        return Page.Family;
  return P.Families.empty() ? "" : P.Families.front();
}

/// Protection mechanism failure, the root of most of what a policy asks for; the author narrows it.
constexpr unsigned AnyWeakness = 693;

Expected<std::string> pageText(const PageWish &Wish, const PolicySources &Sources) {
  Expected<Policy> P = loadPolicy(Sources);
  if (!P)
    return P.takeError();
  Expected<const FunctionModel *> F = exampleFunction(*P, Wish.Role);
  if (!F)
    return F.takeError();
  const std::string &Role = (*F)->Role;
  return llvm::formatv(Template, familyFor(Wish, *P), Role, P->role(Role)->Does, *(*F)->Name,
                       AnyWeakness)
      .str();
}

} // namespace

Expected<std::string> writeNewPage(const PageWish &Wish, const PolicySources &Sources) {
  if (!llvm::Regex("^[a-z0-9-]+/[a-z0-9-]+$").match(Wish.Id))
    return failed("'" + Wish.Id + "' is no id of a check: family/name, in lower case with dashes");
  llvm::SmallString<256> Path(Wish.Folder);
  path::append(Path, Wish.Id + ".md");
  if (fs::exists(Path))
    return failed(Path + ": this page exists already");
  Expected<std::string> Text = pageText(Wish, Sources);
  if (!Text)
    return Text.takeError();
  Expected<CheckPage> Page = loadPageText(Sources, *Text, Path.str().str(), Wish.Id);
  if (!Page)
    return Page.takeError();
  if (std::error_code Code = fs::create_directories(path::parent_path(Path)))
    return failed("cannot make the folder of '" + Path + "': " + Code.message());
  if (Error E = writeFileAtomically(Path, *Text))
    return std::move(E);
  return Path.str().str();
}

} // namespace assay
