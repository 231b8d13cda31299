// declared: does what the code has equal what the policy declares?
#include "analysis/link/BodyView.h"
#include "analysis/solve/AccountRows.h"
#include "analysis/solve/Ruling.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace assay;

namespace {

/// One declaration, and whether the code has it.
struct Entry {
  std::string Text;
  SourcePosition At;
  bool Met = false;
};

class DeclaredJudge {
public:
  DeclaredJudge(const DeclaredProperty &P, const Judging &J) : P(P), J(J) {}

  void run() {
    if (!readDeclarations()) {
      J.Out.NotAsked = P.Of == Inventory::Ports
                           ? "the policy declares no ports ([[declared.stream]] in assay.toml)"
                       : P.Of == Inventory::Accounts
                           ? "the policy declares no accounts ([declared] in assay.toml)"
                           : "the policy declares no algorithms ([declared] in assay.toml)";
      return;
    }
    for (const std::string &R : P.At)
      for (const RoleSite &S : J.Roles.sitesOf(R))
        for (const std::string &Bind : P.Bind)
          judgeSite(S, Bind);
    if (!P.Beside.empty())
      judgeTables();
    for (const Entry &E : Entries)
      if (!E.Met)
        unmet(E);
  }

private:
  bool readDeclarations() {
    const Declarations &D = J.Rules.Declared;
    if (P.Of == Inventory::Ports && D.Streams)
      for (const DeclaredStream &S : *D.Streams)
        Entries.push_back({std::to_string(*S.Port), S.Port.At});
    if (P.Of == Inventory::Algorithms && D.Algorithms)
      for (const Located<std::string> &A : *D.Algorithms)
        Entries.push_back({*A, A.At});
    if (P.Of == Inventory::Accounts && D.Accounts)
      for (const Located<std::string> &A : *D.Accounts)
        Entries.push_back({*A, A.At});
    switch (P.Of) {
    case Inventory::Ports:
      return D.Streams.has_value();
    case Inventory::Algorithms:
      return D.Algorithms.has_value();
    case Inventory::Accounts:
      return D.Accounts.has_value();
    }
    return false;
  }

  /// {"service", "...", ROLE_SERVICE} in a table of accounts.
  void judgeTables() {
    for (const LiteralRow &Row : J.Literals.rows()) {
      const LiteralSpot *Account = accountIn(Row, P.Beside, J);
      if (!Account || !Told.insert({Account->At, Account->Text}).second)
        continue;
      if (isDeclared(Account->Text)) {
        J.addSite(P.At.front(), Account->At, Verdict::Pass, Account->Text + " is declared");
        continue;
      }
      Finding F = J.findingAt(Account->At);
      F.At =
          J.Words.at(Account->At.Body,
                     J.Prog.body(Account->At.Body).Data->constants()->Get(Account->Const)->loc());
      F.Function.clear();
      F.Message = fillIn(P.Message, {{"value", Account->Text}, {"callee", "'" + Row.Table + "'"}});
      F.Path.push_back({F.At, "", "an account of '" + Row.Table + "'", PathStepKind::Site});
      F.Secrets.push_back(F.At); // the password stands beside it
      F.SiteKey = P.At.front() + "|" + Row.Table + "|" + Account->Text;
      J.addFault(P.At.front(), Account->At, std::move(F));
    }
  }

  void judgeSite(const RoleSite &S, const std::string &Bind) {
    if (!S.Call || !S.Call->Binds.count(Bind) || !isJudged(S, P.Where, J))
      return;
    const std::optional<ValueSet> Values = valuesOf(S, S.Call->Binds.at(Bind));
    if (!Values)
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, "nothing is bound here");
    judgeValues(S, Bind, *Values);
  }

  void judgeValues(const RoleSite &S, const std::string &Bind, const ValueSet &Values) {
    std::string Found, Unknown;
    bool Failed = false;
    for (const Value &V : Values) {
      if (isNothing(S, Bind, V))
        continue;
      const std::optional<std::string> What = nameOf(S, Bind, V);
      if (!What) {
        Unknown = J.Words.reason(V);
        continue;
      }
      if (isDeclared(*What))
        Found += (Found.empty() ? "" : ", ") + *What;
      else
        Failed = report(S, Bind, V, *What) || Failed;
    }
    if (!Unknown.empty())
      SomeUnknown = S.At;
    if (Failed)
      return J.addSite(S.role(), S.At, Verdict::Fail, J.Out.Findings.back().Message);
    if (!Unknown.empty())
      return J.addSite(S.role(), S.At, Verdict::Unproven, Unknown);
    if (Found.empty())
      return J.addSite(S.role(), S.At, Verdict::NotApplicable, "nothing is bound here");
    J.addSite(S.role(), S.At, Verdict::Pass, Found + " is declared");
    J.site().Rests.push_back(J.restsOn(S.At, J.Words.callee(S.At) + " is " + saidBy(*S.Call)));
  }

  std::optional<ValueSet> valuesOf(const RoleSite &S, const ArgRef &Ref) const {
    ValueSet Out;
    if (Ref.Where == ArgRef::Kind::Fixed) {
      Value V;
      V.K = Value::Kind::Result;
      V.Entity = S.Subject;
      V.At = S.At;
      V.Extra = &Ref.Fixed;
      Out.add(V);
      return Out;
    }
    if (Ref.Where != ArgRef::Kind::Argument)
      return std::nullopt;
    const Operand What = J.Values.argument(S.At, Ref.Index);
    const Frame *Here = J.Values.root(S.At.Body);
    if (Ref.Fields.empty())
      return numberOrText(Here, What, S.At.Inst);
    for (const std::string &Name : Ref.Fields)
      for (EntityId Field : J.Prog.entitiesNamed(Name))
        for (const Value &V : J.Values.fieldBehind(Here, What, Field, S.At.Inst))
          if (V.K != Value::Kind::Uninitialised)
            Out.add(V);
    return Out;
  }

  ValueSet numberOrText(const Frame *Here, Operand What, uint32_t At) const {
    ValueSet Out;
    bool Points = false;
    for (const Value &V : J.Values.operand(Here, What, At))
      if (V.K == Value::Kind::Pointer && P.Of != Inventory::Algorithms)
        Points = true;
      else
        Out.add(V);
    if (Points)
      Out.add(J.Values.bytesBehind(Here, What, At));
    return Out;
  }

  /// A null handle, the port that the system chooses, an address of another kind.
  bool isNothing(const RoleSite &S, const std::string &Bind, const Value &V) const {
    const bool Zero = V.K == Value::Kind::Null || V.K == Value::Kind::Zero ||
                      (V.K == Value::Kind::Int && V.Int == 0);
    return Zero && (P.Of == Inventory::Ports || S.Call->Binds.at(Bind).NullMeansUnset ||
                    V.K == Value::Kind::Null);
  }

  std::optional<std::string> nameOf(const RoleSite &S, const std::string &Bind,
                                    const Value &V) const {
    if (P.Of == Inventory::Ports)
      return portOf(V);
    if (P.Of == Inventory::Accounts)
      return textIn(V);
    const Facts Have = J.Values.factsOf(V, S.Call->Binds.at(Bind).Domain);
    auto It = Have.find("algorithm");
    return It == Have.end() ? std::nullopt : std::optional(textOf(It->second));
  }

  /// A number, or the text of one.
  std::optional<std::string> portOf(const Value &V) const {
    if (V.K == Value::Kind::Int)
      return std::to_string(V.Int & 0xffff);
    if (V.Const == NoId || V.Body == NoId)
      return std::nullopt;
    const BodyView B(J.Prog, V.Body);
    const Constant &C = B.Constants[V.Const];
    unsigned Port = 0;
    if (C.kind() != ConstantKind::String || B.Of.string(C.text()).getAsInteger(10, Port) ||
        Port > 65535)
      return std::nullopt;
    return std::to_string(Port);
  }

  std::optional<std::string> textIn(const Value &V) const {
    if (V.K != Value::Kind::Text || V.Const == NoId || V.Body == NoId)
      return std::nullopt;
    const BodyView B(J.Prog, V.Body);
    const Constant &C = B.Constants[V.Const];
    if (C.kind() != ConstantKind::String)
      return std::nullopt;
    return B.Of.string(C.text()).str();
  }

  bool isDeclared(const std::string &What) {
    bool Any = false;
    for (Entry &E : Entries)
      if (llvm::StringRef(E.Text).equals_insensitive(What))
        Any = E.Met = true;
    return Any;
  }

  bool report(const RoleSite &S, const std::string &Bind, const Value &V, const std::string &What) {
    const bool Supplied = V.Outer.Body != NoId;
    const std::string Callee = J.Words.callee(S.At);
    Finding F = J.findingAt(Supplied ? V.Outer : S.At);
    F.Message = fillIn(P.Message, {{"value", What}, {"callee", Callee}});
    F.Path = J.Words.way(V);
    F.Path.push_back({J.Words.at(S.At), J.Words.function(S.At.Body),
                      Callee + " takes it as " + Bind, PathStepKind::Site});
    F.SiteKey = S.role() + "|" + Callee + "|" + Bind + "|" + What;
    J.Out.Findings.push_back(std::move(F));
    return true;
  }

  /// While some site is not known, it may be the one.
  void unmet(const Entry &E) {
    Site Mine{J.Page.Id, P.At.front(), {}, "", Verdict::Fail, ""};
    Mine.At.File = E.At.File ? llvm::sys::path::filename(*E.At.File).str() : "";
    Mine.At.Line = E.At.Line;
    Mine.At.Column = E.At.Column;
    if (SomeUnknown) {
      const Location L = J.Words.at(*SomeUnknown);
      Mine.Outcome = Verdict::Unproven;
      Mine.Reason = llvm::formatv("{0} is declared and not met, unless it is what is not known at "
                                  "{1}:{2}",
                                  E.Text, L.File, L.Line);
      J.Out.Sites.push_back(std::move(Mine));
      return;
    }
    Finding F;
    F.Check = J.Page.Id;
    F.Sev = J.Page.Sev;
    F.Lvl = J.Lvl;
    F.At = Mine.At;
    F.Message = Mine.Reason = fillIn(P.Unmet, {{"value", E.Text}});
    F.Path.push_back({F.At, "", E.Text + " is declared here", PathStepKind::Site});
    F.SiteKey = "declared|" + E.Text;
    J.Out.Findings.push_back(std::move(F));
    J.Out.Sites.push_back(std::move(Mine));
  }

  const DeclaredProperty &P;
  const Judging &J;
  std::vector<Entry> Entries;
  std::optional<InstRef> SomeUnknown;
  std::set<std::pair<InstRef, std::string>> Told; ///< accounts of tables
};

} // namespace

void assay::judge(const DeclaredProperty &P, const Judging &J) {
  DeclaredJudge(P, J).run();
}
