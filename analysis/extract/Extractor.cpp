#include "analysis/extract/Extractor.h"

#include "analysis/extract/WorkerPool.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace assay;
namespace json = llvm::json;

/// The form in which an outcome crosses from a worker to its parent.
static std::string encode(const UnitOutcome &O) {
  json::Value Value = json::Object{{"state", static_cast<int64_t>(O.State)},
                                   {"functions", O.Functions},
                                   {"lost", O.LostFunctions},
                                   {"errors", O.Errors},
                                   {"detail", json::fixUTF8(O.Detail)},
                                   {"file", json::fixUTF8(O.DetailAt.File)},
                                   {"line", O.DetailAt.Line},
                                   {"column", O.DetailAt.Column},
                                   {"digest", O.Digest}};
  return llvm::formatv("{0}", Value);
}

static UnitOutcome decode(llvm::StringRef Text) {
  UnitOutcome O;
  auto Value = json::parse(Text);
  const json::Object *Fields = Value ? Value->getAsObject() : nullptr;
  if (!Fields) {
    llvm::consumeError(Value.takeError());
    O.State = UnitCoverage::State::Crashed;
    O.Detail = "the worker's answer is not readable";
    return O;
  }
  auto Number = [&](llvm::StringRef Key) {
    return static_cast<unsigned>(Fields->getInteger(Key).value_or(0));
  };
  O.State = static_cast<UnitCoverage::State>(Number("state"));
  O.Functions = Number("functions");
  O.LostFunctions = Number("lost");
  O.Errors = Number("errors");
  O.Detail = Fields->getString("detail").value_or("").str();
  O.Digest = Fields->getString("digest").value_or("").str();
  O.DetailAt = {Fields->getString("file").value_or("").str(), Number("line"), Number("column"), ""};
  return O;
}

static UnitOutcome extractUnit(const CompileCommand &Command, size_t Index, const PathForms &Paths,
                               const SummarySink &Sink) {
  ParsedUnit Unit = parseUnit(Command, Paths);
  if (Unit.Written.Summary.empty())
    return Unit.Outcome;
  Unit.Outcome.Digest =
      llvm::toHex(llvm::BLAKE3::hash<32>(Unit.Written.Summary), /*LowerCase=*/true);
  if (llvm::Error E = Sink(Index, Unit.Written)) {
    Unit.Outcome.State = UnitCoverage::State::Failed;
    Unit.Outcome.Detail = "its summary could not be kept: " + llvm::toString(std::move(E));
  }
  return Unit.Outcome;
}

static UnitOutcome outcomeOf(const WorkResult &Result, const ExtractOptions &Options) {
  UnitOutcome O;
  switch (Result.How) {
  case WorkResult::End::Done:
    return decode(Result.Text);
  case WorkResult::End::Crashed:
    O.State = UnitCoverage::State::Crashed;
    O.Detail = "the parser crashed: " + Result.Text;
    break;
  case WorkResult::End::TimedOut:
    O.State = UnitCoverage::State::TimedOut;
    O.Detail = llvm::formatv("not finished after {0} seconds", Options.TimeLimitSeconds);
    break;
  case WorkResult::End::OutOfMemory:
    O.State = UnitCoverage::State::OutOfMemory;
    O.Detail = llvm::formatv("more than {0} MiB of memory", Options.MemoryLimitBytes >> 20);
    break;
  case WorkResult::End::Killed:
    O.State = UnitCoverage::State::Crashed;
    O.Detail = "its worker was ended from outside (" + Result.Text +
               "), as the system does when memory is short";
    break;
  }
  O.Detail += ", in two attempts";
  return O;
}

llvm::Expected<std::vector<UnitOutcome>>
assay::extractUnits(llvm::ArrayRef<CompileCommand> Commands, const ExtractOptions &Options,
                    const SummarySink &Sink, const ExtractProgress &Progress) {
  prepareParser();
  const PathForms Paths(Options.ProjectRoot, Options.BuildDir);
  size_t Done = 0;
  auto Results = runInWorkers(
      Commands.size(),
      {Options.Jobs, Options.TimeLimitSeconds, Options.MemoryLimitBytes, Options.StopDescriptor},
      [&](size_t I) { return encode(extractUnit(Commands[I], I, Paths, Sink)); },
      [&](size_t I) {
        ++Done;
        if (Progress)
          Progress(Done, Commands.size(), Paths.toStored(absoluteFile(Commands[I])));
      });
  if (!Results && Results.errorIsA<StoppedError>())
    return Results.takeError();
  if (!Results)
    return llvm::createStringError("cannot start a worker process: " +
                                   llvm::toString(Results.takeError()));
  std::vector<UnitOutcome> Outcomes;
  for (WorkResult &Result : *Results) {
    Outcomes.push_back(outcomeOf(Result, Options));
    Outcomes.back().FirstCause = std::move(Result.FirstCause);
  }
  return Outcomes;
}
