/// The ways from a statement that may throw to the handlers around it.
///
/// Each local of the try that may be alive has one block, which destroys it and leads to the block
/// of the local before it, at last to the handlers. They stand right before these, so that blocks
/// keep their order.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

#include <algorithm>

using namespace assay;
using namespace clang;

uint32_t BodyTranslator::landingEdge(const Landing &To) {
  if (!To.Local)
    return PendingBit | To.Handlers->getBlockID();
  const auto [It, IsNew] = LandingIndex.try_emplace({To.Handlers, To.Local}, Landings.size());
  if (IsNew) {
    Landings.push_back(To);
    LandingBlocks.push_back(BodyWriter::NoEdge);
  }
  return PendingBit | LandingBit | It->second;
}

/// An exception specification that is not known yet says nothing.
static bool cannotThrow(const Stmt *S) {
  const Decl *Callee = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    Callee = Call->getCalleeDecl();
  else if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
    Callee = Construct->getConstructor();
  const auto *Function = dyn_cast_or_null<FunctionDecl>(Callee);
  if (!Function)
    return false;
  const auto *Type = Function->getType()->getAs<FunctionProtoType>();
  return Function->hasAttr<NoThrowAttr>() ||
         (Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) && Type->isNothrow());
}

/// Ends the block after a call in a try statement that may throw: control goes on, or to the
/// handlers. What is called for a default argument may throw, too.
void BodyTranslator::splitAtCall(const CFGElement &Element, uint32_t FirstInst) {
  const auto S = Element.getAs<CFGStmt>();
  const Landing To = S ? Tries.landing(S->getStmt()) : Landing();
  const uint32_t Last = Out.instCount() - 1;
  if (!To.Handlers || Out.inst(Last).op() != Op::Call)
    return;
  bool IsOnly = true;
  for (uint32_t I = FirstInst; I != Last; ++I)
    IsOnly &= Out.inst(I).op() != Op::Call;
  if (IsOnly && cannotThrow(S->getStmt()))
    return;
  Out.closeBlock({Out.blockCount() + 1, landingEdge(To)});
  Out.openBlock();
}

/// Clang's own edges to handlers, of a throw and of an inner try that may not catch, destroy
/// nothing.
Landing BodyTranslator::landingBehind(const CFGBlock &Block) const {
  if (Thrown)
    return Tries.landing(Thrown);
  const auto *Inner = dyn_cast_or_null<CXXTryStmt>(Block.getTerminatorStmt());
  return Inner ? Tries.landing(Inner) : Landing();
}

/// Those that lead to the given handlers; of null, to any.
void BodyTranslator::translateLandings(const CFGBlock *Handlers) {
  std::vector<uint32_t> Wanted;
  for (uint32_t N = 0; N != Landings.size(); ++N) {
    const Landing At = Landings[N];
    if (LandingBlocks[N] != BodyWriter::NoEdge || (Handlers && At.Handlers != Handlers))
      continue;
    Wanted.push_back(N);
    landingEdge({At.Handlers, At.Local->Outer});
  }
  std::stable_sort(Wanted.begin(), Wanted.end(), [&](uint32_t A, uint32_t B) {
    return Landings[A].Local->Depth > Landings[B].Local->Depth;
  });
  for (uint32_t N : Wanted) {
    LandingBlocks[N] = Out.openBlock();
    translateLanding(Landings[N]);
  }
}

void BodyTranslator::translateLanding(const Landing &At) {
  const VarDecl *V = At.Local->Variable;
  const auto *Try = cast<CXXTryStmt>(At.Handlers->getTerminatorStmt());
  const Loc End = Unit.Locs.at(Try->getTryBlock()->getEndLoc());
  const CXXRecordDecl *Class =
      Unit.Context.getBaseElementType(V->getType().getNonReferenceType())->getAsCXXRecordDecl();
  cleanUp(V);
  if (Class && Class->hasDefinition() && !Class->hasTrivialDestructor())
    destroyVariable(V, Class->getDestructor(), End);
  const PlacePath Variable = placeOfVariable(V);
  if (Variable.Kind == BaseKind::Local)
    Out.scopeEnd(Variable, End);
  Out.closeBlock({landingEdge({At.Handlers, At.Local->Outer})});
}
