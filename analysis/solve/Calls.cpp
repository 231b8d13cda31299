// What calls return, and what they write to memory that the asker cares about.
#include "analysis/model/Rows.h"
#include "analysis/solve/Evaluator.h"
#include "analysis/solve/OnlyRead.h"

using namespace assay;

/// The object of a method, where a parameter's number is asked.
static constexpr unsigned ThisParam = ~0u;

namespace {
constexpr unsigned CallDepthLimit = 12;
} // namespace

const Frame *Evaluator::enter(const Frame *Caller, uint32_t Inst, BodyId Callee) {
  if (Caller->Depth >= CallDepthLimit)
    return nullptr;
  // A recursion is entered once. The body in which a question was asked nobody has entered yet.
  for (const Frame *F = Caller; F->Caller; F = F->Caller)
    if (F->Body == Callee)
      return nullptr;
  auto [It, New] = FrameIndex.try_emplace({Callee, Caller, Inst}, nullptr);
  if (New) {
    Frames.push_back({Callee, Caller, Inst, Caller->Depth + 1});
    It->second = &Frames.back();
  }
  return It->second;
}

ValueSet Evaluator::call(const Frame *F, uint32_t I) {
  InstRef At{F->Body, I};
  Callees To = Prog.calleesOf(At);
  ValueSet Out;
  if (!To.Complete || To.Targets.empty())
    Out.add(unknown("returned by a call through a pointer whose targets are not all known", At));
  for (EntityId Callee : To.Targets)
    Out.add(resultOf(F, I, Callee));
  return Out;
}

ValueSet Evaluator::resultOf(const Frame *F, uint32_t I, EntityId Callee) {
  ValueSet Out;
  if (modelledResult(F, I, Callee, Out))
    return Out;
  llvm::ArrayRef<BodyId> Bodies = Prog.bodiesOf(Callee);
  bool IsNamed =
      !Roles.rowsOf(Callee).empty() || !Roles.factsOfName(Prog.entity(Callee).Qualified).empty();
  if (!IsNamed && !Bodies.empty()) {
    for (BodyId B : Bodies)
      Out.add(returnedBy(F, I, B));
    return Out;
  }
  Value V;
  V.K = Value::Kind::Result;
  V.Entity = Callee;
  V.At = {F->Body, I};
  return just(V);
}

/// The result as the model has it: the values of arguments, facts, or fresh content of the role.
bool Evaluator::modelledResult(const Frame *F, uint32_t I, EntityId Callee, ValueSet &Out) {
  InstRef At{F->Body, I};
  for (const FunctionModel *Row : Roles.rowsOf(Callee))
    if (const auto Whole = madeOfArguments(F, I, *Row)) {
      Out.add(*Whole);
      return true;
    }
  for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
    if (const Operand Object = objectOf(*Row, At); !Object.isNone()) {
      Out.add(operand(F, Object, I));
      return true;
    }
    if (Row->ReturnsArguments.size() == 1 && Row->ReturnsFacts.empty()) {
      Out.add(operand(F, argument(At, Row->ReturnsArguments.front()), I));
      return true;
    }
    if (!Row->ReturnsArguments.empty() || !Row->ReturnsFacts.empty()) {
      Value V;
      V.K = Value::Kind::Result;
      V.Entity = Callee;
      V.At = At;
      Facts All = Row->ReturnsFacts;
      for (unsigned Arg : Row->ReturnsArguments) {
        ValueSet Values = operand(F, argument(At, Arg), I);
        if (const Value *One = Values.single()) {
          auto Bound = llvm::find_if(Row->Binds, [&](const auto &B) {
            return B.second.Where == ArgRef::Kind::Argument && B.second.Index == Arg;
          });
          RoleIndex::join(All,
                          factsOf(*One, Bound == Row->Binds.end() ? "" : Bound->second.Domain));
        }
      }
      ExtraFacts.push_back(std::move(All));
      V.Extra = &ExtraFacts.back();
      Out.add(V);
      return true;
    }
    const Role *R = Roles.role(Row->Role);
    for (const auto &[Name, Ref] : Row->Binds)
      if (R && Ref.Where == ArgRef::Kind::Return) {
        Value V;
        V.K = Value::Kind::Fresh;
        V.Entity = Callee;
        V.At = At;
        V.MadeBy = R;
        Out.add(V);
        return true;
      }
  }
  return false;
}

ValueSet Evaluator::returnedBy(const Frame *F, uint32_t I, BodyId Callee) {
  InstRef At{F->Body, I};
  EntityId Name = Prog.body(Callee).Entity;
  const Frame *Inside = enter(F, I, Callee);
  if (!Inside) {
    // Another round of a recursion brings nothing new; too deep a nesting might.
    return F->Depth >= CallDepthLimit ? just(unknown("calls nested too deep", At, Name))
                                      : ValueSet();
  }
  ValueSet Out;
  const Body &B = *Prog.body(Callee).Data;
  for (uint32_t R = 0; R != rowCount(B.insts()); ++R) {
    if (B.insts()->Get(R)->op() != Op::Return)
      continue;
    ValueSet Values = operand(Inside, Operand(B.insts()->Get(R)->a()), R);
    trace(Values, Trace::Kind::Returned, {Callee, R});
    Out.add(Values);
  }
  if (B.state() != BodyState::Whole)
    Out.add(unknown("returned by a function that was not analysed whole", At, Name));
  return Out;
}

Evaluator::Effect Evaluator::callEffect(const Question &Q, uint32_t I) {
  const Inst &In = inst(Q.In, I);
  InstRef At{Q.In->Body, I};
  Effect E;
  if (Q.Of.In == Q.In && Q.Of.Base == BaseKind::Temp && Q.Of.Index == I) {
    E.Values = created(Q, I);
    E.Kills = true;
    return E;
  }
  if (In.flags() & static_cast<uint16_t>(CallFlag::InUnevaluatedBuiltin))
    return E;
  bool Touched = false;
  const auto *Args = body(Q.In).args();
  for (unsigned A = 0; A != In.c(); ++A) {
    Operand Arg(Args->Get(In.b() + A));
    if (!Arg.is(OperandKind::AddressOf) && !Arg.is(OperandKind::Temp))
      continue;
    if (Arg.is(OperandKind::AddressOf) && !mayTouch(Q, *body(Q.In).places()->Get(Arg.index())))
      continue;
    for (const AbstractPlace *P : pointees(Q.In, Arg).Known) {
      Overlap O = relate(*P, Q.Of);
      // An argument &x[i] may be used as the start of the rest of x.
      if (O.How == Relation::Apart)
        continue;
      Effect One = writtenThrough(Q, I, A, O);
      Touched = true;
      if (O.May && Q.Wanted == Want::Bytes)
        One = inPart(Q, I, One);
      E.Values.add(One.Values);
      E.Kills |= One.Kills && !O.May;
      if (One.Patch)
        E.Patch = One.Patch;
    }
  }
  bool MayChangeGlobals = Q.Of.Base == BaseKind::Global && !Touched;
  if (MayChangeGlobals) {
    Callees To = Prog.calleesOf(At);
    E.Crosses = !To.Complete || llvm::any_of(To.Targets, [&](EntityId C) {
      return !Prog.bodiesOf(C).empty() && Roles.rowsOf(C).empty();
    });
  }
  return E;
}

/// The same, of a range that is not known: constants there leave the rest to what was there before.
Evaluator::Effect Evaluator::inPart(const Question &Q, uint32_t I, const Effect &Whole) {
  Effect Part;
  Part.Patch = Whole.Patch;
  if (!Whole.Values.empty())
    writePart(Q, I, /*WholeRange=*/false, Whole.Values, Part);
  return Part;
}

/// What a call does to the asked place, given that argument `A` points to it, around it or into it.
Evaluator::Effect Evaluator::writtenThrough(const Question &Q, uint32_t I, unsigned A,
                                            const Overlap &O) {
  InstRef At{Q.In->Body, I};
  Callees To = Prog.calleesOf(At);
  Effect E;
  E.Kills = !To.Targets.empty();
  for (EntityId Callee : To.Targets) {
    Effect One = writtenBy(Q, I, A, Callee, O);
    E.Values.add(One.Values);
    E.Kills &= One.Kills;
    if (One.Patch)
      E.Patch = One.Patch;
  }
  if (!To.Complete || To.Targets.empty()) {
    E.Values.add(unknown(
        "it may be written by a call through a pointer whose targets are not all known", At));
    E.Kills = true;
  }
  return E;
}

Evaluator::Effect Evaluator::writtenBy(const Question &Q, uint32_t I, unsigned A, EntityId Callee,
                                       const Overlap &O) {
  Effect E;
  InstRef At{Q.In->Body, I};
  bool Receiver = inst(Q.In, I).flags() & static_cast<uint16_t>(CallFlag::Receiver);
  bool IsThis = Receiver && A == 0;
  unsigned Param = A - (Receiver ? 1 : 0);
  bool Modelled = !Roles.rowsOf(Callee).empty();
  if (Modelled && modelledWrite(Q, I, IsThis ? ThisParam : Param, Callee, E)) {
    if (O.How == Relation::Redirects)
      return throughWrittenPointer(Q, I, O, E);
    // Through a pointer into the middle only a part is written.
    if (O.How == Relation::Inside) {
      Effect Part;
      writePart(Q, I, facts(Q.In->Body).inLoop(facts(Q.In->Body).blockOf(I)), E.Values, Part);
      return Part;
    }
    return E;
  }
  // What an object holds after its end is nobody's value.
  if (Prog.entity(Callee).Kind == EntityKind::Destructor && Prog.bodiesOf(Callee).empty())
    return E;
  if (!Modelled && !Prog.bodiesOf(Callee).empty()) {
    E.Kills = true;
    for (BodyId B : Prog.bodiesOf(Callee)) {
      Effect One = writtenInside(Q, I, A, B, O);
      E.Values.add(One.Values);
      E.Kills &= One.Kills;
    }
    return E;
  }
  if (readsOnly(Prog.entity(Callee), Param, IsThis) ||
      (IsThis && isView(Callee) && isResultOnlyRead(At, Prog)))
    return E;
  E.Values.add(
      unknown(Modelled ? "it may be written by a function whose model does not say what it writes"
                       : "it may be written by a function that is not in the program",
              At, Callee));
  E.Kills = true;
  return E;
}

/// A pointer was overwritten as bytes (memset of its struct, memcpy of another's): what it points
/// to now.
Evaluator::Effect Evaluator::throughWrittenPointer(const Question &Q, uint32_t I, const Overlap &O,
                                                   const Effect &Written) {
  Effect E;
  E.Kills = true;
  bool Zeroed =
      llvm::all_of(Written.Values, [](const Value &V) { return V.K == Value::Kind::Zero; });
  if (!Zeroed)
    E.Values.add(unknown("memory behind a pointer that was copied as bytes", {Q.In->Body, I}));
  else if (Q.Wanted == Want::Bytes && O.Rest.back().Kind == StepKind::Deref)
    E.Values = nullPointer();
  return E;
}

ValueSet Evaluator::nullPointer() const {
  Value V;
  V.K = Value::Kind::Null;
  V.Implicit = true;
  return just(V);
}

static bool isParameter(const ArgRef &Ref, unsigned Param) {
  return Ref.Where == ArgRef::Kind::This
             ? Param == ThisParam
             : Ref.Where == ArgRef::Kind::Argument && Ref.Index == Param;
}

/// True when the model says that this parameter is written.
bool Evaluator::modelledWrite(const Question &Q, uint32_t I, unsigned Param, EntityId Callee,
                              Effect &E) {
  InstRef At{Q.In->Body, I};
  for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
    const Role *R = Roles.role(Row->Role);
    if (!R)
      continue;
    for (const auto &[Bind, Source] : R->Writes) {
      auto Ref = Row->Binds.find(Bind);
      if (Ref == Row->Binds.end() || !isParameter(Ref->second, Param))
        continue;
      E.Kills = true;
      auto From = Row->Binds.find(Source);
      if (Source.empty() || From == Row->Binds.end()) {
        Value V;
        V.K = R->Unsets.count(Bind) ? Value::Kind::Uninitialised : Value::Kind::Fresh;
        V.Entity = Callee;
        V.At = At;
        V.MadeBy = R;
        E.Values.add(V);
        return true;
      }
      Operand What = argument(At, From->second.Index);
      bool Copies = R->Binds.at(Source) == BindKind::Bytes;
      E.Values = Copies ? bytesBehind(Q.In, What, I) : operand(Q.In, What, I);
      for (Value &V : E.Values)
        if (!Copies && V.K == Value::Kind::Int && V.Int == 0) {
          V.K = Value::Kind::Zero;
        }
      for (Value &V : E.Values)
        V.Implicit |=
            !Copies && V.isConstant(); // memset: not set yet, if something else is written too
      trace(E.Values, Copies ? Trace::Kind::Copied : Trace::Kind::Filled, At);
      return true;
    }
  }
  // What one row says to be written decides before what another says to be held.
  for (const FunctionModel *Row : Roles.rowsOf(Callee))
    for (const auto &[Bind, Ref] : Row->Binds)
      if (Roles.role(Row->Role) && isParameter(Ref, Param) && carriedWrite(Q, I, *Row, Bind, E))
        return true;
  return false;
}

bool Evaluator::returnsSomething(BodyId Callee) const {
  return llvm::any_of(rows(Prog.body(Callee).Data->insts()), [](const Inst &In) {
    return In.op() == Op::Return && !Operand(In.a()).isNone();
  });
}

/// True when the constants returned where the place was written and those where it was not are
/// different ones.
bool Evaluator::failureShows(const Question &Q) {
  std::set<int64_t> Written, Left;
  const auto Insts = rows(body(Q.In).insts());
  for (uint32_t R = 0; R != Insts.size(); ++R) {
    if (Insts[R].op() != Op::Return)
      continue;
    Answer A = walk({Q.Of, Q.In, R, Q.Wanted});
    if (A.ReachedEntry && !A.Values.empty())
      return false;
    for (const Value &V : operand(Q.In, Operand(Insts[R].a()), R)) {
      if (V.K != Value::Kind::Int && V.K != Value::Kind::Null)
        return false;
      (A.ReachedEntry ? Left : Written).insert(V.K == Value::Kind::Null ? 0 : V.Int);
    }
  }
  return llvm::none_of(Left, [&](int64_t N) { return Written.count(N) != 0; });
}

Evaluator::Effect Evaluator::writtenInside(const Question &Q, uint32_t I, unsigned A, BodyId Callee,
                                           const Overlap &O) {
  Effect E;
  const InstRef At{Q.In->Body, I};
  const EntityId Name = Prog.body(Callee).Entity;
  const Frame *Inside = enter(Q.In, I, Callee);
  if (!Inside) {
    if (Q.In->Depth >= CallDepthLimit) {
      E.Values.add(unknown("calls nested too deep", At, Name));
      E.Kills = true;
    }
    return E; // a recursion: its first round was looked at
  }
  ++Depth;
  const bool Below = O.How == Relation::Covers || O.How == Relation::Redirects;
  const auto Part = llvm::ArrayRef(O.Rest).take_front(Below ? O.Rest.size() : 0);
  const AbstractPlace *Asked = intern(behindArgument(inst(Q.In, I), A, Inside, Part));
  auto Key = std::tuple(Asked, Inside, AtReturn, Q.Wanted);
  Answer W;
  W.ReachedEntry = true;
  if (ActiveContents.try_emplace(Key, Depth).second) {
    W = walk({*Asked, Inside, AtReturn, Q.Wanted});
    ActiveContents.erase(Key);
  }
  --Depth;
  if (O.How == Relation::Inside && !W.Values.empty()) {
    writePart(Q, I, facts(Q.In->Body).inLoop(facts(Q.In->Body).blockOf(I)), W.Values, E);
    return E;
  }
  E.Values = W.Values;
  E.Kills = !W.ReachedEntry;
  // A function that fills memory and can fail leaves it alone when it fails, and says so by its
  // result.
  constexpr auto Discarded = static_cast<uint16_t>(CallFlag::ResultUnused) |
                             static_cast<uint16_t>(CallFlag::ResultVoidCast);
  bool FillsOnSomeWays =
      W.ReachedEntry && !W.Values.empty() && !(inst(Q.In, I).flags() & Discarded);
  if (FillsOnSomeWays && returnsSomething(Callee)) {
    E.Kills = true;
    if (!failureShows({*Asked, Inside, AtReturn, Q.Wanted}))
      E.Values.add(unknown("it is set on some ways through the function and left alone on others",
                           At, Name));
  }
  if (Prog.body(Callee).Data->state() != BodyState::Whole)
    E.Values.add(unknown("it may be written by a function that was not analysed whole", At, Name));
  return E;
}
