// [literal] and [comparison] of a page's head: what is a secret by its name, its shape or by what
// it is compared with.
#include "policies/schema/PropertyParts.h"

namespace assay {

using llvm::Error;

Error expectClasses(const TomlValue *V, const Vocabulary &Words) {
  std::vector<std::string> Known;
  for (const NameClass &N : Words.Names)
    Known.push_back(*N.Class);
  return eachText(V, [&](const TomlValue &Item) -> Error {
    if (Words.hasClass(Item.Text))
      return Error::success();
    return errorAt(Item.At, "no vocabulary has the class of names '{0}'{1}", Item.Text,
                   didYouMean(Item.Text, Known));
  });
}

namespace {

Error expectShapes(const TomlValue *V, const Vocabulary &Words) {
  std::vector<std::string> Known;
  for (const TextShape &S : Words.Shapes)
    Known.push_back(*S.Is);
  return eachText(V, [&](const TomlValue &Item) -> Error {
    if (Words.hasShape(Item.Text))
      return Error::success();
    return errorAt(Item.At, "no vocabulary has the shape '{0}'{1}", Item.Text,
                   didYouMean(Item.Text, Known));
  });
}

Error checkLiteral(const TomlValue &V, const Vocabulary &Words) {
  if (!V.find("named") && !V.find("shaped"))
    return errorAt(V.At, "{0} asks nothing: give 'named' or 'shaped'", V.Name);
  return joinErrors(
      joinErrors(expectClasses(V.find("named"), Words), expectClasses(V.find("handed-to"), Words)),
      expectShapes(V.find("shaped"), Words));
}

Error checkComparison(const TomlValue &V, const PageVocabulary &Names) {
  Error All = Error::success();
  for (const char *Key : {"at", "made-by", "constant-time", "past"})
    All = joinErrors(std::move(All), checkRoles(V.find(Key), Names.Roles));
  for (const char *Key : {"named", "not-named", "looked-up", "grants", "past-named"})
    All = joinErrors(std::move(All), expectClasses(V.find(Key), Names.Secrets));
  if (All)
    return All;
  if (const TomlValue *With = V.find("with"); With && With->Text == "empty" && !V.find("past"))
    return errorAt(With->At, "{0} asks nothing: \"empty\" needs 'past'", V.Name);
  return eachText(V.find("at"), [&](const TomlValue &Role) -> Error {
    if (Error E = Names.Roles.expectBind(Role.At, Role.Text, "left"))
      return E;
    return Names.Roles.expectBind(Role.At, Role.Text, "right");
  });
}

} // namespace

Record<LiteralProperty> literalRecord(const PageVocabulary *Names) {
  const Words<LiteralProperty::Rows> Rows = {{"accounts", LiteralProperty::Rows::Accounts},
                                             {"others", LiteralProperty::Rows::Others}};
  const Words<LiteralProperty::Texts> Texts = {{"chosen", LiteralProperty::Texts::Chosen},
                                               {"words", LiteralProperty::Texts::Words}};
  return Record<LiteralProperty>("No literal is itself a secret")
      .key("named", Presence::Optional,
           "a class of names, or a list: of the variable, field, parameter, macro, function or key "
           "that it belongs to",
           &LiteralProperty::Named, oneOrMore(text()))
      .key("handed-to", Presence::Optional,
           "a class of names, or a list: of the parameter that a variable which holds it is handed "
           "to, in a function without a model",
           &LiteralProperty::HandedTo, oneOrMore(text()))
      .key("shaped", Presence::Optional, "a shape, or a list: what the text itself says",
           &LiteralProperty::Shaped, oneOrMore(text()))
      .key("answers", Presence::Optional,
           "a role, or a list: a function that is handed over there writes such a secret to what "
           "its parameters point to",
           &LiteralProperty::Answers, oneOrMore(text()))
      .key("rows", Presence::Optional,
           "\"accounts\": only rows of tables of accounts; \"others\": all but these",
           &LiteralProperty::In, word(Rows))
      .key("texts", Presence::Optional,
           "\"chosen\": only texts that look chosen as a secret, arrays, and what a name says is "
           "delivered; \"words\": only the others",
           &LiteralProperty::Of, word(Texts))
      .key("where", Presence::Optional, "only in such places", &LiteralProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {value}, {what}, {name}",
           &LiteralProperty::Message, message({"value", "what", "name"}))
      .check([Names](const TomlValue &V, LiteralProperty &) {
        return joinErrors(checkLiteral(V, Names->Secrets),
                          checkRoles(V.find("answers"), Names->Roles));
      });
}

static Words<ComparisonProperty::Other> sidesOfComparison() {
  using Other = ComparisonProperty::Other;
  return {{"literal", Other::Literal}, {"any", Other::Any}, {"empty", Other::Empty}};
}

Record<ComparisonProperty> comparisonRecord(const PageVocabulary *Names) {
  return Record<ComparisonProperty>("No such comparison decides who may do something")
      .key("at", Presence::Required, "a role that compares 'left' with 'right', or a list",
           &ComparisonProperty::At, oneOrMore(text()))
      .key("with", Presence::Required,
           "\"literal\": one side is written in the source, and so are comparisons letter by "
           "letter; \"any\": also loops that stop at the first difference; \"empty\": whether a "
           "text that is 'named' is empty, with 'past'",
           &ComparisonProperty::With, word(sidesOfComparison()))
      .key("named", Presence::Required,
           "a class of names, or a list: of what is compared, or of the constant",
           &ComparisonProperty::Named, oneOrMore(text()))
      .key("not-named", Presence::Optional,
           "a class of names, or a list: what is compared has no such name unless it is 'named', "
           "too",
           &ComparisonProperty::NotNamed, oneOrMore(text()))
      .key("made-by", Presence::Optional,
           "a role, or a list: what one of them makes and only one side is, where nothing is "
           "written in the source",
           &ComparisonProperty::MadeBy, oneOrMore(text()))
      .key("looked-up", Presence::Optional,
           "a class of names, or a list: where both sides are called so, and what is equal ends a "
           "loop, an entry is looked up, whatever made the value",
           &ComparisonProperty::LookedUp, oneOrMore(text()))
      .key("constant-time", Presence::Optional,
           "a role, or a list, of 'at': who compares so compares a secret, and no keyword",
           &ComparisonProperty::ConstantTime, oneOrMore(text()))
      .key("grants", Presence::Optional,
           "a class of names, or a list: what happens on the way of equality, or the function "
           "itself, where no name says what is compared",
           &ComparisonProperty::Grants, oneOrMore(text()))
      .key("past", Presence::Optional,
           "a role that verifies somebody, or a list: asked is for a name of the source with which "
           "a way comes to an answer of success past all of them",
           &ComparisonProperty::Past, oneOrMore(text()))
      .key("past-named", Presence::Optional,
           "... and past comparisons of what is of this class of names, or a list",
           &ComparisonProperty::PastNamed, oneOrMore(text()))
      .key(
          "alone", Presence::Optional,
          "\"low\" or \"medium\": how bad, and how sure, it is at most where only a name speaks of "
          "a secret, and nothing of 'grants' on the way behind",
          [](ComparisonProperty &P) -> Severity & { return P.Alone.emplace(); }, severityLimit())
      .key("where", Presence::Optional, "only in such places", &ComparisonProperty::Where,
           context())
      .key("message", Presence::Required, "what is wrong; may use {value}, {name}, {callee}",
           &ComparisonProperty::Message, message({"value", "name", "callee"}))
      .check(
          [Names](const TomlValue &V, ComparisonProperty &) { return checkComparison(V, *Names); });
}

} // namespace assay
