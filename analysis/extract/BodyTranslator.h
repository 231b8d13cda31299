/// Translates one body - of a function, or the initialiser of a variable - into the rows of
/// TUSummary.fbs.
///
/// Control flow is Clang's CFG; within a block its elements are translated in order. What an
/// element yields is kept, so that an expression around it (in this or a later block) reads the
/// result instead of translating it again. The files:
///   BodyTranslator.cpp  the two entries, variables, shared small things
///   ControlFlow.cpp     blocks, edges, terminators
///   Landings.cpp        ways of exceptions to the handlers around
///   Elements.cpp        statements and implicit actions of a block
///   Values.cpp          expressions that yield a value
///   Operators.cpp       arithmetic, comparisons, casts
///   Atomics.cpp         Clang's atomic operations
///   Places.cpp          expressions that name memory
///   Calls.cpp           calls of every kind
///   Objects.cpp         C++: construction, new and delete, lambdas, temporaries
///   Holders.cpp         C++: std::function and its like
///   Destinations.cpp    C++: where the objects belong that the CFG's elements build
///   Initialisers.cpp    initialiser lists and arrays
/// It decides nothing about policy and resolves no call.
#ifndef ASSAY_ANALYSIS_EXTRACT_BODYTRANSLATOR_H
#define ASSAY_ANALYSIS_EXTRACT_BODYTRANSLATOR_H

#include "analysis/extract/ConstantFolder.h"
#include "analysis/extract/TryScopes.h"
#include "analysis/extract/WalkedElements.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseSet.h"

namespace assay {

class BodyTranslator {
public:
  explicit BodyTranslator(UnitContext &Unit) : Unit(Unit), Out(Rows), Constants(Unit, Out) {}

  /// False when the control-flow graph could not be built; the body is then lost.
  bool translateFunction(const clang::FunctionDecl *Function);
  /// There are errors in it, in places that may have left no trace in the AST.
  void noteErrors(bool Any = true) {
    if (Any && Rows.State == BodyState::Whole)
      Rows.State = BodyState::Recovered;
  }
  void translateVariable(const clang::VarDecl *Variable);

  BodyRows take() { return std::move(Rows); }

  static constexpr unsigned MaxBlocks = 20'000;
  static constexpr unsigned MaxInsts = 200'000;

private:
  using Expr = clang::Expr;
  using QualType = clang::QualType;

  // Successors that are no blocks yet, until all have their index: of Clang's graph, of a landing.
  static constexpr uint32_t PendingBit = 1u << 31, LandingBit = 1u << 30;

  // ControlFlow.cpp
  class BlockOrder;
  bool translateGraph(const clang::Decl *D, clang::Stmt *Body);
  void translateBlock(const clang::CFG &Graph, const clang::CFGBlock &Block);
  void finishBlock(const clang::CFGBlock &Block);
  void emitSwitch(const clang::CFGBlock &Block, const clang::SwitchStmt *Switch);
  const Expr *conditionOf(const clang::CFGBlock &Block) const;
  const clang::CFGBlock *targetOf(const clang::CFGBlock &Block,
                                  const clang::CFGBlock::AdjacentBlock &Succ) const;
  llvm::SmallVector<uint32_t, 4> successorsOf(const clang::CFGBlock &Block);
  void resolveSuccessors(uint32_t ExitBlock);

  // Landings.cpp
  void splitAtCall(const clang::CFGElement &Element, uint32_t FirstInst);
  uint32_t landingEdge(const Landing &To);
  Landing landingBehind(const clang::CFGBlock &Block) const;
  void translateLandings(const clang::CFGBlock *Handlers);
  void translateLanding(const Landing &At);

  // Elements.cpp
  void element(const clang::CFGElement &Element);
  void statement(const clang::Stmt *S);
  void expressionElement(const Expr *E);
  void declareVariable(const clang::VarDecl *V);
  void declareHoldingVariables(const clang::DecompositionDecl *D);
  void constructorInitialiser(const clang::CXXCtorInitializer *Init);
  void implicitDestructor(const clang::CFGImplicitDtor &Dtor);
  bool becomesResult(const clang::VarDecl *V, const clang::Stmt *End) const;
  void cleanUp(const clang::VarDecl *V);
  void destroyVariable(const clang::VarDecl *V, const clang::CXXDestructorDecl *Dtor, Loc At);
  void destroy(const PlacePath &Object, const clang::CXXDestructorDecl *Dtor, Loc At);
  void inlineAsm(const clang::AsmStmt *Asm);
  void catchInto(const clang::VarDecl *Caught);

  // Destinations.cpp
  void planDestinations(llvm::ArrayRef<const clang::CFGBlock *> Blocks);
  void planDeclarations(const clang::DeclStmt *Declaration);
  void planResult(const clang::ReturnStmt *Return);
  void planMember(const clang::CXXCtorInitializer *Init);
  void planDestination(const Expr *E, const PlacePath &Where, bool IsArm = false);
  void planParts(QualType Type, llvm::ArrayRef<Expr *> Inits, const PlacePath &Where);

  // Values.cpp
  Operand value(const Expr *E);
  Operand computeValue(const Expr *E);
  Operand computeRareValue(const Expr *E);
  /// What is passed where a reference is expected: the address of the place.
  Operand valueOrAddress(const Expr *E) {
    return E->isGLValue() && !E->getType()->isFunctionType() ? Out.addressOf(place(E)) : value(E);
  }
  Operand choice(const clang::AbstractConditionalOperator *Choice, bool AsAddress);
  Operand lastOf(const clang::StmtExpr *E);
  Operand opaque(const Expr *E, OpaqueReason Reason);
  void effects(const clang::Stmt *S);
  static const Expr *core(const Expr *E);

  // Operators.cpp
  Operand unary(const clang::UnaryOperator *E);
  Operand binary(const clang::BinaryOperator *E);
  Operand logical(const clang::BinaryOperator *E);
  Operand arithmetic(clang::BinaryOperatorKind Opcode, Operand A, Operand B, QualType Left,
                     QualType Result, Loc At);
  Operand assign(const clang::BinaryOperator *E, PlacePath *Where = nullptr);
  Operand step(const clang::UnaryOperator *E, PlacePath *Where = nullptr);
  Operand castValue(const clang::CastExpr *E);
  Operand convert(Operand Value, QualType From, QualType To, Loc At);
  Operand cutToField(Operand Value, const Expr *Written, const clang::FieldDecl *Field, Loc At);
  uint32_t numberTypeOf(QualType Type);

  // Atomics.cpp
  Operand atomic(const clang::AtomicExpr *E);
  Operand exchange(const clang::AtomicExpr *E, const PlacePath &Target);
  Operand compareExchange(const clang::AtomicExpr *E, const PlacePath &Target);
  Operand fetch(const clang::AtomicExpr *E, const PlacePath &Target);

  // Places.cpp
  PlacePath place(const Expr *E);
  PlacePath computePlace(const Expr *E);
  PlacePath computeRarePlace(const Expr *E);
  PlacePath pointee(const Expr *Pointer);
  PlacePath behindPlace(PlacePath From, const clang::CastExpr &Read);
  PlacePath pointeeOf(Operand Pointer);
  std::optional<uint32_t> fixedAddress(const Inst &Pointer) const;
  PlacePath placeOfVariable(const clang::ValueDecl *D);
  PlacePath placeOfDeclaration(const clang::ValueDecl *D, bool Captured);
  PlacePath placeOfMember(const clang::MemberExpr *E);
  PlacePath placeOfElement(const Expr *Base, const Expr *Index, bool AsWritten = true);
  PlacePath placeOfReference(PlacePath Variable, QualType Type);
  PlacePath thisObject() const { return PlacePath(BaseKind::This, 0).deref(); }
  PlacePath thisPlace(const clang::CXXThisExpr *E);
  PlacePath newTemporary(QualType Type, clang::SourceLocation Where);

  // Calls.cpp
  Operand call(const clang::CallExpr *E);
  struct CallTarget {
    Operand Callee;
    CallKind Kind = CallKind::Direct;
    QualType Type; ///< of the result; through a pointer, of the function
    uint16_t Flags = 0;
  };
  Operand methodCall(const clang::CXXMemberCallExpr *E);
  Operand operatorCall(const clang::CXXOperatorCallExpr *E, const clang::CXXMethodDecl *Method);
  Operand assignTrivially(const clang::CallExpr *E, const Expr *Value, const Expr *Object,
                          bool ThroughPointer);
  CallTarget targetOf(const clang::CallExpr *E);
  CallTarget methodTarget(const clang::CallExpr *E, const clang::CXXMethodDecl *Method,
                          const Expr *Object, bool MayDispatch);
  using Arguments = llvm::SmallVector<Operand, 8>;
  Operand emitCall(const clang::CallExpr *E, const CallTarget &Target, Arguments Args,
                   unsigned FirstArg = 0);
  static QualType resultTypeOf(const clang::CallExpr *E);
  Operand callee(const clang::FunctionDecl *F);
  Operand addressOfFunction(const clang::FunctionDecl *F);
  void neverHappens(const clang::Stmt *S);

  // BrokenCalls.cpp
  static bool isBrokenCall(const clang::RecoveryExpr *E);
  Operand brokenCall(const clang::RecoveryExpr *E);
  std::optional<Operand> dependentCall(const clang::CallExpr *E);
  Operand unfinishedCall(const Expr *E, const clang::FunctionDecl *F, const Expr *Callee,
                         llvm::ArrayRef<const Expr *> Given, uint16_t Flags);
  Operand receiverIn(const Expr *Callee);

  // Objects.cpp
  PlacePath materialise(const Expr *E);
  void construct(const PlacePath &Object, const clang::CXXConstructExpr *E, uint16_t Flags);
  void constructTrivially(const PlacePath &Object, const clang::CXXConstructExpr *E,
                          uint16_t Flags);
  void constructInherited(const PlacePath &Object, const clang::CXXInheritedCtorInitExpr *E);
  void captureInto(const PlacePath &Closure, const clang::LambdaExpr *E);
  Operand allocate(const clang::CXXNewExpr *E);
  Operand newObject(const clang::CXXNewExpr *E);
  Operand deleteObject(const clang::CXXDeleteExpr *E);
  Operand sizeToAllocate(const clang::CXXNewExpr *E);
  static bool buildsInPlace(const Expr *E);

  // Holders.cpp
  QualType heldBy(const clang::CXXRecordDecl *Class) const;
  void hold(const PlacePath &Object, const Expr *Given, QualType Type, Loc At, uint16_t Flags);
  void holdObject(const PlacePath &Object, const Expr *From, const clang::CXXMethodDecl *Operator,
                  Loc At, uint16_t Flags);
  Operand wholeOf(const Expr *E);
  std::optional<Operand> callHolder(const clang::CallExpr *E, const clang::CXXMethodDecl *Method,
                                    const Expr *Object);

  // Initialisers.cpp
  /// Among the flags of an initialiser: a Store of Zero over all of it came before. Never written
  /// to a row.
  static constexpr uint16_t AlreadyZero = 1u << 15;
  void initialise(const PlacePath &Object, const Expr *Init, QualType Type, uint16_t Flags);
  bool isBuiltBy(const clang::AbstractConditionalOperator *Choice, const PlacePath &Object);
  void initialiseObject(const PlacePath &Object, const Expr *Init, QualType Type, uint16_t Flags);
  void initialiseList(const PlacePath &Object, const clang::InitListExpr *List, uint16_t Flags);
  void initialiseRecord(const PlacePath &Object, const clang::InitListExpr *List, uint16_t Flags);
  void initialiseFields(const PlacePath &Object, const clang::RecordDecl *Record,
                        llvm::ArrayRef<Expr *> Inits, uint16_t Flags);
  void initialiseArray(const PlacePath &Object, llvm::ArrayRef<Expr *> Inits, QualType Type,
                       clang::SourceRange Where, uint16_t Flags);
  bool initialiseBytes(const PlacePath &Object, llvm::ArrayRef<Expr *> Inits, QualType Type,
                       clang::SourceRange Where, uint16_t Flags);
  void initialiseWithString(const PlacePath &Object, const clang::StringLiteral *Literal,
                            QualType Type, uint16_t Flags);
  void storeZero(const PlacePath &Object, clang::SourceRange Where, uint16_t Flags);

  // BodyTranslator.cpp
  uint32_t localOf(const clang::VarDecl *V);
  uint32_t typeOf(QualType Type) { return Unit.Types.nameOf(Type); }
  uint32_t bitsOf(QualType Type) const;
  /// Of a default argument: where the call is that uses it.
  Loc at(const clang::Stmt *S) { return UsedAt ? *UsedAt : Unit.Locs.at(exprLoc(S)); }
  static clang::SourceLocation exprLoc(const clang::Stmt *S);
  static uint16_t accessFlags(QualType Type);
  Operand loadFrom(const PlacePath &P, QualType Type, Loc At);
  void storeTo(const PlacePath &P, Operand Value, QualType Type, Loc At, uint16_t Flags = 0);

  /// Default arguments are shared by all calls that use them: what one call made of one is nobody
  /// else's.
  class FreshMemo;

  UnitContext &Unit;
  BodyRows Rows;
  BodyWriter Out;
  ConstantFolder Constants;

  const clang::FunctionDecl *Function = nullptr;
  WalkedElements Walked;
  llvm::DenseMap<const clang::VarDecl *, uint32_t> Locals;
  llvm::DenseMap<const clang::ValueDecl *, clang::FieldDecl *> Captures;
  clang::FieldDecl *CapturedThis = nullptr;

  llvm::DenseMap<const Expr *, Operand> Values;
  llvm::DenseMap<const Expr *, PlacePath> Objects;
  llvm::DenseMap<const Expr *, PlacePath> Destinations;
  llvm::DenseMap<const clang::CXXNewExpr *, Operand> Allocations;
  llvm::DenseSet<const clang::Stmt *> Unreachable;
  std::optional<Loc> UsedAt;
  unsigned Depth = 0;
  unsigned ElementStores = 0;

  // ControlFlow
  std::vector<uint32_t> FirstBlockOf; ///< by CFG block id
  TryScopes Tries;
  llvm::DenseMap<const clang::CFGBlock *, std::pair<Operand, Loc>> PendingReturns;
  std::optional<std::pair<Operand, Loc>> Returning;
  const clang::CFGBlock *Exit = nullptr;
  const clang::CXXThrowExpr *Thrown = nullptr; ///< by the block, at its end

  // Landings
  std::vector<Landing> Landings; ///< those with a local, as they were asked for
  llvm::DenseMap<std::pair<const clang::CFGBlock *, const TryLocal *>, uint32_t> LandingIndex;
  std::vector<uint32_t> LandingBlocks; ///< by landing
};

class BodyTranslator::FreshMemo {
public:
  FreshMemo(BodyTranslator &T, Loc Used) : T(T), UsedAt(Used) {
    std::swap(T.UsedAt, UsedAt);
    std::swap(T.Values, Values);
    std::swap(T.Objects, Objects);
  }
  ~FreshMemo() {
    std::swap(T.UsedAt, UsedAt);
    std::swap(T.Values, Values);
    std::swap(T.Objects, Objects);
  }

private:
  BodyTranslator &T;
  std::optional<Loc> UsedAt;
  decltype(BodyTranslator::Values) Values;
  decltype(BodyTranslator::Objects) Objects;
};

} // namespace assay

#endif
