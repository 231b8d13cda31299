/// assay-summary-dump FILE [-- FLAGS]: extracts one unit in this process, checks the summary,
/// prints it.
#include "analysis/extract/SummaryDump.h"
#include "analysis/extract/UnitParser.h"
#include "analysis/store/Verify.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;

namespace {
struct Wishes {
  CompileCommand Command;
  std::string Root;
};
} // namespace

static Wishes parse(llvm::ArrayRef<const char *> Words) {
  Wishes W;
  llvm::SmallString<256> Here, Folder(Words.front());
  llvm::sys::fs::current_path(Here);
  llvm::sys::fs::make_absolute(Here, Folder);
  W.Root = llvm::sys::path::parent_path(Folder).str();
  W.Command.Directory = std::string(Here);
  W.Command.File = Words.front();
  std::string Compiler = llvm::StringRef(Words.front()).ends_with(".cpp") ? "c++" : "cc";
  size_t I = 1;
  for (; I + 1 < Words.size() && llvm::StringRef(Words[I]) != "--"; I += 2)
    (llvm::StringRef(Words[I]) == "--root" ? W.Root : Compiler) = Words[I + 1];
  W.Command.Arguments.push_back(Compiler);
  for (++I; I < Words.size(); ++I)
    W.Command.Arguments.push_back(Words[I]);
  return W;
}

int main(int Count, char **Words) {
  if (Count < 2) {
    llvm::errs() << "usage: assay-summary-dump FILE [--root DIR] [--compiler NAME] [-- FLAGS]\n";
    return 2;
  }
  prepareParser();
  const Wishes W = parse(llvm::ArrayRef(Words + 1, Count - 1));
  const ParsedUnit Unit = parseUnit(W.Command, PathForms(W.Root, ""));
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
