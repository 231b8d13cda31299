/// Tells which expressions are constants, and writes their rows.
///
/// An expression is folded as a whole when everything in it is written as a constant: literals,
/// enumerators, sizeof and operators on those. The value of a variable is not folded, not even of a
/// constexpr one: a reader of the summary wants to see where it came from. Nothing is emitted here
/// but constants.
#ifndef ASSAY_ANALYSIS_EXTRACT_CONSTANTFOLDER_H
#define ASSAY_ANALYSIS_EXTRACT_CONSTANTFOLDER_H

#include "analysis/extract/BodyWriter.h"
#include "analysis/extract/UnitContext.h"

#include "clang/AST/Expr.h"

#include <optional>

namespace assay {

/// As a summary keeps numbers: extended or cut to 64 bits by its own signedness.
int64_t asInt64(const llvm::APSInt &Value);

class ConstantFolder {
public:
  ConstantFolder(UnitContext &Unit, BodyWriter &Out) : Unit(Unit), Out(Out) {}

  /// The constant that `E` is, if it is one: integers, floating-point numbers, null pointers.
  std::optional<Operand> fold(const clang::Expr *E);

  /// The integer alone, without a row.
  std::optional<llvm::APSInt> integer(const clang::Expr *E);

  Operand integer(int64_t Value, clang::QualType Type, clang::SourceLocation Where);
  Operand sizeOf(clang::QualType Type, clang::SourceLocation Where);
  Operand null(clang::SourceRange Where);
  Operand zero(clang::SourceRange Where);
  Operand uninitialised(clang::SourceLocation Where);
  Operand string(const clang::StringLiteral *Literal);
  /// `Contents` little endian, `Count` elements of `Bits` bits, perhaps more than there are in
  /// `Contents`.
  Operand bytes(llvm::StringRef Contents, uint64_t Count, unsigned Bits, clang::SourceRange Where);

  static constexpr size_t MaxContents = 64 * 1024;

private:
  /// What an expression is made of, as far as folding cares.
  struct Makeup {
    bool Constant = false;
    bool HasSizeOf = false;
  };
  Makeup makeupOf(const clang::Expr *E);
  Makeup makeupOfParts(const clang::Expr *E);
  Operand integerRow(const clang::Expr *E, const llvm::APSInt &Value, bool HasSizeOf);
  Operand floatRow(const clang::Expr *E, const llvm::APFloat &Value);
  uint32_t textOf(const clang::Expr *E);
  Constant row(ConstantKind Kind, clang::SourceRange Where);

  UnitContext &Unit;
  BodyWriter &Out;
  /// Operators only: leaves are cheap to look at again, long chains of operators are not.
  llvm::DenseMap<const clang::Expr *, Makeup> Known;
};

} // namespace assay

#endif
