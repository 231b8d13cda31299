#include "policies/schema/PropertyParts.h"

namespace assay {

using llvm::Error;
using llvm::StringRef;

Reader<Context> context() {
  return Record<Context>("Narrows the places; POSIX extended regular expressions, without case")
      .key("function", Presence::Optional, "qualified name of the enclosing function",
           &Context::Function, regexText())
      .key("not-function", Presence::Optional, "... must not match", &Context::NotFunction,
           regexText())
      .key("into", Presence::Optional,
           "name of the variable, field or parameter that the value ends in", &Context::Into,
           regexText())
      .key("not-into", Presence::Optional, "... must not match", &Context::NotInto, regexText())
      .key("file", Presence::Optional, "path of the file", &Context::File, regexText())
      .key("not-file", Presence::Optional, "... must not match", &Context::NotFile, regexText())
      .key("tests", Presence::Optional, "false: not in tests of the program", &Context::Tests,
           boolean())
      .reader();
}

Reader<Severity> severityLimit() {
  return word(Words<Severity>{{"low", Severity::Low}, {"medium", Severity::Medium}});
}

Reader<std::string> message(std::vector<std::string> Places) {
  Reader<std::string> Plain = text();
  return {Plain.Schema, [Read = Plain.Read, Places](const TomlValue &V, std::string &Out) -> Error {
            if (Error E = Read(V, Out))
              return E;
            StringRef Rest = Out;
            while (Rest.contains('{')) {
              auto [Place, After] = Rest.split('{').second.split('}');
              if (!llvm::is_contained(Places, Place))
                return errorAt(V.At, "{0} has no place '{{{1}}'{2}", V.Name, Place,
                               didYouMean(Place, Places));
              Rest = After;
            }
            return Error::success();
          }};
}

Error eachText(const TomlValue *V, llvm::function_ref<Error(const TomlValue &)> Check) {
  if (!V)
    return Error::success();
  if (V->Is == TomlValue::Kind::String)
    return Check(*V);
  Error All = Error::success();
  for (const TomlValue &Item : V->Items)
    All = joinErrors(std::move(All), Check(Item));
  return All;
}

Error checkRoles(const TomlValue *V, const RoleTable &Roles) {
  return eachText(V, [&](const TomlValue &Item) { return Roles.expectRole(Item.At, Item.Text); });
}

Error expectFact(const TomlMember &M, const PageVocabulary &Names) {
  if (llvm::is_contained(Names.FactNames, M.Key))
    return Error::success();
  return errorAt(M.At, "no model gives the fact '{0}'{1}", M.Key,
                 didYouMean(M.Key, Names.FactNames));
}

Error checkFacts(const TomlValue *Table, const PageVocabulary &Names) {
  Error All = Error::success();
  if (Table)
    for (const TomlMember &M : Table->Members)
      All = joinErrors(std::move(All), expectFact(M, Names));
  return All;
}

} // namespace assay
