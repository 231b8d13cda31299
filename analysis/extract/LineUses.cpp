#include "analysis/extract/LineUses.h"

#include "llvm/ADT/StringExtras.h"

using namespace assay;
using namespace clang;

/// A macro's body goes on behind a backslash.
static constexpr StringRef Blanks = " \t\r\n\\";

/// It stands alone between commas or parentheses, where it is written.
static bool isWholeArgument(SourceLocation Spelled, const SourceManager &Sources) {
  const auto [File, Offset] = Sources.getDecomposedLoc(Spelled);
  const StringRef Text = Sources.getBufferData(File);
  const StringRef Before = Text.take_front(Offset).rtrim(Blanks),
                  After = Text.drop_front(Offset + StringRef("__LINE__").size()).ltrim(Blanks);
  return (Before.ends_with(",") || Before.ends_with("(")) &&
         (After.starts_with(",") || After.starts_with(")"));
}

void LineUses::note(SourceLocation At, const Preprocessor &PP) {
  const SourceManager &Sources = PP.getSourceManager();
  Matters |=
      PP.isParsingIfOrElifDirective() || !isWholeArgument(Sources.getSpellingLoc(At), Sources);
  Numbers.insert(llvm::utostr(Sources.getPresumedLoc(At).getLine()));
}

/// More than a number, and a number that the line gave is in it, alone or beside other digits.
bool LineUses::isPasted(StringRef Token) const {
  if (Numbers.contains(Token))
    return false;
  for (size_t From = Token.find_first_of("0123456789"); From < Token.size(); ++From)
    for (size_t Size = 1; Size <= Token.size() - From && llvm::isDigit(Token[From + Size - 1]);
         ++Size)
      if (Numbers.contains(Token.substr(From, Size)))
        return true;
  return false;
}

/// What the preprocessor makes of pasted and quoted tokens it writes into buffers of that name,
/// each token on a line of its own.
bool LineUses::matter(const SourceManager &Sources) const {
  if (Matters || Numbers.empty())
    return Matters;
  for (unsigned I = 0; I != Sources.local_sloc_entry_size(); ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile())
      continue;
    const auto Buffer = Entry.getFile().getContentCache().getBufferIfLoaded();
    if (!Buffer || Buffer->getBufferIdentifier() != "<scratch space>")
      continue;
    for (StringRef Rest = Buffer->getBuffer(), Token; !Rest.empty();) {
      std::tie(Token, Rest) = Rest.split('\n');
      if (isPasted(Token.take_until([](char C) { return C == '\0'; })))
        return true;
    }
  }
  return false;
}
