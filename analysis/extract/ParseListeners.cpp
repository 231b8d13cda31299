#include "analysis/extract/ParseListeners.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/LexDiagnostic.h"

using namespace assay;
using namespace clang;

void DiagnosticKeeper::HandleDiagnostic(DiagnosticsEngine::Level Level,
                                        const clang::Diagnostic &Info) {
  constexpr size_t MaxDiagnostics = 50;
  if (Level < DiagnosticsEngine::Warning)
    return;
  const bool IsError = Level >= DiagnosticsEngine::Error;
  ++(IsError ? Facts.Errors : Facts.Warnings);
  if (Info.getID() == diag::err_pp_file_not_found && Info.getNumArgs())
    Facts.MissingHeaders.push_back(Info.getArgStdStr(0));
  if (IsError && Info.getLocation().isValid())
    Facts.ErrorPlaces.push_back(Info.getLocation());
  if (Facts.Diagnostics.size() == MaxDiagnostics)
    return;
  llvm::SmallString<128> Text;
  Info.FormatDiagnostic(Text);
  const DiagnosticLevel Kept = Level == DiagnosticsEngine::Fatal ? DiagnosticLevel::Fatal
                               : IsError                         ? DiagnosticLevel::Error
                                                                 : DiagnosticLevel::Warning;
  Facts.Diagnostics.push_back({Kept, std::string(Text), Info.getLocation()});
}

std::string assay::languageOf(const LangOptions &Lang) {
  const std::string Name = Lang.CPlusPlus ? "c++" : "c";
  return Lang.ObjC ? "objective-" + Name : Name;
}
