/// assay-summary-dump FILE [-- FLAGS]: extracts one unit in this process, checks the summary,
/// prints it.
#include "analysis/extract/CompilerCall.h"
#include "analysis/extract/SummaryDump.h"
#include "analysis/extract/UnitParser.h"
#include "analysis/store/Verify.h"
#include "policies/schema/FamilyLoader.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;

namespace {
struct Wishes {
  CompileCommand Command;
  std::string Root, Families;
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
    (llvm::StringRef(Words[I]) == "--root"         ? W.Root
     : llvm::StringRef(Words[I]) == "--toolchains" ? W.Families
                                                   : Compiler) = Words[I + 1];
  W.Command.Arguments.push_back(Compiler);
  for (++I; I < Words.size(); ++I)
    W.Command.Arguments.push_back(Words[I]);
  return W;
}

static llvm::Error equip(Wishes &W) {
  if (W.Families.empty())
    return llvm::Error::success();
  PolicyTexts Texts;
  auto Table = loadFamilies(Texts, W.Families);
  if (!Table)
    return Table.takeError();
  auto Toolchain = std::make_shared<UnitToolchain>();
  Toolchain->Table = std::make_shared<CompilerTable>(std::move(*Table));
  W.Command = withoutShell(W.Command, *Toolchain->Table);
  W.Command.Toolchain = std::move(Toolchain);
  return llvm::Error::success();
}

int main(int Count, char **Words) {
  if (Count < 2) {
    llvm::errs() << "usage: assay-summary-dump FILE [--root DIR] [--compiler NAME] "
                    "[--toolchains DIR] [-- FLAGS]\n";
    return 2;
  }
  prepareParser();
  Wishes W = parse(llvm::ArrayRef(Words + 1, Count - 1));
  if (llvm::Error Fault = equip(W)) {
    llvm::errs() << "failed: " << llvm::toString(std::move(Fault)) << "\n";
    return 1;
  }
  const ParsedUnit Parsed = parseUnit(W.Command, PathForms(W.Root, ""));
  if (Parsed.Written.Summary.empty()) {
    llvm::errs() << "failed: " << Parsed.Outcome.Detail << "\n";
    return 1;
  }
  auto Opened = openSummary(Parsed.Written.Summary, Parsed.Written.Shared);
  if (!Opened) {
    llvm::errs() << "invalid summary: " << llvm::toString(Opened.takeError()) << "\n";
    return 1;
  }
  dumpSummary(*Opened, llvm::outs());
  return 0;
}
