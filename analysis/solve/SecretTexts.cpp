#include "analysis/solve/SecretTexts.h"

using namespace assay;

const Constant &SecretTexts::constantOf(const Value &V) const {
  return *J.Prog.body(V.Body).Data->constants()->Get(V.Const);
}

std::string SecretTexts::textOf(const Value &V) const {
  return J.Prog.tablesOf(V.Body).string(constantOf(V).text()).str();
}

Location SecretTexts::writtenAt(const Value &V) const {
  return J.Words.at(V.Body, constantOf(V).loc());
}

bool SecretTexts::isPartOfName(const Value &V) const {
  if (!V.Patched || !isSecret(V))
    return false;
  for (const Trace *T = V.Way; T; T = T->Origin)
    if (T->Step == Trace::Kind::Passed &&
        J.Lex.isNamed(J.Words.parameterName(T->At, T->Arg), {"name-of-value"}))
      return true;
  return false;
}

void SecretTexts::addTo(std::vector<Location> &Places, const ValueSet &Values) const {
  for (const Value &V : Values)
    if (isSecret(V))
      Places.push_back(writtenAt(V));
}

std::string SecretTexts::describe(const Value &V) const {
  return isSecret(V) ? J.Masks.describe(textOf(V)) : J.Words.value(V);
}
