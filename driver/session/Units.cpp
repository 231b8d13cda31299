#include "driver/session/Units.h"

#include "analysis/extract/Extractor.h"
#include "analysis/store/FileDigests.h"
#include "analysis/store/Freshness.h"
#include "analysis/store/Store.h"
#include "driver/session/CoverageOf.h"
#include "driver/session/ToolDigest.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <thread>

using namespace assay;
namespace fs = llvm::sys::fs;

namespace {

constexpr uint64_t StoreLimitBytes = uint64_t(8) << 30;

/// A store is always used, so that a worker need not send a summary through a pipe; without a wish
/// for one it is removed.
class StorePlace {
public:
  static llvm::Expected<StorePlace> make(const std::string &Wanted) {
    StorePlace P;
    P.Dir = Wanted;
    if (Wanted.empty()) {
      llvm::SmallString<128> Made;
      if (auto EC = fs::createUniqueDirectory("assay-store", Made))
        return llvm::createStringError(EC, "no temporary folder for the summaries: %s",
                                       EC.message().c_str());
      P.Dir = Made.str().str();
      P.Temporary = true;
    }
    return P;
  }
  StorePlace(StorePlace &&O) noexcept
      : Dir(std::move(O.Dir)), Temporary(std::exchange(O.Temporary, false)) {}
  StorePlace &operator=(StorePlace &&) = delete;
  ~StorePlace() {
    if (Temporary)
      fs::remove_directories(Dir);
  }
  std::string Dir;

private:
  StorePlace() = default;
  bool Temporary = false;
};

class Gatherer {
public:
  Gatherer(llvm::ArrayRef<CompileCommand> Commands, const Store &Summaries, const PathForms &Paths,
           const SessionOptions &Options)
      : Commands(Commands), Summaries(Summaries), Paths(Paths), Options(Options),
        Files(Summaries.digestIndexPath()) {
    Out.Coverage.resize(Commands.size());
    Found.resize(Commands.size());
    for (const CompileCommand &C : Commands)
      Keys.push_back(keyOf(C));
  }

  llvm::Expected<Gathered> run() {
    std::vector<size_t> Missing;
    for (size_t I = 0; I != Commands.size(); ++I)
      if (!takeFromStore(I, /*MustBeFresh=*/true))
        Missing.push_back(I);
    if (llvm::Error E = extract(Missing))
      return std::move(E);
    for (auto &U : Found)
      if (U)
        Out.Units.push_back(std::move(*U));
    if (!Missing.empty())
      if (auto Removed = Summaries.prune(StoreLimitBytes); !Removed)
        note(llvm::toString(Removed.takeError()));
    if (llvm::Error E = Files.save())
      note(llvm::toString(std::move(E)));
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
                            {});
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

  bool takeFromStore(size_t I, bool MustBeFresh) {
    Store::Lookup L = Summaries.lookup(Keys[I]);
    if (!L.Note.empty())
      note(L.Note);
    if (!L.Found || (MustBeFresh && !isFresh(*L.Found->Summary, Files, Paths)))
      return false;
    Out.Coverage[I] = coverageOf(*L.Found, MustBeFresh);
    Found[I] = std::move(L.Found);
    return true;
  }

  llvm::Error extract(llvm::ArrayRef<size_t> Missing) {
    if (Missing.empty())
      return llvm::Error::success();
    std::vector<CompileCommand> Wanted;
    for (size_t I : Missing)
      Wanted.push_back(Commands[I]);
    ExtractOptions How;
    How.ProjectRoot = Paths.projectRoot().str();
    How.BuildDir = Paths.buildDir().str();
    How.Jobs = Options.Jobs ? Options.Jobs : std::max(1u, std::thread::hardware_concurrency());
    How.TimeLimitSeconds = Options.UnitSeconds;
    How.MemoryLimitBytes = Options.UnitBytes;
    auto Outcomes = extractUnits(
        Wanted, How,
        [&](size_t K, llvm::ArrayRef<uint8_t> Bytes) {
          return Summaries.put(Keys[Missing[K]], Bytes);
        },
        Options.OnUnit);
    if (!Outcomes)
      return Outcomes.takeError();
    for (size_t K = 0; K != Missing.size(); ++K)
      take(Missing[K], (*Outcomes)[K]);
    return llvm::Error::success();
  }

  void take(size_t I, const UnitOutcome &O) {
    bool Summarised =
        O.State == UnitCoverage::State::Whole || O.State == UnitCoverage::State::WithErrors;
    if (Summarised && takeFromStore(I, /*MustBeFresh=*/false))
      return;
    UnitCoverage &C = Out.Coverage[I];
    C.File = Paths.toStored(absolute(Commands[I]));
    C.Outcome = Summarised ? UnitCoverage::State::Failed : O.State;
    C.Detail = Summarised ? "its summary could not be read back from the store" : O.Detail;
  }

  void note(std::string Text) {
    Out.Notes.push_back({Level::Warning, std::move(Text), {}, /*InSarif=*/false});
  }

  llvm::ArrayRef<CompileCommand> Commands;
  const Store &Summaries;
  const PathForms &Paths;
  const SessionOptions &Options;
  FileDigests Files;
  std::vector<Store::Key> Keys;
  std::vector<std::optional<Unit>> Found;
  Gathered Out;
};

} // namespace

llvm::Expected<Gathered> assay::gatherUnits(llvm::ArrayRef<CompileCommand> Commands,
                                            const Project &P, const PathForms &Paths,
                                            const SessionOptions &Options) {
  auto Place = StorePlace::make(P.StoreDir);
  if (!Place)
    return Place.takeError();
  auto Summaries = Store::open(Place->Dir, toolDigest());
  if (!Summaries)
    return Summaries.takeError();
  return Gatherer(Commands, *Summaries, Paths, Options).run();
}
