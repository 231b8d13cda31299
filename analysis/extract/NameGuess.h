/// What a name seems to be that nothing declares, since the header that does is not there: a type
/// or a value, and of which shape.
///
/// It goes by the words around each use in one file. What it says is a guess: good enough that the
/// statements around the name are translated instead of lost, never to be relied on by a verdict
/// that something is right.
#ifndef ASSAY_ANALYSIS_EXTRACT_NAMEGUESS_H
#define ASSAY_ANALYSIS_EXTRACT_NAMEGUESS_H

#include "analysis/extract/SourceWords.h"

namespace assay {

struct GuessedShape {
  enum class Form : uint8_t {
    Number,  ///< also of handles
    Char,    ///< an element of a text
    Text,    ///< a pointer to one
    Address, ///< of an object or a function
    Function,
    Record,
    Reference ///< a pointer to a record
  };
  struct Member;

  Form Is = Form::Number;
  bool IsWide = false;         ///< Char and Text: of wchar_t
  unsigned Bits = 32;          ///< Number
  bool IsSigned = true;        ///< Number
  uint64_t Elements = 0;       ///< a member that is an array: how many
  std::vector<Member> Members; ///< Record and Reference; without a name: by position
  bool IsKeyed = false;        ///< Record: of C++, looked into by a text: doc["password"]
};

struct GuessedShape::Member {
  llvm::StringRef Name;
  GuessedShape Shape;
};

class NameGuess {
public:
  enum class Scope : uint8_t { File, Parameters, Function };
  enum class Kind : uint8_t { Nothing, Type, Value, Label };

  NameGuess(const SourceWords &Words, bool IsCxx) : W(Words), IsCxx(IsCxx) {}

  /// `N` is the word of a use of the name. Label: a value that a `case` compares with.
  Kind kindAt(size_t N, Scope In) const;
  bool isCalledAt(size_t N) const { return W.is(N + 1, clang::tok::l_paren); }
  /// Of `struct NAME` at `N`: an object of it is declared or looked into, so somebody must have
  /// defined it.
  bool isUsedAsWhole(llvm::StringRef Tag) const;

  GuessedShape shapeOfType(llvm::StringRef Name) const;
  /// As its uses in this file show it, beside what `Shape` has from another.
  void addShapeOfValue(llvm::StringRef Name, GuessedShape &Shape) const;

private:
  using Form = GuessedShape::Form;
  struct Declared {
    size_t At; ///< the variable's name
    unsigned Stars;
  };

  bool isTypeAt(size_t N, Scope In) const;
  bool isCastAt(size_t N) const;
  bool isTypeSomewhere(llvm::StringRef Name) const;
  bool beginsStatement(size_t N) const;
  std::vector<Declared> declaredWith(llvm::StringRef Type) const;
  std::optional<Declared> declaratorAt(size_t N) const;
  bool isKeyAt(size_t Bracket) const;
  size_t endOfScope(size_t N) const;
  void addUses(size_t From, size_t To, llvm::StringRef Name, unsigned Stars, GuessedShape &Shape,
               unsigned Depth) const;
  void addMember(size_t Access, GuessedShape &Shape, unsigned Depth) const;
  void addInitialiser(size_t Open, GuessedShape &Shape, unsigned Depth) const;
  GuessedShape shapeOfInitialiser(size_t N, unsigned Depth) const;
  static GuessedShape &memberOf(GuessedShape &Shape, llvm::StringRef Name);

  const SourceWords &W;
  const bool IsCxx;
};

} // namespace assay

#endif
