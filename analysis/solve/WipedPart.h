/// How much of an object a wiping call overwrites: all of it, a part, or nobody knows.
///
/// Known are arrays of characters and numbers by their type, and what the event itself was told of
/// the secret's length. A block whose size nothing says is taken to be wiped as a whole.
#ifndef ASSAY_ANALYSIS_SOLVE_WIPEDPART_H
#define ASSAY_ANALYSIS_SOLVE_WIPEDPART_H

#include "analysis/solve/Forward.h"

namespace assay {

class WipedPart {
public:
  enum class Extent : uint8_t { Whole, Part, Unknown };
  struct Answer {
    Extent How = Extent::Whole;
    uint64_t Bytes = 0, Of = 0;
    InstRef From; ///< the call in which the number stands: the wiping one, or one that led to it
  };

  WipedPart(const Judging &J, ForwardWalk &Walk) : J(J), Walk(Walk) {}

  /// The event's own words for the length of the object that its bind names.
  void begin(const RoleSite &Event, const std::string &Bind);
  /// A call of which `Size` says how many bytes it overwrites.
  Answer by(const WalkState &S, InstRef Call, Operand Size);
  /// The one number that a function of the program is handed beside the object, if there is one.
  std::optional<Operand> numberAt(InstRef Call);

private:
  std::optional<uint64_t> sizeOf(const WalkState &S) const;
  std::optional<uint64_t> sizeOf(BodyId Body, const ObjectPath &Name) const;
  std::optional<std::vector<uint64_t>> numbers(InstRef &At, Operand O,
                                               llvm::ArrayRef<Waiting> Callers);
  bool isOfObject(const WalkState &S, InstRef At, Operand O, llvm::ArrayRef<Waiting> Callers);
  bool speaksOf(const ObjectAliases &Object, const ObjectPath &Name) const;
  std::optional<std::pair<InstRef, Operand>> outside(InstRef At, Operand O,
                                                     llvm::ArrayRef<Waiting> Callers) const;
  Operand plain(BodyId Body, Operand O) const;

  const Judging &J;
  ForwardWalk &Walk;
  std::optional<uint64_t> Told;
  std::optional<ObjectPath> ToldBy; ///< the variable that the length was read from
  BodyId ToldIn = NoId;
};

} // namespace assay

#endif
