/// Declares names that nothing declares, once the parser has missed a header: without, Clang drops
/// each statement around them, and what is written there is lost to every check.
///
/// What they are is guessed (NameGuess.h). Each place of such a name counts as an error, so that
/// the functions around it are "analysed in part" and nothing in them passes on a guess. A unit
/// that found its headers is parsed as ever.
#ifndef ASSAY_ANALYSIS_EXTRACT_GUESSEDDECLARATIONS_H
#define ASSAY_ANALYSIS_EXTRACT_GUESSEDDECLARATIONS_H

#include "analysis/extract/NameGuess.h"
#include "analysis/extract/Summarise.h"

#include "clang/Sema/ExternalSemaSource.h"
#include "clang/Sema/TypoCorrection.h"

#include <map>

namespace assay {

class GuessedDeclarations : public clang::ExternalSemaSource {
public:
  explicit GuessedDeclarations(ParseFacts &Facts) : Facts(Facts) {}

  void InitializeSema(clang::Sema &S) override { Semantics = &S; }
  void ForgetSema() override { Semantics = nullptr; }

  /// Names whose look-up failed.
  bool LookupUnqualified(clang::LookupResult &R, clang::Scope *S) override;
  /// Functions of C++ that were not found by their arguments either.
  clang::TypoCorrection CorrectTypo(const clang::DeclarationNameInfo &Typo, int LookupKind,
                                    clang::Scope *S, clang::CXXScopeSpec *SS,
                                    clang::CorrectionCandidateCallback &Candidates,
                                    clang::DeclContext *MemberContext, bool EnteringContext,
                                    const clang::ObjCObjectPointerType *OPT) override;

private:
  struct Use {
    const SourceWords &Words;
    size_t At;
    bool InMain;
  };

  bool isAsked() const { return Semantics && !Facts.MissingHeaders.empty() && !IsBusy; }
  std::optional<Use> useAt(clang::SourceLocation Where);
  const SourceWords &wordsOf(clang::FileID File);
  clang::NamedDecl *guess(const Use &U, clang::IdentifierInfo *Name, clang::SourceLocation At,
                          clang::Scope *S);
  clang::NamedDecl *guessTag(const Use &U, clang::IdentifierInfo *Name, clang::SourceLocation At);
  clang::TypedefDecl *typeNamed(clang::IdentifierInfo *Name, clang::QualType Type,
                                clang::SourceLocation At);
  /// A record that it needs is called `Name`, in `Outer` (none: at file scope).
  clang::QualType typeOf(const GuessedShape &Shape, clang::IdentifierInfo *Name,
                         clang::SourceLocation At, clang::RecordDecl *Outer = nullptr);
  clang::QualType elementOf(const GuessedShape &Shape, clang::IdentifierInfo *Name,
                            clang::SourceLocation At, clang::RecordDecl *Outer);
  clang::RecordDecl *recordOf(const GuessedShape &Shape, clang::IdentifierInfo *Name,
                              clang::SourceLocation At, clang::RecordDecl *Outer = nullptr);
  void addMembers(clang::RecordDecl *Record, const GuessedShape &Shape);
  void addClass(clang::CXXRecordDecl *Record);
  void addKeyed(clang::CXXRecordDecl *Record);
  void addOperator(clang::CXXRecordDecl *Record, clang::OverloadedOperatorKind Kind,
                   clang::QualType Given, clang::QualType Result);
  clang::CXXMethodDecl *method(clang::CXXRecordDecl *Record, clang::DeclarationName Name,
                               clang::QualType Type);
  clang::FunctionDecl *functionNamed(clang::IdentifierInfo *Name, clang::SourceLocation At);
  clang::QualType variadic(clang::QualType Result) const;
  clang::IdentifierInfo *identifier(llvm::StringRef Name) const;
  void mark(llvm::StringRef Name, clang::FileID File);
  /// It stands for nothing that the source itself declares.
  clang::NamedDecl *declare(clang::NamedDecl *D, clang::SourceLocation At);

  ParseFacts &Facts;
  clang::Sema *Semantics = nullptr;
  std::map<clang::FileID, SourceWords> Files;
  bool IsBusy = false; ///< what is looked up for the guess itself is none
};

} // namespace assay

#endif
