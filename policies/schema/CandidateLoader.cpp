#include "policies/schema/CandidateLoader.h"

#include "policies/schema/PolicyTexts.h"
#include "policies/schema/RoleLoader.h"

namespace assay {

using llvm::Error;
using llvm::Expected;

static Reader<std::string> words() {
  return textLike("^[a-z0-9]+( [a-z0-9]+)*$", "lower-case words with one space between them");
}

static Record<CandidateRow> candidateRow() {
  return Record<CandidateRow>("Functions that may have one role")
      .key("role", Presence::Required, "the role", &CandidateRow::Role, located(text()))
      .key("names", Presence::Optional, "words that the name of such a function has, in any order",
           &CandidateRow::Names, listOf(words()))
      .key("not-names", Presence::Optional, "words that speak against it", &CandidateRow::NotNames,
           listOf(words()))
      .key("wraps", Presence::Optional,
           "roles: a function that calls one and passes its success on has the role",
           &CandidateRow::Wraps, listOf(text()))
      .key("decides", Presence::Optional,
           "it says yes or no: a function without a result does not have the role",
           &CandidateRow::Decides, boolean())
      .key("bind", Presence::Optional, "bind = words of the parameter's name", &CandidateRow::Binds,
           mapOf(listOf(words())))
      .key("fields", Presence::Optional, "words of a field whose assignment has the role",
           &CandidateRow::Fields, listOf(words()));
}

static Record<ConventionRow> conventionRow() {
  return Record<ConventionRow>("What success is by a library's convention")
      .key("last-parameter", Presence::Required,
           "type of the last parameter, without typedefs, by which such a function is known",
           &ConventionRow::LastParameter, located(text()))
      .key("success", Presence::Required, "the results that mean success", &ConventionRow::Success,
           text())
      .key("why", Presence::Required, "what the convention says", &ConventionRow::Why, text());
}

Record<CandidateTable> candidateRecord() {
  return Record<CandidateTable>("How functions that have a role are called in real code")
      .key("success", Presence::Required, "words of a constant that means success",
           &CandidateTable::Success, listOf(words()))
      .key("not-device", Presence::Required,
           "words of functions, files and folders that are no part of a device",
           &CandidateTable::NotDevice, listOf(words()))
      .key("convention", Presence::Optional, "what success is where a library's convention says it",
           &CandidateTable::Conventions, listOf(conventionRow().reader()))
      .key("candidate", Presence::Required, "one role", &CandidateTable::Rows,
           listOf(candidateRow().reader()));
}

Expected<CandidateTable> loadCandidates(const std::string &DataDir, const Policy &Rules) {
  PolicyTexts Texts;
  Expected<TomlValue> File = parseTomlFile(Texts, DataDir + "/policies/candidates.toml");
  if (!File)
    return File.takeError();
  CandidateTable Table;
  if (Error E = candidateRecord().read(*File, Table))
    return std::move(E);
  RoleTable Roles;
  cantFail(Roles.add(Rules.Roles)); // they were read together before
  Error All = Error::success();
  for (const CandidateRow &Row : Table.Rows) {
    All = joinErrors(std::move(All), Roles.expectRole(Row.Role.At, *Row.Role));
    for (const std::string &Wrapped : Row.Wraps)
      All = joinErrors(std::move(All), Roles.expectRole(Row.Role.At, Wrapped));
    for (const auto &[Bind, Names] : Row.Binds)
      All = joinErrors(std::move(All), Roles.expectBind(Row.Role.At, *Row.Role, Bind));
  }
  if (All)
    return std::move(All);
  return Table;
}

} // namespace assay
