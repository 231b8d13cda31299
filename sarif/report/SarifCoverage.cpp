#include "sarif/report/SarifCoverage.h"

namespace assay {

using State = UnitCoverage::State;

static Json unitCounts(const Coverage &C) {
  return {{"total", C.Units.size()},
          {"whole", C.count(State::Whole)},
          {"withErrors", C.count(State::WithErrors)},
          {"failed", C.count(State::Failed)},
          {"timedOut", C.count(State::TimedOut)},
          {"outOfMemory", C.count(State::OutOfMemory)},
          {"crashed", C.count(State::Crashed)}};
}

static Json unitRow(const UnitCoverage &U) {
  Json Out = {{"file", U.File}, {"state", wordFor(U.Outcome)}, {"functions", U.Functions}};
  if (U.LostFunctions)
    Out["lostFunctions"] = U.LostFunctions;
  if (U.Errors)
    Out["errors"] = U.Errors;
  return Out;
}

static Json remedyRow(const Remedy &R) {
  return {
      {"headers", R.Headers}, {"advice", R.Advice}, {"functions", R.Functions}, {"units", R.Units}};
}

Json coverageOf(const Coverage &C, bool EachUnit) {
  Json Out = {{"units", unitCounts(C)},
              {"functions", C.Functions},
              {"lostFunctions", C.LostFunctions},
              {"recoveredFunctions", C.RecoveredFunctions},
              {"cutFunctions", C.CutFunctions},
              {"directCalls", C.DirectCalls},
              {"resolvedIndirectCalls", C.ResolvedIndirectCalls},
              {"outsideIndirectCalls", C.OutsideIndirectCalls},
              {"unresolvedIndirectCalls", C.UnresolvedIndirectCalls},
              {"unmodelledExternalFunctions", C.UnmodelledExternalFunctions},
              {"collisions", C.Collisions.size()}};
  if (!C.Remedies.empty())
    Out["remedies"] = Json::array();
  for (const Remedy &R : C.Remedies)
    Out["remedies"].push_back(remedyRow(R));
  if (EachUnit) {
    Out["eachUnit"] = Json::array();
    for (const UnitCoverage &U : C.Units)
      Out["eachUnit"].push_back(unitRow(U));
  }
  return Out;
}

Json entryPointsOf(const Report &R, bool EachOne) {
  Json Out = {{"reasons", Json::object()}};
  for (const EntryRow &E : R.Entries) {
    Json &N = Out["reasons"][E.Kind];
    N = N.is_null() ? 1 : N.get<unsigned>() + 1;
  }
  if (!EachOne)
    return Out;
  Out["each"] = Json::array();
  for (const EntryRow &E : R.Entries) {
    Json Row = {{"function", E.Function},
                {"kind", E.Kind},
                {"reason", E.Reason},
                {"file", E.At.File},
                {"line", E.At.Line}};
    if (!E.Where.File.empty())
      Row["registeredAt"] = {{"file", E.Where.File}, {"line", E.Where.Line}};
    Out["each"].push_back(std::move(Row));
  }
  return Out;
}

Json verdictsOf(const Report &R) {
  Json Out = Json::array();
  for (const CheckVerdict &V : R.Verdicts) {
    Json Row = {{"check", V.Check},       {"verdict", wordFor(V.Outcome)},
                {"passed", V.Passed},     {"failed", V.Failed},
                {"unproven", V.Unproven}, {"notApplicable", V.NotApplicable}};
    if (!V.Reason.empty())
      Row["reason"] = V.Reason;
    Out.push_back(std::move(Row));
  }
  return Out;
}

static const char *wordFor(Gate::Outcome G) {
  switch (G) {
  case Gate::Outcome::Holds:
    return "holds";
  case Gate::Outcome::FindingsFail:
    return "findings-fail";
  case Gate::Outcome::CoverageFails:
    return "coverage-fails";
  }
  return "coverage-fails";
}

Json gateOf(const Gate &G) {
  Json Out = {{"outcome", wordFor(G.Result)}};
  if (!G.Reason.empty())
    Out["reason"] = G.Reason;
  return Out;
}

} // namespace assay
