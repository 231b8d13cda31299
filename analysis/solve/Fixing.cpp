#include "analysis/solve/Fixing.h"

#include "analysis/solve/Ruling.h"

using namespace assay;

namespace {

/// A constant, or a call for its result, as one token of the source.
struct Written {
  Location At;
  std::string Token; ///< its name, else the number
};

std::optional<Written> writtenAs(InstRef Site, Operand What, const Value &V, const Judging &J) {
  const Body &B = *J.Prog.body(Site.Body).Data;
  while (What.is(OperandKind::Temp) && B.insts()->Get(What.index())->op() == Op::Copy)
    What = Operand(B.insts()->Get(What.index())->a());
  if (What.is(OperandKind::Const)) {
    if (V.Const != What.index() || V.Body != Site.Body)
      return std::nullopt;
    const auto Names = J.Words.namesOf(V);
    const Location At = J.Words.at(Site.Body, B.constants()->Get(V.Const)->loc());
    // A macro of the project that stands for the constant is for the project to change.
    if (Names.size() > 1 || (V.K != Value::Kind::Int && V.K != Value::Kind::Null))
      return std::nullopt;
    return Written{At, Names.empty() ? std::to_string(V.Int) : Names.front().str()};
  }
  if (!What.is(OperandKind::Temp) || V.K != Value::Kind::Result ||
      V.At != InstRef{Site.Body, What.index()})
    return std::nullopt;
  return Written{J.Words.at(V.At), J.Words.name(V.Entity)};
}

} // namespace

std::optional<Fix> assay::fixOf(const ArgumentProperty &P, InstRef Site, Operand What,
                                const Value &Denied, const std::string &Domain, const Judging &J) {
  const auto Old = writtenAs(Site, What, Denied, J);
  if (!Old || Old->At.Line == 0 || (!Old->At.Macro.empty() && Old->At.Macro != Old->Token))
    return std::nullopt;
  std::string New = J.Roles.insteadOfName(Old->Token).str();
  if (New.empty() && Denied.K != Value::Kind::Result)
    New = J.Roles.insteadOfNumber(Domain, Denied.Int).str();
  if (New.empty() || New == Old->Token)
    return std::nullopt;
  Value Then = Denied;
  Facts Have = J.Roles.factsOfName(New);
  if (int64_t Number = 0; !llvm::StringRef(New).getAsInteger(10, Number)) {
    Then.K = Value::Kind::Int;
    Then.Int = Number;
    RoleIndex::join(Have, J.Roles.factsOfNumber(Domain, Number));
  }
  if (ruleOn(P, Then, Have, J.Words).Outcome != Verdict::Pass)
    return std::nullopt;
  return Fix{Old->At, Old->Token, New};
}
