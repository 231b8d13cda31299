// [declared] of a page's head: what the policy declares, and where the code says it.
#include "policies/schema/ModelLoader.h"
#include "policies/schema/PropertyParts.h"

#include <set>

namespace assay {
namespace {

using llvm::Error;

Error checkDeclaredBinds(const TomlValue &V, const DeclaredProperty &P, const RoleTable &Roles) {
  if (Error E = checkRoles(V.find("at"), Roles))
    return E;
  return eachText(V.find("bind"), [&](const TomlValue &Bind) -> Error {
    // One of the roles is enough: ciphers and digests have binds of their own.
    for (const std::string &Role : P.At)
      if (Roles.find(Role)->Binds.count(Bind.Text))
        return Error::success();
    return Roles.expectBind(Bind.At, P.At.front(), Bind.Text);
  });
}

} // namespace

Record<DeclaredProperty> declaredRecord(const PageVocabulary *Names) {
  const Words<Inventory> Kinds = {{"ports", Inventory::Ports},
                                  {"algorithms", Inventory::Algorithms},
                                  {"accounts", Inventory::Accounts}};
  return Record<DeclaredProperty>("What the code has equals what the policy declares")
      .key("what", Presence::Required, "\"ports\", \"algorithms\" or \"accounts\"",
           &DeclaredProperty::Of, word(Kinds))
      .key("at", Presence::Required, "a role, or a list: the sites", &DeclaredProperty::At,
           oneOrMore(text()))
      .key("bind", Presence::Required,
           "a bind of one of them, or a list: the port, what carries the fact `algorithm`, or the "
           "account's name",
           &DeclaredProperty::Bind, oneOrMore(text()))
      .key("beside", Presence::Optional,
           "classes of names: accounts are also those in rows of tables that hold such a secret",
           &DeclaredProperty::Beside, oneOrMore(text()))
      .key("where", Presence::Optional, "only in such places", &DeclaredProperty::Where, context())
      .key("message", Presence::Required, "what is wrong at a site; may use {value}, {callee}",
           &DeclaredProperty::Message, message({"value", "callee"}))
      .key("unmet", Presence::Required,
           "what is wrong where something is declared and never met; may use {value}",
           &DeclaredProperty::Unmet, message({"value"}))
      .check([Names](const TomlValue &V, DeclaredProperty &P) {
        if (const TomlValue *Beside = V.find("beside"); Beside && P.Of != Inventory::Accounts)
          return errorAt(Beside->At, "'beside' is for what = \"accounts\"");
        return joinErrors(expectClasses(V.find("beside"), Names->Secrets),
                          checkDeclaredBinds(V, P, Names->Roles));
      });
}

/// A name that no model uses would never be met.
Error checkDeclared(const Declarations &D, const std::vector<Model> &Models) {
  if (!D.Algorithms)
    return Error::success();
  std::set<std::string> Names;
  auto Add = [&](const Facts &F) {
    if (auto It = F.find("algorithm"); It != F.end())
      if (const auto *Name = std::get_if<std::string>(&It->second))
        Names.insert(*Name);
  };
  for (const Model &M : Models) {
    for (const ValueModel &V : M.Values)
      Add(V.Is);
    for (const FunctionModel &F : M.Functions) {
      Add(F.ReturnsFacts);
      for (const auto &[Bind, Ref] : F.Binds)
        Add(Ref.Fixed);
    }
  }
  const std::vector<std::string> Known(Names.begin(), Names.end());
  Error All = Error::success();
  for (const Located<std::string> &A : *D.Algorithms)
    if (llvm::none_of(Known, [&](llvm::StringRef K) { return K.equals_insensitive(*A); }))
      All = joinErrors(std::move(All), errorAt(A.At, "no model calls an algorithm '{0}'{1}", *A,
                                               didYouMean(*A, Known)));
  return All;
}

} // namespace assay
