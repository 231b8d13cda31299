#include "analysis/extract/ConstantFolder.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ConvertUTF.h"

using namespace assay;
using namespace clang;
using llvm::APSInt;

static uint16_t flagIf(ConstantFlag Flag, bool Set) {
  return Set ? static_cast<uint16_t>(Flag) : 0;
}

int64_t assay::asInt64(const APSInt &Value) {
  return Value.isSigned() ? Value.sextOrTrunc(64).getSExtValue()
                          : static_cast<int64_t>(Value.zextOrTrunc(64).getZExtValue());
}

ConstantFolder::Makeup ConstantFolder::makeupOf(const Expr *E) {
  E = E->IgnoreParens();
  switch (E->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::FloatingLiteralClass:
  case Stmt::CXXBoolLiteralExprClass:
  case Stmt::TypeTraitExprClass:
  case Stmt::OffsetOfExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::SizeOfPackExprClass:
  case Stmt::RequiresExprClass:
  case Stmt::ArrayTypeTraitExprClass:
    return {true, false};
  case Stmt::UnaryExprOrTypeTraitExprClass:
    return {true, cast<UnaryExprOrTypeTraitExpr>(E)->getKind() == UETT_SizeOf};
  case Stmt::DeclRefExprClass:
    return {isa<EnumConstantDecl>(cast<DeclRefExpr>(E)->getDecl()), false};
  case Stmt::MemberExprClass:
    return {isa<EnumConstantDecl>(cast<MemberExpr>(E)->getMemberDecl()), false};
  default:
    break;
  }
  if (auto It = Known.find(E); It != Known.end())
    return It->second;
  const Makeup Result = makeupOfParts(E);
  Known[E] = Result;
  return Result;
}

/// A builtin that a compiler computes; `__builtin_constant_p` does not even look at what its
/// argument does.
static bool isFoldableBuiltin(const CallExpr *Call, const ASTContext &Context) {
  const unsigned Id = Call->getBuiltinCallee();
  return Id && (Context.BuiltinInfo.isConstantEvaluated(Id) || Context.BuiltinInfo.isConst(Id));
}

ConstantFolder::Makeup ConstantFolder::makeupOfParts(const Expr *E) {
  auto Join = [&](std::initializer_list<const Expr *> Parts) {
    Makeup Whole{true, false};
    for (const Expr *Part : Parts) {
      const Makeup M = makeupOf(Part);
      if (!M.Constant)
        return Makeup();
      Whole.HasSizeOf |= M.HasSizeOf;
    }
    return Whole;
  };
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    const bool Folds =
        !Binary->isAssignmentOp() && !Binary->isPtrMemOp() && Binary->getOpcode() != BO_Comma;
    return Folds ? Join({Binary->getRHS(), Binary->getLHS()}) : Makeup();
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    const bool Folds = Unary->isArithmeticOp() || Unary->getOpcode() == UO_Extension;
    return Folds ? Join({Unary->getSubExpr()}) : Makeup();
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    const CastKind Kind = Cast->getCastKind();
    return Kind == CK_LValueToRValue || Kind == CK_ToVoid ? Makeup() : Join({Cast->getSubExpr()});
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return Join({Choice->getCond(), Choice->getTrueExpr(), Choice->getFalseExpr()});
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Join({Full->getSubExpr()});
  if (const auto *Argument = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Join({Argument->getReplacement()});
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && isFoldableBuiltin(Call, Unit.Context)) {
    Makeup Whole{true, false};
    for (const Expr *Arg : Call->arguments())
      Whole.Constant &=
          Call->getBuiltinCallee() == Builtin::BI__builtin_constant_p || makeupOf(Arg).Constant;
    return Whole;
  }
  return {};
}

std::optional<APSInt> ConstantFolder::integer(const Expr *E) {
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType() ||
      !makeupOf(E).Constant)
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Unit.Context, Expr::SE_NoSideEffects))
    return std::nullopt;
  return Result.Val.getInt();
}

std::optional<Operand> ConstantFolder::fold(const Expr *E) {
  if (E->isValueDependent() || E->containsErrors())
    return std::nullopt;
  const QualType Type = E->getType();
  if (Type->isNullPtrType() && isa<CXXNullPtrLiteralExpr>(E))
    return null(E->getSourceRange());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    if (Cast->getCastKind() == CK_NullToPointer || Cast->getCastKind() == CK_NullToMemberPointer)
      return null(E->getSourceRange());
  if (!Type->isIntegralOrEnumerationType() && !Type->isRealFloatingType())
    return std::nullopt;
  const Makeup Made = makeupOf(E);
  Expr::EvalResult Result;
  if (!Made.Constant || !E->EvaluateAsRValue(Result, Unit.Context) || Result.HasSideEffects)
    return std::nullopt;
  if (Result.Val.isInt())
    return integerRow(E, Result.Val.getInt(), Made.HasSizeOf);
  if (Result.Val.isFloat())
    return floatRow(E, Result.Val.getFloat());
  return std::nullopt;
}

Constant ConstantFolder::row(ConstantKind Kind, SourceRange Where) {
  const LocTable::Origin Origin = Unit.Locs.origin(Where);
  return Constant(0, 0, 0, Origin.InnerMacro, Origin.Where, 0, Kind, 0);
}

/// Through conversions that keep what was written recognisable.
static const Expr *asWritten(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Argument = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
      E = Argument->getReplacement();
    else
      return E;
  }
}

static const EnumConstantDecl *enumeratorOf(const Expr *E) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return dyn_cast<EnumConstantDecl>(Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return dyn_cast<EnumConstantDecl>(Member->getMemberDecl());
  return nullptr;
}

/// The text of a constant that several tokens make; of one token the value says it all.
uint32_t ConstantFolder::textOf(const Expr *E) {
  constexpr size_t Longest = 120;
  if (!isa<BinaryOperator, ConditionalOperator>(E))
    return 0;
  const SourceManager &Sources = Unit.Context.getSourceManager();
  const CharSourceRange Range = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(E->getSourceRange()), Sources, Unit.Context.getLangOpts());
  if (Range.isInvalid())
    return 0;
  const StringRef Text = Lexer::getSourceText(Range, Sources, Unit.Context.getLangOpts());
  return Text.size() > Longest || Text.contains('\n') ? 0 : Unit.Strings.intern(Text);
}

Operand ConstantFolder::integerRow(const Expr *E, const APSInt &Value, bool HasSizeOf) {
  const Expr *Written = asWritten(E);
  Constant C = row(ConstantKind::Int, Written->getSourceRange());
  C.mutate_value(asInt64(Value));
  C.mutate_width(static_cast<uint8_t>(std::min(Value.getBitWidth(), 255u)));
  if (const EnumConstantDecl *Enumerator = enumeratorOf(Written))
    C.mutate_entity(Unit.Entities.indexOf(Enumerator) + 1);
  else
    C.mutate_text(textOf(Written));
  C.mutate_flags(
      flagIf(ConstantFlag::Unsigned, Value.isUnsigned()) |
      flagIf(ConstantFlag::Truncated, Value.getSignificantBits() > 64u + Value.isUnsigned()) |
      flagIf(ConstantFlag::Bool, E->getType()->isBooleanType()) |
      flagIf(ConstantFlag::Char,
             isa<CharacterLiteral>(Written) || E->getType()->isAnyCharacterType()) |
      flagIf(ConstantFlag::SizeOf, HasSizeOf));
  return Out.constant(C);
}

Operand ConstantFolder::floatRow(const Expr *E, const llvm::APFloat &Value) {
  llvm::SmallString<32> Text;
  Value.toString(Text);
  Constant C = row(ConstantKind::Float, E->getSourceRange());
  C.mutate_text(Unit.Strings.intern(Text));
  C.mutate_width(static_cast<uint8_t>(llvm::APFloat::semanticsSizeInBits(Value.getSemantics())));
  return Out.constant(C);
}

Operand ConstantFolder::integer(int64_t Value, QualType Type, SourceLocation Where) {
  Constant C = row(ConstantKind::Int, Where);
  C.mutate_value(Value);
  C.mutate_width(static_cast<uint8_t>(std::min<uint64_t>(Unit.Context.getTypeSize(Type), 255)));
  C.mutate_flags(flagIf(ConstantFlag::Unsigned, Type->isUnsignedIntegerOrEnumerationType()));
  return Out.constant(C);
}

Operand ConstantFolder::sizeOf(QualType Type, SourceLocation Where) {
  Constant C = row(ConstantKind::Int, Where);
  C.mutate_value(Unit.Context.getTypeSizeInChars(Type).getQuantity());
  C.mutate_width(static_cast<uint8_t>(Unit.Context.getTypeSize(Unit.Context.getSizeType())));
  C.mutate_flags(flagIf(ConstantFlag::Unsigned, true) | flagIf(ConstantFlag::SizeOf, true));
  return Out.constant(C);
}

Operand ConstantFolder::null(SourceRange Where) {
  return Out.constant(row(ConstantKind::Null, Where));
}

Operand ConstantFolder::zero(SourceRange Where) {
  return Out.constant(row(ConstantKind::Zero, Where));
}

Operand ConstantFolder::uninitialised(SourceLocation Where) {
  return Out.constant(row(ConstantKind::Uninitialised, Where));
}

static std::string contentsOf(const clang::StringLiteral *Literal) {
  if (Literal->getCharByteWidth() == 1)
    return Literal->getBytes().str();
  std::string Text;
  for (unsigned I = 0; I != Literal->getLength(); ++I) {
    char Buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT], *End = Buffer;
    if (llvm::ConvertCodePointToUTF8(Literal->getCodeUnit(I), End))
      Text.append(Buffer, End);
  }
  return Text;
}

Operand ConstantFolder::string(const clang::StringLiteral *Literal) {
  std::string Text = contentsOf(Literal);
  Constant C = row(ConstantKind::String, Literal->getSourceRange());
  C.mutate_value(Literal->getLength());
  C.mutate_width(static_cast<uint8_t>(Literal->getCharByteWidth() * 8));
  C.mutate_flags(flagIf(ConstantFlag::Truncated, Text.size() > MaxContents));
  C.mutate_text(Unit.Strings.intern(StringRef(Text).take_front(MaxContents)));
  return Out.constant(C);
}

Operand ConstantFolder::bytes(StringRef Contents, uint64_t Count, unsigned Bits,
                              SourceRange Where) {
  Constant C = row(ConstantKind::Bytes, Where);
  C.mutate_value(static_cast<int64_t>(Count));
  C.mutate_width(static_cast<uint8_t>(Bits));
  C.mutate_flags(flagIf(ConstantFlag::Truncated, Contents.size() < Count * (Bits / 8)));
  C.mutate_text(Unit.Strings.intern(Contents));
  return Out.constant(C);
}
