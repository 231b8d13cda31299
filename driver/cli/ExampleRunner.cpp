#include "driver/cli/ExampleRunner.h"

#include "driver/cli/ExampleFolder.h"
#include "driver/session/Session.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::formatv;
using llvm::StringRef;

/// A place in a block's file, as a place in the page.
SourcePosition inPage(const Example &Block, StringRef File, unsigned Line, unsigned Column = 1) {
  for (const Example::File &F : Block.Files)
    if (F.Name == File && Line)
      return {Block.At.File, F.PageLine + Line - 1, Column};
  return Block.At;
}

bool isAt(const Finding &F, StringRef File, unsigned Line) {
  return F.At.File == File && F.At.Line == Line;
}

void compareExpected(const Example &Block, const Report &R, std::vector<ExampleFault> &Faults) {
  for (const Example::File &File : Block.Files)
    for (const Example::File::Expected &Want : File.Findings) {
      std::string Other;
      bool Any = false, Matches = false;
      for (const Finding &F : R.Findings)
        if (isAt(F, File.Name, Want.Line)) {
          Any = true;
          Other = F.Message;
          Matches |= StringRef(F.Message).contains(Want.Text);
        }
      SourcePosition At = inPage(Block, File.Name, Want.Line);
      if (!Any)
        Faults.push_back({At, "missing: a finding here"});
      else if (!Matches)
        Faults.push_back({At, formatv("wrong message: expected '{0}' in '{1}'", Want.Text, Other)});
    }
}

bool isExpected(const Example &Block, const Finding &F) {
  for (const Example::File &File : Block.Files)
    for (const Example::File::Expected &Want : File.Findings)
      if (isAt(F, File.Name, Want.Line))
        return true;
  return false;
}

void compareFound(const Example &Block, const Report &R, std::vector<ExampleFault> &Faults) {
  for (const Finding &F : R.Findings)
    if (!isExpected(Block, F))
      Faults.push_back(
          {inPage(Block, F.At.File, F.At.Line, F.At.Column), "unexpected: " + F.Message});
}

void compareParse(const Example &Block, const Report &R, std::vector<ExampleFault> &Faults) {
  if (R.Cover.Units.empty())
    Faults.push_back({Block.At, "no unit: none of its files is C or C++"});
  for (const UnitCoverage &U : R.Cover.Units)
    if (U.Outcome != UnitCoverage::State::Whole)
      Faults.push_back({inPage(Block, U.DetailAt.File, U.DetailAt.Line, U.DetailAt.Column),
                        formatv("{0}: {1}: {2}", U.File, wordFor(U.Outcome), U.Detail)});
}

void countSites(const Report &R, ExampleOutcome &Out) {
  for (const CheckVerdict &V : R.Verdicts) {
    Out.Passed += V.Passed;
    Out.Failed += V.Failed;
    Out.Unproven += V.Unproven;
  }
}

} // namespace

ExampleRunner::ExampleRunner(Policy P, PolicySources Sources)
    : Rest(std::move(P)), Pages(std::move(Rest.Checks)), Rules(std::move(Rest.Rules)),
      Sources(std::move(Sources)) {
  Rest.Checks.clear();
  Rest.Rules.clear();
  Rest.OffChecks.clear();
}

Policy ExampleRunner::alone(const CheckPage &Page) const {
  Policy P = Rest;
  P.Checks = {Page};
  P.Rules = {*llvm::find_if(Rules, [&](const Rule &R) { return R.Id == Page.Id; })};
  return P;
}

Expected<Policy> ExampleRunner::policyFor(const CheckPage &Page, const Example &Block,
                                          const std::string &Root) const {
  if (llvm::none_of(Block.Files, [](const auto &F) { return F.Name == "assay.toml"; }))
    return alone(Page);
  PolicySources Own = Sources;
  Own.ProjectFile = Root + "/assay.toml";
  Own.OnlyChecks = {Page.Id};
  return loadPolicy(Own);
}

Expected<ExampleOutcome> ExampleRunner::run(const CheckPage &Page, const Example &Block) const {
  Expected<ExampleFolder> Folder = ExampleFolder::make(Block);
  if (!Folder)
    return Folder.takeError();
  Expected<Policy> P = policyFor(Page, Block, Folder->root());
  if (!P)
    return P.takeError();
  Project Where;
  Where.Database = Folder->database();
  Where.Root = Folder->root();
  Expected<Report> R = Session(*P, SessionOptions()).run(Where);
  if (!R)
    return R.takeError();
  ExampleOutcome Out;
  Out.Page = &Page;
  Out.Block = &Block;
  for (const Example &Other : Page.Examples) {
    Out.Number += Other.Bad == Block.Bad;
    if (&Other == &Block)
      break;
  }
  countSites(*R, Out);
  compareParse(Block, *R, Out.Faults);
  compareExpected(Block, *R, Out.Faults);
  compareFound(Block, *R, Out.Faults);
  llvm::sort(Out.Faults, [](const ExampleFault &A, const ExampleFault &B) {
    return std::tie(A.At.Line, A.Text) < std::tie(B.At.Line, B.Text);
  });
  return Out;
}

} // namespace assay
