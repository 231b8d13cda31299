/// Which functions a body is known to have been given by whoever called it, for a flow: who hands
/// over a callback and something that belongs to it gets that callback called with it, no other.
///
/// Only of parameters through which the body calls, or which it hands on to one that does. A
/// callback that is kept is anybody's.
#ifndef ASSAY_ANALYSIS_SOLVE_FLOWCALLBACKS_H
#define ASSAY_ANALYSIS_SOLVE_FLOWCALLBACKS_H

#include "analysis/model/Program.h"

#include <map>
#include <set>

namespace assay {

struct FlowCallback {
  uint32_t Param;
  EntityId Function;
  friend auto operator<=>(const FlowCallback &, const FlowCallback &) = default;
};

class FlowCallbacks {
public:
  /// Of one body; in the order of the parameters.
  using Given = std::vector<FlowCallback>;

  explicit FlowCallbacks(const Program &Prog) : Prog(Prog) {}

  /// What a call hands to a body, being itself in one of which `Known` is known; null: nothing.
  const Given *into(BodyId Callee, InstRef Call, const Given *Known);
  /// What is known of the caller's body when a value leaves `From` by this call; nothing where the
  /// call is not the one by which `From` was given what is known of it.
  std::optional<const Given *> outOf(BodyId From, InstRef Call, const Given *Known);
  /// The function that a call goes to, where it goes through such a parameter.
  const EntityId *target(InstRef Call, const Given *Known) const;

private:
  static constexpr unsigned MostCalls = 4;
  bool callsThrough(BodyId Body, uint32_t Param, unsigned Calls);
  std::optional<uint32_t> parameter(BodyId Body, Operand O) const;
  EntityId function(BodyId Body, Operand O, const Given *Known) const;
  const Given *kept(Given G) { return G.empty() ? nullptr : &*All.insert(std::move(G)).first; }

  const Program &Prog;
  std::set<Given> All;
  std::map<std::pair<BodyId, uint32_t>, bool> Calling;
};

} // namespace assay

#endif
