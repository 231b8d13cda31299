/// Program places and values in a reader's words. It chooses no verdict; a secret's bytes never
/// pass through it.
#ifndef ASSAY_ANALYSIS_SOLVE_DESCRIBE_H
#define ASSAY_ANALYSIS_SOLVE_DESCRIBE_H

#include "analysis/model/Result.h"
#include "analysis/solve/Values.h"

namespace assay {

class Describer {
public:
  explicit Describer(const Program &Prog) : Prog(Prog) {}

  Location at(BodyId Body, const Loc &L) const;
  Location at(InstRef R) const;
  /// Qualified name of the function; of the variable for an initialiser.
  std::string function(BodyId Body) const;
  std::string name(EntityId Id) const { return Prog.entity(Id).Qualified.str(); }

  /// The value as a noun: "EVP_des_ecb()", "1024 (KEY_BITS)", "a constant of 16 bytes".
  std::string value(const Value &V) const;
  /// Why an Unknown is one: "a parameter of a function that nobody in the program calls:
  /// handle_request()".
  std::string reason(const Value &V) const;
  /// A place as the source would write it: "ctx->key[2]".
  std::string place(BodyId Body, const Place &P) const;
  /// The last name of a place: the variable or field, without the way to it; empty if it has none.
  std::string lastName(BodyId Body, const Place &P) const;
  std::string callee(InstRef Call) const;
  /// Of the first function that is called; empty: it has none.
  llvm::StringRef parameterName(InstRef Call, uint32_t Index) const;
  /// Steps from the value's origin up to (not including) the site.
  std::vector<PathStep> way(const Value &V) const;
  /// The names that the source gives to a constant: enumerator, innermost and outermost macro.
  llvm::SmallVector<llvm::StringRef, 3> namesOf(const Value &V) const;

private:
  PathStep origin(const Value &V) const;
  PathStep step(const Trace &T) const;
  std::string parameter(InstRef Call, uint32_t Index) const;
  std::string base(BodyId Body, const Place &P) const;

  const Program &Prog;
};

} // namespace assay

#endif
