#include "driver/session/SaveToolchain.h"

#include "driver/session/Toolchains.h"
#include "driver/session/Units.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace assay;
using llvm::StringRef;

/// Of the files that units read, those in a folder of an answer.
static std::vector<VirtualHeader> headersOf(llvm::ArrayRef<Unit> Units,
                                            llvm::ArrayRef<CompilerAnswer> Answers,
                                            const PathForms &Paths) {
  std::set<std::string> Folders, Wanted;
  for (const CompilerAnswer &A : Answers)
    Folders.insert(A.Includes.begin(), A.Includes.end());
  for (const Unit &U : Units)
    for (const FileRead *File : *U.Summary->files()) {
      const std::string Path = Paths.toDisk(File->path()->str());
      for (const std::string &Folder : Folders)
        if (isBelow(Path, Folder))
          Wanted.insert(Path);
    }
  std::vector<VirtualHeader> Headers;
  for (const std::string &Path : Wanted)
    if (auto Buffer = llvm::MemoryBuffer::getFile(Path))
      Headers.push_back({Path, (*Buffer)->getBuffer().str()});
  return Headers;
}

static void noteSilentCompilers(llvm::ArrayRef<ToolchainUse> Uses, std::vector<Note> &Notes) {
  std::map<std::string, std::string> Why;
  for (const ToolchainUse &Use : Uses) {
    if (Use.Call.What != CompilerCall::Kind::Compile || Use.Source == ToolchainUse::From::Asked)
      continue;
    const bool Askable = Use.Call.Family && Use.Call.Family->Queryable;
    Why[Use.Call.Driver] = !Use.Trouble.empty()  ? Use.Trouble
                           : !Askable            ? "compilers of its family cannot be asked"
                           : Use.Program.empty() ? "it is not on this machine"
                                                 : "no --query-driver matches " + Use.Program;
  }
  for (const auto &[Driver, Reason] : Why)
    Notes.push_back({Level::Warning, "'" + Driver + "' is not saved: " + Reason, {}, false});
}

llvm::Expected<SavedToolchain> assay::saveToolchain(const Project &P, const Policy &Rules,
                                                    const SessionOptions &Options,
                                                    bool WithHeaders) {
  auto Database = readDatabase(P, Rules.Toolchain);
  if (!Database)
    return Database.takeError();
  auto &[Commands, Equipped, Paths] = *Database;
  SavedToolchain Out;
  noteSilentCompilers(Equipped.Uses, Out.Notes);
  std::vector<CompileCommand> Answered;
  for (size_t I = 0; I != Commands.size(); ++I)
    if (Equipped.Uses[I].Source == ToolchainUse::From::Asked)
      Answered.push_back(Commands[I]);
  Out.Units = Commands.size();
  Out.Answered = Answered.size();
  if (Answered.empty()) {
    std::string Why;
    for (const Note &N : Out.Notes)
      Why += "\n  " + N.Text;
    return llvm::createStringError("no compiler of the database was asked; name those that may be "
                                   "run: --query-driver='/usr/bin/*'" +
                                   Why);
  }
  Out.Profile.Answers = std::move(Equipped.Asked);
  llvm::sort(Out.Profile.Answers, [](const CompilerAnswer &A, const CompilerAnswer &B) {
    return std::tie(A.Driver, A.Language, A.Options, A.Path) <
           std::tie(B.Driver, B.Language, B.Options, B.Path);
  });
  if (!WithHeaders)
    return Out;
  auto Summaries = gatherUnits(Answered, P, Paths, Rules.Extract, Options);
  if (!Summaries)
    return Summaries.takeError();
  Out.Profile.Headers = headersOf(Summaries->Units, Out.Profile.Answers, Paths);
  return Out;
}
