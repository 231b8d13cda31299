// Forward walk: where the object may be known at all, told from names alone, at a fraction of what
// the ways cost.
#include "analysis/solve/Forward.h"

using namespace assay;

/// All names that some order of all stores and calls may give the object, each followed for itself:
/// more than any way does.
class ForwardWalk::NameReach {
public:
  NameReach(ForwardWalk &Walk, bool EndsWithGlobals, llvm::function_ref<bool(BodyId)> LeadsOut,
            llvm::function_ref<bool(BodyId)> IsWanted)
      : Walk(Walk), Prog(Walk.J.Prog), EndsWithGlobals(EndsWithGlobals), LeadsOut(LeadsOut),
        IsWanted(IsWanted) {}

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
      if (allKnow(Name)) // given up, or its ways end with the body
        continue;
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

  static bool allKnow(const ObjectPath &Name) {
    return Name.Base == BaseKind::Global || Name.Base == BaseKind::Literal ||
           Name.Base == BaseKind::Fixed;
  }

  /// An exception may carry it further.
  bool endsIn(BodyId Body, const ObjectPath &Name) const {
    return EndsWithGlobals && Name.Base != BaseKind::Literal &&
           !Walk.J.Reaches.toThrows().test(Prog.body(Body).Entity);
  }

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
    IsGivenUp |= ++Names > MostNames || (allKnow(Name) && !endsIn(Body, Name));
    ObjectAliases Found;
    const Copies &Mine = copiesIn(Body);
    for (const Copied &By : Mine.Stores)
      if (By.mayRename(Name))
        append(Found, afterCopy(By, Name));
    for (uint32_t Call : Mine.Calls)
      if (Depth != MostDepth && !IsGivenUp)
        append(Found, left({Body, Call}, Name, Depth));
    return Found;
  }

  /// What of a body may give an object another name.
  struct Copies {
    std::vector<Copied> Stores;
    std::vector<uint32_t> Calls; ///< of functions with a body
  };
  const Copies &copiesIn(BodyId Body) {
    auto [It, New] = Known.try_emplace(Body);
    const BodyView &B = Walk.view(Body);
    for (uint32_t I = 0; New && I != B.Insts.size(); ++I)
      if (B.Insts[I].op() == Op::Store)
        It->second.Stores.push_back(Walk.copied(Body, B.Insts[I]));
      else if (B.Insts[I].op() == Op::Call &&
               llvm::any_of(Prog.calleesOf({Body, I}).Targets,
                            [&](EntityId T) { return !Prog.bodiesOf(T).empty(); }))
        It->second.Calls.push_back(I);
    return It->second;
  }

  ObjectAliases left(InstRef Call, const ObjectPath &Name, unsigned Depth) {
    ObjectAliases Found;
    const ObjectAliases Inside = Walk.aliasesIn(Call, {Name});
    if (!Inside.empty())
      for (EntityId T : Prog.calleesOf(Call).Targets)
        for (BodyId Callee : Prog.bodiesOf(T))
          append(Found, left(Call, Callee, Inside, Depth));
    return Found;
  }

  /// ... and what it does when the callee has returned.
  ObjectAliases left(InstRef Call, BodyId Callee, ObjectAliases Inside, unsigned Depth) {
    std::set<ObjectPath> Seen(Inside.begin(), Inside.end());
    for (size_t K = 0; K != Inside.size() && !IsGivenUp; ++K)
      for (ObjectPath &More : beside(Callee, ObjectPath(Inside[K]), Depth + 1))
        if (Seen.insert(More).second)
          Inside.push_back(std::move(More));
    return outside(Callee, Inside, Call);
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
  const bool EndsWithGlobals;
  llvm::function_ref<bool(BodyId)> LeadsOut, IsWanted;
  std::map<BodyId, Copies> Known;
  unsigned Names = 0;
  bool IsGivenUp = false;
};

bool ForwardWalk::mayComeOutTo(BodyId From, const ObjectAliases &Object, bool EndsWithGlobals,
                               llvm::function_ref<bool(BodyId)> LeadsOut,
                               llvm::function_ref<bool(BodyId)> IsWanted) {
  return NameReach(*this, EndsWithGlobals, LeadsOut, IsWanted).comesFrom(From, Object);
}
