#include "driver/session/CoverageOf.h"

#include "analysis/model/Toolchain.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <map>

using namespace assay;

UnitCoverage assay::coverageOf(const Unit &U, bool FromStore) {
  const TUSummary &S = *U.Summary;
  UnitCoverage C;
  C.File = S.files()->Get(0)->path()->str();
  C.FromStore = FromStore;
  forEachBody(U, [&](const UnitBody &B) { C.Functions += B.Data->kind() == BodyKind::Function; });
  C.LostFunctions = S.lost() ? S.lost()->size() : 0;
  C.Errors = S.errors();
  C.Outcome = C.Errors ? UnitCoverage::State::WithErrors : UnitCoverage::State::Whole;
  if (!S.diagnostics())
    return C;
  for (const Diagnostic *D : *S.diagnostics()) {
    if (D->level() == DiagnosticLevel::Warning)
      continue;
    C.Detail = D->text()->str();
    if (const Loc *L = D->loc(); L && L->line() && L->file() < S.files()->size())
      C.DetailAt = {S.files()->Get(L->file())->path()->str(), L->line(), L->column(), ""};
    break;
  }
  return C;
}

Coverage assay::coverageOf(const Program &Prog, std::vector<UnitCoverage> Units) {
  Coverage C;
  C.Units = std::move(Units);
  for (const UnitCoverage &U : C.Units)
    C.LostFunctions += U.LostFunctions;
  for (BodyId B = 0; B != Prog.bodyCount(); ++B) {
    const Body &Data = *Prog.body(B).Data;
    if (Data.kind() != BodyKind::Function)
      continue;
    ++C.Functions;
    C.RecoveredFunctions += Data.state() == BodyState::Recovered;
    C.CutFunctions += Data.state() == BodyState::Cut;
  }
  const LinkFigures &F = Prog.figures();
  C.DirectCalls = F.DirectCalls;
  C.ResolvedIndirectCalls = F.ResolvedIndirectCalls;
  C.OutsideIndirectCalls = F.OutsideIndirectCalls;
  C.UnresolvedIndirectCalls = F.UnresolvedIndirectCalls;
  C.Collisions = F.Collisions;
  return C;
}

namespace {
size_t missingUnits(const Coverage &C) {
  return C.Units.size() - C.count(UnitCoverage::State::Whole) -
         C.count(UnitCoverage::State::WithErrors);
}
} // namespace

std::string assay::unseenPart(const Coverage &C) {
  if (C.Units.empty())
    return "no unit was analysed";
  if (size_t N = missingUnits(C))
    return llvm::formatv("{0} of {1} units could not be analysed", N, C.Units.size()).str();
  if (C.LostFunctions)
    return llvm::formatv("{0} functions were lost to errors", C.LostFunctions).str();
  if (C.RecoveredFunctions + C.CutFunctions)
    return llvm::formatv("{0} functions were analysed in part",
                         C.RecoveredFunctions + C.CutFunctions)
        .str();
  return "";
}

double assay::coveredPercent(const Coverage &C) {
  if (C.Units.empty())
    return 0;
  size_t Missing = missingUnits(C);
  double Known = static_cast<double>(C.Functions + C.LostFunctions);
  double Whole = Known == 0 ? 1 : static_cast<double>(C.Functions - C.CutFunctions) / Known;
  return 100.0 * Whole * static_cast<double>(C.Units.size() - Missing) /
         static_cast<double>(C.Units.size());
}

std::vector<Artifact> assay::artifactsOf(llvm::ArrayRef<Unit> Units) {
  std::map<std::string, Artifact> ByFile;
  for (const Unit &U : Units)
    for (const FileRead *F : *U.Summary->files()) {
      if (F->system() || F->path()->string_view().starts_with(ToolchainRoot))
        continue;
      Artifact &A = ByFile[F->path()->str()];
      A.File = F->path()->str();
      A.Size = F->size();
      if (F->digest())
        A.Blake3Hex = llvm::toHex(llvm::ArrayRef(F->digest()->data(), F->digest()->size()),
                                  /*LowerCase=*/true);
    }
  std::vector<Artifact> Out;
  for (auto &Entry : ByFile)
    Out.push_back(std::move(Entry.second));
  return Out;
}
