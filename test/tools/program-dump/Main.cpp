/// assay-program-dump [--library] [-FLAG...] FILE...: extracts the units in this process (with the
/// flags), links them, prints what linking found: calls through pointers and by the hierarchy, who
/// calls whom, who writes what, entry points, collisions.
#include "analysis/extract/UnitParser.h"
#include "analysis/link/Linker.h"
#include "analysis/model/Rows.h"
#include "analysis/store/Verify.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

using namespace assay;
using llvm::StringRef;

namespace {

class ProgramDump {
public:
  explicit ProgramDump(const Program &P) : P(P) {}
  void print() const {
    for (BodyId Body = 0; Body != P.bodyCount(); ++Body)
      printCalls(Body);
    for (EntityId Id = 0; Id != P.entityCount(); ++Id)
      if (!P.entity(Id).has(EntityFlag::SystemHeader))
        printEntity(Id);
    for (const EntryPoint &Entry : P.entryPoints())
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
    if (E.Kind <= EntityKind::Destructor && !P.bodiesOf(Id).empty()) {
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

  void printEntry(const EntryPoint &Entry) const {
    static constexpr const char *Kinds[] = {
        "main",     "interrupt",  "constructor",   "destructor", "resolver", "kept",    "exported",
        "uncalled", "handed out", "address taken", "closure",    "override", "template"};
    llvm::outs() << "entry " << name(Entry.Function) << ": "
                 << Kinds[static_cast<size_t>(Entry.Kind)];
    if (Entry.Through != NoId)
      llvm::outs() << " by " << name(Entry.Through);
    if (Entry.At.Body != NoId)
      llvm::outs() << " at " << place(Entry.At.Body, P.inst(Entry.At).loc());
    if (Entry.Argument != NoId)
      llvm::outs() << " argument " << Entry.Argument;
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
    const auto *Path = P.unitOf(Body).Summary->files()->Get(At.file())->path();
    return Path->str() + ":" + std::to_string(At.line());
  }

  const Program &P;
};

} // namespace

static llvm::Expected<Unit> unitOf(const std::string &File, llvm::ArrayRef<std::string> Flags,
                                   StringRef Here) {
  CompileCommand Command;
  Command.Directory = Here.str();
  Command.File = File;
  Command.Arguments = {StringRef(File).ends_with(".cpp") ? "c++" : "cc"};
  llvm::append_range(Command.Arguments, Flags);
  const ParsedUnit Parsed = parseUnit(Command, PathForms(Here, ""));
  if (Parsed.Summary.empty())
    return llvm::createStringError(File + ": " + Parsed.Outcome.Detail);
  return openSummary(llvm::MemoryBuffer::getMemBufferCopy(llvm::toStringRef(Parsed.Summary)));
}

int main(int Count, char **Words) {
  Linker::Options Options;
  std::vector<std::string> Files, Flags;
  for (StringRef Word : llvm::ArrayRef(Words, Count).drop_front())
    if (Word == "--library")
      Options.WholeProgram = false;
    else
      (Word.starts_with("-") ? Flags : Files).push_back(Word.str());
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  prepareParser();
  std::vector<Unit> Units;
  for (const std::string &File : Files) {
    auto U = unitOf(File, Flags, Here);
    if (!U) {
      llvm::errs() << llvm::toString(U.takeError()) << "\n";
      return 1;
    }
    Units.push_back(std::move(*U));
  }
  auto Linked = Linker(Options).link(std::move(Units));
  if (!Linked) {
    llvm::errs() << llvm::toString(Linked.takeError()) << "\n";
    return 1;
  }
  ProgramDump(*Linked).print();
  return 0;
}
