#include "driver/cli/ExplainCommand.h"

#include "driver/cli/CheckCommand.h"
#include "driver/cli/PolicyArguments.h"
#include "driver/cli/TerminalMarkdown.h"
#include "driver/cli/Trouble.h"
#include "policies/schema/NearestWord.h"
#include "policies/schema/Parameters.h"

#include "llvm/Support/Process.h"
#include "llvm/Support/WithColor.h"

#include <memory>

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::raw_ostream;

constexpr unsigned WidestText = 100;

struct ExplainArguments {
  std::string Check;
  PolicyArguments Where;
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

Error explain(const ExplainArguments &Arguments, const char *Argv0, raw_ostream &OS) {
  PolicySources Sources = Arguments.Where.sources(Argv0);
  Expected<Policy> P = loadPolicy(Sources);
  if (!P)
    return P.takeError();
  const CheckPage *Page = findPage(*P, Arguments.Check);
  if (!Page)
    return unknownCheck(*P, Arguments.Check);
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

} // namespace

void addExplainCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Command = App.add_subcommand("explain", "Show the page of a check");
  auto Arguments = std::make_shared<ExplainArguments>();
  Command->add_option("CHECK", Arguments->Check, "id of a check: crypto/ecb-mode")->required();
  Arguments->Where.addTo(*Command);
  Command->callback([Arguments, Argv0, &Exit] {
    Error E = explain(*Arguments, Argv0, llvm::outs());
    Exit = E ? trouble(std::move(E)) : int(ExitHolds);
  });
}

} // namespace assay
