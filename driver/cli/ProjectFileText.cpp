#include "driver/cli/ProjectFileText.h"

#include "driver/cli/SourceExcerpt.h"
#include "driver/cli/TextFindings.h"
#include "policies/schema/ProfileLoader.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace assay {

static constexpr unsigned TextWidth = 110;

const char *wordFor(Confidence C) {
  switch (C) {
  case Confidence::High:
    return "high";
  case Confidence::Medium:
    return "medium";
  case Confidence::Low:
    return "low";
  }
  return "low";
}

Expected<std::vector<ProfileChoice>> profilesIn(const std::string &DataDir) {
  std::vector<std::string> Files;
  std::error_code Code;
  for (sys::fs::directory_iterator It(DataDir + "/policies/profiles", Code), End;
       It != End && !Code; It.increment(Code))
    if (sys::path::extension(It->path()) == ".toml")
      Files.push_back(It->path());
  sort(Files);
  std::vector<ProfileChoice> Found;
  PolicyTexts Texts;
  for (const std::string &File : Files) {
    Expected<TomlValue> Table = parseTomlFile(Texts, File);
    if (!Table)
      return Table.takeError();
    Profile P;
    if (Error E = profileRecord().read(*Table, P))
      return std::move(E);
    Found.push_back({*P.Name, P.Title});
  }
  return Found;
}

static std::string commented(StringRef Text, unsigned Indent = 0) {
  std::string Out;
  bool First = true;
  for (const std::string &Line :
       wrapped(printable(Text), TextWidth - Indent, TextWidth - Indent - 2)) {
    Out += "# " + std::string(Indent + (First || Indent == 0 ? 0 : 2), ' ') + Line + "\n";
    First = false;
  }
  return Out;
}

/// A basic string of TOML.
static std::string tomlString(StringRef Text) {
  std::string Out = "\"";
  for (char C : printable(Text)) {
    if (C == '"' || C == '\\')
      Out += '\\';
    Out += C;
  }
  return Out + "\"";
}

static std::string bindText(const Proposal &P) {
  std::string Out;
  for (const auto &[Bind, Argument] : P.Binds)
    Out += (Out.empty() ? "" : ", ") + Bind + " = " + std::to_string(Argument);
  return "{ " + Out + " }";
}

static std::string rowOf(const Proposal &P) {
  std::string Out = "# " + (P.IsField ? "field " + P.Name : P.Name + "()") + ", " +
                    wordFor(P.Trust) + " confidence, at " + placeText(P.At) + "\n";
  Out += commented(P.Signature, 2);
  for (const std::string &Why : P.Why)
    Out += commented("- " + Why, 2);
  if (P.Success)
    Out += commented("- success is " + *P.Success + ": " + P.SuccessWhy, 2);
  else if (P.CanSucceed)
    Out += commented("- which results mean success is not clear: add success = \"== ...\"", 2);
  Out += P.IsField ? "#[[field]]\n" : "#[[function]]\n";
  Out += "#name    = " + tomlString(P.Name) + "\n#role    = " + tomlString(P.Role) + "\n";
  if (!P.Binds.empty())
    Out += "#bind    = " + bindText(P) + "\n";
  if (P.Success)
    Out += "#success = " + tomlString(*P.Success) + "\n";
  return Out;
}

static std::string head(ArrayRef<ProfileChoice> Profiles, const std::string &Profile) {
  std::string Out = "# What Assay checks in this project, and what the project's own functions "
                    "mean. Every key: docs/formats.md of Assay.\n\n"
                    "# Which checks run, and to which standards they are tied:\n";
  for (const ProfileChoice &P : Profiles)
    Out += formatv("#   {0,-18}{1}\n", P.Name, P.Title);
  Out += "profile = " + tomlString(Profile) + "\n\n";
  Out += "# Files of the compile database that are no part of the device:\n"
         "#[scope]\n#exclude = [\"tests/*\", \"tools/*\"]\n\n"
         "# What fails the build: findings of this level, what could not be proved, too little "
         "read.\n"
         "#[gate]\n#fail-on  = \"error\"\n#unproven = \"ignore\"\n#coverage = 90\n\n"
         "# Levels and limits of single checks (assay checks list):\n"
         "#[checks]\n#\"crypto/broken-hash\" = \"warning\"\n";
  return Out;
}

std::string projectFileText(ArrayRef<ProfileChoice> Profiles, const std::string &Profile,
                            ArrayRef<Proposal> Proposals, const Policy &Rules) {
  std::string Out = head(Profiles, Profile);
  if (Proposals.empty())
    return Out;
  Out += "\n# " + std::string(100, '-') + "\n";
  Out += commented("Functions that may have a role. Assay found them; whether they do what the "
                   "role says, a person has to tell. To enable one, read it, correct its row and "
                   "remove the '#' before the row's lines. Only a row without '#' counts.");
  StringRef Role;
  for (const Proposal &P : Proposals) {
    if (P.Role != Role) {
      Role = P.Role;
      const assay::Role *R = Rules.role(P.Role);
      Out += "\n# ---- " + P.Role + "\n" + commented(R ? R->Does : "");
    }
    Out += "\n" + rowOf(P);
  }
  return Out;
}

} // namespace assay
