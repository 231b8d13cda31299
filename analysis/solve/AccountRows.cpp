#include "analysis/solve/AccountRows.h"

using namespace assay;

bool assay::isInAccountRow(const LiteralSpot &S, const Judging &J) {
  if (S.Row == NoId || J.Literals.rows()[S.Row].Table.empty())
    return false;
  if (isWordOfPair(S, J))
    return true;
  bool Account = false, Endpoint = false;
  for (uint32_t Other : J.Literals.rows()[S.Row].Spots) {
    const LiteralSpot &O = J.Literals.spots()[Other];
    if (O.Const == S.Const && O.At == S.At)
      continue;
    Account |= J.Lex.isNamed(O.Holder, {"account"}) || J.Lex.isListed(O.Text, "account");
    Endpoint |= J.Lex.isNamed(O.Holder, {"endpoint"});
  }
  return Account && !Endpoint;
}

bool assay::isWordOfPair(const LiteralSpot &S, const Judging &J) {
  if (S.Row == NoId)
    return false;
  const LiteralRow &Row = J.Literals.rows()[S.Row];
  if (Row.Spots.size() != 2 || S.IsArray || !J.Lex.isNamed(Row.Table, {"account-table"}))
    return false;
  const LiteralSpot &User = J.Literals.spots()[Row.Spots[0]];
  const LiteralSpot &Word = J.Literals.spots()[Row.Spots[1]];
  const bool IsWord = Word.Const == S.Const && Word.At == S.At;
  // A field of its own name says itself what it is.
  return IsWord && !User.Text.empty() && User.Holder == Word.Holder &&
         (Word.Holder.empty() || Word.Holder == Row.Table);
}

const LiteralSpot *assay::accountIn(const LiteralRow &Row, llvm::ArrayRef<std::string> Secrets,
                                    const Judging &J) {
  const LiteralSpot *ByField = nullptr, *ByText = nullptr;
  bool Secret = false;
  for (uint32_t Spot : Row.Spots) {
    const LiteralSpot &S = J.Literals.spots()[Spot];
    if (J.Lex.isNamed(S.Holder, Secrets))
      Secret |= isInAccountRow(S, J);
    else if (S.Text.empty() || S.IsArray)
      continue;
    else if (!ByField && J.Lex.isNamed(S.Holder, {"account"}))
      ByField = &S;
    else if (!ByText && J.Lex.isListed(S.Text, "account"))
      ByText = &S;
  }
  if (!Secret)
    return nullptr;
  return ByField ? ByField : ByText;
}
