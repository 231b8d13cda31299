#include "policies/schema/RoleLoader.h"

#include "llvm/ADT/StringExtras.h"

namespace assay {

using llvm::Error;
using llvm::StringRef;

static const char *const FreshContent = "fresh", *const NoContent = "nothing";

static std::vector<std::string> bindNames(const Role &R) {
  std::vector<std::string> Names;
  for (const auto &[Name, Kind] : R.Binds)
    Names.push_back(Name);
  return Names;
}

static Error checkWrites(const TomlValue &Row, Role &R) {
  const TomlValue *Writes = Row.find("writes");
  if (!Writes)
    return Error::success();
  for (const TomlMember &M : Writes->Members) {
    if (!R.Binds.count(M.Key))
      return errorAt(M.At, "role '{0}' has no bind '{1}'{2}", *R.Id, M.Key,
                     didYouMean(M.Key, bindNames(R)));
    std::string &From = R.Writes[M.Key];
    if (From == NoContent)
      R.Unsets.insert(M.Key);
    if (From == FreshContent || From == NoContent)
      From.clear();
    else if (!R.Binds.count(From))
      return errorAt(M.Value.At, "role '{0}' has no bind '{1}'{2}", *R.Id, From,
                     didYouMean(From, bindNames(R)));
  }
  return Error::success();
}

static Error checkEnters(const TomlValue &Row, Role &R) {
  const TomlValue *Enters = Row.find("enters");
  if (!Enters)
    return Error::success();
  for (const TomlMember &M : Enters->Members) {
    const auto Bind = R.Binds.find(M.Key);
    if (Bind == R.Binds.end())
      return errorAt(M.At, "role '{0}' has no bind '{1}'{2}", *R.Id, M.Key,
                     didYouMean(M.Key, bindNames(R)));
    if (Bind->second != BindKind::Value)
      return errorAt(M.At, "bind '{0}' of role '{1}' is entered, so its kind is \"value\"", M.Key,
                     *R.Id);
  }
  return Error::success();
}

Words<EntryWay> entryWays() {
  return {{"task", EntryWay::Task},           {"signal", EntryWay::Signal},
          {"interrupt", EntryWay::Interrupt}, {"exit", EntryWay::Exit},
          {"timer", EntryWay::Timer},         {"callback", EntryWay::Callback}};
}

static Error checkCarries(const TomlValue &Row, Role &R) {
  const TomlValue *Carries = Row.find("carries");
  Error All = Error::success();
  for (const TomlMember &M : Carries ? llvm::ArrayRef(Carries->Members) : std::nullopt) {
    auto Expect = [&](const SourcePosition &At, const std::string &Bind) {
      if (!R.Binds.count(Bind))
        All = joinErrors(std::move(All), errorAt(At, "role '{0}' has no bind '{1}'{2}", *R.Id, Bind,
                                                 didYouMean(Bind, bindNames(R))));
    };
    Expect(M.At, M.Key);
    for (const std::string &From : R.Carries[M.Key])
      Expect(M.Value.At, From);
  }
  return All;
}

static Error checkPointsInto(const TomlValue &Row, Role &R) {
  const TomlValue *Into = Row.find("points-into");
  Error All = Error::success();
  for (const TomlMember &M : Into ? llvm::ArrayRef(Into->Members) : std::nullopt)
    for (const auto &[At, Bind] : {std::pair(M.At, M.Key), {M.Value.At, M.Value.Text}})
      if (!R.Binds.count(Bind))
        All = joinErrors(std::move(All), errorAt(At, "role '{0}' has no bind '{1}'{2}", *R.Id, Bind,
                                                 didYouMean(Bind, bindNames(R))));
  return All;
}

Record<Role> roleRecord() {
  Words<BindKind> Kinds = {{"value", BindKind::Value},
                           {"int", BindKind::Int},
                           {"bytes", BindKind::Bytes},
                           {"object", BindKind::Object}};
  return Record<Role>("What a piece of code means")
      .key("id", Presence::Required, "name of the role: lower-case words joined by dots", &Role::Id,
           located(textLike("^[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)+$",
                            "lower-case words joined by dots")))
      .key("does", Presence::Required, "one sentence that says what such code does", &Role::Does,
           text())
      .key("binds", Presence::Optional, "the operands that matter, each with its kind",
           &Role::Binds, mapOf(word(Kinds)))
      .key("can-succeed", Presence::Optional, "whether a result of it means success",
           &Role::CanSucceed, boolean())
      .key("writes", Presence::Optional,
           "what a call does to memory: bind = the bind whose content it takes, \"fresh\", or "
           "\"nothing\" "
           "(it counts as not set)",
           &Role::Writes, mapOf(text()))
      .key("enters", Presence::Optional,
           "functions that a call registers: bind = how they come to run", &Role::Enters,
           mapOf(word(entryWays())))
      .key("carries", Presence::Optional,
           "what memory holds parts of after a call: bind = a bind or a list; with its own name it "
           "keeps what it held",
           &Role::Carries, mapOf(oneOrMore(text())))
      .key("points-into", Presence::Optional,
           "a result that points into what the call is given: bind = the bind that it is",
           &Role::PointsInto, mapOf(text()))
      .check(checkWrites)
      .check(checkEnters)
      .check(checkCarries)
      .check(checkPointsInto);
}

Record<std::vector<Role>> roleFileRecord() {
  return Record<std::vector<Role>>("Roles: what a piece of code means")
      .key("role", Presence::Required, "one role", std::identity(), listOf(roleRecord().reader()));
}

Error RoleTable::add(std::vector<Role> Rows) {
  Error All = Error::success();
  for (Role &R : Rows) {
    auto [It, New] = Roles.try_emplace(*R.Id, R);
    if (!New)
      All =
          joinErrors(std::move(All), errorAt(R.Id.At, "role '{0}' is declared twice; first at {1}",
                                             *R.Id, toString(It->second.Id.At)));
  }
  return All;
}

const Role *RoleTable::find(StringRef Id) const {
  auto It = Roles.find(std::string_view(Id));
  return It == Roles.end() ? nullptr : &It->second;
}

Error RoleTable::expectRole(const SourcePosition &At, StringRef Id) const {
  if (find(Id))
    return Error::success();
  std::vector<std::string> Known;
  for (const auto &[Name, Row] : Roles)
    Known.push_back(Name);
  return errorAt(At, "role '{0}' is not declared{1}", Id, didYouMean(Id, Known));
}

Error RoleTable::expectBind(const SourcePosition &At, StringRef Id, StringRef Bind) const {
  const Role *R = find(Id);
  if (!R)
    return expectRole(At, Id);
  if (R->Binds.count(Bind.str()))
    return Error::success();
  return errorAt(At, "role '{0}' has no bind '{1}'{2}", Id, Bind, didYouMean(Bind, bindNames(*R)));
}

std::vector<Role> RoleTable::take() && {
  std::vector<Role> All;
  for (auto &[Id, R] : Roles)
    All.push_back(std::move(R));
  Roles.clear();
  return All;
}

} // namespace assay
