#include "analysis/propose/Proposer.h"

#include "analysis/propose/NameWords.h"
#include "analysis/propose/ReturnShape.h"
#include "analysis/propose/Wrappers.h"
#include "analysis/solve/Lexicon.h"
#include "analysis/solve/Toolbox.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace assay;
using llvm::formatv;

namespace {

constexpr llvm::StringLiteral InHouse = "project"; ///< the library of a project's own rows

bool isPointer(const Param &P) {
  return P.flags() &
         (static_cast<uint16_t>(ParamFlag::Pointer) | static_cast<uint16_t>(ParamFlag::Reference));
}

class Proposer {
public:
  Proposer(const Program &Prog, const Policy &Rules, const CandidateTable &Table)
      : Prog(Prog), Rules(Rules), Table(Table), Tools(Prog, Rules),
        J(Tools.judging(Page, Level::None, Unused)), Wrapping(J) {}

  std::vector<Proposal> run() {
    for (EntityId Id = 0; Id != Prog.entityCount(); ++Id)
      if (isOwn(Id))
        Own.emplace(Id, nameWords(Prog.entity(Id).Qualified));
    for (const CandidateRow &Row : Table.Rows) {
      std::vector<Proposal> Mine = functionsOf(Row);
      llvm::append_range(Mine, fieldsOf(Row));
      llvm::stable_sort(Mine, [](const Proposal &A, const Proposal &B) {
        return std::tuple(B.Trust, A.IsField, A.Name) < std::tuple(A.Trust, B.IsField, B.Name);
      });
      llvm::append_range(Out, std::move(Mine));
    }
    return std::move(Out);
  }

private:
  Location placeOf(EntityId Id) const {
    const EntityInfo &E = Prog.entity(Id);
    for (BodyId B : Prog.bodiesOf(Id))
      return Words.at(B, *Prog.body(B).Data->loc());
    const TUSummary &S = *Prog.unit(E.Unit).Summary;
    const Loc &L = *E.Row->loc();
    if (L.line() == 0 || L.file() >= S.files()->size())
      return {};
    return {S.files()->Get(L.file())->path()->str(), L.line(), L.column(), ""};
  }

  /// A function of the project with a body, and no test of it.
  bool isOwn(EntityId Id) const {
    const EntityInfo &E = Prog.entity(Id);
    if (E.Kind > EntityKind::Method || E.has(EntityFlag::SystemHeader) ||
        E.has(EntityFlag::Lambda) || E.has(EntityFlag::Implicit) || E.has(EntityFlag::Template) ||
        Prog.bodiesOf(Id).empty() || E.Qualified == "main")
      return false;
    for (BodyId B : Prog.bodiesOf(Id))
      if (Prog.body(B).Data->kind() != BodyKind::Function || Roles.isOutOfScope(B))
        return false;
    const Location At = placeOf(Id);
    return !llvm::StringRef(At.File).starts_with("/") && !isNoDevice(E.Qualified) &&
           !isNoDevice(At.File);
  }

  bool isNoDevice(llvm::StringRef Text) const {
    const std::vector<std::string> Have = nameWords(Text);
    return llvm::any_of(Table.NotDevice,
                        [&](const std::string &W) { return llvm::is_contained(Have, W); });
  }

  bool hasRole(EntityId Id, const std::string &Role) const {
    return llvm::any_of(Roles.rowsOf(Id), [&](const FunctionModel *M) { return M->Role == Role; });
  }

  std::vector<Proposal> functionsOf(const CandidateRow &Row) {
    std::map<EntityId, Wrap> Wraps;
    for (const std::string &Wrapped : Row.Wraps)
      Wraps.merge(Wrapping.of(Wrapped));
    std::vector<Proposal> Found;
    for (const auto &[Id, Name] : Own) {
      if (hasRole(Id, *Row.Role))
        continue;
      auto It = Wraps.find(Id);
      const Wrap *W = It == Wraps.end() ? nullptr : &It->second;
      const llvm::StringRef Phrase = phraseIn(Name, Row.Names);
      if (!phraseIn(Name, Row.NotNames).empty() || (Phrase.empty() && !W))
        continue;
      if (auto P = functionProposal(Row, Id, Phrase, W))
        Found.push_back(std::move(*P));
    }
    return Found;
  }

  std::optional<Proposal> functionProposal(const CandidateRow &Row, EntityId Id,
                                           llvm::StringRef Phrase, const Wrap *W) {
    const Role *R = Roles.role(*Row.Role);
    const ReturnShape Shape = returnShapeOf(Prog, Id);
    const CallerTests Callers = callerTestsOf(Prog, Id);
    const bool Passes = W && W->PassesOutcome;
    // Under another name, who calls without passing on what came of it only uses it; who wraps a
    // wrapper, or what the project has a row for already, does something else besides.
    if (Phrase.empty() && (!Passes || W->Depth > 1 || W->Row->Library == InHouse))
      return std::nullopt;
    if (R->CanSucceed && !Shape.isStatus() && (Row.Decides || !Shape.isVoid()))
      return std::nullopt;
    Proposal P;
    P.Role = *Row.Role;
    P.Name = Prog.entity(Id).Qualified.str();
    P.Signature = signatureOf(Id, Shape);
    P.At = placeOf(Id);
    if (W)
      P.Why.push_back(wrapText(*W));
    if (!Phrase.empty())
      P.Why.push_back(("its name has the words \"" + Phrase + "\"").str());
    addCallers(Callers, R->CanSucceed && !Shape.isVoid(), P);
    P.CanSucceed = R->CanSucceed && !Shape.isVoid();
    if (P.CanSucceed)
      addSuccess(Id, Shape, Callers, W, P);
    addBinds(Row, *R, Id, W, P);
    P.Trust = trustOf(*R, Shape, Callers, !Phrase.empty(), W);
    return P;
  }

  static Confidence trustOf(const Role &R, const ReturnShape &Shape, const CallerTests &Callers,
                            bool Named, const Wrap *W) {
    if (W && Named && (W->PassesOutcome || !R.CanSucceed))
      return Confidence::High;
    if (W)
      return Confidence::Medium;
    // A name alone is little. Callers that all look at the result, or many callers of a record,
    // make it more.
    const bool Tested =
        Callers.tested() + Callers.HandedOn > 0 && Callers.Ignored * 4 <= Callers.Calls;
    if (R.CanSucceed && !Shape.isVoid())
      return Tested ? Confidence::Medium : Confidence::Low;
    return Callers.Calls >= 2 ? Confidence::Medium : Confidence::Low;
  }

  std::string wrapText(const Wrap &W) const {
    const Location At = Words.at(W.Call);
    // Where the row was read is a list of manuals: it stands in the model.
    const std::string Said = saidBy(*W.Row);
    const std::string Where = formatv("{0} at {1}:{2} ({3})", Words.callee(W.Call), At.File,
                                      At.Line, llvm::StringRef(Said).split(", read in").first);
    return W.PassesOutcome ? "passes on whether it succeeded: " + Where : "calls " + Where;
  }

  static void addCallers(const CallerTests &Callers, bool HasResult, Proposal &P) {
    if (Callers.Calls == 0)
      P.Why.push_back("nobody in the program calls it by name");
    else if (!HasResult)
      P.Why.push_back(
          formatv("called at {0} place{1}", Callers.Calls, Callers.Calls == 1 ? "" : "s"));
    else
      P.Why.push_back(formatv("called at {0} place{1}: the result is tested at {2}, handed on at "
                              "{3}, ignored at {4}",
                              Callers.Calls, Callers.Calls == 1 ? "" : "s", Callers.tested(),
                              Callers.HandedOn, Callers.Ignored));
  }

  const ConventionRow *conventionOf(EntityId Id) const {
    const EntityInfo &E = Prog.entity(Id);
    const auto Params = rows(E.Row->params());
    auto It = llvm::find_if(Table.Conventions, [&](const ConventionRow &Row) {
      return !Params.empty() &&
             Prog.unit(E.Unit).string(Params.back().type()) == *Row.LastParameter;
    });
    return It == Table.Conventions.end() ? nullptr : &*It;
  }

  void addSuccess(EntityId Id, const ReturnShape &Shape, const CallerTests &Callers, const Wrap *W,
                  Proposal &P) const {
    auto Say = [&](std::string Condition, std::string Why) {
      P.Success = std::move(Condition);
      P.SuccessWhy = std::move(Why);
    };
    if (W && W->Success)
      return Say(textOf(*W->Success),
                 "what it returns after " + Words.callee(W->Call) + " succeeded, and never else");
    if (const ConventionRow *Known = conventionOf(Id))
      return Say(Known->Success, Known->Why);
    for (const auto &[Number, Names] : Shape.Constants)
      for (const std::string &Name : Names)
        if (!phraseIn(nameWords(Name), Table.Success).empty())
          return Say(formatv("== {0}", Number), "it returns " + Name);
    const bool Negative = !Shape.Constants.empty() && Shape.Constants.begin()->first < 0;
    // Below, equal, above: what of that is success only its callers know.
    if (Negative && Shape.Constants.rbegin()->first > 0)
      return;
    if (Shape.isBool())
      return Say("!= 0", "it returns a truth value");
    if (Negative && Shape.Constants.count(0))
      return Say("== 0", "it returns 0 and negative numbers");
    std::pair<std::string, unsigned> Most;
    for (const auto &[Condition, Count] : Callers.Success)
      if (Count > Most.second)
        Most = {Condition, Count};
    // One caller, or callers that differ, tell nothing: a wrong success would be worse than none.
    if (Most.second >= 2 && Most.second == Callers.tested())
      Say(Most.first,
          formatv("{0} of {1} callers that test it go on then", Most.second, Callers.tested()));
  }

  void addBinds(const CandidateRow &Row, const Role &R, EntityId Id, const Wrap *W,
                Proposal &P) const {
    if (W)
      for (const auto &[Bind, Argument] : W->Binds)
        if (auto Kind = R.Binds.find(Bind); Kind != R.Binds.end())
          if (Argument.IsPointer || Kind->second == BindKind::Object)
            P.Binds.emplace(Bind, Argument.Index);
    const auto *Params = Prog.entity(Id).Row->params();
    const Unit &In = Prog.unit(Prog.entity(Id).Unit);
    for (const auto &[Bind, Names] : Row.Binds)
      for (uint32_t I = 0; I != rowCount(Params) && !P.Binds.count(Bind); ++I) {
        const std::vector<std::string> Name = nameWords(In.string(Params->Get(I)->name()));
        const bool Fits = R.Binds.at(Bind) == BindKind::Int ||
                          R.Binds.at(Bind) == BindKind::Value || isPointer(*Params->Get(I));
        if (Fits && !phraseIn(Name, Names).empty())
          P.Binds.emplace(Bind, I);
      }
  }

  std::string signatureOf(EntityId Id, const ReturnShape &Shape) const {
    const EntityInfo &E = Prog.entity(Id);
    const Unit &In = Prog.unit(E.Unit);
    std::vector<std::string> Params;
    for (uint32_t I = 0; I != rowCount(E.Row->params()); ++I) {
      const Param &P = *E.Row->params()->Get(I);
      const llvm::StringRef Type = In.string(P.type()), Name = In.string(P.name());
      Params.push_back((Type + (Name.empty() || Type.ends_with("*") ? "" : " ") + Name).str());
    }
    return Shape.Type + (llvm::StringRef(Shape.Type).ends_with("*") ? "" : " ") +
           E.Qualified.str() + "(" + (Params.empty() ? "void" : llvm::join(Params, ", ")) + ")";
  }

  std::vector<Proposal> fieldsOf(const CandidateRow &Row) const {
    std::vector<Proposal> Found;
    for (EntityId Id = 0; !Row.Fields.empty() && Id != Prog.entityCount(); ++Id) {
      const EntityInfo &E = Prog.entity(Id);
      if (E.Kind != EntityKind::Field || E.has(EntityFlag::SystemHeader) ||
          !E.Qualified.contains("::") || E.Qualified.contains(' ') || E.Qualified.contains('('))
        continue;
      const llvm::StringRef Own = E.Qualified.drop_front(E.Qualified.rfind("::") + 2);
      const llvm::StringRef Phrase = phraseIn(nameWords(Own), Row.Fields);
      const Location At = placeOf(Id);
      if (Phrase.empty() || llvm::StringRef(At.File).starts_with("/") || isNoDevice(At.File) ||
          hasFieldRow(E.Qualified, *Row.Role))
        continue;
      std::set<std::string> Writers;
      for (const InstRef &Store : Prog.storesTo(Id))
        if (Prog.body(Store.Body).Data->kind() == BodyKind::Function)
          Writers.insert(Words.function(Store.Body) + "()");
      if (Writers.empty())
        continue;
      Proposal P;
      P.IsField = true;
      P.Role = *Row.Role;
      P.Name = E.Qualified.str();
      P.Signature = Prog.unit(E.Unit).string(E.Row->type()).str();
      P.At = At;
      P.Trust = Confidence::Medium;
      P.Why = {("its name has the words \"" + Phrase + "\"").str(),
               "written in " + llvm::join(Writers, ", ")};
      Found.push_back(std::move(P));
    }
    return Found;
  }

  bool hasFieldRow(llvm::StringRef Name, const std::string &Role) const {
    for (const Model &M : Rules.Models)
      for (const FieldModel &F : M.Fields)
        if (*F.Name == Name && F.Role == Role)
          return true;
    return false;
  }

  const Program &Prog;
  const Policy &Rules;
  const CandidateTable &Table;
  Toolbox Tools;
  const RoleIndex &Roles = Tools.Roles;
  const Describer &Words = Tools.Words;
  const CheckPage Page{}; ///< no check asks; the walks do not look at it
  Judged Unused;
  const Judging J;
  Wrappers Wrapping;
  std::map<EntityId, std::vector<std::string>> Own; ///< with the words of its name
  std::vector<Proposal> Out;
};

} // namespace

std::vector<Proposal> assay::propose(const Program &Prog, const Policy &Rules,
                                     const CandidateTable &Table) {
  return Proposer(Prog, Rules, Table).run();
}
