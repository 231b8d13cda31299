#include "analysis/extract/SummaryWriter.h"

#include "analysis/extract/BodyDigest.h"

#include <algorithm>

using namespace assay;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using flatbuffers::Vector;
using llvm::StringRef;

namespace {
constexpr size_t MaxDiagnostics = 50;

/// Moves the entity indices of a body to their final places.
class EntityMover {
public:
  explicit EntityMover(const std::vector<uint32_t> &NewIndex) : NewIndex(NewIndex) {}

  void move(BodyRows &B) const {
    B.Entity = NewIndex[B.Entity];
    for (Inst &I : B.Insts)
      moveOperands(I);
    for (uint32_t &Arg : B.Args)
      Arg = moved(Arg);
    for (Constant &C : B.Constants)
      if (C.entity())
        C.mutate_entity(NewIndex[C.entity() - 1] + 1);
    for (Place &P : B.Places)
      if (P.kind() == BaseKind::Global)
        P.mutate_base(NewIndex[P.base()]);
    for (Step &S : B.Steps)
      if (S.kind() == StepKind::Field)
        S.mutate_value(NewIndex[S.value()]);
  }

private:
  uint32_t moved(uint32_t Raw) const {
    const Operand O(Raw);
    return O.is(OperandKind::Function) ? Operand(OperandKind::Function, NewIndex[O.index()]).raw()
                                       : Raw;
  }
  void moveOperands(Inst &I) const {
    switch (I.op()) {
    case Op::Load:
    case Op::ScopeEnd:
    case Op::Opaque:
      return;
    case Op::Store:
      return I.mutate_b(moved(I.b()));
    case Op::Call:
      return I.mutate_a(moved(I.a()));
    case Op::Select:
      I.mutate_c(moved(I.c()));
      [[fallthrough]];
    default:
      I.mutate_a(moved(I.a()));
      I.mutate_b(moved(I.b()));
    }
  }
  const std::vector<uint32_t> &NewIndex;
};

/// Writes the tables bottom-up, as FlatBuffers wants them.
class Writer {
public:
  Writer(UnitContext &Unit, UnitRows &Rows) : Unit(Unit), Rows(Rows) {}
  std::vector<uint8_t> write();

private:
  Offset<Vector<Offset<flatbuffers::String>>> strings(const std::vector<std::string> &Texts) {
    return Out.CreateVectorOfStrings(Texts);
  }
  Offset<flatbuffers::String> string(StringRef Text) {
    return Out.CreateString(Text.data(), Text.size());
  }
  template <class T> Offset<Vector<const T *>> structs(const std::vector<T> &Items) {
    return Items.empty() ? Offset<Vector<const T *>>() : Out.CreateVectorOfStructs(Items);
  }
  Offset<Vector<uint32_t>> numbers(const std::vector<uint32_t> &Items) {
    return Items.empty() ? Offset<Vector<uint32_t>>() : Out.CreateVector(Items);
  }
  Offset<Entity> entity(const EntityRow &Row);
  Offset<Body> body(const BodyRows &B, const DigestTables &Tables);
  Offset<Command> command();
  Offset<FileRead> file(const ReadFile &File);
  Offset<Diagnostic> diagnostic(const DiagnosticRow &Row);
  Offset<LostBody> lostBody(const LostRow &Row);
  void orderBodies(const std::vector<EntityRow> &Entities);

  UnitContext &Unit;
  UnitRows &Rows;
  FlatBufferBuilder Out{1 << 16};
};
} // namespace

Offset<Entity> Writer::entity(const EntityRow &Row) {
  const auto Params = structs(Row.Params);
  const auto Overrides = numbers(Row.Overrides), Bases = numbers(Row.Bases),
             Annotations = numbers(Row.Annotations);
  EntityBuilder E(Out);
  E.add_name(Row.Name);
  E.add_qualified(Row.Qualified);
  E.add_kind(Row.Kind);
  E.add_linkage(Row.Link);
  E.add_flags(Row.Flags);
  E.add_type(Row.Type);
  E.add_loc(&Row.At);
  E.add_parent(Row.Parent);
  E.add_value(Row.Value);
  E.add_params(Params);
  E.add_overrides(Overrides);
  E.add_bases(Bases);
  E.add_annotations(Annotations);
  E.add_asm_label(Row.AsmLabel);
  E.add_section(Row.Section);
  E.add_alias_of(Row.AliasOf);
  return E.Finish();
}

Offset<Body> Writer::body(const BodyRows &Row, const DigestTables &Tables) {
  const auto Blocks = structs(Row.Blocks);
  const auto Succs = numbers(Row.Succs);
  const auto Cases = structs(Row.Cases);
  const auto Insts = structs(Row.Insts);
  const auto Args = numbers(Row.Args);
  const auto Constants = structs(Row.Constants);
  const auto Places = structs(Row.Places);
  const auto Steps = structs(Row.Steps);
  const auto Locals = structs(Row.Locals);
  BodyBuilder B(Out);
  B.add_entity(Row.Entity);
  B.add_kind(Row.Kind);
  B.add_state(Row.State);
  B.add_digest(digestOf(Row, Tables));
  B.add_loc(&Row.At);
  B.add_end(&Row.End);
  B.add_blocks(Blocks);
  B.add_succs(Succs);
  B.add_cases(Cases);
  B.add_insts(Insts);
  B.add_args(Args);
  B.add_constants(Constants);
  B.add_places(Places);
  B.add_steps(Steps);
  B.add_locals(Locals);
  return B.Finish();
}

Offset<Command> Writer::command() {
  const CommandRow &C = Rows.Command;
  return CreateCommand(Out, string(C.Directory), string(C.File), strings(C.Arguments),
                       strings(C.Effective), strings(C.Dropped), string(C.Target),
                       string(C.Language));
}

Offset<FileRead> Writer::file(const ReadFile &File) {
  const auto Path = string(File.Path);
  const auto Digest = Out.CreateVector(File.Digest.data(), File.HasDigest ? File.Digest.size() : 0);
  return CreateFileRead(Out, Path, Digest, File.Size, File.System);
}

Offset<Diagnostic> Writer::diagnostic(const DiagnosticRow &Row) {
  const Loc At = Unit.Locs.at(Row.Where);
  return CreateDiagnostic(Out, Row.Level, string(Row.Text), &At);
}

Offset<LostBody> Writer::lostBody(const LostRow &Row) {
  return CreateLostBody(Out, Row.Name, &Row.At, Row.Reason);
}

void Writer::orderBodies(const std::vector<EntityRow> &Entities) {
  std::stable_sort(Rows.Bodies.begin(), Rows.Bodies.end(),
                   [&](const BodyRows &A, const BodyRows &B) {
                     return std::tie(A.Entity, A.Kind) < std::tie(B.Entity, B.Kind);
                   });
  std::stable_sort(Rows.Lost.begin(), Rows.Lost.end(), [&](const LostRow &A, const LostRow &B) {
    return Unit.Strings.text(A.Name) < Unit.Strings.text(B.Name);
  });
  (void)Entities;
}

std::vector<uint8_t> Writer::write() {
  // Asking for places may intern strings, so everything that does comes before the string table is
  // written.
  std::vector<Offset<Diagnostic>> Diagnostics;
  for (const DiagnosticRow &Row : Rows.Diagnostics)
    if (Diagnostics.size() < MaxDiagnostics)
      Diagnostics.push_back(diagnostic(Row));
  const EntityTable::Ordered Ordered = Unit.Entities.finish();
  const EntityMover Mover(Ordered.NewIndex);
  for (BodyRows &B : Rows.Bodies)
    Mover.move(B);
  orderBodies(Ordered.Rows);

  std::vector<uint32_t> EntityNames;
  for (const EntityRow &Row : Ordered.Rows)
    EntityNames.push_back(Row.Name);
  std::vector<uint64_t> FileHashes;
  for (const ReadFile &File : Unit.Locs.files().files())
    FileHashes.push_back(llvm::xxh3_64bits(File.Path));
  const DigestTables Tables{Unit.Strings, EntityNames, FileHashes};

  std::vector<Offset<Body>> Bodies;
  for (const BodyRows &B : Rows.Bodies)
    Bodies.push_back(body(B, Tables));
  std::vector<Offset<Entity>> Entities;
  for (const EntityRow &Row : Ordered.Rows)
    Entities.push_back(entity(Row));
  std::vector<Offset<LostBody>> Lost;
  for (const LostRow &Row : Rows.Lost)
    Lost.push_back(lostBody(Row));
  std::vector<Offset<FileRead>> Files;
  for (const ReadFile &File : Unit.Locs.files().files())
    Files.push_back(file(File));
  std::vector<Offset<flatbuffers::String>> Strings;
  for (StringRef Text : Unit.Strings.rows())
    Strings.push_back(string(Text));
  std::vector<Offset<Absent>> Absents;
  for (const AbsentRow &Row : Rows.Absent)
    Absents.push_back(CreateAbsent(Out, Row.Folder, numbers(Row.Names)));
  const auto Summary =
      CreateTUSummary(Out, command(), Out.CreateVector(Files), Out.CreateVector(Strings),
                      Out.CreateVector(Entities), Out.CreateVector(Bodies), Out.CreateVector(Lost),
                      Out.CreateVector(Diagnostics), Rows.Errors, Rows.Warnings,
                      Out.CreateVector(Absents), numbers(Rows.MissingHeaders));
  FinishTUSummaryBuffer(Out, Summary);
  return {Out.GetBufferPointer(), Out.GetBufferPointer() + Out.GetSize()};
}

std::vector<uint8_t> assay::writeSummary(UnitContext &Unit, UnitRows Rows) {
  return Writer(Unit, Rows).write();
}
