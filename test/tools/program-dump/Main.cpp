/// assay-program-dump [--library] [--data=DIR] [--database=DIR] [-FLAG...] [--image] [FILE...]:
/// extracts the units in this process (with the flags), links them, prints what linking found:
/// calls through pointers and by the hierarchy, who calls whom, who writes what, entry points (with
/// the models of
/// --data), collisions.
#include "analysis/extract/CompilationDatabase.h"
#include "analysis/extract/UnitParser.h"
#include "analysis/link/Linker.h"
#include "analysis/model/Rows.h"
#include "analysis/solve/EntryPoints.h"
#include "analysis/store/Verify.h"
#include "policies/schema/Loader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <map>
#include <set>

using namespace assay;
using llvm::StringRef;

namespace {

class ProgramDump {
public:
  ProgramDump(const Program &P, const Policy &Rules) : P(P), Rules(Rules) {}
  void print() const {
    for (BodyId Body = 0; Body != P.bodyCount(); ++Body)
      printCalls(Body);
    for (EntityId Id = 0; Id != P.entityCount(); ++Id)
      if (!P.entity(Id).has(EntityFlag::SystemHeader))
        printEntity(Id);
    const RoleIndex Roles(P, Rules);
    Evaluator Values(P, Roles);
    for (const ProgramEntry &Entry : entriesOf(P, Rules, Roles, Values))
      printEntry(Entry);
    for (const std::string &Collision : P.figures().Collisions)
      llvm::outs() << "collision " << Collision << "\n";
  }

private:
  void printCalls(BodyId Body) const {
    const auto Insts = rows(P.body(Body).Data->insts());
    for (uint32_t I = 0; I != Insts.size(); ++I) {
      const bool Dispatched =
          Insts[I].op() == Op::Call && (CallKind(Insts[I].sub()) == CallKind::Virtual ||
                                        !Operand(Insts[I].a()).is(OperandKind::Function));
      if (!Dispatched)
        continue;
      const Callees To = P.calleesOf({Body, I});
      llvm::outs() << "call " << place(Body, Insts[I].loc()) << " in " << name(P.body(Body).Entity)
                   << " ->";
      for (EntityId Target : To.Targets)
        llvm::outs() << " " << name(Target);
      llvm::outs() << (To.Complete ? "\n" : " and unknown\n");
    }
  }

  void printEntity(EntityId Id) const {
    const EntityInfo &E = P.entity(Id);
    if (E.isFunction() && !P.bodiesOf(Id).empty()) {
      llvm::outs() << "function " << name(Id) << ":";
      for (BodyId Body : P.bodiesOf(Id))
        llvm::outs() << " at " << place(Body, *P.body(Body).Data->loc());
      printOwners(" called by", P.callersOf(Id));
      llvm::outs() << (P.mayHaveUnknownCallers(Id) ? " and unknown\n" : "\n");
    }
    if (E.Kind == EntityKind::Field || E.Kind == EntityKind::Global) {
      llvm::outs() << (E.Kind == EntityKind::Field ? "field " : "global ") << name(Id) << ":";
      printOwners(" written by", P.storesTo(Id));
      printOwners(" handed out by", P.addressPassedTo(Id));
      llvm::outs() << "\n";
    }
  }

  void printEntry(const ProgramEntry &Entry) const {
    llvm::outs() << "entry " << name(Entry.Point.Function) << ": " << describe(P, Entry);
    if (Entry.Point.At.Body != NoId)
      llvm::outs() << " at " << place(Entry.Point.At.Body, P.inst(Entry.Point.At).loc());
    if (Entry.Point.Argument != NoId)
      llvm::outs() << " argument " << Entry.Point.Argument;
    llvm::outs() << "\n";
  }

  void printOwners(StringRef What, llvm::ArrayRef<InstRef> Refs) const {
    std::set<StringRef> Names;
    for (InstRef R : Refs)
      Names.insert(name(P.body(R.Body).Entity));
    for (StringRef Name : Names)
      llvm::outs() << (Name == *Names.begin() ? What : ",") << " " << Name;
  }

  StringRef name(EntityId Id) const { return P.entity(Id).Qualified; }
  std::string place(BodyId Body, const Loc &At) const {
    return P.tablesOf(Body).path(At.file()).str() + ":" + std::to_string(At.line());
  }

  const Program &P;
  const Policy &Rules;
};

} // namespace

static llvm::Expected<Unit> unitOf(const CompileCommand &Command, const PathForms &Paths) {
  const ParsedUnit Parsed = parseUnit(Command, Paths);
  if (Parsed.Written.Summary.empty())
    return llvm::createStringError(Command.File + ": " + Parsed.Outcome.Detail);
  return openSummary(Parsed.Written.Summary, Parsed.Written.Shared);
}

namespace {

struct Wish {
  std::vector<CompileCommand> Commands;
  std::map<std::string, std::vector<uint32_t>> ImagesOf; ///< by file
  std::string Root, BuildDir;
  Policy Rules;
  Linker::Options Linking;
};

} // namespace

static llvm::Expected<Wish> wishOf(llvm::ArrayRef<char *> Words) {
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  Wish W;
  W.Root = Here.str().str();
  std::vector<std::string> Files, Flags;
  uint32_t Images = 0;
  for (StringRef Word : Words)
    if (Word == "--image") {
      ++Images;
    } else if (Word == "--library") {
      W.Linking.WholeProgram = false;
    } else if (Word.consume_front("--data=")) {
      W.Rules = llvm::cantFail(loadPolicy({Word.str(), "", "", {}, {}, {}, {}}));
    } else if (Word.consume_front("--database=")) {
      W.Root = W.BuildDir = Word.str();
      auto Commands = loadCompilationDatabase((Word + "/compile_commands.json").str());
      if (!Commands)
        return Commands.takeError();
      W.Commands = std::move(*Commands);
    } else if (Word.starts_with("-")) {
      Flags.push_back(Word.str());
    } else {
      if (!llvm::is_contained(Files, Word))
        Files.push_back(Word.str());
      if (Images)
        W.ImagesOf[Word.str()].push_back(Images);
    }
  for (const std::string &File : Files) {
    CompileCommand &C = W.Commands.emplace_back();
    C.Directory = Here.str();
    C.File = File;
    C.Arguments = {StringRef(File).ends_with(".cpp") ? "c++" : "cc"};
    llvm::append_range(C.Arguments, Flags);
  }
  return W;
}

static llvm::Error run(llvm::ArrayRef<char *> Words) {
  auto W = wishOf(Words);
  if (!W)
    return W.takeError();
  prepareParser();
  std::vector<Unit> Units;
  for (const CompileCommand &C : W->Commands) {
    auto U = unitOf(C, PathForms(W->Root, W->BuildDir));
    if (!U)
      return U.takeError();
    U->Images = W->ImagesOf[C.File];
    Units.push_back(std::move(*U));
  }
  auto Linked = Linker(W->Linking).link(std::move(Units));
  if (!Linked)
    return Linked.takeError();
  ProgramDump(*Linked, W->Rules).print();
  return llvm::Error::success();
}

int main(int Count, char **Words) {
  if (llvm::Error E = run(llvm::ArrayRef(Words, Count).drop_front())) {
    llvm::errs() << llvm::toString(std::move(E)) << "\n";
    return 1;
  }
  return 0;
}
