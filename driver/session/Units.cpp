#include "driver/session/Units.h"

#include "analysis/extract/Extractor.h"
#include "analysis/extract/WorkerPool.h"
#include "analysis/store/FileDigests.h"
#include "analysis/store/Freshness.h"
#include "analysis/store/Store.h"
#include "driver/session/CoverageOf.h"
#include "driver/session/Images.h"
#include "driver/session/Interrupts.h"
#include "driver/session/StorePlace.h"
#include "driver/session/ToolDigest.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <set>
#include <thread>

using namespace assay;
namespace fs = llvm::sys::fs;

namespace {

constexpr uint64_t StoreLimitBytes = uint64_t(8) << 30;

class Gatherer {
public:
  Gatherer(llvm::ArrayRef<CompileCommand> Commands, const Store &Summaries, const PathForms &Paths,
           const ExtractLimits &Limits, const SessionOptions &Options, const Interrupts &Signals)
      : Commands(Commands), Summaries(Summaries), Paths(Paths), Limits(Limits), Options(Options),
        Signals(Signals), Files(Summaries.digestIndexPath()), Changes(Files, Paths) {
    Out.Coverage.resize(Commands.size());
    Found.resize(Commands.size());
    for (const CompileCommand &C : Commands)
      Keys.push_back(keyOf(C));
  }

  llvm::Expected<Gathered> run() {
    std::vector<size_t> Missing;
    for (size_t I = 0; I != Commands.size() && !Signals.signal(); ++I)
      if (!takeFresh(I))
        Missing.push_back(I);
    if (llvm::Error E = extract(Missing))
      return std::move(E);
    if (Signals.signal())
      return llvm::make_error<InterruptedError>(Signals.signal());
    BuiltImages Built = imagesOf(Commands, Paths.buildDir());
    for (Note &N : notesOfImages(Built.Images))
      Out.Notes.push_back(std::move(N));
    Out.Images = std::move(Built.Images);
    Out.ShownToLoaded = std::move(Built.ShownToLoaded);
    for (size_t I = 0; I != Found.size(); ++I) {
      Out.Known.push_back({Keys[I], Paths.toStored(absolute(Commands[I])),
                           Paths.toStored(Commands[I].Directory), Built.Of[I], Found[I].has_value(),
                           Found[I] ? hex(Found[I]->Checksum) : ""});
      if (Found[I]) {
        Found[I]->Images = std::move(Built.Of[I]);
        Out.Units.push_back(std::move(*Found[I]));
      }
    }
    tidyStore(/*HasGrown=*/!Missing.empty());
    noteChanges();
    return std::move(Out);
  }

private:
  Store::Key keyOf(const CompileCommand &C) const {
    std::vector<std::string> Arguments;
    // Folders of this checkout inside an argument (-I/home/me/pump/src) must not make the key this
    // checkout's own.
    for (const std::string &A : C.Arguments)
      Arguments.push_back(withoutRoots(A));
    return Summaries.keyFor(Paths.toStored(C.Directory), Paths.toStored(absolute(C)), Arguments,
                            {C.Toolchain ? C.Toolchain->Digest : "", C.NotFollowed});
  }

  static std::string absolute(const CompileCommand &C) {
    llvm::SmallString<256> P(C.File);
    fs::make_absolute(C.Directory, P);
    return P.str().str();
  }

  std::string withoutRoots(std::string Text) const {
    for (auto [Root, Name] :
         {std::pair(Paths.buildDir(), "<build>"), std::pair(Paths.projectRoot(), "<root>")})
      for (size_t At = 0; !Root.empty() && (At = Text.find(Root.str(), At)) != std::string::npos;)
        Text.replace(At, Root.size(), Name);
    return Text;
  }

  Store::Lookup lookup(const Store &From, size_t I) {
    Store::Lookup L = From.lookup(Keys[I]);
    // Units that share damaged bodies all say the same.
    if (!L.Note.empty() && Said.insert(L.Note).second)
      note(L.Note);
    return L;
  }

  void keep(size_t I, Unit U, bool FromStore) {
    Out.Coverage[I] = coverageOf(U, FromStore);
    Found[I] = std::move(U);
  }

  bool takeFresh(size_t I) {
    Store::Lookup L = lookup(Summaries, I);
    if (!L.Found || Changes.firstIn(*L.Found->Summary))
      return false;
    keep(I, std::move(*L.Found), /*FromStore=*/true);
    return true;
  }

  void tidyStore(bool HasGrown) {
    if (HasGrown)
      if (auto Removed = Summaries.prune(StoreLimitBytes); !Removed)
        note(llvm::toString(Removed.takeError()));
    if (llvm::Error E = Files.save())
      note(llvm::toString(std::move(E)));
  }

  /// Units that read different states of one file make a program that never was.
  void noteChanges() {
    for (const std::string &Path : Files.changedSince())
      Changed.insert(Paths.toStored(Path));
    if (Changed.empty())
      return;
    constexpr size_t Named = 3;
    std::string Text = "changed while the analysis ran, which saw it partly before and partly "
                       "after; run it again: ";
    size_t N = 0;
    for (const std::string &File : Changed)
      if (N++ < Named)
        Text += (N > 1 ? ", " : "") + File;
    if (N > Named)
      Text += llvm::formatv(" and {0} more", N - Named);
    Out.Notes.push_back({Level::Warning, std::move(Text), {}, /*InSarif=*/true});
  }

  ExtractOptions howToExtract() const {
    ExtractOptions How;
    How.ProjectRoot = Paths.projectRoot().str();
    How.BuildDir = Paths.buildDir().str();
    How.Jobs = Options.Jobs ? Options.Jobs : std::max(1u, std::thread::hardware_concurrency());
    How.TimeLimitSeconds = Options.UnitSeconds.value_or(Limits.UnitSeconds);
    How.MemoryLimitBytes = uint64_t(Options.UnitMegabytes.value_or(Limits.UnitMegabytes)) << 20;
    How.StopDescriptor = Signals.descriptor();
    return How;
  }

  /// Another run may replace a summary before it is read back, by one of other sources: a checkout
  /// elsewhere that shares the store. Such units are extracted again, where nobody else writes.
  llvm::Error extract(llvm::ArrayRef<size_t> Missing) {
    auto Replaced = extractInto(Summaries, Missing);
    if (!Replaced || Replaced->empty())
      return Replaced.takeError();
    auto Place = StorePlace::make("");
    if (!Place)
      return Place.takeError();
    auto Own = Store::open(Place->Dir, toolDigest());
    if (!Own)
      return Own.takeError();
    Replaced = extractInto(*Own, *Replaced);
    if (!Replaced)
      return Replaced.takeError();
    for (size_t I : *Replaced) {
      Out.Coverage[I].Outcome = UnitCoverage::State::Failed;
      Out.Coverage[I].Detail = "its summary could not be read back from the store";
    }
    return llvm::Error::success();
  }

  /// Returns those whose summary was not the one found afterwards.
  llvm::Expected<std::vector<size_t>> extractInto(const Store &Into,
                                                  llvm::ArrayRef<size_t> Missing) {
    std::vector<size_t> Replaced;
    if (Missing.empty() || Signals.signal())
      return Replaced;
    auto Outcomes = outcomesOf(Into, Missing);
    if (!Outcomes)
      return Outcomes.takeError();
    for (size_t K = 0; K != Missing.size() && !Signals.signal(); ++K)
      if (!take(Into, Missing[K], (*Outcomes)[K]))
        Replaced.push_back(Missing[K]);
    return Replaced;
  }

  llvm::Expected<std::vector<UnitOutcome>> outcomesOf(const Store &Into,
                                                      llvm::ArrayRef<size_t> Missing) const {
    std::vector<CompileCommand> Wanted;
    for (size_t I : Missing)
      Wanted.push_back(Commands[I]);
    auto Outcomes = extractUnits(
        Wanted, howToExtract(),
        [&](size_t K, const WrittenUnit &Written) {
          return Into.put(Keys[Missing[K]], Written.Summary, Written.Shared);
        },
        Options.OnUnit);
    if (!Outcomes && Outcomes.errorIsA<StoppedError>()) {
      llvm::consumeError(Outcomes.takeError());
      return llvm::make_error<InterruptedError>(Signals.signal());
    }
    return Outcomes;
  }

  /// False when the store holds something else by now.
  bool take(const Store &From, size_t I, const UnitOutcome &O) {
    const std::string File = Paths.toStored(absolute(Commands[I]));
    UnitCoverage &C = Out.Coverage[I];
    C.File = File;
    C.Outcome = O.State;
    C.Detail = O.Detail;
    const bool Summarised =
        O.State == UnitCoverage::State::Whole || O.State == UnitCoverage::State::WithErrors;
    if (!Summarised)
      return true;
    if (!O.FirstCause.empty())
      note(File + ": the first attempt ended (" + O.FirstCause + "), the second went well");
    Store::Lookup L = lookup(From, I);
    if (!L.Found || hex(L.Found->Checksum) != O.Digest)
      return false;
    if (auto Doubtful = Changes.firstIn(*L.Found->Summary))
      Changed.insert(*Doubtful);
    keep(I, std::move(*L.Found), /*FromStore=*/false);
    return true;
  }

  void note(std::string Text) {
    Out.Notes.push_back({Level::Warning, std::move(Text), {}, /*InSarif=*/false});
  }

  llvm::ArrayRef<CompileCommand> Commands;
  const Store &Summaries;
  const PathForms &Paths;
  const ExtractLimits &Limits;
  const SessionOptions &Options;
  const Interrupts &Signals;
  FileDigests Files;
  SourceChanges Changes;
  std::set<std::string> Changed; ///< while this run read them; stored paths
  std::set<std::string> Said;    ///< by the store
  std::vector<Store::Key> Keys;
  std::vector<std::optional<Unit>> Found;
  Gathered Out;
};

} // namespace

llvm::Expected<Gathered> assay::gatherUnits(llvm::ArrayRef<CompileCommand> Commands,
                                            const Project &P, const PathForms &Paths,
                                            const ExtractLimits &Limits,
                                            const SessionOptions &Options) {
  const Interrupts Signals(Options.CatchSignals);
  auto Place = StorePlace::make(P.StoreDir);
  if (!Place)
    return Place.takeError();
  auto Summaries = Store::open(Place->Dir, toolDigest());
  if (!Summaries)
    return Summaries.takeError();
  return Gatherer(Commands, *Summaries, Paths, Limits, Options, Signals).run();
}
