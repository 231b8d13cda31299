/// What a constant is that something is compared with: a secret, on which the program decides whom
/// it lets in, or a keyword, a name, a placeholder.
///
/// It goes by names, by the text itself and by what the decision leads to; which values meet is
/// asked before (Comparison.cpp).
#ifndef ASSAY_ANALYSIS_SOLVE_COMPAREDSECRET_H
#define ASSAY_ANALYSIS_SOLVE_COMPAREDSECRET_H

#include "analysis/solve/KeywordCount.h"
#include "analysis/solve/WorthAsking.h"

namespace assay {

/// One comparison, where it can be mended: the call of the library, or the call that supplies the
/// constant to a function that compares.
struct Compared {
  InstRef At, Site;
  std::string Callee, Role;
  std::vector<std::string> Names;    ///< of what is compared
  std::vector<std::string> Literals; ///< of the constant
  const Value *Constant = nullptr;   ///< null: nothing of it is written in the source
  const Value *Made = nullptr;       ///< what the program computed that is compared; null: nothing
  bool IsConstantTime = false;       ///< nobody compares a keyword so
  bool IsOfMany = false;             ///< the constant is one of three or more that may stand there
  Operand Other;                     ///< what is compared, at the site; None: an element
};

class ComparedSecret {
public:
  ComparedSecret(const ComparisonProperty &P, const Judging &J, WorthAsking &Worth,
                 const OperandNames &Called)
      : P(P), J(J), Worth(Worth), Keywords(P, J, Called) {}

  /// Null: it decides on a secret; else what it is.
  const char *whyNot(const Compared &C);
  /// Is an entry looked up by an identifier, whatever that is made of? Each side is called one, by
  /// its names, and none a secret; and it is a search that the entry ends. Who tries keys to verify
  /// a message does as much, but holds no identifiers against each other.
  bool isLookup(InstRef Compare, llvm::ArrayRef<std::string> Left,
                llvm::ArrayRef<std::string> Right) const;
  /// expected_mac of six bytes: as many as the address of a network card has, and too few for a
  /// code.
  bool isNetworkAddress(const RoleSite &S) const;
  /// Its letters; of a number, its digits.
  std::string textOf(const Value &V) const;

private:
  const char *whatItIs(const Compared &C, llvm::StringRef Text) const;
  bool isHandedOnOnly(const Compared &C) const;
  bool asksForDefault(const Compared &C);
  bool isDispatch(const Compared &C);
  bool isNamed(llvm::ArrayRef<std::string> Names, llvm::ArrayRef<std::string> Classes) const {
    return Worth.isNamed(Names, Classes);
  }
  /// The classes whose names leave no doubt.
  llvm::ArrayRef<std::string> strict() const { return llvm::ArrayRef(P.Named).take_front(); }

  const ComparisonProperty &P;
  const Judging &J;
  WorthAsking &Worth;
  KeywordCount Keywords;
};

} // namespace assay

#endif
