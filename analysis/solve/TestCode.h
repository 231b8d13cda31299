/// Which files are tests of the program and no part of what it does, by the names of their folders
/// and their own (classes `test-folder` and `test-file` of the vocabulary; `test-program`, where
/// the file has a main()), and which functions test an algorithm (`test-function`).
///
/// No file is in a program most of whose units have such names: that is one that lies in such a
/// folder.
#ifndef ASSAY_ANALYSIS_SOLVE_TESTCODE_H
#define ASSAY_ANALYSIS_SOLVE_TESTCODE_H

#include "analysis/model/Program.h"
#include "analysis/solve/Lexicon.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace assay {

class TestCode {
public:
  TestCode(const Program &Prog, const Lexicon &Lex);
  /// `File`: as reports name it.
  bool holds(llvm::StringRef File) const { return IsAsked && isNamed(File); }
  /// `Function`: qualified.
  bool isSelfTest(llvm::StringRef Function) const;

private:
  bool isNamed(llvm::StringRef File) const;

  const Lexicon &Lex;
  llvm::StringSet<> Mains; ///< files of units with a main()
  bool IsAsked = false;
  mutable llvm::StringMap<bool> Known;
};

} // namespace assay

#endif
