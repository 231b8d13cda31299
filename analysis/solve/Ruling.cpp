#include "analysis/solve/Ruling.h"

#include <optional>

using namespace assay;

std::string assay::textOf(const FactValue &F) {
  if (const auto *S = std::get_if<std::string>(&F))
    return *S;
  if (const auto *B = std::get_if<bool>(&F))
    return *B ? "true" : "false";
  return std::to_string(std::get<int64_t>(F));
}

bool assay::isOneOf(const FactValue &F, const std::vector<FactValue> &Values) {
  return llvm::any_of(Values, [&](const FactValue &V) {
    return llvm::StringRef(textOf(F)).equals_insensitive(textOf(V));
  });
}

namespace {

class PropertyTest {
public:
  PropertyTest(const ArgumentProperty &P, const Value &V, const Facts &Have, const Describer &Words)
      : P(P), V(V), Have(Have), Words(Words) {}

  Ruling run() {
    if (std::optional<Ruling> Bad = denied())
      return *Bad;
    for (const auto &[Fact, Values] : P.Allow)
      if (auto It = Have.find(Fact); It != Have.end() && !isOneOf(It->second, Values))
        return {Verdict::Fail, textOf(It->second), textOf(Values.front()), ""};
    for (const auto &[Fact, Limit] : P.Min)
      if (auto N = number(Fact); N && *N < Limit)
        return {Verdict::Fail, std::to_string(*N), std::to_string(Limit), ""};
    for (const auto &[Fact, Limit] : P.Max)
      if (auto N = number(Fact); N && *N > Limit)
        return {Verdict::Fail, std::to_string(*N), std::to_string(Limit), ""};
    return missing() ? Ruling{Verdict::Unproven, "", "", Words.reason(V)} : Ruling();
  }

private:
  std::optional<Ruling> denied() const {
    for (const auto &[Fact, Values] : P.Deny)
      if (auto It = Have.find(Fact); It != Have.end() && isOneOf(It->second, Values))
        return Ruling{Verdict::Fail, textOf(It->second), "", ""};
    for (const OriginTest &T : P.DenyOrigin)
      if (comesFrom(T))
        return Ruling{Verdict::Fail, "", "", ""};
    return std::nullopt;
  }

  bool comesFrom(const OriginTest &T) const {
    switch (T.Kind) {
    case Origin::Literal:
      return V.K == Value::Kind::Int || V.K == Value::Kind::Float || V.K == Value::Kind::Text ||
             V.K == Value::Kind::Zero;
    case Origin::Written:
      return (V.K == Value::Kind::Int && V.Int != 0) || (V.K == Value::Kind::Text && V.Int > 0);
    case Origin::Empty:
      return (V.K == Value::Kind::Text && V.Int == 0) || (V.K == Value::Kind::Zero && !V.Implicit);
    case Origin::Zero:
      return V.K == Value::Kind::Zero || (V.K == Value::Kind::Int && V.Int == 0);
    case Origin::Null:
      return V.K == Value::Kind::Null;
    case Origin::Role:
      return V.K == Value::Kind::Fresh && V.MadeBy && *V.MadeBy->Id == T.Role;
    }
    return false;
  }

  std::optional<int64_t> number(const std::string &Fact) const {
    if (Fact == "value")
      return V.K == Value::Kind::Int    ? std::optional(V.Int)
             : V.K == Value::Kind::Null ? std::optional<int64_t>(0)
                                        : std::nullopt;
    if (Fact == "size")
      return V.K == Value::Kind::Text ? std::optional(V.Int) : std::nullopt;
    auto It = Have.find(Fact);
    if (It == Have.end())
      return std::nullopt;
    const auto *N = std::get_if<int64_t>(&It->second);
    return N ? std::optional(*N) : std::nullopt;
  }

  /// True when something that the property asks for is not known.
  bool missing() const {
    bool NoNumber = llvm::any_of(P.Min, [&](const auto &M) { return !number(M.first); }) ||
                    llvm::any_of(P.Max, [&](const auto &M) { return !number(M.first); });
    bool NoAllowed = llvm::any_of(P.Allow, [&](const auto &A) { return !Have.count(A.first); });
    // A value of which something is known, only not this, does not have what is denied: ChaCha20
    // has no mode.
    bool NoDenied = !P.Deny.empty() && Have.empty();
    bool OpaqueOrigin =
        V.isUnknown() || V.K == Value::Kind::Result || V.K == Value::Kind::Uninitialised;
    return NoNumber || NoAllowed || NoDenied || (!P.DenyOrigin.empty() && OpaqueOrigin);
  }

  const ArgumentProperty &P;
  const Value &V;
  const Facts &Have;
  const Describer &Words;
};

} // namespace

Ruling assay::ruleOn(const ArgumentProperty &P, const Value &V, const Facts &Have,
                     const Describer &Words) {
  return PropertyTest(P, V, Have, Words).run();
}

ValueSet assay::withoutInitialEmpty(const ValueSet &All, bool HasText) {
  auto IsEmpty = [](const Value &V) {
    return (V.K == Value::Kind::Text && V.Int == 0) || V.K == Value::Kind::Zero;
  };
  auto WasHandedOn = [](const Value &V) {
    const Trace *T = V.Way;
    while (T && (T->Step == Trace::Kind::Passed || T->Step == Trace::Kind::Returned))
      T = T->Origin;
    return V.Way && !T;
  };
  ValueSet Kept;
  for (const Value &V : All)
    if (!IsEmpty(V) || (!HasText && WasHandedOn(V)))
      Kept.add(V);
  return !HasText && llvm::all_of(All, IsEmpty) ? All : Kept;
}

/// Where the same caller supplies something that is not written in the source, too.
static bool isAmongOthers(const Value &V, const ValueSet &All) {
  auto IsWritten = [](const Value &O) {
    return O.K == Value::Kind::Int || O.K == Value::Kind::Text || O.K == Value::Kind::Zero ||
           O.K == Value::Kind::Null || O.K == Value::Kind::Uninitialised;
  };
  return llvm::any_of(All, [&](const Value &O) { return O.Outer == V.Outer && !IsWritten(O); });
}

ValueSet assay::withoutFirstBytes(const ValueSet &All) {
  ValueSet Kept;
  for (const Value &V : All)
    if (V.K != Value::Kind::Int || !isAmongOthers(V, All))
      Kept.add(V);
  return Kept;
}

ValueSet assay::withoutClearings(const ValueSet &All, BodyId Site) {
  auto IsElsewhere = [&](const Value &V) {
    const Trace *T = V.Way;
    while (T && T->Origin)
      T = T->Origin;
    return T && T->Step == Trace::Kind::Filled && T->At.Body != Site && T->At.Body != V.Outer.Body;
  };
  ValueSet Kept;
  for (Value V : All) {
    if (V.K == Value::Kind::Zero && IsElsewhere(V) && isAmongOthers(V, All)) {
      V.K = Value::Kind::Unknown;
      V.Reason = "it is cleared in one function and filled in another";
    }
    Kept.add(V);
  }
  return Kept;
}

static bool forbidsLiteral(const ArgumentProperty &P) {
  return llvm::any_of(P.DenyOrigin, [](const OriginTest &T) {
    return T.Kind == Origin::Written || T.Kind == Origin::Literal;
  });
}

bool assay::holdsSecret(const std::vector<std::string> &At, const std::string &Bind,
                        const Policy &Rules) {
  auto Says = [&](const Located<Property> &Row) {
    const auto *P = std::get_if<ArgumentProperty>(&*Row);
    return P && P->Bind == Bind && forbidsLiteral(*P) &&
           llvm::any_of(P->At, [&](const auto &R) { return llvm::is_contained(At, R); });
  };
  auto Has = [&](const CheckPage &Page) { return llvm::any_of(Page.Properties, Says); };
  return llvm::any_of(Rules.Checks, Has) || llvm::any_of(Rules.OffChecks, Has);
}
