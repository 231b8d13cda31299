// [precede], [follow], [result], [verdict] and [exist] of a page's head: what lies on the ways
// through a program.
#include "policies/schema/FactReader.h"
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

/// `when` names binds that every role of `at` has, or every one of `never`, and facts that some
/// model gives.
Error checkWhen(const TomlValue &V, const PageVocabulary &Names) {
  const TomlValue *When = V.find("when");
  Error All = Error::success();
  for (const TomlMember &M : When ? llvm::ArrayRef(When->Members) : std::nullopt) {
    auto Expect = [&](const char *Key) {
      return eachText(V.find(Key), [&](const TomlValue &Role) {
        return Names.Roles.expectBind(M.At, Role.Text, M.Key);
      });
    };
    Error Wrong = Expect("at");
    if (Wrong && V.find("never")) {
      llvm::consumeError(std::move(Wrong));
      Wrong = Expect("never");
    }
    All = joinErrors(std::move(All), joinErrors(std::move(Wrong), checkFacts(&M.Value, Names)));
  }
  return All;
}

/// What [follow] asks for goes together.
Error checkFollow(const TomlValue &V, const FollowProperty &P, const PageVocabulary &Names) {
  const RoleTable &Roles = Names.Roles;
  for (const char *Key : {"at", "by", "never", "or-anywhere", "frees", "weak", "through", "needs"})
    if (Error E = checkRoles(V.find(Key), Roles))
      return E;
  if (P.By.empty() == P.Never.empty())
    return errorAt(V.At, "[follow] has one of 'by' and 'never'");
  const bool Scope = P.Until == FollowUntil::Scope;
  const TomlValue *Through = V.find("through");
  if (const TomlValue *Given = V.find("weak"); Given && !Scope)
    return errorAt(Given->At, "'weak' is for until = \"scope\"");
  if (const TomlValue *Given = V.find("frees"); Given && !Scope && !Through)
    return errorAt(Given->At, "'frees' is for until = \"scope\" and for 'through'");
  if (Through && (P.Same.empty() || P.By.empty() || P.Until != FollowUntil::Program))
    return errorAt(Through->At, "'through' takes 'by' and 'same', and no 'until'");
  if (const TomlValue *Given = V.find("when"); Given && Scope)
    return errorAt(Given->At, "'when' is not for until = \"scope\"");
  if (Scope && (P.Same.empty() || P.By.empty()))
    return errorAt(V.find("until")->At, "until = \"scope\" takes 'by' and 'same': whose scope");
  const TomlValue *Same = V.find("same"), *As = V.find("as");
  if (As && !Same)
    return errorAt(As->At, "'as' is what the other side calls 'same', which is missing");
  if (const TomlValue *Kind = V.find("kind"))
    if (Error E = eachText(V.find("by"), [&](const TomlValue &Role) {
          return Roles.expectBind(Kind->At, Role.Text, Kind->Text);
        }))
      return E;
  Error All = Error::success();
  for (const char *Key : {"at", "by", "never", "frees", "weak", "through"})
    if (const TomlValue *Bind = llvm::StringRef(Key) != "at" && As ? As : Same)
      All = joinErrors(std::move(All), eachText(V.find(Key), [&](const TomlValue &Role) {
                         return Roles.expectBind(Bind->At, Role.Text, Bind->Text);
                       }));
  return joinErrors(std::move(All), checkWhen(V, Names));
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
      .key("needs", Presence::Optional,
           "a role, or a list: nothing is asked of a program without a site of it",
           &PrecedeProperty::Needs, oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &PrecedeProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {object}",
           &PrecedeProperty::Message, message({"callee", "object"}))
      .check([Names](const TomlValue &V, PrecedeProperty &) {
        return joinErrors(checkRoles(V.find("needs"), Names->Roles), checkSides(V, Names->Roles));
      });
}

static Words<CallOutcome> callOutcomes() {
  return {{"both", CallOutcome::Both},
          {"success", CallOutcome::Success},
          {"failure", CallOutcome::Failure}};
}

static Words<FollowUntil> followEnds() {
  return {{"program", FollowUntil::Program},
          {"function", FollowUntil::Function},
          {"scope", FollowUntil::Scope}};
}

Record<FollowProperty> followRecord(const PageVocabulary *Names) {
  return Record<FollowProperty>("On every path after a site, another role is called, or never")
      .key("at", Presence::Required, "a role, or a list: the sites", &FollowProperty::At,
           oneOrMore(text()))
      .key("by", Presence::Optional, "a role, or a list: what must be called afterwards",
           &FollowProperty::By, oneOrMore(text()))
      .key("never", Presence::Optional, "instead of by: what must not be called afterwards",
           &FollowProperty::Never, oneOrMore(text()))
      .key("until", Presence::Optional,
           "\"program\" (default: the outermost caller returns), \"function\" (that of the site "
           "does), \"scope\" (the object is no more)",
           &FollowProperty::Until, word(followEnds()))
      .key("after", Presence::Optional,
           "\"success\", \"failure\" or \"both\" (default): the outcome of the site that matters",
           &FollowProperty::After, word(callOutcomes()))
      .key("same", Presence::Optional, "a bind of both sides: the object that is meant",
           &FollowProperty::Same, text())
      .key("as", Presence::Optional, "the name of that bind at the roles other than 'at'",
           &FollowProperty::As, text())
      .key("kind", Presence::Optional,
           "a bind of 'by' whose fact 'event' names the roles that the call is about",
           &FollowProperty::Kind, text())
      .key("or-anywhere", Presence::Optional,
           "roles: one such call anywhere in the program does for all sites",
           &FollowProperty::Elsewhere, oneOrMore(text()))
      .key("frees", Presence::Optional, "roles after which the object is no more",
           &FollowProperty::Frees, oneOrMore(text()))
      .key("weak", Presence::Optional,
           "roles that count as 'by' unless the compiler may drop them: nothing reads the object "
           "afterwards",
           &FollowProperty::Weak, oneOrMore(text()))
      .key("tasks", Presence::Optional,
           "roles that start a function: where it returns what became of the site, who waits for "
           "it may do the rest, and the site is unproven",
           &FollowProperty::Tasks, oneOrMore(text()))
      .key("through", Presence::Optional,
           "roles that use what the site begins: 'by' is asked for only behind such a call, and on "
           "one way from it, before 'frees'",
           &FollowProperty::Through, oneOrMore(text()))
      .key("needs", Presence::Optional,
           "a role, or a list: nothing is asked of a program without a site of it",
           &FollowProperty::Needs, oneOrMore(text()))
      .key("when", Presence::Optional,
           "only where a bind of the site, or of the call of 'never', has one of these facts",
           &FollowProperty::When, mapOf(factSets()))
      .key("where", Presence::Optional, "only in such places", &FollowProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {object}, {how}",
           &FollowProperty::Message, message({"callee", "object", "how"}))
      .check([Names](const TomlValue &V, FollowProperty &P) { return checkFollow(V, P, *Names); });
}

Record<ResultProperty> resultRecord(const PageVocabulary *Names) {
  return Record<ResultProperty>(
             "The result is tested, on every path, against the model's own success condition")
      .key("of", Presence::Required, "a role that can succeed, or a list", &ResultProperty::Of,
           oneOrMore(text()))
      .key("talks", Presence::Optional,
           "roles of calls that only tell somebody: a failure after which the program does nothing "
           "else but goes on is not handled",
           &ResultProperty::Talks, oneOrMore(text()))
      .key(
          "across", Presence::Optional,
          "\"low\" or \"medium\": how bad, and how sure, it is at most that the status of a "
          "function around the call is lost",
          [](ResultProperty &P) -> Severity & { return P.Across.emplace(); }, severityLimit())
      .key("where", Presence::Optional, "only in such places", &ResultProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {how}",
           &ResultProperty::Message, message({"callee", "how"}))
      .check([Names](const TomlValue &V, ResultProperty &) {
        if (Error E = checkRoles(V.find("of"), Names->Roles))
          return E;
        if (Error E = checkRoles(V.find("talks"), Names->Roles))
          return E;
        return checkCanSucceed(V.find("of"), Names->Roles);
      });
}

Record<VerdictProperty> verdictRecord(const PageVocabulary *Names) {
  return Record<VerdictProperty>(
             "A function that is told of a failure does not answer with success")
      .key("at", Presence::Required, "a role, or a list, whose rows say 'verdict'",
           &VerdictProperty::At, oneOrMore(text()))
      .key("unless", Presence::Optional,
           "roles: a function that calls one decides by something of its own",
           &VerdictProperty::Unless, oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &VerdictProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}, {how}",
           &VerdictProperty::Message, message({"callee", "how"}))
      .check([Names](const TomlValue &V, VerdictProperty &) {
        return joinErrors(checkRoles(V.find("at"), Names->Roles),
                          checkRoles(V.find("unless"), Names->Roles));
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
