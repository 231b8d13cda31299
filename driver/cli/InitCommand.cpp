#include "driver/cli/InitCommand.h"

#include "analysis/model/AtomicFile.h"
#include "driver/cli/CheckCommand.h"
#include "driver/cli/ProgressLine.h"
#include "driver/cli/ProjectFileText.h"
#include "driver/cli/RunArguments.h"
#include "driver/cli/Trouble.h"
#include "driver/session/FindDatabase.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;

struct InitArguments {
  RunArguments Run;
  std::string Output;
  bool All = false;
};

std::string relativeToHere(llvm::StringRef Path) {
  llvm::SmallString<256> Here;
  if (!llvm::sys::fs::current_path(Here) && Path.consume_front(Here))
    Path.consume_front("/");
  return Path.empty() ? "." : Path.str();
}

/// Without -p: the nearest one; others are named, since they may be another variant of the device.
Error findDatabase(InitArguments &Arguments) {
  if (!Arguments.Run.Of.Where.Database.empty())
    return Error::success();
  const std::string Here = Arguments.Run.Of.Where.Root.empty() ? "." : Arguments.Run.Of.Where.Root;
  const std::vector<std::string> Found = databasesBelow(Here);
  if (Found.empty())
    return llvm::createStringError("no compile_commands.json below '" + Here +
                                   "'; make one and try again: " + commandForDatabase(Here));
  Arguments.Run.Of.Where.Database = Found.front();
  for (const std::string &Other : llvm::ArrayRef(Found).drop_front())
    llvm::errs() << "assay: note: there is also " << Other << "; name the device's with -p\n";
  return Error::success();
}

Expected<std::string> placeToWrite(const InitArguments &Arguments, const Project &P) {
  llvm::SmallString<256> Path(Arguments.Output);
  if (Path.empty()) {
    Path = P.Root;
    llvm::sys::path::append(Path, "assay.toml");
  }
  if (Path != "-" && llvm::sys::fs::exists(Path))
    return llvm::createStringError(
        relativeToHere(Path) + " is there, and init overwrites nothing; write the proposals "
                               "elsewhere with --output FILE (- for standard output) and take over "
                               "what you need");
  return Path.str().str();
}

void sayWhatIsThere(const std::vector<Proposal> &Proposals, size_t LeftOut) {
  std::map<Confidence, size_t> Count;
  for (const Proposal &P : Proposals)
    ++Count[P.Trust];
  llvm::errs() << Proposals.size() << (Proposals.size() == 1 ? " function" : " functions")
               << " or fields may have a role:";
  for (Confidence C : {Confidence::High, Confidence::Medium, Confidence::Low})
    if (Count[C])
      llvm::errs() << " " << Count[C] << " " << wordFor(C);
  llvm::errs() << (Proposals.empty() ? " none\n" : "\n");
  if (LeftOut)
    llvm::errs() << LeftOut << " more by their name alone; --all shows them\n";
}

Error init(InitArguments &Arguments, const char *Argv0) {
  if (Error E = findDatabase(Arguments))
    return E;
  auto Opened = Arguments.Run.open(Argv0);
  if (!Opened)
    return Opened.takeError();
  const Policy &Rules = Opened->Rules;
  auto Path = placeToWrite(Arguments, Opened->Where);
  if (!Path)
    return Path.takeError();
  const std::string DataDir = dataFolder(Argv0);
  auto Table = loadCandidates(DataDir, Rules);
  if (!Table)
    return Table.takeError();
  auto Profiles = profilesIn(DataDir);
  if (!Profiles)
    return Profiles.takeError();
  auto Proposals = Arguments.Run.propose(*Opened, *Table);
  if (!Proposals)
    return Proposals.takeError();
  const size_t All = Proposals->size();
  if (!Arguments.All)
    std::erase_if(*Proposals, [](const Proposal &P) { return P.Trust == Confidence::Low; });
  if (Error E =
          writeFileAtomically(*Path, projectFileText(*Profiles, Rules.Profile, *Proposals, Rules)))
    return E;
  sayWhatIsThere(*Proposals, All - Proposals->size());
  if (*Path != "-")
    llvm::errs() << "wrote " << relativeToHere(*Path) << "; next: assay check -p "
                 << relativeToHere(llvm::sys::path::parent_path(Opened->Where.Database)) << "\n";
  return Error::success();
}

} // namespace

void addInitCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "init", "Write a first assay.toml, and propose roles for the project's own functions");
  auto Arguments = std::make_shared<InitArguments>();
  Arguments->Run.addTo(*Command);
  Command
      ->add_option("-o,--output", Arguments->Output,
                   "File to write instead of the root's assay.toml (- for standard output)")
      ->type_name("FILE");
  Command->add_flag("--all", Arguments->All,
                    "Propose also what only a name speaks for (confidence low)");
  Command->callback([Arguments, Argv0, &Exit] {
    Error E = init(*Arguments, Argv0);
    Exit = E ? trouble(std::move(E)) : int(ExitHolds);
  });
}

} // namespace assay
