#include "policies/schema/ProfileLoader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace assay {

using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace path = llvm::sys::path;

Record<Profile> profileRecord() {
  return Record<Profile>("A profile: which checks, at which level, for which kind of product")
      .key("name", Presence::Required, "the name of this file without .toml", &Profile::Name,
           located(text()))
      .key("title", Presence::Required, "for whom it is, in one line", &Profile::Title, text())
      .key("extends", Presence::Optional, "profile whose rows come first", &Profile::Extends,
           located(text()))
      .key("classes", Presence::Optional, "product classes that it is for", &Profile::Classes,
           listOf(located(text())))
      .key("standards", Presence::Optional, "standards whose clauses the report cites",
           &Profile::Standards, listOf(located(text())))
      .key("checks", Presence::Optional, "check or glob = off, on, note, warning or error",
           &Profile::Checks, checkRows());
}

static std::vector<std::string> profileNames(const std::string &Folder) {
  std::vector<std::string> Names;
  std::error_code Code;
  for (const std::string &File : tomlFilesIn(Folder, Code))
    Names.push_back(path::stem(File).str());
  llvm::sort(Names); // not the order of the files: '-' stands before '.'
  return Names;
}

static Expected<Profile> readProfile(PolicyTexts &Texts, const std::string &Folder,
                                     const Located<std::string> &Name) {
  std::vector<std::string> Known = profileNames(Folder);
  if (!llvm::is_contained(Known, *Name))
    return errorAt(Name.At, "no profile is named '{0}'{1}", *Name, didYouMean(*Name, Known));
  llvm::SmallString<256> Path(Folder);
  path::append(Path, *Name + ".toml");
  Expected<TomlValue> File = parseTomlFile(Texts, Path.str().str(), Name.At);
  if (!File)
    return File.takeError();
  Profile P;
  if (Error E = profileRecord().read(*File, P))
    return std::move(E);
  if (*P.Name != *Name)
    return errorAt(P.Name.At, "this profile's file is '{0}.toml', so its name is not '{1}'", *Name,
                   *P.Name);
  return P;
}

static Error cycleError(const ProfileChain &Chain, const Located<std::string> &Again) {
  std::string Cycle;
  for (const Profile &P : Chain)
    if (!Cycle.empty() || *P.Name == *Again)
      Cycle += *P.Name + " extends ";
  return errorAt(Again.At, "profiles extend each other in a cycle: {0}{1}", Cycle, *Again);
}

static Error checkStandards(const ProfileChain &Chain, const Taxonomy &Clauses) {
  Error All = Error::success();
  for (const Profile &P : Chain)
    for (const Located<std::string> &S : P.Standards)
      if (!Clauses.standard(*S))
        All =
            joinErrors(std::move(All), errorAt(S.At, "standard '{0}' is no row of the taxonomy{1}",
                                               *S, didYouMean(*S, Clauses.standards())));
  for (const Profile &P : Chain)
    for (const Located<std::string> &C : P.Classes)
      if (!llvm::is_contained(Clauses.classes(), *C))
        All = joinErrors(std::move(All), errorAt(C.At, "product class '{0}' is not declared{1}", *C,
                                                 didYouMean(*C, Clauses.classes())));
  return All;
}

/// The classes that the last of the chain to name any is for.
static const std::vector<Located<std::string>> &classesOf(const ProfileChain &Chain) {
  for (const Profile &P : llvm::reverse(Chain))
    if (!P.Classes.empty())
      return P.Classes;
  return Chain.back().Classes;
}

static Error checkApplicability(const ProfileChain &Chain, const Taxonomy &Clauses) {
  Error All = Error::success();
  for (const Located<std::string> &S : standardsOf(Chain))
    for (const Located<std::string> &Class : classesOf(Chain))
      if (std::optional<std::string> Why = Clauses.exclusion(*S, *Class))
        All = joinErrors(std::move(All),
                         errorAt(S.At,
                                 "profile '{0}' is for the class '{1}', to which '{2}' does not "
                                 "apply: {3}",
                                 *Chain.back().Name, *Class, *S, *Why));
  return All;
}

Expected<ProfileChain> loadProfile(PolicyTexts &Texts, const std::string &Folder,
                                   const Located<std::string> &Name, const Taxonomy &Clauses) {
  ProfileChain Chain; // the other way round while it grows
  for (Located<std::string> Next = Name; !Next->empty(); Next = Chain.back().Extends) {
    if (llvm::any_of(Chain, [&](const Profile &P) { return *P.Name == *Next; }))
      return cycleError(Chain, Next);
    Expected<Profile> P = readProfile(Texts, Folder, Next);
    if (!P)
      return P.takeError();
    Chain.push_back(std::move(*P));
  }
  std::reverse(Chain.begin(), Chain.end());
  if (Error E = checkStandards(Chain, Clauses))
    return std::move(E);
  if (Error E = checkApplicability(Chain, Clauses))
    return std::move(E);
  return Chain;
}

std::vector<Located<std::string>> standardsOf(const ProfileChain &Chain) {
  std::vector<Located<std::string>> All;
  for (const Profile &P : Chain)
    for (const Located<std::string> &S : P.Standards)
      if (llvm::none_of(All, [&](const auto &Other) { return *Other == *S; }))
        All.push_back(S);
  return All;
}

} // namespace assay
