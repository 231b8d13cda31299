#include "analysis/solve/Destinations.h"

#include "analysis/model/Rows.h"

#include "llvm/ADT/DenseSet.h"

using namespace assay;

namespace {

class Tracker {
public:
  Tracker(InstRef Call, const Program &Prog, const RoleIndex &Roles)
      : Call(Call), Prog(Prog), Roles(Roles), Words(Prog), B(*Prog.body(Call.Body).Data) {}

  std::vector<std::string> run() {
    Temps.insert(Call.Inst);
    // A loop may carry the value to an earlier instruction: a few rounds reach what a reader would
    // follow.
    for (unsigned Round = 0; Round != 3; ++Round)
      for (uint32_t I = 0; I != rowCount(B.insts()); ++I)
        visit(I);
    return Names;
  }

private:
  bool carries(uint32_t Raw) const {
    Operand O(Raw);
    return O.is(OperandKind::Temp) && Temps.contains(O.index());
  }

  void add(std::string Name) {
    if (!Name.empty() && !llvm::is_contained(Names, Name))
      Names.push_back(std::move(Name));
  }

  void visit(uint32_t I) {
    const Inst &In = *B.insts()->Get(I);
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
      if (const Place *P = B.places()->Get(In.a());
          P->kind() == BaseKind::Local && Locals.contains(P->base()))
        Temps.insert(I);
      return;
    case Op::Store:
      if (carries(In.b()))
        storeTo(*B.places()->Get(In.a()));
      return;
    case Op::Return:
      if (carries(In.a()))
        add(Words.function(Call.Body));
      return;
    case Op::Call:
      passTo(I, In);
      return;
    default:
      return;
    }
  }

  void storeTo(const Place &P) {
    add(Words.lastName(Call.Body, P));
    if (P.kind() == BaseKind::Local)
      Locals.insert(P.base());
  }

  void passTo(uint32_t I, const Inst &In) {
    bool Takes = false;
    bool Receiver = In.flags() & static_cast<uint16_t>(CallFlag::Receiver);
    for (unsigned A = 0; A != In.c(); ++A) {
      if (!carries(B.args()->Get(In.b() + A)))
        continue;
      Takes = true;
      for (EntityId Callee : Prog.calleesOf({Call.Body, I}).Targets)
        add(parameterName(Callee, A - (Receiver ? 1 : 0)));
    }
    if (!Takes)
      return;
    for (EntityId Callee : Prog.calleesOf({Call.Body, I}).Targets)
      for (const FunctionModel *Row : Roles.rowsOf(Callee))
        writtenBy(In, *Row, Receiver);
  }

  std::string parameterName(EntityId Callee, unsigned Index) const {
    const EntityInfo &E = Prog.entity(Callee);
    const auto *Params = E.Row->params();
    return Params && Index < Params->size()
               ? Prog.unit(E.Unit).string(Params->Get(Index)->name()).str()
               : "";
  }

  /// snprintf(token, ..., value): the value ends in token.
  void writtenBy(const Inst &In, const FunctionModel &Row, bool Receiver) {
    const Role *R = Roles.role(Row.Role);
    if (!R)
      return;
    for (const auto &[Bind, Source] : R->Writes) {
      auto Ref = Row.Binds.find(Bind);
      if (Ref == Row.Binds.end() || Ref->second.Where != ArgRef::Kind::Argument)
        continue;
      unsigned At = Ref->second.Index + (Receiver ? 1 : 0);
      if (At >= In.c())
        continue;
      Operand O(B.args()->Get(In.b() + At));
      if (O.is(OperandKind::AddressOf))
        storeTo(*B.places()->Get(O.index()));
      else if (O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Load)
        storeTo(*B.places()->Get(B.insts()->Get(O.index())->a()));
    }
  }

  InstRef Call;
  const Program &Prog;
  const RoleIndex &Roles;
  Describer Words;
  const Body &B;
  llvm::DenseSet<uint32_t> Temps, Locals;
  std::vector<std::string> Names;
};

} // namespace

std::vector<std::string> assay::destinationsOf(InstRef Call, const Program &Prog,
                                               const RoleIndex &Roles) {
  return Tracker(Call, Prog, Roles).run();
}
