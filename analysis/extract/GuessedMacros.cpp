#include "analysis/extract/GuessedMacros.h"

#include "analysis/extract/SourceWords.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace assay;
using namespace clang;

/// A type that needs no further name.
static bool isTypeWord(StringRef Word) {
  static const llvm::StringSet<> Words = {"void",   "char",   "short", "int",   "long",     "float",
                                          "double", "signed", "bool",  "_Bool", "unsigned", "auto"};
  return Words.contains(Word) || Word == "size_t" || (Word.contains("int") && Word.ends_with("_t"));
}

/// What stands in front of a type, or names one by the word behind it.
static bool isPrefixWord(StringRef Word) {
  static const llvm::StringSet<> Words = {"const",  "volatile", "static",   "extern",
                                          "inline", "register", "constexpr"};
  return Words.contains(Word);
}

static bool isKeyword(StringRef Word) {
  static const llvm::StringSet<> Words = {
      "struct",   "union",    "enum",      "class",   "typedef", "return",  "else",
      "case",     "goto",     "new",       "delete",  "throw",   "using",   "typename",
      "operator", "sizeof",   "do",        "friend",  "public",  "private", "protected",
      "virtual",  "explicit", "namespace", "template"};
  return Words.contains(Word) || isPrefixWord(Word);
}

/// PROGMEM, IRAM_ATTR.
static bool isMacroName(StringRef Name) {
  constexpr size_t Shortest = 4;
  return Name.size() >= Shortest && llvm::isUpper(Name.front()) && llvm::all_of(Name, [](char C) {
           return llvm::isUpper(C) || llvm::isDigit(C) || C == '_';
         });
}

/// `PROGMEM const char *x`, `static FLASH int f(void)`
static bool isBeforeType(const SourceWords &W, size_t N) {
  const bool Begins = W.is(N - 1, tok::semi) || W.is(N - 1, tok::l_brace) ||
                      W.is(N - 1, tok::r_brace) || (W.isName(N - 1) && isPrefixWord(W[N - 1].Text));
  size_t Type = N + 1;
  while (W.isName(Type) && isPrefixWord(W[Type].Text))
    ++Type;
  return Begins && W.isName(Type) && (isTypeWord(W[Type].Text) || W[Type].Text == "struct");
}

/// `void IRAM_ATTR f(`, `const char *FLASH x =`, `string_t FLASH f(`
static bool isBeforeName(const SourceWords &W, size_t N) {
  const bool IsType = W.is(N - 1, tok::star) || (W.isName(N - 1) && !isKeyword(W[N - 1].Text));
  const bool IsNamed = W.isName(N + 1) && !isKeyword(W[N + 1].Text) && !isTypeWord(W[N + 1].Text);
  return IsType && IsNamed &&
         (W.is(N + 2, tok::l_paren) || W.is(N + 2, tok::l_square) || W.is(N + 2, tok::equal) ||
          W.is(N + 2, tok::semi));
}

/// `const char page[] FLASH = ...`, `void f(void) FLASH {`
static bool isBehindDeclarator(const SourceWords &W, size_t N) {
  return (W.is(N - 1, tok::r_square) && (W.is(N + 1, tok::equal) || W.is(N + 1, tok::semi))) ||
         (W.is(N - 1, tok::r_paren) && W.is(N + 1, tok::l_brace));
}

static bool isAttributeAt(const SourceWords &W, size_t N) {
  return isBeforeType(W, N) || isBeforeName(W, N) || isBehindDeclarator(W, N);
}

/// A directive asks for it, defines it, or it may be part of a number: `#ifdef FLASH`, `#define
/// BITS (FLASH + 1)`. Behind a type it is none: `#define COMMAND int ICACHE_FLASH_ATTR`.
static bool isAskedByDirective(const SourceWords &W, StringRef Name) {
  return !llvm::all_of(W.inDirectives(Name), [](StringRef Before) {
    return !Before.empty() && Before != "defined" && (isPrefixWord(Before) || !isKeyword(Before));
  });
}

bool GuessedMacros::FileNotFound(StringRef) {
  IsAsked = true;
  if (const PreprocessorLexer *Now = PP.getCurrentFileLexer())
    guessIn(Now->getFileID());
  return false;
}

void GuessedMacros::FileChanged(SourceLocation Where, FileChangeReason,
                                SrcMgr::CharacteristicKind Kind, FileID) {
  dropGuesses();
  if (IsAsked && !SrcMgr::isSystem(Kind))
    guessIn(PP.getSourceManager().getFileID(Where));
}

void GuessedMacros::MacroExpands(const Token &Name, const MacroDefinition &, SourceRange,
                                 const MacroArgs *) {
  const IdentifierInfo *Macro = Name.getIdentifierInfo();
  if (!Macro || !Holding.count(PP.getMacroInfo(Macro)))
    return;
  const auto It = Behind.find(Name.getLocation());
  Facts.ErrorPlaces.push_back(It == Behind.end() ? Name.getLocation() : It->second);
}

std::vector<GuessedMacros::Guess> GuessedMacros::find(FileID File) {
  const SourceManager &Sources = PP.getSourceManager();
  const SourceWords Words(File, Sources, PP.getLangOpts());
  const auto At = [&, Start = Sources.getLocForStartOfFile(File)](size_t N) {
    return Start.getLocWithOffset(Words[N].Offset);
  };
  std::vector<Guess> Found;
  for (size_t N = 0; N != Words.size(); ++N) {
    const StringRef Name = Words[N].Text;
    if (!Words.isName(N) || !isMacroName(Name) || Words.uses(Name).front() != N ||
        isAskedByDirective(Words, Name))
      continue;
    if (!llvm::all_of(Words.uses(Name), [&](uint32_t Use) { return isAttributeAt(Words, Use); }))
      continue;
    MacroInfo *Empty = PP.AllocateMacroInfo(At(N));
    Empty->setDefinitionEndLoc(At(N));
    Found.push_back({PP.getIdentifierInfo(Name), Empty});
    // In front of a declaration the use itself lies outside of it.
    for (const uint32_t Use : Words.uses(Name))
      Behind[At(Use)] = At(Use + 1);
  }
  return Found;
}

void GuessedMacros::guessIn(FileID File) {
  if (!PP.getSourceManager().getFileEntryForID(File))
    return;
  const auto [It, IsNew] = Made.try_emplace(File);
  if (IsNew)
    It->second = find(File);
  for (const Guess &G : It->second)
    if (!G.Name->hasMacroDefinition()) {
      PP.appendDefMacroDirective(G.Name, G.Empty, G.Empty->getDefinitionLoc());
      Holding[G.Empty] = G.Name;
    }
}

void GuessedMacros::dropGuesses() {
  for (const auto &[Empty, Name] : Holding)
    if (PP.getMacroInfo(Name) == Empty)
      PP.appendMacroDirective(Name, new (PP.getPreprocessorAllocator())
                                        UndefMacroDirective(Empty->getDefinitionLoc()));
  Holding.clear();
}
