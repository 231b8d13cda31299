// What a place holds: a backward walk over one body, from a point to every write that can reach it.
#include "analysis/model/Rows.h"
#include "analysis/solve/Evaluator.h"
#include "analysis/solve/Placeholders.h"

#include "llvm/Support/Endian.h"

using namespace assay;

/// The walk itself. It visits each block at most once with a patch on the way and once without, and
/// as often again after it went around a loop that fills the place.
class Evaluator::Walk {
public:
  Walk(Evaluator &E, const Question &Q)
      : E(E), Q(Q), B(E.body(Q.In)), BF(E.facts(Q.In->Body)), Seen(4 * rowCount(B.blocks())) {}

  Answer run() {
    HasTurned = Q.At != AtReturn && BF.inLoop(BF.blockOf(Q.At)); // the first time around
    if (Q.At == AtReturn)
      arriveAt(static_cast<uint32_t>(rowCount(B.blocks())) - 1, ~0u);
    else
      scan(BF.blockOf(Q.At), Q.At);
    while (!Work.empty()) {
      auto [Bl, Patched, Turned] = Work.pop_back_val();
      Patch = Patched;
      HasTurned = Turned;
      const Block *Data = B.blocks()->Get(Bl);
      scan(Bl, Data->first_inst() + Data->num_insts());
    }
    return std::move(Result);
  }

private:
  void scan(uint32_t Bl, uint32_t Before) {
    uint32_t First = B.blocks()->Get(Bl)->first_inst();
    for (uint32_t I = Before; I-- > First;) {
      if (!E.spend()) {
        Result.Values.add(E.unknown(TooMuch, {Q.In->Body, I}));
        return;
      }
      if (apply(I))
        return;
    }
    if (Bl == 0)
      Result.ReachedEntry = true;
    for (uint32_t P : BF.predecessors(Bl))
      if (!skipsFilling(Bl, P))
        arriveAt(P, Bl);
  }

  /// True when nothing before this instruction matters.
  bool apply(uint32_t I) {
    Effect Fx = effect(I);
    if (Fx.Patch)
      Patch = Fx.Patch;
    Crossed |= Fx.Crosses;
    if (Fx.Kills && Patch)
      patch(Fx.Values);
    Result.Values.add(Fx.Values);
    if (Fx.Kills && Crossed)
      Result.Values.add(E.beyondEntry(Q.Of, Q.In, Q.Wanted));
    return Fx.Kills;
  }

  Effect effect(uint32_t I) {
    switch (E.inst(Q.In, I).op()) {
    case Op::Store:
      return E.storeEffect(Q, I);
    case Op::Call:
      return E.callEffect(Q, I);
    default:
      return {};
    }
  }

  /// Constants written into a part of a constant, or into nothing, leave a constant.
  void patch(ValueSet &Values) {
    ValueSet Out;
    for (Value V : Values) {
      // What an initialiser leaves out nobody wrote: const std::array<uint8_t, 16> Key = {...}.
      const bool IsLeftOut = V.K == Value::Kind::Zero && V.Implicit;
      if (V.K == Value::Kind::Uninitialised || (IsLeftOut && Patch->K == Value::Kind::Text))
        V = *Patch;
      V.Patched |= V.isConstant();
      Out.add(V);
    }
    Values = Out;
  }

  void arriveAt(uint32_t Bl, uint32_t From) {
    bool Turned = HasTurned;
    if (const llvm::BitVector *Loop = From != ~0u ? BF.loopAt(From) : nullptr)
      Turned = Loop->test(Bl) ? HasTurned || fillingLoop(From) : HasTurned && BF.inLoop(Bl);
    const uint32_t State = 4 * Bl + (Turned ? 2 : 0) + (Patch != nullptr);
    if (Seen.test(State))
      return;
    Seen.set(State);
    Work.emplace_back(Bl, Patch, Turned);
  }

  /// A loop that writes element after element is taken to run: the way around it, which comes in by
  /// its exit and has not gone round, is no way on which the place stays unset.
  bool skipsFilling(uint32_t Header, uint32_t Pred) {
    const llvm::BitVector *Loop = HasTurned ? nullptr : fillingLoop(Header);
    return Loop && !Loop->test(Pred);
  }

  const llvm::BitVector *fillingLoop(uint32_t Header) {
    if (Q.Wanted != Want::Bytes)
      return nullptr;
    auto [It, New] = Filling.try_emplace(Header, nullptr);
    if (!New)
      return It->second;
    const llvm::BitVector *Loop = BF.loopAt(Header);
    if (!Loop)
      return nullptr;
    for (unsigned Bl : Loop->set_bits()) {
      const Block *Data = B.blocks()->Get(Bl);
      for (uint32_t K = 0; K != Data->num_insts(); ++K) {
        Effect Fx = effect(Data->first_inst() + K);
        if (Fx.Kills)
          return Filling[Header] = Loop;
      }
    }
    return nullptr;
  }

  Evaluator &E;
  const Question &Q;
  const Body &B;
  const BodyFacts &BF;
  Answer Result;
  llvm::SmallVector<std::tuple<uint32_t, const Value *, bool>, 16> Work; ///< block, patch, turned
  llvm::BitVector Seen; ///< four bits a block: with a patch or without, after a turn or before
  std::map<uint32_t, const llvm::BitVector *> Filling;
  const Value *Patch = nullptr; ///< on the way that is walked now
  bool HasTurned = false;       ///< ... around a loop that fills, or it began in one
  bool Crossed = false;
};

Evaluator::Answer Evaluator::walk(const Question &Q) {
  if (rowCount(body(Q.In).blocks()) == 0)
    return {{}, true};
  return Walk(*this, Q).run();
}

ValueSet Evaluator::contents(const AbstractPlace &Place, const Frame *F, uint32_t At, Want W) {
  const AbstractPlace *P = intern(Place);
  if (!spend())
    return just(unknown(TooMuch));
  if (P->Base == BaseKind::Literal && P->In && !P->hasDeref())
    return partOfConstant(P->In, P->Index, P->Path, W);
  // A device may change it, whatever was written.
  if (P->Base == BaseKind::Fixed)
    return just(unknown("memory at a fixed address", {F->Body, 0}));
  if (P->Path.size() > 8)
    return just(unknown("a path of too many steps", {F->Body, 0}));
  auto Key = std::tuple(P, F, At, W);
  if (auto It = ContentsMemo.find(Key); It != ContentsMemo.end())
    return It->second;
  auto [Active, New] = ActiveContents.try_emplace(Key, Depth);
  if (!New) {
    CycleFloor = std::min(CycleFloor, Active->second);
    return {};
  }
  unsigned Mine = Depth++;
  Answer A = walk({*P, F, At, W});
  // A place of another frame (static memory of a callee, a buffer kept in a field): what that frame
  // left in it.
  bool Here = !P->In || P->In == F;
  // Of a table of pointers that the body fills itself, the pointers that it does not set lead
  // nowhere.
  const bool IsUnset = Here && P->Base == BaseKind::Local && P->hasDeref() && !A.Values.empty() &&
                       P->lastField() == std::string::npos;
  if (A.ReachedEntry && !IsUnset)
    A.Values.add(Here ? beyondEntry(*P, F, W) : contents(*P, P->In, AtReturn, W));
  --Depth;
  ActiveContents.erase(Key);
  if (CycleFloor >= Mine) { // as for temporaries
    CycleFloor = ~0u;
    if (Budget != 0)
      ContentsMemo[Key] = A.Values;
  }
  return A.Values;
}

Evaluator::Effect Evaluator::storeEffect(const Question &Q, uint32_t I) {
  Effect E;
  uint32_t Row = inst(Q.In, I).a();
  if (!mayTouch(Q, *body(Q.In).places()->Get(Row)))
    return E;
  const Places &To = canonical(Q.In, Row);
  for (const AbstractPlace *P : To.Known) {
    Overlap O = relate(*P, Q.Of);
    if (O.How == Relation::Apart)
      continue;
    Effect One = stored(Q, I, O);
    // One of several elements or pointers, of which any may be the one that is followed, is no part
    // of it, or of what lies behind it.
    const bool IsElement = O.IsOneOf && One.Kills && isConstant(One.Values);
    const bool IsPart =
        O.May && !IsElement && Q.Wanted == Want::Bytes && O.How != Relation::Redirects;
    if (IsPart)
      One = inPart(Q, I, One);
    E.Values.add(One.Values);
    E.Kills |= One.Kills && (!O.May || IsPart) && To.Known.size() == 1;
    if (One.Patch)
      E.Patch = One.Patch;
  }
  return E;
}

/// What lies where a pointer leads that was set to `To`.
ValueSet Evaluator::redirected(const Question &Q, Operand To, llvm::ArrayRef<PlaceStep> Rest) {
  ValueSet Out;
  Places Behind = pointees(Q.In, To);
  // Nothing lies behind a null pointer; only who asks for the bytes of the pointer itself wants
  // to know of it.
  for (const Value &V : Behind.Others)
    if (V.isUnknown() || (Q.Wanted == Want::Bytes && Rest.size() == 1))
      Out.add(V);
  for (const AbstractPlace *P : Behind.Known)
    Out.add(contents(P->plus(Rest.drop_front()), Q.In, Q.At, Q.Wanted));
  return Out;
}

Evaluator::Effect Evaluator::stored(const Question &Q, uint32_t I, const Overlap &O) {
  const Inst &In = inst(Q.In, I);
  Operand What(In.b());
  bool Whole = In.flags() & static_cast<uint16_t>(StoreFlag::Aggregate);
  if (What.is(OperandKind::Const)) {
    ConstantKind K = body(Q.In).constants()->Get(What.index())->kind();
    Whole |= K == ConstantKind::Zero || K == ConstantKind::String || K == ConstantKind::Bytes ||
             K == ConstantKind::Uninitialised;
  }
  Effect E;
  E.Kills = true;
  switch (O.How) {
  case Relation::Apart:
    return {};
  case Relation::Exact:
    if (Q.Wanted == Want::Bytes && !Whole) {
      // One element through a pointer that walks: *p++ = x.
      E.Kills = false;
      writePart(Q, I, facts(Q.In->Body).inLoop(facts(Q.In->Body).blockOf(I)),
                element(Q.In, What, I), E);
      return E;
    }
    E.Values = Whole ? partOf(Q, What, I, {}) : operand(Q.In, What, I);
    break;
  case Relation::Covers:
    E.Values = partOf(Q, What, I, O.Rest);
    break;
  case Relation::Redirects:
    E.Values = O.Rest.front().Kind == StepKind::Deref ? redirected(Q, What, O.Rest)
                                                      : partOf(Q, What, I, O.Rest);
    break;
  case Relation::Inside: {
    E.Kills = false;
    if (Q.Wanted != Want::Bytes)
      return E;
    bool EveryElement = O.Rest.front().Kind == StepKind::AnyIndex &&
                        facts(Q.In->Body).inLoop(facts(Q.In->Body).blockOf(I));
    writePart(Q, I, EveryElement, Whole ? partOf(Q, What, I, {}) : element(Q.In, What, I), E);
    return E;
  }
  }
  trace(E.Values, Trace::Kind::Stored, {Q.In->Body, I});
  if (In.flags() & static_cast<uint16_t>(StoreFlag::Initialise))
    for (Value &V : E.Values)
      V.Implicit |= isPlaceholder(V, {Q.In->Body, I}, Prog);
  return E;
}

/// A write to a part. A constant leaves the rest to what was there before; anything else decides
/// the whole: a key of which some bytes are random is not written in the source.
void Evaluator::writePart(const Question &Q, uint32_t I, bool WholeRange, ValueSet Part,
                          Effect &E) {
  const bool AllConstant = isConstant(Part);
  trace(Part, Trace::Kind::Stored, {Q.In->Body, I});
  if (!AllConstant || WholeRange) {
    E.Kills = true;
    for (Value V : Part)
      if (AllConstant || !V.isConstant())
        E.Values.add(V);
    if (Part.empty())
      E.Values.add(unknown("it changes in a loop", {Q.In->Body, I}));
    return;
  }
  Patches.push_back(*Part.begin());
  E.Patch = &Patches.back();
}

/// The asked part of an aggregate that is written as a whole.
ValueSet Evaluator::partOf(const Question &Q, Operand Whole, uint32_t I,
                           llvm::ArrayRef<PlaceStep> Rest) {
  if (Whole.is(OperandKind::Const))
    return partOfConstant(Q.In, Whole.index(), Rest, Q.Wanted);
  if (Whole.is(OperandKind::Temp) && inst(Q.In, Whole.index()).op() == Op::Load) {
    const Places &From = canonical(Q.In, inst(Q.In, Whole.index()).a());
    ValueSet Out = From.Others;
    for (const AbstractPlace *P : From.Known)
      Out.add(contents(P->plus(Rest), Q.In, I, Q.Wanted));
    return Out;
  }
  if (Rest.empty())
    return operand(Q.In, Whole, I);
  if (Whole.is(OperandKind::Temp) && inst(Q.In, Whole.index()).op() == Op::Call)
    return returnedPart(Q, Whole.index(), Rest);
  return just(unknown("a part of a value that is not modelled", {Q.In->Body, I}));
}

/// A struct returned by value: its part, in each callee, where it returns.
ValueSet Evaluator::returnedPart(const Question &Q, uint32_t Call, llvm::ArrayRef<PlaceStep> Rest) {
  ValueSet Out;
  InstRef At{Q.In->Body, Call};
  Callees To = Prog.calleesOf(At);
  for (EntityId Callee : To.Targets)
    for (BodyId B : Prog.bodiesOf(Callee)) {
      const Frame *F = enter(Q.In, Call, B);
      const auto *Insts = Prog.body(B).Data->insts();
      for (uint32_t I = 0; F && I != rowCount(Insts); ++I)
        if (Insts->Get(I)->op() == Op::Return) {
          AbstractPlace None;
          ValueSet Part = partOf({None, F, I, Q.Wanted}, Operand(Insts->Get(I)->a()), I, Rest);
          trace(Part, Trace::Kind::Returned, {B, I});
          Out.add(Part);
        }
    }
  if (Out.empty() || !To.Complete)
    Out.add(unknown("returned by a function that is not in the program", At,
                    To.Targets.empty() ? NoId : To.Targets[0]));
  return Out;
}

ValueSet Evaluator::partOfConstant(const Frame *F, uint32_t Row, llvm::ArrayRef<PlaceStep> Rest,
                                   Want W) {
  const Constant *C = body(F).constants()->Get(Row);
  ValueSet Out = constant(F, Row);
  bool Pointed = llvm::any_of(Rest, [](PlaceStep S) { return S.Kind == StepKind::Deref; });
  if (Pointed && C->kind() != ConstantKind::Zero && C->kind() != ConstantKind::Uninitialised)
    return just(unknown("memory that a constant points to", {F->Body, 0}));
  for (Value &V : Out) {
    if (V.K == Value::Kind::Zero && Pointed) { // the pointer is still null
      V.K = Value::Kind::Null;
      V.Implicit = true;
    }
    if (V.K == Value::Kind::Zero && W == Want::Scalar) {
      V.K = Value::Kind::Int;
      V.Int = 0;
      V.Implicit = true;
    }
    bool Element = V.K == Value::Kind::Text && W == Want::Scalar && !Rest.empty();
    if (!Element)
      continue;
    llvm::StringRef Bytes = Prog.tablesOf(F->Body).string(C->text());
    size_t Size = std::max<size_t>(C->width() / 8, 1), At = size_t(Rest.front().Value) * Size;
    if (Rest.front().Kind != StepKind::Index || At + Size > Bytes.size())
      return just(unknown("an element of a table that is chosen at run time", {F->Body, 0}));
    uint64_t N = 0;
    for (size_t I = Size; I-- > 0;)
      N = N << 8 | static_cast<uint8_t>(Bytes[At + I]);
    V.K = Value::Kind::Int;
    V.Int = static_cast<int64_t>(N);
  }
  return Out;
}

/// Memory that a call made, back at that call: nothing has been written to it yet.
ValueSet Evaluator::created(const Question &Q, uint32_t I) {
  InstRef At{Q.In->Body, I};
  for (EntityId Callee : Prog.calleesOf(At).Targets)
    for (const FunctionModel *Row : Roles.rowsOf(Callee)) {
      const Role *R = Roles.role(Row->Role);
      auto Result = llvm::find_if(
          Row->Binds, [](const auto &B) { return B.second.Where == ArgRef::Kind::Return; });
      // strdup(): it holds what it was made of.
      if (R && Result != Row->Binds.end() && Q.Wanted == Want::Bytes)
        if (auto Of = R->Writes.find(Result->first); Of != R->Writes.end())
          if (auto From = Row->Binds.find(Of->second);
              From != Row->Binds.end() && From->second.Where == ArgRef::Kind::Argument) {
            ValueSet Out = bytesBehind(Q.In, argument(At, From->second.Index), I);
            trace(Out, Trace::Kind::Copied, At);
            return Out;
          }
      Value V;
      V.At = At;
      V.Entity = Callee;
      V.MadeBy = R;
      bool GivesBytes = R && Result != Row->Binds.end() && R->Binds.count(Result->first) &&
                        R->Binds.at(Result->first) == BindKind::Bytes;
      V.K = GivesBytes ? Value::Kind::Fresh : Value::Kind::Uninitialised;
      return just(V);
    }
  if (auto Left = leftInResult(Q, I))
    return std::move(*Left);
  llvm::ArrayRef<EntityId> To = Prog.calleesOf(At).Targets;
  return just(
      unknown("returned by a function that is not in the program", At, To.empty() ? NoId : To[0]));
}
