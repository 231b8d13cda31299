#include "analysis/solve/Describe.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>

using namespace assay;
using llvm::formatv;

Location Describer::at(BodyId Body, const Loc &L) const {
  const IndexTables &Of = Prog.tablesOf(Body);
  Location Out;
  if (L.line() == 0 || L.file() >= Of.Files->size())
    return Out;
  Out.File = Of.path(L.file()).str();
  Out.Line = L.line();
  Out.Column = L.column();
  Out.Macro = Of.string(L.macro()).str();
  return Out;
}

Location Describer::at(InstRef R) const {
  return at(R.Body, Prog.inst(R).loc());
}

std::string Describer::function(BodyId Body) const {
  return name(Prog.body(Body).Entity);
}

llvm::SmallVector<llvm::StringRef, 3> Describer::namesOf(const Value &V) const {
  llvm::SmallVector<llvm::StringRef, 3> Names;
  if (V.Const == NoId)
    return Names;
  const Constant *C = Prog.body(V.Body).Data->constants()->Get(V.Const);
  const IndexTables &Of = Prog.tablesOf(V.Body);
  if (C->entity())
    Names.push_back(Prog.entity(Prog.entityIn(V.Body, C->entity() - 1)).Qualified);
  for (uint32_t Macro : {C->inner_macro(), C->loc().macro()})
    if (llvm::StringRef Name = Of.string(Macro); !Name.empty() && !llvm::is_contained(Names, Name))
      Names.push_back(Name);
  return Names;
}

std::string Describer::value(const Value &V) const {
  auto Names = namesOf(V);
  switch (V.K) {
  case Value::Kind::Int: {
    if (V.Const != NoId && Prog.body(V.Body).Data->constants()->Get(V.Const)->entity())
      return Names.front().str();
    return Names.empty() ? std::to_string(V.Int) : formatv("{0} ({1})", V.Int, Names.back()).str();
  }
  case Value::Kind::Float:
    return "a floating-point constant";
  case Value::Kind::Null:
    return "a null pointer";
  case Value::Kind::Zero:
    return "memory that is all zero";
  case Value::Kind::Text:
    return V.Int > 0 ? formatv("a constant of {0} bytes", V.Int).str() : "an empty string";
  case Value::Kind::Pointer: {
    if (V.Entity != NoId)
      return "&" + name(V.Entity);
    if (V.Place->Base != BaseKind::Literal)
      return "a pointer";
    const Constant *C = Prog.body(V.Place->In->Body).Data->constants()->Get(V.Place->Index);
    return formatv("\"{0}\"", Prog.tablesOf(V.Place->In->Body).string(C->text()).take_front(48))
        .str();
  }
  case Value::Kind::Function:
    return name(V.Entity) + "()";
  case Value::Kind::Result:
    return name(V.Entity) + "()";
  case Value::Kind::Fresh:
    return "what " + name(V.Entity) + "() gives";
  case Value::Kind::Uninitialised:
    return V.MadeBy ? "what " + name(V.Entity) + "() has wiped" : "memory that is not set";
  case Value::Kind::Unknown: {
    const EntityId Outside = V.namedOutside(Prog);
    return Outside != NoId ? name(Outside) : reason(V);
  }
  }
  return "";
}

std::string Describer::reason(const Value &V) const {
  if (V.K == Value::Kind::Result)
    return formatv("returned by {0}(), which is not in the program and has no model for this",
                   name(V.Entity))
        .str();
  if (V.K == Value::Kind::Uninitialised && V.MadeBy)
    return "nothing that sets it was found but " + name(V.Entity) + "(), which wipes it";
  if (V.K == Value::Kind::Uninitialised)
    return "nothing that sets it was found on some path";
  if (!V.isUnknown())
    return "no model says what " + value(V) + " means here";
  std::string Text = V.Reason;
  if (V.Subject != NoId) {
    bool IsFunction = Prog.entity(V.Subject).isFunction();
    Text += ": " + name(V.Subject) + (IsFunction ? "()" : "");
  }
  return Text;
}

std::string Describer::base(BodyId Body, const Place &P) const {
  const assay::Body &B = *Prog.body(Body).Data;
  switch (P.kind()) {
  case BaseKind::Local:
    return Prog.tablesOf(Body).string(B.locals()->Get(P.base())->name()).str();
  case BaseKind::Param:
    return Prog.paramName(Body, P.base()).str();
  case BaseKind::This:
    return "this";
  case BaseKind::Global:
    return Prog.entity(Prog.entityIn(Body, P.base())).Qualified.str();
  case BaseKind::Temp: {
    const Inst *In = B.insts()->Get(P.base());
    return In->op() == Op::Load ? place(Body, *B.places()->Get(In->a())) : "";
  }
  case BaseKind::Fixed:
    return formatv("{0:x}", B.constants()->Get(P.base())->value()).str();
  case BaseKind::Literal:
  case BaseKind::Unknown:
    return "";
  }
  return "";
}

namespace {
/// The field's own name: qualified names end in ::name.
llvm::StringRef lastPart(llvm::StringRef Qualified) {
  auto At = Qualified.rfind("::");
  return At == llvm::StringRef::npos ? Qualified : Qualified.drop_front(At + 2);
}
} // namespace

std::string Describer::place(BodyId Body, const Place &P) const {
  std::string Text = base(Body, P);
  bool Arrow = false;
  const assay::Body &B = *Prog.body(Body).Data;
  for (uint32_t I = 0; I != P.path_len(); ++I) {
    const Step *S = B.steps()->Get(P.path_start() + I);
    bool Last = I + 1 == P.path_len();
    switch (S->kind()) {
    case StepKind::Deref:
      if (Last)
        Text = "*" + Text;
      Arrow = true;
      continue;
    case StepKind::Field:
      Text += (Text.empty() ? ""
               : Arrow      ? "->"
                            : ".") +
              lastPart(Prog.entity(Prog.entityIn(Body, S->value())).Qualified).str();
      break;
    case StepKind::Index:
      Text += formatv("[{0}]", S->value()).str();
      break;
    case StepKind::AnyIndex:
      Text += "[]";
      break;
    }
    Arrow = false;
  }
  return Text;
}

std::string Describer::lastName(BodyId Body, const Place &P) const {
  const assay::Body &B = *Prog.body(Body).Data;
  for (uint32_t I = P.path_len(); I-- > 0;)
    if (const Step *S = B.steps()->Get(P.path_start() + I); S->kind() == StepKind::Field)
      return lastPart(Prog.entity(Prog.entityIn(Body, S->value())).Qualified).str();
  if (P.kind() == BaseKind::Temp) {
    const Inst *In = B.insts()->Get(P.base());
    return In->op() == Op::Load ? lastName(Body, *B.places()->Get(In->a())) : "";
  }
  return base(Body, P);
}

std::string Describer::callee(InstRef Call) const {
  if (Prog.inst(Call).op() != Op::Call)
    return place(Call.Body, *Prog.body(Call.Body).Data->places()->Get(Prog.inst(Call).a()));
  llvm::ArrayRef<EntityId> To = Prog.calleesOf(Call).Targets;
  return To.empty() ? "a function pointer" : name(To.front()) + "()";
}

llvm::StringRef Describer::parameterName(InstRef Call, uint32_t Index) const {
  llvm::ArrayRef<EntityId> To = Prog.calleesOf(Call).Targets;
  if (To.empty())
    return "";
  const EntityInfo &E = Prog.entity(To.front());
  const auto *Params = E.Row->params();
  return Params && Index < Params->size() ? Prog.unit(E.Unit).string(Params->Get(Index)->name())
                                          : "";
}

std::string Describer::parameter(InstRef Call, uint32_t Index) const {
  if (Index == ~0u)
    return "the object";
  const llvm::StringRef Name = parameterName(Call, Index);
  return Name.empty() ? formatv("argument {0}", Index + 1).str() : "'" + Name.str() + "'";
}

PathStep Describer::origin(const Value &V) const {
  PathStep S;
  S.Kind = PathStepKind::Value;
  if (V.Const != NoId) {
    S.At = at(V.Body, Prog.body(V.Body).Data->constants()->Get(V.Const)->loc());
    S.Function = function(V.Body);
    S.Text = value(V) + (V.K == Value::Kind::Uninitialised ? " here" : " is written here");
  } else if (V.K == Value::Kind::Result || V.K == Value::Kind::Fresh) {
    S.At = at(V.At);
    S.Function = function(V.At.Body);
    S.Text = (V.K == Value::Kind::Fresh ? "made by " : "given by ") + name(V.Entity) + "()";
  } else if (V.K == Value::Kind::Pointer && V.Place->Base == BaseKind::Literal) {
    const Constant *C = Prog.body(V.Place->In->Body).Data->constants()->Get(V.Place->Index);
    S.At = at(V.Place->In->Body, C->loc());
    S.Function = function(V.Place->In->Body);
    S.Text = value(V) + " is written here";
  }
  return S;
}

PathStep Describer::step(const Trace &T) const {
  PathStep S;
  S.At = at(T.At);
  S.Function = function(T.At.Body);
  S.Kind = PathStepKind::Value;
  const Inst &In = Prog.inst(T.At);
  switch (T.Step) {
  case Trace::Kind::Stored:
    // A call that fills a part of an object stores, too.
    if (In.op() == Op::Call) {
      S.Text = "into a part of the object";
      break;
    }
    S.Text =
        "stored in '" + place(T.At.Body, *Prog.body(T.At.Body).Data->places()->Get(In.a())) + "'";
    break;
  case Trace::Kind::Passed:
    S.Kind = PathStepKind::Call;
    S.Text = "passed as " + parameter(T.At, T.Arg) + " to " + callee(T.At);
    break;
  case Trace::Kind::Returned:
    S.Kind = PathStepKind::Return;
    S.Text = "returned by " + function(T.At.Body) + "()";
    break;
  case Trace::Kind::Filled:
    S.Kind = PathStepKind::Return;
    S.Text = "filled in by " + callee(T.At);
    break;
  case Trace::Kind::Copied:
    S.Text = "copied by " + callee(T.At);
    break;
  }
  return S;
}

std::vector<PathStep> Describer::way(const Value &V) const {
  std::vector<PathStep> Steps;
  for (const Trace *T = V.Way; T; T = T->Origin)
    Steps.push_back(step(*T));
  if (PathStep O = origin(V); O.At.Line)
    Steps.push_back(std::move(O));
  std::reverse(Steps.begin(), Steps.end());
  // An initialiser is one place: "written here" and "stored in 'x'" at the same spot are one step.
  for (size_t I = 1; I < Steps.size();)
    if (Steps[I].At == Steps[I - 1].At) {
      Steps[I - 1].Text += ", " + Steps[I].Text;
      if (Steps[I].Kind != PathStepKind::Value)
        Steps[I - 1].Kind = Steps[I].Kind;
      Steps.erase(Steps.begin() + static_cast<ptrdiff_t>(I));
    } else {
      ++I;
    }
  return Steps;
}
