#include "analysis/extract/Summarise.h"

#include "analysis/extract/BodyTranslator.h"
#include "analysis/extract/UnitWalker.h"

#include <algorithm>

using namespace assay;
using namespace clang;

namespace {
/// Translates bodies until none is wanted any more: bodies lead to further ones.
class UnitTranslator {
public:
  UnitTranslator(UnitContext &Unit, UnitRows &Rows, std::vector<SourceLocation> Errors)
      : Unit(Unit), Rows(Rows), Walker(Unit, !Errors.empty()), ErrorPlaces(std::move(Errors)) {
    const SourceManager &Sources = Unit.Context.getSourceManager();
    std::sort(ErrorPlaces.begin(), ErrorPlaces.end(), [&](SourceLocation A, SourceLocation B) {
      return Sources.isBeforeInTranslationUnit(A, B);
    });
  }

  void run() {
    Walker.walkUnit();
    size_t NextFunction = 0, NextVariable = 0;
    while (NextFunction < Unit.Functions.size() || NextVariable < Unit.Variables.size()) {
      if (NextFunction < Unit.Functions.size())
        translate(Unit.Functions[NextFunction++]);
      else
        translate(Unit.Variables[NextVariable++]);
    }
    for (const FunctionDecl *F : Walker.lost())
      lose(F, "its body has errors that nothing could be recovered from");
  }

  unsigned functions() const { return Functions; }

private:
  void translate(const FunctionDecl *F) {
    Walker.walkLocals(F);
    if (!F->getBody())
      return;
    BodyTranslator Translator(Unit);
    ++Functions;
    Translator.noteErrors(hasErrorInside(F));
    if (!Translator.translateFunction(F))
      return lose(F, "its control flow could not be built");
    Rows.Bodies.push_back(Translator.take());
  }

  void translate(const VarDecl *V) {
    if (V->isStaticLocal() && Unit.initialisesWhenReached(V))
      return;
    BodyTranslator Translator(Unit);
    Translator.translateVariable(V);
    Rows.Bodies.push_back(Translator.take());
  }

  /// A statement that could not be parsed is not in the AST at all; only the error's place tells of
  /// it.
  bool hasErrorInside(const FunctionDecl *F) const {
    if (ErrorPlaces.empty())
      return false;
    const SourceManager &Sources = Unit.Context.getSourceManager();
    auto IsBefore = [&](SourceLocation A, SourceLocation B) {
      return Sources.isBeforeInTranslationUnit(A, B);
    };
    const auto First =
        std::lower_bound(ErrorPlaces.begin(), ErrorPlaces.end(), F->getBeginLoc(), IsBefore);
    return First != ErrorPlaces.end() && !IsBefore(F->getEndLoc(), *First);
  }

  void lose(const FunctionDecl *F, StringRef Reason) {
    Rows.Lost.push_back({Unit.Strings.intern(Unit.Entities.qualifiedNameOf(F)),
                         Unit.Locs.at(F->getLocation()), Unit.Strings.intern(Reason)});
  }

  UnitContext &Unit;
  UnitRows &Rows;
  UnitWalker Walker;
  std::vector<SourceLocation> ErrorPlaces;
  unsigned Functions = 0;
};
} // namespace

std::vector<uint8_t> assay::summarise(ASTContext &Context, const PathForms &Paths, ParseFacts Facts,
                                      SummaryFigures *Figures) {
  const FileTable Files(Context.getSourceManager(), Paths, Facts.Directory);
  UnitContext Unit(Context, Files);
  UnitRows Rows;
  Rows.Command = std::move(Facts.Command);
  Rows.Diagnostics = std::move(Facts.Diagnostics);
  Rows.Errors = Facts.Errors;
  Rows.Warnings = Facts.Warnings;
  UnitTranslator Translator(Unit, Rows, std::move(Facts.ErrorPlaces));
  Translator.run();
  if (Figures)
    *Figures = {Translator.functions(), static_cast<unsigned>(Rows.Lost.size())};
  return writeSummary(Unit, std::move(Rows));
}
