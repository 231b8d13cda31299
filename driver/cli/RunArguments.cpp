#include "driver/cli/RunArguments.h"

#include "analysis/model/Paths.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace assay;

void RunArguments::addTo(CLI::App &Command) {
  Of.addTo(Command);
  Command
      .add_option("--profile", Of.Policy.ProfileOverride, "Profile to use instead of the policy's")
      ->type_name("NAME");
  Command.add_option("-j,--jobs", Session.Jobs, "Workers (default: one per core)")
      ->check(CLI::Range(1u, 1024u));
  Command
      .add_option("--store", Of.Where.StoreDir,
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
}

llvm::Expected<OpenedProject> RunArguments::open(const char *Argv0) {
  Of.Where.KeepStore = !NoStore;
  return Of.open(Argv0);
}

llvm::Expected<Report> RunArguments::run(const OpenedProject &P, bool ShowProgress) const {
  ProgressLine Line(ShowProgress);
  return assay::Session(P.Rules, options(Line)).run(P.Where);
}

llvm::Expected<std::vector<Proposal>> RunArguments::propose(const OpenedProject &P,
                                                            const CandidateTable &Table) const {
  ProgressLine Line(/*Wanted=*/true);
  return assay::Session(P.Rules, options(Line)).propose(P.Where, Table);
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
