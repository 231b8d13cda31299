// [flow] of a page's head: what may not reach a place, and from where.
#include "policies/schema/PropertyParts.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

const char *const RolePrefix = "role:", *const NamesPrefix = "names:";

Record<FlowSource> namedRecord(const PageVocabulary *Names) {
  return Record<FlowSource>(
             "Variables, fields and parameters of such names; patterns ignore letter case")
      .key("names", Presence::Required, "the name", &FlowSource::Names, regexText())
      .key("not-names", Presence::Optional, "... must not match", &FlowSource::NotNames,
           regexText())
      .key("type", Presence::Optional, "the canonical type, as Clang prints it", &FlowSource::Type,
           regexText())
      .key("not-made-by", Presence::Optional,
           "a role, or a list: a variable that holds their result is no source",
           &FlowSource::NotMadeBy, oneOrMore(text()))
      .key("not-given-to", Presence::Optional,
           "a role, or a list: where the program hands them something by the same name, it means "
           "that, and what is called so is a doubt",
           &FlowSource::NotGivenTo, oneOrMore(text()))
      .key("wiped-by", Presence::Optional,
           "a role, or a list: only a variable that the program hands to one, or an object of its "
           "type",
           &FlowSource::WipedBy, oneOrMore(text()))
      .check([Names](const TomlValue &V, FlowSource &) {
        Error All = Error::success();
        for (const char *Key : {"not-made-by", "not-given-to", "wiped-by"})
          All = joinErrors(std::move(All), checkRoles(V.find(Key), Names->Roles));
        return All;
      });
}

Error readWord(const PageVocabulary *Names, const TomlValue &V, FlowSource &Out) {
  StringRef Rest = V.Text;
  if (Rest.consume_front(RolePrefix)) {
    Out.Is = FlowSource::Kind::Role;
    Out.Role = Rest.str();
    return Names->Roles.expectRole(V.At, Rest);
  }
  if (Rest.consume_front(NamesPrefix)) {
    TomlValue Pattern = V;
    Pattern.Text = Rest.str();
    return regexText().Read(Pattern, Out.Names);
  }
  return word(Words<FlowSource::Kind>{{"literal", FlowSource::Kind::Literal},
                                      {"entry-parameter", FlowSource::Kind::EntryParameter},
                                      {"command-line", FlowSource::Kind::CommandLine}})
      .Read(V, Out.Is);
}

Reader<FlowSource> flowSource(const PageVocabulary *Names) {
  Reader<FlowSource> Named = namedRecord(Names).reader();
  JsonSchema Schema([=] {
    return Object{
        {"anyOf",
         Array{wordSchema({"literal", "entry-parameter", "command-line"}).object(),
               Object{{"type", "string"}, {"pattern", "^(role|names):"}}, Named.Schema.object()}}};
  });
  return {std::move(Schema), [=](const TomlValue &V, FlowSource &Out) {
            return V.Is == TomlValue::Kind::Table ? Named.Read(V, Out) : readWord(Names, V, Out);
          }};
}

Error checkBinds(const TomlValue &V, const FlowProperty &P, const RoleTable &Roles) {
  Error All = Error::success();
  for (const std::string &Role : P.To)
    All = joinErrors(std::move(All), eachText(V.find("bind"), [&](const TomlValue &Bind) {
                       return Roles.expectBind(Bind.At, Role, Bind.Text);
                     }));
  const TomlValue *By = V.find("secured-by"), *On = V.find("secured-bind");
  if (!By != !On)
    return joinErrors(std::move(All),
                      errorAt((By ? By : On)->At, "'secured-by' and 'secured-bind' come together"));
  for (const std::string &Role : P.SecuredBy)
    All = joinErrors(std::move(All), Roles.expectBind(On->At, Role, P.SecuredBind));
  return All;
}

Error checkNames(const TomlValue &V, const FlowProperty &P, const RoleTable &Roles) {
  for (const char *Key : {"to", "sanitizers", "secured-by"})
    if (Error E = checkRoles(V.find(Key), Roles))
      return E;
  return checkBinds(V, P, Roles);
}

} // namespace

Record<FlowProperty> flowRecord(const PageVocabulary *Names) {
  return Record<FlowProperty>("No value from these sources reaches such a place")
      .key("from", Presence::Required,
           "\"role:ID\", \"literal\", \"names:PATTERN\", \"entry-parameter\", \"command-line\", a "
           "table of names, or a list of these",
           &FlowProperty::From, oneOrMore(flowSource(Names)))
      .key("to", Presence::Required, "a role, or a list: the sites", &FlowProperty::To,
           oneOrMore(text()))
      .key("bind", Presence::Required, "a bind of them, or a list: what must not hold it",
           &FlowProperty::Bind, oneOrMore(text()))
      .key("sanitizers", Presence::Optional,
           "roles: what they make holds nothing of what they take", &FlowProperty::Sanitizers,
           oneOrMore(text()))
      .key("secured-by", Presence::Optional, "roles that make the site's object harmless",
           &FlowProperty::SecuredBy, oneOrMore(text()))
      .key("secured-bind", Presence::Optional, "the bind of both that is that object",
           &FlowProperty::SecuredBind, text())
      .key("not-labelled", Presence::Optional,
           "regular expression: a text that is handed over beside the value calls it something "
           "else, and the site is unproven",
           &FlowProperty::NotLabelled, regexText())
      .key("calls", Presence::Optional,
           "a way into and out of more functions than so many is a doubt", &FlowProperty::Calls,
           integer(1, 100))
      .key("within-function", Presence::Optional, "what comes from other functions is not asked",
           &FlowProperty::WithinFunction, boolean())
      .key(
          "across", Presence::Optional,
          "\"low\" or \"medium\": how bad, and how sure, a way is at most on which the value came "
          "out of another function, or lay in its memory",
          [](FlowProperty &P) -> Severity & { return P.Across.emplace(); }, severityLimit())
      .key(
          "handed", Presence::Optional,
          "\"low\" or \"medium\": ... on which the value was handed in by a caller",
          [](FlowProperty &P) -> Severity & { return P.Handed.emplace(); }, severityLimit())
      .key("where", Presence::Optional, "only in such places; also of the calls that hand it on",
           &FlowProperty::Where, context())
      .key("message", Presence::Required,
           "what is wrong; may use {value}, {callee}, {bind}, {source}", &FlowProperty::Message,
           message({"value", "callee", "bind", "source"}))
      .check(
          [Names](const TomlValue &V, FlowProperty &P) { return checkNames(V, P, Names->Roles); });
}

} // namespace assay
