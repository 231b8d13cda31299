// The table [checks]: rows of a check's name or glob, each a level or a table with level and
// parameters.
#include "policies/schema/CheckLevels.h"

#include "llvm/ADT/STLExtras.h"

namespace assay {

using llvm::Error;
using llvm::json::Array;
using llvm::json::Object;

static const char *const LevelKey = "level";

static Reader<LevelChoice> levelChoice() {
  return word(Words<LevelChoice>{{"off", {false, std::nullopt}},
                                 {"on", {true, std::nullopt}},
                                 {"note", {false, Level::Note}},
                                 {"warning", {false, Level::Warning}},
                                 {"error", {false, Level::Error}}});
}

static Error readRow(const TomlMember &M, CheckRow &Row) {
  TomlValue Name;
  Name.Is = TomlValue::Kind::String;
  Name.Name = "a key of [checks]";
  Name.Text = M.Key;
  Name.At = M.At;
  if (Error E = located(globText()).Read(Name, Row.Pattern))
    return E;
  if (M.Value.Is != TomlValue::Kind::Table)
    return levelChoice().Read(M.Value, Row.Chosen.emplace());
  Error All = Error::success();
  for (const TomlMember &Setting : M.Value.Members)
    All = joinErrors(std::move(All),
                     Setting.Key == LevelKey
                         ? levelChoice().Read(Setting.Value, Row.Chosen.emplace())
                         : located(integer()).Read(Setting.Value, Row.Parameters[Setting.Key]));
  return All;
}

static Object rowsSchema() {
  Object Table{{"type", "object"},
               {"properties", Object{{LevelKey, levelChoice().Schema.object()}}},
               {"additionalProperties",
                Object{{"type", "integer"}, {"description", "a limit of the check, by its name"}}}};
  return Object{{"type", "object"},
                {"additionalProperties",
                 Object{{"anyOf", Array{levelChoice().Schema.object(), std::move(Table)}}}}};
}

Reader<std::vector<CheckRow>> checkRows() {
  return {rowsSchema(), [](const TomlValue &V, std::vector<CheckRow> &Out) -> Error {
            if (Error E = expectKind(V, TomlValue::Kind::Table))
              return E;
            Error All = Error::success();
            for (const TomlMember &M : V.Members) {
              Out.emplace_back();
              All = joinErrors(std::move(All), readRow(M, Out.back()));
            }
            return All;
          }};
}

bool CheckRow::isGlob() const {
  return llvm::StringRef(*Pattern).find_first_of("*?[{\\") != llvm::StringRef::npos;
}

} // namespace assay
