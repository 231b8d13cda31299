/// Arithmetic, comparisons, assignments, casts.
#include "analysis/extract/BodyTranslator.h"

#include "clang/AST/ASTContext.h"

using namespace assay;
using namespace clang;

static std::optional<Predicate> predicateOf(BinaryOperatorKind Opcode) {
  switch (Opcode) {
  case BO_EQ:
    return Predicate::EQ;
  case BO_NE:
    return Predicate::NE;
  case BO_LT:
    return Predicate::LT;
  case BO_LE:
    return Predicate::LE;
  case BO_GT:
    return Predicate::GT;
  case BO_GE:
    return Predicate::GE;
  default:
    return std::nullopt;
  }
}

static DeriveOp deriveOf(BinaryOperatorKind Opcode) {
  switch (Opcode) {
  case BO_Add:
    return DeriveOp::Add;
  case BO_Sub:
    return DeriveOp::Sub;
  case BO_Mul:
    return DeriveOp::Mul;
  case BO_Div:
    return DeriveOp::Div;
  case BO_Rem:
    return DeriveOp::Rem;
  case BO_And:
    return DeriveOp::And;
  case BO_Or:
    return DeriveOp::Or;
  case BO_Xor:
    return DeriveOp::Xor;
  case BO_Shl:
    return DeriveOp::Shl;
  case BO_Shr:
    return DeriveOp::Shr;
  case BO_LAnd:
    return DeriveOp::LogicalAnd;
  case BO_LOr:
    return DeriveOp::LogicalOr;
  default:
    return DeriveOp::Other;
  }
}

Operand BodyTranslator::unary(const UnaryOperator *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getOpcode()) {
  case UO_AddrOf: {
    const Expr *Of = core(Sub);
    return Of->getType()->isFunctionType() || !Of->isGLValue() ? value(Of)
                                                               : Out.addressOf(place(Of));
  }
  case UO_Plus:
    return value(Sub);
  case UO_Minus:
  case UO_Not:
  case UO_LNot: {
    const DeriveOp Op = E->getOpcode() == UO_Minus ? DeriveOp::Negate
                        : E->getOpcode() == UO_Not ? DeriveOp::Complement
                                                   : DeriveOp::Not;
    return Out.derive(Op, value(Sub), Operand(), bitsOf(E->getType()), typeOf(E->getType()), at(E));
  }
  case UO_Deref: // of a function pointer
    return value(Sub);
  case UO_Real:
  case UO_Imag:
    effects(Sub);
    return opaque(E, OpaqueReason::Unsupported);
  case UO_Coawait:
    effects(Sub);
    return opaque(E, OpaqueReason::Coroutine);
  default:
    return step(E);
  }
}

Operand BodyTranslator::step(const UnaryOperator *E, PlacePath *Where) {
  const PlacePath Target = place(E->getSubExpr());
  const QualType Type = E->getSubExpr()->getType();
  const Operand Old = loadFrom(Target, Type, at(E));
  const bool IsPointer = Type->isAnyPointerType();
  const Operand One = Constants.integer(IsPointer && E->isDecrementOp() ? -1 : 1,
                                        Unit.Context.IntTy, E->getOperatorLoc());
  const DeriveOp Op = IsPointer            ? DeriveOp::PointerAdd
                      : E->isIncrementOp() ? DeriveOp::Add
                                           : DeriveOp::Sub;
  const Operand New = Out.derive(Op, Old, One, bitsOf(Type), typeOf(Type), at(E));
  storeTo(Target, New, Type, at(E));
  if (Where)
    *Where = Target;
  return E->isPostfix() ? Old : New;
}

Operand BodyTranslator::binary(const BinaryOperator *E) {
  if (E->isLogicalOp())
    return logical(E);
  if (E->isAssignmentOp())
    return assign(E);
  if (E->getOpcode() == BO_Comma) {
    effects(E->getLHS());
    return E->getType()->isVoidType() ? (effects(E->getRHS()), Operand()) : value(E->getRHS());
  }
  if (E->isPtrMemOp())
    return loadFrom(place(E), E->getType(), at(E));
  const Operand A = value(E->getLHS()), B = value(E->getRHS());
  if (auto P = predicateOf(E->getOpcode()))
    return Out.compare(*P, A, B, typeOf(E->getType()), at(E));
  return arithmetic(E->getOpcode(), A, B, E->getLHS()->getType(), E->getType(), at(E));
}

/// Meets here as a value; its operands are elements of earlier blocks. An operand that is never
/// reached is no value.
Operand BodyTranslator::logical(const BinaryOperator *E) {
  const Expr *Left = core(E->getLHS()), *Right = core(E->getRHS());
  const Operand A = value(Left);
  if (Unreachable.contains(Right))
    return A;
  return Out.derive(deriveOf(E->getOpcode()), A, value(Right), bitsOf(E->getType()),
                    typeOf(E->getType()), at(E));
}

Operand BodyTranslator::arithmetic(BinaryOperatorKind Opcode, Operand A, Operand B, QualType Left,
                                   QualType Result, Loc At) {
  DeriveOp Op = deriveOf(Opcode);
  if (Result->isAnyPointerType() && (Opcode == BO_Add || Opcode == BO_Sub)) {
    if (!Left->isAnyPointerType())
      std::swap(A, B);
    if (Opcode == BO_Sub)
      B = Out.derive(DeriveOp::Negate, B, Operand(), 64, 0, At);
    Op = DeriveOp::PointerAdd;
  } else if (Left->isAnyPointerType() && Opcode == BO_Sub) {
    Op = DeriveOp::PointerSub;
  }
  return Out.derive(Op, A, B, bitsOf(Result), typeOf(Result), At);
}

/// The right side is evaluated first, as C++17 has it; C leaves it open.
Operand BodyTranslator::assign(const BinaryOperator *E, PlacePath *Where) {
  const QualType Type = E->getLHS()->getType();
  PlacePath Target;
  Operand New;
  if (const auto *Compound = dyn_cast<CompoundAssignOperator>(E)) {
    const Operand Right = value(E->getRHS());
    Target = place(E->getLHS());
    const QualType Inner = Compound->getComputationLHSType(),
                   Outcome = Compound->getComputationResultType();
    Operand Old = loadFrom(Target, Type, at(E));
    // With an operand that has errors nobody said in which type it is computed.
    if (Inner.isNull() || Outcome.isNull()) {
      New = opaque(E, OpaqueReason::Recovery);
    } else {
      New = arithmetic(BinaryOperator::getOpForCompoundAssignment(E->getOpcode()),
                       convert(Old, Type, Inner, at(E)), Right, Inner, Outcome, at(E));
      New = convert(New, Outcome, Type, at(E));
    }
  } else {
    New = value(E->getRHS());
    Target = place(E->getLHS());
  }
  if (const FieldDecl *Field = E->getLHS()->getSourceBitField()) {
    const BinaryOperatorKind Code = E->getOpcode();
    const bool Fits = Code == BO_Assign || Code == BO_AndAssign || Code == BO_OrAssign;
    New = cutToField(New, Fits ? E->getRHS() : E, Field, at(E));
  }
  storeTo(Target, New, Type, at(E));
  if (Where)
    *Where = Target;
  return New;
}

/// What a bit-field keeps of a value: the conversion has no node of its own.
Operand BodyTranslator::cutToField(Operand Value, const Expr *Written, const FieldDecl *Field,
                                   Loc At) {
  const QualType Type = Field->getType();
  const unsigned Bits = Field->getBitWidthValue(Unit.Context);
  const bool IsTruth = Written->isKnownToHaveBooleanValue() &&
                       Bits > (Type->isUnsignedIntegerOrEnumerationType() ? 0 : 1);
  if (IsTruth || Value.isNone() || Value.is(OperandKind::Const) || Type->isBooleanType())
    return Value;
  return Out.copy(Value, CastOp::Integral, Bits, numberTypeOf(Type), At);
}

/// An integer conversion is named by the number that it makes: an enumeration by what it is kept
/// in, a plain char by its sign on this target.
uint32_t BodyTranslator::numberTypeOf(QualType Type) {
  if (!Type->isIntegralOrEnumerationType() || Type->isBooleanType())
    return typeOf(Type);
  if (Type->isUnsignedIntegerOrEnumerationType())
    return typeOf(Unit.Context.getCorrespondingUnsignedType(Type));
  const auto *Enum = Type->getAs<EnumType>();
  const QualType Kept = Enum ? Enum->getDecl()->getIntegerType() : Type;
  return typeOf(Kept.isNull() ? Type : Kept);
}

static bool keepsIntegerValue(const ASTContext &Context, QualType From, QualType To) {
  const uint64_t Old = Context.getIntWidth(From), New = Context.getIntWidth(To);
  const bool OldUnsigned = From->isUnsignedIntegerOrEnumerationType(),
             NewUnsigned = To->isUnsignedIntegerOrEnumerationType();
  if (OldUnsigned == NewUnsigned)
    return New >= Old;
  return OldUnsigned && New > Old;
}

/// A conversion of arithmetic types, as compound assignments have them without a node of their own.
Operand BodyTranslator::convert(Operand Value, QualType From, QualType To, Loc At) {
  if (Unit.Context.hasSameUnqualifiedType(From, To) || Value.isNone())
    return Value;
  const bool Integers = From->isIntegralOrEnumerationType() && To->isIntegralOrEnumerationType();
  if (Integers && keepsIntegerValue(Unit.Context, From, To))
    return Value;
  return Out.copy(Value, Integers ? CastOp::Integral : CastOp::Float, bitsOf(To), numberTypeOf(To),
                  At);
}

static std::optional<CastOp> copyOf(CastKind Kind) {
  switch (Kind) {
  case CK_IntegralCast:
  case CK_BooleanToSignedIntegral:
    return CastOp::Integral;
  case CK_IntegralToBoolean:
  case CK_PointerToBoolean:
  case CK_FloatingToBoolean:
  case CK_MemberPointerToBoolean:
    return CastOp::Bool;
  case CK_IntegralToPointer:
    return CastOp::IntToPointer;
  case CK_PointerToIntegral:
    return CastOp::PointerToInt;
  case CK_IntegralToFloating:
  case CK_FloatingToIntegral:
  case CK_FloatingCast:
    return CastOp::Float;
  case CK_BitCast:
    return CastOp::Pointer;
  case CK_BaseToDerived:
  case CK_Dynamic:
    return CastOp::BaseToDerived;
  case CK_NoOp:
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_AtomicToNonAtomic:
  case CK_NonAtomicToAtomic:
  case CK_ConstructorConversion:
  case CK_UserDefinedConversion:
  case CK_AddressSpaceConversion:
  case CK_BuiltinFnToFnPtr:
  case CK_DerivedToBaseMemberPointer:
  case CK_BaseToDerivedMemberPointer:
  case CK_ReinterpretMemberPointer:
    return std::nullopt;
  default:
    return CastOp::Other;
  }
}

Operand BodyTranslator::castValue(const CastExpr *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getCastKind()) {
  case CK_LValueToRValue:
  case CK_LValueToRValueBitCast:
    return loadFrom(place(Sub), Sub->getType(), at(E));
  case CK_ArrayToPointerDecay:
    return Out.addressOf(place(Sub));
  case CK_FunctionToPointerDecay:
    return value(Sub);
  case CK_ToVoid: {
    if (!Sub->getType()->isVoidType() && isa<ExplicitCastExpr>(E))
      if (const Operand Discarded = valueOrAddress(Sub);
          Discarded.is(OperandKind::Temp) && Out.inst(Discarded.index()).op() == Op::Call) {
        Inst &Call = Out.inst(Discarded.index());
        Call.mutate_flags(Call.flags() | bit(CallFlag::ResultVoidCast));
        return Operand();
      }
    effects(Sub);
    return Operand();
  }
  case CK_Dependent:
    effects(Sub);
    return opaque(E, OpaqueReason::Recovery);
  default:
    break;
  }
  const Operand Value = valueOrAddress(Sub);
  const std::optional<CastOp> Copy = copyOf(E->getCastKind());
  const bool Vanishes =
      !Copy ||
      (Copy == CastOp::Integral && Sub->getType()->isIntegralOrEnumerationType() &&
       keepsIntegerValue(Unit.Context, Sub->getType(), E->getType())) ||
      (Copy == CastOp::Pointer &&
       (isa<ImplicitCastExpr>(E) || Value.is(OperandKind::AddressOf) ||
        Value.is(OperandKind::Function) || Value.is(OperandKind::Const)));
  if (Vanishes || Value.isNone())
    return Value;
  const QualType To = E->getType();
  return Out.copy(Value, *Copy, bitsOf(To),
                  Copy == CastOp::Integral ? numberTypeOf(To) : typeOf(To), at(E));
}
