#include "analysis/extract/SourceWords.h"

#include "clang/Lex/Lexer.h"

using namespace assay;
using namespace clang;

SourceWords::SourceWords(FileID File, const SourceManager &Sources, const LangOptions &Lang) {
  const llvm::MemoryBufferRef Buffer = Sources.getBufferOrFake(File);
  Lexer Lex(File, Buffer, Sources, Lang);
  const StringRef Text = Buffer.getBuffer();
  Token Now;
  const auto Advance = [&] { return Lex.LexFromRawLexer(Now), !Now.is(tok::eof); };
  for (bool Any = Advance(); Any;) {
    const unsigned Offset = Sources.getFileOffset(Now.getLocation());
    if (Now.is(tok::hash) && Now.isAtStartOfLine()) {
      const bool Includes = (Any = Advance()) && Now.is(tok::raw_identifier) &&
                            Now.getRawIdentifier().starts_with("include");
      if (Includes)
        LastInclude = Offset;
      const bool Defines = Any && Now.is(tok::raw_identifier) && Now.getRawIdentifier() == "define";
      StringRef Before;
      for (unsigned Count = 0; Any && !Now.isAtStartOfLine(); Any = Advance(), ++Count) {
        const bool IsName = Now.is(tok::raw_identifier);
        const StringRef Name = IsName ? Now.getRawIdentifier() : StringRef();
        if (IsName)
          InDirectives[Name].push_back(Defines && Count > 2 ? Before : StringRef());
        Before = Name;
      }
      continue;
    }
    Words.push_back({Now.getKind(), Text.substr(Offset, Now.getLength()), Offset});
    if (Now.is(tok::raw_identifier))
      ByName[Words.back().Text].push_back(Words.size() - 1);
    Any = Advance();
  }
}

std::optional<size_t> SourceWords::at(unsigned Offset) const {
  const auto It =
      llvm::lower_bound(Words, Offset, [](const Word &W, unsigned O) { return W.Offset < O; });
  if (It == Words.end() || It->Offset != Offset)
    return std::nullopt;
  return It - Words.begin();
}

llvm::ArrayRef<uint32_t> SourceWords::uses(StringRef Name) const {
  const auto It = ByName.find(Name);
  return It == ByName.end() ? llvm::ArrayRef<uint32_t>() : llvm::ArrayRef<uint32_t>(It->second);
}

size_t SourceWords::closing(size_t Open) const {
  int Depth = 0;
  for (size_t N = Open; N < Words.size(); ++N)
    switch (Words[N].Kind) {
    case tok::l_paren:
    case tok::l_brace:
    case tok::l_square:
      ++Depth;
      break;
    case tok::r_paren:
    case tok::r_brace:
    case tok::r_square:
      if (--Depth <= 0)
        return N;
      break;
    default:
      break;
    }
  return Words.size();
}
