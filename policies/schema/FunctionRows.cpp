// [[function]]: a function or method that carries a role, or says what its result is.
#include "policies/schema/FactReader.h"
#include "policies/schema/ModelLoader.h"

namespace assay {
namespace {

using llvm::Error;
using llvm::json::Array;
using llvm::json::Object;

constexpr int64_t MostArguments = 255;

/// One entry of `bind`, with the place of its domain for the check that comes when all models are
/// read.
struct BindEntry {
  ArgRef Ref;
  Located<std::string> Domain;
};

struct ReturnsRow {
  std::vector<unsigned> Args;
  Facts Is;
  bool Object = false;
};

struct LeftField {
  std::optional<IntCondition> Holds;
};

struct FunctionRow {
  std::vector<Located<std::string>> Names;
  Located<std::string> Role;
  std::map<std::string, BindEntry> Binds;
  std::map<std::string, std::vector<std::string>> When;
  std::optional<IntCondition> Success, Failure;
  ReturnsRow Returns;
  std::optional<HandedVerdict> Verdict;
  std::map<std::string, std::map<std::string, LeftField>> Leaves;
  std::string Versions;
};

Reader<unsigned> argumentNumber() {
  return as<unsigned>(integer(0, MostArguments));
}

Error checkBindTable(const TomlValue &V, BindEntry &B) {
  if (!!V.find("arg") + !!V.find("is") + !!V.find("global") != 1)
    return errorAt(V.At, "{0} expects one of 'arg', 'is' and 'global'", V.Name);
  if (V.find("size") && V.find("bytes"))
    return errorAt(V.member("bytes")->At, "{0} has both 'size' and 'bytes'", V.Name);
  if (V.find("is"))
    B.Ref.Where = ArgRef::Kind::Fixed;
  if (V.find("global"))
    B.Ref.Where = ArgRef::Kind::Global;
  for (const char *Key : {"rest", "field", "behind", "fills"})
    if (V.find(Key) && !V.find("arg"))
      return errorAt(V.member(Key)->At, "{0} has '{1}' without 'arg'", V.Name, Key);
  if (V.find("says") && !V.find("arg"))
    return errorAt(V.member("says")->At, "{0} has 'says' without 'arg'; 'is' says it all", V.Name);
  return Error::success();
}

Record<BindEntry> bindTable() {
  return Record<BindEntry>("Where the operand of a bind stands")
      .key(
          "arg", Presence::Optional, "argument number from 0, without 'this'",
          [](BindEntry &B) -> auto & { return B.Ref.Index; }, argumentNumber())
      .key(
          "rest", Presence::Optional, "this argument and all after it (what printf() prints)",
          [](BindEntry &B) -> auto & { return B.Ref.Rest; }, boolean())
      .key(
          "is", Presence::Optional, "facts that the function's name alone tells",
          [](BindEntry &B) -> auto & { return B.Ref.Fixed; }, facts())
      .key(
          "global", Presence::Optional, "a variable outside of functions that the call writes",
          [](BindEntry &B) -> auto & { return B.Ref.Variable; }, text())
      .key(
          "field", Presence::Optional,
          "a field (record::field) of what the argument points to, or a list: the one that is set",
          [](BindEntry &B) -> auto & { return B.Ref.Fields; }, oneOrMore(text()))
      .key(
          "behind", Presence::Optional, "true: the number that the argument points to",
          [](BindEntry &B) -> auto & { return B.Ref.Behind; }, boolean())
      .key(
          "fills", Presence::Optional,
          "what the function that is handed over here writes behind this argument of its own",
          [](BindEntry &B) -> auto & { return B.Ref.Fills; }, maybe(argumentNumber()))
      .key(
          "null", Presence::Optional, "\"unset\": a null pointer leaves the bind alone",
          [](BindEntry &B) -> auto & { return B.Ref.NullMeansUnset; },
          word(Words<bool>{{"unset", true}}))
      .key(
          "says", Presence::Optional,
          "the only facts that this operand is about, where others stand in another argument",
          [](BindEntry &B) -> auto & { return B.Ref.Says; }, oneOrMore(text()))
      .key("domain", Presence::Optional, "what numbers mean here: the 'of' of [[value]] rows",
           &BindEntry::Domain, located(text()))
      .key(
          "size", Presence::Optional, "number of the argument that holds the length in bytes",
          [](BindEntry &B) -> auto & { return B.Ref.SizeArgument; }, maybe(argumentNumber()))
      .key(
          "bytes", Presence::Optional, "how many bytes the function reads",
          [](BindEntry &B) -> auto & { return B.Ref.SizeBytes; },
          maybe(as<uint64_t>(integer(0, UINT32_MAX))))
      .check(checkBindTable);
}

Reader<BindEntry> bindEntry() {
  Reader<BindEntry> Table = bindTable().reader();
  Reader<unsigned> Number = argumentNumber();
  Words<ArgRef::Kind> Places = {{"return", ArgRef::Kind::Return}, {"this", ArgRef::Kind::This}};
  Reader<ArgRef::Kind> Place = word(Places);
  JsonSchema Schema([=] {
    return Object{
        {"anyOf", Array{Number.Schema.object(), Place.Schema.object(), Table.Schema.object()}}};
  });
  return {std::move(Schema), [=](const TomlValue &V, BindEntry &Out) {
            if (V.Is == TomlValue::Kind::Integer)
              return Number.Read(V, Out.Ref.Index);
            if (V.Is == TomlValue::Kind::String)
              return Place.Read(V, Out.Ref.Where);
            if (V.Is == TomlValue::Kind::Table)
              return Table.Read(V, Out);
            return errorAt(V.At,
                           "{0} expects an argument number, \"return\", \"this\" or a table, "
                           "not {1}",
                           V.Name, wordFor(V.Is));
          }};
}

Record<ReturnsRow> returnsRecord() {
  return Record<ReturnsRow>("What the result of a call is")
      .key("args", Presence::Optional, "it carries what these arguments carry", &ReturnsRow::Args,
           listOf(argumentNumber()))
      .key("is", Presence::Optional, "it carries these facts", &ReturnsRow::Is, facts())
      .key("object", Presence::Optional, "it is the object that the method is called on",
           &ReturnsRow::Object, boolean())
      .check([](const TomlValue &V, ReturnsRow &R) -> Error {
        if (R.Args.empty() && R.Is.empty() && !R.Object)
          return errorAt(V.At, "{0} says nothing: give 'args', 'is' or 'object'", V.Name);
        return Error::success();
      });
}

Record<HandedVerdict> verdictRecord() {
  return Record<HandedVerdict>("What the function that is handed over is told, and answers")
      .key("bind", Presence::Required, "the bind that is the function", &HandedVerdict::Bind,
           text())
      .key("arg", Presence::Required, "its argument that tells the verdict", &HandedVerdict::Arg,
           argumentNumber())
      .key("pointer", Presence::Optional,
           "true: the argument points to the verdict, and what lies there is the answer; else the "
           "function's result is",
           &HandedVerdict::Pointer, boolean())
      .key("success", Presence::Required, "which verdict, and which answer, means success",
           &HandedVerdict::Success, intCondition());
}

Error checkVerdict(const TomlValue &V, const FunctionRow &Row, const RoleTable &Roles) {
  if (!Row.Verdict)
    return Error::success();
  const TomlMember &Bind = *V.find("verdict")->member("bind");
  if (Row.Binds.count(Row.Verdict->Bind))
    return Roles.expectBind(Bind.At, *Row.Role, Row.Verdict->Bind);
  return errorAt(Bind.At, "the row has no bind '{0}'", Row.Verdict->Bind);
}

Reader<LeftField> leftField() {
  Reader<IntCondition> Condition = intCondition();
  JsonSchema Schema([=] {
    return Object{{"anyOf", Array{Object{{"const", "as-before"}}, Condition.Schema.object()}}};
  });
  return {std::move(Schema), [=](const TomlValue &V, LeftField &Out) -> Error {
            if (V.Is == TomlValue::Kind::String && V.Text == "as-before")
              return Error::success();
            return Condition.Read(V, Out.Holds.emplace());
          }};
}

Error checkLeaves(const TomlValue &V, const FunctionRow &Row) {
  Error All = Error::success();
  for (const auto &[Bind, Fields] : Row.Leaves)
    if (!Row.Binds.count(Bind))
      All = joinErrors(std::move(All), errorAt(V.find("leaves")->member(Bind)->At,
                                               "the row has no bind '{0}'", Bind));
  return All;
}

Error checkBinds(const TomlValue &V, const FunctionRow &Row, const RoleTable &Roles) {
  Error All = Error::success();
  for (const auto &[Name, Entry] : Row.Binds) {
    const SourcePosition &At = V.find("bind")->member(Name)->At;
    if (Error E = Roles.expectBind(At, *Row.Role, Name)) {
      All = joinErrors(std::move(All), std::move(E));
      continue;
    }
    bool Sized = Entry.Ref.SizeArgument || Entry.Ref.SizeBytes;
    if (Sized && Roles.find(*Row.Role)->Binds.at(Name) != BindKind::Bytes)
      All = joinErrors(std::move(All), errorAt(At,
                                               "bind '{0}' of role '{1}' is no 'bytes', so it has "
                                               "no size",
                                               Name, *Row.Role));
  }
  return All;
}

Error checkRow(const TomlValue &V, const FunctionRow &Row, const RoleTable &Roles) {
  if (Row.Role->empty()) {
    for (const char *Key : {"bind", "when", "success", "failure", "verdict", "leaves"})
      if (const TomlMember *M = V.member(Key))
        return errorAt(M->At, "'{0}' without 'role' means nothing", Key);
    if (!V.find("returns"))
      return errorAt(V.At, "{0} expects 'role' or 'returns'", V.Name);
    return Error::success();
  }
  if (Error E = Roles.expectRole(Row.Role.At, *Row.Role))
    return E;
  if (Row.Success && !Roles.find(*Row.Role)->CanSucceed)
    return errorAt(V.member("success")->At,
                   "role '{0}' cannot succeed (its declaration has no can-succeed = true)",
                   *Row.Role);
  if (Row.Failure && !Row.Success)
    return errorAt(V.member("failure")->At, "'failure' without 'success' means nothing");
  return joinErrors(joinErrors(checkBinds(V, Row, Roles), checkVerdict(V, Row, Roles)),
                    checkLeaves(V, Row));
}

/// What an argument must be for a row to count, as text: a name, a string or a number.
Reader<std::string> nameOrNumber() {
  Object Schema{{"type", Array{"string", "integer"}}};
  return {std::move(Schema), [](const TomlValue &V, std::string &Out) -> Error {
            if (V.Is != TomlValue::Kind::Integer)
              return text().Read(V, Out);
            Out = std::to_string(V.Int);
            return Error::success();
          }};
}

Record<FunctionRow> functionRecord(const RoleTable *Roles) {
  auto Named = mapOf(oneOrMore(nameOrNumber()), "^[0-9]{1,2}$", "an argument number from 0 to 99");
  auto Fields = mapOf(leftField(), "^.+::[^:]+$", "record::field");
  return Record<FunctionRow>("Functions or methods that carry a role")
      .key("name", Presence::Required, "qualified name or glob; a list gives several the same row",
           &FunctionRow::Names, oneOrMore(located(globText())))
      .key("role", Presence::Optional, "what a call of it means", &FunctionRow::Role,
           located(text()))
      .key("bind", Presence::Optional, "where the operands of the role stand", &FunctionRow::Binds,
           mapOf(bindEntry()))
      .key("when", Presence::Optional,
           "argument number = the value, or values, for which this row counts", &FunctionRow::When,
           Named)
      .key("success", Presence::Optional, "the only results that mean success",
           &FunctionRow::Success, maybe(intCondition()))
      .key("failure", Presence::Optional,
           "the only results that mean failure, where the manual says so", &FunctionRow::Failure,
           maybe(intCondition()))
      .key("returns", Presence::Optional, "what the result is", &FunctionRow::Returns,
           returnsRecord().reader())
      .key("verdict", Presence::Optional, "a verdict that the function handed over may replace",
           &FunctionRow::Verdict, maybe(verdictRecord().reader()))
      .key("leaves", Presence::Optional,
           "bind = what fields of it hold after the call: a number's condition, or \"as-before\"",
           &FunctionRow::Leaves, mapOf(Fields))
      .key("versions", Presence::Optional, "library versions that have it, if not all",
           &FunctionRow::Versions, text())
      .check([Roles](const TomlValue &V, FunctionRow &Row) { return checkRow(V, Row, *Roles); });
}

FunctionModel modelOf(const FunctionRow &Row, const Located<std::string> &Name) {
  FunctionModel F;
  F.Name = Name;
  F.Role = *Row.Role;
  for (const auto &[Bind, Entry] : Row.Binds) {
    F.Binds[Bind] = Entry.Ref;
    F.Binds[Bind].Domain = *Entry.Domain;
  }
  for (const auto &[Argument, Values] : Row.When)
    F.When[unsigned(std::stoul(Argument))] = Values;
  F.Success = Row.Success;
  F.Failure = Row.Failure;
  F.ReturnsArguments = Row.Returns.Args;
  F.ReturnsObject = Row.Returns.Object;
  F.ReturnsFacts = Row.Returns.Is;
  F.Verdict = Row.Verdict;
  for (const auto &[Bind, Fields] : Row.Leaves)
    for (const auto &[Field, Left] : Fields)
      F.Leaves[Bind][Field] = Left.Holds;
  return F;
}

void append(ModelRows &Out, const FunctionRow &Row) {
  for (const auto &[Bind, Entry] : Row.Binds)
    if (!Entry.Domain->empty())
      Out.DomainsUsed.push_back(Entry.Domain);
  for (const Located<std::string> &Name : Row.Names)
    Out.M.Functions.push_back(modelOf(Row, Name));
}

} // namespace

Reader<ModelRows> functionRows(const RoleTable *Roles) {
  Reader<std::vector<FunctionRow>> Rows = listOf(functionRecord(Roles).reader());
  return {Rows.Schema, [Read = Rows.Read](const TomlValue &V, ModelRows &Out) {
            std::vector<FunctionRow> Found;
            Error E = Read(V, Found);
            for (const FunctionRow &Row : Found)
              append(Out, Row);
            return E;
          }};
}

} // namespace assay
