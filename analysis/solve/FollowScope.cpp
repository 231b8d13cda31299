// follow, until the object is no more: is it wiped, on every path, before its scope ends or it is
// freed?
//
// A plain overwrite (`weak`) is one that the compiler may leave out, since nothing reads the object
// afterwards: it counts only where it is out of the optimiser's sight.
#include "analysis/solve/FreedGlobals.h"
#include "analysis/solve/HeldConstant.h"
#include "analysis/solve/OnlyRead.h"
#include "analysis/solve/Settling.h"
#include "analysis/solve/Tests.h"
#include "analysis/solve/VolatileWrites.h"
#include "analysis/solve/WipedPart.h"

using namespace assay;

namespace {

class ScopeJudge : public FollowJudge {
public:
  using FollowJudge::FollowJudge;

  bool begin() {
    const auto Name = objectAt(At, P.Same);
    if (const std::string Why = Name ? Given.unwiped(*Name) : ""; !Why.empty()) {
      J.addSite(At.role(), At.At, Verdict::Unproven, Why);
      return false;
    }
    if (const char *Why = whyNotAsked(Name)) {
      J.addSite(At.role(), At.At, Verdict::NotApplicable, Why);
      return false;
    }
    Amount.begin(At, P.Same);
    addOrigin(*Name);
    return true;
  }

  bool onCall(WalkState &S, InstRef Call) override {
    HandsOver = isHandedTo(S, Call);
    if (S.Object.empty())
      return true;
    if (auto It = Sites.Wanted.find(Call); It != Sites.Wanted.end() && takes(S, It->second, Call)) {
      if (!isWhole(S, Call, boundOperand(*It->second.Site, "size", J)))
        return true;
      meet(Call);
      return false;
    }
    if (auto It = Sites.Weak.find(Call); It != Sites.Weak.end() && takes(S, It->second, Call)) {
      if (!isWhole(S, Call, boundOperand(*It->second.Site, "size", J)))
        return true;
      if (isKept(Call))
        return meet(Call), false;
      S.Mark = Call;
      return true;
    }
    if (auto It = Sites.Frees.find(Call); It != Sites.Frees.end()) {
      const Taken How = taking(S, It->second, Call);
      if (How == Taken::All)
        return die(S, Call, "is freed"), false;
      if (How == Taken::Maybe) // a wipe that follows may come too late
        notProven(whetherAll(Call));
    }
    if (isDeleted(S, Call))
      return die(S, Call, "is freed"), false;
    if (wipesBehind(S, Call) && isWhole(S, Call, Amount.numberAt(Call)))
      return meet(Call), false;
    if (mayWipeUnseen(S, Call))
      Walk.doubt(S,
                 "whether " + J.Words.callee(Call) + " in " + J.Words.function(Call.Body) +
                     "() wipes it, by an address that was kept, is not known",
                 Call);
    return keepsGoing(S, Call);
  }
  bool onBlock(WalkState &S) override {
    if (!Unproven.empty() && S.isForgotten()) // no fault comes of it, and one doubt is told
      return false;
    if (const auto Wipe = wipeOfNothing(S))
      return meet(*Wipe), false;
    return true;
  }
  bool wantsInto(EntityId Callee) override {
    return Sites.Leads.test(Callee) || Sites.Throws.test(Callee) ||
           (HandsOver && Sites.Deletes.test(Callee));
  }
  bool doubtsUnresolved() const override { return false; }

  bool onScopeEnd(WalkState &S, InstRef At) override {
    die(S, At, "goes out of scope");
    return false;
  }

  bool onReturn(WalkState &S, const Lanes *Value) override {
    FollowJudge::onReturn(S, Value);
    if (livesOn(S.Object))
      return keep(S), false;
    // A temporary has no scope of its own in the body.
    if (isLocal(S) && !isReturned(S))
      return die(S, lastOf(S), "goes out of scope"), false;
    return true;
  }

  bool mayUnwind(WalkState &S, BodyId Body) override {
    if (!FollowJudge::mayUnwind(S, Body))
      return false;
    if (isLocal(S))
      die(S, lastOf(S), "goes out of scope with the exception");
    return true;
  }

  bool onObjectLost(WalkState &S, InstRef) override {
    notProven("who frees the memory, and whether it is wiped then, is not seen in " +
                  J.Words.function(S.Body) + "()",
              "it settles when " + J.Words.function(S.Body) +
                  "() wipes it before it lets go of it, or when the unit that keeps it is in the "
                  "compile database");
    return false;
  }

  void onEnd(WalkState &S, WayEnd How) override {
    if (How == WayEnd::NoReturn || How == WayEnd::Circles)
      return; // the process ends, or the object lives as long as it
    if (How == WayEnd::OutOfEffort)
      return notProven("there are too many ways to follow them all");
    if (How == WayEnd::Thrown)
      return thrown(S);
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    if (livesOn(S.Object))
      return keep(S);
    const bool OfCallers = llvm::any_of(S.Object, [](const ObjectPath &O) {
      return O.Base == BaseKind::Param || O.Base == BaseKind::This;
    });
    if (!OfCallers)
      return void(onObjectLost(S, S.Anchor));
    notProven("the memory belongs to callers of " + J.Words.function(S.Body) +
                  "() that are not seen",
              Settler(J).outsideCaller(S.Body).Text);
  }

protected:
  std::string passText() const override {
    if (!Example.empty())
      return "it is wiped on every way, among others by " + Example;
    if (Written)
      return "what it holds is a constant of the source";
    if (IsOther)
      return NotAsked;
    return Lives ? LivesOn : "no way leads to the end of its life";
  }
  bool isFault() override { return !Constant.atEvent(); }
  bool endsWithGlobals() const override { return true; }

private:
  const char *whyNotAsked(const std::optional<ObjectPath> &Name) {
    if (!Name)
      return "nothing is bound here";
    if (Name->Base == BaseKind::Literal)
      return "what is used is a constant of the source";
    AsksEnd = asksForNames(P.Where) && Name->Base == BaseKind::Param &&
              (P.Where.Into.empty() || !isAskedName(At.At.Body, {*Name}, P.Where));
    if (!isAskedName(At.At.Body, {*Name}, AsksEnd ? withoutInto(P.Where) : P.Where))
      return NotAsked;
    if (J.Asked.isAll() && Constant.atEvent())
      return "what it holds is written in the source";
    return livesOn({*Name}) ? LivesOn : nullptr;
  }

  static constexpr const char *NotAsked = "outside the context that the check is about";
  static constexpr const char *LivesOn = "it lies in memory that lives as long as the program";

  static bool livesOn(const ObjectAliases &Names) {
    return llvm::any_of(Names, [](const ObjectPath &O) {
      return O.Base == BaseKind::Global || O.Base == BaseKind::Fixed;
    });
  }

  void keep(const WalkState &S) {
    Lives = true;
    for (const ObjectPath &O : S.Object)
      if (const std::string Why = Given.unwiped(O); !Why.empty())
        notProven(Why);
  }

  /// `unsigned char buf[32], *key = buf;`: the array is the object, whatever points to it.
  void addOrigin(const ObjectPath &Name) {
    const BodyFacts Facts(Walk.view(At.At.Body).Data);
    if (Name.Base != BaseKind::Local || Name.Path.empty() || Facts.isAddressTaken(Name.Index) ||
        Facts.storesToLocal(Name.Index).size() != 1)
      return;
    for (ObjectPath &Origin : Walk.originsOf(At.At.Body, Name))
      if (Origin != Name)
        Object.push_back(std::move(Origin));
  }

  InstRef lastOf(const WalkState &S) const { return {S.Body, S.Next == 0 ? 0 : S.Next - 1}; }

  /// In a variable or a temporary of the body.
  static bool isLocal(const WalkState &S) {
    return llvm::any_of(S.Object, [](const ObjectPath &O) {
      return (O.Base == BaseKind::Local || O.Base == BaseKind::Temp) &&
             llvm::none_of(O.Path, [](const PlaceStep &P) { return P.Kind == StepKind::Deref; });
    });
  }

  bool isReturned(const WalkState &S) {
    const BodyView &B = Walk.view(S.Body);
    const Inst &Last = B.Insts[lastOf(S).Inst];
    const Operand Value(Last.a());
    if (Last.op() != Op::Return || !Value.is(OperandKind::Temp))
      return false;
    const Inst &In = B.Insts[Value.index()];
    return llvm::any_of(S.Object, [&](const ObjectPath &O) {
      if (O.Base == BaseKind::Temp && O.Index == Value.index())
        return true;
      return In.op() == Op::Load && Walk.placeBehind(S.Body, In.a()).stepsTo(O).has_value();
    });
  }

  enum class Taken : uint8_t { No, Maybe, All };

  /// Is the whole object handed to this call's bind?
  Taken taking(const WalkState &S, const FollowSites::Meaning &Found, InstRef Call) {
    auto Name = objectAt(*Found.Site, bindOfOthers());
    if (!Name)
      return Taken::No;
    if (isNamed(S, *Name))
      return Taken::All;
    // The first element or field stands for the array that begins with it.
    while (!Name->Path.empty() && Name->Path.back().Kind == StepKind::Index &&
           Name->Path.back().Value == 0) {
      Name->Path.pop_back();
      if (isNamed(S, *Name))
        return Taken::All;
    }
    const bool Part =
        llvm::any_of(S.Object, [&](const ObjectPath &O) { return O.stepsTo(*Name).has_value(); });
    return Part || mayBeNamed(S, Call.Body, *Name) ? Taken::Maybe : Taken::No;
  }
  bool takes(WalkState &S, const FollowSites::Meaning &Found, InstRef Call) {
    const Taken How = taking(S, Found, Call);
    if (How == Taken::Maybe)
      ForwardWalk::doubt(S, whetherAll(Call));
    return How == Taken::All;
  }
  std::string whetherAll(InstRef Call) const {
    return "whether " + J.Words.callee(Call) + " in " + J.Words.function(Call.Body) +
           "() takes all of it is not known";
  }

  /// Does it overwrite all of the object? A part is remembered for what is said of the way; where
  /// nobody knows how much, the way is in doubt.
  bool isWhole(WalkState &S, InstRef Call, std::optional<Operand> Size) {
    const WipedPart::Answer A = Size ? Amount.by(S, Call, *Size) : WipedPart::Answer{};
    if (A.How == WipedPart::Extent::Part) {
      S.Mark = A.From;
      Parts[A.From] = "is overwritten by " + J.Words.callee(A.From) + " only in part, " +
                      std::to_string(A.Bytes) + " of " + std::to_string(A.Of) + " bytes";
    }
    if (A.How == WipedPart::Extent::Unknown)
      Walk.doubt(S,
                 "how many of the " + std::to_string(A.Of) + " bytes " + J.Words.callee(Call) +
                     " in " + J.Words.function(Call.Body) + "() overwrites is not known",
                 Call);
    return A.How == WipedPart::Extent::Whole;
  }

  /// The wipe that `if (size) wipe(object, size);` leaves out on this way, where size is zero:
  /// there is nothing to be wiped.
  std::optional<InstRef> wipeOfNothing(const WalkState &S) {
    const BodyView &B = Walk.view(S.Body);
    if (S.Via == NoId || S.Object.empty() || B.Data.blocks()->Get(S.Via)->num_succs() != 2)
      return std::nullopt;
    const auto Succs = rows(B.Data.succs()).slice(B.Data.blocks()->Get(S.Via)->first_succ(), 2);
    if (Succs[0] == Succs[1] || Succs[0] == NoId || Succs[1] == NoId)
      return std::nullopt;
    const uint32_t Edge = Succs[0] == S.Block ? 0 : 1;
    const auto Tests = testsOnEdge(B.Data, S.Via, Edge);
    const Block &Other = *B.Data.blocks()->Get(Succs[1 - Edge]);
    for (const Test &T : Tests ? *Tests : llvm::SmallVector<Test, 2>())
      for (uint32_t I = 0;
           T.In.within({std::numeric_limits<int64_t>::min(), 0}) && I != Other.num_insts(); ++I)
        if (const InstRef Call{S.Body, Other.first_inst() + I}; wipesSoMuch(S, Call, T.Of))
          return Call;
    return std::nullopt;
  }

  /// Is the object handed to a call that leads to a wipe, together with this size?
  bool wipesSoMuch(const WalkState &S, InstRef Call, uint32_t Size) {
    const BodyView &B = Walk.view(S.Body);
    const Inst &In = B.Insts[Call.Inst];
    if (In.op() != Op::Call)
      return false;
    const bool Leads = llvm::any_of(J.Prog.calleesOf(Call).Targets,
                                    [&](EntityId T) { return Sites.LeadsToTries.test(T); });
    if (!Leads && !Sites.Wanted.count(Call) && !wipesBehind(S, Call))
      return false;
    return isHandedTo(S, Call) && llvm::any_of(B.argsOf(In), [&](uint32_t Raw) {
             return isSameValue(S.Body, Operand(Raw), Size);
           });
  }

  /// The overwrite stays: the optimiser does not know what is called, is told not to, or sees
  /// neither the object's end nor what is read of it.
  bool isKept(InstRef Call) {
    if (BodyView::isDispatched(J.Prog.inst(Call)))
      return true;
    const auto *Command = J.Prog.unit(J.Prog.body(Call.Body).Unit).Summary->command();
    for (const auto *A : *Command->effective())
      if (llvm::StringRef Text = A->string_view();
          Text == "-fno-builtin" || Text == "-ffreestanding" || Text == "-fno-builtin-memset")
        return true;
    return false;
  }

  /// Volatile stores through a pointer to the object, in a function that is handed it.
  bool wipesBehind(const WalkState &S, InstRef Call) {
    return llvm::any_of(Volatile.writtenBy(Call),
                        [&](const ObjectPath &Name) { return isNamed(S, Name); });
  }

  /// The object's address lies in something that this call is about, and the call leads to a wipe:
  /// the destructor of a guard.
  bool mayWipeUnseen(const WalkState &S, InstRef Call) {
    const auto &Targets = J.Prog.calleesOf(Call).Targets;
    return llvm::any_of(Targets, [&](EntityId T) { return Sites.Leads.test(T); }) &&
           llvm::any_of(S.Object,
                        [&](const ObjectPath &O) { return J.Flows.Keepers.mayReach(Call, O); });
  }

  /// What a call may do with the object otherwise. False: the way ends.
  bool keepsGoing(WalkState &S, InstRef Call) {
    const Inst &In = J.Prog.inst(Call);
    const llvm::ArrayRef<uint32_t> Args = Walk.view(Call.Body).argsOf(In);
    for (unsigned A = 0; A != Args.size(); ++A) {
      const auto &Given = Walk.behind(Call.Body, Operand(Args[A]));
      if (!Given || !isNamed(S, *Given))
        continue;
      if (mayWriteElsewhere(Call, A, J.Prog))
        Walk.doubt(S, "whether " + J.Words.callee(Call) + " of another file wipes it", Call);
      if (S.Mark.Body != NoId && S.Mark.Body == Call.Body && !Parts.count(S.Mark))
        return meet(S.Mark), false; // it is read after it was overwritten
      if (isMoved(Call, A - BodyView::receivers(In)))
        return notProven("it is moved into " + J.Words.callee(Call) + ", which owns it then"),
               false;
    }
    return true;
  }

  void die(WalkState &S, InstRef End, const std::string &How) {
    if (isWritten(S))
      return void(Written = true);
    if (AsksEnd && !isAskedName(S.Body, S.Object, P.Where))
      return void(IsOther = true);
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    const std::string Name = nameOf(S.Body, S.Object);
    const PathStep Last{J.Words.at(End), J.Words.function(End.Body), Name + " " + How + " here"};
    if (S.Mark.Body == NoId)
      return report(S, S.Anchor, How + " without being wiped", Name, Last);
    if (auto Part = Parts.find(S.Mark); Part != Parts.end())
      return report(S, S.Mark, Part->second, Name, Last);
    // Another unit's function is not seen into when this one is optimised.
    if (J.Prog.body(S.Mark.Body).Unit != J.Prog.body(End.Body).Unit)
      return meet(S.Mark);
    report(S, S.Mark,
           "is overwritten by " + J.Words.callee(S.Mark) +
               " only, which the compiler may leave out: nothing reads it afterwards",
           Name, Last);
  }

  /// All that was handed in there is a constant of the source: a fault, but none of its memory.
  bool isWritten(const WalkState &S) {
    return S.Anchor.Body == S.Body &&
           Constant.isHandedIn(S.Anchor, [&](const ObjectPath &Name) { return isNamed(S, Name); });
  }

  void thrown(WalkState &S) {
    if (!S.Doubt.empty())
      return notProven(S.Doubt);
    notProven("an exception leaves " + J.Words.function(S.Body) +
              "(), and who catches it is not seen");
  }

  VolatileWrites Volatile{J, Walk};
  WipedPart Amount{J, Walk};
  HeldConstant Constant{J, Walk, At, P.Same};
  FreedGlobals Given{P, J, Walk, Sites};
  std::map<InstRef, std::string> Parts; ///< calls that overwrite a part, in words
  bool Lives = false, Written = false, IsOther = false;
  bool AsksEnd = false;   ///< the name that callers have for the object decides, too
  bool HandsOver = false; ///< the present call is handed the object
};

} // namespace

void assay::judgeScope(const FollowProperty &P, const Judging &J, const RoleSite &At,
                       FollowSites &Sites, bool ByCallers) {
  ScopeJudge Judge(P, J, At, Sites);
  if (Judge.begin() && (!ByCallers || Judge.mayComeToAsked()))
    Judge.run();
}
