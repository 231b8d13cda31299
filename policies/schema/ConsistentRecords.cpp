// [consistent] of a page's head: what a place's siblings do, and it does not.
#include "policies/schema/PropertyParts.h"

namespace assay {
namespace {

using llvm::Error;

const Words<SiblingKind> Kinds = {{"table", SiblingKind::Table},
                                  {"interface", SiblingKind::Interface},
                                  {"callers", SiblingKind::Callers},
                                  {"exits", SiblingKind::Exits}};
const Words<UsualDeed> Deeds = {
    {"before", UsualDeed::Before}, {"after", UsualDeed::After}, {"tested", UsualDeed::Tested}};

/// Calls have results, ways out come after everything.
Error checkKind(const TomlValue &At, SiblingKind Kind, UsualDeed Does) {
  if (Does == UsualDeed::Tested && Kind != SiblingKind::Callers)
    return errorAt(At.At, "'does' is \"tested\", and only calls have a result: 'siblings' must be "
                          "\"callers\"");
  if (Kind == SiblingKind::Exits && Does != UsualDeed::After)
    return errorAt(At.At, "'siblings' has \"exits\", and nothing comes behind them: 'does' must be "
                          "\"after\"");
  return Error::success();
}

Error checkAgreement(const TomlValue &V, const ConsistentProperty &P, const RoleTable &Roles) {
  Error All = checkRoles(V.find("role"), Roles);
  for (SiblingKind Kind : P.Siblings)
    All = joinErrors(std::move(All), checkKind(*V.find("siblings"), Kind, P.Does));
  return All;
}

} // namespace

Record<ConsistentProperty> consistentRecord(const PageVocabulary *Names) {
  return Record<ConsistentProperty>("What a strong majority of siblings does, the others do, too")
      .key("siblings", Presence::Required,
           "\"table\", \"interface\", \"callers\", \"exits\", or a list",
           &ConsistentProperty::Siblings, oneOrMore(word(Kinds)))
      .key("does", Presence::Required,
           "\"before\" (asks a function before the work), \"after\" (calls one on the way out), "
           "\"tested\" (tests the result of the function that is called)",
           &ConsistentProperty::Does, word(Deeds))
      .key("role", Presence::Optional, "a role, or a list: functions that are such a habit",
           &ConsistentProperty::Roles, oneOrMore(text()))
      .key("names", Presence::Optional, "... or functions of such a name, without case",
           &ConsistentProperty::Names, regexText())
      .key("not-names", Presence::Optional, "... must not match", &ConsistentProperty::NotNames,
           regexText())
      .key("least", Presence::Optional, "fewer siblings than this say nothing; default 6",
           &ConsistentProperty::Least, integer(3, 1000))
      .key("percent", Presence::Optional, "of the siblings that do it, at least; default 80",
           &ConsistentProperty::Percent, integer(51, 99))
      .key("where", Presence::Optional, "only in such places", &ConsistentProperty::Where,
           context())
      .key("message", Presence::Required,
           "what is wrong; may use {place}, {usual}, {support}, {siblings}",
           &ConsistentProperty::Message, message({"place", "usual", "support", "siblings"}))
      .check([Names](const TomlValue &V, ConsistentProperty &P) {
        return checkAgreement(V, P, Names->Roles);
      });
}

} // namespace assay
