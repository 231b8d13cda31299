// Forward walk: where the object may be known at all, told from names alone, at a fraction of what
// the ways cost.
#include "analysis/solve/Forward.h"

using namespace assay;

/// All names that some order of all stores and calls may give the object, each followed for itself:
/// more than any way does.
class ForwardWalk::NameReach {
public:
  NameReach(ForwardWalk &Walk, llvm::function_ref<bool(BodyId)> LeadsOut,
            llvm::function_ref<bool(BodyId)> IsWanted)
      : Walk(Walk), Prog(Walk.J.Prog), LeadsOut(LeadsOut), IsWanted(IsWanted) {}

  bool comesFrom(BodyId Body, const ObjectAliases &Names) {
    std::set<std::pair<BodyId, ObjectPath>> Seen;
    std::vector<std::pair<BodyId, ObjectPath>> Work;
    const auto Add = [&](BodyId In, const ObjectAliases &New) {
      for (const ObjectPath &Name : New)
        if (Seen.insert({In, Name}).second)
          Work.push_back({In, Name});
    };
    Add(Body, Names);
    for (size_t K = 0; K != Work.size(); ++K) {
      const auto [In, Name] = Work[K];
      Add(In, beside(In, Name, 0));
      for (InstRef Caller : Prog.callersOf(Prog.body(In).Entity)) {
        if (!LeadsOut(Caller.Body))
          continue;
        const ObjectAliases Outside = outside(In, {Name}, Caller);
        if (IsGivenUp || (!Outside.empty() && IsWanted(Caller.Body)))
          return true;
        Add(Caller.Body, Outside);
      }
    }
    return IsGivenUp;
  }

private:
  static constexpr unsigned MostNames = 500;

  static void append(ObjectAliases &To, ObjectAliases More) {
    To.insert(To.end(), std::make_move_iterator(More.begin()), std::make_move_iterator(More.end()));
  }

  static WalkState stateOf(BodyId Body, ObjectAliases Names) {
    WalkState S;
    S.Body = Body;
    S.Object = std::move(Names);
    return S;
  }

  /// What else the body calls what it calls so.
  ObjectAliases beside(BodyId Body, const ObjectPath &Name, unsigned Depth) {
    const bool AllKnowIt = Name.Base == BaseKind::Global || Name.Base == BaseKind::Literal ||
                           Name.Base == BaseKind::Fixed;
    IsGivenUp |= ++Names > MostNames || AllKnowIt;
    ObjectAliases Found;
    const BodyView &B = Walk.view(Body);
    for (uint32_t I = 0; I != B.Insts.size() && !IsGivenUp; ++I) {
      const Inst &In = B.Insts[I];
      if (In.op() == Op::Store) {
        WalkState S = stateOf(Body, {Name});
        Walk.renameByStore(S, In);
        append(Found, std::move(S.Object));
      } else if (In.op() == Op::Call && Depth != MostDepth) {
        for (EntityId T : Prog.calleesOf({Body, I}).Targets)
          for (BodyId Callee : Prog.bodiesOf(T))
            append(Found, left({Body, I}, Callee, Name, Depth));
      }
    }
    return Found;
  }

  /// ... and what it does when the callee has returned.
  ObjectAliases left(InstRef Call, BodyId Callee, const ObjectPath &Name, unsigned Depth) {
    ObjectAliases Inside = Walk.aliasesIn(Call, Callee, {Name});
    std::set<ObjectPath> Seen(Inside.begin(), Inside.end());
    for (size_t K = 0; K != Inside.size() && !IsGivenUp; ++K)
      for (ObjectPath &More : beside(Callee, ObjectPath(Inside[K]), Depth + 1))
        if (Seen.insert(More).second)
          Inside.push_back(std::move(More));
    return Inside.empty() ? ObjectAliases() : outside(Callee, Inside, Call);
  }

  /// What who called calls it, wherever the body returns, or is left by an exception.
  ObjectAliases outside(BodyId Body, const ObjectAliases &Inside, InstRef Call) {
    ObjectAliases Found;
    const auto AddFor = [&](Operand Result) {
      for (const ObjectPath &Name : Inside)
        append(Found, Walk.aliasesOut(stateOf(Body, {Name}), Call, Result));
    };
    AddFor(Operand());
    for (const Inst &In : Walk.view(Body).Insts)
      if (In.op() == Op::Return)
        AddFor(Operand(In.a()));
    return Found;
  }

  ForwardWalk &Walk;
  const Program &Prog;
  llvm::function_ref<bool(BodyId)> LeadsOut, IsWanted;
  unsigned Names = 0;
  bool IsGivenUp = false;
};

bool ForwardWalk::mayComeOutTo(BodyId From, const ObjectAliases &Object,
                               llvm::function_ref<bool(BodyId)> LeadsOut,
                               llvm::function_ref<bool(BodyId)> IsWanted) {
  return NameReach(*this, LeadsOut, IsWanted).comesFrom(From, Object);
}
