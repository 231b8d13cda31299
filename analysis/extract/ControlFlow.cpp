/// Blocks, edges and terminators.
///
/// Blocks are Clang's, in reverse post-order of those that can be reached. Clang is asked for no
/// exceptional edges; within a try statement they are drawn here, after each call, so that a
/// handler sees every state in which it may be entered. Such a block has two successors and no
/// Branch: the normal way and that of an exception (Landings.cpp).
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"

using namespace assay;
using namespace clang;

/// Of a member, or of the elements of one, of which the error left no more than a declaration.
static bool isIncompleteClass(QualType Type, const ASTContext &Context) {
  const CXXRecordDecl *Class = Context.getBaseElementType(Type)->getAsCXXRecordDecl();
  return Class && !Class->hasDefinition();
}

/// Clang 19 crashes where it asks such a member whether its destructor does anything.
static bool destroysIncomplete(const Decl *D, const ASTContext &Context) {
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(D);
  return Destructor && llvm::any_of(Destructor->getParent()->fields(), [&](const FieldDecl *F) {
           return isIncompleteClass(F->getType(), Context);
         });
}

static CFG::BuildOptions buildOptions(bool WithDestructors) {
  CFG::BuildOptions Options;
  Options.PruneTriviallyFalseEdges = true;
  Options.AddInitializers = true;
  Options.AddImplicitDtors = WithDestructors;
  Options.AddTemporaryDtors = WithDestructors;
  Options.AddLifetime = true;
  Options.AddCXXNewAllocator = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  return Options;
}

/// Reverse post-order from the entry.
class BodyTranslator::BlockOrder {
public:
  BlockOrder(const CFG &Graph, const BodyTranslator &Translator) : Seen(Graph.getNumBlockIDs()) {
    visit(&Graph.getEntry(), Translator);
    std::reverse(Order.begin(), Order.end());
    llvm::erase(Order, &Graph.getExit());
  }

  std::vector<const CFGBlock *> Order;
  bool reached(const CFGBlock *B) const { return Seen.test(B->getBlockID()); }

private:
  void visit(const CFGBlock *Entry, const BodyTranslator &Translator) {
    std::vector<std::pair<const CFGBlock *, std::vector<const CFGBlock *>>> Stack;
    auto Enter = [&](const CFGBlock *B) {
      Seen.set(B->getBlockID());
      Stack.emplace_back(B, nextBlocks(B, Translator));
    };
    Enter(Entry);
    while (!Stack.empty()) {
      auto &[Block, Next] = Stack.back();
      if (Next.empty()) {
        Order.push_back(Block);
        Stack.pop_back();
        continue;
      }
      const CFGBlock *B = Next.back();
      Next.pop_back();
      if (!Seen.test(B->getBlockID()))
        Enter(B);
    }
  }

  static std::vector<const CFGBlock *> nextBlocks(const CFGBlock *B,
                                                  const BodyTranslator &Translator) {
    std::vector<const CFGBlock *> Next;
    if (!Translator.Tries.empty())
      for (const CFGElement &Element : *B)
        if (const auto S = Element.getAs<CFGStmt>())
          if (const CFGBlock *Handlers = Translator.Tries.landing(S->getStmt()).Handlers)
            Next.push_back(Handlers);
    if (B->hasNoReturnElement())
      return Next;
    for (const CFGBlock::AdjacentBlock &Succ : B->succs())
      if (const CFGBlock *Target = Translator.targetOf(*B, Succ))
        Next.push_back(Target);
    return Next;
  }

  llvm::BitVector Seen;
};

bool BodyTranslator::translateGraph(const Decl *D, Stmt *Body) {
  const bool LacksDestructors = destroysIncomplete(D, Unit.Context);
  noteErrors(LacksDestructors);
  const std::unique_ptr<CFG> Graph =
      CFG::buildCFG(D, Body, &Unit.Context, buildOptions(!LacksDestructors));
  if (!Graph)
    return false;
  Exit = &Graph->getExit();
  Tries = TryScopes(*Graph, Unit.Context.getSourceManager());
  const BlockOrder Blocks(*Graph, *this);
  if (Blocks.Order.size() > MaxBlocks) {
    Out.markCut();
    Out.openBlock();
    Out.closeBlock({});
    return true;
  }
  for (const CFGBlock *Block : *Graph)
    if (!Blocks.reached(Block))
      for (const CFGElement &Element : *Block)
        if (const auto S = Element.getAs<CFGStmt>())
          if (const auto *E = dyn_cast<clang::Expr>(S->getStmt()))
            Unreachable.insert(core(E));
  if (Unit.Context.getLangOpts().CPlusPlus)
    planDestinations(Blocks.Order);
  FirstBlockOf.assign(Graph->getNumBlockIDs(), BodyWriter::NoEdge);
  for (const CFGBlock *Block : Blocks.Order) {
    translateLandings(Block);
    translateBlock(*Graph, *Block);
  }
  translateLandings(nullptr);
  const uint32_t ExitBlock = Out.openBlock();
  Out.closeBlock({});
  resolveSuccessors(ExitBlock);
  return true;
}

void BodyTranslator::translateBlock(const CFG &, const CFGBlock &Block) {
  FirstBlockOf[Block.getBlockID()] = Out.openBlock();
  Returning.reset();
  Thrown = nullptr;
  if (auto It = PendingReturns.find(&Block); It != PendingReturns.end())
    Returning = It->second;
  for (const CFGElement &Element : Block) {
    if (Out.instCount() > MaxInsts) {
      Out.markCut();
      break;
    }
    const uint32_t Before = Out.instCount();
    element(Element);
    if (!Tries.empty() && Out.instCount() != Before)
      splitAtCall(Element, Before);
  }
  finishBlock(Block);
}

/// Null: no way leads there. Clang leaves out the default of a switch that has a case for each
/// enumerator; but an enumeration can hold other numbers, and what comes from outside often does.
const CFGBlock *BodyTranslator::targetOf(const CFGBlock &Block,
                                         const CFGBlock::AdjacentBlock &Succ) const {
  if (const CFGBlock *Reachable = Succ.getReachableBlock())
    return Reachable;
  const auto *Switch = dyn_cast_or_null<SwitchStmt>(Block.getTerminatorStmt());
  if (!Switch || !Switch->isAllEnumCasesCovered() || &Succ != &*Block.succ_rbegin())
    return nullptr;
  clang::Expr::EvalResult Known;
  return Switch->getCond()->EvaluateAsInt(Known, Unit.Context) ? nullptr
                                                               : Succ.getPossiblyUnreachableBlock();
}

llvm::SmallVector<uint32_t, 4> BodyTranslator::successorsOf(const CFGBlock &Block) {
  llvm::SmallVector<uint32_t, 4> Succs;
  const Landing Behind = landingBehind(Block);
  for (const CFGBlock::AdjacentBlock &Succ : Block.succs()) {
    const CFGBlock *Target = targetOf(Block, Succ);
    if (Target && Target == Behind.Handlers)
      Succs.push_back(landingEdge(Behind));
    else
      Succs.push_back(Target ? PendingBit | Target->getBlockID() : BodyWriter::NoEdge);
  }
  return Succs;
}

/// The expression that decides where this block goes. Of `a && b` it is the last one evaluated
/// here.
const clang::Expr *BodyTranslator::conditionOf(const CFGBlock &Block) const {
  const auto *E = dyn_cast_or_null<clang::Expr>(Block.getTerminatorCondition());
  while (E) {
    E = core(E);
    const auto *Logical = dyn_cast<BinaryOperator>(E);
    if (!Logical || !Logical->isLogicalOp() || Values.count(E))
      break;
    E = Logical->getRHS();
  }
  return E;
}

/// A return happens after the destructors and scope ends that follow its statement.
void BodyTranslator::finishBlock(const CFGBlock &Block) {
  const bool LeavesByThrow =
      Thrown && Block.succ_size() == 1 && Block.succ_begin()->getReachableBlock() == Exit;
  if (Block.hasNoReturnElement() || LeavesByThrow)
    return Out.closeBlock({}, /*NoReturn=*/true);
  llvm::SmallVector<uint32_t, 4> Succs = successorsOf(Block);
  if (Returning) {
    const CFGBlock *Next =
        Block.succ_size() == 1 ? Block.succ_begin()->getReachableBlock() : nullptr;
    if (Next && Next != Exit)
      PendingReturns[Next] = *Returning;
    else
      Out.ret(Returning->first, Returning->second);
  }
  const Stmt *Terminator = Block.getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator))
    return emitSwitch(Block, Switch);
  if (const auto *Jump = dyn_cast_or_null<GCCAsmStmt>(Terminator))
    inlineAsm(Jump);
  const bool Branches = Block.getTerminator().isValid() && Block.getTerminator().isStmtBranch() &&
                        Succs.size() == 2 &&
                        !isa<CXXTryStmt, IndirectGotoStmt, AsmStmt>(Terminator);
  if (Branches)
    if (const Expr *Condition = conditionOf(Block))
      Out.branch(value(Condition), at(Condition));
  // A call before several ways would seem to be one that may throw.
  if (Succs.size() > 1 && Out.endsInCall()) {
    Out.closeBlock({Out.blockCount() + 1});
    Out.openBlock();
  }
  Out.closeBlock(Succs);
}

void BodyTranslator::emitSwitch(const CFGBlock &Block, const SwitchStmt *Switch) {
  const llvm::SmallVector<uint32_t, 4> Succs = successorsOf(Block);
  llvm::SmallVector<Case, 8> Cases;
  uint32_t Index = 0;
  for (const CFGBlock::AdjacentBlock &Succ : Block.succs()) {
    const CFGBlock *Target = Succ.getReachableBlock();
    const auto *Label = Target ? dyn_cast_or_null<CaseStmt>(Target->getLabel()) : nullptr;
    const uint32_t At = Index++;
    // The last successor is the default, even when it is some other switch's case.
    if (!Label || At + 1 == Succs.size())
      continue;
    auto Number = [&](const Expr *E) { return asInt64(E->EvaluateKnownConstInt(Unit.Context)); };
    const int64_t Low = Number(Label->getLHS());
    Cases.emplace_back(Low, Label->getRHS() ? Number(Label->getRHS()) : Low, At);
  }
  Out.switchOn(value(Switch->getCond()), at(Switch->getCond()));
  Out.closeBlock(Succs, false, Cases);
}

void BodyTranslator::resolveSuccessors(uint32_t ExitBlock) {
  for (uint32_t &Succ : Rows.Succs) {
    if (Succ == BodyWriter::NoEdge || !(Succ & PendingBit))
      continue;
    const uint32_t Id = Succ & ~(PendingBit | LandingBit);
    if (Succ & LandingBit)
      Succ = LandingBlocks[Id];
    else
      Succ = Id == Exit->getBlockID() ? ExitBlock : FirstBlockOf[Id];
  }
}
