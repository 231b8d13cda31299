#include "driver/cli/RunArguments.h"

#include "analysis/model/Paths.h"
#include "driver/cli/ProgressLine.h"
#include "driver/cli/ToolchainArguments.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace assay;

void RunArguments::addTo(CLI::App &Command) {
  Command
      .add_option("-p,--database", Where.Database,
                  "compile_commands.json, or the folder that holds it")
      ->type_name("DIR");
  Command.add_option("--root", Where.Root, "The project's root; files are named relative to it")
      ->type_name("DIR");
  Command
      .add_option("--policy", Where.PolicyFile,
                  "The project's policy (default: assay.toml of the root)")
      ->type_name("FILE");
  Command.add_option("--profile", Policy.ProfileOverride, "Profile to use instead of the policy's")
      ->type_name("NAME");
  Command.add_option("-j,--jobs", Session.Jobs, "Workers (default: one per core)")
      ->check(CLI::Range(1u, 1024u));
  Command
      .add_option("--store", Where.StoreDir,
                  "Where summaries are kept (default: .assay/store in the root)")
      ->type_name("DIR");
  Command.add_flag("--no-store", NoStore, "Keep no summaries");
  Command
      .add_option("--unit-seconds", Session.UnitSeconds, "Time limit of one unit (default: 300)")
      ->check(CLI::Range(1u, 86400u));
  Command
      .add_option("--unit-megabytes", Session.UnitMegabytes,
                  "Memory limit of one unit (default: 4096)")
      ->check(CLI::Range(64u, 1u << 20));
  addToolchainOptions(Command, Policy);
}

llvm::Expected<FoundProject> RunArguments::find(const char *Argv0) {
  Where.KeepStore = !NoStore;
  auto Found = findProject(Where);
  if (!Found)
    return Found.takeError();
  Policy.DataDir = dataFolder(Argv0);
  Policy.ProjectFile = Found->PolicyFile;
  return Found;
}

llvm::Expected<Report> RunArguments::run(const FoundProject &Found, bool ShowProgress) {
  auto Rules = loadPolicy(Policy);
  if (!Rules)
    return Rules.takeError();
  ProgressLine Line(ShowProgress);
  return assay::Session(*Rules, options(Line)).run(Found.Where);
}

llvm::Expected<std::vector<Proposal>> RunArguments::propose(const assay::Policy &Rules,
                                                            const FoundProject &Found,
                                                            const CandidateTable &Table) {
  ProgressLine Line(/*Wanted=*/true);
  return assay::Session(Rules, options(Line)).propose(Found.Where, Table);
}

SessionOptions RunArguments::options(ProgressLine &Line) const {
  SessionOptions Out = Session;
  Out.CatchSignals = true;
  Out.OnUnit = [&Line](size_t Done, size_t Total, const std::string &File) {
    Line.show(Done, Total, File);
  };
  return Out;
}

SourceReader assay::readerFor(const Project &P) {
  return
      [Paths = PathForms(P.Root, llvm::sys::path::parent_path(P.Database))](llvm::StringRef File) {
        auto Buffer = llvm::MemoryBuffer::getFile(Paths.toDisk(File));
        return Buffer ? std::move(*Buffer) : nullptr;
      };
}
