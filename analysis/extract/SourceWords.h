/// The tokens of a file as they are written, and what they say of a name that nothing declares: how
/// its uses look.
///
/// It knows no declaration and expands no macro. Of directives it keeps only which names stand
/// there.
#ifndef ASSAY_ANALYSIS_EXTRACT_SOURCEWORDS_H
#define ASSAY_ANALYSIS_EXTRACT_SOURCEWORDS_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TokenKinds.h"
#include "llvm/ADT/StringMap.h"

#include <optional>
#include <vector>

namespace assay {

class SourceWords {
public:
  SourceWords(clang::FileID File, const clang::SourceManager &Sources,
              const clang::LangOptions &Lang);

  struct Word {
    clang::tok::TokenKind Kind; ///< keywords are raw identifiers, too
    llvm::StringRef Text;
    unsigned Offset;
  };

  size_t size() const { return Words.size(); }
  /// Beyond either end: a semicolon.
  const Word &operator[](size_t N) const { return N < Words.size() ? Words[N] : End; }
  /// The number of the word at this offset.
  std::optional<size_t> at(unsigned Offset) const;
  /// Where a name stands, in order.
  llvm::ArrayRef<uint32_t> uses(llvm::StringRef Name) const;
  /// For each time that a directive names it: the name right before it in what a macro stands for
  /// (#define OTHER int NAME: int), else empty (#ifdef NAME, #define NAME, #define OTHER NAME).
  llvm::ArrayRef<llvm::StringRef> inDirectives(llvm::StringRef Name) const {
    const auto It = InDirectives.find(Name);
    return It == InDirectives.end() ? llvm::ArrayRef<llvm::StringRef>()
                                    : llvm::ArrayRef<llvm::StringRef>(It->second);
  }
  /// Behind the last directive that includes.
  bool isBehindIncludes(unsigned Offset) const { return Offset > LastInclude; }

  bool isName(size_t N) const {
    return N < Words.size() && Words[N].Kind == clang::tok::raw_identifier;
  }
  bool is(size_t N, clang::tok::TokenKind Kind) const { return (*this)[N].Kind == Kind; }
  bool isAccess(size_t N) const { return is(N, clang::tok::period) || is(N, clang::tok::arrow); }
  /// The bracket that closes the one at `Open`; size() where none does.
  size_t closing(size_t Open) const;

private:
  std::vector<Word> Words;
  llvm::StringMap<std::vector<uint32_t>> ByName;
  llvm::StringMap<std::vector<llvm::StringRef>> InDirectives;
  unsigned LastInclude = 0;
  const Word End = {clang::tok::semi, ";", 0};
};

} // namespace assay

#endif
