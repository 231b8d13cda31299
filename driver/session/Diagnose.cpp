#include "driver/session/Diagnose.h"

#include "driver/session/CoverageOf.h"
#include "driver/session/Remedies.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace assay;

namespace {

using GroupKey = std::tuple<std::string, std::string, ToolchainUse::From>;

class Diagnoser {
public:
  Diagnoser(const Project &P, const Policy &Rules, const SessionOptions &Options, size_t Sample)
      : P(P), Rules(Rules), Options(Options), Sample(Sample) {}
  llvm::Expected<Diagnosis> run();

private:
  void count(llvm::ArrayRef<CompileCommand> Commands, llvm::ArrayRef<ToolchainUse> Uses);
  llvm::Error parseSample(llvm::ArrayRef<CompileCommand> Commands, const PathForms &Paths,
                          CompilerGroup &Group, llvm::ArrayRef<size_t> Members);

  const Project &P;
  const Policy &Rules;
  const SessionOptions &Options;
  size_t Sample;
  std::map<GroupKey, std::vector<size_t>> Members;
  std::vector<Unit> Parsable; ///< of all samples
  Diagnosis Out;
};

} // namespace

void Diagnoser::count(llvm::ArrayRef<CompileCommand> Commands, llvm::ArrayRef<ToolchainUse> Uses) {
  std::map<std::string, size_t> Entries;
  Out.Entries = Commands.size();
  for (size_t I = 0; I != Commands.size(); ++I) {
    const ToolchainUse &Use = Uses[I];
    Out.Assembler += Use.Call.What == CompilerCall::Kind::Assemble;
    Out.Link += Use.Call.What == CompilerCall::Kind::Link;
    Out.Headers += Use.Call.What == CompilerCall::Kind::Header;
    Out.Other += Use.Call.What == CompilerCall::Kind::Other;
    if (Use.Call.What != CompilerCall::Kind::Compile)
      continue;
    const std::string File = absoluteFile(Commands[I]);
    if (++Entries[File] == 2)
      ++Out.FilesWithVariants;
    if (llvm::sys::fs::exists(File))
      Members[{Use.Call.Driver, Use.Language, Use.Source}].push_back(I);
    else
      Out.Absent.push_back(Commands[I].File);
  }
}

llvm::Error Diagnoser::parseSample(llvm::ArrayRef<CompileCommand> Commands, const PathForms &Paths,
                                   CompilerGroup &Group, llvm::ArrayRef<size_t> Members) {
  std::vector<CompileCommand> Chosen;
  const size_t Wanted = std::min(Sample, Members.size());
  for (size_t I = 0; I != Wanted; ++I)
    Chosen.push_back(Commands[Members[I * Members.size() / Wanted]]);
  Project Aside = P;
  Aside.StoreDir.clear();
  auto Parsed = gatherUnits(Chosen, Aside, Paths, Rules.Extract, Options);
  if (!Parsed)
    return Parsed.takeError();
  Group.Sampled = Wanted;
  for (const UnitCoverage &C : Parsed->Coverage) {
    Group.Whole += C.Outcome == UnitCoverage::State::Whole;
    Group.Failed +=
        C.Outcome != UnitCoverage::State::Whole && C.Outcome != UnitCoverage::State::WithErrors;
    Group.Errors += C.Errors;
    if (Group.FirstError.empty() && !C.Detail.empty())
      Group.FirstError = C.File + ": " + C.Detail;
  }
  for (Unit &U : Parsed->Units) {
    Group.Target = U.Summary->command()->target()->str();
    if (const auto *Headers = U.Summary->missing_headers())
      for (const uint32_t Header : *Headers)
        ++Group.Missing[U.Summary->strings()->Get(Header)->str()];
    Parsable.push_back(std::move(U));
  }
  return llvm::Error::success();
}

llvm::Expected<Diagnosis> Diagnoser::run() {
  auto Database = readDatabase(P, Rules.Toolchain);
  if (!Database)
    return Database.takeError();
  auto &[Commands, Equipped, Paths] = *Database;
  count(Commands, Equipped.Uses);
  Out.Notes = std::move(Equipped.Notes);
  for (const auto &[Key, Indices] : Members) {
    CompilerGroup Group;
    Group.Use = Equipped.Uses[Indices.front()];
    Group.Units = Indices.size();
    std::set<std::vector<std::string>> OptionSets;
    for (const size_t I : Indices)
      OptionSets.insert(Equipped.Uses[I].Options);
    Group.OptionSets = OptionSets.size();
    if (llvm::Error E = parseSample(Commands, Paths, Group, Indices))
      return std::move(E);
    Out.Groups.push_back(std::move(Group));
  }
  Out.Remedies = remediesFor(Parsable, Commands, Paths);
  return std::move(Out);
}

llvm::Expected<Diagnosis> assay::diagnose(const Project &P, const Policy &Rules,
                                          const SessionOptions &Options, size_t Sample) {
  return Diagnoser(P, Rules, Options, Sample).run();
}
