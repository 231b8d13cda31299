/// assay-extract-all DATABASE [--root DIR] [--jobs N] [--seconds N] [--megabytes N] [--out DIR]:
/// extracts all units of a database with forked workers, prints a line per unit, and keeps the
/// summaries as DIR/<number of the unit>.tus.
#include "analysis/extract/Extractor.h"
#include "analysis/store/Verify.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace assay;
namespace fs = llvm::sys::fs;

namespace {
struct Wishes {
  std::string Database, Out;
  ExtractOptions Options;
};
} // namespace

static llvm::Error usage(const llvm::Twine &Why) {
  return llvm::createStringError(
      Why + "; usage: assay-extract-all DATABASE [--root DIR] [--jobs N] [--seconds N] "
            "[--megabytes N] [--out DIR]");
}

static llvm::Expected<Wishes> parse(llvm::ArrayRef<const char *> Words) {
  Wishes W;
  for (size_t I = 0; I < Words.size(); ++I) {
    const llvm::StringRef Word = Words[I];
    if (!Word.starts_with("--")) {
      W.Database = Word.str();
      continue;
    }
    if (++I == Words.size())
      return usage("'" + Word + "' needs a value");
    const llvm::StringRef Value = Words[I];
    uint64_t Number = 0;
    if (Word == "--root")
      W.Options.ProjectRoot = Value.str();
    else if (Word == "--out")
      W.Out = Value.str();
    else if (Value.getAsInteger(10, Number))
      return usage("'" + Value + "' is no number");
    else if (Word == "--jobs")
      W.Options.Jobs = static_cast<unsigned>(Number);
    else if (Word == "--seconds")
      W.Options.TimeLimitSeconds = static_cast<unsigned>(Number);
    else if (Word == "--megabytes")
      W.Options.MemoryLimitBytes = Number << 20;
    else
      return usage("unknown option '" + Word + "'");
  }
  if (W.Database.empty())
    return usage("no database");
  return W;
}

static llvm::Error keep(const std::string &Folder, size_t Index, const WrittenUnit &Written) {
  auto Opened = openSummary(Written.Summary, Written.Shared);
  if (!Opened)
    return Opened.takeError();
  if (Folder.empty())
    return llvm::Error::success();
  std::error_code Error;
  llvm::raw_fd_ostream Out(Folder + "/" + llvm::utostr(Index) + ".tus", Error);
  if (Error)
    return llvm::errorCodeToError(Error);
  // The digests of what it shares are in it.
  Out.write(reinterpret_cast<const char *>(Written.Summary.data()), Written.Summary.size());
  return llvm::Error::success();
}

static llvm::Error run(llvm::ArrayRef<const char *> Words) {
  auto W = parse(Words);
  if (!W)
    return W.takeError();
  auto Commands = loadCompilationDatabase(W->Database);
  if (!Commands)
    return Commands.takeError();
  llvm::SmallString<256> Folder(W->Database);
  fs::make_absolute(Folder);
  W->Options.BuildDir = llvm::sys::path::parent_path(Folder).str();
  if (W->Options.ProjectRoot.empty())
    W->Options.ProjectRoot = W->Options.BuildDir;
  auto Outcomes = extractUnits(
      *Commands, W->Options,
      [&](size_t I, const WrittenUnit &Written) { return keep(W->Out, I, Written); }, nullptr);
  if (!Outcomes)
    return Outcomes.takeError();
  for (size_t I = 0; I != Outcomes->size(); ++I) {
    const UnitOutcome &O = (*Outcomes)[I];
    llvm::outs() << (*Commands)[I].File << ": " << wordFor(O.State) << ", " << O.Functions
                 << " functions, " << O.LostFunctions << " lost, " << O.Errors << " errors";
    if (!O.Detail.empty())
      llvm::outs() << ": " << O.Detail;
    if (O.DetailAt.Line)
      llvm::outs() << " at " << O.DetailAt.File << ":" << O.DetailAt.Line << ":"
                   << O.DetailAt.Column;
    llvm::outs() << "\n";
  }
  return llvm::Error::success();
}

int main(int Count, char **Words) {
  if (llvm::Error E = run(llvm::ArrayRef(Words + 1, Count - 1))) {
    llvm::errs() << "error: " << llvm::toString(std::move(E)) << "\n";
    return 2;
  }
  return 0;
}
