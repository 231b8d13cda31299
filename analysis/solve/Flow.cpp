// flow: can a value from a source reach this place without a sanitizer?
#include "analysis/solve/FlowWay.h"
#include "analysis/solve/HandedNames.h"
#include "analysis/solve/OperandNames.h"
#include "analysis/solve/Securing.h"
#include "analysis/solve/Settings.h"
#include "analysis/solve/Settling.h"

using namespace assay;

namespace {

class FlowJudge {
public:
  FlowJudge(const FlowProperty &P, const Judging &J)
      : P(P), J(J), Walk(P, J, J.Asked.isAll() ? FlowExtent::All : FlowExtent::Sure), Else(P, J),
        Secured(P, J, J.Flows.Bodies), NotLabelled(P.NotLabelled), Chosen(P.Grade.ChosenBy, J) {}

  void run() {
    for (const RoleSite *S : sites())
      judgeSite(*S);
    for (auto &[Name, Found] : BySetting)
      tellOnce(Found);
  }

private:
  /// On a way that is told as a fault: fields that are one whichever object they are of. Beyond,
  /// one of them is most likely another object's.
  static constexpr unsigned MostOthers = 2;
  static constexpr unsigned MostCallers = 3;

  /// What is told of one way depends on how many others there are, and on those that are nearer. So
  /// where only some files are asked about, a site is judged by all its ways or not at all.
  std::vector<const RoleSite *> sites() {
    std::vector<const RoleSite *> All, Here;
    for (const std::string &R : P.To)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        All.push_back(&S);
    if (J.Asked.isAll() || J.Asked.mayHaveFound(J.Page.Id))
      return All;
    FlowWalk Near(P, J, FlowExtent::Near);
    llvm::copy_if(All, std::back_inserter(Here),
                  [&](const RoleSite *S) { return mayBeToldHere(*S, Near); });
    // What a setting lets through is told of all sites at once.
    return Here.empty() || P.Grade.ChosenBy.empty() ? Here : All;
  }

  bool mayBeToldHere(const RoleSite &S, FlowWalk &Near) {
    if (S.Exempt || !J.Asked.callable(S.At.Body) || !isInContext(S))
      return false;
    J.Values.begin();
    if (isOther(S) || !mayMeanThis(S, J))
      return false;
    for (const std::string &Bind : P.Bind)
      for (Operand O : held(S, Bind))
        if (llvm::any_of(Near.run(S.At, O),
                         [&](const FlowWalk::Answer &A) { return isToldHere(S, A); }))
          return true;
    return false;
  }

  /// At its outermost call; where a setting is read, on the way.
  bool isToldHere(const RoleSite &S, const FlowWalk::Answer &A) const {
    const auto IsHere = [&](const Trace &T) {
      return T.At.Body != NoId && J.Asked.here(T.At.Body);
    };
    return !A.Source.empty() && (J.Asked.here(anchorOf(S, A).Body) ||
                                 (!P.Grade.ChosenBy.empty() && llvm::any_of(A.Way, IsHere)));
  }

  /// Where it can be mended.
  static InstRef anchorOf(const RoleSite &S, const FlowWalk::Answer &A) {
    return A.Out.empty() ? S.At : A.Out.front();
  }

  /// What one setting lets through to one function.
  struct Passing {
    Finding Told;
    std::vector<PathStep> Values; ///< where each is handed over
  };

  llvm::SmallVector<Operand, 4> held(const RoleSite &S, const std::string &Bind) const {
    if (S.Assignment)
      return S.Assignment->Bind == Bind
                 ? llvm::SmallVector<Operand, 4>{Operand(J.Prog.inst(S.At).b())}
                 : llvm::SmallVector<Operand, 4>();
    auto Ref = S.Call->Binds.find(Bind);
    return Ref == S.Call->Binds.end() ? llvm::SmallVector<Operand, 4>()
                                      : Walk.arguments(S.At, Ref->second);
  }

  /// The row's `when`, where the argument is a variable of the program or its libraries: its name
  /// decides (stderr), or another one's.
  bool isOther(const RoleSite &S) const {
    if (!S.Call)
      return false;
    const Body &B = *J.Prog.body(S.At.Body).Data;
    return llvm::any_of(S.Call->When, [&](const auto &W) {
      if (asksForKnown(W.second))
        return false;
      const Operand O = J.Values.argument(S.At, W.first);
      if (!O.is(OperandKind::Temp) || B.insts()->Get(O.index())->op() != Op::Load)
        return false;
      const Place &From = *B.places()->Get(B.insts()->Get(O.index())->a());
      return !llvm::is_contained(W.second, J.Words.place(S.At.Body, From));
    });
  }

  /// What the call writes to, where the property asks for it.
  std::vector<std::string> writtenNames(const RoleSite &S) const {
    std::vector<std::string> Names;
    const Role *R = J.Roles.role(S.role());
    if (!asksForNames(P.Where) || !S.Call || !R)
      return Names;
    const OperandNames Called(J.Prog, J.Words, J.Roles);
    for (const auto &[Bind, Ref] : S.Call->Binds)
      if (R->Writes.count(Bind) || R->Carries.count(Bind))
        for (Operand O : Walk.arguments(S.At, Ref))
          Called.namesOf(S.At.Body, O, Names);
    return Names;
  }

  /// Where names of what is written count, and copies are asked for, a site elsewhere is not worth
  /// a word.
  bool isInContext(const RoleSite &S) {
    if (asksForNames(P.Where))
      return inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File,
                       writtenNames(S));
    auto [It, New] = There.try_emplace(S.At.Body, false);
    if (New)
      It->second = inContext(P.Where, J, J.Words.function(S.At.Body), J.Words.at(S.At).File, {});
    if (!It->second && (!S.Call || S.Call->When.empty()))
      J.addSite(S.role(), S.At, Verdict::NotApplicable,
                "outside the context that the check is about");
    return It->second;
  }

  void judgeSite(const RoleSite &S) {
    if (S.Exempt)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, S.Exempt);
    // Of most sites a name says that they are not asked; what the row's `when` asks for are values,
    // which are dear.
    if (!isInContext(S))
      return;
    J.Values.begin();
    if (isOther(S) || !mayMeanThis(S, J))
      return;
    FlowWalk::Answer Doubt;
    std::string Fault;
    std::map<InstRef, const FunctionModel *> Cleaned;
    bool Any = false;
    OnlyElsewhere = false;
    // Each argument for itself: one line may give away two secrets.
    for (const std::string &Bind : P.Bind)
      for (Operand O : held(S, Bind)) {
        Any = true;
        for (const FlowWalk::Answer &A : Walk.run(S.At, O))
          rule(S, Bind, A, Doubt, Fault);
        for (const FlowCleaning &C : Walk.cleanedBy())
          Cleaned.emplace(C.Call, C.Row);
      }
    if (!Any)
      return;
    if (!Fault.empty())
      return J.addSite(S.role(), S.At, Verdict::Fail, Fault);
    if (!Doubt.Doubt.empty()) {
      J.addSite(S.role(), S.At, Verdict::Unproven, Doubt.Doubt);
      return settle(Doubt);
    }
    if (OnlyElsewhere)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "it comes only from places that the check is not about");
    if (P.WithinFunction)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable,
                       "nothing of the kind in its function; what comes from others is not asked");
    J.addSite(S.role(), S.At, Verdict::Pass, "no such value reaches it unprotected");
    for (const auto &[Call, Row] : Cleaned)
      J.site().Rests.push_back(J.restsOn(Call, "what " + J.Words.callee(Call) +
                                                   " gives holds nothing of it; it is " +
                                                   saidBy(*Row)));
  }

  void settle(const FlowWalk::Answer &Doubt) const {
    const Settler Cures(J);
    if (Doubt.Unresolved.Body != NoId)
      return Cures.settle(J.site(), Doubt.Unresolved, Cures.call(Doubt.Unresolved, {}, ""));
    const Settling Cure = Doubt.Unknown != NoId    ? Cures.handingOn(Doubt.Unknown)
                          : Doubt.Uncalled != NoId ? Cures.outsideCaller(Doubt.Uncalled)
                                                   : Settling{};
    J.site().Settle = Cure.Text;
    J.site().Row = Cure.Row;
  }

  bool isHandedOnByExcluded(const FlowWalk::Answer &A) const {
    return llvm::any_of(A.Out, [&](InstRef Call) { return isExcluded(P.Where, Call, J); });
  }

  /// The first doubt and the first fault are what the site says.
  void rule(const RoleSite &S, const std::string &Bind, const FlowWalk::Answer &A,
            FlowWalk::Answer &Doubt, std::string &Fault) {
    if (A.Source.empty()) {
      if (Doubt.Doubt.empty())
        Doubt = A;
      return;
    }
    if (isLabelled(anchorOf(S, A))) {
      if (Doubt.Doubt.empty())
        Doubt.Doubt = "'" + A.Source + "' is handed over with words that call it something else";
      return;
    }
    if (isHandedOnByExcluded(A)) {
      OnlyElsewhere = true;
      return;
    }
    if (P.Calls && functionsOn(A.Way) > P.Calls) {
      if (Doubt.Doubt.empty())
        Doubt.Doubt = "'" + A.Source + "' may come by a way out of many functions";
      return;
    }
    if (Else.have(A.Source)) {
      if (Doubt.Doubt.empty())
        Doubt.Doubt = "'" + A.Source +
                      "' may be something else: elsewhere the program hands what " +
                      "is called so to " + Else.callee(A.Source);
      return;
    }
    const Securing::Answer Safe = Secured.along(S, A.Out);
    if (Safe == Securing::Answer::No && A.OtherObjects <= MostOthers)
      return report(S, Bind, A, Fault);
    if (Safe == Securing::Answer::No && Doubt.Doubt.empty())
      Doubt.Doubt = "'" + A.Source + "' may come by fields of " + std::to_string(A.OtherObjects) +
                    " objects, each of which may be another one";
    if (Safe == Securing::Answer::Unknown && Doubt.Doubt.empty())
      Doubt.Doubt = "whether it is protected on this way cannot be told";
  }

  /// A text of the source among the arguments says that the value is none of these.
  bool isLabelled(InstRef Call) const {
    const Body &B = *J.Prog.body(Call.Body).Data;
    const Inst &I = J.Prog.inst(Call);
    if (P.NotLabelled.empty() || I.op() != Op::Call)
      return false;
    for (uint32_t A = 0; A != I.c(); ++A) {
      const Operand O(B.args()->Get(I.b() + A));
      if (!O.is(OperandKind::AddressOf) || B.places()->Get(O.index())->kind() != BaseKind::Literal)
        continue;
      const Constant &C = *B.constants()->Get(B.places()->Get(O.index())->base());
      if (C.kind() != ConstantKind::String)
        continue;
      // A format of several values calls each of them by a word of its own.
      const llvm::StringRef Text = J.Prog.tablesOf(Call.Body).string(C.text());
      if (Text.count('%') <= 1 && NotLabelled.match(Text))
        return true;
    }
    return false;
  }

  std::vector<PathStep> way(const FlowWalk::Answer &A) const {
    std::vector<PathStep> Steps;
    Steps.push_back({J.Words.at(A.SourceAt), J.Words.function(A.SourceAt.Body),
                     "the value is that of '" + A.Source + "'", PathStepKind::Value});
    for (const Trace &T : A.Way) {
      Value V;
      V.Way = &T;
      for (PathStep &Step : J.Words.way(V))
        if (Steps.back().At == Step.At) {
          Steps.back().Text += ", " + Step.Text;
          Steps.back().Kind = Step.Kind;
        } else
          Steps.push_back(std::move(Step));
    }
    return Steps;
  }

  std::optional<Setting> chosenBy(const RoleSite &S, const FlowWalk::Answer &A) {
    llvm::SmallVector<InstRef, 16> Points(A.Out.begin(), A.Out.end());
    for (const Trace &T : A.Way)
      Points.push_back(T.At);
    Points.push_back(S.At);
    auto By = Chosen.before(Points);
    return By && By->MustBeSet ? By : std::nullopt;
  }

  /// What a setting lets through is one decision, however many values come there: it is told
  /// once, where the setting is read first.
  void keepForOnce(Finding F, InstRef Sink, const FlowWalk::Answer &A, const Setting &By) {
    Finding At = J.findingAt(By.At);
    Passing &All = BySetting[By.Name + "|" + J.Words.callee(Sink)];
    All.Values.push_back({F.At, F.Function, "also: '" + A.Source + "'", PathStepKind::Value});
    if (!All.Told.Message.empty() && All.Told.At <= At.At)
      return;
    F.At = At.At;
    F.Function = At.Function;
    F.EntityName = At.EntityName;
    F.Reached = At.Reached;
    F.SiteKey = By.Name + "|" + J.Words.callee(Sink);
    tellSetting(F, By);
    All.Told = std::move(F);
  }

  void tellOnce(Passing &All) {
    llvm::sort(All.Values);
    All.Values.erase(std::unique(All.Values.begin(), All.Values.end()), All.Values.end());
    llvm::erase_if(All.Values, [&](const PathStep &V) { return V.At == All.Told.Path.front().At; });
    if (const size_t Others = All.Values.size())
      All.Told.Message += ", as " + std::to_string(Others) +
                          (Others == 1 ? " other value is" : " other values are");
    All.Told.Related = std::move(All.Values);
    J.Out.Findings.push_back(std::move(All.Told));
  }

  void report(const RoleSite &S, const std::string &Bind, const FlowWalk::Answer &A,
              std::string &Fault) {
    const InstRef Anchor = anchorOf(S, A);
    const std::string Callee = J.Words.callee(S.At), In = J.Words.function(S.At.Body);
    Finding F = J.findingAt(Anchor);
    F.Message = fillIn(P.Message, {{"source", "'" + A.Source + "'"},
                                   {"value", A.Source},
                                   {"callee", Callee},
                                   {"bind", Bind}});
    if (!A.Out.empty())
      F.Message += "; it reaches " + Callee + " in " + In + "()";
    F.Path = way(A);
    const Location Sink = J.Words.at(S.At);
    if (F.Path.back().At == Sink) {
      F.Path.back().Text += ", " + Callee + " takes it as " + Bind;
      F.Path.back().Kind = PathStepKind::Site;
    } else
      F.Path.push_back({Sink, In, Callee + " takes it as " + Bind, PathStepKind::Site});
    F.Across = comesOut(S.At.Body, A);
    F.Handed = !A.Out.empty();
    F.SiteKey = S.role() + "|" + Callee + "|" + In + "|" + Bind + "|" + A.Source;
    if (Fault.empty())
      Fault = F.Message;
    if (const auto By = chosenBy(S, A))
      return keepForOnce(std::move(F), S.At, A, *By);
    // A log function that is known by its role and has a body with another in it: one fault. One
    // value that comes to one place by many callers is told for the nearest.
    if (Finding *Nearer = nearerTold(S, A)) {
      Nearer->Related.push_back({F.At, F.Function, "also handed in here", PathStepKind::Value});
      return;
    }
    unsigned &Times = Told[{S.At, A.SourceAt, A.Source}];
    if (Times != MostCallers && Reported.insert({Anchor, A.Source}).second) {
      ++Times;
      Anchored.try_emplace({S.At, Anchor, A.Source}, J.Out.Findings.size());
      J.Out.Findings.push_back(std::move(F));
    }
  }

  /// save(cfg) writes cfg->password, and a caller of it has set that from another of the name: the
  /// call in save() by which both go on has been told of.
  Finding *nearerTold(const RoleSite &S, const FlowWalk::Answer &A) {
    for (InstRef Call : llvm::drop_begin(A.Out, !A.Out.empty()))
      if (const auto It = Anchored.find({S.At, Call, A.Source}); It != Anchored.end())
        return &J.Out.Findings[It->second];
    return nullptr;
  }

  const FlowProperty &P;
  const Judging &J;
  FlowWalk Walk;
  HandedNames Else;
  Securing Secured;
  bool OnlyElsewhere = false; ///< of the site: a value comes by a place outside the context
  const Pattern NotLabelled;
  Settings Chosen;
  std::map<std::string, Passing> BySetting; ///< by its name and what is reached
  std::map<BodyId, bool> There;             ///< in the context, where no names count
  std::set<std::pair<InstRef, std::string>> Reported;
  std::map<std::tuple<InstRef, InstRef, std::string>, unsigned> Told; ///< by sink, source, name
  /// By sink, the call where it can be mended, and name: which of Findings.
  std::map<std::tuple<InstRef, InstRef, std::string>, size_t> Anchored;
};

} // namespace

void assay::judge(const FlowProperty &P, const Judging &J) {
  FlowJudge(P, J).run();
}
