#include "analysis/link/HiddenCalls.h"

#include "analysis/link/ClassHierarchy.h"
#include "analysis/model/Rows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace assay;
using llvm::StringRef;

namespace {

class HiddenCallSearch {
public:
  explicit HiddenCallSearch(const Program &P) : P(P) {
    Found.Records.resize(P.entityCount());
    Found.Functions.resize(P.entityCount());
  }
  HiddenCalls run();

private:
  void mention(StringRef Token);
  bool mayBeCalled(EntityId Id) const;
  bool takesMentioned(const EntityInfo &E) const;

  const Program &P;
  HiddenCalls Found;
  llvm::StringSet<> Types; ///< of the mentioned records, as parameters spell them
  llvm::StringSet<> Seen;
};

} // namespace

static bool isOperator(const EntityInfo &E) {
  StringRef Name = E.Qualified;
  if (const size_t Scope = Name.find("::operator"); Scope != StringRef::npos)
    Name = Name.drop_front(Scope + 2);
  return Name.consume_front("operator") && !Name.empty() && !llvm::isAlnum(Name.front()) &&
         Name.front() != '_';
}

/// A USR writes a class among template arguments as `$` and the class's own USR without `c:`.
HiddenCalls HiddenCallSearch::run() {
  for (EntityId Id = 0; Id != P.entityCount(); ++Id) {
    const EntityInfo &E = P.entity(Id);
    if (!E.isFunction() || !E.has(EntityFlag::SystemHeader))
      continue;
    StringRef Rest = E.Name;
    for (size_t At; (At = Rest.find('$')) != StringRef::npos;) {
      Rest = Rest.drop_front(At + 1);
      mention(Rest.take_front(Rest.find_first_of("#>()*&$,")));
    }
  }
  for (EntityId Id = 0; Id != P.entityCount(); ++Id)
    if (mayBeCalled(Id))
      Found.Functions.set(Id);
  return std::move(Found);
}

/// Every record whose name continues the token: its specialisations, and what is named with its
/// file behind it.
void HiddenCallSearch::mention(StringRef Token) {
  if (Token.empty() || !Seen.insert(Token).second)
    return;
  const std::string Prefix = ("c:" + Token).str();
  EntityId First = 0;
  for (EntityId Count = P.entityCount(); Count;) {
    const EntityId Half = Count / 2;
    const bool Before = P.entity(First + Half).Name < Prefix;
    First = Before ? First + Half + 1 : First;
    Count = Before ? Count - Half - 1 : Half;
  }
  for (EntityId Id = First; Id != P.entityCount() && P.entity(Id).Name.starts_with(Prefix); ++Id) {
    const EntityInfo &E = P.entity(Id);
    const StringRef Rest = E.Name.drop_front(Prefix.size());
    if (E.Kind != EntityKind::Record ||
        !(Rest.empty() || Rest.front() == '@' || Rest.front() == '>'))
      continue;
    Found.Records.set(Id);
    Types.insert(P.unit(E.Unit).string(E.Row->type()));
  }
}

bool HiddenCallSearch::mayBeCalled(EntityId Id) const {
  const EntityInfo &E = P.entity(Id);
  if (!E.isFunction())
    return false;
  const bool IsSpecial =
      E.Kind == EntityKind::Constructor || E.Kind == EntityKind::Destructor || isOperator(E);
  if (!IsSpecial)
    return false;
  const EntityId Record = parentOf(P, Id);
  return Record == NoId ? takesMentioned(E) : Found.Records.test(Record);
}

/// `bool operator<(const Key &, const Key &)` outside its class.
bool HiddenCallSearch::takesMentioned(const EntityInfo &E) const {
  return llvm::any_of(rows(E.Row->params()), [&](const Param &Taken) {
    StringRef Type = P.unit(E.Unit).string(Taken.type());
    Type.consume_front("const ");
    return Types.contains(Type.rtrim(" &*"));
  });
}

HiddenCalls assay::findHiddenCalls(const Program &P) {
  return HiddenCallSearch(P).run();
}
