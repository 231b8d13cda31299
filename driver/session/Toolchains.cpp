#include "driver/session/Toolchains.h"

#include "analysis/extract/UnitParser.h"
#include "driver/session/AskCompiler.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>
#include <tuple>

using namespace assay;
using llvm::StringRef;

namespace {

using AnswerKey = std::tuple<std::string, std::string, std::vector<std::string>>;

class Equipper {
public:
  Equipper(const ToolchainRules &Rules, StringRef Root, StringRef BuildDir)
      : Rules(Rules), Root(Root), BuildDir(BuildDir),
        Table(std::make_shared<CompilerTable>(Rules.Compilers)) {
    for (const ToolchainProfile &P : Rules.Profiles)
      Profiles.push_back(std::make_shared<ToolchainProfile>(P));
  }
  ToolchainUse equip(CompileCommand &Command);
  std::vector<CompilerAnswer> Asked;

private:
  bool mayAsk(const ToolchainUse &Use) const;
  void ask(ToolchainUse &Use, UnitToolchain &Chain);
  void lookUp(ToolchainUse &Use, UnitToolchain &Chain);
  bool isInProject(StringRef Program) const;
  std::shared_ptr<const UnitToolchain> shared(UnitToolchain Chain, const CompilerCall &Call);

  const ToolchainRules &Rules;
  StringRef Root, BuildDir;
  std::shared_ptr<const CompilerTable> Table;
  std::vector<std::shared_ptr<const ToolchainProfile>> Profiles;
  struct Reply {
    std::optional<CompilerAnswer> Answer;
    std::string Trouble; ///< why there is none
  };
  static Reply replyOf(const ToolchainUse &Use);
  std::map<AnswerKey, Reply> Replies;
  std::map<std::string, std::shared_ptr<const UnitToolchain>> Chains; ///< by digest
};

} // namespace

bool Equipper::isInProject(StringRef Program) const {
  return isBelow(Program, Root) || isBelow(Program, BuildDir);
}

bool Equipper::mayAsk(const ToolchainUse &Use) const {
  if (Use.Program.empty() || !Use.Call.Family || !Use.Call.Family->Queryable)
    return false;
  return matchesPath(Rules.QueryDrivers, Use.Program) ||
         (matchesPath(Rules.ProjectQueryDrivers, Use.Program) && !isInProject(Use.Program));
}

Equipper::Reply Equipper::replyOf(const ToolchainUse &Use) {
  auto Answer = askCompiler(Use.Program, Use.Language, Use.Options);
  if (!Answer)
    return {std::nullopt, llvm::toString(Answer.takeError())};
  return {std::move(*Answer), ""};
}

void Equipper::ask(ToolchainUse &Use, UnitToolchain &Chain) {
  const AnswerKey Key(Use.Program, Use.Language, Use.Options);
  auto Found = Replies.find(Key);
  if (Found == Replies.end()) {
    Found = Replies.emplace(Key, replyOf(Use)).first;
    if (Found->second.Answer)
      Asked.push_back(*Found->second.Answer);
  }
  Use.Trouble = Found->second.Trouble;
  Chain.Answer = Found->second.Answer;
  if (Chain.Answer)
    Use.Source = ToolchainUse::From::Asked;
}

static size_t shared(llvm::ArrayRef<std::string> A, llvm::ArrayRef<std::string> B) {
  return static_cast<size_t>(
      llvm::count_if(A, [&](const std::string &Word) { return llvm::is_contained(B, Word); }));
}

/// The driver's name counts, not its path: on another machine it lies elsewhere, or is missing.
void Equipper::lookUp(ToolchainUse &Use, UnitToolchain &Chain) {
  const StringRef Driver = llvm::sys::path::filename(Use.Call.Driver);
  const CompilerAnswer *Best = nullptr;
  for (const auto &Profile : Profiles)
    for (const CompilerAnswer &A : Profile->Answers) {
      if (A.Language != Use.Language || driverName(A.Driver) != driverName(Driver))
        continue;
      const bool Exact = A.Options == Use.Options;
      if (!Exact && Best &&
          ::shared(A.Options, Use.Options) <= ::shared(Best->Options, Use.Options))
        continue;
      Best = &A;
      Chain.Headers = Profile->Headers.empty() ? nullptr : Profile;
      Use.Profile = Profile->File;
      Use.Source = Exact ? ToolchainUse::From::Profile : ToolchainUse::From::OtherAnswer;
      if (Exact) {
        Chain.Answer = A;
        return;
      }
    }
  if (!Best)
    return;
  // Macros depend on the options that differ; folders mostly do not.
  Chain.Answer = *Best;
  Chain.Answer->Macros.clear();
}

static void add(llvm::BLAKE3 &Hash, StringRef Text) {
  Hash.update(Text);
  Hash.update(StringRef("\0", 1));
}

static std::string digestOf(const UnitToolchain &Chain, const CompilerCall &Call) {
  llvm::BLAKE3 Hash;
  add(Hash, Chain.Table->Tools.Digest);
  add(Hash, Call.Family ? Call.Family->Digest : "");
  if (Chain.Answer) {
    for (const std::string &Folder : Chain.Answer->Includes)
      add(Hash, Folder);
    for (const auto &[Name, Text] : Chain.Answer->Macros)
      add(Hash, Name + " " + Text);
  }
  add(Hash, Chain.Headers ? Chain.Headers->Digest : "");
  return llvm::toHex(Hash.final<16>(), /*LowerCase=*/true);
}

std::shared_ptr<const UnitToolchain> Equipper::shared(UnitToolchain Chain,
                                                      const CompilerCall &Call) {
  Chain.Digest = digestOf(Chain, Call);
  auto &Kept = Chains[Chain.Digest];
  if (!Kept)
    Kept = std::make_shared<UnitToolchain>(std::move(Chain));
  return Kept;
}

ToolchainUse Equipper::equip(CompileCommand &Command) {
  UnitToolchain Chain;
  Chain.Table = Table;
  Command = withoutShell(Command, *Table);
  Command.Toolchain = std::make_shared<UnitToolchain>(Chain);
  auto Files = llvm::vfs::createPhysicalFileSystem();
  Files->setCurrentWorkingDirectory(Command.Directory);
  ToolchainUse Use;
  Use.Call = readCall(Command, *Files);
  Use.Table = Table;
  Use.Language = languageOf(Use.Call, Command.File);
  if (Use.Call.What == CompilerCall::Kind::Compile) {
    Use.Program = programOf(Use.Call, Command.Directory);
    Use.Options = askableWords(Use.Call, Command.Directory);
    Use.MayAsk = mayAsk(Use);
    if (Use.MayAsk)
      ask(Use, Chain);
    if (!Chain.Answer)
      lookUp(Use, Chain);
  }
  Command.Toolchain = shared(std::move(Chain), Use.Call);
  return Use;
}

EquippedCommands assay::equipCommands(std::vector<CompileCommand> &Commands,
                                      const ToolchainRules &Rules, StringRef Root,
                                      StringRef BuildDir) {
  prepareParser(); // names of targets are looked up below
  Equipper All(Rules, Root, BuildDir);
  EquippedCommands Out;
  for (CompileCommand &Command : Commands)
    Out.Uses.push_back(All.equip(Command));
  Out.Asked = std::move(All.Asked);
  Out.Notes = notesOfUses(Out.Uses);
  return Out;
}

llvm::Expected<ReadDatabase> assay::readDatabase(const Project &P, const ToolchainRules &Rules) {
  auto Commands = commandsOf(P);
  if (!Commands)
    return Commands.takeError();
  PathForms Paths(P.Root, llvm::sys::path::parent_path(P.Database));
  EquippedCommands Equipped =
      equipCommands(*Commands, Rules, Paths.projectRoot(), Paths.buildDir());
  return ReadDatabase{std::move(*Commands), std::move(Equipped), std::move(Paths)};
}
