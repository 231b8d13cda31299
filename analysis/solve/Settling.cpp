#include "analysis/solve/Settling.h"

#include "analysis/model/Rows.h"

#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::formatv;

static constexpr size_t NamedTargets = 4;

static bool isPointer(const Param &P) {
  return P.flags() &
         (static_cast<uint16_t>(ParamFlag::Pointer) | static_cast<uint16_t>(ParamFlag::Reference));
}

Settling Settler::call(InstRef Call, llvm::ArrayRef<std::string> Roles,
                       llvm::StringRef Same) const {
  if (J.Prog.inst(Call).op() != Op::Call)
    return {};
  const Callees To = J.Prog.calleesOf(Call);
  if (!To.Complete || To.Targets.size() != 1) {
    std::string Known;
    for (EntityId T : To.Targets.take_front(NamedTargets))
      Known += (Known.empty() ? "" : ", ") + J.Words.name(T) + "()";
    if (To.Targets.size() > NamedTargets)
      Known += formatv(" and {0} more", To.Targets.size() - NamedTargets).str();
    return {"which function this call reaches is not known" +
                (Known.empty() ? std::string() : " (it may be " + Known + ")") +
                "; it settles when the units that set the pointer are in the compile database" +
                (Known.empty() ? "" : ", or when each of these functions does it"),
            ""};
  }
  const EntityId Callee = To.Targets.front();
  if (!J.Prog.bodiesOf(Callee).empty() || !J.Roles.rowsOf(Callee).empty())
    return {};
  const std::string Name = J.Words.name(Callee) + "()";
  std::string Text = Name +
                     " is not in the program and has no model: put its unit into the compile "
                     "database, or say in assay.toml what it does";
  if (!Same.empty())
    Text += "; if it only reads the " + Same.str() +
            ", a parameter declared as pointer to const says so";
  return {Text, Roles.empty() ? "" : roleRow(Callee, Roles.front(), Same)};
}

std::string Settler::roleRow(EntityId Function, const std::string &RoleId,
                             llvm::StringRef Same) const {
  const EntityInfo &E = J.Prog.entity(Function);
  const Role *R = J.Roles.role(RoleId);
  std::string Row = formatv("[[function]]\nname    = \"{0}\"\nrole    = \"{1}\"   # if it {2}\n",
                            E.Qualified, RoleId, R ? R->Does : "does that");
  const auto *Params = E.Row->params();
  for (uint32_t I = 0; !Same.empty() && I != rowCount(Params); ++I)
    if (isPointer(*Params->Get(I))) {
      Row += formatv("bind    = {{ {0} = {1} }\n", Same, I).str();
      break;
    }
  if (R && R->CanSucceed)
    Row += "success = \"== 0\"   # the only result that means success\n";
  return Row;
}

Settling Settler::following(InstRef At, llvm::ArrayRef<std::string> Roles,
                            llvm::StringRef Same) const {
  switch (J.Prog.inst(At).op()) {
  case Op::Call:
    return call(At, Roles, Same);
  case Op::Load:
  case Op::Store:
    return {"it settles when the result is tested in " + J.Words.function(At.Body) +
                "(), before it is kept there, or when it is returned instead",
            ""};
  default:
    return {"it settles when the result is compared with the constant that means success", ""};
  }
}

Settling Settler::handingOn(EntityId Function) const {
  const EntityInfo &E = J.Prog.entity(Function);
  return {
      J.Words.name(Function) +
          "() is not in the program and has no model: put its unit into the compile database, "
          "or say in assay.toml what its result holds",
      formatv("[[function]]\nname    = \"{0}\"\nreturns = {{ args = [0] }   # the arguments that "
              "its result holds something of\n",
              E.Qualified)};
}

void Settler::settle(Site &Unproven, InstRef At, const Settling &Cure) const {
  Unproven.Rests.push_back(J.restsOn(At, Unproven.Reason));
  Unproven.Settle = Cure.Text;
  Unproven.Row = Cure.Row;
}

Settling Settler::outsideCaller(BodyId Body) const {
  const std::string Name = J.Words.function(Body) + "()";
  return {Name + " may be called from outside the program: make it static or hidden if it is not, "
                 "or put the units that call it into the compile database",
          ""};
}

/// The function is in the program; what is not known lies in it, or with its callers.
static std::string inside(const Value &V, const std::string &Function) {
  const llvm::StringRef Why = V.Reason;
  if (Why.starts_with("a parameter"))
    return Function == "main"
               ? "whoever starts the program supplies it; no source can tell"
               : "it settles when whoever calls " + Function + "() is in the compile database";
  if (Why.contains("on some ways"))
    return "it settles when it is set before the call, or on every way through " + Function + "()";
  return "";
}

Settling Settler::value(const Value &V, const std::vector<std::string> &AskedFacts) const {
  const EntityId Subject = V.K == Value::Kind::Result ? V.Entity : V.Subject;
  if (Subject == NoId || J.Prog.entity(Subject).Kind > EntityKind::Destructor)
    return {};
  const std::string Name = J.Prog.entity(Subject).Qualified.str();
  if (!J.Prog.bodiesOf(Subject).empty())
    return {inside(V, Name), ""};
  std::string Facts;
  for (const std::string &F : AskedFacts)
    Facts += (Facts.empty() ? "" : ", ") + F + " = ...";
  const bool IsSystem = J.Prog.entity(Subject).has(EntityFlag::SystemHeader);
  std::string Text = IsSystem ? Name + "() is the system's"
                              : Name + "() is not in the program: put its unit into the compile "
                                       "database";
  if (Facts.empty())
    return {IsSystem ? Text + ", and no model says what it gives" : Text, ""};
  return {Text + (IsSystem ? ": say in assay.toml what its result is"
                           : ", or say in assay.toml what its result is"),
          formatv("[[value]]\nname = \"{0}\"\nis   = {{ {1} }\n", Name, Facts)};
}

Settling Settler::outcome(EntityId Function, const FunctionModel &Row) const {
  return {"the row that makes " + J.Words.name(Function) + "() " + saidBy(Row) +
              " does not say which results mean success; add to it:",
          "success = \"== 0\"\n"};
}
