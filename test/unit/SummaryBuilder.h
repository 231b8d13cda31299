/// Summaries written by hand, for tests that no source could provoke. Declare all entities first,
/// then write bodies; names stand for indices. It checks nothing: a wrong name ends the test
/// program.
#ifndef ASSAY_TEST_UNIT_SUMMARYBUILDER_H
#define ASSAY_TEST_UNIT_SUMMARYBUILDER_H

#include "analysis/model/Operand.h"
#include "analysis/model/Program.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>
#include <map>

namespace assay::test {

inline uint32_t flags(std::initializer_list<EntityFlag> Flags) {
  uint32_t Bits = 0;
  for (EntityFlag F : Flags)
    Bits |= static_cast<uint32_t>(F);
  return Bits;
}

class SummaryBuilder;

/// One straight body: a single block and the exit.
class CodeBuilder {
public:
  CodeBuilder(SummaryBuilder &Unit, const std::string &Entity, BodyKind Kind);

  struct StepSpec {
    StepKind Kind;
    std::string Field;
    uint32_t Index = 0;
  };
  static StepSpec deref() { return {StepKind::Deref, ""}; }
  static StepSpec field(const std::string &Name) { return {StepKind::Field, Name}; }
  static StepSpec any() { return {StepKind::AnyIndex, ""}; }
  static StepSpec at(uint32_t Index) { return {StepKind::Index, "", Index}; }

  uint32_t local(const std::string &Name, const std::string &Type = "");
  uint32_t place(BaseKind Kind, uint32_t Base, std::vector<StepSpec> Path = {});
  uint32_t global(const std::string &Name, std::vector<StepSpec> Path = {});
  Operand address(uint32_t Place) { return {OperandKind::AddressOf, Place}; }
  Operand function(const std::string &Name);
  Operand integer(int64_t Value);

  Operand load(uint32_t Place, const std::string &Type = "");
  void store(uint32_t Place, Operand Value) { add(Op::Store, 0, Place, Value.raw()); }
  Operand cast(Operand Value) { return add(Op::Copy, uint8_t(CastOp::Pointer), Value.raw()); }
  Operand select(Operand A, Operand B) {
    return add(Op::Select, 0, integer(1).raw(), A.raw(), B.raw());
  }
  Operand opaque() { return add(Op::Opaque, 0); }
  Operand call(Operand Callee, std::vector<Operand> Args = {}, CallKind Kind = CallKind::Direct,
               uint16_t Flags = 0);
  Operand call(const std::string &Callee, std::vector<Operand> Args = {},
               CallKind Kind = CallKind::Direct) {
    return call(function(Callee), std::move(Args), Kind);
  }
  Operand callThrough(Operand Pointer, std::vector<Operand> Args = {}) {
    return call(Pointer, std::move(Args), CallKind::Indirect);
  }
  void ret(Operand Value = Operand()) { add(Op::Return, 0, Value.raw()); }

  void setLine(uint32_t Line) {
    Data->loc = std::make_unique<Loc>(Line, 0, uint16_t(1), uint16_t(0));
  }
  CodeBuilder &digest(uint64_t Value) {
    Data->digest = Value;
    return *this;
  }

private:
  Operand add(Op Op, uint8_t Sub, uint32_t A = 0, uint32_t B = 0, uint32_t C = 0, uint32_t Type = 0,
              uint16_t Flags = 0);
  SummaryBuilder &Unit;
  BodyT *Data;
};

class SummaryBuilder {
public:
  explicit SummaryBuilder(const std::string &File, const std::string &Language = "c") {
    T.command = std::make_unique<CommandT>();
    T.command->directory = "<build>";
    T.command->file = File;
    T.command->language = Language;
    T.files.push_back(std::make_unique<FileReadT>());
    T.files.back()->path = File;
    T.strings.push_back("");
  }

  uint32_t string(const std::string &Text) {
    for (uint32_t I = 0; I != T.strings.size(); ++I)
      if (T.strings[I] == Text)
        return I;
    T.strings.push_back(Text);
    return static_cast<uint32_t>(T.strings.size() - 1);
  }

  EntityT &entity(EntityKind Kind, const std::string &Name, Linkage L, uint32_t Flags,
                  unsigned Params = 0) {
    T.entities.push_back(std::make_unique<EntityT>());
    EntityT &E = *T.entities.back();
    E.kind = Kind;
    E.name = string(Name);
    // "static@a.c" is written `static`.
    E.qualified = string(Name.substr(0, Name.find('@')));
    E.linkage = L;
    E.flags = Flags;
    E.loc = std::make_unique<Loc>(1, 0, uint16_t(1), uint16_t(0));
    E.params.resize(Params);
    return E;
  }
  EntityT &function(const std::string &Name, unsigned Params = 0,
                    uint32_t Flags = flags({EntityFlag::Definition})) {
    return entity(EntityKind::Function, Name, Linkage::External, Flags, Params);
  }
  EntityT &staticFunction(const std::string &Name, unsigned Params = 0) {
    return entity(EntityKind::Function, Name, Linkage::Internal, flags({EntityFlag::Definition}),
                  Params);
  }
  EntityT &declaration(const std::string &Name, unsigned Params = 0) {
    return function(Name, Params, 0);
  }
  EntityT &variable(const std::string &Name, uint32_t Flags = flags({EntityFlag::Definition}),
                    Linkage L = Linkage::Internal) {
    return entity(EntityKind::Global, Name, L, Flags);
  }
  EntityT &field(const std::string &Name, uint32_t Flags = 0) {
    return entity(EntityKind::Field, Name, Linkage::None, Flags);
  }

  uint32_t index(const std::string &Name) {
    seal();
    return Indices.at(Name);
  }
  CodeBuilder code(const std::string &Entity, BodyKind Kind = BodyKind::Function) {
    return CodeBuilder(*this, Entity, Kind);
  }
  CodeBuilder initialiser(const std::string &Entity) { return code(Entity, BodyKind::Initialiser); }

  /// Makes all bodies written so far those of a header.
  std::unique_ptr<HeaderBodiesT> share(const std::string &Header) {
    seal();
    auto Shared = std::make_unique<HeaderBodiesT>();
    Shared->files.push_back(std::make_unique<FileReadT>());
    Shared->files.back()->path = Header;
    Shared->strings = T.strings;
    T.shared.push_back(std::make_unique<HeaderUseT>());
    for (uint32_t I = 0; I != T.entities.size(); ++I) {
      Shared->entities.push_back(T.entities[I]->name);
      T.shared.back()->entities.push_back(I);
    }
    Shared->bodies = std::move(T.bodies);
    T.bodies.clear();
    return Shared;
  }
  /// As `share` gave it, perhaps changed since; the last use in the unit names it.
  std::vector<uint8_t> bytesOf(const HeaderBodiesT &Shared) {
    flatbuffers::FlatBufferBuilder Out;
    Out.Finish(HeaderBodies::Pack(Out, &Shared));
    const std::vector<uint8_t> Bytes(Out.GetBufferPointer(),
                                     Out.GetBufferPointer() + Out.GetSize());
    const auto Digest = llvm::BLAKE3::hash<32>(Bytes);
    T.shared.back()->digest.assign(Digest.begin(), Digest.end());
    return Bytes;
  }

  std::vector<uint8_t> bytes() {
    seal();
    flatbuffers::FlatBufferBuilder Out;
    Out.Finish(TUSummary::Pack(Out, &T), TUSummaryIdentifier());
    return {Out.GetBufferPointer(), Out.GetBufferPointer() + Out.GetSize()};
  }
  Unit unit() {
    const std::vector<uint8_t> Bytes = bytes();
    Unit U;
    U.Bytes = llvm::MemoryBuffer::getMemBufferCopy(
        {reinterpret_cast<const char *>(Bytes.data()), Bytes.size()});
    U.Summary = GetTUSummary(U.Bytes->getBufferStart());
    return U;
  }

  TUSummaryT T;

private:
  void seal() {
    if (!Indices.empty() || T.entities.empty())
      return;
    std::sort(T.entities.begin(), T.entities.end(), [&](const auto &A, const auto &B) {
      return T.strings[A->name] < T.strings[B->name];
    });
    for (uint32_t I = 0; I != T.entities.size(); ++I)
      Indices[T.strings[T.entities[I]->name]] = I;
  }
  std::map<std::string, uint32_t> Indices;
};

inline CodeBuilder::CodeBuilder(SummaryBuilder &Unit, const std::string &Entity, BodyKind Kind)
    : Unit(Unit) {
  Unit.T.bodies.push_back(std::make_unique<BodyT>());
  Data = Unit.T.bodies.back().get();
  Data->entity = Unit.index(Entity);
  Data->kind = Kind;
  Data->digest = std::hash<std::string>()(Unit.T.files[0]->path + Entity);
  Data->blocks.assign({Block(0, 0, 0, 1, 0, 0, 0), Block(0, 0, 0, 0, 0, 0, 0)});
  Data->succs = {1};
  setLine(1);
}

inline uint32_t CodeBuilder::local(const std::string &Name, const std::string &Type) {
  Data->locals.push_back(Local(Unit.string(Name), Unit.string(Type), Loc(1, 0, 1, 0)));
  return static_cast<uint32_t>(Data->locals.size() - 1);
}

inline uint32_t CodeBuilder::place(BaseKind Kind, uint32_t Base, std::vector<StepSpec> Path) {
  const auto Start = static_cast<uint32_t>(Data->steps.size());
  for (const StepSpec &S : Path)
    Data->steps.push_back(Step(S.Kind == StepKind::Field ? Unit.index(S.Field) : S.Index, S.Kind));
  Data->places.push_back(Place(Base, Start, static_cast<uint16_t>(Path.size()), Kind, 0));
  return static_cast<uint32_t>(Data->places.size() - 1);
}

inline uint32_t CodeBuilder::global(const std::string &Name, std::vector<StepSpec> Path) {
  return place(BaseKind::Global, Unit.index(Name), std::move(Path));
}

inline Operand CodeBuilder::function(const std::string &Name) {
  return {OperandKind::Function, Unit.index(Name)};
}

inline Operand CodeBuilder::integer(int64_t Value) {
  Data->constants.push_back(Constant(Value, 0, 0, 0, Loc(1, 0, 1, 0), 0, ConstantKind::Int, 32));
  return {OperandKind::Const, static_cast<uint32_t>(Data->constants.size() - 1)};
}

inline Operand CodeBuilder::add(Op Op, uint8_t Sub, uint32_t A, uint32_t B, uint32_t C,
                                uint32_t Type, uint16_t Flags) {
  Data->insts.push_back(Inst(A, B, C, Type, Loc(1, 0, 1, 0), Flags, Op, Sub));
  Data->blocks[0].mutate_num_insts(static_cast<uint32_t>(Data->insts.size()));
  return {OperandKind::Temp, static_cast<uint32_t>(Data->insts.size() - 1)};
}

inline Operand CodeBuilder::load(uint32_t Place, const std::string &Type) {
  return add(Op::Load, 0, Place, 0, 0, Unit.string(Type));
}

inline Operand CodeBuilder::call(Operand Callee, std::vector<Operand> Args, CallKind Kind,
                                 uint16_t Flags) {
  const auto First = static_cast<uint32_t>(Data->args.size());
  for (Operand A : Args)
    Data->args.push_back(A.raw());
  if (Kind == CallKind::Virtual || Kind == CallKind::Constructor || Kind == CallKind::Destructor)
    Flags |= static_cast<uint16_t>(CallFlag::Receiver);
  return add(Op::Call, static_cast<uint8_t>(Kind), Callee.raw(), First,
             static_cast<uint32_t>(Args.size()), 0, Flags);
}

} // namespace assay::test

#endif
