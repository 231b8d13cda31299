#include "analysis/extract/MainTokens.h"

#include "clang/Lex/Lexer.h"

using namespace assay;
using namespace clang;

static constexpr uint32_t MostColumns = 65535; // see Loc

MainTokens assay::mainTokens(const SourceManager &Sources, const LangOptions &Lang) {
  const FileID Main = Sources.getMainFileID();
  const auto Buffer = Sources.getBufferOrFake(Main);
  const StringRef Text = Buffer.getBuffer();
  MainTokens Out;
  Out.Words.reserve(Text.size());
  uint32_t Line = 1, LineStart = 0, Seen = 0;
  Lexer Lex(Main, Buffer, Sources, Lang);
  for (Token Next; Lex.LexFromRawLexer(Next), Next.isNot(tok::eof);) {
    const uint32_t At = Sources.getFileOffset(Next.getLocation()), Size = Next.getLength();
    for (; Seen != At; ++Seen)
      if (Text[Seen] == '\n') {
        ++Line;
        LineStart = Seen + 1;
      }
    Out.Places.emplace_back(Line, std::min(At - LineStart + 1, MostColumns));
    Out.Words.append(reinterpret_cast<const char *>(&Size), sizeof(Size));
    Out.Words += static_cast<char>(Next.getFlags() & (Token::StartOfLine | Token::LeadingSpace));
    Out.Words += Text.substr(At, Size);
  }
  return Out;
}
