// argument: does the value that is bound at the site lie in the allowed set?
#include "analysis/solve/BoundValues.h"
#include "analysis/solve/CarriedTexts.h"
#include "analysis/solve/Conditions.h"
#include "analysis/solve/Destinations.h"
#include "analysis/solve/DoneBeside.h"
#include "analysis/solve/Exemptions.h"
#include "analysis/solve/Fixing.h"
#include "analysis/solve/HasText.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/Ruling.h"
#include "analysis/solve/SecretTexts.h"
#include "analysis/solve/Settings.h"
#include "analysis/solve/Settling.h"

#include "llvm/ADT/MapVector.h"

using namespace assay;

namespace {

class ArgumentJudge {
public:
  ArgumentJudge(const ArgumentProperty &P, const Judging &J)
      : P(P), J(J), Secrets(holdsSecret(P.At, P.Bind, J.Rules), J), Exempt(P.Unless, J),
        Chosen(P.Grade.ChosenBy, J), Others(P.OrBeside, J), Texts(J), ToldBefore(J.Out.TextsTold) {}

  void run() {
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        if (J.Asked.mayTakeFromHere(S.At.Body, J.Page.Id) &&
            (J.Asked.here(S.At.Body) || isSuppliedHere(S)))
          judgeSite(S);
  }

private:
  using Callers = std::set<InstRef>;

  bool binds(const RoleSite &S) const {
    return S.Assignment ? S.Assignment->Bind == P.Bind : S.Call->Binds.count(P.Bind) != 0;
  }

  /// Of a site elsewhere a fault stands where the value was handed in. Before all else is asked of
  /// it.
  bool isSuppliedHere(const RoleSite &S) {
    if (!binds(S) || S.Exempt)
      return false;
    J.Values.begin();
    const auto Values = boundValues(S, P.Bind, J);
    return Values && llvm::any_of(*Values, [&](const Value &V) {
             return V.Outer.Body != NoId && J.Asked.here(V.Outer.Body);
           });
  }

  const Frame *frame(const RoleSite &S) { return J.Values.root(S.At.Body); }

  /// What the property asks for is not what the operand is about: "AES" of AES_encrypt() has no
  /// bits, the mode of gcry_cipher_open() no algorithm.
  bool saysNothingOfIt(const RoleSite &S) const {
    if (!S.Call)
      return false;
    const ArgRef &Ref = S.Call->Binds.at(P.Bind);
    if (Ref.Where != ArgRef::Kind::Fixed && Ref.Says.empty())
      return false;
    auto IsSaid = [&](const std::string &Fact) {
      return Ref.Where == ArgRef::Kind::Fixed ? Ref.Fixed.count(Fact) != 0
                                              : llvm::is_contained(Ref.Says, Fact);
    };
    auto Lacks = [&](const auto &Asked) {
      return llvm::none_of(Asked, [&](const auto &A) { return IsSaid(A.first); });
    };
    return Lacks(P.Min) && Lacks(P.Max) && Lacks(P.Allow) && Lacks(P.Deny);
  }

  /// The model's own `when`: which of several callers use the function in this meaning. False: none
  /// does.
  bool meansThis(const RoleSite &S, Callers &Only) {
    if (!S.Call)
      return true;
    for (const auto &[Arg, Names] : S.Call->When) {
      bool Any = false;
      for (const Value &V : J.Values.operand(frame(S), J.Values.argument(S.At, Arg), S.At.Inst)) {
        const bool Match = hasName(V, Names, J);
        Any |= Match;
        if (Match && V.Outer.Body != NoId)
          Only.insert(V.Outer);
      }
      if (!Any)
        return false;
    }
    return true;
  }

  /// The property's `when`: another bind must have one of these facts. What is not known counts as
  /// having it.
  bool applies(const RoleSite &S, Callers &Only) {
    return whetherApplies(P.When, S, J, Only) != Applies::No;
  }

  bool inAskedContext(const RoleSite &S) {
    std::vector<std::string> Names;
    if (asksForNames(P.Where) && S.Call) {
      Names = destinationsOf(S.At, J.Prog, J.Roles);
      for (const auto &[Bind, Ref] : S.Call->Binds)
        if (Ref.Where == ArgRef::Kind::Argument)
          if (std::string N = nameOfArgument(S.At, Ref.Index); !N.empty())
            Names.push_back(N);
    }
    return inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, Names);
  }

  std::string nameOfArgument(InstRef Call, unsigned Index) {
    Operand O = J.Values.argument(Call, Index);
    const Body &B = *J.Prog.body(Call.Body).Data;
    if (O.is(OperandKind::AddressOf))
      return J.Words.lastName(Call.Body, *B.places()->Get(O.index()));
    if (O.is(OperandKind::Temp) && B.insts()->Get(O.index())->op() == Op::Load)
      return J.Words.lastName(Call.Body, *B.places()->Get(B.insts()->Get(O.index())->a()));
    return "";
  }

  void judgeSite(const RoleSite &S) {
    if (!binds(S))
      return;
    if (S.Exempt)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
    J.Values.begin();
    Callers Only;
    if (!meansThis(S, Only))
      return; // the row does not speak of this call
    if (!inAskedContext(S))
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "outside the context that the check is about");
    if (!applies(S, Only))
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "the check is not about this kind of " + P.When.begin()->first);
    const Exemption Spared = Exempt.of(S);
    if (Spared == Exemption::Yes)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "exempt: " + P.Unless.begin()->first);
    auto Values = boundValues(S, P.Bind, J);
    if (!Values)
      return;
    if (Values->empty())
      return J.addSite(S.role(), S.At, Verdict::Unproven, "no value that can reach it was found");
    rule(S, keep(S, *Values, Only), Spared == Exemption::Maybe);
  }

  /// Leaves out what does not reach this meaning of the call.
  ValueSet keep(const RoleSite &S, const ValueSet &All, const Callers &Only) {
    bool NullIsUnset = S.Call && S.Call->Binds.at(P.Bind).NullMeansUnset;
    ValueSet Kept;
    for (const Value &V : All) {
      if (NullIsUnset && (V.K == Value::Kind::Null || (V.K == Value::Kind::Int && V.Int == 0)))
        continue;
      if (!Only.empty() && V.Outer.Body != NoId && !Only.count(V.Outer))
        continue;
      if (S.Assignment && S.Assignment->When && V.K == Value::Kind::Int &&
          !S.Assignment->When->holds(V.Int))
        continue;
      Kept.add(V);
    }
    if (J.Roles.role(S.role())->Binds.at(P.Bind) == BindKind::Bytes)
      Kept = withoutClearings(withoutFirstBytes(Kept), S.At.Body);
    const Operand Given = S.Call ? boundArgument(S, P.Bind, J) : Operand();
    return asksForEmpty() ? withoutInitialEmpty(Kept, isOnlyWithText(S.At, Given, J)) : Kept;
  }

  bool asksForEmpty() const {
    return llvm::any_of(P.DenyOrigin, [](const OriginTest &T) { return T.Kind == Origin::Empty; });
  }

  std::vector<std::string> askedFacts() const {
    std::set<std::string> Names;
    for (const auto *Asked : {&P.Deny, &P.Allow})
      for (const auto &[Fact, Values] : *Asked)
        Names.insert(Fact);
    for (const auto *Limits : {&P.Min, &P.Max})
      for (const auto &[Fact, Limit] : *Limits)
        if (Fact != "value" && Fact != "size")
          Names.insert(Fact);
    return {Names.begin(), Names.end()};
  }

  void rule(const RoleSite &S, const ValueSet &Values, bool MayBeExempt) {
    if (Values.empty())
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, "nothing is bound here");
    if (saysNothingOfIt(S))
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "the function says it elsewhere, or not at all");
    Ruled Said = ruleOnEach(S, Values);
    const ValueSet Carried =
        isTextAsked(S, Said) ? Texts.at(S.At, boundArgument(S, P.Bind, J)) : ValueSet();
    if (!Carried.empty())
      Said.Wrong = ruleOnEach(S, Carried).Wrong;
    if (Said.Wrong.empty())
      return keepAsGood(S, Values, Said);
    if (MayBeExempt)
      return J.addSite(S.role(), S.At, Verdict::Unproven,
                       "wrong, unless it is exempt: not every " + P.Unless.begin()->first +
                           " that may arrive is known");
    if (const std::string Other = Others.near(S.At); !Other.empty())
      return J.addSite(S.role(), S.At, Verdict::Unproven,
                       "wrong, unless " + Other + " does what is missing");
    std::string Told;
    for (const auto &[Outer, Wrong] : Said.Wrong) {
      const InstRef Anchor = Outer.Body != NoId ? Outer : S.At;
      Finding *Before = toldBefore(S, Outer, Wrong);
      if (Before)
        addTo(*Before, S, Anchor, *Wrong.front().first);
      else
        report(S, Outer, Wrong);
      Told = Before ? Before->Message : J.Out.Findings.back().Message;
    }
    J.addSite(S.role(), S.At, Verdict::Fail, Told);
  }

  using WrongValues = llvm::ArrayRef<std::pair<const Value *, Ruling>>;

  /// The password of an access point, and again where the device joins a network until somebody
  /// sets another: a surer property of the page has told of the same text in this file. What stands
  /// in other files is not asked, since who judges one file only does not know of it.
  Finding *toldBefore(const RoleSite &S, InstRef Outer, WrongValues Wrong) const {
    const Value &V = *Wrong.front().first;
    const bool Supplied = Outer.Body != NoId;
    if (Wrong.size() != 1 || (!Secrets.isSecret(V) && !Supplied))
      return nullptr;
    const Location At = J.Words.at(Supplied ? Outer : S.At);
    if (Secrets.isSecret(V))
      if (const auto It = ToldBefore.find({Secrets.textOf(V), At.File}); It != ToldBefore.end())
        return unconditional(J.Out.Findings[It->second]);
    // One call, one value: by several functions that it reaches.
    const auto It = ToldAt.find({keyOf(S, V), At});
    return It == ToldAt.end() ? nullptr : unconditional(J.Out.Findings[It->second]);
  }

  /// What comes only where somebody has set it so says nothing of the other ways.
  static Finding *unconditional(Finding &F) { return F.Chosen ? nullptr : &F; }

  /// A secret is one wherever it goes; of a number it depends on what it is handed to.
  std::string keyOf(const RoleSite &S, const Value &V) const {
    return Secrets.isSecret(V) ? Secrets.textOf(V) : J.Words.callee(S.At) + "|" + J.Words.value(V);
  }

  void addTo(Finding &Told, const RoleSite &S, InstRef Anchor, const Value &V) const {
    const InstRef Also = J.Words.at(Anchor) == Told.At ? S.At : Anchor;
    Told.Related.push_back({J.Words.at(Also), J.Words.function(Also.Body),
                            J.Words.callee(S.At) + " takes it as " + P.Bind + ", too",
                            PathStepKind::Value});
    if (Secrets.isSecret(V))
      Told.Secrets.push_back(Secrets.writtenAt(V));
  }

  /// What is wrong, by the call that supplied it; of the rest what the verdict is and rests on.
  struct Ruled {
    llvm::MapVector<InstRef, std::vector<std::pair<const Value *, Ruling>>,
                    std::map<InstRef, unsigned>>
        Wrong;
    Verdict Outcome = Verdict::Pass;
    std::string Reason, Rests;
    std::vector<PathStep> Behind;
    Settling Cure;
  };

  /// What is not known may be named by a text that lay in a container, of which a fact is asked.
  bool isTextAsked(const RoleSite &S, const Ruled &Said) const {
    const bool IsGiven = S.Call && S.Call->Binds.at(P.Bind).Where == ArgRef::Kind::Argument &&
                         S.Call->Binds.at(P.Bind).Fields.empty();
    return IsGiven && Said.Wrong.empty() && Said.Outcome == Verdict::Unproven &&
           !askedFacts().empty();
  }

  Ruled ruleOnEach(const RoleSite &S, const ValueSet &Values) {
    Ruled Said;
    for (const Value &V : Values) {
      Ruling R = ruleOn(P, V, J.Values.factsOf(V, domainOf(S, P.Bind)), J.Words);
      if (R.Outcome == Verdict::Fail &&
          (Secrets.isPlaceholder(V) || (V.Outer.Body != NoId && isExcluded(P.Where, V.Outer, J))))
        R = {Verdict::Pass, "", "", ""};
      if (R.Outcome == Verdict::Fail && Secrets.isPartOfName(V))
        R = {Verdict::Unproven, "", "",
             "a name is put together where it lies: what arrives may be what was read under it"};
      if (R.Outcome == Verdict::Fail)
        Said.Wrong[V.Outer].push_back({&V, R});
      else if (R.Outcome == Verdict::Unproven && Said.Outcome == Verdict::Pass) {
        Said.Outcome = Verdict::Unproven;
        Said.Reason = R.Why;
        Said.Behind = J.Words.way(V);
        Said.Cure = Settler(J).value(V, askedFacts());
      } else if (R.Outcome == Verdict::Pass) {
        Said.Rests += (Said.Rests.empty() ? "" : ", ") + J.Words.value(V);
        if (Said.Outcome == Verdict::Pass)
          llvm::append_range(Said.Behind, J.Words.way(V));
      }
    }
    // Of a text that is put together the longest piece says most.
    const auto LengthOfPiece = [](const auto &Each) {
      return Each.first->Patched ? Each.first->Int : 0;
    };
    for (auto &[Outer, Wrong] : Said.Wrong)
      llvm::stable_sort(
          Wrong, [&](const auto &L, const auto &R) { return LengthOfPiece(L) > LengthOfPiece(R); });
    return Said;
  }

  void keepAsGood(const RoleSite &S, const ValueSet &Values, const Ruled &Said) {
    J.addSite(S.role(), S.At, Said.Outcome,
              Said.Outcome == Verdict::Pass ? P.Bind + " is " + Said.Rests : Said.Reason);
    Site &Kept = J.site();
    Kept.Rests = Said.Behind;
    Secrets.addTo(Kept.Secrets, Values);
    if (S.Call)
      Kept.Rests.push_back(J.restsOn(S.At, J.Words.callee(S.At) + " is " + saidBy(*S.Call)));
    Kept.Settle = Said.Cure.Text;
    Kept.Row = Said.Cure.Row;
  }

  /// Each of the values comes only where somebody has set such a setting.
  std::optional<Setting> chosenBy(const RoleSite &S, InstRef Outer, WrongValues Wrong) {
    std::optional<Setting> First;
    for (const auto &[V, Why] : Wrong) {
      llvm::SmallVector<InstRef, 8> Points = {S.At, Outer, V->At};
      for (const Trace *T = V->Way; T; T = T->Origin)
        Points.push_back(T->At);
      auto By = Chosen.before(Points);
      if (!By)
        return std::nullopt;
      if (!First || !By->MustBeSet)
        First = std::move(By);
    }
    return First;
  }

  void report(const RoleSite &S, InstRef Outer, WrongValues Wrong) {
    const auto &[V, R] = Wrong.front();
    bool Supplied = Outer.Body != NoId;
    Finding F = J.findingAt(Supplied ? Outer : S.At);
    std::string Callee = J.Words.callee(S.At), In = J.Words.function(S.At.Body);
    F.Message =
        fillIn(P.Message.empty() ? "{value} is not allowed as {bind} of {callee}" : P.Message,
               {{"value", Secrets.describe(*V)},
                {"bind", P.Bind},
                {"callee", Callee},
                {"fact", R.Fact},
                {"limit", R.Limit}});
    if (Supplied)
      F.Message += "; it reaches " + Callee + " in " + In + "()";
    if (const auto By = chosenBy(S, Outer, Wrong))
      tellSetting(F, *By);
    F.Path = J.Words.way(*V);
    F.Path.push_back({J.Words.at(S.At), In, Callee + " takes it as " + P.Bind, PathStepKind::Site});
    ValueSet Shown;
    for (const auto &[Each, Why] : Wrong)
      Shown.add(*Each);
    Secrets.addTo(F.Secrets, Shown);
    for (const auto &[Other, Why] : Wrong.drop_front())
      for (PathStep &Step : J.Words.way(*Other)) {
        Step.Text = "also: " + Step.Text;
        F.Related.push_back(std::move(Step));
        break;
      }
    const bool Fixed = S.Call && S.Call->Binds.at(P.Bind).Where == ArgRef::Kind::Fixed;
    if (!Supplied && !Fixed && Wrong.size() == 1)
      if (auto New = fixOf(P, S.At, boundArgument(S, P.Bind, J), *V, domainOf(S, P.Bind), J))
        F.Fixes.push_back(std::move(*New));
    F.SiteKey = S.role() + "|" + Callee + "|" + In + "|" + P.Bind + "|" + J.Words.value(*V);
    if (Secrets.isSecret(*V))
      J.Out.TextsTold.try_emplace({Secrets.textOf(*V), F.At.File}, J.Out.Findings.size());
    ToldAt.try_emplace({keyOf(S, *V), F.At}, J.Out.Findings.size());
    J.Out.Findings.push_back(std::move(F));
  }

  const ArgumentProperty &P;
  const Judging &J;
  const SecretTexts Secrets;
  Exemptions Exempt;
  Settings Chosen;
  DoneBeside Others;
  CarriedTexts Texts;
  const decltype(Judged::TextsTold) ToldBefore;              ///< by other properties of the page
  std::map<std::pair<std::string, Location>, size_t> ToldAt; ///< by this one
};

} // namespace

void assay::judge(const ArgumentProperty &P, const Judging &J) {
  ArgumentJudge(P, J).run();
}
