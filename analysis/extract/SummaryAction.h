/// Clang's side of one parse: leaves out what no summary needs, and summarises the finished AST.
///
/// Left out are bodies in system headers, as far as nothing that the unit itself wrote depends on
/// them. What is a system header is Clang's word (-isystem and the compiler's own folders), but for
/// folders of the project that -idirafter names.
#ifndef ASSAY_ANALYSIS_EXTRACT_SUMMARYACTION_H
#define ASSAY_ANALYSIS_EXTRACT_SUMMARYACTION_H

#include "analysis/extract/Summarise.h"
#include "analysis/extract/UnitParser.h"
#include "analysis/extract/WatchedFiles.h"
#include "analysis/model/Toolchain.h"

#include "clang/Frontend/FrontendAction.h"

namespace assay {

class SummaryAction : public clang::ASTFrontendAction {
public:
  SummaryAction(const PathForms &Paths, const WatchedFiles &Files, ParseFacts &Facts,
                ParsedUnit &Result)
      : Paths(Paths), Files(Files), Facts(Facts), Result(Result) {}

  /// Clang lacks the target: it is parsed with the sizes of `Layout`.
  void standInFor(std::string Triple, const MachineLayout &Layout) {
    StandInTriple = std::move(Triple);
    StandInLayout = Layout;
  }

protected:
  bool BeginInvocation(clang::CompilerInstance &Compiler) override;
  bool BeginSourceFileAction(clang::CompilerInstance &Compiler) override;
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &Compiler,
                                                        llvm::StringRef) override;

private:
  const PathForms &Paths;
  const WatchedFiles &Files;
  ParseFacts &Facts;
  ParsedUnit &Result;
  std::string StandInTriple;
  std::optional<MachineLayout> StandInLayout;
};

} // namespace assay

#endif
