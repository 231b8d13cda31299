/// What the judges of `follow` share: the places of the roles that a property names, and how a
/// site's answer is put into words.
///
/// Follow.cpp decides for ways in time (the outermost caller returns), FollowScope.cpp for the life
/// of an object, FollowCompletion.cpp for what is begun, used and never ended. None is seen from
/// outside: Judging.h has the one entry.
#ifndef ASSAY_ANALYSIS_SOLVE_FOLLOW_H
#define ASSAY_ANALYSIS_SOLVE_FOLLOW_H

#include "analysis/solve/Conditions.h"
#include "analysis/solve/Forward.h"

namespace assay {

/// The same for all sites of one property.
struct FollowSites {
  FollowSites(const FollowProperty &P, const Judging &J);

  struct Meaning {
    const RoleSite *Site;
    bool Surely; ///< in no other meaning of the row's `when`
  };
  using Calls = std::map<InstRef, Meaning>;
  Calls Wanted;                       ///< of `by` or `never`
  Calls Frees, Weak;                  ///< of `frees` and `weak`
  Calls Uses;                         ///< of `through`
  std::set<InstRef> Events;           ///< sites of this check that are waited for in the same way
  llvm::BitVector Leads;              ///< functions that lead to one of these
  llvm::BitVector LeadsToTries;       ///< ... to what ends a way well
  const llvm::BitVector &Deletes;     ///< ... to a `delete`
  const llvm::BitVector &Throws;      ///< ... to a throw
  const llvm::BitVector &LeadsAstray; ///< ... to a call that goes nobody knows where
  std::set<std::pair<InstRef, std::string>> Reported;

private:
  static void find(const std::vector<std::string> &Roles, const Judging &J, Calls &Into);
  void keepAsked(const FollowProperty &P, const Judging &J);
};

/// One site.
class FollowJudge : public WalkClient {
public:
  FollowJudge(const FollowProperty &P, const Judging &J, const RoleSite &At, FollowSites &Sites)
      : P(P), J(J), At(At), Sites(Sites), Walk(J, *this) {}

  void run();
  /// For a site that calls in the asked files lead to: may a fault of its object stand there? No is
  /// sure, and costs little.
  bool mayComeToAsked();
  /// Out of functions only to callers by which one comes to the asked files.
  void stayNear() { IsNear = true; }
  /// Whether the site is what `when` asks for is not known: what would be a fault is unproven.
  void doubtKind(bool MayBeAnother) { IsKindInDoubt = MayBeAnother; }

  bool keepsConstants() const override { return true; }
  bool tellsWay() const override { return true; }
  bool onBlock(WalkState &) override { return true; }
  void onSplit(WalkState &, InstRef, LaneSet) override {}
  bool onReturn(WalkState &S, const Lanes *) override;
  bool followsThrows() const override { return true; }
  bool asksWhoTests() const override { return false; }
  bool mayUnwind(WalkState &S, BodyId Body) override;
  /// The first fault is all that is told of a site.
  bool isDone() const override { return Failed; }
  bool goesOutTo(BodyId Caller) const override { return !IsNear || J.Asked.callable(Caller); }

protected:
  /// The numbers of the outcome that matters; nothing: no model tells it.
  std::optional<ResultClasses> outcome() const;
  /// What the site's body calls the object.
  std::optional<ObjectPath> objectAt(const RoleSite &S, const std::string &Bind);
  const std::string &bindOfOthers() const { return P.As.empty() ? P.Same : P.As; }
  bool isNamed(const WalkState &S, const ObjectPath &O) const;
  bool mayBeNamed(const WalkState &S, BodyId Body, const ObjectPath &O);
  /// The call is handed the object, or what it lies in.
  bool isHandedTo(const WalkState &S, InstRef Call);
  /// Where the body has no name for the object, who waits for it is asked; `Otherwise`: nobody has.
  bool mayBeObject(const WalkState &S, ObjectPath Name, BodyId Body, bool Otherwise);

  /// Does the context ask for objects that are called so? The place is the site's.
  bool isAskedName(BodyId Body, const ObjectAliases &Names, const Context &C);
  static Context withoutInto(Context C) {
    C.Into.clear();
    return C;
  }
  /// `delete` of the object, or of what it lies in.
  bool isDeleted(const WalkState &S, InstRef Call);

  /// Through conversions: the temporary, or what lies where it was loaded from.
  bool isSameValue(BodyId Body, Operand O, uint32_t Temp);
  /// The parameter takes what is handed over for its own.
  bool isMoved(InstRef Call, unsigned Parameter) const;
  void meet(InstRef Call);
  bool mayMeet(InstRef Call) const;
  /// `How` it would be settled, where no place tells it.
  void notProven(const std::string &Why, std::string How = "") {
    if (!Unproven.empty())
      return;
    Unproven = Why;
    Cure = std::move(How);
  }
  /// A word for the object; the names are those of the body.
  std::string nameOf(BodyId Body, const ObjectAliases &Names);
  /// `Where` is what has to be changed, `How` what is wrong there, `Name` the object in words.
  void report(const WalkState &S, InstRef Where, const std::string &How, const std::string &Name,
              PathStep Last = {});
  virtual std::string passText() const;
  /// The last question before a fault is told, of a site that is asked for what stands in some
  /// files: there it costs more than the walk, which seldom comes to one.
  virtual bool isFault() { return true; }
  /// Is memory that a global leads to followed no further than the body?
  virtual bool endsWithGlobals() const { return false; }
  /// All ways have been walked.
  virtual void conclude() {}

  const FollowProperty &P;
  const Judging &J;
  const RoleSite &At;
  FollowSites &Sites;
  ForwardWalk Walk;
  ObjectAliases Object;
  std::string Unproven, Cure, Example;
  std::set<InstRef> MetAt;
  ResultClasses Classes; ///< of the site's result
  bool Failed = false;

private:
  WalkMemory knownOfObject() const;
  void noOutcome() const;
  void pass() const;

  bool SaidFail = false, IsNear = false, IsKindInDoubt = false;
};

/// `through`. `MayBeAnother`: as FollowJudge::doubtKind().
void judgeCompletion(const FollowProperty &P, const Judging &J, const RoleSite &At,
                     FollowSites &Sites, bool MayBeAnother);
/// Is the site, or one of `never`, what `when` asks for? Asked of binds that the site's role has.
Applies isOfKind(const FollowProperty &P, const RoleSite &S, const Judging &J);

/// until = "scope". `ByCallers`: the site is asked for what callers in the asked files may do.
void judgeScope(const FollowProperty &P, const Judging &J, const RoleSite &At, FollowSites &Sites,
                bool ByCallers);

} // namespace assay

#endif
