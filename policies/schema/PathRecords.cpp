// [precede], [follow], [result] and [exist] of a page's head: what lies on the ways through a
// program.
#include "policies/schema/PropertyParts.h"

namespace assay {
namespace {

using llvm::Error;

/// `same` names a bind that every role of both sides has.
Error checkSame(const TomlValue &V, const RoleTable &Roles) {
  const TomlValue *Same = V.find("same");
  if (!Same)
    return Error::success();
  Error All = Error::success();
  for (const char *Key : {"at", "by"})
    All = joinErrors(std::move(All), eachText(V.find(Key), [&](const TomlValue &Role) {
                       return Roles.expectBind(Same->At, Role.Text, Same->Text);
                     }));
  return All;
}

Error checkSides(const TomlValue &V, const RoleTable &Roles) {
  if (Error E = joinErrors(checkRoles(V.find("at"), Roles), checkRoles(V.find("by"), Roles)))
    return E;
  return checkSame(V, Roles);
}

/// Only a role that can succeed has a result to test.
Error checkCanSucceed(const TomlValue *Of, const RoleTable &Roles) {
  return eachText(Of, [&](const TomlValue &Item) -> Error {
    if (Roles.find(Item.Text)->CanSucceed)
      return Error::success();
    return errorAt(Item.At,
                   "role '{0}' cannot fail (can-succeed is not set), so it has no result "
                   "to test",
                   Item.Text);
  });
}

} // namespace

Record<PrecedeProperty> precedeRecord(const PageVocabulary *Names) {
  return Record<PrecedeProperty>(
             "On every path from every entry point, another role has succeeded before")
      .key("at", Presence::Required, "a role, or a list: the sites", &PrecedeProperty::At,
           oneOrMore(text()))
      .key("by", Presence::Required, "a role, or a list: what must have succeeded before",
           &PrecedeProperty::By, oneOrMore(text()))
      .key("same", Presence::Optional,
           "a bind of both sides: the object, which nothing may have changed since",
           &PrecedeProperty::Same, text())
      .key("where", Presence::Optional, "only in such places", &PrecedeProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {object}",
           &PrecedeProperty::Message, message({"callee", "object"}))
      .check(
          [Names](const TomlValue &V, PrecedeProperty &) { return checkSides(V, Names->Roles); });
}

Record<FollowProperty> followRecord(const PageVocabulary *Names) {
  const Words<CallOutcome> Outcomes = {{"both", CallOutcome::Both},
                                       {"success", CallOutcome::Success},
                                       {"failure", CallOutcome::Failure}};
  return Record<FollowProperty>("On every path after a site, another role is called")
      .key("at", Presence::Required, "a role, or a list: the sites", &FollowProperty::At,
           oneOrMore(text()))
      .key("by", Presence::Required, "a role, or a list: what must be called afterwards",
           &FollowProperty::By, oneOrMore(text()))
      .key("after", Presence::Optional,
           "\"success\", \"failure\" or \"both\" (default): the outcome of the site that matters",
           &FollowProperty::After, word(Outcomes))
      .key("same", Presence::Optional, "a bind of both sides: the object that is meant",
           &FollowProperty::Same, text())
      .key("where", Presence::Optional, "only in such places", &FollowProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {object}",
           &FollowProperty::Message, message({"callee", "object"}))
      .check([Names](const TomlValue &V, FollowProperty &) { return checkSides(V, Names->Roles); });
}

Record<ResultProperty> resultRecord(const PageVocabulary *Names) {
  return Record<ResultProperty>(
             "The result is tested, on every path, against the model's own success condition")
      .key("of", Presence::Required, "a role that can succeed, or a list", &ResultProperty::Of,
           oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &ResultProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {how}",
           &ResultProperty::Message, message({"callee", "how"}))
      .check([Names](const TomlValue &V, ResultProperty &) {
        if (Error E = checkRoles(V.find("of"), Names->Roles))
          return E;
        return checkCanSucceed(V.find("of"), Names->Roles);
      });
}

Record<ExistProperty> existRecord(const PageVocabulary *Names) {
  return Record<ExistProperty>("The program has at least one such site that an entry point reaches")
      .key("role", Presence::Required, "a role, or a list", &ExistProperty::Roles,
           oneOrMore(text()))
      .key("needs", Presence::Required, "a role, or a list, whose sites make it necessary",
           &ExistProperty::Needs, oneOrMore(text()))
      .key("message", Presence::Required, "what is wrong", &ExistProperty::Message, message({}))
      .check([Names](const TomlValue &V, ExistProperty &) {
        return joinErrors(checkRoles(V.find("role"), Names->Roles),
                          checkRoles(V.find("needs"), Names->Roles));
      });
}

} // namespace assay
