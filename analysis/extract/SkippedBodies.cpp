#include "analysis/extract/SkippedBodies.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

#include <algorithm>
#include <set>

using namespace assay;
using namespace clang;

namespace {

/// Offsets [first, second] in one file.
using Span = std::pair<unsigned, unsigned>;

bool isIn(const std::vector<Span> &Spans, unsigned Offset) {
  return llvm::any_of(Spans,
                      [&](const Span &S) { return S.first <= Offset && Offset <= S.second; });
}

/// Reads one file's tokens, and looks at each brace at file scope.
class FileScopeReader {
public:
  FileScopeReader(const ASTContext &Context, FileID File, std::vector<Span> Inactive)
      : Sources(Context.getSourceManager()), Inactive(std::move(Inactive)),
        Lex(File, Sources.getBufferOrFake(File), Sources, Context.getLangOpts()) {}

  struct Candidate {
    std::string Name;
    SourceLocation At;
    unsigned Brace; ///< offset
  };
  std::vector<Candidate> read();

private:
  void take(const Token &T);
  void open(const Token &Brace);
  bool opensScope() const;
  const Token *nameOf() const;
  void skipDirective();
  /// The spans are in order, and offsets only grow.
  bool isInactive(unsigned Offset) {
    while (Next != Inactive.size() && Inactive[Next].second < Offset)
      ++Next;
    return Next != Inactive.size() && Inactive[Next].first <= Offset;
  }
  unsigned offsetOf(const Token &T) const { return Sources.getFileOffset(T.getLocation()); }

  const SourceManager &Sources;
  const std::vector<Span> Inactive;
  size_t Next = 0;
  Lexer Lex;
  Token Current;
  std::vector<Token> Statement; ///< since the last boundary at file scope
  unsigned Parens = 0, Braces = 0;
  std::vector<Candidate> Found;
};

} // namespace

static bool isWord(const Token &T, StringRef Text) {
  return T.is(tok::raw_identifier) && T.getRawIdentifier() == Text;
}

static bool isWordOf(const Token &T, std::initializer_list<StringRef> Texts) {
  return llvm::any_of(Texts, [&](StringRef Text) { return isWord(T, Text); });
}

void FileScopeReader::skipDirective() {
  do
    Lex.LexFromRawLexer(Current);
  while (!Current.is(tok::eof) && !Current.isAtStartOfLine());
}

std::vector<FileScopeReader::Candidate> FileScopeReader::read() {
  Lex.LexFromRawLexer(Current);
  while (!Current.is(tok::eof)) {
    if (Current.is(tok::hash) && Current.isAtStartOfLine()) {
      skipDirective();
      continue;
    }
    if (!isInactive(offsetOf(Current)))
      take(Current);
    Lex.LexFromRawLexer(Current);
  }
  return std::move(Found);
}

void FileScopeReader::take(const Token &T) {
  if (Braces) {
    Braces += T.is(tok::l_brace);
    Braces -= T.is(tok::r_brace);
    if (!Braces)
      Statement.clear();
    return;
  }
  if (T.is(tok::l_brace))
    return open(T);
  if (T.isOneOf(tok::semi, tok::r_brace)) {
    // Parameters of an old-style definition are declared between the parentheses and the brace.
    if (Parens == 0)
      Statement.clear();
    return;
  }
  Parens += T.is(tok::l_paren);
  Parens -= T.is(tok::r_paren) && Parens;
  Statement.push_back(T);
}

/// `namespace n {` and `extern "C" {`: what is inside is at file scope, too.
bool FileScopeReader::opensScope() const {
  for (size_t I = 0; I != Statement.size(); ++I)
    if (isWord(Statement[I], "namespace") ||
        (isWord(Statement[I], "extern") && I + 1 == Statement.size() - 1 &&
         Statement[I + 1].is(tok::string_literal)))
      return true;
  return false;
}

void FileScopeReader::open(const Token &Brace) {
  if (opensScope()) {
    Statement.clear();
    return;
  }
  if (const Token *Name = Parens ? nullptr : nameOf())
    Found.push_back({Name->getRawIdentifier().str(), Name->getLocation(), offsetOf(Brace)});
  Parens = 0;
  Braces = 1;
}

/// The word before the first parentheses that may hold parameters; null when this is no function.
const Token *FileScopeReader::nameOf() const {
  const Token *Name = nullptr;
  bool IsType = false, WordAfter = false;
  unsigned Depth = 0;
  for (size_t I = 0; I != Statement.size(); ++I) {
    const Token &T = Statement[I];
    if (T.is(tok::l_paren) && Depth++ == 0 && I && !Name &&
        Statement[I - 1].is(tok::raw_identifier) &&
        !isWordOf(Statement[I - 1], {"__attribute__", "__attribute", "__declspec", "alignas",
                                     "_Alignas", "decltype", "noexcept"}))
      Name = &Statement[I - 1];
    if (T.is(tok::r_paren) && Depth)
      --Depth;
    if (Depth)
      continue;
    if (T.is(tok::equal))
      return nullptr; // an initialiser
    IsType |= isWordOf(T, {"struct", "union", "class", "enum"});
    WordAfter = T.is(tok::raw_identifier);
  }
  // `struct packed(1) header {` is a type, `struct header *make(void) {` is not.
  return IsType && WordAfter ? nullptr : Name;
}

static void addSpans(const DeclContext *Scope, const SourceManager &Sources, FileID File,
                     std::vector<Span> &Spans) {
  for (const Decl *D : Scope->decls()) {
    if (isa<NamespaceDecl, LinkageSpecDecl>(D)) {
      addSpans(cast<DeclContext>(D), Sources, File, Spans);
      continue;
    }
    const SourceLocation Begin = Sources.getFileLoc(D->getBeginLoc()),
                         End = Sources.getFileLoc(D->getEndLoc());
    if (Begin.isValid() && End.isValid() && Sources.getFileID(End) == File)
      Spans.push_back({Sources.getFileID(Begin) == File ? Sources.getFileOffset(Begin) : 0,
                       Sources.getFileOffset(End)});
  }
}

static std::vector<Span> spansIn(FileID File, llvm::ArrayRef<SourceRange> Ranges,
                                 const SourceManager &Sources) {
  std::vector<Span> Spans;
  for (const SourceRange &R : Ranges)
    if (Sources.getFileID(R.getBegin()) == File)
      Spans.push_back({Sources.getFileOffset(R.getBegin()), Sources.getFileOffset(R.getEnd())});
  return Spans;
}

std::vector<SkippedBody> assay::findSkippedBodies(const ASTContext &Context,
                                                  llvm::ArrayRef<SourceLocation> Errors,
                                                  llvm::ArrayRef<SourceRange> Inactive) {
  if (Errors.empty())
    return {};
  const SourceManager &Sources = Context.getSourceManager();
  std::set<FileID> Files = {Sources.getMainFileID()};
  for (SourceLocation Error : Errors)
    if (Error.isValid() && !Sources.isInSystemHeader(Error) &&
        Sources.getFileEntryForID(Sources.getFileID(Sources.getFileLoc(Error))))
      Files.insert(Sources.getFileID(Sources.getFileLoc(Error)));
  std::vector<SkippedBody> Out;
  for (FileID File : Files) {
    std::vector<Span> Known;
    addSpans(Context.getTranslationUnitDecl(), Sources, File, Known);
    FileScopeReader Reader(Context, File, spansIn(File, Inactive, Sources));
    for (FileScopeReader::Candidate &C : Reader.read())
      if (!isIn(Known, C.Brace))
        Out.push_back({std::move(C.Name), C.At});
  }
  return Out;
}
