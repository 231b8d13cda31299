// comparison: is a secret compared with what stands in the source, or in a way that tells of it?
#include "analysis/link/BodyView.h"
#include "analysis/model/Rows.h"
#include "analysis/solve/BranchWords.h"
#include "analysis/solve/BypassedCheck.h"
#include "analysis/solve/ComparedSecret.h"
#include "analysis/solve/EarlyExit.h"
#include "analysis/solve/FlowTables.h"
#include "analysis/solve/Judging.h"
#include "analysis/solve/MadeValues.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/SetOnce.h"
#include "analysis/solve/SpelledSecrets.h"
#include "analysis/solve/UnsetSecret.h"

#include <set>

using namespace assay;

namespace {

class ComparisonJudge {
public:
  ComparisonJudge(const ComparisonProperty &P, const Judging &J)
      : P(P), J(J), Called(J.Prog, J.Words, J.Roles), Worth(P, J, Called),
        Secret(P, J, Worth, Called), Made(P.MadeBy, J.Roles, J.Prog) {}

  void run() {
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        if (J.Asked.mayTakeFromHere(S.At.Body, J.Page.Id))
          judgeCall(S);
    for (BodyId B = 0; B != J.Prog.bodyCount(); ++B)
      if (!J.Roles.isOutOfScope(B) && !J.Literals.isOfSystem(B) &&
          J.Asked.mayTakeFromHere(B, J.Page.Id))
        judgeBody(B);
  }

private:
  const Body &body(BodyId Id) const { return *J.Prog.body(Id).Data; }

  // ---- calls that compare

  static bool isText(const Value &V) {
    return V.K == Value::Kind::Text && V.Int > 0 && V.Const != NoId;
  }
  static bool isConstant(const ValueSet &S) {
    return llvm::any_of(S, isText) && llvm::all_of(S, [](const Value &V) {
             return V.K == Value::Kind::Text || V.K == Value::Kind::Zero ||
                    V.K == Value::Kind::Null || V.K == Value::Kind::Uninitialised;
           });
  }

  /// A member that is const, or that only constructors set: what somebody unseen may do with the
  /// object does not change it.
  bool isFixed(const RoleSite &S, Operand O, const ValueSet &Values) const {
    if (!O.is(OperandKind::AddressOf) || !llvm::any_of(Values, isText))
      return false;
    const Body &B = body(S.At.Body);
    const Place &At = *B.places()->Get(O.index());
    const Step *Last =
        At.path_len() ? B.steps()->Get(At.path_start() + At.path_len() - 1) : nullptr;
    if (!Last || Last->kind() != StepKind::Field)
      return false;
    const EntityId Field = J.Prog.entityIn(S.At.Body, Last->value());
    return J.Prog.entity(Field).has(EntityFlag::Const) || isSetByConstructorsOnly(Field, J.Prog);
  }

  void judgeCall(const RoleSite &S) {
    if (S.Exempt || !S.Call)
      return;
    auto Left = S.Call->Binds.find("left"), Right = S.Call->Binds.find("right");
    if (Left == S.Call->Binds.end() || Right == S.Call->Binds.end())
      return;
    if (!inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {}))
      return;
    const Operand L = operandOf(S, Left->second), R = operandOf(S, Right->second);
    if (P.withLiteral() && judgeNumbers(S, L, R))
      return;
    std::vector<std::string> Near;
    Called.namesOf(S.At.Body, L, Near);
    Called.namesOf(S.At.Body, R, Near);
    const BodyView B(J.Prog, S.At.Body);
    const bool Speaks = isConstantTime(S) || Worth.isSpokenOf(S.At, L, R, Near);
    if (!Speaks && (B.isTextInPlace(L) || B.isTextInPlace(R) || !Made.reaches(S.At.Body)))
      return J.addSite(S.role(), S.At, Verdict::Pass, "nothing that is compared is a secret");
    if (P.withLiteral() && (judgeInPlace(S, L, R) || judgeInPlace(S, R, L)))
      return;
    J.Values.begin();
    const Frame *F = J.Values.root(S.At.Body);
    const ValueSet LV = J.Values.bytesBehind(F, L, S.At.Inst),
                   RV = J.Values.bytesBehind(F, R, S.At.Inst);
    const bool LC = isConstant(LV) || isFixed(S, L, LV), RC = isConstant(RV) || isFixed(S, R, RV);
    if (!P.withLiteral() && Speaks && (LC || RC))
      return;
    if (!P.withLiteral()) // what is written in the source is no secret, whoever made the other side
      return judgeSecrets(S, L, R,
                          LC || RC || isSorted(S.At, J.Prog) ? nullptr : Made.oneOf(LV, RV));
    if (LC && RC)
      return;
    // Through a function that compares: each caller that supplies a constant.
    std::set<InstRef> Outers;
    for (const auto &[Set, Others, Whole, Mine, Other] :
         {std::tuple(&LV, &RV, LC, L, R), std::tuple(&RV, &LV, RC, R, L)}) {
      if (Others == &LV ? LC : RC) // the word of a caller is held against a name, not against input
        continue;
      const bool AreWords = isHandedInByMany(*Set, *Others, J.Prog);
      for (const Value &V : *Set)
        if (isText(V) && (Whole || V.Outer.Body != NoId) && Outers.insert(V.Outer).second)
          judgePair(S, V, Mine, Other,
                    (AreWords && !looksChosen(Secret.textOf(V))) || isOneOfMany(*Set, V));
    }
  }

  bool isConstantTime(const RoleSite &S) const {
    return llvm::is_contained(P.ConstantTime, S.role());
  }
  bool isConstantTime(InstRef Loop) const {
    return !P.ConstantTime.empty() && addsUpDifferences(Loop, J.Prog);
  }

  /// strcmp(typed, "..."): of most such texts the words alone say that they are none.
  bool judgeInPlace(const RoleSite &S, Operand Mine, Operand Other) {
    if (!BodyView(J.Prog, S.At.Body).isTextInPlace(Mine))
      return false;
    J.Values.begin();
    const Frame *F = J.Values.root(S.At.Body);
    const ValueSet Values = J.Values.bytesBehind(F, Mine, S.At.Inst);
    const Value *V = Values.single();
    if (!V || !isText(*V))
      return false;
    Compared C = pairOf(S, *V, Mine, Other);
    if (const char *Why = Secret.whyNot(C)) {
      J.addSite(C.Role, C.At, Verdict::Pass, Why);
      return true;
    }
    const ValueSet Others = J.Values.bytesBehind(F, Other, S.At.Inst);
    if (!isConstant(Others) && !isFixed(S, Other, Others))
      report(C);
    return true;
  }

  /// if (typed == std::to_string(kServicePin))
  bool judgeNumbers(const RoleSite &S, Operand L, Operand R) {
    for (const auto &[Side, Other] : {std::pair(L, R), std::pair(R, L)})
      if (const std::optional<SpelledSecret> Number =
              writtenNumber(S.At, Side, Other, llvm::ArrayRef(P.Named).take_front(), Called, J)) {
        judgeSpelled(*Number);
        return true;
      }
    return false;
  }

  Operand operandOf(const RoleSite &S, const ArgRef &Ref) const {
    if (Ref.Where == ArgRef::Kind::This)
      return Operand(body(S.At.Body).args()->Get(J.Prog.inst(S.At).b()));
    return J.Values.argument(S.At, Ref.Index);
  }

  void addSupplied(Compared &C, Operand Mine, Operand Other) const {
    Called.namesOfSupplied(C.At, C.Site.Body, Mine, C.Literals);
    Called.namesOfSupplied(C.At, C.Site.Body, Other, C.Names);
  }

  Compared pairOf(const RoleSite &S, const Value &V, Operand Mine, Operand Other) const {
    Compared C;
    C.Site = S.At;
    C.At = V.Outer.Body != NoId ? V.Outer : S.At;
    C.Callee = J.Words.callee(C.At);
    C.Role = S.role();
    C.Constant = &V;
    C.IsConstantTime = isConstantTime(S);
    addSupplied(C, Mine, Other);
    Called.namesOf(S.At.Body, Other, C.Names);
    Called.namesOf(S.At.Body, Mine, C.Literals);
    Called.namesOf(V, C.Literals);
    C.Other = Other;
    return C;
  }

  void judgePair(const RoleSite &S, const Value &V, Operand Mine, Operand Other, bool IsOfMany) {
    Compared C = pairOf(S, V, Mine, Other);
    C.IsOfMany = IsOfMany;
    decide(C);
  }

  /// Two values of which none is written in the source, one of them a secret: by its name, or by
  /// what made it.
  void judgeSecrets(const RoleSite &S, Operand L, Operand R, const Value *MadeHere) {
    Compared C;
    C.Made = MadeHere;
    C.At = C.Site = S.At;
    C.Callee = J.Words.callee(S.At);
    C.Role = S.role();
    Called.namesOf(S.At.Body, L, C.Names);
    const size_t OfLeft = C.Names.size();
    Called.namesOf(S.At.Body, R, C.Names);
    const auto Names = llvm::ArrayRef(C.Names);
    if (MadeHere && Secret.isLookup(S.At, Names.take_front(OfLeft), Names.drop_front(OfLeft)))
      J.addSite(C.Role, C.At, Verdict::Pass, "an identifier, by which an entry is looked up");
    else if (MadeHere || (Worth.isNamed(C.Names, P.Named) && !Secret.isNetworkAddress(S)))
      report(C);
    else
      J.addSite(C.Role, C.At, Verdict::Pass, "nothing that is compared is a secret");
  }

  // ---- comparisons letter by letter, and of what is spelled

  void judgeBody(BodyId Id) {
    const Body &B = body(Id);
    for (uint32_t I = 0; I != rowCount(B.insts()); ++I) {
      const Inst &In = *B.insts()->Get(I);
      const bool Xor = In.op() == Op::Derive && static_cast<DeriveOp>(In.sub()) == DeriveOp::Xor;
      const bool Equal =
          In.op() == Op::Compare && (static_cast<Predicate>(In.sub()) == Predicate::EQ ||
                                     static_cast<Predicate>(In.sub()) == Predicate::NE);
      if (!Xor && !Equal)
        continue;
      const Operand L(In.a()), R(In.b());
      const bool IsPlain = Equal && (L.is(OperandKind::Const) || R.is(OperandKind::Const));
      const BodyFacts &Facts = J.Flows.Bodies[Id];
      if (IsPlain || !Facts.inLoop(Facts.blockOf(I)))
        continue;
      if (P.withLiteral())
        judgeLetters({Id, I}, L, R);
      else if (Equal)
        judgeLoop({Id, I}, L, R);
    }
    if (!P.withLiteral() || !J.Asked.here(Id)) // nothing that is spelled is told at a caller
      return;
    // A number says little by itself: only a password's name counts.
    for (const SpelledSecret &S :
         spelledSecrets(Id, llvm::ArrayRef(P.Named).take_front(), Called, J))
      judgeSpelled(S);
  }

  void judgeLetters(InstRef At, Operand L, Operand R) {
    uint32_t LRow = 0, RRow = 0;
    const Place *LP = Called.element(At.Body, L, LRow), *RP = Called.element(At.Body, R, RRow);
    if (!LP || !RP)
      return;
    const std::vector<std::string> Near{Called.name(At.Body, *LP), Called.name(At.Body, *RP),
                                        ownName(J.Words.function(At.Body))};
    if (!isConstantTime(At) && !Worth.isNamed(Near, P.Grants) && !Worth.isSpokenOf(At, L, R, Near))
      return;
    J.Values.begin();
    const Frame *F = J.Values.root(At.Body);
    const ValueSet LV = J.Values.bytesAround(F, LRow, At.Inst),
                   RV = J.Values.bytesAround(F, RRow, At.Inst);
    std::set<InstRef> Outers;
    for (const auto &[Mine, Other, MyPlace, OtherPlace, Elements] :
         {std::tuple(&LV, &RV, LP, RP, std::pair(L, R)),
          std::tuple(&RV, &LV, RP, LP, std::pair(R, L))})
      for (const Value &V : *Mine) {
        const auto ComesWith = [&](const Value &W) { return isText(W) && W.Outer == V.Outer; };
        if (isText(V) && llvm::none_of(*Other, ComesWith) && Outers.insert(V.Outer).second)
          judgeLettersOf(At, V, *MyPlace, *OtherPlace, Elements, isOneOfMany(*Mine, V));
      }
  }

  void judgeLettersOf(InstRef At, const Value &V, const Place &Mine, const Place &Other,
                      std::pair<Operand, Operand> Elements, bool IsOfMany) {
    Compared C;
    C.Site = At;
    C.At = V.Outer.Body != NoId ? V.Outer : At;
    C.Callee = C.At == At ? "a loop" : J.Words.callee(C.At);
    C.Role = "comparison";
    C.IsConstantTime = isConstantTime(At);
    C.IsOfMany = IsOfMany;
    C.Constant = &V;
    addSupplied(C, Elements.first, Elements.second);
    if (C.At != At && C.Names.empty()) // handed in further out, or in what points to it
      Called.namesOfArguments(C.At, C.Names);
    C.Names.push_back(Called.name(At.Body, Other));
    C.Literals.push_back(Called.name(At.Body, Mine));
    Called.namesOf(V, C.Literals);
    decide(C);
  }

  bool isByte(BodyId Id, Operand O) const {
    const BodyView B(J.Prog, Id);
    return B.Of.string(B.Insts[B.unconverted(O).index()].type()).ends_with("char");
  }

  /// A loop over two arrays that is left where they differ. Where the body has no name for a
  /// secret, who hands it in may have.
  void judgeLoop(InstRef At, Operand L, Operand R) {
    uint32_t LRow = 0, RRow = 0;
    const Place *LP = Called.element(At.Body, L, LRow), *RP = Called.element(At.Body, R, RRow);
    if (!LP || !RP || LRow == RRow || LP->kind() == BaseKind::Literal ||
        RP->kind() == BaseKind::Literal || !isByte(At.Body, L) || !leavesLoop(At, J.Flows.Bodies))
      return;
    Compared C;
    C.At = C.Site = At;
    C.Callee = "a loop that stops at the first difference";
    C.Role = "comparison";
    C.Names = {Called.name(At.Body, *LP), Called.name(At.Body, *RP)};
    if (!Worth.isNamed(C.Names, P.Named))
      for (InstRef Caller : J.Prog.callersOf(J.Prog.body(At.Body).Entity)) {
        if (handsInText(Caller))
          continue;
        Compared Supplied = C;
        Supplied.At = Caller;
        Supplied.Callee = J.Words.callee(Caller);
        Supplied.Names.clear();
        for (Operand Side : {L, R})
          Called.namesOfSupplied(Caller, At.Body, Side, Supplied.Names);
        tellNamed(Supplied);
      }
    else
      tellNamed(C);
  }

  /// starts_with(auth_token, "Bearer "): no two secrets meet.
  bool handsInText(InstRef Caller) const {
    const BodyView B(J.Prog, Caller.Body);
    return llvm::any_of(B.argsOf(J.Prog.inst(Caller)),
                        [&](uint32_t Raw) { return B.isTextInPlace(Operand(Raw)); });
  }

  void tellNamed(const Compared &C) {
    if (Worth.isNamed(C.Names, P.Named) &&
        inContext(P.Where, J, J.Words.function(C.At.Body), J.Words.at(C.At).File, {}))
      report(C);
  }

  void judgeSpelled(const SpelledSecret &S) {
    if (inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {}))
      assay::report(S, P, J);
  }

  // ---- the decision

  void decide(const Compared &C) {
    if (!inContext(P.Where, J, J.Words.function(C.At.Body), J.Words.at(C.At).File, {}))
      return;
    if (const char *Why = Secret.whyNot(C))
      return J.addSite(C.Role, C.At, Verdict::Pass, Why);
    report(C);
  }

  std::string nameFor(const Compared &C) const {
    for (const auto *Names : {&C.Names, &C.Literals})
      for (const std::string &N : *Names)
        if (J.Lex.isNamed(N, P.Named))
          return "'" + N + "'";
    for (const std::string &N : C.Names)
      if (!N.empty())
        return "'" + N + "'";
    return "a value";
  }

  void report(const Compared &C) {
    if (!Reported.insert({C.At, C.Constant ? Secret.textOf(*C.Constant) : ""}).second)
      return;
    Finding F = J.findingAt(C.At);
    F.Alone = C.Constant && !Worth.isGranting(C.At) && !Worth.isGranting(C.Site);
    const std::string Name = nameFor(C);
    F.Message = fillIn(P.Message,
                       {{"value", C.Constant ? J.Masks.describe(Secret.textOf(*C.Constant)) : ""},
                        {"name", Name},
                        {"callee", C.Callee}});
    if (C.At != C.Site)
      F.Message += "; they are compared in " + J.Words.function(C.Site.Body) + "()";
    if (C.Constant && C.Constant->Const != NoId) {
      F.Path = J.Words.way(*C.Constant);
      F.Secrets.push_back(J.Words.at(
          C.Constant->Body, body(C.Constant->Body).constants()->Get(C.Constant->Const)->loc()));
      for (PathStep &Step : F.Path)
        if (C.Constant->K == Value::Kind::Int)
          Step.Text = "the number is written here";
    }
    if (C.Made)
      F.Path = J.Words.way(*C.Made);
    F.Path.push_back({J.Words.at(C.Site), J.Words.function(C.Site.Body), "compared with " + Name,
                      PathStepKind::Site});
    F.SiteKey = C.Role + "|" + C.Callee + "|" + Name;
    J.addFault(C.Role, C.At, std::move(F));
  }

  const ComparisonProperty &P;
  const Judging &J;
  OperandNames Called;
  WorthAsking Worth;
  ComparedSecret Secret;
  const MadeValues Made;
  std::set<std::pair<InstRef, std::string>> Reported;
};

} // namespace

void assay::judge(const ComparisonProperty &P, const Judging &J) {
  if (P.With == ComparisonProperty::Other::Empty)
    return judgeUnsetSecret(P, J);
  if (!P.Past.empty())
    return judgeBypass(P, J);
  ComparisonJudge(P, J).run();
}
