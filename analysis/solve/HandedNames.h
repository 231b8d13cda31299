/// What the program itself says that a name means: the names by which it hands something to
/// functions of a role.
///
/// A private key may be called private_key, and so may the file that it lies in. A program that
/// opens files by that name means files.
#ifndef ASSAY_ANALYSIS_SOLVE_HANDEDNAMES_H
#define ASSAY_ANALYSIS_SOLVE_HANDEDNAMES_H

#include "analysis/solve/Judging.h"

namespace assay {

class HandedNames {
public:
  /// Of all roles that a source of the flow is not handed to.
  HandedNames(const FlowProperty &P, const Judging &J);

  bool have(const std::string &Name) const { return Callees.count(Name) != 0; }
  /// One of the functions that it is handed to.
  const std::string &callee(const std::string &Name) const { return Callees.at(Name); }

private:
  /// load(path) < load_key(file) < start(cfg->private_key)
  static constexpr unsigned MostCallers = 3;

  void addArgument(InstRef Call, unsigned Argument, const std::string &Callee, unsigned Callers);

  const Judging &J;
  std::map<std::string, std::string> Callees; ///< by name
};

} // namespace assay

#endif
