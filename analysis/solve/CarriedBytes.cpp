// What a call puts together of several things: text that is appended, text that is formatted.
#include "analysis/model/Rows.h"
#include "analysis/solve/Evaluator.h"

using namespace assay;

bool Evaluator::isAddress(const Frame *F, Operand O) const {
  return O.is(OperandKind::AddressOf) ||
         (O.is(OperandKind::Temp) &&
          Prog.tablesOf(F->Body).string(inst(F, O.index()).type()).ends_with("*"));
}

/// What the operand is, or what it points to.
ValueSet Evaluator::given(const Frame *F, Operand O, uint32_t I) {
  if (isAddress(F, O))
    return bytesBehind(F, O, I);
  const ValueSet Own = operand(F, O, I);
  const bool Points = llvm::any_of(
      Own, [](const Value &V) { return V.K == Value::Kind::Pointer || V.K == Value::Kind::Text; });
  return Points ? bytesBehind(F, O, I) : Own;
}

bool Evaluator::isConstant(const ValueSet &S) {
  return !S.empty() && llvm::all_of(S, [](const Value &V) {
    return V.isConstant() && V.K != Value::Kind::Function;
  });
}

/// The parts that are given, if all of them are written in the source: the texts, or else the
/// numbers. Nothing where one is not, or where all that is known of a text is one of its letters.
std::optional<ValueSet> Evaluator::joined(const Frame *F, uint32_t I, const ArgRef &Parts) {
  ValueSet Texts, Others;
  const Inst &Call = inst(F, I);
  const uint32_t Receivers = (Call.flags() & static_cast<uint16_t>(CallFlag::Receiver)) ? 1 : 0;
  for (uint32_t A = Parts.Index + Receivers; A < Call.c(); ++A) {
    const Operand Part(body(F).args()->Get(Call.b() + A));
    const ValueSet One = given(F, Part, I);
    const bool IsLetter = isAddress(F, Part) &&
                          llvm::any_of(One, [](const Value &V) { return V.K == Value::Kind::Int; });
    if (!isConstant(One) || IsLetter)
      return std::nullopt;
    for (Value V : One) {
      V.Patched |= V.K == Value::Kind::Text;
      (V.K == Value::Kind::Text && V.Int > 0 ? Texts : Others).add(V);
    }
    if (!Parts.Rest)
      break;
  }
  return Texts.empty() ? Others : Texts;
}

/// What the other binds give to one that holds parts of them, by `joined`.
std::optional<ValueSet> Evaluator::joinedParts(const Frame *F, uint32_t I, const FunctionModel &Row,
                                               const std::string &Bind,
                                               llvm::ArrayRef<std::string> Carried) {
  ValueSet Whole;
  for (const std::string &Part : Carried) {
    const auto Ref = Row.Binds.find(Part);
    if (Part == Bind)
      continue;
    if (Ref == Row.Binds.end() || Ref->second.Where != ArgRef::Kind::Argument)
      return std::nullopt;
    const auto Given = joined(F, I, Ref->second);
    if (!Given)
      return std::nullopt;
    Whole.add(*Given);
  }
  return Whole;
}

/// True when the model says that this bind then holds parts of others, and all of them are written
/// in the source: appended to what was there, or put together of these alone. The texts among the
/// parts stand for the whole.
bool Evaluator::carriedWrite(const Question &Q, uint32_t I, const FunctionModel &Row,
                             const std::string &Bind, Effect &E) {
  const Role &R = *Roles.role(Row.Role);
  const auto Carried = R.Carries.find(Bind);
  if (Carried == R.Carries.end() || Q.Wanted != Want::Bytes)
    return false;
  auto Parts = joinedParts(Q.In, I, Row, Bind, Carried->second);
  if (!Parts)
    return false;
  ValueSet Whole = std::move(*Parts);
  const bool Appends = llvm::is_contained(Carried->second, Bind);
  // What takes no text writes its own.
  const auto Format = Row.Binds.find("format");
  if (!Appends && Format != Row.Binds.end() &&
      llvm::none_of(Whole, [](const Value &V) { return V.K == Value::Kind::Text; }))
    Whole = joined(Q.In, I, Format->second).value_or(ValueSet());
  if (Whole.empty())
    return false;
  trace(Whole, Trace::Kind::Copied, {Q.In->Body, I});
  if (Appends) {
    writePart(Q, I, /*WholeRange=*/false, std::move(Whole), E);
    return true;
  }
  E.Values = std::move(Whole);
  E.Kills = true;
  return true;
}

/// What a call returns that is made of its arguments, where all of them are written in the source:
/// std::string("a") + "b".
std::optional<ValueSet> Evaluator::madeOfArguments(const Frame *F, uint32_t I,
                                                   const FunctionModel &Row) {
  const Role *R = Roles.role(Row.Role);
  for (const auto &[Bind, Ref] : Row.Binds) {
    if (!R || Ref.Where != ArgRef::Kind::Return || !R->Carries.count(Bind) ||
        R->PointsInto.count(Bind))
      continue;
    auto Whole = joinedParts(F, I, Row, Bind, R->Carries.at(Bind));
    if (Whole)
      trace(*Whole, Trace::Kind::Copied, {F->Body, I});
    return Whole;
  }
  return std::nullopt;
}

/// What a function of the program returned a pointer to, as it left it: a getter that fills a
/// block. Nothing where one of those that may be called is not seen whole. Who is given a null
/// pointer has nothing to read.
std::optional<ValueSet> Evaluator::leftInResult(const Question &Q, uint32_t I) {
  const InstRef At{Q.In->Body, I};
  const Callees To = Prog.calleesOf(At);
  if (!To.Complete || To.Targets.empty() || Q.Of.Path.empty())
    return std::nullopt;
  const auto Rest = llvm::ArrayRef(Q.Of.Path).drop_front();
  ValueSet Out;
  for (EntityId Callee : To.Targets) {
    if (!Roles.rowsOf(Callee).empty() || Prog.bodiesOf(Callee).empty())
      return std::nullopt;
    for (BodyId B : Prog.bodiesOf(Callee)) {
      const Frame *Inside = enter(Q.In, I, B);
      if (!Inside || Prog.body(B).Data->state() != BodyState::Whole)
        return std::nullopt;
      const auto Insts = rows(Prog.body(B).Data->insts());
      for (uint32_t R = 0; R != Insts.size(); ++R) {
        if (Insts[R].op() != Op::Return)
          continue;
        const Places Behind = pointees(Inside, Operand(Insts[R].a()));
        ValueSet Left;
        for (const Value &V : Behind.Others)
          if (V.isUnknown())
            Left.add(V);
        for (const AbstractPlace *P : Behind.Known)
          Left.add(contents(P->plus(Rest), Inside, R, Q.Wanted));
        trace(Left, Trace::Kind::Returned, {B, R});
        Out.add(Left);
      }
    }
  }
  return Out.empty() ? std::nullopt : std::optional(Out);
}
