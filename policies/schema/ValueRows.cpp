// [[value]]: what a constant means; [[field]]: a field whose assignment is a site.
#include "policies/schema/FactReader.h"
#include "policies/schema/ModelLoader.h"

namespace assay {
namespace {

using llvm::Error;

struct ValueRow {
  std::vector<Located<std::string>> Names;
  std::vector<std::string> Strings, Domains;
  std::string Versions;
  ValueModel M;
};

Reader<uint64_t> maskBits() {
  return as<uint64_t>(integer(1));
}

/// A fix writes it into a program, so it is one token.
Reader<std::string> replacement() {
  return textLike("^([A-Za-z_][A-Za-z0-9_]*|[0-9]+)$", "one name or number");
}

Error checkValue(const TomlValue &V, ValueRow &) {
  unsigned Ways = !!V.find("name") + !!V.find("string") + !!V.find("int");
  if (Ways != 1)
    return errorAt(V.At, "{0} expects exactly one of 'name', 'string' and 'int'", V.Name);
  if (V.find("int") && !V.find("of"))
    return errorAt(V.At, "{0} with 'int' expects 'of': numbers mean something in a domain only",
                   V.Name);
  if (const TomlMember *Instead = V.member("instead"); Instead && V.find("string"))
    return errorAt(Instead->At, "'instead' of a string cannot be written as one token");
  if (const TomlMember *Mask = V.member("mask"); Mask && !V.find("int"))
    return errorAt(Mask->At, "'mask' without 'int' means nothing");
  if (const TomlMember *Of = V.member("of"); Of && !V.find("int"))
    return errorAt(Of->At, "'of' without 'int' means nothing: names and strings have no domain");
  return Error::success();
}

Record<ValueRow> valueRecord() {
  return Record<ValueRow>("What a constant means")
      .key("name", Presence::Optional,
           "function called for its result, macro, enumerator or global; glob; a list gives "
           "several the same row",
           &ValueRow::Names, oneOrMore(located(globText())))
      .key("string", Presence::Optional, "a string, or a glob of strings, without case",
           &ValueRow::Strings, oneOrMore(globOrEmpty()))
      .key("of", Presence::Optional, "domain of the number; a list gives several the same row",
           &ValueRow::Domains, oneOrMore(text()))
      .key(
          "int", Presence::Optional, "comparison with the number",
          [](ValueRow &R) -> auto & { return R.M.Int; }, maybe(intCondition()))
      .key(
          "mask", Presence::Optional, "'int' compares the number's bits under this mask",
          [](ValueRow &R) -> auto & { return R.M.Mask; }, maybe(maskBits()))
      .key(
          "is", Presence::Required, "the facts", [](ValueRow &R) -> auto & { return R.M.Is; },
          facts())
      .key(
          "instead", Presence::Optional,
          "what to write where this constant is denied: a name, or a number of the same domain; "
          "offered as a fix where the property allows it",
          [](ValueRow &R) -> auto & { return R.M.Instead; }, replacement())
      .key("versions", Presence::Optional, "library versions that have it, if not all",
           &ValueRow::Versions, text())
      .check(checkValue);
}

void append(ModelRows &Out, const TomlValue &At, const ValueRow &Row) {
  for (const Located<std::string> &Name : Row.Names) {
    Out.M.Values.push_back(Row.M);
    Out.M.Values.back().Name = Name;
  }
  for (const std::string &String : Row.Strings) {
    Out.M.Values.push_back(Row.M);
    Out.M.Values.back().String = String;
    Out.M.Values.back().Name.At = At.At;
  }
  for (const std::string &Domain : Row.Domains) {
    Out.M.Values.push_back(Row.M);
    Out.M.Values.back().Domain = Domain;
    Out.M.Values.back().Name.At = At.At;
  }
}

struct FieldRow {
  std::vector<Located<std::string>> Names;
  Located<std::string> Role, Domain;
  Located<std::string> Bind{"value", {}};
  std::optional<IntCondition> When, Tested;
  std::string Versions;
};

Record<FieldRow> fieldRecord(const RoleTable *Roles) {
  return Record<FieldRow>("Fields whose assignment, or whose test, carries a role")
      .key("name", Presence::Required,
           "record::field, the record as in the type or its typedef, or a variable outside of "
           "functions; glob; a list gives several the same row",
           &FieldRow::Names,
           oneOrMore(located(textLike("^[^ .]+$", "'record::field' or a variable"))))
      .key("role", Presence::Required, "what an assignment, or the test, means", &FieldRow::Role,
           located(text()))
      .key("bind", Presence::Optional, "bind that the stored value is; default \"value\"",
           &FieldRow::Bind, located(text()))
      .key("domain", Presence::Optional, "what numbers mean here: the 'of' of [[value]] rows",
           &FieldRow::Domain, located(text()))
      .key("when", Presence::Optional, "the row counts only for such stored numbers",
           &FieldRow::When, maybe(intCondition()))
      .key("tested", Presence::Optional,
           "not an assignment has the role but a test that finds such a number there; for 'by' of "
           "[precede]",
           &FieldRow::Tested, maybe(intCondition()))
      .key("versions", Presence::Optional, "library versions that have it, if not all",
           &FieldRow::Versions, text())
      .check([Roles](const TomlValue &V, FieldRow &Row) {
        if (const TomlValue *Tested = V.find("tested"))
          for (const char *Key : {"bind", "domain", "when"})
            if (V.find(Key))
              return errorAt(Tested->At, "'tested' is about no assignment: it goes without '{0}'",
                             Key);
        if (Row.Tested)
          return Roles->expectRole(Row.Role.At, *Row.Role);
        const TomlValue *Bind = V.find("bind");
        return Roles->expectBind(Bind ? Bind->At : Row.Role.At, *Row.Role, *Row.Bind);
      });
}

void append(ModelRows &Out, const FieldRow &Row) {
  if (!Row.Domain->empty())
    Out.DomainsUsed.push_back(Row.Domain);
  for (const Located<std::string> &Name : Row.Names) {
    FieldModel F;
    F.Name = Name;
    F.Role = *Row.Role;
    F.Bind = *Row.Bind;
    F.Domain = *Row.Domain;
    F.When = Row.When;
    F.Tested = Row.Tested;
    Out.M.Fields.push_back(std::move(F));
  }
}

} // namespace

Reader<ModelRows> valueRows() {
  Record<ValueRow> Row = valueRecord();
  return {listSchema(Row.schema()), [Row](const TomlValue &V, ModelRows &Out) {
            if (Error E = expectKind(V, TomlValue::Kind::Array))
              return E;
            Error All = Error::success();
            for (const TomlValue &Item : V.Items) {
              ValueRow Found;
              All = joinErrors(std::move(All), Row.read(Item, Found));
              append(Out, Item, Found);
            }
            return All;
          }};
}

Reader<ModelRows> fieldRows(const RoleTable *Roles) {
  Reader<std::vector<FieldRow>> Rows = listOf(fieldRecord(Roles).reader());
  return {Rows.Schema, [Read = Rows.Read](const TomlValue &V, ModelRows &Out) {
            std::vector<FieldRow> Found;
            Error E = Read(V, Found);
            for (const FieldRow &Row : Found)
              append(Out, Row);
            return E;
          }};
}

} // namespace assay
