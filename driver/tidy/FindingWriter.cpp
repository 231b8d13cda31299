#include "driver/tidy/FindingWriter.h"

#include "analysis/model/FindingText.h"
#include "analysis/model/Fixes.h"
#include "driver/tidy/CheckNames.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using namespace clang;

/// As the terminal's report.
static constexpr size_t MostSteps = 16, MostRelated = 5;

FindingWriter::FindingWriter(tidy::ClangTidyContext &Tidy, ASTContext &Context,
                             const PathForms &Paths)
    : Tidy(Tidy), Sources(Context.getSourceManager()), Lang(Context.getLangOpts()), Paths(Paths) {}

/// A file that the unit does not read is opened for its steps. Clang knows a file again by its
/// inode, whatever name the source gave it.
FileID FindingWriter::fileOf(const std::string &Stored) {
  auto [Known, New] = Files.try_emplace(Stored);
  if (New)
    if (auto File = Sources.getFileManager().getOptionalFileRef(Paths.toDisk(Stored))) {
      Known->second = Sources.translateFile(*File);
      if (Known->second.isInvalid())
        Known->second = Sources.getOrCreateFileID(*File, SrcMgr::C_User);
    }
  return Known->second;
}

SourceLocation FindingWriter::placeOf(const Location &At) {
  if (At.File.empty())
    return {};
  const FileID File = fileOf(At.File);
  if (File.isInvalid())
    return {};
  return Sources.translateLineCol(File, std::max(At.Line, 1u), std::max(At.Column, 1u));
}

void FindingWriter::say(const std::string &Check, SourceLocation At, StringRef Text,
                        DiagnosticIDs::Level Level) {
  Tidy.diag(Check, At, "%0", Level) << Text;
}

/// A fix belongs to the warning itself: clang-tidy then applies it without being told to.
void FindingWriter::warn(const std::string &Check, SourceLocation At, const Finding &F) {
  const std::vector<FixItHint> Hints = hintsOf(F);
  auto Said = Tidy.diag(Check, At, "%0", DiagnosticIDs::Warning);
  Said << messageOf(F) + " (assay explain " + F.Check + ")";
  for (const FixItHint &Hint : Hints)
    Said << Hint;
}

/// All or none; only in the file that is open.
std::vector<FixItHint> FindingWriter::hintsOf(const Finding &F) {
  std::vector<FixItHint> Hints;
  for (const Fix &Each : F.Fixes) {
    const SourceLocation At = placeOf(Each.At);
    if (At.isInvalid() || !Sources.isWrittenInMainFile(At))
      return {};
    const unsigned Length = Lexer::MeasureTokenLength(At, Sources, Lang);
    const std::optional<std::string> New =
        textOf(Each, StringRef(Sources.getCharacterData(At), Length));
    if (!New)
      return {};
    Hints.push_back(FixItHint::CreateReplacement(
        CharSourceRange::getCharRange(At, At.getLocWithOffset(static_cast<int>(Length))), *New));
  }
  return Hints;
}

void FindingWriter::step(const std::string &Check, const PathStep &Step, StringRef Text,
                         SourceLocation Else) {
  const SourceLocation At = placeOf(Step.At);
  std::string Whole = Text.str();
  if (!Step.At.Macro.empty() && !StringRef(Step.Text).contains(Step.At.Macro))
    Whole += " (macro " + Step.At.Macro + ")";
  if (At.isInvalid() && !Step.At.File.empty())
    Whole += llvm::formatv(" ({0}:{1})", Step.At.File, Step.At.Line).str();
  say(Check, At.isValid() ? At : Else, Whole, DiagnosticIDs::Note);
}

void FindingWriter::write(const Finding &F, const std::string &Page) {
  const std::string Check = checkNameOf(F.Check);
  const SourceLocation At = placeOf(F.At);
  if (At.isInvalid() || !Tidy.isCheckEnabled(Check))
    return;
  warn(Check, At, F);
  const bool Repeats = F.Path.size() == 1 && F.Path[0].At == F.At;
  const size_t Cut = F.Path.size() > MostSteps ? F.Path.size() - MostSteps : 0;
  for (size_t I = 0; I != F.Path.size() && !Repeats; ++I) {
    if (Cut && I == MostSteps / 2) {
      say(Check, At, llvm::formatv("({0}-{1}) left out here", I + 1, I + Cut).str(),
          DiagnosticIDs::Note);
      I += Cut;
    }
    step(Check, F.Path[I], llvm::formatv("({0}) {1}", I + 1, F.Path[I].Text).str(), At);
  }
  for (const PathStep &Other : llvm::ArrayRef(F.Related).take_front(MostRelated))
    step(Check, Other, Other.Text, At);
  if (!Page.empty())
    say(Check, At, "what it asks and why: " + Page, DiagnosticIDs::Note);
}

void FindingWriter::trouble(StringRef What, llvm::ArrayRef<std::string> Rest) {
  const SourceLocation At = Sources.getLocForStartOfFile(Sources.getMainFileID());
  say("assay-setup", At, What, DiagnosticIDs::Error);
  for (const std::string &Text : Rest)
    say("assay-setup", At, Text, DiagnosticIDs::Note);
}

void FindingWriter::remark(StringRef Text) {
  Tidy.configurationDiag("%0", DiagnosticIDs::Remark) << Text;
}
