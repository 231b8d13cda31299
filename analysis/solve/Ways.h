/// The points of a backward walk, and the bodies that it is in.
///
/// A body that is entered from behind is asked one question: with these facts at its end, what must
/// hold at its entry? The answer does not depend on who asks, so that a body is walked once for
/// each question, however many calls and sites lead to it; recursion is a question that waits for
/// itself. A site's own body, and those that call it, belong to that site.
#ifndef ASSAY_ANALYSIS_SOLVE_WAYS_H
#define ASSAY_ANALYSIS_SOLVE_WAYS_H

#include "analysis/solve/HandedIn.h"
#include "analysis/solve/WayFacts.h"

#include <deque>
#include <map>
#include <set>

namespace assay {

struct Activation;

/// Why a way is worth a word to the reader.
enum class WayNote : uint8_t {
  None,
  Branch,
  Enter,
  Lift,
  HandOver,
  Untested,
  Failed,
  Other,
  Changed,
  Made,
  FlagSet
};

/// Something that is not known, and where.
struct Reservation {
  const char *Why = nullptr;
  InstRef At;
  explicit operator bool() const { return Why; }
  friend auto operator<=>(const Reservation &, const Reservation &) = default;
};

/// A point that the walk has reached, linked to the one it came from: the next on the way of the
/// program.
struct WayPoint {
  Activation *In = nullptr;
  uint32_t Block = 0;
  uint32_t Next = 0; ///< instructions of the block before this one are still to be walked
  WayFacts Facts;
  uint32_t LoopRun = NoId; ///< header of a loop that was walked once
  Reservation Doubt;       ///< what may have satisfied the site unseen
  Reservation Risk;        ///< what may have changed the object unseen
  /// Where the object was changed or made, if it was: only whether the way is taken is still asked.
  const WayPoint *Ended = nullptr;
  WayNote Note = WayNote::None;
  InstRef NoteAt;
  const WayPoint *Later = nullptr;  ///< null: the site, or the end of a body that was entered
  const WayPoint *Resume = nullptr; ///< this lies before a call: where the way goes on after it
};

/// Where a walk of this body begins from behind.
WayPoint endOf(Activation &Of, const Body &Data);

/// The points that come after this one, up to the site.
std::vector<const WayPoint *> waysOn(const WayPoint &From);

/// What is asked of a body that is entered. What was not known before is part of it.
struct Question {
  BodyId Body = NoId;
  Handed To; ///< what is called through its parameters
  WayFacts Facts;
  bool Ended = false;
  Reservation Doubt, Risk;
  friend auto operator<=>(const Question &, const Question &) = default;
};

/// Somebody who wants to know what must hold before a call.
struct Waiter {
  WayPoint After; ///< behind the call
  WayFacts Kept;  ///< what the callee does not see
  uint32_t Call = 0;
};

/// A flag in memory, and the object of which it says something, wherever the program is entered.
struct Upkeep {
  PlaceFact Flag;
  ObjectPath Object;
  friend auto operator<=>(const Upkeep &, const Upkeep &) = default;
};

struct Activation {
  BodyId Body = NoId;
  const Upkeep *Keeps = nullptr; ///< asked from its end: does it leave this as it was?
  Handed To;
  bool Entered = false;   ///< from a call, and to be left by it; else by any caller
  bool Complete = false;  ///< all its ways are walked
  unsigned LastAsked = 0; ///< number of the site's question in which it was last met

  struct SameState {
    bool operator()(const WayPoint *A, const WayPoint *B) const;
  };
  std::set<const WayPoint *, SameState> Seen;
  std::map<uint32_t, unsigned> Visits;         ///< of a block
  std::vector<const WayPoint *> Arrived, Left; ///< at its entry; not walked when a question ended
  std::vector<Waiter> Waiting, WaitingNow;     ///< frames that were entered; the site's
  std::vector<Activation *> Inside;            ///< that it waits for
  std::set<InstRef> Rests;                     ///< the calls that satisfied it here
  Reservation Doubt;                           ///< on a way that ends well here
};

} // namespace assay

#endif
