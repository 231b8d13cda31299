/// What all judges share, made once for a program and a policy.
#ifndef ASSAY_ANALYSIS_SOLVE_TOOLBOX_H
#define ASSAY_ANALYSIS_SOLVE_TOOLBOX_H

#include "analysis/solve/FlowTables.h"
#include "analysis/solve/Judging.h"

namespace assay {

struct Toolbox {
  Toolbox(const Program &Prog, const Policy &Rules, SiteScope Asked = {})
      : Prog(Prog), Rules(Rules), Roles(Prog, Rules), Values(Prog, Roles), Words(Prog),
        Reaches(Prog), Asked(std::move(Asked)), Lex(Rules.Secrets), Masks(Prog),
        Literals(Prog, Roles, this->Asked), Tests(Prog, Lex), Flows(Prog, Roles, this->Asked) {}

  /// For one page; refers to this, to the page and to `Out`.
  Judging judging(const CheckPage &Page, Level Lvl, Judged &Out) {
    return {Prog,  Rules,    Roles, Values, Words, Reaches, Asked, Lex,
            Masks, Literals, Tests, Flows,  Page,  Lvl,     Out};
  }

  const Program &Prog;
  const Policy &Rules;
  const RoleIndex Roles;
  Evaluator Values;
  const Describer Words;
  Reach Reaches;
  const SiteScope Asked;
  const Lexicon Lex;
  const Masker Masks;
  LiteralTable Literals;
  const TestCode Tests;
  FlowTables Flows;
};

} // namespace assay

#endif
