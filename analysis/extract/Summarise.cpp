#include "analysis/extract/Summarise.h"

#include "analysis/extract/BodyTranslator.h"
#include "analysis/extract/SkippedBodies.h"
#include "analysis/extract/UnitWalker.h"

#include "llvm/Support/Path.h"

#include <algorithm>
#include <map>

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

  /// Those that no declaration tells of.
  void loseSkipped(llvm::ArrayRef<SourceRange> Inactive) {
    for (const SkippedBody &B : findSkippedBodies(Unit.Context, ErrorPlaces, Inactive)) {
      const Loc At = Unit.Locs.at(B.At);
      const bool Known = llvm::any_of(Rows.Lost, [&](const LostRow &Row) {
        return Row.At.line() == At.line() && Row.At.file() == At.file();
      });
      if (!Known)
        Rows.Lost.push_back(
            {Unit.Strings.intern(B.Name), At,
             Unit.Strings.intern("the parser passed over it after an error at file scope")});
    }
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

/// In the order of the folders' stored paths, whatever this checkout is called.
static std::vector<AbsentRow> absentRows(const ParseFacts &Facts, const PathForms &Paths,
                                         StringTable &Strings) {
  std::map<std::string, std::vector<StringRef>> Folders;
  llvm::StringMap<std::string> StoredForms; // to find one asks the disk
  for (StringRef Path : Facts.Missed) {
    auto [Stored, New] = StoredForms.try_emplace(llvm::sys::path::parent_path(Path));
    if (New)
      Stored->second = Paths.toStored(Stored->first());
    Folders[Stored->second].push_back(llvm::sys::path::filename(Path));
  }
  std::vector<AbsentRow> Rows;
  for (auto &[Folder, Names] : Folders) {
    llvm::sort(Names);
    Names.erase(llvm::unique(Names), Names.end());
    AbsentRow &Row = Rows.emplace_back();
    Row.Folder = Strings.intern(Folder);
    for (StringRef Name : Names)
      Row.Names.push_back(Strings.intern(Name));
  }
  return Rows;
}

static std::vector<uint32_t> headerRows(std::vector<std::string> Names, StringTable &Strings) {
  llvm::sort(Names);
  Names.erase(llvm::unique(Names), Names.end());
  std::vector<uint32_t> Rows;
  for (StringRef Name : Names)
    Rows.push_back(Strings.intern(Name));
  return Rows;
}

WrittenUnit assay::summarise(ASTContext &Context, const PathForms &Paths, ParseFacts Facts,
                             SummaryFigures *Figures) {
  const FileTable Files(Context.getSourceManager(), Paths, Facts.Directory, Facts.Opened,
                        Facts.Originals, !Facts.ForNow);
  UnitContext Unit(Context, Files);
  UnitRows Rows;
  Rows.Command = std::move(Facts.Command);
  Rows.Diagnostics = std::move(Facts.Diagnostics);
  Rows.Errors = Facts.Errors;
  Rows.Warnings = Facts.Warnings;
  UnitTranslator Translator(Unit, Rows, std::move(Facts.ErrorPlaces));
  Translator.run();
  if (Facts.Inactive)
    Translator.loseSkipped(*Facts.Inactive);
  Rows.Absent = absentRows(Facts, Paths, Unit.Strings);
  Rows.MissingHeaders = headerRows(std::move(Facts.MissingHeaders), Unit.Strings);
  if (Figures)
    *Figures = {Translator.functions(), static_cast<unsigned>(Rows.Lost.size())};
  return writeSummary(Unit, std::move(Rows));
}
