/// assay-summary-dump FILE [-- FLAGS]: extracts one unit in this process, checks the summary,
/// prints it.
#include "analysis/extract/SummaryDump.h"
#include "analysis/extract/UnitParser.h"
#include "analysis/store/Verify.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;

static CompileCommand commandOf(llvm::ArrayRef<const char *> Words) {
  CompileCommand Command;
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  Command.Directory = std::string(Here);
  Command.File = Words.front();
  Words = Words.drop_front();
  const bool IsCxx = llvm::StringRef(Command.File).ends_with(".cpp");
  Command.Arguments.push_back(IsCxx ? "c++" : "cc");
  if (!Words.empty() && llvm::StringRef(Words.front()) == "--")
    Words = Words.drop_front();
  Command.Arguments.insert(Command.Arguments.end(), Words.begin(), Words.end());
  return Command;
}

int main(int Count, char **Words) {
  if (Count < 2) {
    llvm::errs() << "usage: assay-summary-dump FILE [-- FLAGS]\n";
    return 2;
  }
  prepareParser();
  const CompileCommand Command = commandOf(llvm::ArrayRef(Words + 1, Count - 1));
  llvm::SmallString<256> Folder(Command.File);
  llvm::sys::fs::make_absolute(Command.Directory, Folder);
  const PathForms Paths(llvm::sys::path::parent_path(Folder), "");
  ParsedUnit Unit = parseUnit(Command, Paths);
  if (Unit.Summary.empty()) {
    llvm::errs() << "failed: " << Unit.Outcome.Detail << "\n";
    return 1;
  }
  const auto *Summary = flatbuffers::GetRoot<TUSummary>(Unit.Summary.data());
  if (llvm::Error Fault = verifySummary(*Summary)) {
    llvm::errs() << "invalid summary: " << llvm::toString(std::move(Fault)) << "\n";
    return 1;
  }
  dumpSummary(*Summary, llvm::outs());
  return 0;
}
