#include "analysis/solve/Destinations.h"

#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/DenseSet.h"

#include <set>

using namespace assay;

namespace {

/// What a function does with a value beyond its own body.
struct Handed {
  bool IsReturned = false;
  std::set<uint32_t> Behind; ///< parameters behind which it is left
};

/// encode(text, bytes) < put(text, number)
constexpr unsigned MostInwards = 2;

/// One body: from the result of a call, from what the call leaves behind an argument, or from what
/// the body is given.
class Tracker {
public:
  Tracker(InstRef Call, const Program &Prog, const RoleIndex &Roles,
          std::vector<std::string> &Names, unsigned Inwards = MostInwards)
      : Call(Call), Prog(Prog), Roles(Roles), Words(Prog), View(Prog, Call.Body), Names(Names),
        Inwards(Inwards) {}

  Handed run(const Handed &From) {
    if (From.IsReturned)
      Temps.insert(Call.Inst);
    for (uint32_t Param : From.Behind)
      writeArgument(View.Insts[Call.Inst], Param);
    return walk();
  }

  /// From a parameter, or what it points to.
  Handed fromParameter(uint32_t Param) {
    Given = Param;
    return walk();
  }

private:
  Handed walk() {
    // A loop may carry the value to an earlier instruction: a few rounds reach what a reader would
    // follow.
    for (unsigned Round = 0; Round != 3; ++Round)
      for (uint32_t I = 0; I != View.Insts.size(); ++I)
        visit(I);
    return std::move(To);
  }

  bool carries(uint32_t Raw) const {
    const Operand O(Raw);
    if (O.is(OperandKind::AddressOf)) {
      const Place &P = View.Places[O.index()];
      return P.kind() == BaseKind::Local && Arrays.count(partOf(P));
    }
    return O.is(OperandKind::Temp) && Temps.contains(O.index());
  }

  /// `p.id = rand()` says nothing of `p.key`.
  using Part = std::pair<uint32_t, EntityId>;
  Part partOf(const Place &P) const { return {P.base(), View.lastField(P)}; }

  void add(std::string Name) {
    if (!Name.empty() && !llvm::is_contained(Names, Name))
      Names.push_back(std::move(Name));
  }

  bool isHeldBy(const Place &P) const {
    return P.kind() == BaseKind::Local ? Locals.contains(P.base())
                                       : P.kind() == BaseKind::Param && Given == P.base();
  }

  void visit(uint32_t I) {
    const Inst &In = View.Insts[I];
    switch (In.op()) {
    case Op::Copy:
      if (carries(In.a()))
        Temps.insert(I);
      return;
    case Op::Derive:
      if (carries(In.a()) || carries(In.b()))
        Temps.insert(I);
      return;
    case Op::Select:
      if (carries(In.b()) || carries(In.c()))
        Temps.insert(I);
      return;
    case Op::Load:
      if (carries(In.b()) || isHeldBy(View.Places[In.a()]))
        Temps.insert(I);
      return;
    case Op::Store:
      if (carries(In.b()))
        storeTo(View.Places[In.a()], In.flags() & static_cast<uint16_t>(StoreFlag::Aggregate));
      return;
    case Op::Return:
      if (carries(In.a())) {
        add(Words.function(Call.Body));
        To.IsReturned = true;
      }
      return;
    case Op::Call:
      passTo(I, In);
      return;
    default:
      return;
    }
  }

  /// The address of an array, or of an object that was stored as a whole, stands for what it holds.
  void storeTo(const Place &P, bool IsAggregate = false) {
    add(Words.lastName(Call.Body, P));
    if (P.kind() == BaseKind::Local) {
      Locals.insert(P.base());
      if (P.path_len() != 0 || IsAggregate)
        Arrays.insert(partOf(P));
    }
    if (const auto Param = pointerParameter(P))
      To.Behind.insert(*Param);
  }

  /// The parameter that the place lies behind, as an element or a whole: `*out++`, `out[i]`.
  std::optional<uint32_t> pointerParameter(const Place &P) const {
    if (View.lastField(P) != NoId || P.path_len() == 0 ||
        View.pathOf(P).front().kind() != StepKind::Deref)
      return std::nullopt;
    if (P.kind() == BaseKind::Param)
      return P.base();
    return P.kind() == BaseKind::Temp ? parameterIn(Operand(OperandKind::Temp, P.base()))
                                      : std::nullopt;
  }

  /// The parameter whose value a pointer is, moved on or not.
  std::optional<uint32_t> parameterIn(Operand O) const {
    for (unsigned Left = 16; Left && O.is(OperandKind::Temp); --Left) {
      const Inst &In = View.Insts[O.index()];
      if (In.op() == Op::Load) {
        const Place &From = View.Places[In.a()];
        return From.kind() == BaseKind::Param && From.path_len() == 0 ? std::optional(From.base())
                                                                      : std::nullopt;
      }
      if (In.op() != Op::Copy &&
          !(In.op() == Op::Derive && DeriveOp(In.sub()) == DeriveOp::PointerAdd))
        return std::nullopt;
      O = Operand(In.a());
    }
    return std::nullopt;
  }

  void passTo(uint32_t I, const Inst &In) {
    bool Takes = false;
    const auto Args = View.argsOf(In);
    const uint32_t Receivers = BodyView::receivers(In);
    for (uint32_t A = 0; A != Args.size(); ++A) {
      if (InstRef{Call.Body, I} == Call || !carries(Args[A]))
        continue;
      Takes = true;
      for (EntityId Callee : Prog.calleesOf({Call.Body, I}).Targets)
        add(parameterName(Callee, A - Receivers));
    }
    if (!Takes)
      return;
    for (EntityId Callee : Prog.calleesOf({Call.Body, I}).Targets) {
      for (const FunctionModel *Row : Roles.rowsOf(Callee))
        writtenBy(I, *Row);
      if (Inwards && Roles.rowsOf(Callee).empty())
        passThrough(I, Callee);
    }
  }

  /// A function of the program that makes something else of what it is given: hex(token, bytes, n).
  void passThrough(uint32_t I, EntityId Callee) {
    const Inst &In = View.Insts[I];
    const auto Args = View.argsOf(In);
    const llvm::ArrayRef<BodyId> Bodies = Prog.bodiesOf(Callee);
    std::vector<std::string> NotHere;
    for (uint32_t A = BodyView::receivers(In); Bodies.size() == 1 && A < Args.size(); ++A) {
      if (!carries(Args[A]))
        continue;
      const Handed Through = Tracker({Bodies.front(), NoId}, Prog, Roles, NotHere, Inwards - 1)
                                 .fromParameter(A - BodyView::receivers(In));
      if (Through.IsReturned)
        Temps.insert(I);
      for (uint32_t Param : Through.Behind)
        writeArgument(In, Param);
    }
  }

  std::string parameterName(EntityId Callee, unsigned Index) const {
    const EntityInfo &E = Prog.entity(Callee);
    const auto *Params = E.Row->params();
    return Params && Index < Params->size()
               ? Prog.unit(E.Unit).string(Params->Get(Index)->name()).str()
               : "";
  }

  /// snprintf(token, ..., value): the value ends in token.
  void writtenBy(uint32_t I, const FunctionModel &Row) {
    const Role *R = Roles.role(Row.Role);
    if (!R)
      return;
    for (const auto &[Bind, Source] : R->Writes)
      writeBind(I, Row, Bind);
    for (const auto &[Bind, Sources] : R->Carries)
      writeBind(I, Row, Bind);
  }

  void writeBind(uint32_t I, const FunctionModel &Row, const std::string &Bind) {
    const Inst &In = View.Insts[I];
    const auto Ref = Row.Binds.find(Bind);
    if (Ref == Row.Binds.end())
      return;
    switch (Ref->second.Where) {
    case ArgRef::Kind::Argument:
      return writeArgument(In, Ref->second.Index);
    case ArgRef::Kind::This:
      if (BodyView::receivers(In))
        writeBehind(Operand(View.argsOf(In).front()));
      return;
    case ArgRef::Kind::Return:
      Temps.insert(I);
      return;
    case ArgRef::Kind::Fixed:
    case ArgRef::Kind::Global:
      return;
    }
  }

  /// What the argument points to is written.
  void writeArgument(const Inst &In, uint32_t Param) {
    const uint32_t At = Param + BodyView::receivers(In);
    if (At < In.c())
      writeBehind(Operand(View.argsOf(In)[At]));
  }

  void writeBehind(Operand Pointer) {
    const Operand O = View.unconverted(Pointer);
    if (O.is(OperandKind::AddressOf)) {
      const Place &P = View.Places[O.index()];
      storeTo(P);
      if (P.kind() == BaseKind::Local)
        Arrays.insert(partOf(P));
    } else if (O.is(OperandKind::Temp) && View.Insts[O.index()].op() == Op::Load) {
      storeTo(View.Places[View.Insts[O.index()].a()]);
      if (const auto Own = parameterIn(O))
        To.Behind.insert(*Own);
    } else if (const auto Own = parameterIn(O)) {
      To.Behind.insert(*Own);
    } else if (const Place *P = View.addressedPlace(O)) {
      writeBehind(Operand(OperandKind::AddressOf, static_cast<uint32_t>(P - View.Places.data())));
    }
  }

  const InstRef Call; ///< its instruction is none where the way begins at a parameter
  const Program &Prog;
  const RoleIndex &Roles;
  Describer Words;
  const BodyView View;
  llvm::DenseSet<uint32_t> Temps, Locals;
  std::set<Part> Arrays; ///< of locals, those whose address stands for what they hold
  std::vector<std::string> &Names;
  const unsigned Inwards; ///< calls that may still be entered
  std::optional<uint32_t> Given;
  Handed To;
};

} // namespace

std::vector<std::string> assay::destinationsOf(InstRef Call, const Program &Prog,
                                               const RoleIndex &Roles) {
  constexpr unsigned MostSteps = 3;
  constexpr size_t MostCalls = 64;
  std::vector<std::string> Names;
  struct Asked {
    InstRef Call;
    Handed From;
    unsigned Left;
  };
  std::vector<Asked> Work = {{Call, {true, {}}, MostSteps}};
  std::set<InstRef> Met;
  for (size_t K = 0; K != Work.size(); ++K) {
    const Asked At = Work[K];
    const Handed To = Tracker(At.Call, Prog, Roles, Names).run(At.From);
    if (!At.Left || (!To.IsReturned && To.Behind.empty()))
      continue;
    for (InstRef Caller : Prog.callersOf(Prog.body(At.Call.Body).Entity))
      if (Work.size() < MostCalls && !Roles.isOutOfScope(Caller.Body) && Met.insert(Caller).second)
        Work.push_back({Caller, To, At.Left - 1});
  }
  return Names;
}
