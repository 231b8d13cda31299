#include "analysis/solve/EntryPoints.h"

#include "analysis/model/Rows.h"
#include "analysis/solve/Describe.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace assay;
using llvm::StringRef;

namespace {

class EntrySearch {
public:
  EntrySearch(const Program &Prog, const Policy &Rules, const RoleIndex &Roles, Evaluator &Values)
      : Prog(Prog), Rules(Rules), Roles(Roles), Values(Values) {
    for (const Model &M : Rules.Models)
      for (const SectionModel &S : M.Sections)
        Sections.add(S);
  }

  std::vector<ProgramEntry> run();

private:
  void registeredAt(const RoleSite &Site, const Role &R);
  void registeredBy(InstRef At, Operand What, uint32_t Argument, EntityId Through, EntryWay Way);
  void inSection(EntityId Id, EntryWay Way);
  std::optional<EntryWay> wayOfSection(EntityId Id) const;

  const Program &Prog;
  const Policy &Rules;
  const RoleIndex &Roles;
  Evaluator &Values;
  NameTable<SectionModel> Sections;
  std::vector<ProgramEntry> Found;
};

} // namespace

std::vector<ProgramEntry> EntrySearch::run() {
  for (const Role &R : Rules.Roles)
    if (!R.Enters.empty())
      for (const RoleSite &Site : Roles.sitesOf(*R.Id))
        registeredAt(Site, R);
  for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
    if (const auto Way = wayOfSection(Id))
      inSection(Id, *Way);
  // What linking saw without its meaning is said once, with it.
  std::set<std::pair<EntityId, InstRef>> Known;
  for (const ProgramEntry &E : Found)
    Known.insert({E.Point.Function, E.Point.At});
  for (const EntryPoint &Point : Prog.entryPoints())
    if (!Known.count({Point.Function, Point.At}))
      Found.push_back({Point, std::nullopt});
  llvm::sort(Found);
  Found.erase(std::unique(Found.begin(), Found.end()), Found.end());
  return std::move(Found);
}

/// A site of the library's own implementation registers as well.
void EntrySearch::registeredAt(const RoleSite &Site, const Role &R) {
  if (Site.Assignment) {
    if (const auto Way = R.Enters.find(Site.Assignment->Bind); Way != R.Enters.end())
      registeredBy(Site.At, Operand(Prog.inst(Site.At).b()), NoId, Site.Subject, Way->second);
    return;
  }
  for (const auto &[Bind, Way] : R.Enters)
    if (const auto Ref = Site.Call->Binds.find(Bind);
        Ref != Site.Call->Binds.end() && Ref->second.Where == ArgRef::Kind::Argument)
      registeredBy(Site.At, Values.argument(Site.At, Ref->second.Index), Ref->second.Index,
                   Site.Subject, Way);
}

void EntrySearch::registeredBy(InstRef At, Operand What, uint32_t Argument, EntityId Through,
                               EntryWay Way) {
  if (What.isNone())
    return;
  Values.begin();
  for (const Value &V : Values.operand(Values.root(At.Body), What, At.Inst))
    if (V.K == Value::Kind::Function && !Prog.bodiesOf(V.Entity).empty())
      Found.push_back(
          {{Prog.definitionOf(V.Entity), EntryKind::HandedOut, At, Argument, Through}, Way});
}

std::optional<EntryWay> EntrySearch::wayOfSection(EntityId Id) const {
  const EntityInfo &E = Prog.entity(Id);
  if (!E.Row->section())
    return std::nullopt;
  const auto Rows = Sections.find(Prog.unit(E.Unit).string(E.Row->section()));
  return Rows.empty() ? std::nullopt : std::optional(Rows.front()->Enters);
}

/// The function that lies there, or those that a table there lists.
void EntrySearch::inSection(EntityId Id, EntryWay Way) {
  if (Prog.entity(Id).isFunction()) {
    if (!Prog.bodiesOf(Id).empty())
      Found.push_back({{Prog.definitionOf(Id), EntryKind::Kept, {}, NoId, NoId}, Way});
    return;
  }
  for (BodyId Body : Prog.bodiesOf(Id)) {
    const auto Insts = rows(Prog.body(Body).Data->insts());
    for (uint32_t I = 0; I != Insts.size(); ++I)
      if (Insts[I].op() == Op::Store && !Operand(Insts[I].b()).is(OperandKind::AddressOf))
        registeredBy({Body, I}, Operand(Insts[I].b()), NoId, Id, Way);
  }
}

std::vector<ProgramEntry> assay::entriesOf(const Program &Prog, const Policy &Rules,
                                           const RoleIndex &Roles, Evaluator &Values) {
  return EntrySearch(Prog, Rules, Roles, Values).run();
}

StringRef assay::wordFor(const ProgramEntry &E) {
  static constexpr const char *Ways[] = {"task", "signal", "interrupt",
                                         "exit", "timer",  "callback"};
  static constexpr const char *Kinds[] = {
      "main",     "interrupt",  "constructor",   "destructor", "resolver", "kept",    "exported",
      "uncalled", "handed out", "address taken", "closure",    "override", "template"};
  return E.Way ? Ways[static_cast<size_t>(*E.Way)] : Kinds[static_cast<size_t>(E.Point.Kind)];
}

std::string assay::describe(const Program &Prog, const ProgramEntry &Entry) {
  std::string Text = wordFor(Entry).str();
  const auto SectionOf = [&](EntityId Id) {
    const EntityInfo &E = Prog.entity(Id);
    if (E.Row->section())
      Text += " (section " + Prog.unit(E.Unit).string(E.Row->section()).str() + ")";
  };
  if (Entry.Point.Through != NoId) {
    Text += " by " + Prog.entity(Entry.Point.Through).Qualified.str();
    SectionOf(Entry.Point.Through);
  } else {
    SectionOf(Entry.Point.Function);
  }
  return Text;
}

std::vector<EntryRow> assay::entryRowsOf(const Program &Prog,
                                         llvm::ArrayRef<ProgramEntry> Entries) {
  const Describer Words(Prog);
  std::vector<EntryRow> Rows;
  for (const ProgramEntry &E : Entries) {
    if (Prog.entity(E.Point.Function).has(EntityFlag::SystemHeader))
      continue;
    EntryRow &Row = Rows.emplace_back();
    Row.Kind = wordFor(E).str();
    Row.Function = Words.name(E.Point.Function);
    Row.Reason = describe(Prog, E);
    const BodyId Body = Prog.bodiesOf(E.Point.Function).front();
    Row.At = Words.at(Body, *Prog.body(Body).Data->loc());
    if (E.Point.At.Body != NoId)
      Row.Where = Words.at(E.Point.At);
  }
  llvm::sort(Rows);
  Rows.erase(std::unique(Rows.begin(), Rows.end()), Rows.end());
  return Rows;
}
