/// Whether the object of a site (a connection) has been made harmless, on the ways by which a value
/// came to the site: a may-question, asked upwards.
///
/// It does not ask in which order, nor whether the call succeeded: that is for precede and result.
#ifndef ASSAY_ANALYSIS_SOLVE_SECURING_H
#define ASSAY_ANALYSIS_SOLVE_SECURING_H

#include "analysis/solve/FlowWalk.h"

namespace assay {

class Securing {
public:
  enum class Answer : uint8_t { No, Yes, Unknown };

  Securing(const FlowProperty &P, const Judging &J, BodyTable &Bodies);

  /// `Out`: the calls by which the value came in, from the outermost.
  Answer along(const RoleSite &S, llvm::ArrayRef<InstRef> Out);

private:
  Answer upwards(BodyId In, ObjectPath Object, llvm::ArrayRef<InstRef> Out, unsigned Depth);
  struct Securer {
    const FunctionModel *Row;
    bool Surely; ///< no value of its `when` means something else
  };
  Answer securedIn(BodyId In, const ObjectPath &Object, unsigned Depth);
  Answer securedBy(InstRef Call, const Securer &S, const ObjectPath &Object);
  Answer securedInside(InstRef Call, const ObjectPath &Object, unsigned Depth);
  bool makesIt(const FunctionModel &Row) const;
  bool isNumber(BodyId Body, Operand O) const;
  Answer opened(InstRef At, Operand O) const;
  std::optional<ObjectPath> given(InstRef Call, const ObjectPath &Object) const;

  const FlowProperty &P;
  const Judging &J;
  BodyTable &Bodies;
  std::map<InstRef, Securer> By;
  bool ByOpening = false;   ///< some function that a model knows makes one that is safe
  bool OpensSafely = false; ///< some of them surely make a connection that is safe
};

} // namespace assay

#endif
