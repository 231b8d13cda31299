// [forbid], [argument] and [build] of a page's head.
#include "policies/schema/FactReader.h"
#include "policies/schema/PageHead.h"
#include "policies/schema/PropertyParts.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;

const char *const RolePrefix = "role:";
/// Keys of [argument] that test the facts of another bind.
const char *const ConditionKeys[] = {"when", "unless"};

/// Limits may be set on these besides facts: the number itself, by either name, and the count of
/// bytes.
bool isMeasure(StringRef Name, const ArgumentProperty &P) {
  return Name == "value" || Name == "size" || Name == P.Bind;
}

Reader<OriginTest> originTest() {
  Words<Origin> Known = {{"literal", Origin::Literal},
                         {"written", Origin::Written},
                         {"empty", Origin::Empty},
                         {"zero", Origin::Zero},
                         {"null", Origin::Null}};
  Object Schema{{"anyOf", Array{word(Known).Schema.object(),
                                Object{{"type", "string"}, {"pattern", "^role:"}}}}};
  return {std::move(Schema), [Known](const TomlValue &V, OriginTest &Out) -> Error {
            StringRef Role = V.Text;
            if (!Role.consume_front(RolePrefix))
              return word(Known).Read(V, Out.Kind);
            Out.Kind = Origin::Role;
            Out.Role = Role.str();
            return Error::success();
          }};
}

/// A limit is on a fact, on the number itself, or on how many bytes there are.
Error checkLimits(const TomlValue *Table, const ArgumentProperty &P, const PageVocabulary &Names) {
  Error All = Error::success();
  for (const TomlMember &M : Table ? llvm::ArrayRef(Table->Members) : std::nullopt) {
    if (!isMeasure(M.Key, P)) {
      All = joinErrors(std::move(All), expectFact(M, Names));
      continue;
    }
    for (const std::string &Role : P.At)
      if (M.Key == "size" && Names.Roles.find(Role)->Binds.at(P.Bind) != BindKind::Bytes)
        All = joinErrors(std::move(All), errorAt(M.At,
                                                 "bind '{0}' of role '{1}' is no 'bytes', so it "
                                                 "has no 'size'",
                                                 P.Bind, Role));
  }
  return All;
}

Error checkBinds(const TomlValue &V, const ArgumentProperty &P, const RoleTable &Roles) {
  Error All = Error::success();
  for (const std::string &Role : P.At) {
    All = joinErrors(std::move(All), Roles.expectBind(V.find("bind")->At, Role, P.Bind));
    for (const char *Key : ConditionKeys)
      if (const TomlValue *Condition = V.find(Key))
        for (const TomlMember &M : Condition->Members)
          All = joinErrors(std::move(All), Roles.expectBind(M.At, Role, M.Key));
  }
  return All;
}

Error checkArgumentNames(const TomlValue &V, const ArgumentProperty &P,
                         const PageVocabulary &Names) {
  if (Error E = checkRoles(V.find("at"), Names.Roles))
    return E;
  if (Error E = checkBinds(V, P, Names.Roles))
    return E;
  if (Error E = checkRoles(V.find("or-beside"), Names.Roles))
    return E;
  Error All = joinErrors(checkFacts(V.find("deny"), Names), checkFacts(V.find("allow"), Names));
  All = joinErrors(std::move(All), checkLimits(V.find("min"), P, Names));
  All = joinErrors(std::move(All), checkLimits(V.find("max"), P, Names));
  for (const char *Key : ConditionKeys)
    if (const TomlValue *Condition = V.find(Key))
      for (const TomlMember &M : Condition->Members)
        All = joinErrors(std::move(All), checkFacts(&M.Value, Names));
  return joinErrors(std::move(All), eachText(V.find("deny-origin"), [&](const TomlValue &Item) {
                      StringRef Role = Item.Text;
                      return Role.consume_front(RolePrefix) ? Names.Roles.expectRole(Item.At, Role)
                                                            : Error::success();
                    }));
}

/// The number itself may be called by the bind's name; the policy calls it "value" only.
Error nameNumber(const TomlValue &V, ArgumentProperty &P) {
  for (auto [Key, Limits] : {std::pair("min", &P.Min), std::pair("max", &P.Max)}) {
    auto Own = Limits->extract(P.Bind);
    if (!Own)
      continue;
    if (Limits->count("value"))
      return errorAt(V.member(Key)->At, "'{0}' limits the number twice, as '{1}' and as 'value'",
                     Key, P.Bind);
    Own.key() = "value";
    Limits->insert(std::move(Own));
  }
  return Error::success();
}

Error checkArgument(const TomlValue &V, const ArgumentProperty &P) {
  if (P.Deny.empty() && P.Allow.empty() && P.Min.empty() && P.Max.empty() && P.DenyOrigin.empty())
    return errorAt(V.At, "{0} asks nothing: give 'deny', 'allow', 'min', 'max' or 'deny-origin'",
                   V.Name);
  if (!P.Parameter.empty() && P.Min.size() + P.Max.size() != 1)
    return errorAt(V.member("parameter")->At,
                   "'parameter' names one limit, but {0} has {1} of 'min' and 'max'", V.Name,
                   P.Min.size() + P.Max.size());
  return Error::success();
}

} // namespace

Record<ForbidProperty> forbidRecord(const PageVocabulary *Names) {
  return Record<ForbidProperty>("This role may not appear")
      .key("role", Presence::Required, "a role, or a list", &ForbidProperty::Roles,
           oneOrMore(text()))
      .key("wiped-by", Presence::Optional,
           "a role, or a list: only where the bind `object` is a variable or field that the "
           "program hands to one",
           &ForbidProperty::WipedBy, oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &ForbidProperty::Where, context())
      .key("message", Presence::Required, "what is wrong; may use {callee}",
           &ForbidProperty::Message, message({"callee"}))
      .check([Names](const TomlValue &V, ForbidProperty &) {
        return joinErrors(checkRoles(V.find("role"), Names->Roles),
                          checkRoles(V.find("wiped-by"), Names->Roles));
      });
}

Record<ArgumentProperty> argumentRecord(const PageVocabulary *Names) {
  return Record<ArgumentProperty>("The value behind a bind lies in the allowed set")
      .key("at", Presence::Required, "a role, or a list", &ArgumentProperty::At, oneOrMore(text()))
      .key("bind", Presence::Required, "which operand of the role", &ArgumentProperty::Bind, text())
      .key("deny", Presence::Optional, "fact = value or values that fail", &ArgumentProperty::Deny,
           factSets())
      .key("allow", Presence::Optional, "fact = the only value or values that pass",
           &ArgumentProperty::Allow, factSets())
      .key("min", Presence::Optional,
           "least that passes, of a fact, the number itself (the bind's name or 'value') or 'size' "
           "(bytes)",
           &ArgumentProperty::Min, factLimits())
      .key("max", Presence::Optional, "most that passes, of the same", &ArgumentProperty::Max,
           factLimits())
      .key("parameter", Presence::Optional,
           "name by which a project replaces the limit; default: the limit's own, or the bind's "
           "for 'value'",
           &ArgumentProperty::Parameter,
           textLike("^[a-z][a-z0-9-]*$", "lower-case words joined by dashes"))
      .key("deny-origin", Presence::Optional,
           "\"literal\", \"written\" (a literal that is not empty), \"empty\", \"zero\", \"null\" "
           "or "
           "\"role:ID\": where the value may not come from",
           &ArgumentProperty::DenyOrigin, oneOrMore(originTest()))
      .key("when", Presence::Optional, "only where another bind has one of these facts",
           &ArgumentProperty::When, mapOf(factSets()))
      .key("unless", Presence::Optional,
           "not where all values of another bind have one of these facts",
           &ArgumentProperty::Unless, mapOf(factSets()))
      .key(
          "or-beside", Presence::Optional,
          "roles that may do what is missing: unproven where the site's function calls one, itself "
          "or by others",
          &ArgumentProperty::OrBeside, oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &ArgumentProperty::Where, context())
      .key("message", Presence::Required,
           "what is wrong; may use {value}, {bind}, {callee}, {fact}, {limit}",
           &ArgumentProperty::Message, message({"value", "bind", "callee", "fact", "limit"}))
      .check([](const TomlValue &V, ArgumentProperty &P) { return checkArgument(V, P); })
      .check([Names](const TomlValue &V, ArgumentProperty &P) {
        return checkArgumentNames(V, P, *Names);
      })
      .check(nameNumber);
}

Record<BuildProperty> buildRecord() {
  using Group = BuildProperty::Group;
  Record<Group> OneGroup =
      Record<Group>("In a group the last matching argument of the command decides")
          .key("any", Presence::Required, "globs of arguments that meet the group", &Group::Any,
               oneOrMore(globText()))
          .key("none", Presence::Optional, "globs of arguments that undo it", &Group::None,
               oneOrMore(globText()))
          .key("absent-is-unknown", Presence::Optional,
               "a command that says nothing is unproven: many compilers have it built in",
               &Group::AbsentIsUnknown, boolean());
  return Record<BuildProperty>("The compile command has such arguments")
      .key("languages", Presence::Optional, "languages of the units; default all",
           &BuildProperty::Languages,
           oneOrMore(word(Words<std::string>{{"c", "c"}, {"c++", "c++"}})))
      .key("group", Presence::Required, "every group must hold", &BuildProperty::Groups,
           oneOrMore(OneGroup.reader()))
      .key("message", Presence::Optional, "what is wrong", &BuildProperty::Message, message({}));
}

} // namespace assay
