#include "policies/schema/ModelLoader.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace assay {

using llvm::Error;
using llvm::StringRef;

Record<ModelFile> modelFileRecord(const RoleTable *Roles) {
  Record<ModelFile> R("What the functions, constants and fields of one library mean");
  R.key("library", Presence::Required, "name of the library: one word, the same in all its files",
        &ModelFile::Library, textLike("^[a-z0-9][a-z0-9_.+-]*$", "one lower-case word"));
  R.key("versions", Presence::Required, "versions of the library that were read",
        &ModelFile::Versions, text());
  R.key("source", Presence::Required, "headers and manuals in which the claims were read",
        &ModelFile::Source, text());
  addModelKeys(R, &ModelFile::Rows, Roles);
  return R;
}

static std::string keyOf(const FunctionModel &F) {
  std::string Key = *F.Name + "\n" + F.Role;
  for (const auto &[Argument, Values] : F.When)
    for (const std::string &Value : Values)
      Key += "\nwhen " + std::to_string(Argument) + Value;
  for (const auto &[Name, Ref] : F.Binds)
    Key += "\nbind " + Name + std::to_string(unsigned(Ref.Where)) + std::to_string(Ref.Index);
  return Key;
}

/// The same row twice is a slip of the hand: one of them will be edited and the other not.
static Error checkFunctions(const Model &M) {
  std::map<std::string, const FunctionModel *> Seen;
  Error All = Error::success();
  for (const FunctionModel &F : M.Functions)
    if (auto [It, New] = Seen.try_emplace(keyOf(F), &F); !New)
      All = joinErrors(std::move(All), errorAt(F.Name.At, "'{0}' has this row twice; first at {1}",
                                               *F.Name, toString(It->second->Name.At)));
  return All;
}

static std::string keyOf(const ValueModel &V) {
  if (V.String)
    return "string '" + StringRef(*V.String).lower() + "'";
  return "'" + *V.Name + "'";
}

/// Two exact rows of one name may each add facts, but not give one fact two values.
static Error checkValues(const Model &M) {
  std::map<std::string, std::map<std::string, std::pair<FactValue, SourcePosition>>> Seen;
  Error All = Error::success();
  for (const ValueModel &V : M.Values) {
    if (V.Int || StringRef(*V.Name).find_first_of("*?[{") != StringRef::npos)
      continue;
    for (const auto &[Fact, Value] : V.Is) {
      auto [It, New] = Seen[keyOf(V)].try_emplace(Fact, Value, V.Name.At);
      if (!New && It->second.first != Value)
        All = joinErrors(std::move(All), errorAt(V.Name.At, "{0} has another '{1}' at {2}",
                                                 keyOf(V), Fact, toString(It->second.second)));
    }
  }
  return All;
}

template <class T>
static void append(std::vector<T> &To, std::vector<T> From, const std::string &Library) {
  for (T &Row : From) {
    Row.Library = Library;
    To.push_back(std::move(Row));
  }
}

void ModelTable::add(ModelRows Rows, const std::string &Library, const std::string &Source) {
  Model &M = Libraries[Library];
  for (FunctionModel &F : Rows.M.Functions)
    F.Source = Source;
  M.Library = Library;
  append(M.Functions, std::move(Rows.M.Functions), Library);
  append(M.Values, std::move(Rows.M.Values), Library);
  append(M.Fields, std::move(Rows.M.Fields), Library);
  append(M.Sections, std::move(Rows.M.Sections), Library);
  DomainsUsed.insert(DomainsUsed.end(), Rows.DomainsUsed.begin(), Rows.DomainsUsed.end());
}

Error ModelTable::check() const {
  Error All = Error::success();
  for (const auto &[Library, M] : Libraries)
    All = joinErrors(std::move(All), joinErrors(checkFunctions(M), checkValues(M)));
  if (All)
    return All;
  return checkDomains();
}

Error ModelTable::checkDomains() const {
  std::set<std::string> Domains;
  for (const auto &[Library, M] : Libraries)
    for (const ValueModel &V : M.Values)
      if (!V.Domain.empty())
        Domains.insert(V.Domain);
  std::vector<std::string> Known(Domains.begin(), Domains.end());
  Error All = Error::success();
  for (const Located<std::string> &Used : DomainsUsed)
    if (!Domains.count(*Used))
      All = joinErrors(std::move(All),
                       errorAt(Used.At, "domain '{0}' has no [[value]] row with this 'of'{1}",
                               *Used, didYouMean(*Used, Known)));
  return All;
}

std::vector<std::string> ModelTable::factNames() const {
  std::set<std::string> Names;
  auto Gather = [&](const Facts &Is) {
    for (const auto &[Fact, Value] : Is)
      Names.insert(Fact);
  };
  for (const auto &[Library, M] : Libraries) {
    for (const ValueModel &V : M.Values)
      Gather(V.Is);
    for (const FunctionModel &F : M.Functions) {
      Gather(F.ReturnsFacts);
      for (const auto &[Bind, Ref] : F.Binds)
        Gather(Ref.Fixed);
    }
  }
  return {Names.begin(), Names.end()};
}

std::vector<Model> ModelTable::take() && {
  std::vector<Model> All;
  for (auto &[Library, M] : Libraries)
    All.push_back(std::move(M));
  return All;
}

} // namespace assay
