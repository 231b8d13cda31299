/// Initialisers: lists (designated, nested), arrays, strings, and whatever else fills an object.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecordLayout.h"

using namespace assay;
using namespace clang;

static constexpr unsigned MaxElementStores = 8192;

void BodyTranslator::storeZero(const PlacePath &Object, SourceRange Where, uint16_t Flags) {
  Out.store(Object, Constants.zero(Where), Unit.Locs.at(Where.getBegin()), Flags & ~AlreadyZero);
}

/// The string literal that initialises a char array, perhaps in braces.
static const clang::StringLiteral *stringOf(const clang::Expr *Init, QualType Type) {
  if (!Type->isArrayType())
    return nullptr;
  Init = Init->IgnoreParens();
  if (const auto *List = dyn_cast<InitListExpr>(Init); List && List->isStringLiteralInit())
    Init = List->getInit(0)->IgnoreParens();
  if (const auto *Name = dyn_cast<PredefinedExpr>(Init))
    return Name->getFunctionName();
  return dyn_cast<clang::StringLiteral>(Init);
}

void BodyTranslator::initialise(const PlacePath &Object, const Expr *Init, QualType Type,
                                uint16_t Flags) {
  if (Type->isReferenceType())
    return storeTo(Object, valueOrAddress(Init), Type, at(Init),
                   Flags | bit(StoreFlag::ByReference));
  const Expr *E = core(Init);
  if (E->getType().isNull())
    return storeTo(Object, Out.opaque(OpaqueReason::Recovery, typeOf(Type), at(E)), Type, at(E),
                   Flags);
  if (const clang::StringLiteral *Literal = stringOf(E, Type))
    return initialiseWithString(Object, Literal, Type, Flags);
  if (auto It = Objects.find(E); It != Objects.end() && !E->isGLValue()) {
    // Built there already, as an element of the CFG; else moved from where it was built.
    if (Out.place(It->second) != Out.place(Object))
      storeTo(Object, loadFrom(PlacePath(It->second), Type, at(E)), Type, at(E), Flags);
    return;
  }
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E)) {
    // A constructor's own elements hold what the initialiser yields; elsewhere it is shared.
    if (isa_and_nonnull<CXXConstructorDecl>(Function))
      return initialise(Object, Default->getExpr(), Type, Flags);
    FreshMemo Fresh(*this, Unit.Locs.at(Default->getUsedLocation()));
    return initialise(Object, Default->getExpr(), Type, Flags);
  }
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(E);
      Choice && isBuiltBy(Choice, Object))
    return;
  if (Values.count(E) || !buildsInPlace(E))
    return storeTo(Object, value(E), Type, at(E), Flags);
  initialiseObject(Object, E, Type, Flags);
}

/// The arms were elements of their own blocks, and their place was known there.
bool BodyTranslator::isBuiltBy(const AbstractConditionalOperator *Choice, const PlacePath &Object) {
  auto BuiltThere = [&](const Expr *Arm) {
    Arm = core(Arm);
    if (const auto *Inner = dyn_cast<AbstractConditionalOperator>(Arm);
        Inner && isBuiltBy(Inner, Object))
      return true;
    auto It = Objects.find(Arm);
    return It != Objects.end() && Out.place(It->second) == Out.place(Object);
  };
  return BuiltThere(Choice->getTrueExpr()) || BuiltThere(Choice->getFalseExpr());
}

void BodyTranslator::initialiseObject(const PlacePath &Object, const Expr *Init, QualType Type,
                                      uint16_t Flags) {
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return initialiseList(Object, List, Flags);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Init))
    return construct(Object, Construct, Flags);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Init))
    return captureInto(Object, Lambda);
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Init))
    return initialise(Object, Literal->getInitializer(), Literal->getType(), Flags);
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(Init)) {
    storeZero(Object, List->getSourceRange(), Flags);
    Flags |= AlreadyZero;
    if (const auto *Record = Type->getAsRecordDecl())
      return initialiseFields(Object, Record, List->getInitExprs(), Flags);
    return initialiseArray(Object, List->getInitExprs(), Type, List->getSourceRange(), Flags);
  }
  if (const auto *Inherited = dyn_cast<CXXInheritedCtorInitExpr>(Init))
    return constructInherited(Object, Inherited);
  if (const auto *Copied = dyn_cast<ArrayInitLoopExpr>(Init))
    return storeTo(Object,
                   loadFrom(place(Copied->getCommonExpr()->getSourceExpr()), Type, at(Init)), Type,
                   at(Init), Flags);
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(Init))
    return storeTo(Object, Out.addressOf(place(List->getSubExpr())), Type, at(Init), Flags);
  if (const auto *Update = dyn_cast<DesignatedInitUpdateExpr>(Init)) {
    initialise(Object, Update->getBase(), Type, Flags);
    return initialiseList(Object, Update->getUpdater(), Flags);
  }
  storeZero(Object, Init->getSourceRange(), Flags);
}

/// True when the list leaves something of the object to be zero.
static bool leavesZeros(const clang::Expr *Init, const ASTContext &Context) {
  if (isa<ImplicitValueInitExpr>(Init))
    return true;
  const auto *List = dyn_cast<InitListExpr>(Init);
  if (!List)
    return false;
  if (List->getType()->isUnionType())
    return true;
  if (const ConstantArrayType *Array = Context.getAsConstantArrayType(List->getType()))
    if (Array->getSize().ugt(List->getNumInits()) && !List->isStringLiteralInit())
      return true;
  for (const clang::Expr *Each : List->inits())
    if (Each && leavesZeros(Each, Context))
      return true;
  return false;
}

void BodyTranslator::initialiseList(const PlacePath &Object, const InitListExpr *List,
                                    uint16_t Flags) {
  if (const InitListExpr *Semantic = List->isSemanticForm() ? nullptr : List->getSemanticForm())
    List = Semantic;
  // Zero is stored once, over the outermost list.
  const bool Static = Object.Kind == BaseKind::Global;
  if (!(Flags & AlreadyZero) && (Static || leavesZeros(List, Unit.Context))) {
    storeZero(Object, List->getSourceRange(), Flags);
    Flags |= AlreadyZero;
  }
  const QualType Type = List->getType();
  if (Type->isRecordType())
    return initialiseRecord(Object, List, Flags);
  if (Type->isArrayType()) {
    initialiseArray(Object, List->inits(), Type, List->getSourceRange(), Flags);
    const Expr *Filler = List->getArrayFiller();
    if (Filler && !isa<ImplicitValueInitExpr>(Filler)) {
      PlacePath Rest = Object;
      initialise(Rest.anyIndex(), Filler, Filler->getType(), Flags & ~AlreadyZero);
    }
    return;
  }
  if (List->getNumInits() == 1)
    initialise(Object, List->getInit(0), Type, Flags);
  else
    for (const Expr *Each : List->inits())
      effects(Each);
}

void BodyTranslator::initialiseRecord(const PlacePath &Object, const InitListExpr *List,
                                      uint16_t Flags) {
  if (List->isTransparent())
    return initialise(Object, List->getInit(0), List->getType(), Flags);
  const RecordDecl *Record = List->getType()->getAsRecordDecl();
  if (!Record->isUnion())
    return initialiseFields(Object, Record, List->inits(), Flags);
  const FieldDecl *Field = List->getInitializedFieldInUnion();
  if (!Field || List->getNumInits() == 0 || isa<ImplicitValueInitExpr>(List->getInit(0)))
    return;
  PlacePath Where = Object;
  Where.field(Unit.Entities.indexOf(Field));
  initialise(Where, List->getInit(0), Field->getType(), Flags);
}

void BodyTranslator::initialiseFields(const PlacePath &Object, const RecordDecl *Record,
                                      llvm::ArrayRef<Expr *> Inits, uint16_t Flags) {
  size_t Next = 0;
  auto InitialiseNext = [&](const PlacePath &Where, QualType Type) {
    const Expr *Init = Next < Inits.size() ? Inits[Next++] : nullptr;
    if (Init && !isa<ImplicitValueInitExpr>(Init))
      initialise(Where, Init, Type, Flags);
  };
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    for (const CXXBaseSpecifier &Base : Class->bases())
      InitialiseNext(Object, Base.getType());
  for (const FieldDecl *Field : Record->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    PlacePath Where = Object;
    InitialiseNext(Where.field(Unit.Entities.indexOf(Field)), Field->getType());
  }
}

void BodyTranslator::initialiseArray(const PlacePath &Object, llvm::ArrayRef<Expr *> Inits,
                                     QualType Type, SourceRange Where, uint16_t Flags) {
  if (initialiseBytes(Object, Inits, Type, Where, Flags))
    return;
  const QualType Element = Unit.Context.getAsArrayType(Type)->getElementType();
  for (size_t I = 0; I != Inits.size(); ++I) {
    const Expr *Init = Inits[I];
    if (!Init || isa<ImplicitValueInitExpr, NoInitExpr>(Init))
      continue;
    if (++ElementStores > MaxElementStores)
      return Out.markCut();
    PlacePath At = Object;
    initialise(At.index(static_cast<uint32_t>(I)), Init, Element, Flags);
  }
}

static void appendLittleEndian(std::string &Bytes, const llvm::APSInt &Value, unsigned Bits) {
  const llvm::APInt Element = Value.extOrTrunc(Bits);
  for (unsigned Bit = 0; Bit != Bits; Bit += 8)
    Bytes += static_cast<char>(Element.extractBitsAsZExtValue(8, Bit));
}

/// An array of integer constants is one constant. All zero and not written out: nothing but the
/// Zero before it.
bool BodyTranslator::initialiseBytes(const PlacePath &Object, llvm::ArrayRef<Expr *> Inits,
                                     QualType Type, SourceRange Where, uint16_t Flags) {
  const ConstantArrayType *Array = Unit.Context.getAsConstantArrayType(Type);
  if (!Array || !Array->getElementType()->isIntegralOrEnumerationType() || Inits.empty())
    return false;
  const auto Bits = static_cast<unsigned>(Unit.Context.getTypeSize(Array->getElementType()));
  const uint64_t Count = Array->getSize().getLimitedValue();
  std::string Bytes;
  bool AllZero = true;
  for (const Expr *Init : Inits) {
    llvm::APSInt Value(Bits);
    if (Init && !isa<ImplicitValueInitExpr>(Init)) {
      auto Integer = Constants.integer(Init);
      if (!Integer)
        return false;
      Value = *Integer;
    }
    AllZero &= Value.isZero();
    if (Bytes.size() < ConstantFolder::MaxContents)
      appendLittleEndian(Bytes, Value, Bits);
  }
  if (AllZero && Count > Inits.size())
    return true;
  const uint64_t Whole = std::min<uint64_t>(Count * (Bits / 8), ConstantFolder::MaxContents);
  Bytes.resize(Whole, '\0');
  storeTo(Object, Constants.bytes(Bytes, Count, Bits, Where), Type, Unit.Locs.at(Where.getBegin()),
          Flags);
  return true;
}

void BodyTranslator::initialiseWithString(const PlacePath &Object,
                                          const clang::StringLiteral *Literal, QualType Type,
                                          uint16_t Flags) {
  const ConstantArrayType *Array = Unit.Context.getAsConstantArrayType(Type);
  if (!(Flags & AlreadyZero) && Array && Array->getSize().ugt(Literal->getLength() + 1))
    storeZero(Object, Literal->getSourceRange(), Flags);
  storeTo(Object, Constants.string(Literal), Type, Unit.Locs.at(Literal->getBeginLoc()), Flags);
}
