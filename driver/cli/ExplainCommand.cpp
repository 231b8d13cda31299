#include "driver/cli/ExplainCommand.h"

#include "analysis/model/Paths.h"
#include "driver/cli/CheckCommand.h"
#include "driver/cli/FindExplained.h"
#include "driver/cli/PolicyArguments.h"
#include "driver/cli/RunArguments.h"
#include "driver/cli/TerminalMarkdown.h"
#include "driver/cli/TextExplanation.h"
#include "driver/cli/Trouble.h"
#include "policies/schema/NearestWord.h"
#include "policies/schema/Parameters.h"
#include "sarif/report/SarifReader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

#include <unistd.h>

#include <memory>

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::raw_ostream;

constexpr unsigned WidestText = 100;

struct ExplainArguments {
  std::string What, Place, Check, Sarif, Colour = "auto";
  RunArguments Run;
};

const CheckPage *findPage(const Policy &P, const std::string &Id) {
  for (const auto *Pages : {&P.Checks, &P.OffChecks})
    for (const CheckPage &Page : *Pages)
      if (Page.Id == Id)
        return &Page;
  return nullptr;
}

Error unknownCheck(const Policy &P, const std::string &Id) {
  std::vector<std::string> Known;
  for (const auto *Pages : {&P.Checks, &P.OffChecks})
    for (const CheckPage &Page : *Pages)
      Known.push_back(Page.Id);
  llvm::sort(Known);
  return llvm::createStringError("no check is named '" + Id + "'" + nearestOf(Id, Known));
}

/// A rule is made only for a check that is on, so one that is off is switched on to be explained.
Expected<Rule> ruleOf(const std::string &Id, PolicySources Sources) {
  Sources.OnlyChecks = {Id};
  Expected<Policy> Alone = loadPolicy(Sources);
  if (!Alone)
    return Alone.takeError();
  return Alone->Rules.front();
}

void printFacts(const CheckPage &Page, const Rule &R, const std::string &Level, raw_ostream &OS) {
  OS << "severity   " << wordFor(Page.Sev) << "\nlevel      " << Level << "\nweakness   ";
  for (size_t I = 0; I != Page.Cwe.size(); ++I)
    OS << (I ? ", " : "") << "CWE-" << Page.Cwe[I];
  OS << "\nfamily     " << Page.Family << "\n";
  if (!Page.Since.empty())
    OS << "since      " << Page.Since << "\n";
  for (const auto &[Name, Limit] : parametersOf(Page))
    OS << "parameter  " << Name << " = " << Limit << "\n";
  for (const Rule::Clause &C : R.Clauses)
    OS << "clause     " << C.Standard << " " << C.Id << (C.Title.empty() ? "" : ", ") << C.Title
       << " (" << C.Basis << ")\n";
}

Error explainCheck(const ExplainArguments &Arguments, const char *Argv0, raw_ostream &OS) {
  const PolicyArguments Where{Arguments.Run.Of.Where.PolicyFile,
                              Arguments.Run.Of.Policy.ProfileOverride};
  PolicySources Sources = Where.sources(Argv0);
  Expected<Policy> P = loadPolicy(Sources);
  if (!P)
    return P.takeError();
  const CheckPage *Page = findPage(*P, Arguments.What);
  if (!Page)
    return unknownCheck(*P, Arguments.What);
  Expected<Rule> R = ruleOf(Page->Id, Sources);
  if (!R)
    return R.takeError();
  llvm::WithColor(OS, raw_ostream::SAVEDCOLOR, /*Bold=*/true) << *Page->Title;
  OS << "\n" << Page->Id << "\n\n";
  auto Level = P->Levels.find(Page->Id);
  printFacts(*Page, *R, Level == P->Levels.end() ? "off" : wordFor(Level->second), OS);
  OS << "\n";
  unsigned Columns = llvm::sys::Process::StandardOutColumns();
  printMarkdown(Page->Body, Columns ? std::min(Columns, WidestText) : WidestText, OS);
  return Error::success();
}

/// What a run concluded, and where its sources are.
struct Concluded {
  Report R;
  Project Where;
};

Expected<Concluded> fromSarif(const ExplainArguments &Arguments) {
  auto Buffer = llvm::MemoryBuffer::getFile(Arguments.Sarif, /*IsText=*/true);
  if (!Buffer)
    return llvm::createStringError("cannot read '" + Arguments.Sarif +
                                   "': " + Buffer.getError().message());
  auto R = readSarif((*Buffer)->getBuffer(), Arguments.Sarif);
  if (!R)
    return R.takeError();
  // A log may come from elsewhere: its sources are looked for below --root, or here.
  Concluded Out{std::move(*R), {}};
  llvm::SmallString<256> Root(Arguments.Run.Of.Where.Root),
      Database(Arguments.Run.Of.Where.Database);
  for (auto *Folder : {&Root, &Database})
    if (std::error_code Code = llvm::sys::fs::make_absolute(*Folder))
      return llvm::createStringError(Code, "cannot tell which folder this is");
  llvm::sys::path::append(Database, "compile_commands.json");
  Out.Where.Root = Root.str().str();
  Out.Where.Database = Database.str().str();
  return Out;
}

/// A run on summaries and answers that the store has kept; only what changed is done again.
Expected<Concluded> fromRun(ExplainArguments &Arguments, const char *Argv0) {
  auto Opened = Arguments.Run.open(Argv0);
  if (!Opened)
    return Opened.takeError();
  auto R = Arguments.Run.run(*Opened, /*ShowProgress=*/true);
  if (!R)
    return R.takeError();
  return Concluded{std::move(*R), std::move(Opened->Where)};
}

Error explainPlace(const ExplainArguments &Arguments, const Concluded &C, TextExplanation &Out,
                   raw_ostream &OS) {
  auto Wish = readPlace(Arguments.Place);
  if (!Wish)
    return Wish.takeError();
  Wish->Check = Arguments.Check;
  const PathForms Paths(C.Where.Root, llvm::sys::path::parent_path(C.Where.Database));
  llvm::SmallString<256> File(Wish->File);
  if (!llvm::sys::fs::make_absolute(File) && llvm::sys::fs::exists(File)) {
    llvm::sys::path::remove_dots(File, /*remove_dot_dot=*/true);
    Wish->File = Paths.toStored(File);
  }
  bool Any = false;
  auto Sites = findSites(C.R, *Wish);
  if (Sites)
    for (const Site *S : *Sites) {
      OS << (std::exchange(Any, true) ? "\n" : "");
      Out.site(*S, findingsAt(C.R, *S));
    }
  // What is wrong may stand where it can be mended, away from the place that was judged.
  for (const Finding &F : C.R.Findings)
    if (F.At.Line == Wish->Line && isMeant(*Wish, F.At) &&
        (Wish->Check.empty() || F.Check == Wish->Check) &&
        (!Sites || llvm::none_of(*Sites, [&](const Site *S) {
          return llvm::is_contained(findingsAt(C.R, *S), &F);
        }))) {
      OS << (std::exchange(Any, true) ? "\n" : "");
      Out.finding(F);
    }
  if (Sites)
    return Error::success();
  if (!Any)
    return Sites.takeError();
  llvm::consumeError(Sites.takeError());
  return Error::success();
}

Error explainRun(ExplainArguments &Arguments, const char *Argv0, raw_ostream &OS) {
  auto C = Arguments.Sarif.empty() ? fromRun(Arguments, Argv0) : fromSarif(Arguments);
  if (!C)
    return C.takeError();
  TextOptions How;
  How.Read = readerFor(C->Where);
  How.Colour = wantsColor(*colorModeNamed(Arguments.Colour), STDOUT_FILENO);
  How.Width = columnsOf(STDOUT_FILENO);
  TextExplanation Out(C->R, How, OS);
  if (!Arguments.Place.empty())
    return explainPlace(Arguments, *C, Out, OS);
  auto F = findFinding(C->R, Arguments.What);
  if (!F)
    return F.takeError();
  Out.finding(**F);
  return Error::success();
}

Error explain(ExplainArguments &Arguments, const char *Argv0, raw_ostream &OS) {
  if (Arguments.What.empty() == Arguments.Place.empty())
    return llvm::createStringError(
        "explain expects one of: the id of a check, the start of a fingerprint, --site FILE:LINE");
  const bool IsFingerprint = !llvm::StringRef(Arguments.What).contains('/') &&
                             llvm::all_of(Arguments.What, llvm::isHexDigit);
  if (!Arguments.Place.empty() || IsFingerprint)
    return explainRun(Arguments, Argv0, OS);
  return explainCheck(Arguments, Argv0, OS);
}

} // namespace

void addExplainCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand(
      "explain", "Show the page of a check, the whole way of a finding, or why a place was judged "
                 "as it was");
  auto Arguments = std::make_shared<ExplainArguments>();
  Command->add_option("WHAT", Arguments->What,
                      "id of a check (crypto/ecb-mode), or the start of a finding's fingerprint");
  Command
      ->add_option("--site", Arguments->Place,
                   "What was decided at this place, on what it rests, or what would settle it")
      ->type_name("FILE:LINE");
  Command->add_option("--check", Arguments->Check, "With --site: only this check")->type_name("ID");
  Command
      ->add_option("--sarif", Arguments->Sarif,
                   "Explain what this log of assay says, without a run; sources are looked for "
                   "below --root")
      ->type_name("FILE");
  Arguments->Run.addTo(*Command);
  Command->add_option("--color", Arguments->Colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  Command->callback([Arguments, Argv0, &Exit] {
    Error E = explain(*Arguments, Argv0, llvm::outs());
    Exit = E ? trouble(std::move(E)) : int(ExitHolds);
  });
}

} // namespace assay
