#include "driver/cli/ChecksCommand.h"

#include "driver/cli/CheckCommand.h"
#include "driver/cli/CheckList.h"
#include "driver/cli/ExampleRunner.h"
#include "driver/cli/PageScaffold.h"
#include "driver/cli/PolicyArguments.h"
#include "driver/cli/Trouble.h"
#include "policies/schema/PolicyError.h"

#include "llvm/Support/FileSystem.h"

#include <memory>

namespace assay {
namespace {

using llvm::Error;
using llvm::Expected;
using llvm::outs;
using llvm::StringRef;

struct ChecksArguments {
  PolicyArguments Where;
  const char *Argv0 = nullptr;
  bool Json = false;
  bool Quiet = false;
  std::vector<std::string> Ids;
  std::string Folder;
  PageWish Wish;
};

// ---------------------------------------------------------------- list

int list(const ChecksArguments &Arguments) {
  Expected<Policy> P = loadPolicy(Arguments.Where.sources(Arguments.Argv0));
  if (!P)
    return trouble(P.takeError());
  (Arguments.Json ? printCheckJson : printCheckTable)(*P, outs());
  return ExitHolds;
}

// ---------------------------------------------------------------- test

struct TestCount {
  unsigned Blocks = 0, Wrong = 0;
};

void print(const ExampleOutcome &Outcome, bool Quiet) {
  if (Outcome.Faults.empty() && Quiet)
    return;
  outs() << Outcome.Page->Id << ": " << (Outcome.Block->Bad ? "Bad " : "Good ") << Outcome.Number
         << ": ";
  if (Outcome.Faults.empty())
    outs() << "ok (" << Outcome.Passed << " pass, " << Outcome.Failed << " fail, "
           << Outcome.Unproven << " unproven)\n";
  else
    outs() << "wrong\n";
  for (const ExampleFault &Fault : Outcome.Faults)
    outs() << "  " << toString(Fault.At) << ": " << Fault.Text << "\n";
  outs().flush();
}

Error testPage(const ExampleRunner &Runner, const CheckPage &Page, bool Quiet, TestCount &Count) {
  for (const Example &Block : Page.Examples) {
    Expected<ExampleOutcome> Outcome = Runner.run(Page, Block);
    if (!Outcome)
      return errorAt(Block.At, "this block cannot be run: {0}",
                     llvm::toString(Outcome.takeError()));
    ++Count.Blocks;
    Count.Wrong += !Outcome->Faults.empty();
    print(*Outcome, Quiet);
  }
  return Error::success();
}

/// Every page counts here, whatever the policy switches off.
PolicySources testSources(const ChecksArguments &Arguments) {
  PolicySources Sources = Arguments.Where.sources(Arguments.Argv0);
  Sources.OnlyChecks = Arguments.Ids;
  if (Sources.OnlyChecks.empty())
    Sources.OnlyChecks = {"*"};
  if (!Arguments.Folder.empty() &&
      !llvm::sys::fs::equivalent(Arguments.Folder, Sources.DataDir + "/checks"))
    Sources.CheckFolders = {Arguments.Folder};
  return Sources;
}

int test(const ChecksArguments &Arguments) {
  PolicySources Sources = testSources(Arguments);
  Expected<Policy> P = loadPolicy(Sources);
  if (!P)
    return trouble(P.takeError());
  ExampleRunner Runner(std::move(*P), Sources);
  TestCount Count;
  unsigned Pages = 0;
  for (const CheckPage &Page : Runner.pages()) {
    bool Wanted = Sources.CheckFolders.empty() ||
                  StringRef(*Page.At.File).starts_with(Sources.CheckFolders.front());
    if (!Wanted)
      continue;
    ++Pages;
    if (Error E = testPage(Runner, Page, Arguments.Quiet, Count))
      return trouble(std::move(E));
  }
  outs() << Pages << (Pages == 1 ? " check, " : " checks, ") << Count.Blocks
         << (Count.Blocks == 1 ? " block: " : " blocks: ") << Count.Wrong << " wrong\n";
  return Count.Wrong ? ExitFindings : ExitHolds;
}

// ---------------------------------------------------------------- new

int create(const ChecksArguments &Arguments) {
  Expected<std::string> Path =
      writeNewPage(Arguments.Wish, Arguments.Where.sources(Arguments.Argv0));
  if (!Path)
    return trouble(Path.takeError());
  outs() << *Path << "\n";
  return ExitHolds;
}

using Action = int (*)(const ChecksArguments &);

CLI::App *add(CLI::App &Parent, const char *Name, const char *Help,
              const std::shared_ptr<ChecksArguments> &Arguments, Action Run, int &Exit) {
  CLI::App *Sub = Parent.add_subcommand(Name, Help);
  Arguments->Where.addTo(*Sub);
  Sub->callback([Arguments, Run, &Exit] { Exit = Run(*Arguments); });
  return Sub;
}

} // namespace

void addChecksCommand(CLI::App &App, const char *Argv0, int &Exit) {
  CLI::App *Checks = App.add_subcommand("checks", "List, test and start checks");
  Checks->require_subcommand(1);
  auto Arguments = std::make_shared<ChecksArguments>();
  Arguments->Argv0 = Argv0;

  CLI::App *List = add(*Checks, "list", "The catalogue: id, level under the policy, title",
                       Arguments, list, Exit);
  List->add_flag("--json", Arguments->Json, "for programs, with all that a head says");

  CLI::App *Test =
      add(*Checks, "test", "Run the pages' own Bad and Good blocks", Arguments, test, Exit);
  Test->add_option("ID", Arguments->Ids, "checks or globs; default: all");
  Test->add_option("--dir", Arguments->Folder, "a folder of pages: only those in it");
  Test->add_flag("-q,--quiet", Arguments->Quiet, "only what is wrong, and the count");

  CLI::App *New = add(*Checks, "new", "Start a page that loads", Arguments, create, Exit);
  New->add_option("ID", Arguments->Wish.Id, "FAMILY/NAME")->required();
  New->add_option("--dir", Arguments->Wish.Folder, "folder of pages")->default_str("checks");
  New->add_option("--role", Arguments->Wish.Role, "role that the check is about");
  New->add_option("--family", Arguments->Wish.Family, "row of the taxonomy");
  Arguments->Wish.Folder = "checks";
}

} // namespace assay
